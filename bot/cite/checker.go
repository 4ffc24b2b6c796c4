// Package cite checks what is said with a citation before it leaves the
// program: that the place cited is held, that a quotation stands there
// exactly, and that the sentence around it says no more than its passages
// do. Nothing in it is fuzzy: it accepts what stands there, and only its
// diagnoses ("you may have meant") look at what is near.
package cite

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Guards are the two checks of a claim. They are values, so that a test can
// replace one and see what it was good for.
type Guards struct {
	// Quote finds a quotation in official words, as Find does.
	Quote func(quote string, official []string) (Match, error)
	// Paraphrase compares a sentence with its passages, as Paraphrase does.
	Paraphrase func(sentence string, passages []string) error
}

// A Checker checks claims and drafts against a catalog. It is safe for
// concurrent use, and its verdicts depend on nothing but catalog and text.
type Checker struct {
	catalog *corpus.Catalog
	guards  Guards
	read    *readings
	held    func() *held // official words, indexed on first use
}

// New returns a Checker of what c holds, with the default Guards, Find and
// Paraphrase.
func New(c *corpus.Catalog) *Checker {
	k := &Checker{catalog: c, read: &readings{}}
	k.guards = Guards{Quote: k.read.find, Paraphrase: k.read.paraphrase}
	k.held = sync.OnceValue(func() *held { return index(c, k.read) })
	return k
}

// With returns a Checker like k with other guards; a nil one stays k's.
func (k *Checker) With(g Guards) *Checker {
	other := *k
	if g.Quote != nil {
		other.guards.Quote = g.Quote
	}
	if g.Paraphrase != nil {
		other.guards.Paraphrase = g.Paraphrase
	}
	return &other
}

// A Claim is one sentence and the places it rests on.
type Claim struct {
	Text string
	Refs []Ref
}

// A Ref is a place, and optionally what is quoted from it.
type Ref struct {
	Cite  citation.Citation
	Quote string
}

// A Verdict says what may be done with a claim.
type Verdict string

// The verdicts.
const (
	Verified  Verdict = "verified"  // its quotations stand in their pinpoints, and the guard passes
	Supported Verdict = "supported" // it quotes nothing, and the guard passes
	Withheld  Verdict = "withheld"  // it must not be shown
)

// A Result is what checking a claim found.
type Result struct {
	Verdict Verdict
	Refs    []Resolved // one for each of the claim's, in order
	Reason  string     // why it is withheld, in plain words; else ""
}

// A Resolved is a Ref with what the catalog holds of it. Source and Passage
// are the catalog's and nil where it holds nothing there.
type Resolved struct {
	Cite    citation.Citation
	Source  *corpus.Source
	Passage *corpus.Passage
	Quote   string // in our words: slices of the official ones
	Digest  string // the passage's sentence that fits the claim best; "" for official texts
	Err     error  // why the ref cannot carry the claim
}

// Errors of a Ref.
var (
	ErrNotHeld    = errors.New("is not in the library")
	ErrNoPassage  = errors.New("is in the library without that pinpoint")
	ErrPinpoint   = errors.New("stands elsewhere")
	ErrCut        = errors.New("the quotation leaves out words that limit it")
	ErrNotLicence = errors.New("the source's licence allows fewer words")
)

// Claim checks one claim. It is withheld if it has no refs; if one of them
// cannot be resolved or its quotation does not stand there, uncut; if its
// text names a citation that is neither among its refs nor named in their
// passages, or puts words in quotation marks that are not official in one of
// them; or if the guard finds that it says what the passages do not.
func (k *Checker) Claim(c Claim) Result {
	r := Result{Verdict: Supported}
	for _, ref := range c.Refs {
		x := k.resolve(c.Text, ref)
		if x.Err != nil && r.Reason == "" {
			r.Reason = x.Err.Error()
		}
		if x.Quote != "" {
			r.Verdict = Verified
		}
		r.Refs = append(r.Refs, x)
	}
	passages := k.passages(r.Refs)
	switch {
	case len(c.Refs) == 0:
		r.Reason = "it cites nothing"
	case r.Reason != "":
	default:
		r.Reason = k.unsaid(c, r.Refs, passages)
	}
	if r.Reason != "" {
		r.Verdict = Withheld
	}
	return r
}

// unsaid says what the claim's own words say beyond its refs, or "".
func (k *Checker) unsaid(c Claim, refs []Resolved, passages []string) string {
	for _, f := range citation.Find(c.Text) {
		if f.Err != nil {
			return fmt.Sprintf("%q is no citation that can be", f.Text)
		}
		if !k.named(f.Citation, refs, passages) {
			return fmt.Sprintf("it names %s, which is not among its sources", f.Citation)
		}
	}
	for _, q := range quotations(c.Text) {
		if err := k.quotedInText(c.Text, q, refs); err != nil {
			return fmt.Sprintf("its words %q: %v", q.text(c.Text), err)
		}
	}
	err := k.guards.Paraphrase(c.Text, passages)
	var g *GuardError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &g):
		return g.Why
	}
	return err.Error()
}

// named reports whether cite is one of refs, or named in their passages.
func (k *Checker) named(cite citation.Citation, refs []Resolved, passages []string) bool {
	for _, r := range refs {
		if r.Cite.Base() == cite.Base() && (cite.Pin == "" || r.Cite.Pin.Contains(cite.Pin) || cite.Pin.Contains(r.Cite.Pin)) {
			return true
		}
	}
	var said []*sentence
	for _, p := range passages {
		said = append(said, k.read.passage(p)...)
	}
	return citesHeld(&sentence{cites: []citation.Citation{cite}}, said) == nil
}

