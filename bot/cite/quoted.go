package cite

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// quoted fills in whether q stands where g cites it, and reports whether q is
// a quotation of a law at all.
func (d *draft) quoted(g *Finding, q paired) bool {
	quote := q.words(d.text)
	g.Quoted = quote
	m, s, err := d.quote(g.Cite, quote)
	altered := ""
	if bracketed := bracketFirst(quote); bracketed != "" && errors.Is(err, ErrNotThere) {
		if m2, s2, e := d.quote(g.Cite, bracketed); !errors.Is(e, ErrNotThere) {
			quote, m, s, err, altered = bracketed, m2, s2, e, fmt.Sprintf(" The first letter differs; write it in brackets: %s.", short(bracketed))
		}
	}
	if err != nil && d.term(q.quoted, quote) {
		return false
	}
	switch {
	case err == nil && m.Lead != "" && !negates(d.before(q.quoted)):
		g.Status, g.Expected = StatusMisquoted, m.Lead+" "+m.Quote
		g.Note = fmt.Sprintf("Right before %s stands %q, which the draft does not say.", short(quote), m.Lead)
	case err == nil:
		g.Status, g.Note = StatusVerified, readIn(s)+altered
	case errors.Is(err, ErrCut):
		g.Status, g.Expected = StatusMisquoted, d.uncut(g.Cite, quote)
		g.Note = fmt.Sprintf("%s leaves out %q, which limits it.", short(quote), m.Cut)
	case errors.Is(err, ErrPinpoint):
		at, _ := d.elsewhere(g.Cite, quote)
		if q.loose && at.Base() == g.Cite.Base() && at.Pin != "" && at.Pin.Contains(g.Cite.Pin) && d.holds(g.Cite) {
			return false // words that lead up to the place cited
		}
		d.misplaced(g, quote, at)
	case d.inNotes(g, quote):
	default:
		return d.absent(g, q, quote, err)
	}
	d.laws[q.start] = true
	return true
}

// longestTerm is the most words of a term that is named in quotation marks.
const longestTerm = 6

// naming matches what leads up to a term: "defining …", "the term …".
var naming = regexp.MustCompile(`(?i)\b(?:defin(?:es?|ed|ing)|terms?|phrases?|meaning of|called)\s+(?:an? |the )?["“„«]?$`)

// term reports whether a draft names a few words as a term, and quotes no law
// with them.
func (d *draft) term(q quoted, quote string) bool {
	return len(strings.Fields(quote)) <= longestTerm && naming.MatchString(d.before(q))
}

// holds reports whether a source has a passage at a citation's pinpoint.
func (k *Checker) holds(cite citation.Citation) bool {
	return slices.ContainsFunc(k.sources(cite), func(s *corpus.Source) bool { return len(s.Within(cite.Pin)) > 0 })
}

// readIn says against what a quotation was checked.
func readIn(s *corpus.Source) string {
	switch {
	case s.Form == corpus.Digest:
		return fmt.Sprintf("Checked against the words held, as of %s.", s.AsOf)
	case s.Capture != nil:
		return fmt.Sprintf("Checked against the official text, as of %s.", s.Capture.Seen)
	}
	return ""
}

// misplaced says of a quotation that stands at another place where. A
// digest's own heading is no place of a law: there, the section is all that is
// known.
func (d *draft) misplaced(g *Finding, quote string, at citation.Citation) {
	text := d.law(g.Cite)
	uncut := text != nil && text.Status == "partial" && at.Pin.Enumerated() && at.Pin.Contains(g.Cite.Pin)
	switch inSection := at.Base() == g.Cite.Base(); {
	case inSection && at.Pin.Named():
		at = at.Base()
		fallthrough
	case inSection && uncut:
		g.Status = StatusUnchecked
		g.Note = fmt.Sprintf("%s stands in %s. At which place of it is not known here: the library does not hold it in full.", short(quote), at)
		return
	}
	where := at
	if at.Pin.Named() {
		where = at.Base()
	}
	g.Status, g.Expected = StatusWrongPinpoint, where.String()
	g.Note = fmt.Sprintf("%s stands there, and not at %s.", short(quote), g.Cite)
}

// inNotes reports whether a quotation stands in the publisher's notes to the
// section that is cited as a whole, and says so.
func (d *draft) inNotes(g *Finding, quote string) bool {
	text := d.law(g.Cite)
	if text == nil || text.Capture == nil || g.Cite.Pin != "" {
		return false
	}
	if m, err := d.guards.Quote(quote, text.Capture.Notes); err != nil || m.Cut != "" || m.Lead != "" {
		return false
	}
	g.Status = StatusVerified
	g.Note = fmt.Sprintf("It stands in the publisher's notes to the section, as of %s.", text.Capture.Seen)
	return true
}

// standsAt reports whether a quotation stands uncut at a place.
func (k *Checker) standsAt(cite citation.Citation, quote string) bool {
	for _, s := range k.deciding(cite) {
		for _, q := range []string{quote, bracketFirst(quote)} {
			if m, err := k.stands(q, s, cite); q != "" && err == nil && m.Cut == "" {
				return true
			}
		}
	}
	return false
}

