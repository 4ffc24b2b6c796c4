package clinical

import (
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
)

// cloned is the share of common wording from which a note counts as copied.
const cloned = 0.90

// shingle is how many words in a row are compared; shortNote how many words a
// note has at least of which likeness says something.
const (
	shingle   = 3
	shortNote = 15
)

// alike is the Jaccard index of a text's shingles and an earlier note's.
// Headings, dates and placeholders are left out, for they differ between
// copies.
func alike(text, previous string) float64 {
	if strings.TrimSpace(previous) == "" {
		return 0
	}
	a, b := shingles(words(text)), shingles(words(previous))
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for s := range a {
		if b[s] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// words are those of a text that are compared.
func words(text string) []string {
	var out []string
	for _, t := range scan(text) {
		switch t.kind {
		case word, number, score, code, level:
			out = append(out, t.fold)
		}
	}
	return out
}

func shingles(words []string) map[string]bool {
	if len(words) < shortNote {
		return nil
	}
	out := map[string]bool{}
	for i := 0; i+shingle <= len(words); i++ {
		out[strings.Join(words[i:i+shingle], " ")] = true
	}
	return out
}

// between24 is the days from one day to another; 0 where one is not known.
func between24(from, to corpus.Date) int {
	a, err := time.Parse(time.DateOnly, string(from))
	b, err2 := time.Parse(time.DateOnly, string(to))
	if err != nil || err2 != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}
