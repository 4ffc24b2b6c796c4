package cite

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// resolve finds what is held of ref, and its quotation in it.
func (k *Checker) resolve(text string, ref Ref) Resolved {
	x := Resolved{Cite: ref.Cite, Text: k.law(ref.Cite)}
	x.Source, x.Passage = k.catalog.Resolve(ref.Cite)
	switch {
	case x.Text != nil && x.Text.Status == corpus.Repealed:
		x.Err = fmt.Errorf("%s %w", ref.Cite, ErrRepealed)
		return x
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
	m, s, err := k.quoteOrDigest(ref.Cite, ref.Quote)
	switch {
	case err != nil:
		x.Err = err
	case m.Lead != "":
		x.Err = fmt.Errorf("%w: %q stands right before it", ErrCut, m.Lead)
	default:
		x.Quote, x.InText = m.Quote, s.Form == corpus.Text
		if s != x.Source && !x.InText {
			x.Source, x.Passage = s, orElse(s.Passage(ref.Cite.Pin), x.Passage)
		}
	}
	return x
}

func orElse[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

// quote finds a quotation in the place cited, uncut, in the sources that
// decide of it.
func (k *Checker) quote(cite citation.Citation, quote string) (Match, *corpus.Source, error) {
	var cut Match
	err := ErrNotThere
	for _, s := range k.deciding(cite) {
		m, e := k.stands(quote, s, cite)
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

// stands finds a quotation in s at cite's pinpoint: in one passage or, without
// an ellipsis, in passages that follow one another. Under a digest's own
// heading it has to be quoted there as well as stand in the law.
func (k *Checker) stands(quote string, s *corpus.Source, cite citation.Citation) (Match, error) {
	if !isPlace(s, cite.Pin) && !slices.ContainsFunc(k.catalog.Find(cite), func(d *corpus.Source) bool {
		_, err := k.guards.Quote(quote, official(d, cite.Pin))
		return d.Form == corpus.Digest && err == nil
	}) {
		return Match{}, ErrNotThere
	}
	m, err := k.guards.Quote(quote, WordsAt(s, cite.Pin))
	if run := Running(s, cite.Pin); errors.Is(err, ErrNotThere) && run != "" && !ellipsis.MatchString(quote) {
		return k.guards.Quote(quote, []string{run})
	}
	return m, err
}

// quoteOrDigest is quote for our own sentences: words that stand in the law
// and of which a digest gives as much at the same place, and no more, are not
// cut. What limits them the sentence around them has to say, and the guard
// sees to that.
func (k *Checker) quoteOrDigest(cite citation.Citation, quote string) (Match, *corpus.Source, error) {
	m, s, err := k.quote(cite, quote)
	if !errors.Is(err, ErrCut) {
		return m, s, err
	}
	for _, d := range k.catalog.Find(cite) {
		if d.Form != corpus.Digest {
			continue
		}
		if held, e := k.guards.Quote(quote, official(d, cite.Pin)); e == nil && held.Cut == "" {
			m.Cut = ""
			return m, orElse(k.law(cite), d), nil
		}
	}
	return m, s, err
}

// law is the official text of cite that is the law; of a renumbered
// provision that of its new number. It is nil where none is held.
func (k *Checker) law(cite citation.Citation) *corpus.Source {
	const mostRenumberings = 8
	text := k.catalog.Standing(cite).Text
	if text == nil {
		for _, s := range k.catalog.Find(cite) {
			if s.Form == corpus.Text {
				return s // a catalog of one day's texts
			}
		}
	}
	for range mostRenumberings {
		if text == nil || text.Status != corpus.Superseded {
			break
		}
		next := k.catalog.Standing(text.SupersededBy).Text
		if next == nil {
			break
		}
		text = next
	}
	return text
}

// complete reports whether s is a complete official text: what does not stand
// in it is not the law.
func complete(s *corpus.Source) bool {
	return s != nil && s.Form == corpus.Text && !slices.Contains([]string{"partial", corpus.Superseded, corpus.Repealed}, s.Status)
}

// deciding are the sources that decide whether words are those of cite, in
// order: the official text alone where it is held complete, and no older than
// the digests, whose quotations of words that changed then decide nothing;
// else every source, those first that were read last.
func (k *Checker) deciding(cite citation.Citation) []*corpus.Source {
	text, sources := k.law(cite), k.sources(cite)
	switch newer := slices.ContainsFunc(sources, func(s *corpus.Source) bool { return text != nil && s.KnowsMore(text) }); {
	case newer:
		rest := slices.DeleteFunc(slices.Clone(sources), func(s *corpus.Source) bool { return s == text })
		return append(rest, text)
	case complete(text):
		return []*corpus.Source{text}
	}
	return sources
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

// isPlace reports whether pin can be a place in s: a digest's own headings are
// none in an official text.
func isPlace(s *corpus.Source, pin citation.Pinpoint) bool {
	return s.Form != corpus.Text || !pin.Named() || s.Passage(pin) != nil
}

// WordsAt are the official words of s for a pinpoint, passage by passage. For
// a digest's own heading they are the whole official text and the publisher's
// notes to it, which a digest may quote.
func WordsAt(s *corpus.Source, pin citation.Pinpoint) []string {
	if isPlace(s, pin) {
		return official(s, pin)
	}
	words := official(s, "")
	if s.Capture != nil {
		words = append(words, s.Capture.Notes...)
	}
	return words
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
		m, _, e := k.quoteOrDigest(r.Cite, q.text(text))
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

// passages are what the guard compares with. Of a digest and an official text
// that are both held it is the digest: of 5,432 false sentences, seven passed
// that were compared with both, and none that was compared with the digest
// alone passed for it. For each ref they are the passages at
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
