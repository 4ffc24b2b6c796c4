package retrievaltest

import (
	"errors"
	"math"
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

func vectors(t testing.TB, b Backend) {
	m := newMaker(4)
	ix, want := filled(t, b, m, 80)
	for range 100 {
		agree(t, ix, want, retrieval.Query{Vector: m.vector(dim), Filter: m.filter(), Limit: 1 + m.IntN(30)})
	}
}

// cosine checks scores that can be told without arithmetic.
func cosine(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, retrieval.Document{Source: plain("a", "one", "two", "three", "four"), Vectors: [][]float32{
		{3, 4, 0, 0}, {0, 0, 7, 0}, {-300, -400, 0, 0}, {1e-20, 0, 0, 0}}})
	for _, scale := range []float32{1, 1e6, 1e-6, 1e18, 1e-18} {
		got := search(t, ix, retrieval.Query{Vector: []float32{3 * scale, 4 * scale, 0, 0}, Filter: public(), Limit: 9}).Vectors
		if len(got) != 4 {
			t.Fatalf("scale %g: %d passages, want 4: those at a right angle and beyond are found too", scale, len(got))
		}
		for i, want := range []retrieval.PassageHit{{Passage: 0, Score: 1}, {Passage: 3, Score: 0.6}, {Passage: 1, Score: 0}, {Passage: 2, Score: -1}} {
			if h := got[i].PassageHit; h.Passage != want.Passage || !near(h.Score, want.Score, 0.01) || h.Score > 1 || h.Score < -1 {
				t.Errorf("scale %g, rank %d: %+v, want %+v", scale, i, h, want)
			}
		}
	}
	for _, width := range []int{dim, 384} {
		oneself(t, b, width)
	}
}

// oneself checks that a vector's cosine with itself is 1 and not, by a
// rounding, beyond.
func oneself(t testing.TB, b Backend, width int) {
	t.Helper()
	m := newMaker(5)
	ix := b.Open(t)
	d := retrieval.Document{Source: plain("a", make([]string, 100)...)}
	for range d.Source.Passages {
		d.Vectors = append(d.Vectors, m.vector(width))
	}
	put(t, ix, d)
	for i, v := range d.Vectors {
		got := search(t, ix, retrieval.Query{Vector: v, Filter: public(), Limit: 1}).Vectors
		if len(got) != 1 || got[0].Passage != i || !near(got[0].Score, 1, 0) || got[0].Score > 1 {
			t.Errorf("a vector of %d numbers against itself: %+v", width, got)
		}
	}
}

func zeroVector(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, retrieval.Document{Source: plain("a", "one", "two"), Vectors: [][]float32{{0, 0}, {0, 5}}})
	for _, q := range [][]float32{{1, 1}, {1, 0}, {-1, -1}} {
		got := search(t, ix, retrieval.Query{Vector: q, Filter: public(), Limit: 9}).Vectors
		if len(got) != 1 || got[0].Passage != 1 {
			t.Errorf("asked with %v: %+v, want passage 1 alone", q, got)
		}
	}
	if got := search(t, ix, retrieval.Query{Vector: []float32{0, 0}, Filter: public(), Limit: 9}).Vectors; len(got) != 0 {
		t.Errorf("asked with a zero vector: %+v, want nothing", got)
	}
	if got := found(t, ix, public(), "one"); len(got) != 1 {
		t.Errorf("a passage with a zero vector is found by its words %d times, want once", len(got))
	}
}

func wordsAndVectors(t testing.TB, b Backend) {
	m := newMaker(6)
	ix, want := filled(t, b, m, 100)
	for range 80 {
		q := retrieval.Query{Terms: m.terms(), Vector: m.vector(dim), Filter: m.filter(), Limit: 1 + m.IntN(20)}
		agree(t, ix, want, q)
		both := search(t, ix, q)
		alone := search(t, ix, retrieval.Query{Terms: q.Terms, Filter: q.Filter, Limit: q.Limit})
		if len(alone.Vectors) != 0 || len(alone.Words) != len(both.Words) {
			t.Errorf("words alone gave %d passages by vector and %d sections; with a vector %d sections", len(alone.Vectors), len(alone.Words), len(both.Words))
		}
	}
}

