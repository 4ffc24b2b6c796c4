package retrieval

import (
	"context"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// A Reading is what a question was understood to say.
type Reading struct {
	Citations  []citation.Citation // cited in any spelling, in order
	Terms      []Term              // the question's own words, then what they mean
	Corrected  map[string]string   // slips and what they were taken for
	Foreign    bool                // mostly another language's words
	Profession string              // another profession that is asked about
	Outside    string              // a phrase that shows another subject
	topical    bool                // a word of this field occurs
	own        []Term              // Terms without what was added
}

// Weights of a question's words.
const (
	ownWeight     = 1
	meaningWeight = 0.6 // a thesaurus meaning, beside the person's own words
	fixedWeight   = 0.9 // a corrected slip
)

// Read reads a question with the lexicon, asking idx which words it knows:
// only a word that no source holds is looked at as a slip.
func (l *Lexicon) Read(ctx context.Context, idx Index, text string) (Reading, error) {
	r := Reading{Corrected: map[string]string{}}
	plain := text
	found := citation.Find(text)
	for i := len(found) - 1; i >= 0; i-- { // from the back: offsets stay true
		if f := found[i]; f.Err == nil {
			r.Citations = append([]citation.Citation{f.Citation}, r.Citations...)
			plain = plain[:f.Start] + " " + plain[f.End:]
		}
	}
	tokens := Analyze(plain)
	var content []string
	for _, t := range tokens {
		content = append(content, t.Stem)
	}
	_, known, err := idx.Idf(ctx, content)
	if err != nil {
		return r, err
	}
	foreign, words := 0, 0
	for i, t := range tokens {
		words++
		if l.foreign[t.Word] {
			foreign++
		}
		if known[i] || t.Stop {
			continue
		}
		if fix := l.correct(t.Word); fix != "" {
			r.Corrected[t.Word] = fix
			tokens[i] = Analyze(fix)[0]
		}
	}
	r.Foreign = foreign >= 2 && foreign*4 >= words
	r.Profession, _ = occurs(l.others, tokens)
	r.Outside, _ = occurs(l.outside, tokens)
	weight := map[string]float32{}
	var order []string
	add := func(stem string, w float32) {
		if _, ok := weight[stem]; !ok {
			order = append(order, stem)
		}
		weight[stem] = max(weight[stem], w)
	}
	for _, t := range tokens {
		r.topical = r.topical || l.topic[t.Stem]
		if t.Stop {
			continue
		}
		w := float32(ownWeight)
		if _, ok := r.Corrected[t.Word]; ok {
			w = fixedWeight
		}
		add(t.Stem, w)
	}
	own := len(order)
	for _, stem := range l.expand(tokens) {
		r.topical = r.topical || l.topic[stem]
		add(stem, meaningWeight)
	}
	for i, stem := range order {
		t := Term{stem, weight[stem]}
		r.Terms = append(r.Terms, t)
		if i < own {
			r.own = append(r.own, t)
		}
	}
	for _, c := range r.Citations {
		for _, t := range Analyze(strings.ReplaceAll(c.Base().String(), "§", " ")) {
			r.Terms = append(r.Terms, Term{t.Stem, 2 * ownWeight})
		}
	}
	return r, nil
}

// Topical reports whether the question is of this field at all.
func (r *Reading) Topical() bool { return r.topical || len(r.Citations) > 0 }
