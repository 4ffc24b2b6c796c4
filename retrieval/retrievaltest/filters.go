package retrievaltest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// filter checks each field alone and all together.
func filter(t testing.TB, b Backend) {
	m := newMaker(7)
	ix, want := filled(t, b, m, 100)
	ask := func(f retrieval.Filter) {
		agree(t, ix, want, retrieval.Query{Terms: m.terms(), Vector: m.vector(dim), Filter: f, Limit: 400})
		sameSources(t, list(t, ix, f), list(t, want, f))
	}
	for _, s := range append([]string{"nobody's"}, scopeNames...) {
		ask(retrieval.Filter{Scopes: []string{s}})
	}
	for _, j := range append([]string{"TX"}, jurisdictions...) {
		ask(retrieval.Filter{Scopes: scopeNames, Jurisdictions: []string{j}})
	}
	for _, k := range append([]corpus.Kind{corpus.Study}, kinds...) {
		ask(retrieval.Filter{Scopes: scopeNames, Kinds: []corpus.Kind{k}})
	}
	ask(retrieval.Filter{Scopes: scopeNames, Sources: []string{"s003", "s010", "s003", "no such"}})
	ask(retrieval.Filter{Scopes: scopeNames, Sources: []string{"no such"}})
	for range 40 {
		ask(m.filter())
	}
}

// filterInside checks that what a filter leaves out takes up no room.
func filterInside(t testing.TB, b Backend) {
	ix := b.Open(t)
	var all []retrieval.Document
	for i := range 300 {
		s := plain(fmt.Sprintf("a%03d", i), "refund refund refund")
		s.Jurisdiction = "OR"
		all = append(all, retrieval.Document{Source: s, Vectors: [][]float32{{1, 0}}})
	}
	for i := range 5 {
		s := plain(fmt.Sprintf("z%03d", i), "a refund among very many other words that weigh it down")
		s.Jurisdiction = "WA"
		all = append(all, retrieval.Document{Source: s, Vectors: [][]float32{{-1, 0.1}}})
	}
	put(t, ix, all...)
	f := public()
	f.Jurisdictions = []string{"WA"}
	for _, n := range []int{1, 4, 5, 6, 50} {
		res := search(t, ix, retrieval.Query{Terms: asked("refund"), Vector: []float32{1, 0}, Filter: f, Limit: n})
		if want := min(n, 5); len(res.Words) != want || len(res.Vectors) != want {
			t.Errorf("limit %d: %d sections and %d passages, want %d", n, len(res.Words), len(res.Vectors), want)
		}
	}
}

// oddValues match nothing but themselves.
var oddValues = []string{
	"plain", "Plain", "plain ", " plain", "pla in", "o'brien", `o"brien`, "o`brien", `o\brien`, `o\\brien`, "o''brien",
	"a%", "a_", "a*", "a?", "a.b", "a/b", "a:b", "a#b", "a,b", "[a]", "{a}", "(a)", "a|b", "a&b", "a=b", "' OR 1=1 --", `"; DROP TABLE source; --`,
	"caf\u00e9", "cafe\u0301", "日本", "🙏", "new\nline", "a\tb", "nil", "null", "true", "0", "00", "1", "-1", "1.0", "a\x00b", "a",
}

func filterOddValues(t testing.TB, b Backend) {
	ix := b.Open(t)
	var all []retrieval.Document
	for _, v := range oddValues {
		s := plain(v, "kidney ledger")
		s.Scope, s.Jurisdiction, s.Kind = v, v, corpus.Kind(v)
		all = append(all, retrieval.Document{Source: s, Vectors: [][]float32{{1, 1}}})
	}
	put(t, ix, all...)
	onlyItself(t, ix)
	for _, v := range oddValues {
		remove(t, ix, v, "none of these", v+"x")
	}
	if got := info(t, ix).Sources; got != len(oddValues) {
		t.Errorf("deleting others left %d of %d", got, len(oddValues))
	}
	if b.Reopen != nil {
		onlyItself(t, b.Reopen(t, ix))
	}
}

