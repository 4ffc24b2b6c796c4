package evals_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/everycategory/advocate/evals"
)

// halves are the sets of which the first blocks may be looked at while
// tuning, and the rest are sealed.
var halves = []struct {
	file string
	open int
}{{"more", 125}, {"third", 100}}

// TestSealedRanks compares the figures over each set with its golden file:
// the open half question by question, of the sealed half only the totals and
// the hash of its questions.
func TestSealedRanks(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for _, set := range halves {
		cases, err := evals.ReadCases(os.DirFS("golden"), set.file+".txt")
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, half := range []struct {
			name  string
			cases []evals.Case
		}{{"open", cases[:set.open]}, {"sealed", cases[set.open:]}} {
			held, waiting := evals.Held(as.Catalog, half.cases)
			ranks, err := evals.Ranks(t.Context(), as, held)
			if err != nil {
				t.Fatal(err)
			}
			report := evals.Report(ranks)
			if half.name == "sealed" {
				h := sha256.New()
				for _, c := range half.cases {
					fmt.Fprintln(h, c.Text)
				}
				report, _, _ = strings.Cut(report, "\n\n")
				report += fmt.Sprintf("\nsha256 of the questions: %x\n", h.Sum(nil))
			}
			fmt.Fprintf(&got, "# %s half; %d questions wait for a document\n%s\n", half.name, len(waiting), report)
		}
		file := "golden/" + set.file + "-rank.txt"
		if *update {
			if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got.String()); d != "" {
			t.Errorf("ranks changed (-update rewrites them):\n%s", d)
		}
	}
}
