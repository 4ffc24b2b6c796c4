package evals_test

import (
	"os"
	"slices"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/evals"
)

// TestExactCitationsComeFirst asks for every source in every spelling of its
// citation; the source must be the first hit.
func TestExactCitationsComeFirst(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n, forms := 0, evals.Spellings()
	for _, s := range as.Catalog.Sources {
		for _, text := range evals.Spelled(s.Cite) {
			n++
			found, err := as.Search(t.Context(), bot.Request{Text: text}, 10)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Hits) == 0 || found.Hits[0].Source.ID != s.ID {
				t.Errorf("%q does not find %s first", text, s.ID)
			}
		}
	}
	t.Logf("%d texts in %d spellings", n, forms)
	if forms < 40 || n < 400 {
		t.Errorf("%d texts in %d spellings: too few to show anything", n, forms)
	}
}

// TestNoOtherStatesLaw counts, over all golden questions, hits in the top
// ten of a state that the question neither names nor is asked for.
func TestNoOtherStatesLaw(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	hits, wrong := 0, 0
	for _, file := range []string{"questions.txt", "answer.txt", "more.txt"} {
		cases, err := evals.ReadCases(os.DirFS("golden"), file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			for _, state := range []string{c.State, "OR", "TX"} {
				found, err := as.Search(t.Context(), bot.Request{Text: c.Text, State: state}, 10)
				if err != nil {
					t.Fatal(err)
				}
				may := append(as.Rules.Mentions(c.Text), state, "US", "any")
				if state == "" || len(found.Reading.Citations) > 0 {
					may = append(may, "WA")
				}
				for _, h := range found.Hits {
					hits++
					if !slices.Contains(may, h.Source.Jurisdiction) {
						wrong++
						t.Logf("line %d in %q: %s of %s", c.Line, state, h.Source.ID, h.Source.Jurisdiction)
					}
				}
			}
		}
	}
	t.Logf("%d of %d hits are of another state", wrong, hits)
	if hits == 0 || float64(wrong)/float64(hits) > 0.005 {
		t.Errorf("%d of %d hits are of another state, at most 0.5%%", wrong, hits)
	}
}