// resolve finds what is held of ref, and its quotation in it.
func (k *Checker) resolve(text string, ref Ref) Resolved {
	x := Resolved{Cite: ref.Cite}
	x.Source, x.Passage = k.catalog.Resolve(ref.Cite)
	switch {
	case x.Source == nil:
		x.Err = fmt.Errorf("%s %w", ref.Cite, ErrNotHeld)
		return x
	case x.Passage == nil:
		x.Err = fmt.Errorf("%s %w", ref.Cite, ErrNoPassage)
		return x
	}
	if x.Source.Form == corpus.Digest {
		x.Digest = k.fitting(text, x.Passage)
	}
	if strings.TrimSpace(ref.Quote) == "" {
		return x
	}
	m, s, err := k.quote(ref.Cite, ref.Quote)
	switch {
	case err != nil:
		x.Err = err
	case m.Lead != "":
		x.Err = fmt.Errorf("%w: %q stands right before it", ErrCut, m.Lead)
	default:
		x.Quote = m.Quote
		if s != x.Source {
			x.Source, x.Passage = s, orElse(s.Passage(ref.Cite.Pin), x.Passage)
		}
	}
	return x
}

func orElse(a, b *corpus.Passage) *corpus.Passage {
	if a != nil {
		return a
	}
	return b
}

// quote finds a quotation in the place cited, uncut, in any source held of
// it, official texts first.
func (k *Checker) quote(cite citation.Citation, quote string) (Match, *corpus.Source, error) {
	var cut Match
	err := ErrNotThere
	for _, s := range k.sources(cite) {
		m, e := k.guards.Quote(quote, official(s, cite.Pin))
		switch {
		case e == nil && m.Cut == "":
			if n := allowed(s.Licence); n > 0 && len(strings.Fields(m.Quote)) > n {
				return m, s, fmt.Errorf("%w: %d", ErrNotLicence, n)
			}
			return m, s, nil
		case e == nil:
			cut = m
		case !errors.Is(e, ErrNotThere):
			err = e
		}
	}
	if cut.Cut != "" {
		return cut, nil, fmt.Errorf("%w: %q", ErrCut, cut.Cut)
	}
	if at, ok := k.elsewhere(cite, quote); ok {
		return Match{}, nil, fmt.Errorf("the quotation from %s %w, in %s", cite, ErrPinpoint, at)
	}
	return Match{}, nil, fmt.Errorf("the quotation from %s: %w", cite, err)
}

// sources are those held of cite, official texts first.
func (k *Checker) sources(cite citation.Citation) []*corpus.Source {
	var texts, digests []*corpus.Source
	for _, s := range k.catalog.Find(cite) {
		if s.Form == corpus.Text {
			texts = append(texts, s)
		} else {
			digests = append(digests, s)
		}
	}
	return append(texts, digests...)
}

// official are the official words of s at and inside pin.
func official(s *corpus.Source, pin citation.Pinpoint) []string {
	var out []string
	for _, p := range s.Within(pin) {
		out = append(out, p.Official(s.Form)...)
	}
	return out
}

// allowed is the most words a licence "quote:N" allows, or 0 for any number.
func allowed(licence string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(licence, "quote:"))
	return n
}

// quotedInText wants the words in quotation marks inside a claim to be
// official in one of its refs; a negation right before them in the source
// has to be said before them in the claim.
func (k *Checker) quotedInText(text string, q quoted, refs []Resolved) error {
	err := ErrNotThere
	for _, r := range refs {
		m, _, e := k.quote(r.Cite, q.text(text))
		switch {
		case e == nil && (m.Lead == "" || negates(text[:q.start])):
			return nil
		case e == nil:
			err = fmt.Errorf("%w: %q stands right before them", ErrCut, m.Lead)
		default:
			err = e
		}
	}
	return err
}

// negates reports whether words negate something.
func negates(text string) bool { return total(readSentence(text).negs) > 0 }

// passages are what the guard compares with: for each ref the passages at
// and inside its pinpoint (of a digest cited as a whole its opening alone)
// and, as headings, which say nothing but hold names and numbers, how it is
// cited and called.
func (k *Checker) passages(refs []Resolved) []string {
	var out []string
	for _, r := range refs {
		if r.Passage == nil {
			continue
		}
		out = append(out, k.heading(r), r.Passage.Text)
		for _, p := range r.Source.Within(r.Cite.Pin) {
			if p != r.Passage && (r.Cite.Pin != "" || r.Source.Form == corpus.Text) {
				out = append(out, p.Text)
			}
		}
	}
	return out
}

// heading is what stands over a ref's passages. The court and the year of a
// case stand in the first sentence on it.
func (k *Checker) heading(r Resolved) string {
	lines := []string{r.Cite.String(), r.Source.Title, r.Passage.Heading}
	if r.Source.Kind == corpus.Case {
		if p := r.Source.Passage(""); p != nil && len(p.Sentences()) > 0 {
			lines = append(lines, p.Sentences()[0])
		}
	}
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, `.?!:;"')`)
	}
	return strings.Join(lines, "\n")
}

// fitting is the sentence of p that shares most words with text; the first
// of those that share as many.
func (k *Checker) fitting(text string, p *corpus.Passage) string {
	c := readSentence(text)
	var best string
	most := float32(-1)
	for _, line := range p.Sentences() {
		for _, s := range k.read.passage(line) {
			if part := share(c, s); part > most {
				best, most = line, part
			}
		}
	}
	return best
}
