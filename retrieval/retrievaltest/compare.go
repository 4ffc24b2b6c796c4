package retrievaltest

import (
	"math"
	"reflect"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// near allows what 32-bit arithmetic loses: one part in ten thousand, and
// for cosines, which may be close to 0, as much of 1.
func near(got, want float32, scale float64) bool {
	return math.Abs(float64(got)-float64(want)) <= 1e-4*max(math.Abs(float64(want)), scale)
}

// agree asks both indexes the same and compares the answers.
func agree(t testing.TB, got, want retrieval.Index, q retrieval.Query) {
	t.Helper()
	g := search(t, got, q)
	all := q
	all.Limit = math.MaxInt
	w := search(t, want, all)
	sameWords(t, q, g.Words, w.Words)
	sameVectors(t, q, g.Vectors, w.Vectors)
}

// sameWords compares hits with the full ranking. Where true scores differ by
// less than arithmetic can tell, either order will do.
func sameWords(t testing.TB, q retrieval.Query, got, all []retrieval.SectionHit) {
	t.Helper()
	if want := min(q.Limit, len(all)); len(got) != want {
		t.Errorf("%+v: %d sections, want %d", q, len(got), want)
		return
	}
	want := map[name]retrieval.SectionHit{}
	for _, h := range all {
		want[nameOf(h.Source)] = h
	}
	for i, h := range got {
		w, ok := want[nameOf(h.Source)]
		delete(want, nameOf(h.Source)) // at most once
		switch {
		case !ok:
			t.Errorf("%+v: section %v should not be found, or not twice", q, nameOf(h.Source))
			continue
		case !near(h.Score, w.Score, 0) || !near(h.Score, all[i].Score, 0):
			t.Errorf("%+v: section %v at rank %d has score %v, want %v at a rank of score %v", q, nameOf(h.Source), i, h.Score, w.Score, all[i].Score)
		case i > 0 && !inOrder(got[i-1].Score, h.Score, got[i-1].Source, h.Source, 0, 1):
			t.Errorf("%+v: section %v at rank %d is out of order", q, nameOf(h.Source), i)
		}
		sameSource(t, h.Source, w.Source)
		samePassages(t, h.Passages, w.Passages)
	}
}

func samePassages(t testing.TB, got, all []retrieval.PassageHit) {
	t.Helper()
	if len(got) != len(all) {
		t.Errorf("passages %v, want %v", got, all)
		return
	}
	want := map[int]float32{}
	for _, p := range all {
		want[p.Passage] = p.Score
	}
	for i, p := range got {
		w, ok := want[p.Passage]
		delete(want, p.Passage)
		if !ok || !near(p.Score, w, 0) || !near(p.Score, all[i].Score, 0) ||
			i > 0 && !inOrder(got[i-1].Score, p.Score, nil, nil, got[i-1].Passage, p.Passage) {
			t.Errorf("passages %v, want %v", got, all)
			return
		}
	}
}

func sameVectors(t testing.TB, q retrieval.Query, got, all []retrieval.VectorHit) {
	t.Helper()
	if want := min(q.Limit, len(all)); len(got) != want {
		t.Errorf("%+v: %d passages by vector, want %d", q, len(got), want)
		return
	}
	type place struct {
		name
		passage int
	}
	want := map[place]retrieval.VectorHit{}
	for _, h := range all {
		want[place{nameOf(h.Source), h.Passage}] = h
	}
	for i, h := range got {
		at := place{nameOf(h.Source), h.Passage}
		w, ok := want[at]
		delete(want, at)
		if !ok || !near(h.Score, w.Score, 1) || !near(h.Score, all[i].Score, 1) {
			t.Errorf("%+v: passage %v at rank %d has cosine %v, want %v at a rank of %v", q, at, i, h.Score, w.Score, all[i].Score)
			continue
		}
		if i > 0 && !inOrder(got[i-1].Score, h.Score, got[i-1].Source, h.Source, got[i-1].Passage, h.Passage) {
			t.Errorf("%+v: passage %v at rank %d is out of order", q, at, i)
		}
		sameSource(t, h.Source, w.Source)
	}
}

// inOrder reports whether a may stand before b: a higher score, or an equal
// one and the smaller id, scope or passage. Without sources, they are equal.
func inOrder(a, b float32, sa, sb *corpus.Source, pa, pb int) bool {
	switch {
	case a != b:
		return a > b
	case sa == nil || sa.ID == sb.ID && sa.Scope == sb.Scope:
		return pa < pb
	case sa.ID == sb.ID:
		return sa.Scope < sb.Scope
	}
	return sa.ID < sb.ID
}

// A name tells sources apart.
type name struct{ scope, id string }

func nameOf(s *corpus.Source) name { return name{s.Scope, s.ID} }

func sameSource(t testing.TB, got, want *corpus.Source) {
	t.Helper()
	if got == want || reflect.DeepEqual(got, want) {
		return
	}
	// A list without entries may have become none.
	if got.Hash() != want.Hash() || !reflect.DeepEqual(got.Passages, want.Passages) || got.SupersededBy != want.SupersededBy {
		t.Errorf("source %v is %+v, want %+v", nameOf(want), got, want)
	}
}

func sameSources(t testing.TB, got, want []*corpus.Source) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d sources, want %d", len(got), len(want))
		return
	}
	for i := range got {
		if nameOf(got[i]) != nameOf(want[i]) {
			t.Errorf("source %d is %v, want %v", i, nameOf(got[i]), nameOf(want[i]))
			continue
		}
		sameSource(t, got[i], want[i])
	}
}

// Calls that must succeed.

func search(t testing.TB, ix retrieval.Index, q retrieval.Query) retrieval.Results {
	t.Helper()
	res, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	return res
}

func put(t testing.TB, ix retrieval.Index, docs ...retrieval.Document) {
	t.Helper()
	if err := ix.Put(t.Context(), docs); err != nil {
		t.Fatalf("Put: %v", err)
	}
}

func remove(t testing.TB, ix retrieval.Index, scope string, ids ...string) {
	t.Helper()
	if err := ix.Delete(t.Context(), scope, ids); err != nil {
		t.Fatalf("Delete(%q, %q): %v", scope, ids, err)
	}
}

func info(t testing.TB, ix retrieval.Index) retrieval.Info {
	t.Helper()
	in, err := ix.Info(t.Context())
	if err != nil {
		t.Fatalf("Info: %v", err)
	}
	return in
}

func list(t testing.TB, ix retrieval.Index, f retrieval.Filter) []*corpus.Source {
	t.Helper()
	s, err := ix.Sources(t.Context(), f)
	if err != nil {
		t.Fatalf("Sources(%+v): %v", f, err)
	}
	return s
}

// found are the ids of the sections that hold the words of text.
func found(t testing.TB, ix retrieval.Index, f retrieval.Filter, text string) []string {
	t.Helper()
	var ids []string
	for _, h := range search(t, ix, retrieval.Query{Terms: asked(text), Filter: f, Limit: 100}).Words {
		ids = append(ids, h.Source.ID)
	}
	return ids
}
