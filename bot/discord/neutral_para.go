package discord

import (
	"fmt"
	"strings"
	"unicode"
)

// A para is a paragraph before it is Markdown: runs whose words are as they
// came, with their marks beside them. White space in the words counts; a
// no-break space is one that no line or message ends at.
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
	mark            // ours: a citation's number, a mention
	bullet          // what begins a line of a list, ours
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
// none that Discord takes.
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
