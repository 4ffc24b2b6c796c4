//go:build race && !trust

package phi

// The race detector makes everything ten times as slow, and looks for what one
// example shows as well as a hundred.
const (
	canaryCount = 100
	nameCount   = 50
	longText    = 1 << 14 // bytes
	tripCount   = 500
)
