package slack

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// A para is a paragraph before it is mrkdwn: runs whose words are as they
// came, with their marks beside them. White space in the words counts; a
// no-break space is one that no line or section ends at.
type para []span

// A span is a run of a paragraph.
type span struct {
	kind spanKind
	text string
	url  string // of a link
}

type spanKind int

const (
	words  spanKind = iota
	bold            // a label
	strike          // what a draft has and the law has not
	mark            // a citation's number, ours
	link            // to the corpus or our own page, never from a text
)

func say(text string) para { return para{{text: text}} }

// labelled is a paragraph with a label before it; "" is none.
func labelled(label string, p para) para {
	if label == "" {
		return p
	}
	return append(para{{kind: bold, text: label}, {text: " "}}, p...)
}

func (p para) say(text string) para { return append(p, span{text: text}) }

func (p para) bold(text string) para { return append(p, span{kind: bold, text: text}) }

// linked adds words that lead to an address, or the words alone where it is
// none that Slack takes.
func (p para) linked(text, to string) para {
	if to = address(to); to == "" {
		return p.say(text)
	}
	return append(p, span{kind: link, text: text, url: to})
}

// marks adds the numbers of citations.
func (p para) marks(numbers []int) para {
	for _, n := range numbers {
		p = append(p, span{kind: mark, text: fmt.Sprintf("[%d]", n)})
	}
	return p
}

// address is a web address as mrkdwn takes it before escaping, or "".
func address(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	out := u.String()
	if units(escape(out)) > MaxSection/2 || strings.ContainsFunc(out, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("<>|\"`", r)
	}) {
		return ""
	}
	return out
}

// A token is what is never cut where it can be helped.
type token struct {
	span
	sep  string // what stands before it: "", " " or "\n"
	join bool   // no break before it
}

// size is how much room a token can take.
func (t token) size() int {
	n := len(t.sep) + units(escape(t.text))
	switch t.kind {
	case bold, strike:
		n += 2
	case link:
		n += units(escape(t.url)) + 3
	}
	return n
}

// tokens are the words of a paragraph.
func (p para) tokens() []token {
	var out []token
	sep, join := "", false
	for _, s := range p {
		first := true // of the words of s
		for _, field := range fields(s.text) {
			if field.sep != "" {
				if sep != "\n" {
					sep = field.sep
				}
				join = field.join
			}
			if field.text == "" {
				continue
			}
			glued := sep == "" || !first && s.kind == link // a label stays whole
			out = append(out, token{span{s.kind, field.text, s.url}, sep, len(out) > 0 && (glued || join)})
			sep, join, first = "", false, false
		}
	}
	if len(out) > 0 {
		out[0].sep, out[0].join = "", false
	}
	return out
}

// size is how much room a paragraph can take.
func (p para) size() int {
	n := 0
	for _, t := range p.tokens() {
		n += t.size()
	}
	return n
}

// A field is a word with the white space before it.
type field struct {
	text, sep string
	join      bool
}

// fields are the words of a text, and the space that ends it.
func fields(s string) []field {
	var out []field
	var b strings.Builder
	cur := field{}
	flush := func() {
		if b.Len() > 0 || cur.sep != "" {
			cur.text = b.String()
			out = append(out, cur)
		}
		b.Reset()
		cur = field{}
	}
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case unicode.IsSpace(r) || r == '\u2800' || r == '\u2028' || r == '\u2029':
			if b.Len() > 0 {
				flush()
			}
			switch {
			case r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
				cur.sep, cur.join = "\n", false
			case cur.sep == "":
				cur.sep, cur.join = " ", r == nbsp
			}
		case unseen(r):
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return out
}

// nbsp is the no-break space.
const nbsp = '\u00a0'

// A chunk is a piece of a paragraph that stands in one section.
type chunk struct {
	mrkdwn string
	plain  string // without mark-up, escaped
}

