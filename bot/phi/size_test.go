//go:build !trust && !race

package phi

// How much the trust tests try in the ordinary suite: a hundredth.
const (
	canaryCount = 1000
	nameCount   = 200
	longText    = 1 << 17 // bytes
	tripCount   = 10_000
)