func dimensions(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, retrieval.Document{Source: plain("a", "one", "two"), Vectors: [][]float32{{1, 2, 3}, {4, 5, 6}}},
		retrieval.Document{Source: plain("words only", "three")})
	if got := info(t, ix).Dimension; got != 3 {
		t.Errorf("dimension %d, want 3", got)
	}
	before := info(t, ix).Revision
	for _, c := range []struct {
		name string
		vs   [][]float32
	}{
		{"shorter", [][]float32{{1, 2}, {1, 2}}},
		{"longer", [][]float32{{1, 2, 3, 4}, {1, 2, 3, 4}}},
		{"mixed", [][]float32{{1, 2, 3}, {1, 2}}},
		{"one missing", [][]float32{{1, 2, 3}}},
		{"one empty", [][]float32{{1, 2, 3}, nil}},
		{"one too many", [][]float32{{1, 2, 3}, {1, 2, 3}, {1, 2, 3}}},
		{"no numbers", [][]float32{{}, {}}},
	} {
		err := ix.Put(t.Context(), []retrieval.Document{{Source: plain("b", "four", "five"), Vectors: c.vs}})
		if !errors.Is(err, retrieval.ErrDimension) {
			t.Errorf("Put of vectors %s: %v, want ErrDimension", c.name, err)
		}
	}
	if got := info(t, ix); got.Revision != before || got.Sources != 2 {
		t.Errorf("refused documents changed the index: %+v", got)
	}
	for _, v := range [][]float32{{1, 2}, {1, 2, 3, 4}} {
		if _, err := ix.Search(t.Context(), retrieval.Query{Vector: v, Filter: public(), Limit: 1}); !errors.Is(err, retrieval.ErrDimension) {
			t.Errorf("Search with %d numbers: %v, want ErrDimension", len(v), err)
		}
	}
	remove(t, ix, "public", "a")
	if got := info(t, ix).Dimension; got != 0 {
		t.Errorf("without vectors, the dimension is %d", got)
	}
	if got := search(t, ix, retrieval.Query{Vector: []float32{1, 2}, Filter: public(), Limit: 1}); len(got.Vectors) != 0 {
		t.Errorf("without vectors, found %+v", got)
	}
	first := b.Open(t) // mixed in the first call of all
	err := first.Put(t.Context(), []retrieval.Document{
		{Source: plain("a", "one"), Vectors: [][]float32{{1, 2}}}, {Source: plain("b", "two"), Vectors: [][]float32{{1, 2, 3}}}})
	if !errors.Is(err, retrieval.ErrDimension) || info(t, first).Sources != 0 {
		t.Errorf("Put of two lengths: %v, want ErrDimension and nothing kept", err)
	}
}

func badDocuments(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, retrieval.Document{Source: plain("old", "steady words"), Vectors: [][]float32{{1, 0}}},
		retrieval.Document{Source: plain("stays", "quiet"), Vectors: [][]float32{{1, 0}}})
	before := info(t, ix)
	noScope := plain("x", "text")
	noScope.Scope = ""
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, c := range []struct {
		name string
		bad  []retrieval.Document
	}{
		{"without source", []retrieval.Document{{}}},
		{"without id", docs(plain("", "text"))},
		{"without scope", docs(noScope)},
		{"twice", docs(plain("x", "text"), plain("x", "text"))},
		{"with a vector not a number", []retrieval.Document{{Source: plain("x", "text"), Vectors: [][]float32{{nan, 1}}}}},
		{"with an infinite vector", []retrieval.Document{{Source: plain("x", "text"), Vectors: [][]float32{{inf, 1}}}}},
		{"with a vector too long", []retrieval.Document{{Source: plain("x", "text"), Vectors: [][]float32{{1, 2, 3}}}}},
	} {
		all := append(docs(plain("old", "replaced"), plain("new", "fresh words")), c.bad...)
		if err := ix.Put(t.Context(), all); err == nil {
			t.Errorf("Put of a document %s gave no error", c.name)
		}
		if got := info(t, ix); got != before {
			t.Errorf("Put of a document %s left %+v, want %+v", c.name, got, before)
		}
		if got := found(t, ix, public(), "steady fresh replaced"); len(got) != 1 || got[0] != "old" {
			t.Errorf("after a document %s, found %q", c.name, got)
		}
	}
}

// embedders checks that vectors of two embedders do not mix.
func embedders(t testing.TB, b Backend) {
	ix := b.Open(t)
	by := func(id, embedder string) retrieval.Document {
		return retrieval.Document{Source: plain(id, "text"), Vectors: [][]float32{{1, 0}}, Embedder: embedder}
	}
	unnamed := retrieval.Document{Source: plain("words only", "text"), Embedder: "of nothing"}
	put(t, ix, by("a", "small"), unnamed)
	before := info(t, ix)
	if before.Embedder != "small" {
		t.Errorf("the embedder is %q, want small", before.Embedder)
	}
	for _, name := range []string{"large", ""} {
		if err := ix.Put(t.Context(), []retrieval.Document{by("b", name)}); !errors.Is(err, retrieval.ErrEmbedder) {
			t.Errorf("Put of vectors by %q: %v, want ErrEmbedder", name, err)
		}
	}
	if got := info(t, ix); got != before {
		t.Errorf("refused vectors changed %+v to %+v", before, got)
	}
	q := retrieval.Query{Vector: []float32{1, 0}, Filter: public(), Limit: 1}
	for _, q.Embedder = range []string{"", "small"} {
		if got := search(t, ix, q).Vectors; len(got) != 1 {
			t.Errorf("asked by %q: %+v", q.Embedder, got)
		}
	}
	q.Embedder = "large"
	if _, err := ix.Search(t.Context(), q); !errors.Is(err, retrieval.ErrEmbedder) {
		t.Errorf("Search with a vector by another embedder: %v, want ErrEmbedder", err)
	}
	put(t, ix, by("a", "large"), by("b", "large")) // none of the others is left
	if got := info(t, ix); got.Embedder != "large" || got.Revision == before.Revision {
		t.Errorf("embedded anew, Info is %+v", got)
	}
	remove(t, ix, "public", "a", "b")
	if got := info(t, ix).Embedder; got != "" {
		t.Errorf("without vectors, the embedder is %q", got)
	}
}
