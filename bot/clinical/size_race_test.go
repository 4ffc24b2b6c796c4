//go:build race && !trust

package clinical_test

// The race detector makes everything ten times as slow, and looks for what one
// example shows as well as a hundred.
const (
	generatedNotes = 2
	wordStep       = 100
	clones         = 4
)
