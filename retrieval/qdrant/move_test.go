package qdrant_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/qdrant"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// embed gives documents vectors by another embedder, and counts them.
func embed(n *int, fails int) func(context.Context, []retrieval.Document) ([]retrieval.Document, error) {
	return func(_ context.Context, docs []retrieval.Document) ([]retrieval.Document, error) {
		var out []retrieval.Document
		for _, d := range docs {
			if *n++; *n == fails {
				return nil, errors.New("the endpoint is away")
			}
			next := retrieval.Document{Source: d.Source, Embedder: "large"}
			for range d.Source.Passages {
				next.Vectors = append(next.Vectors, []float32{0, 0.6, 0.8})
			}
			out = append(out, next)
		}
		return out, nil
	}
}

// TestReindex: an index is embedded anew while searches go on; broken off, it
// stays as it was, and the next time goes on where it was.
func TestReindex(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s), doc("ships", "shipped words"))
	var docs []retrieval.Document
	for i := range 100 {
		docs = append(docs, by(fmt.Sprintf("s%02d", i), "small", 1, float32(i)))
	}
	put(t, x, docs...)
	before, first := info(t, x), s.Collections()
	n := 0
	r := qdrant.Reindexing{Embed: embed(&n, 70), Embedder: "large", Dimension: 3}
	if err := x.Reindex(t.Context(), r); err == nil {
		t.Fatal("an embedder that fails gave no error")
	}
	if got := info(t, x); got != before {
		t.Errorf("broken off, Info is %+v, was %+v", got, before)
	}
	if err := x.Delete(t.Context(), "public", []string{"s00"}); err != nil { // meanwhile
		t.Fatal(err)
	}
	n = 0
	var shown []int
	r.Embed, r.Progress = embed(&n, -1), func(done, of int) {
		shown = append(shown, done, of)
		if got := found(t, x, "text s50"); got[:3] != "s50" {
			t.Errorf("in the middle, found %q", got)
		}
	}
	if err := x.Reindex(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if n == 0 || n > 60 {
		t.Errorf("gone on, it embedded %d of 100 documents", n)
	}
	if len(shown) < 4 || shown[len(shown)-1] != 100 || shown[len(shown)-2] != 100 {
		t.Errorf("progress %v", shown)
	}
	if got := info(t, x); got.Sources != 100 || got.Embedder != "large" || got.Dimension != 3 {
		t.Errorf("embedded anew, Info is %+v", got)
	}
	if last := s.Collections(); len(last) != 1 || last[0] == first[0] {
		t.Errorf("collections %v, were %v", last, first)
	}
	res, err := x.Search(t.Context(), retrieval.Query{Vector: []float32{0, 3, 4}, Embedder: "large", Filter: public(), Limit: 200})
	if err != nil || len(res.Vectors) != 100 || res.Vectors[0].Score < 0.999 {
		t.Errorf("%d by vector, %v", len(res.Vectors), err)
	}
	open(t, config(s), doc("ships", "shipped words")) // in the same words: it keeps its vectors
	if res, err := x.Search(t.Context(), retrieval.Query{Vector: []float32{0, 3, 4}, Filter: public(), Limit: 200}); err != nil || len(res.Vectors) != 100 {
		t.Errorf("opened again, %d by vector, %v", len(res.Vectors), err)
	}
	if keys, err := x.Added(t.Context()); err != nil || len(keys) != 99 {
		t.Errorf("%d added, %v", len(keys), err)
	}
	put(t, x, doc("later", "refund"))
	if err := x.Reindex(t.Context(), qdrant.Reindexing{}); err != nil { // with its vectors as they are
		t.Fatal(err)
	}
	if got := info(t, x); got.Sources != 101 || got.Embedder != "large" {
		t.Errorf("made anew, Info is %+v", got)
	}
}

// TestReindexCounts: a new collection that lacks something does not take the
// old one's place.
func TestReindexCounts(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	put(t, x, doc("a", "kidney"), doc("b", "ledger"))
	s.Fault(func(c qdranttest.Call) error {
		if r, ok := c.Req.(*api.CountPoints); ok {
			s.Edit(r.GetCollectionName(), func(p map[string]*api.Value) map[string]*api.Value {
				if p["source"].GetStringValue() == "b" {
					return nil
				}
				return p
			})
		}
		return nil
	})
	if err := x.Reindex(t.Context(), qdrant.Reindexing{}); err == nil {
		t.Error("no error")
	}
	s.Fault(nil)
	if got := found(t, x, "kidney ledger"); got != "a b" {
		t.Errorf("found %q", got)
	}
}

