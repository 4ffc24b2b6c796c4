//go:build !trust && !race

package clinical_test

// generatedNotes is how many notes are made, and every wordStep-th pair has its
// words changed; all of them under the tag trust.
const (
	generatedNotes = 20
	wordStep       = 10
	clones         = 20
)
