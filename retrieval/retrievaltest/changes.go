package retrievaltest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

func empty(t testing.TB, b Backend) {
	ix := b.Open(t)
	m := newMaker(9)
	agree(t, ix, new(brute), retrieval.Query{Terms: asked("anything"), Vector: m.vector(dim), Filter: public(), Limit: 10})
	sameSources(t, list(t, ix, public()), nil)
	idf, known, err := ix.Idf(t.Context(), []string{"anything"})
	if err != nil || len(idf) != 1 || known[0] {
		t.Errorf("Idf: %v, %v, %v", idf, known, err)
	}
	in := info(t, ix)
	if in.Sources != 0 || in.Passages != 0 || in.Dimension != 0 || in.Revision == "" {
		t.Errorf("Info: %+v", in)
	}
	remove(t, ix, "public", "a", "b")
	put(t, ix)
	if got := info(t, ix); got != in {
		t.Errorf("after doing nothing, Info is %+v, was %+v", got, in)
	}
	put(t, ix, docs(plain("blank"))...) // no passages
	sameSources(t, list(t, ix, public()), []*corpus.Source{plain("blank")})
	if got := info(t, ix); got.Sources != 1 || got.Passages != 0 {
		t.Errorf("Info: %+v", got)
	}
	if res := search(t, ix, retrieval.Query{Filter: public(), Limit: 1}); len(res.Words)+len(res.Vectors) != 0 {
		t.Errorf("asking nothing found %+v", res)
	}
}

// replace checks that Put leaves nothing of what it replaces.
func replace(t testing.TB, b Backend) {
	ix := b.Open(t)
	old := retrieval.Document{Source: plain("a", "kidney", "shared"), Vectors: [][]float32{{1, 0}, {1, 0}}}
	put(t, ix, old, retrieval.Document{Source: plain("b", "shared"), Vectors: [][]float32{{0, 1}}})
	first := info(t, ix)
	put(t, ix, old)
	if got := info(t, ix); got != first {
		t.Errorf("the same Put again changed %+v to %+v", first, got)
	}
	put(t, ix, docs(plain("a", "ledger"))...)
	if ids := found(t, ix, public(), "kidney"); len(ids) != 0 {
		t.Errorf("replaced words are found in %q", ids)
	}
	if ids := found(t, ix, public(), "shared"); !slices.Equal(ids, []string{"b"}) {
		t.Errorf("shared words are found in %q, want b", ids)
	}
	if got := search(t, ix, retrieval.Query{Vector: []float32{1, 0}, Filter: public(), Limit: 9}).Vectors; len(got) != 1 || got[0].Source.ID != "b" {
		t.Errorf("by vector: %+v, want b alone", got)
	}
	if _, known, err := ix.Idf(t.Context(), []string{stemOf("kidney"), stemOf("ledger")}); err != nil || known[0] || !known[1] {
		t.Errorf("known: %v, %v; want the new word alone", known, err)
	}
	put(t, ix, old)
	if got := info(t, ix); got.Sources != 2 || got.Passages != 3 {
		t.Errorf("after putting the first back, Info is %+v", got)
	}
	if ids := found(t, ix, public(), "ledger"); len(ids) != 0 {
		t.Errorf("replaced words are found in %q", ids)
	}
}

func deletion(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, docs(plain("a", "kidney"), plain("b", "kidney"), plain("c", "kidney"))...)
	remove(t, ix, "public", "b", "not there", "b")
	remove(t, ix, "elsewhere", "a")
	remove(t, ix, "public")
	if ids := found(t, ix, public(), "kidney"); !slices.Equal(ids, []string{"a", "c"}) {
		t.Errorf("found %q, want a and c", ids)
	}
	if got := info(t, ix); got.Sources != 2 || got.Passages != 2 {
		t.Errorf("Info: %+v", got)
	}
	remove(t, ix, "public", "a", "c")
	if ids := found(t, ix, public(), "kidney"); len(ids) != 0 {
		t.Errorf("found %q in an index emptied", ids)
	}
}

