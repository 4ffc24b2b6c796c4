package bot

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/retrieval"
)

// glue are words of content that add none: a sentence may be joined with
// them.
var glue = contentWords(`also answer case either else happen however instead likewise mean means namely note otherwise simply still thing turn use whether word`)

// content are the stems of a sentence's words of content, in order.
func content(text string) []string {
	var out []string
	for _, t := range retrieval.Analyze(text) {
		if !t.Stop && !glue[t.Stem] {
			out = append(out, t.Stem)
		}
	}
	return out
}

// clauses are the words of content of each clause of a sentence.
func clauses(sentence string) [][]string {
	var out [][]string
	for _, c := range strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune(",;:()—–", r) }) {
		if words := content(c); len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

// reordered reports whether words are those of all clauses, each whole, in
// whatever order of clauses.
func reordered(words []string, clauses [][]string) bool {
	if len(clauses) == 0 {
		return len(words) == 0
	}
	const most = 8 // more change their order only by leaving it
	for i, c := range clauses[:min(len(clauses), most)] {
		if len(c) > len(words) || !slices.Equal(c, words[:len(c)]) {
			continue
		}
		if reordered(words[len(c):], slices.Delete(slices.Clone(clauses), i, i+1)) {
			return true
		}
	}
	return false
}
