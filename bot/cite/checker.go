// Package cite is the checker that every sentence passes before it is
// shown: its citations resolve, its quotations stand letter for letter in
// the places cited, and what it says in other words says no more than they
// do. It also checks the citations of a person's own draft.
package cite

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Verdict is the checker's word on a claim.
type Verdict string

// The verdicts.
const (
	Verified  Verdict = "verified"  // a quotation stands in the cited place, and the guard passes
	Supported Verdict = "supported" // nothing is quoted; the guard passes
	Withheld  Verdict = "withheld"  // must not be shown
)

// Guards decide. They are values, so that a test can hand in others and see
// what they keep out.
type Guards struct {
	// Quote finds a quotation in official words; see Find.
	Quote func(quote string, official []string) (Match, error)
	// Paraphrase holds a sentence against the passages it cites; see
	// Paraphrase.
	Paraphrase func(sentence string, passages []string) error
}

// DefaultGuards are the guards of this package.
func DefaultGuards() Guards { return Guards{Quote: Find, Paraphrase: Paraphrase} }

// A Checker checks against one catalog. It is safe for concurrent use.
type Checker struct {
	catalog *corpus.Catalog
	guards  Guards
	words   func() []heldWords // all official words, made at first use
}

// New returns a checker with the guards of this package.
func New(c *corpus.Catalog) *Checker { return NewWith(c, DefaultGuards()) }

// NewWith returns a checker with guards of the caller's.
func NewWith(c *corpus.Catalog, g Guards) *Checker {
	return &Checker{catalog: c, guards: g, words: sync.OnceValue(func() []heldWords { return everyOfficial(c) })}
}

// A Claim is one sentence and the places it cites.
type Claim struct {
	Text string
	Refs []Ref
}

// A Ref is a place, with official words quoted from it or none.
type Ref struct {
	Cite  citation.Citation
	Quote string
}

// A Resolved ref is what the catalog holds there.
type Resolved struct {
	Cite    citation.Citation
	Source  *corpus.Source
	Passage *corpus.Passage
	Quote   string // our own slice of the official words, never the caller's
	Digest  string // of a digest, the sentence nearest to the claim
}

// A Result is a verdict, and the reason in plain words where it is Withheld.
// Refs are those that resolve.
type Result struct {
	Verdict Verdict
	Refs    []Resolved
	Reason  string
}

// Claim checks a sentence: every citation resolves to a passage, every
// quotation stands uncut in the place cited, what the sentence itself puts
// in quotation marks is official there, and the guard passes.
func (k *Checker) Claim(c Claim) Result {
	res := Result{Verdict: Supported}
	var errs []error
	var passages, official []string
	for _, ref := range c.Refs {
		s, p := k.catalog.Resolve(ref.Cite)
		if p == nil {
			errs = append(errs, fmt.Errorf("%s is not in the library", ref.Cite))
			continue
		}
		r := Resolved{Cite: ref.Cite, Source: s, Passage: p}
		words := officialWithin(s, ref.Cite.Pin)
		official = append(official, words...)
		passages = append(passages, p.Text)
		if ref.Quote != "" {
			m, err := k.stands(ref.Quote, words)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", ref.Cite, err))
			}
			r.Quote = m.Quote
			res.Verdict = Verified
		}
		if s.Form == corpus.Digest {
			r.Digest = nearest(c.Text, p.Sentences())
		}
		res.Refs = append(res.Refs, r)
	}
	if len(c.Refs) == 0 {
		errs = append(errs, errors.New("it cites nothing"))
	}
	for _, q := range quotations(c.Text) {
		if _, err := k.stands(q.text, official); err != nil {
			errs = append(errs, fmt.Errorf("%q: %w", q.text, err))
		}
	}
	if err := k.guards.Paraphrase(c.Text, passages); err != nil {
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		res.Verdict, res.Reason = Withheld, strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	return res
}

// stands asks the guard for a quotation; one that is cut before a limiting
// word does not stand.
func (k *Checker) stands(quote string, official []string) (Match, error) {
	m, err := k.guards.Quote(quote, official)
	if err == nil && m.Cut != "" {
		return m, fmt.Errorf("the quotation stops before %q, which limits it", m.Cut)
	}
	return m, err
}

// officialWithin is every run of official words held at pin and inside it.
func officialWithin(s *corpus.Source, pin citation.Pinpoint) []string {
	var out []string
	for _, p := range s.Within(pin) {
		out = append(out, p.Official(s.Form)...)
	}
	return out
}

// nearest is the sentence that shares most words with claim.
func nearest(claim string, sentences []string) string {
	words := strings.Fields(strings.ToLower(claim))
	best, most := "", -1
	for _, s := range sentences {
		n := 0
		for _, w := range strings.Fields(strings.ToLower(s)) {
			if slices.Contains(words, w) {
				n++
			}
		}
		if n > most {
			best, most = s, n
		}
	}
	return best
}