// statistics changes an index at random for a while. It must stay equal to
// one that is filled with what is there at last.
func statistics(t testing.TB, b Backend) {
	m := newMaker(10)
	ix, want := b.Open(t), new(brute)
	for range 40 {
		if m.IntN(3) == 0 {
			scope := scopeNames[m.IntN(len(scopeNames))]
			var ids []string
			for range m.IntN(10) {
				ids = append(ids, fmt.Sprintf("s%03d", m.IntN(30)))
			}
			remove(t, ix, scope, ids...)
			remove(t, want, scope, ids...)
		} else {
			var batch []retrieval.Document
			for i := range m.IntN(6) {
				batch = append(batch, m.document(fmt.Sprintf("s%03d", 6*m.IntN(5)+i), scopeNames[m.IntN(len(scopeNames))]))
			}
			put(t, ix, batch...)
			put(t, want, batch...)
		}
		agree(t, ix, want, m.query())
	}
	fresh := b.Open(t)
	put(t, fresh, want.documents()...)
	for range 60 {
		q := m.query()
		agree(t, ix, want, q)
		a, f := search(t, ix, q), search(t, fresh, q)
		sameWords(t, q, a.Words, f.Words)
		sameVectors(t, q, a.Vectors, f.Vectors)
	}
	a, f := info(t, ix), info(t, want)
	a.Revision, f.Revision = "", ""
	if a != f {
		t.Errorf("Info is %+v, want %+v", a, f)
	}
	sameSources(t, list(t, ix, everywhere()), list(t, want, everywhere()))
}

func (b *brute) documents() []retrieval.Document {
	var out []retrieval.Document
	for _, h := range b.docs {
		out = append(out, h.Document)
	}
	return out
}

// revision checks that it changes exactly when the content does.
func revision(t testing.TB, b Backend) {
	ix := b.Open(t)
	seen := map[string]string{}
	last := info(t, ix).Revision
	seen[last] = "empty"
	step := func(what string, changed bool, do func()) {
		t.Helper()
		do()
		switch now := info(t, ix).Revision; {
		case changed && seen[now] != "":
			t.Errorf("%s: the revision is that of %s", what, seen[now])
		case !changed && now != last:
			t.Errorf("%s: the revision changed", what)
		default:
			last, seen[now] = now, what
		}
	}
	doc := func(change func(d *retrieval.Document)) retrieval.Document {
		d := retrieval.Document{Source: plain("a", "kidney", "ledger"), Vectors: [][]float32{{1, 0}, {0, 1}}}
		change(&d)
		return d
	}
	changes := []struct {
		what   string
		change func(d *retrieval.Document)
	}{
		{"a first document", func(d *retrieval.Document) {}},
		{"another text", func(d *retrieval.Document) { d.Source.Passages[1].Text = "ledgers" }},
		{"another pinpoint", func(d *retrieval.Document) { d.Source.Passages[1].Pin = "(9)" }},
		{"a context", func(d *retrieval.Document) { d.Source.Passages[1].Context = "above" }},
		{"another title", func(d *retrieval.Document) { d.Source.Title = "Title" }},
		{"another status", func(d *retrieval.Document) { d.Source.Status = "superseded" }},
		{"another jurisdiction", func(d *retrieval.Document) { d.Source.Jurisdiction = "WA" }},
		{"another vector", func(d *retrieval.Document) { d.Vectors[1] = []float32{1, 1} }},
		{"no vectors", func(d *retrieval.Document) { d.Vectors = nil }},
		{"another order", func(d *retrieval.Document) { slices.Reverse(d.Source.Passages) }},
	}
	for _, c := range changes {
		step(c.what, true, func() { put(t, ix, doc(c.change)) })
		step(c.what+", again", false, func() { put(t, ix, doc(c.change)) })
	}
	other := plain("a", "kidney", "ledger")
	other.Scope = "guild"
	step("the same in another scope", true, func() { put(t, ix, docs(other)...) })
	step("deleting nothing", false, func() { remove(t, ix, "public", "b") })
	step("deleting", true, func() {
		remove(t, ix, "guild", "a")
		remove(t, ix, "public", "a")
		put(t, ix, docs(plain("z", "last"))...)
	})
	step("a refused document", false, func() { ix.Put(t.Context(), docs(plain("", "text"))) })
	step("searching", false, func() { found(t, ix, public(), "kidney") })
}