// TestNewDimension: vectors come to an index that had none, or that had
// others before; nothing else of it changes.
func TestNewDimension(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x, y := open(t, config(s)), open(t, config(s))
	put(t, x, doc("a", "kidney"))
	put(t, x, by("b", "small", 1, 0))
	same(t, y, doc("a", "kidney"), by("b", "small", 1, 0))
	put(t, y, by("b", "large", 1, 0, 0)) // in the place of the only one
	same(t, x, doc("a", "kidney"), by("b", "large", 1, 0, 0))
	err := x.Put(t.Context(), []retrieval.Document{by("c", "small", 1, 0)})
	says(t, err, retrieval.ErrDimension, "3")
	err = x.Put(t.Context(), []retrieval.Document{by("c", "small", 1, 0, 0)})
	says(t, err, retrieval.ErrEmbedder, "small", "large")
	_, err = x.Search(t.Context(), retrieval.Query{Vector: []float32{1, 0, 0}, Embedder: "small", Filter: public(), Limit: 1})
	says(t, err, retrieval.ErrEmbedder, "small", "large")
	if n := len(s.Collections()); n != 1 {
		t.Errorf("%d collections", n)
	}
}

// TestShipped: what ships with the program is brought up to date when it
// opens the index, taken away when it ships no more, and left alone by Put
// and Delete.
func TestShipped(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s), doc("law", "kidney"), doc("old", "ledger"))
	put(t, x, doc("own", "refund"))
	says(t, x.Put(t.Context(), []retrieval.Document{doc("law", "mine")}), retrieval.ErrReadOnly, "law")
	says(t, x.Delete(t.Context(), "public", []string{"law"}), retrieval.ErrReadOnly, "law")
	s.Calls()
	open(t, config(s), doc("law", "kidney"), doc("old", "ledger"))
	for _, c := range s.Calls() {
		if c.Method == "UpdateBatch" || c.Method == "SetPayload" {
			t.Errorf("the same program writes with %s", c.Method)
		}
	}
	x = open(t, config(s), doc("law", "visit"))
	same(t, x, doc("law", "visit"), doc("own", "refund"))
	open(t, config(s), doc("law", "visit"), doc("own", "not theirs")) // a name that somebody has taken
	if got := found(t, x, "refund"); got != "own" {
		t.Errorf("found %q", got)
	}
	keys, err := x.Added(t.Context())
	if want := []retrieval.Key{{Scope: "public", ID: "own"}}; err != nil || !slices.Equal(keys, want) {
		t.Errorf("Added: %v, %v", keys, err)
	}
}

// TestDocuments: what was put comes out again, its vectors too.
func TestDocuments(t *testing.T) {
	t.Parallel()
	x := open(t, config(qdranttest.New(t, qdranttest.Options{})))
	if got, err := x.Documents(t.Context(), "public", []string{"a"}); err != nil || len(got) != 0 {
		t.Errorf("of no index: %v, %v", got, err)
	}
	d := doc("a", "one", "two", "three")
	d.Vectors, d.Embedder = [][]float32{{0.6, 0.8}, {0, 0}, {3, 4}}, "small"
	put(t, x, d, doc("b", "words"))
	got, err := x.Documents(t.Context(), "public", []string{"b", "none", "a"})
	if err != nil || len(got) != 2 || got[0].Source.ID != "b" || got[0].Vectors != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	c, err := retrieval.NewContent(got[1])
	want, _ := retrieval.NewContent(d)
	if err != nil || c.Hash != want.Hash {
		t.Errorf("%+v, %v", got[1], err)
	}
}

// TestLibrary: the whole library is found as the contract says.
func TestLibrary(t *testing.T) {
	t.Parallel()
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	var docs []retrieval.Document
	for _, s := range lib.Sources {
		docs = append(docs, retrieval.Document{Source: s})
	}
	want := retrievaltest.New()
	put(t, want, docs...)
	x := open(t, config(qdranttest.New(t, qdranttest.Options{})), docs...)
	if got, want := info(t, x), info(t, want); got.Sources != want.Sources || got.Passages != want.Passages {
		t.Errorf("Info is %+v, want %+v", got, want)
	}
	for i, s := range lib.Sources {
		if len(s.Asks) == 0 || i%25 > 0 {
			continue
		}
		q := retrieval.Query{Terms: asked(s.Asks[0]), Filter: public(), Limit: 40}
		got, err := x.Search(t.Context(), q)
		w, err2 := want.Search(t.Context(), q)
		if err != nil || err2 != nil || differs(got, w) != "" {
			t.Errorf("%q: %v, %v, %s", s.Asks[0], err, err2, differs(got, w))
		}
	}
}