// onlyItself filters by each odd value in each field.
func onlyItself(t testing.TB, ix retrieval.Index) {
	t.Helper()
	for _, v := range oddValues {
		for field, f := range map[string]retrieval.Filter{
			"scope":        {Scopes: []string{v}},
			"jurisdiction": {Scopes: oddValues, Jurisdictions: []string{v}},
			"kind":         {Scopes: oddValues, Kinds: []corpus.Kind{corpus.Kind(v)}},
			"source":       {Scopes: oddValues, Sources: []string{v}},
		} {
			res := search(t, ix, retrieval.Query{Terms: asked("kidney"), Vector: []float32{1, 1}, Filter: f, Limit: 100})
			if len(res.Words) != 1 || res.Words[0].Source.ID != v || len(res.Vectors) != 1 || res.Vectors[0].Source.ID != v {
				t.Errorf("%s %q matches %d sections and %d passages, want itself", field, v, len(res.Words), len(res.Vectors))
			}
		}
	}
}

func limit(t testing.TB, b Backend) {
	m := newMaker(8)
	ix, want := filled(t, b, m, 40)
	q := retrieval.Query{Terms: m.terms(), Vector: m.vector(dim), Filter: everywhere()}
	for _, n := range []int{1, 2, 39, 1000, 1 << 40, math.MaxInt} {
		q.Limit = n
		agree(t, ix, want, q)
	}
	for _, n := range []int{0, -1, math.MinInt} {
		q.Limit = n
		if _, err := ix.Search(t.Context(), q); err == nil {
			t.Errorf("limit %d gave no error", n)
		}
	}
}

// scopes checks that one id in two scopes is two sources.
func scopes(t testing.TB, b Backend) {
	ix := b.Open(t)
	mine, theirs := plain("same", "my words"), plain("same", "their words")
	mine.Scope, theirs.Scope = "mine", "theirs"
	put(t, ix, docs(mine, theirs)...)
	only := func(scope string) retrieval.Filter { return retrieval.Filter{Scopes: []string{scope}} }
	sameSources(t, list(t, ix, only("mine")), []*corpus.Source{mine})
	sameSources(t, list(t, ix, only("theirs")), []*corpus.Source{theirs})
	sameSources(t, list(t, ix, retrieval.Filter{Scopes: []string{"theirs", "mine"}}), []*corpus.Source{mine, theirs})
	if got := search(t, ix, retrieval.Query{Terms: asked("words"), Filter: only("theirs"), Limit: 9}).Words; len(got) != 1 || got[0].Source.Scope != "theirs" {
		t.Errorf("a search in one scope gave %+v", got)
	}
	mine = plain("same", "new words")
	mine.Scope = "mine"
	put(t, ix, docs(mine)...)
	sameSources(t, list(t, ix, only("theirs")), []*corpus.Source{theirs})
	remove(t, ix, "mine", "same")
	sameSources(t, list(t, ix, only("mine")), nil)
	sameSources(t, list(t, ix, only("theirs")), []*corpus.Source{theirs})
}

// noScope checks that there is no way to ask for everyone's documents.
func noScope(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, retrieval.Document{Source: plain("a", "words"), Vectors: [][]float32{{1}}})
	for _, f := range []retrieval.Filter{{}, {Scopes: []string{}}, {Sources: []string{"a"}}, {Jurisdictions: []string{"any"}, Kinds: []corpus.Kind{corpus.Guide}}} {
		_, err := ix.Search(t.Context(), retrieval.Query{Terms: asked("words"), Vector: []float32{1}, Filter: f, Limit: 1})
		_, err2 := ix.Lookup(t.Context(), citation.Citation{System: citation.RCW, Number: "48.43.045"}, f)
		_, err3 := ix.Sources(t.Context(), f)
		for _, err := range []error{err, err2, err3} {
			if !errors.Is(err, retrieval.ErrNoScope) {
				t.Errorf("under %+v: %v, want ErrNoScope", f, err)
			}
		}
	}
	if err := ix.Delete(t.Context(), "", []string{"a"}); !errors.Is(err, retrieval.ErrNoScope) {
		t.Errorf("Delete in no scope: %v, want ErrNoScope", err)
	}
	got, err := ix.Sources(t.Context(), retrieval.Filter{Scopes: []string{""}})
	if len(got) > 0 || err != nil && !errors.Is(err, retrieval.ErrNoScope) {
		t.Errorf("under the scope without a name: %d sources, %v", len(got), err)
	}
	if ids := found(t, ix, public(), "words"); !slices.Equal(ids, []string{"a"}) {
		t.Errorf("found %q", ids)
	}
}
