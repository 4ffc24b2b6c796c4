package retrieval

import (
	"context"
	"regexp"
	"slices"
	"unicode"

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
	Open       bool                // it asks what, how or who, not yes or no
	Vague      bool                // it says that something was not paid, and nothing else
	Topicality int                 // how surely it is of this field; 2 is enough
	own        []Term              // Terms without what was added
	ours       bool                // it names massage or who gives it
	wholly     bool                // half of its words or more are another language's
}

// joined is where a code runs into a script that sets no spaces ("97124는").
var joined = regexp.MustCompile(`([0-9A-Za-z])([\p{Hangul}\p{Han}\p{Hiragana}\p{Katakana}])`)

// Weights of a question's words.
const (
	ownWeight     = 1
	meaningWeight = 0.6 // a thesaurus meaning, beside the person's own words
	fixedWeight   = 0.9 // a corrected slip
)

// openers begin a question that is not answered by yes or no.
var openers = map[string]bool{"what": true, "what's": true, "whats": true, "how": true, "who": true, "which": true,
	"where": true, "when": true, "why": true, "what're": true}

// Read reads a question with the lexicon, asking idx which words it knows:
// only a word that no source holds is looked at as a slip.
func (l *Lexicon) Read(ctx context.Context, idx Index, text string) (Reading, error) {
	r := Reading{Corrected: map[string]string{}}
	text = joined.ReplaceAllString(text, "$1 $2")
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
	fixed := map[int]bool{}
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
			fixed[i] = true
		}
	}
	r.Foreign = foreign >= 2 && foreign*4 >= words || !mostlyLatin(plain)
	r.wholly = foreign >= 2 && foreign*2 >= words
	r.Vague = len(r.Citations) == 0 && l.vague(tokens)
	_, r.ours = occurs(l.ours, tokens)
	r.Profession, _ = occurs(l.others, tokens)
	if slices.ContainsFunc(tokens, func(t Token) bool { return l.unions[t.Word] }) {
		r.Profession = "" // a trade's plan, not its member's work
	}
	r.Outside, _ = occurs(l.outside, tokens)
	weight := map[string]float32{}
	var order []string
	add := func(stem string, w float32) {
		if _, ok := weight[stem]; !ok {
			order = append(order, stem)
		}
		weight[stem] = max(weight[stem], w)
	}
	for i, t := range tokens {
		if t.Stop || l.foreign[t.Word] {
			continue
		}
		w := float32(ownWeight)
		if fixed[i] {
			w = fixedWeight
		}
		add(t.Stem, w)
	}
	own := len(order)
	for _, stem := range l.expand(tokens) {
		add(stem, meaningWeight)
	}
	r.Topicality = l.topicality(tokens) + cited(r.Citations)
	for i, stem := range order {
		t := Term{stem, weight[stem]}
		r.Terms = append(r.Terms, t)
		if i < own {
			r.own = append(r.own, t)
		}
	}
	if len(r.own) == 0 {
		for _, c := range r.Citations {
			for _, t := range Analyze(c.Base().String()) {
				r.Terms = append(r.Terms, Term{t.Stem, ownWeight})
			}
		}
	}
	r.Open = opens(tokens)
	return r, nil
}

// IsOpen reports whether a question is one that yes and no do not answer: it
// begins with what, how or the like.
func IsOpen(question string) bool { return opens(Analyze(question)) }

func opens(tokens []Token) bool { return len(tokens) > 0 && openers[tokens[0].Word] }

// mostlyLatin reports whether most letters of text are Latin.
func mostlyLatin(text string) bool {
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	return latin >= other
}

// cited is what citations add to a question's topicality. A procedure code
// alone may be a postal code: each counts as one shared word.
func cited(cites []citation.Citation) int {
	n := 0
	for _, c := range cites {
		n++
		if c.System != citation.CPT {
			n++
		}
	}
	return n
}

// onlyCode reports whether a citation is all that can be read: nothing else
// was said, or only words that are not in Latin letters.
func (r *Reading) onlyCode() bool {
	if len(r.Citations) == 0 {
		return false
	}
	for _, t := range r.own {
		for _, c := range t.Token {
			if unicode.Is(unicode.Latin, c) || unicode.IsDigit(c) {
				return false
			}
		}
	}
	return true
}

// Asks reports whether something is said beside citations: at least three
// words that carry meaning.
func (r *Reading) Asks() bool { return len(r.own) >= 3 }
