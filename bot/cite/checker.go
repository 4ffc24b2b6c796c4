// Package cite checks what is said with a citation before it leaves the
// program: that the place cited is held, that a quotation stands there
// exactly, and that the sentence around it says no more than its passages
// do. Nothing in it is fuzzy: it accepts what stands there, and only its
// diagnoses ("you may have meant") look at what is near.
package cite

import (
	"errors"
	"fmt"
	"sync"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Guards are the checks of a claim. They are values, so that a test can
// replace one and see what it was good for.
type Guards struct {
	// Quote finds a quotation in official words, as Find does.
	Quote func(quote string, official []string) (Match, error)
	// Paraphrase compares a sentence with its passages, as Paraphrase does.
	Paraphrase func(sentence string, passages []string) error
	// Named reports whether a citation in a claim's own words is one of its
	// refs or named in their passages. New leaves it nil, the Checker's own.
	Named func(c citation.Citation, refs []Resolved) bool
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

// Over returns a Checker like k of another catalog: the same library as it
// stands on another day. What was read of texts is shared.
func (k *Checker) Over(c *corpus.Catalog) *Checker {
	other := *k
	other.catalog = c
	other.held = sync.OnceValue(func() *held { return index(c, k.read) })
	return &other
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
	if g.Named != nil {
		other.guards.Named = g.Named
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
// are the catalog's and nil where it holds nothing there; a digest comes
// before the official text, which is Text.
type Resolved struct {
	Cite    citation.Citation
	Source  *corpus.Source
	Passage *corpus.Passage
	Text    *corpus.Source // the official text that is the law; nil where none is held
	InText  bool           // Quote was found in Text, and not in a digest's quotation
	Quote   string         // in our words: slices of the official ones
	Digest  string         // the passage's sentence that fits the claim best; "" for official texts
	Err     error          // why the ref cannot carry the claim
}

// Errors of a Ref.
var (
	ErrNotHeld    = errors.New("is not in the library")
	ErrNoPassage  = errors.New("is in the library without that pinpoint")
	ErrPinpoint   = errors.New("stands elsewhere")
	ErrCut        = errors.New("the quotation leaves out words that limit it")
	ErrNotLicence = errors.New("the source's licence allows fewer words")
	ErrRepealed   = errors.New("was repealed")
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

// Restates runs the guard of paraphrases on a sentence against one other. It
// returns nil, or says what the first says that the other does not.
func (k *Checker) Restates(sentence, other string) error {
	return k.guards.Paraphrase(sentence, []string{other})
}

// unsaid says what the claim's own words say beyond its refs, or "".
func (k *Checker) unsaid(c Claim, refs []Resolved, passages []string) string {
	said := k.read.sentence(c.Text)
	if said.malformed != "" {
		return fmt.Sprintf("%q is no citation that can be", said.malformed)
	}
	for _, cite := range said.cites {
		if !k.named(cite, refs, passages) {
			return fmt.Sprintf("it names %s, which is not among its sources", cite)
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
	if k.guards.Named != nil {
		return k.guards.Named(cite, refs)
	}
	for _, r := range refs {
		if r.Cite.Base() == cite.Base() && (cite.Pin.Contains(r.Cite.Pin) || r.Cite.Pin.Contains(cite.Pin) && len(r.Source.Within(cite.Pin)) > 0) {
			return true
		}
	}
	var said []*sentence
	for _, p := range passages {
		said = append(said, k.read.passage(p)...)
	}
	return citesHeld(&sentence{cites: []citation.Citation{cite}}, said) == nil
}
