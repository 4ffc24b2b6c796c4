package slack

import (
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// A token is what is never cut where it can be helped.
type token struct {
	layout.Span
	sep  string // what stands before it: "", " " or "\n"
	join bool   // no break before it
}

// size is how much room a token can take behind before; the zero token is
// the beginning of a section.
func (t token) size(before token) int {
	n := len(t.sep) + layout.Units(escape(t.Text))
	if !t.goesOn(before) {
		n += t.around()
	}
	return n
}

// around is the room of what marks a run of the token's kind.
func (t token) around() int {
	switch t.Kind {
	case layout.Bold, layout.Strike:
		return 2
	case layout.Link:
		return layout.Units(escape(t.URL)) + 3
	}
	return 0
}

// goesOn reports whether t is of the same run as the token before it.
func (t token) goesOn(before token) bool {
	return before.Text != "" && before.Kind == t.Kind && before.URL == t.URL && (t.Kind == layout.Words || t.sep != "\n")
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
func tokens(p layout.Para) []token {
	var out []token
	sep, join := "", false
	for _, s := range p {
		first := true // of the words of s
		for _, field := range layout.Fields(s.Text) {
			if field.Sep != "" {
				if sep != "\n" {
					sep = field.Sep
				}
				join = field.Join
			}
			if field.Text == "" {
				continue
			}
			glued := sep == "" || !first && s.Kind == layout.Link // a label stays whole
			out = append(out, token{layout.Span{Kind: s.Kind, Text: field.Text, URL: s.URL}, sep, len(out) > 0 && (glued || join)})
			sep, join, first = "", false, false
		}
	}
	if len(out) > 0 {
		out[0].sep, out[0].join = "", false
	}
	return out
}

// A chunk is a piece of a paragraph that stands in one section.
type chunk struct {
	mrkdwn string
	plain  string // without mark-up, escaped
}

// chunks cuts a paragraph to pieces of at most limit characters: between
// lines or words, and within a word only where it is longer than that.
func chunks(p layout.Para, limit int) []chunk {
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
	for _, g := range unbroken(tokens(p)) {
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
		for _, text := range cutText(t.Text, room) {
			piece := t
			piece.Text = text
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
		if size := layout.Units(escape(g)); size <= room {
			add(size, len(g))
			continue
		}
		for _, r := range g {
			add(layout.Units(escape(string(r))), utf8.RuneLen(r))
		}
	}
	return append(out, s[from:])
}
