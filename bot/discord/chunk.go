package discord

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// A token is what is never cut where it can be helped.
type token struct {
	layout.Span
	sep string // what stands before it: "", " " or "\n"
	tie tie    // to the token before it
}

// A tie says how firmly a token is held to the one before it.
type tie int

const (
	free   tie = iota
	quoted     // of one quotation: not parted while it fits in a message
	glued      // a mark and its word, a label and its rest
)

// size is how much room a token can take behind before; the zero token is
// the beginning of a message.
func (t token) size(before token) int {
	n := len(t.sep)
	switch {
	case t.Kind == layout.Mark || t.Kind == layout.Bullet:
		n += layout.Units(t.Text)
	default:
		n += room(t.Text)
	}
	if !t.goesOn(before) {
		n += t.around()
	}
	return n
}

// around is the room of what marks a run of the token's kind.
func (t token) around() int {
	switch t.Kind {
	case layout.Bold, layout.Strike:
		return 4
	case layout.Link:
		return layout.Units(t.URL) + len("[](<>)")
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
			t := token{Span: layout.Span{Kind: s.Kind, Text: field.Text, URL: s.URL}, sep: sep}
			if len(out) > 0 && (sep == "" || !first && s.Kind == layout.Link || join) { // a label stays whole
				t.tie = glued
			}
			out = append(out, t)
			sep, join, first = "", false, false
		}
	}
	if len(out) > 0 {
		out[0].sep, out[0].tie = "", free
	}
	tieQuotes(out)
	return out
}

// tieQuotes ties the words of each quotation that is closed.
func tieQuotes(tokens []token) {
	none := map[string]bool{} // marks that close nothing further on
	for i := 0; i < len(tokens); i++ {
		closing := closingOf(tokens[i].Text)
		if closing == "" || none[closing] {
			continue
		}
		j := i
		for j < len(tokens) && !closes(tokens[j].Text, closing, j == i) {
			j++
		}
		if j == len(tokens) {
			none[closing] = true
			continue
		}
		for k := i + 1; k <= j; k++ {
			tokens[k].tie = max(tokens[k].tie, quoted)
		}
		i = j
	}
}

// closingOf is the mark that closes the quotation which a word begins, or "".
func closingOf(word string) string {
	switch word = strings.TrimLeft(word, "([—"); {
	case strings.HasPrefix(word, "“"):
		return "”"
	case strings.HasPrefix(word, `"`):
		return `"`
	}
	return ""
}

// closes reports whether a word ends a quotation; begun says that it begins
// it too.
func closes(word, closing string, begun bool) bool {
	word = strings.TrimRight(word, ".,;:!?)]…—")
	return strings.HasSuffix(word, closing) && !(begun && closing == `"` && strings.Count(word, closing) < 2)
}

// chunks cuts a paragraph to pieces of at most limit characters: between
// lines or words, within a quotation only where it is longer than that, and
// within a word only where that is longer.
func chunks(p layout.Para, limit int) []string {
	var out []string
	var cur []token
	size := 0
	flush := func() {
		if len(cur) > 0 {
			cur[0].sep = ""
			out = append(out, render(cur))
		}
		cur, size = nil, 0
	}
	add := func(t token) {
		before := token{}
		if len(cur) > 0 {
			before = cur[len(cur)-1]
		}
		if len(cur) > 0 && size+t.size(before) > limit {
			flush()
			before = token{}
		}
		size += t.size(before)
		cur = append(cur, t)
	}
	for _, g := range unbroken(tokens(p), quoted) {
		if n := sizeOf(g); n <= limit {
			if size+n > limit {
				flush()
			}
			for _, t := range g {
				add(t)
			}
			continue
		}
		for _, h := range unbroken(g, glued) {
			if n := sizeOf(h); n > limit {
				h = cutAll(h, limit)
			} else if size+n > limit {
				flush()
			}
			for _, t := range h {
				add(t)
			}
		}
	}
	flush()
	return out
}

// unbroken are the runs of tokens that are tied so firmly.
func unbroken(tokens []token, by tie) [][]token {
	var out [][]token
	for i, t := range tokens {
		if i == 0 || t.tie < by {
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
		for _, text := range cutText(t.Text, limit-t.around()-len(t.sep), room) {
			piece := t
			piece.Text = text
			out = append(out, piece)
			t.sep = ""
		}
	}
	return out
}

// cutText cuts a text to pieces that take at most most each, as size counts
// them.
func cutText(s string, most int, size func(string) int) []string {
	var out []string
	from, at, n := 0, 0, 0 // the piece, and what it takes
	add := func(size, bytes int) {
		if n+size > most && at > from {
			out = append(out, s[from:at])
			from, n = at, 0
		}
		at, n = at+bytes, n+size
	}
	for it := graphemes.FromString(s); it.Next(); {
		g := it.Value()
		if n := size(g); n <= most {
			add(n, len(g))
			continue
		}
		for _, r := range g {
			add(size(string(r)), utf8.RuneLen(r))
		}
	}
	return append(out, s[from:])
}