// chunks cuts a paragraph to pieces of at most limit characters: between
// lines or words, and within a word only where it is longer than that.
func (p para) chunks(limit int) []chunk {
	var out []chunk
	var cur []token
	size := 0
	flush := func() {
		if len(cur) > 0 {
			cur[0].sep = ""
			out = append(out, chunk{render(cur), renderPlain(cur)})
		}
		cur, size = nil, 0
	}
	for _, g := range unbroken(p.tokens()) {
		n := 0
		for _, t := range g {
			n += t.size()
		}
		if n > limit {
			g = cutAll(g, limit)
		} else if size+n > limit {
			flush()
		}
		for _, t := range g {
			if size+t.size() > limit {
				flush()
			}
			cur, size = append(cur, t), size+t.size()
		}
	}
	flush()
	return out
}

// unbroken are the runs of tokens without a break.
func unbroken(tokens []token) [][]token {
	var out [][]token
	for i, t := range tokens {
		if i == 0 || !t.join {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], t)
	}
	return out
}

// cutAll cuts what is longer than limit between the characters that a reader
// sees, and within one only where it is longer than that.
func cutAll(tokens []token, limit int) []token {
	var out []token
	for _, t := range tokens {
		if t.size() <= limit {
			out = append(out, t)
			continue
		}
		around := t
		around.text = ""
		room := limit - around.size()
		for _, text := range cutText(t.text, room) {
			piece := t
			piece.text = text
			out = append(out, piece)
			t.sep = ""
		}
	}
	return out
}

// cutText cuts a text to pieces that take at most room each.
func cutText(s string, room int) []string {
	var out []string
	from, at, n := 0, 0, 0 // the piece, and what it takes
	add := func(size, bytes int) {
		if n+size > room && at > from {
			out = append(out, s[from:at])
			from, n = at, 0
		}
		at, n = at+bytes, n+size
	}
	for it := graphemes.FromString(s); it.Next(); {
		g := it.Value()
		if size := units(escape(g)); size <= room {
			add(size, len(g))
			continue
		}
		for _, r := range g {
			add(units(escape(string(r))), utf8.RuneLen(r))
		}
	}
	return append(out, s[from:])
}

// render writes tokens as mrkdwn.
func render(tokens []token) string {
	var b strings.Builder
	for i := 0; i < len(tokens); {
		t := tokens[i]
		j := i + 1
		for j < len(tokens) && tokens[j].kind == t.kind && tokens[j].url == t.url && (t.kind == words || tokens[j].sep != "\n") {
			j++
		}
		b.WriteString(t.sep + t.span.mrkdwn(joined(tokens[i:j]), i == 0 || t.sep == "\n"))
		i = j
	}
	return b.String()
}

// joined are the words of tokens, without what stands before the first.
func joined(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 {
			b.WriteString(t.sep)
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// mrkdwn writes a run of the span's kind.
func (s span) mrkdwn(text string, start bool) string {
	switch s.kind {
	case bold:
		return "*" + escape(neutral(text, false)) + "*"
	case strike:
		return "~" + escape(neutral(text, false)) + "~"
	case mark:
		return text
	case link:
		return "<" + escape(s.url) + "|" + escape(label(text)) + ">"
	}
	return escape(neutral(text, start))
}

var relink = strings.NewReplacer("∶//", "://", "|", "∣")

// label is the text of a link: it may look like an address, for it is one.
func label(text string) string {
	return relink.Replace(neutral(text, false))
}

// renderPlain writes tokens without mark-up. An address of ours is not named:
// the words are.
func renderPlain(tokens []token) string {
	var b strings.Builder
	for i := 0; i < len(tokens); {
		t := tokens[i]
		j := i + 1
		for j < len(tokens) && (tokens[j].kind == mark) == (t.kind == mark) {
			j++
		}
		text := joined(tokens[i:j])
		if t.kind != mark {
			text = escape(neutral(text, i == 0 || t.sep == "\n"))
		}
		b.WriteString(t.sep + text)
		i = j
	}
	return b.String()
}
