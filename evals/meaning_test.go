package evals_test

import (
	"context"
	"os"
	"slices"
	"testing"

	"github.com/everycategory/advocate/evals"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// A way is one of finding sources: with whose vectors, and of what.
type way struct {
	name  string
	ranks func(ctx context.Context, cases []evals.Case) ([]evals.Rank, error)
}

// TestMeaning prints, for the open and the sealed questions, how often a wanted
// source is found: by words, by the vectors of questions alone, as answers
// are made, where meaning decides only if words do not, and with the vectors
// of passages too; and what meaning gains on all sealed questions together.
// Meaning must not lose. The model that TEST_EMBED=URL serves is asked about
// questions beside the table of the binary, where it is given.
func TestMeaning(t *testing.T) {
	t.Parallel()
	ways := meanings(t)
	sealed := make([][]float64, len(ways)) // reciprocal ranks of both sets, by way
	five := make([][]float64, len(ways))   // 1 where it is among the first five
	for _, set := range halves {
		cases, err := evals.ReadCases(os.DirFS("golden"), set.file+".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, half := range []struct {
			name  string
			cases []evals.Case
		}{{"open", cases[:set.open]}, {"sealed", cases[set.open:]}} {
			held, _ := evals.Held(assistant(t).Catalog, half.cases)
			mrr := make([]float64, len(ways))
			for i, w := range ways {
				ranks, err := w.ranks(t.Context(), held)
				if err != nil {
					t.Fatal(err)
				}
				reciprocal := places(ranks)
				mrr[i] = evals.MRR(ranks)
				t.Logf("%s, %s half, %s: n %d, R@1 %s, R@5 %s, R@10 %s, MRR %s", set.file, half.name, w.name, len(ranks),
					within(ranks, 1), within(ranks, 5), within(ranks, 10), newFigure(reciprocal))
				if half.name == "sealed" {
					sealed[i] = append(sealed[i], reciprocal...)
					five[i] = append(five[i], among(ranks, 5)...)
				}
			}
			if mrr[2] < mrr[0] {
				t.Errorf("%s, %s half: an MRR of %.3f with vectors, of %.3f without", set.file, half.name, mrr[2], mrr[0])
			}
		}
	}
	for i, w := range ways[1:] {
		t.Logf("both sealed halves, %s: MRR %s, over words %s; R@5 %s, over words %s", w.name, newFigure(sealed[i+1]), gain(sealed[0], sealed[i+1]),
			newFigure(five[i+1]), gain(five[0], five[i+1]))
	}
}

// meanings are the ways: words first, then the table's.
func meanings(t *testing.T) []way {
	as := assistant(t)
	base := as.Retriever
	by := func(r *retrieval.Retriever) func(context.Context, []evals.Case) ([]evals.Rank, error) {
		return func(ctx context.Context, cases []evals.Case) ([]evals.Rank, error) {
			as.Retriever = r
			return evals.Ranks(ctx, as, cases)
		}
	}
	ways := []way{{"words", by(&retrieval.Retriever{Index: base.Index, Lexicon: base.Lexicon})}}
	for _, e := range embedders(t) {
		asks := retrieval.NewAsks(e, as.Catalog.Sources)
		alone := func(ctx context.Context, cases []evals.Case) (out []evals.Rank, err error) {
			for _, c := range cases {
				out = append(out, nearest(ctx, t, asks, c))
			}
			return out, nil
		}
		ways = append(ways, way{e.name + ", questions alone", alone},
			way{e.name + ", words and questions", by(&retrieval.Retriever{Index: base.Index, Lexicon: base.Lexicon, Asks: asks})})
		if _, ok := e.Embedder.(*embed.Static); !ok {
			continue // the model would take long for the passages
		}
		index, err := local.New(withVectors(t, e, as.Catalog.Sources)...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { index.Close() })
		ways = append(ways, way{e.name + ", passages too", by(&retrieval.Retriever{Index: index, Lexicon: base.Lexicon, Asks: asks, Embedder: e})})
	}
	return ways
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

// places are the reciprocal ranks, 0 where nothing was found.
func places(ranks []evals.Rank) []float64 {
	out := make([]float64, len(ranks))
	for i, r := range ranks {
		if r.Place > 0 {
			out[i] = 1 / float64(r.Place)
		}
	}
	return out
}

// within is the share of ranks within k.
func within(ranks []evals.Rank, k int) figure { return newFigure(among(ranks, k)) }

// among is 1 for each rank within k.
func among(ranks []evals.Rank, k int) []float64 {
	out := make([]float64, len(ranks))
	for i, r := range ranks {
		if r.Place > 0 && r.Place <= k {
			out[i] = 1
		}
	}
	return out
}
