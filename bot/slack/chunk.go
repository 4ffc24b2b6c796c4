package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// A token is what is never cut where it can be helped.
type token struct {
	span
	sep  string // what stands before it: "", " " or "\n"
	join bool   // no break before it
}

// size is how much room a token can take behind before; the zero token is
// the beginning of a section.
func (t token) size(before token) int {
	n := len(t.sep) + units(escape(t.text))
	if !t.goesOn(before) {
		n += t.around()
	}
	return n
}

// around is the room of what marks a run of the token's kind.
func (t token) around() int {
	switch t.kind {
	case bold, strike:
		return 2
	case link:
		return units(escape(t.url)) + 3
	}
	return 0
}

// goesOn reports whether t is of the same run as the token before it.
func (t token) goesOn(before token) bool {
	return before.text != "" && before.kind == t.kind && before.url == t.url && (t.kind == words || t.sep != "\n")
}

// sizeOf is how much room tokens can take.
func sizeOf(tokens []token) int {
	n, before := 0, token{}
	for _, t := range tokens {
		n, before = n+t.size(before), t
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
		if n := sizeOf(g); n > limit {
			g = cutAll(g, limit)
		} else if size+n > limit {
			flush()
		}
		for _, t := range g {
			before := token{}
			if len(cur) > 0 {
				before = cur[len(cur)-1]
			}
			if size+t.size(before) > limit {
				flush()
				before = token{}
			}
			size += t.size(before)
			cur = append(cur, t)
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
		if t.size(token{}) <= limit {
			out = append(out, t)
			continue
		}
		room := limit - t.around() - len(t.sep)
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
