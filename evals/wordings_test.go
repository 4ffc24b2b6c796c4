package evals_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/everycategory/advocate/evals"
)

// What TestWordings held when it was written; README.md has the bar.
const (
	leastWordings = 0.95 // of all wordings
	leastBlocks   = 0.80 // of all questions, in every wording
)

// TestWordings asks each question in five wordings: how often a document
// that answers it is among the first three, and of how many questions it is
// so in every wording.
func TestWordings(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	blocks, err := evals.ReadWordings(os.DirFS("golden"), "wordings.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, near, steady, declined := 0, 0, 0, 0
	for _, block := range blocks {
		ranks, err := evals.Ranks(t.Context(), as, block)
		if err != nil {
			t.Fatal(err)
		}
		good := 0
		for _, r := range ranks {
			if r.Declined {
				declined++
				t.Logf("line %d: declined: %s", r.Case.Line, r.Case.Text)
			}
			if r.Place > 0 && r.Place <= 3 {
				good++
				continue
			}
			t.Logf("line %d: place %d, first %s: %s", r.Case.Line, r.Place, r.First, r.Case.Text)
		}
		all += len(ranks)
		near += good
		if good == len(ranks) {
			steady++
		}
	}
	t.Logf("%d of %d wordings (%.3f) find it in the first three, %d of %d questions (%.3f) in every wording; %d are declined",
		near, all, float64(near)/float64(all), steady, len(blocks), float64(steady)/float64(len(blocks)), declined)
	if len(blocks) < 40 || float64(near) < leastWordings*float64(all) || float64(steady) < leastBlocks*float64(len(blocks)) {
		t.Errorf("want at least 40 questions, %.2f of the wordings and %.2f of the questions", leastWordings, leastBlocks)
	}
}

func TestReadWordingsRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"no want": "one\ntwo\n", "one wording": "want: a\none\n\nwant: b\none\ntwo\n", "nothing wanted": "want:\none\ntwo"} {
		if got, err := evals.ReadWordings(fstest.MapFS{"w.txt": {Data: []byte(text)}}, "w.txt"); err == nil {
			t.Errorf("%s: read as %v", name, got)
		}
	}
}
