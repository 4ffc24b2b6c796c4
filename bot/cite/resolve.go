package cite

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

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
			if n := allowed(s.Licence); n > 0 && len(strings.Fields(strings.ReplaceAll(m.Quote, "…", " "))) > n {
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
	return headingMark + strings.Join(lines, "\n"+headingMark)
}

// fitting is the sentence of p that shares most words with text; the first
// of those that share as many.
func (k *Checker) fitting(text string, p *corpus.Passage) string {
	c := k.read.sentence(text)
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
