package clinical_test

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/clinical"
)

//go:embed testdata/same.txt
var samePairs string

//go:embed testdata/changed.txt
var changedPairs string

func pairs(t *testing.T, text string) (out [][2]clinical.Sentence) {
	t.Helper()
	for line := range strings.Lines(text) {
		before, after, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok {
			t.Fatalf("%q is no pair", line)
		}
		out = append(out, [2]clinical.Sentence{{Text: before}, {Text: after}})
	}
	return out
}

func TestX(t *testing.T) {
	x := lexicon(t)
	for _, c := range []struct {
		n, s string
		same bool
	}{{"same", samePairs, true}, {"changed", changedPairs, false}} {
		var bad, n [2]int
		for i, p := range pairs(t, c.s) {
			n[i%2]++
			err := x.Same(p[0], p[1])
			if (err == nil) != c.same {
				bad[i%2]++
				if i%2 == 0 {
					t.Logf("%s %q / %q: %v", c.n, p[0].Text, p[1].Text, err)
				}
			}
		}
		t.Logf("%s: tuned %d of %d wrong, kept aside %d of %d wrong", c.n, bad[0], n[0], bad[1], n[1])
	}
}
