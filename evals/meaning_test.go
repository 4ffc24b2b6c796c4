package evals_test

import (
	"context"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/everycategory/advocate/evals"
	"github.com/everycategory/advocate/retrieval"
)

// TestMeaning prints, for the open and the sealed questions, how often a wanted
// source is found: by words, by the vectors of questions alone, and as answers
// are made, where meaning decides only if words do not. Meaning must not lose.
func TestMeaning(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for _, set := range halves {
		cases, err := evals.ReadCases(os.DirFS("golden"), set.file+".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, half := range []struct {
			name  string
			cases []evals.Case
		}{{"open", cases[:set.open]}, {"sealed", cases[set.open:]}} {
			held, _ := evals.Held(as.Catalog, half.cases)
			both, err := evals.Ranks(t.Context(), as, held)
			if err != nil {
				t.Fatal(err)
			}
			asks := as.Retriever.Asks
			as.Retriever.Asks = nil
			words, err := evals.Ranks(t.Context(), as, held)
			if as.Retriever.Asks = asks; err != nil {
				t.Fatal(err)
			}
			var vectors []evals.Rank
			for _, c := range held {
				vectors = append(vectors, nearest(t.Context(), t, asks, c))
			}
			for _, r := range []struct {
				by    string
				ranks []evals.Rank
			}{{"words", words}, {"vectors of questions", vectors}, {"both", both}} {
				n := len(r.ranks)
				t.Logf("%s, %s half, %s: n %d, R@1 %s, R@5 %s, R@10 %s, MRR %.3f", set.file, half.name, r.by, n,
					share(evals.Recall(r.ranks, 1), n), share(evals.Recall(r.ranks, 5), n), share(evals.Recall(r.ranks, 10), n), evals.MRR(r.ranks))
			}
			if with, without := evals.MRR(both), evals.MRR(words); with < without {
				t.Errorf("%s, %s half: an MRR of %.3f with vectors, of %.3f without", set.file, half.name, with, without)
			}
		}
	}
}

// nearest ranks sources by their nearest question.
func nearest(ctx context.Context, t *testing.T, asks *retrieval.Asks, c evals.Case) evals.Rank {
	near, err := asks.Nearest(ctx, c.Text, -1)
	if err != nil {
		t.Fatal(err)
	}
	r := evals.Rank{Case: c}
	for i, n := range near[:20] {
		if slices.Contains(c.Want, n.Source.ID) {
			r.Place = i + 1
			break
		}
	}
	return r
}

// share is a share with its 95 % interval (Wilson).
func share(p float64, n int) string {
	const z = 1.96
	m := float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return fmt3(p) + " (" + fmt3(mid-half) + " to " + fmt3(mid+half) + ")"
}

func fmt3(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }
