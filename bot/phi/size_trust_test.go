//go:build trust

package phi

// How much the trust tests try.
const (
	canaryCount = 100_000
	nameCount   = 20_000
	longText    = 1 << 20 // bytes
	tripCount   = 1_000_000
)
