//go:build race && !trust

package trust

// The race detector makes everything ten times as slow, and looks for what one
// row shows as well as all.
const (
	scale = Hundredth
	raced = true
)
