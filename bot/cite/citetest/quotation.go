package citetest

import (
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Harm is a harmful edit of a quotation or of where it is cited.
type Harm struct {
	Name string
	Edit func(r *rand.Rand, c *corpus.Catalog, all []Words, w Words) (quote string, cite citation.Citation, ok bool)
}

// onText is a harm that edits the words and leaves the place.
func onText(name string, edit func(*rand.Rand, string) (string, bool)) Harm {
	return Harm{name, func(r *rand.Rand, _ *corpus.Catalog, _ []Words, w Words) (string, citation.Citation, bool) {
		q, ok := edit(r, Span(r, w.Text))
		return q, w.Cite, ok
	}}
}

// Span is a run of five words or more of text.
func Span(r *rand.Rand, text string) string {
	f := strings.Fields(text)
	if len(f) <= 6 {
		return text
	}
	n := 5 + r.IntN(len(f)-5)
	at := r.IntN(len(f) - n + 1)
	return strings.Join(f[at:at+n], " ")
}

var (
	modalSwap = map[string][]string{"shall": {"may"}, "may": {"shall"}, "must": {"may"}, "shall not": {"may", "shall"}, "may not": {"may"}, "must not": {"must"}}
	notSwap   = map[string][]string{"shall": {"shall not"}, "may": {"may not"}, "must": {"must not"}, "is": {"is not"}, "does not": {"does"},
		"shall not": {"shall"}, "may not": {"may"}, "must not": {"must"}, "are": {"are not"}, "no": {"any"}}
	andSwap    = map[string][]string{"and": {"or"}, "or": {"and"}}
	numberSwap = regexp.MustCompile(`\b\d+\b|(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|thirty|ninety)\b`)
	cutAt      = regexp.MustCompile(`[,;]? (?:except|unless|provided that|subject to|only if|to the extent|but|however)\b`)
)

// Harms are the fourteen kinds.
var Harms = []Harm{
	onText("modal flipped", swap(anyOf(modalSwap), table2(modalSwap))),
	onText("negation inserted or deleted", swap(anyOf(notSwap), table2(notSwap))),
	onText("number changed", swap(numberSwap.String(), changeNumber)),
	onText("unit swapped", swap(wordsOf(unitSets), among(unitSets...))),
	onText("and for or", swap(anyOf(andSwap), table2(andSwap))),
	onText("party swapped", swap(wordsOf(partySets), among(partySets...))),
	onText("word dropped", func(r *rand.Rand, q string) (string, bool) {
		f := strings.Fields(q)
		i := 1 + r.IntN(len(f)-2)
		return strings.Join(append(f[:i:i], f[i+1:]...), " "), !strings.Contains(strings.Join(f[i-1:i+2], " "), "…")
	}),
	{"exception cut", func(r *rand.Rand, _ *corpus.Catalog, _ []Words, w Words) (string, citation.Citation, bool) {
		at := cutAt.FindStringIndex(w.Text)
		if at == nil {
			return "", w.Cite, false
		}
		f := strings.Fields(w.Text[:at[0]])
		if len(f) < 3 {
			return "", w.Cite, false
		}
		return strings.Join(f[r.IntN(len(f)-2):], " ") + ".", w.Cite, true
	}},
	{"spliced across sources", func(r *rand.Rand, _ *corpus.Catalog, all []Words, w Words) (string, citation.Citation, bool) {
		other := all[r.IntN(len(all))]
		return half(w.Text, 0) + " … " + half(other.Text, 1), w.Cite, other.Cite.Base() != w.Cite.Base()
	}},
	{"spliced inside the source", func(r *rand.Rand, c *corpus.Catalog, all []Words, w Words) (string, citation.Citation, bool) {
		if r.IntN(2) == 0 {
			return half(w.Text, 1) + " … " + half(w.Text, 0), w.Cite, true
		}
		for _, o := range Official(c.Find(w.Cite)[0], "") {
			if o != w.Text && len(strings.Fields(o)) > 5 {
				return half(w.Text, 0) + " … " + half(o, 1), w.Cite.Base(), true
			}
		}
		return "", w.Cite, false
	}},
	{"wrong pinpoint", func(r *rand.Rand, c *corpus.Catalog, _ []Words, w Words) (string, citation.Citation, bool) {
		ps := c.Find(w.Cite)[0].Passages
		p := ps[r.IntN(len(ps))]
		return Span(r, w.Text), w.Cite.At(p.Pin), !p.Pin.Contains(w.Cite.Pin)
	}},
	{"neighbouring source", func(r *rand.Rand, c *corpus.Catalog, _ []Words, w Words) (string, citation.Citation, bool) {
		for i, s := range c.Sources {
			if s.Cite == w.Cite.Base() {
				next := c.Sources[(i+1)%len(c.Sources)]
				return Span(r, w.Text), next.Cite, !next.Cite.IsZero()
			}
		}
		return "", w.Cite, false
	}},
	{"section that does not exist", func(r *rand.Rand, c *corpus.Catalog, _ []Words, w Words) (string, citation.Citation, bool) {
		cite := w.Cite
		if r.IntN(2) == 0 {
			cite = cite.At(cite.Pin + "(zz)")
		} else {
			cite.Number += "9"
		}
		return Span(r, w.Text), cite, len(c.Find(cite)) == 0 || cite.Pin != w.Cite.Pin
	}},
	{"quotation of another source", func(r *rand.Rand, _ *corpus.Catalog, all []Words, w Words) (string, citation.Citation, bool) {
		other := all[r.IntN(len(all))]
		return Span(r, other.Text), w.Cite.Base(), other.Cite.Base() != w.Cite.Base()
	}},
}

// half is the first or second half of text.
func half(text string, n int) string {
	f := strings.Fields(text)
	if n == 0 {
		return strings.Join(f[:len(f)/2], " ")
	}
	return strings.Join(f[len(f)/2:], " ")
}

// A Favour is a harmless edit of a quotation: it still stands there.
type Favour struct {
	Name string
	Edit func(r *rand.Rand, q string) (string, bool)
}

func replacing(old, with string) func(*rand.Rand, string) (string, bool) {
	return func(_ *rand.Rand, q string) (string, bool) {
		return strings.ReplaceAll(q, old, with), strings.Contains(q, old)
	}
}

// inserted puts s into the middle of a word.
func inserted(s string) func(*rand.Rand, string) (string, bool) {
	return func(r *rand.Rand, q string) (string, bool) {
		at := strings.IndexByte(q[len(q)/2:], 'e')
		if at < 0 {
			return "", false
		}
		at += len(q) / 2
		return q[:at] + s + q[at:], true
	}
}

// limits are what an honest ellipsis does not leave out: a negation, a limit,
// or the end of a sentence.
var limits = regexp.MustCompile(`(?i)[.;:?!]|\b(?:not?|nor|never|neither|without|except|excepting|unless|until|only|provided|subject|if|but|however|though|although|where|when|while|other|than|less|extent|solely|exclu\w+|limit\w*|prohibit\w*|den\w+|fail\w*|lack\w*|cannot|none|nothing)\b|n't`)

// Favours are the eleven kinds.
var Favours = []Favour{
	{"as it stands", func(_ *rand.Rand, q string) (string, bool) { return q, true }},
	{"curly apostrophe", replacing("'", "’")},
	{"dashes", replacing("-", "‑")},
	{"line breaks", replacing(" ", "\n  ")},
	{"no-break space", replacing(" ", "\u00a0")},
	{"zero width", inserted("\u200b")},
	{"soft hyphen", inserted("\u00ad")},
	{"closing mark", func(r *rand.Rand, q string) (string, bool) {
		return q + string(".,;:"[r.IntN(4)]), !strings.ContainsAny(q[len(q)-1:], ".,;:")
	}},
	{"bracketed letter", func(_ *rand.Rand, q string) (string, bool) {
		c := q[0] ^ 0x20
		return "[" + string(c) + "]" + q[1:], 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
	}},
	{"honest ellipsis", func(r *rand.Rand, q string) (string, bool) {
		f := strings.Fields(q)
		if len(f) < 8 || strings.Contains(q, "…") {
			return "", false
		}
		return strings.Join(f[:4], " ") + [...]string{" … ", " ... ", " . . . ", " [...] "}[r.IntN(4)] + strings.Join(f[len(f)-3:], " "),
			!limits.MatchString(strings.Join(f[3:len(f)-2], " "))
	}},
	{"decomposed letters", func(_ *rand.Rand, q string) (string, bool) {
		return strings.ReplaceAll(q, "é", "e\u0301"), true
	}},
}
