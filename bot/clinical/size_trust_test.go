//go:build trust

package clinical_test

const (
	generatedNotes = 2000
	wordStep       = 1
	clones         = 500
)
