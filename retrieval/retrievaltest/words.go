package retrievaltest

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// filled returns b's index and the brute one with the same n documents.
func filled(t testing.TB, b Backend, m *maker, n int) (ix, want retrieval.Index) {
	t.Helper()
	ix, want = b.Open(t), new(brute)
	docs := m.documents(n)
	put(t, want, docs...)
	for len(docs) > 0 { // in several calls
		k := min(len(docs), 1+m.IntN(n))
		put(t, ix, docs[:k]...)
		docs = docs[k:]
	}
	return ix, want
}

func words(t testing.TB, b Backend) {
	m := newMaker(1)
	ix, want := filled(t, b, m, 100)
	for range 100 {
		agree(t, ix, want, retrieval.Query{Terms: m.terms(), Filter: m.filter(), Limit: 1 + m.IntN(30)})
	}
}

// wordsOfOnePassage checks, by hand, that a section's score takes its
// passages together, and that they come best first.
func wordsOfOnePassage(t testing.TB, b Backend) {
	ix := b.Open(t)
	one := plain("a", "massage denied", "massage massage paid", "refund", "massage denied today paid late")
	two := plain("b", "visit clinic")
	put(t, ix, docs(one, two)...)
	res := search(t, ix, retrieval.Query{Terms: asked("massage"), Filter: public(), Limit: 5})
	if len(res.Words) != 1 {
		t.Fatalf("%d sections, want 1", len(res.Words))
	}
	// One of two sources holds massage, 4 times in 11 words; the mean is 6.5.
	want := math.Ln2 * 4 * 2.2 / (4 + 1.2*(0.25+0.75*11/6.5))
	if got := res.Words[0].Score; !near(got, float32(want), 0) {
		t.Errorf("score %v, want %v", got, want)
	}
	var order []int
	for _, p := range res.Words[0].Passages {
		order = append(order, p.Passage)
	}
	if want := []int{1, 0, 3}; !slices.Equal(order, want) {
		t.Errorf("passages %v, want %v: two of three words, one of two, one of five", order, want)
	}
}

func weights(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, retrieval.Document{Source: plain("a", "ledger")}, retrieval.Document{Source: plain("b", "kidney")})
	l, k := stemOf("ledger"), stemOf("kidney")
	ask := func(terms ...retrieval.Term) retrieval.Results {
		return search(t, ix, retrieval.Query{Terms: terms, Filter: public(), Limit: 9})
	}
	res := ask(retrieval.Term{Token: l, Weight: 1}, retrieval.Term{Token: k, Weight: 2.5})
	if len(res.Words) != 2 || res.Words[0].Source.ID != "b" || !near(res.Words[0].Score, 2.5*res.Words[1].Score, 0) {
		t.Errorf("weights 1 and 2.5 gave %+v", res.Words)
	} else if p := res.Words[0].Passages; len(p) != 1 || !near(p[0].Score, 2.5*res.Words[1].Passages[0].Score, 0) {
		t.Errorf("a passage under weight 2.5 has score %v, under 1 %v", p, res.Words[1].Passages)
	}
	if zero := ask(retrieval.Term{Token: l, Weight: 1}, retrieval.Term{Token: k, Weight: 0}); len(zero.Words) != 1 || zero.Words[0].Source.ID != "a" {
		t.Errorf("a term of weight 0 counts: %+v", zero.Words)
	}
	once, twice := ask(retrieval.Term{Token: l, Weight: 1}), ask(retrieval.Term{Token: l, Weight: 1}, retrieval.Term{Token: l, Weight: 1})
	if len(once.Words) != 1 || len(twice.Words) != 1 || !near(twice.Words[0].Score, 2*once.Words[0].Score, 0) {
		t.Errorf("the same term twice: %+v, once: %+v", twice.Words, once.Words)
	}
}

func idf(t testing.TB, b Backend) {
	m := newMaker(2)
	ix, want := filled(t, b, m, 60)
	var tokens []string
	for range 40 {
		tokens = append(tokens, stemOf(m.word()))
	}
	tokens = append(tokens, "nowhere", "")
	gotIdf, gotKnown, err := ix.Idf(t.Context(), tokens)
	if err != nil {
		t.Fatal(err)
	}
	wantIdf, wantKnown, _ := want.Idf(t.Context(), tokens)
	if len(gotIdf) != len(tokens) || !slices.Equal(gotKnown, wantKnown) {
		t.Fatalf("known %v, want %v", gotKnown, wantKnown)
	}
	for i := range tokens {
		if !near(gotIdf[i], wantIdf[i], 0) {
			t.Errorf("idf of %q is %v, want %v", tokens[i], gotIdf[i], wantIdf[i])
		}
	}
}