// bracketFirst is a quotation with its first letter in brackets, so that
// either case of it is found; "" where there is none to put there.
func bracketFirst(quote string) string {
	r, size := utf8.DecodeRuneInString(quote)
	if !unicode.IsLetter(r) {
		return ""
	}
	return "[" + quote[:size] + "]" + quote[size:]
}

// absent says of a quotation that is held nowhere what can be said of it, and
// reports whether it is a quotation of a law: the words of somebody else, and
// a term near a citation, are none.
func (d *draft) absent(g *Finding, q paired, quote string, err error) bool {
	text := d.law(g.Cite)
	all := complete(text)
	if meant := d.meant(g.Cite, quote); meant != "" {
		g.Status, g.Expected = StatusMisquoted, meant
		g.Note = fmt.Sprintf("%s differs from the words held of %s.", short(quote), g.Cite)
		d.laws[q.start] = true
		return true
	}
	if q.loose && len(strings.Fields(quote)) < minMeant || q.far && !itSays.MatchString(d.before(q.quoted)) || d.speech(q) {
		return false
	}
	g.Status, g.Note = StatusUnchecked, fmt.Sprintf("The library holds a digest of %s without %s; run 'advocate corpus sync' for the official text.", g.Cite, short(quote))
	switch {
	case errors.Is(err, ErrShortPart):
		g.Note = "An ellipsis leaves a part of fewer than three words, which cannot be checked."
	case all && g.Cite.Pin.Enumerated() && d.noPlace(g, text):
	case all:
		g.Status, g.Note = StatusMisquoted, fmt.Sprintf("%s does not stand in the official text of %s.", short(quote), g.Cite)
	}
	return true
}

// speech reports whether what leads up to q gives it to somebody who speaks,
// and nothing behind it to the law.
func (d *draft) speech(q paired) bool {
	from := max(0, q.start-longestBefore)
	if n := sort.Search(len(d.list), func(i int) bool { return d.list[i].End > q.start }); n > 0 {
		from = max(from, d.list[n-1].End)
	}
	lead := strings.TrimRight(d.text[from:q.start], "\"“„«")
	if at := strings.LastIndexAny(lead, "\"“”„«»"); at >= 0 {
		lead = lead[at:]
	}
	if !others.MatchString(strings.ToValidUTF8(lead, "")) {
		return false
	}
	return q.loose || !direct.MatchString(d.text[q.end:d.nextCite(q.end)])
}

// nextCite is where the first citation after an offset begins.
func (d *draft) nextCite(at int) int {
	n := sort.Search(len(d.list), func(i int) bool { return d.list[i].Start >= at })
	if n == len(d.list) {
		return min(len(d.text), at+longestBefore)
	}
	return d.list[n].Start
}

// predicate matches a clause with a verb of its own.
var predicate = regexp.MustCompile(`(?i)\b(?:may|must|shall|can|cannot|will|would|should|does|do|did|is|are|was|were|has|have|had|says?|states?|provides?)\b`)

// before is what a draft says before q as far as it can bear on it: in its
// sentence, and after a citation there if a clause begins behind that.
func (d *draft) before(q quoted) string {
	from := max(0, q.start-longestBefore)
	n := sort.Search(len(d.list), func(i int) bool { return d.list[i].End > q.start })
	if n > 0 && d.list[n-1].End > from && predicate.MatchString(d.text[d.list[n-1].End:q.start]) {
		from = d.list[n-1].End
	}
	text := strings.ToValidUTF8(d.text[from:q.start], "")
	if at := sentenceEnd.FindAllStringIndex(text, -1); at != nil {
		text = text[at[len(at)-1][0]+1:]
	}
	return text
}

// longestBefore is how many bytes before a quotation may hold its negation.
const longestBefore = 200

// short is a quotation as a note names it: in marks, by its first words.
func short(quote string) string {
	words := strings.Fields(quote)
	if len(words) > 6 {
		words = append(words[:6:6], "…")
	}
	return "“" + strings.Join(words, " ") + "”"
}

// uncut is the quotation at cite with the limiting words it leaves out.
func (d *draft) uncut(cite citation.Citation, quote string) string {
	for _, s := range d.deciding(cite) {
		texts := WordsAt(s, cite.Pin)
		m, err := d.guards.Quote(quote, texts)
		if err != nil || m.Cut == "" {
			continue
		}
		text := texts[m.Text]
		end := len(text)
		if at := sentenceEnd.FindStringIndex(text[m.Spans[len(m.Spans)-1].End:]); at != nil {
			end = m.Spans[len(m.Spans)-1].End + at[0] + 2
		}
		return clip(text[m.Spans[0].Start:end])
	}
	return ""
}

// clip is text, or its first corpus.MaxQuote words.
func clip(text string) string {
	words := strings.Fields(text)
	if len(words) <= corpus.MaxQuote {
		return strings.TrimSpace(text)
	}
	return strings.Join(words[:corpus.MaxQuote], " ") + " …"
}
