//go:build !trust

package clinical_test

// generatedNotes is how many notes are made; all of them under the tag trust.
const generatedNotes = 20