// ties checks the order of sources that only their names tell apart.
func ties(t testing.TB, b Backend) {
	ix := b.Open(t)
	for _, i := range []int{7, 3, 9, 1, 5, 2, 8, 4, 6, 0} { // not in order
		for _, scope := range []string{"b", "a"} {
			s := plain(fmt.Sprintf("s%d", i), "equal words", "equal words")
			s.Scope = scope
			put(t, ix, retrieval.Document{Source: s, Vectors: [][]float32{{1, 2}, {1, 2}}})
		}
	}
	f := retrieval.Filter{Scopes: []string{"a", "b"}}
	for _, limit := range []int{3, 20, 100} {
		res := search(t, ix, retrieval.Query{Terms: asked("equal words"), Vector: []float32{2, 4}, Filter: f, Limit: limit})
		for i, h := range res.Words {
			want := name{[]string{"a", "b"}[i%2], fmt.Sprintf("s%d", i/2)}
			if nameOf(h.Source) != want || len(h.Passages) != 2 || h.Passages[0].Passage != 0 {
				t.Errorf("limit %d: section %d is %v with passages %v, want %v, passage 0 first", limit, i, nameOf(h.Source), h.Passages, want)
			}
		}
		for i, h := range res.Vectors {
			want := name{[]string{"a", "b"}[i/2%2], fmt.Sprintf("s%d", i/4)}
			if nameOf(h.Source) != want || h.Passage != i%2 {
				t.Errorf("limit %d: vector %d is %v, passage %d, want %v, passage %d", limit, i, nameOf(h.Source), h.Passage, want, i%2)
			}
		}
		if len(res.Words) != min(limit, 20) || len(res.Vectors) != min(limit, 40) {
			t.Errorf("limit %d: %d sections, %d passages", limit, len(res.Words), len(res.Vectors))
		}
	}
}

func lookup(t testing.TB, b Backend) {
	ix := b.Open(t)
	rcw := citation.Citation{System: citation.RCW, Number: "48.43.045"}
	one, two, three, own := plain("one", "text"), plain("two", "text"), plain("three", "text"), plain("own", "text")
	one.Cite, two.Cite, three.Cite = rcw, rcw.At("(1)"), citation.Citation{System: citation.WAC, Number: "284-170-270"}
	family := citation.Citation{System: citation.ICD10CM, Number: "M54.31"}
	three.Covers, two.Covers = []citation.Citation{family}, []citation.Citation{family}
	two.Scope = "guild"
	put(t, ix, docs(two, one, three, own)...)
	both := retrieval.Filter{Scopes: []string{corpus.PublicScope, "guild"}}
	for _, c := range []struct {
		name string
		cite citation.Citation
		f    retrieval.Filter
		want []*corpus.Source
	}{
		{"the base", rcw, both, []*corpus.Source{one, two}},
		{"a pinpoint in it", rcw.At("(1)(a)"), both, []*corpus.Source{one, two}},
		{"one scope", rcw, public(), []*corpus.Source{one}},
		{"covered", family, both, []*corpus.Source{three, two}},
		{"another citation", citation.Citation{System: citation.RCW, Number: "48.43.04"}, both, nil},
		{"the same number elsewhere", citation.Citation{System: citation.WAC, Number: "48.43.045"}, both, nil},
		{"none", citation.Citation{}, both, nil},
	} {
		got, err := ix.Lookup(t.Context(), c.cite, c.f)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		sameSources(t, got, c.want)
	}
	two = plain("two", "text") // no citation any more
	two.Scope = "guild"
	put(t, ix, docs(two)...)
	for _, c := range []citation.Citation{rcw, family} {
		if got, err := ix.Lookup(t.Context(), c, both); err != nil || len(got) != 1 {
			t.Errorf("after a source lost its citations, Lookup of %s finds %d, %v; want 1", c, len(got), err)
		}
	}
}

// docs makes documents without vectors.
func docs(sources ...*corpus.Source) []retrieval.Document {
	var out []retrieval.Document
	for _, s := range sources {
		out = append(out, retrieval.Document{Source: s})
	}
	return out
}

func sources(t testing.TB, b Backend) {
	m := newMaker(3)
	ix, want := filled(t, b, m, 80)
	for range 60 {
		f := m.filter()
		sameSources(t, list(t, ix, f), list(t, want, f))
	}
}

// unicodeTexts checks that any text is kept and found as it is.
func unicodeTexts(t testing.TB, b Backend) {
	ix := b.Open(t)
	texts := map[string]string{
		"señal": "El Señor llegó a Zürich", "日本/法律": "マッサージ療法 保険", "здоровье": "Массаж и страховка",
		"emoji 🙏🏽": "hands 🙏🏽 and care", "e\u0301 apart": "re\u0301sume\u0301", "é one": "r\u00e9sum\u00e9",
		"tab\tand\nline": "a tab\tand a line", "\u202eright to left": "שלום עולם",
	}
	for id, text := range texts {
		put(t, ix, docs(plain(id, text))...)
	}
	for id, text := range texts {
		f := retrieval.Filter{Scopes: []string{corpus.PublicScope}, Sources: []string{id}}
		got := search(t, ix, retrieval.Query{Terms: asked(text), Filter: f, Limit: 9}).Words
		if len(got) != 1 || got[0].Source.ID != id || got[0].Source.Passages[0].Text != text {
			t.Errorf("%q: %+v", id, got)
		}
	}
	if ids := found(t, ix, public(), "RESUME"); len(ids) != 2 {
		t.Errorf("resume is found in %q, want both spellings", ids)
	}
}
