package retrieval_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// topics is an embedder of one dimension a topic: texts of one topic have one
// vector, whatever their words.
type topics []string

func (topics) Name() string { return "topics" }

func (e topics) Embed(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, t := range texts {
		out[i] = make([]float32, len(e))
		for k, words := range e {
			if slices.ContainsFunc(strings.Fields(words), func(w string) bool { return strings.Contains(t, w) }) {
				out[i][k] = 1
			}
		}
	}
	return out, nil
}

// TestAsks: a source that no word of the question is in is found by what one
// of its questions means, behind or before the others by how near that is; it
// has to pass the filter, and what is cited stays in front.
func TestAsks(t *testing.T) {
	t.Parallel()
	e := topics{"clawback refund recoup", "panel network join"}
	source := func(id, state, ask, text string) *corpus.Source {
		return &corpus.Source{ID: id, Scope: corpus.PublicScope, Kind: corpus.Guide, Jurisdiction: state, Title: id[:2], Asks: []string{ask},
			Passages: []corpus.Passage{{Text: text}}}
	}
	sources := []*corpus.Source{
		source("refunds", "WA", "must I refund it", "Money is asked for in writing."),
		source("networks", "WA", "may I join the network", "The massage plan decides who joins."),
		source("elsewhere", "OR", "refund in Oregon", "Oregon."),
	}
	idx := &shelf{sources: sources, results: retrieval.Results{Words: []retrieval.SectionHit{{Source: sources[1], Score: 2}}}}
	asks := retrieval.NewAsks(e, sources)
	ids := func(r *retrieval.Retriever, q string) string {
		found, err := r.Find(t.Context(), retrieval.Question{Text: q, Scopes: []string{corpus.PublicScope}, States: []string{"WA"}})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, h := range found.Hits {
			out = append(out, h.Source.ID)
		}
		return strings.Join(out, " ")
	}
	const q = "the massage plan wants a clawback"
	words := &retrieval.Retriever{Index: idx, Lexicon: lexicon(t)}
	if got := ids(words, q); strings.Contains(got, "refunds") {
		t.Fatalf("words alone find %s", got)
	}
	both := &retrieval.Retriever{Index: idx, Lexicon: lexicon(t), Asks: asks}
	if got := ids(both, q); !strings.Contains(got, "refunds") || strings.Contains(got, "elsewhere") {
		t.Errorf("found %q, want refunds among them and nothing of Oregon's", got)
	}
	near, err := asks.Nearest(t.Context(), "recoup", 0.5)
	if err != nil || len(near) != 2 || near[0].Source.ID != "elsewhere" || near[1].Source.ID != "refunds" || near[1].Ask != 0 || near[1].Cosine != 1 {
		t.Errorf("%+v", near)
	}
}

// ragged is an embedder that is broken.
type ragged struct{ topics }

func (ragged) Embed(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = make([]float32, 1+i%2)
	}
	return out, nil
}

// TestAsksOfOneDimension: vectors of several dimensions are refused.
func TestAsksOfOneDimension(t *testing.T) {
	t.Parallel()
	asks := retrieval.NewAsks(ragged{}, []*corpus.Source{{Title: "a", Asks: []string{"b"}}})
	if _, err := asks.Nearest(t.Context(), "a", 0); !errors.Is(err, retrieval.ErrDimension) {
		t.Errorf("%v", err)
	}
}
