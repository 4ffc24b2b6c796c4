package cite

import (
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Errors of a quotation that does not stand.
var (
	// ErrNoWords: there is nothing in the quotation to compare.
	ErrNoWords = errors.New("the quotation holds no words")
	// ErrShortPart: an ellipsis leaves a part of fewer than three words.
	ErrShortPart = errors.New("an ellipsis leaves a part of fewer than three words")
	// ErrNotThere: the words do not stand in the official words given.
	ErrNotThere = errors.New("these words do not stand there")
)

// A Match is where a quotation stands in official words.
type Match struct {
	Text int // which of the official texts
	// Spans are the byte offsets in that text of the quotation's parts, in
	// order; there is more than one only where it has an ellipsis.
	Spans []Span
	// Quote is the quotation in our words, never the caller's: the spans,
	// with " … " between them and at an end the caller left open.
	Quote string
	// Cut names the limiting words that the quotation hides, by ending right
	// before them or by an ellipsis in their place; "" if there are none. A
	// cut quotation stands there and must not be used.
	Cut string
	// Lead is the negation right before the quotation in the official text,
	// which whoever quotes has to say; "" if there is none.
	Lead string
}

// A Span is a piece of a text, in bytes.
type Span struct{ Start, End int }

// minPart is the fewest words of a part between ellipses: fewer could be
// found almost anywhere.
const minPart = 3

// Find finds a quotation in official words. It must occur exactly in one of
// the texts, after Normalise of both, from one word's edge to another's; a
// hyphen, an apostrophe between letters, a decimal point or a unit sign
// joins two words into one. Short quotations are found like long ones. The
// caller may have altered
//
//   - the case of one first letter, of the quotation or of a part after an
//     ellipsis, shown in brackets: "[p]ermit" for "Permit";
//   - the end: one comma, full stop, semicolon or colon that the source does
//     not have there;
//   - by ellipses (…, ..., . . ., in brackets or not): the parts occur in
//     order inside one text, and each has three words at least, unless the
//     official words have an ellipsis in the very same place.
//
// An ellipsis in an official text stands for words not held, and no part
// runs across it. Where a quotation stands in several places, one without
// Cut is preferred. The error is ErrNoWords, ErrShortPart or ErrNotThere.
func Find(quote string, official []string) (Match, error) {
	texts := make([]*Normal, len(official))
	for i, o := range official {
		texts[i] = Normalise(o)
	}
	return find(quote, texts)
}

func find(quote string, texts []*Normal) (Match, error) {
	q := readQuotation(quote)
	if len(q.parts) == 0 {
		return Match{}, ErrNoWords
	}
	var cut *Match
	for i, t := range texts {
		for _, parts := range q.variants() {
			m, ok := t.match(parts, q.open)
			m.Text = i
			switch {
			case ok && m.Cut == "":
				return m, nil
			case ok && cut == nil:
				cut = &m
			}
		}
	}
	switch {
	case cut != nil:
		return *cut, nil
	case q.short():
		return Match{}, ErrShortPart
	}
	return Match{}, ErrNotThere
}

// A quotation is what a caller says stands somewhere, in normal form.
type quotation struct {
	parts []string // between the ellipses; none is empty
	open  bool     // it ends with an ellipsis
}

var ellipsis = regexp.MustCompile(` ?(?:\[ ?)?` + gap + `(?: ?\])? ?`)

func readQuotation(quote string) quotation {
	text := strings.TrimSpace(Normalise(quote).Text)
	var q quotation
	pieces := ellipsis.Split(text, -1)
	for _, p := range pieces {
		if p = strings.TrimSpace(p); hasWord(p) {
			q.parts = append(q.parts, p)
		}
	}
	q.open = len(pieces) > 1 && !hasWord(pieces[len(pieces)-1])
	return q
}

func (q quotation) short() bool {
	for _, p := range q.parts {
		if len(q.parts) > 1 && len(strings.Fields(p)) < minPart {
			return true
		}
	}
	return false
}

var bracketed = regexp.MustCompile(`^(["']?)\[(\pL)\]`)

// variants are the readings of q's alterations, the plainest first: as it
// stands, without its closing mark, and with the bracketed letter in either
// case.
func (q quotation) variants() [][]string {
	out := [][]string{q.parts}
	last := len(q.parts) - 1
	if end := q.parts[last]; !q.open && strings.ContainsRune(".,;:", rune(end[len(end)-1])) {
		out = append(out, replaced(q.parts, last, strings.TrimSpace(end[:len(end)-1])))
	}
	for i, p := range q.parts {
		m := bracketed.FindStringSubmatch(p)
		if m == nil {
			continue
		}
		for _, parts := range out {
			rest := parts[i][len(m[0]):]
			out = append(out, replaced(parts, i, m[1]+strings.ToUpper(m[2])+rest), replaced(parts, i, m[1]+strings.ToLower(m[2])+rest))
		}
		break // one letter a quotation
	}
	return out
}

func replaced(parts []string, i int, p string) []string {
	out := append([]string{}, parts...)
	out[i] = p
	return out
}

func hasWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// maxTries bounds the search for an uncut placement of parts that occur
// often; what is not found within it is not there.
const maxTries = 256

// match places parts in order in t, uncut if it can be.
func (t *Normal) match(parts []string, open bool) (Match, bool) {
	for _, p := range parts {
		if !strings.Contains(t.Text, p) {
			return Match{}, false
		}
	}
	var best *Match
	tries := maxTries
	var place func(spans []Span) bool
	place = func(spans []Span) bool {
		k, from := len(spans), 0
		if k > 0 {
			from = spans[k-1].End
		}
		if k == len(parts) {
			m := t.describe(spans, open)
			if best == nil || m.Cut == "" {
				best = &m
			}
			return m.Cut == ""
		}
		for tries > 0 {
			tries--
			s, ok := t.next(parts[k], from)
			if !ok {
				return false
			}
			from = s.Start + 1
			if k > 0 && !t.joins(parts, k, spans[k-1].End, s.Start) {
				continue
			}
			if place(append(spans[:k:k], s)) {
				return true
			}
		}
		return false
	}
	place(nil)
	if best == nil {
		return Match{}, false
	}
	return *best, true
}

// next finds p in t at words' edges, at from or after it.
func (t *Normal) next(p string, from int) (Span, bool) {
	for from <= len(t.Text) {
		i := strings.Index(t.Text[from:], p)
		if i < 0 {
			break
		}
		s := Span{from + i, from + i + len(p)}
		if atEdge(t.Text, s.Start) && atEdge(t.Text, s.End) {
			return s, true
		}
		_, size := utf8.DecodeRuneInString(t.Text[s.Start:])
		from = s.Start + size
	}
	return Span{}, false
}

// joins reports whether parts k-1 and k may stand apart by t.Text[end:start]:
// any words between parts that are long enough, or the official text's own
// ellipsis.
func (t *Normal) joins(parts []string, k, end, start int) bool {
	if between := t.Text[end:start]; ellipsis.FindString(between) == between && between != "" {
		return true
	}
	return len(strings.Fields(parts[k-1])) >= minPart && len(strings.Fields(parts[k])) >= minPart
}

// longestLead is how many bytes before a quotation may hold its negation.
const longestLead = 32

// describe makes the Match of spans in t's normal form.
func (t *Normal) describe(spans []Span, open bool) Match {
	var m Match
	var quote []string
	for i, s := range spans {
		if i > 0 && m.Cut == "" {
			m.Cut = hiddenInside(ellipsis.ReplaceAllString(t.Text[spans[i-1].End:s.Start], " "))
		}
		a, b := t.offsets(s.Start, s.End)
		m.Spans = append(m.Spans, Span{a, b})
		quote = append(quote, t.src[a:b])
	}
	m.Quote = strings.Join(quote, " … ")
	if open {
		m.Quote += " …"
	}
	end := spans[len(spans)-1].End
	if m.Cut == "" && !strings.ContainsRune(".?!", rune(t.Text[end-1])) {
		m.Cut = hiddenAfter(t.Text[end:])
	}
	before := t.Text[:spans[0].Start]
	if lead := negated.FindStringSubmatch(before[max(0, len(before)-longestLead):]); lead != nil {
		m.Lead = lead[1]
	}
	return m
}
