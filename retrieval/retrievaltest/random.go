package retrievaltest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// Values that random sources have, and others that none has.
var (
	scopeNames    = []string{corpus.PublicScope, "guild", "clinic"}
	jurisdictions = []string{"WA", "US", "OR", "any"}
	kinds         = []corpus.Kind{corpus.Statute, corpus.Rule, corpus.Guide, corpus.Manual}
)

// dim is the length of random vectors.
const dim = 24

// A maker makes documents at random, the same for each seed.
type maker struct {
	*rand.Rand
	zipf *rand.Zipf
}

func newMaker(seed uint64) *maker {
	r := rand.New(rand.NewPCG(seed, 17))
	return &maker{r, rand.NewZipf(r, 1.3, 4, 900)}
}

// word is common or rare as words of a language are.
func (m *maker) word() string { return wordNumber(int(m.zipf.Uint64())) }

// wordNumber spells n with syllables that no stemmer shortens.
func wordNumber(n int) string {
	w := "q"
	for range 3 {
		w += string("bdgkmnprtz"[n%10]) + "o"
		n /= 10
	}
	return w + "x"
}

func (m *maker) text(words int) string {
	out := make([]string, words)
	for i := range out {
		out[i] = m.word()
	}
	return strings.Join(out, " ")
}

// source makes one with 1 to 5 passages; a third have a citation.
func (m *maker) source(id, scope string) *corpus.Source {
	s := &corpus.Source{ID: id, Scope: scope, Title: m.text(2), Kind: kinds[m.IntN(len(kinds))],
		Jurisdiction: jurisdictions[m.IntN(len(jurisdictions))], Form: corpus.Digest, Names: []string{m.text(1)}}
	if m.IntN(3) == 0 {
		s.Cite = citation.Citation{System: citation.RCW, Number: fmt.Sprintf("48.43.%03d", m.IntN(20)+1)}
	}
	for i := range m.IntN(5) + 1 {
		p := corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("(%d)", i+1)), Heading: m.text(1), Text: m.text(3 + m.IntN(30))}
		if m.IntN(2) == 0 {
			p.Context = m.text(3)
		}
		s.Passages = append(s.Passages, p)
	}
	return s
}

func (m *maker) vector(dim int) []float32 {
	v := make([]float32, dim)
	for i := range v {
		v[i] = float32(m.NormFloat64()) * 3 // not of length 1
	}
	return v
}

// document makes a source with vectors, but for one in five.
func (m *maker) document(id, scope string) retrieval.Document {
	d := retrieval.Document{Source: m.source(id, scope)}
	if m.IntN(5) > 0 {
		for range d.Source.Passages {
			d.Vectors = append(d.Vectors, m.vector(dim))
		}
	}
	return d
}

// documents makes n, ids from "s000" on, over all scopes; ids repeat among
// scopes but not within one.
func (m *maker) documents(n int) []retrieval.Document {
	var out []retrieval.Document
	for i := range n {
		out = append(out, m.document(fmt.Sprintf("s%03d", i/2), scopeNames[i%2]))
	}
	return out
}

// terms asks for 1 to 6 words, with weights, now and then an unknown one.
func (m *maker) terms() []retrieval.Term {
	var out []retrieval.Term
	for range m.IntN(6) + 1 {
		t := retrieval.Term{Token: stemOf(m.word()), Weight: 1}
		if m.IntN(3) == 0 {
			t.Weight = m.Float32() + 0.1
		}
		if m.IntN(10) == 0 {
			t.Token = "nowhere"
		}
		out = append(out, t)
	}
	return out
}

// filter asks for some scopes and, at times, for some of the rest.
func (m *maker) filter() retrieval.Filter {
	f := retrieval.Filter{Scopes: some(m, scopeNames)}
	if m.IntN(3) == 0 {
		f.Jurisdictions = some(m, append([]string{"TX"}, jurisdictions...))
	}
	if m.IntN(3) == 0 {
		f.Kinds = some(m, append([]corpus.Kind{corpus.Study}, kinds...))
	}
	if m.IntN(6) == 0 {
		for range 10 {
			f.Sources = append(f.Sources, fmt.Sprintf("s%03d", m.IntN(60)))
		}
	}
	return f
}

// some picks one or more of all, in any order, at times one twice.
func some[T any](m *maker, all []T) []T {
	var out []T
	for range m.IntN(len(all)) + 1 {
		out = append(out, all[m.IntN(len(all))])
	}
	return out
}

// query asks at random by words, vector or both.
func (m *maker) query() retrieval.Query {
	q := retrieval.Query{Filter: m.filter(), Limit: 1 + m.IntN(12)}
	if m.IntN(4) > 0 {
		q.Terms = m.terms()
	}
	if m.IntN(4) > 0 {
		q.Vector = m.vector(dim)
	}
	return q
}

// plain makes a source of one passage per text, in the public scope.
func plain(id string, texts ...string) *corpus.Source {
	s := &corpus.Source{ID: id, Scope: corpus.PublicScope, Kind: corpus.Guide, Jurisdiction: "any", Form: corpus.Digest}
	for i, text := range texts {
		s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("(%d)", i+1)), Text: text})
	}
	return s
}

// asked makes terms of weight 1 from a text.
func asked(text string) []retrieval.Term {
	var out []retrieval.Term
	for _, t := range retrieval.Analyze(text) {
		out = append(out, retrieval.Term{Token: t.Stem, Weight: 1})
	}
	return out
}

func stemOf(word string) string { return retrieval.Analyze(word)[0].Stem }

// public is the filter for what plain makes.
func public() retrieval.Filter { return retrieval.Filter{Scopes: []string{corpus.PublicScope}} }

// everywhere is the filter for all random documents.
func everywhere() retrieval.Filter { return retrieval.Filter{Scopes: scopeNames} }
