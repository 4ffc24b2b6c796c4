package retrieval_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// TestManuals: Find leaves added documents out; Manuals looks only at them,
// and finds the passage that explains most, by words that are rare in it.
func TestManuals(t *testing.T) {
	t.Parallel()
	s := &corpus.Source{ID: "m", Kind: corpus.Manual, Scope: "machine", Jurisdiction: "any"}
	for i := range 30 {
		s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("p. %d", i+1)),
			Text: fmt.Sprintf("Massage notes of room %d: massage, massage and massage again.", i+1)})
	}
	s.Passages[16].Text = "The massage ledger hangs by the violet door."
	sh := &shelf{sources: []*corpus.Source{s}, results: retrieval.Results{Words: []retrieval.SectionHit{{Source: s, Score: 1}}}}
	r := &retrieval.Retriever{Index: sh, Lexicon: lexicon(t)}
	q := retrieval.Question{Text: "where does the massage ledger with the violet cover hang?", Scopes: []string{"machine"}}
	found, err := r.Find(t.Context(), q)
	if err != nil || slices.Contains(sh.asked.Filter.Kinds, corpus.Manual) || len(sh.asked.Filter.Kinds) == 0 {
		t.Errorf("Find asks for the kinds %v (%v)", sh.asked.Filter.Kinds, err)
	}
	hits, err := r.Manuals(t.Context(), q, found.Reading)
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	if !slices.Equal(sh.asked.Filter.Kinds, []corpus.Kind{corpus.Manual}) || !slices.Equal(sh.asked.Filter.Scopes, q.Scopes) {
		t.Errorf("Manuals asks under %+v", sh.asked.Filter)
	}
	// massage, ledger, violet and hang of those and cover
	if h := hits[0]; h.Pin != "p. 17" || h.Words != 4 || h.Share < 0.79 || h.Share > 0.81 {
		t.Errorf("found %s with %d words and a share of %v", h.Pin, h.Words, h.Share)
	}
}
