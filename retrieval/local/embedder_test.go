package local

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

// by is a document of one passage with a vector by an embedder.
func by(id, embedder string, v ...float32) retrieval.Document {
	d := doc(id, "text "+id)
	d.Vectors, d.Embedder = [][]float32{v}, embedder
	return d
}

func info(t *testing.T, x *Index) retrieval.Info {
	t.Helper()
	in, err := x.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestEmbedder: an index knows, after reopening too, which embedder filled
// it, refuses vectors of another, and takes these once the old are gone.
func TestEmbedder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	x := open(t, file)
	put := func(want error, docs ...retrieval.Document) {
		t.Helper()
		before := info(t, x)
		if err := x.Put(t.Context(), docs); !errors.Is(err, want) {
			t.Fatalf("Put: %v, want %v", err, want)
		}
		if want != nil && info(t, x) != before {
			t.Errorf("a refused Put changed %+v to %+v", before, info(t, x))
		}
	}
	put(nil, by("a", "small", 1, 0), doc("words", "only"))
	bare := info(t, x).Revision
	for range 2 {
		if got := info(t, x); got.Embedder != "small" || got.Dimension != 2 || got.Revision != bare {
			t.Errorf("Info is %+v", got)
		}
		put(retrieval.ErrEmbedder, by("b", "large", 0, 1))
		put(retrieval.ErrEmbedder, by("b", "", 0, 1))
		put(retrieval.ErrEmbedder, by("a", "small", 1, 0), by("b", "large", 0, 1))
		q := retrieval.Query{Vector: []float32{1, 0}, Embedder: "large", Filter: retrieval.Filter{Scopes: []string{"public"}}, Limit: 1}
		if _, err := x.Search(t.Context(), q); !errors.Is(err, retrieval.ErrEmbedder) {
			t.Errorf("Search with another's vector: %v", err)
		}
		for _, q.Embedder = range []string{"", "small"} {
			if res, err := x.Search(t.Context(), q); err != nil || len(res.Vectors) != 1 {
				t.Errorf("Search by %q: %+v, %v", q.Embedder, res, err)
			}
		}
		x.Close()
		x = open(t, file)
	}
	put(nil, by("a", "large", 1, 0, 0)) // the only one there is
	if got := info(t, x); got.Embedder != "large" || got.Dimension != 3 {
		t.Errorf("embedded anew, Info is %+v", got)
	}
	put(nil, by("a", "other", 1, 0, 0))
	if got := info(t, x).Revision; got == bare {
		t.Error("another embedder leaves the revision as it was")
	}
	put(nil, doc("a", "text a"))
	if got := info(t, x); got.Embedder != "" || got.Dimension != 0 {
		t.Errorf("without vectors, Info is %+v", got)
	}
}

// TestDocuments: what was put comes out again, with its vectors; base
// documents are handed out and not among the added.
func TestDocuments(t *testing.T) {
	t.Parallel()
	x := open(t, filepath.Join(t.TempDir(), "index.db"), doc("base", "ships"))
	a, b := by("a", "small", 0.6, 0.8), doc("b", "words", "only")
	if err := x.Put(t.Context(), []retrieval.Document{b, a}); err != nil {
		t.Fatal(err)
	}
	got, err := x.Documents(t.Context(), "public", []string{"a", "none", "base", "b"})
	if err != nil || len(got) != 3 || got[1].Source.ID != "base" || got[2].Source.ID != "b" || got[2].Vectors != nil {
		t.Fatalf("Documents: %+v, %v", got, err)
	}
	if !slices.Equal(got[0].Vectors[0], a.Vectors[0]) || got[0].Embedder != "small" || got[0].Source.Hash() != a.Source.Hash() {
		t.Errorf("Documents: %+v", got[0])
	}
	keys, err := x.Added(t.Context())
	if want := []retrieval.Key{{Scope: "public", ID: "a"}, {Scope: "public", ID: "b"}}; err != nil || !slices.Equal(keys, want) {
		t.Errorf("Added: %v, %v", keys, err)
	}
	if _, err := x.Documents(t.Context(), "", []string{"a"}); !errors.Is(err, retrieval.ErrNoScope) {
		t.Errorf("Documents of no scope: %v", err)
	}
}
