package layout

import (
	"fmt"
	"strings"
	"unicode"
)

// A Para is a paragraph before it is written as a platform has it: runs whose
// words are as they came, with their marks beside them. White space in the
// words counts; a no-break space is one that no line or message ends at.
type Para []Span

// A Span is a run of a paragraph.
type Span struct {
	Kind Kind
	Text string
	URL  string // of a link
}

// A Kind is what a run is.
type Kind int

const (
	Words  Kind = iota
	Bold        // a label
	Strike      // what a draft has and the law has not
	Mark        // ours: a citation's number, a mention
	Bullet      // what begins a line of a list, ours
	Link        // to the corpus or our own page, never from a text
)

// Say is a paragraph of words.
func Say(text string) Para { return Para{{Text: text}} }

// Labelled is a paragraph with a label before it; "" is none.
func Labelled(label string, p Para) Para {
	if label == "" {
		return p
	}
	return append(Para{{Kind: Bold, Text: label}, {Text: " "}}, p...)
}

// Say adds words.
func (p Para) Say(text string) Para { return append(p, Span{Text: text}) }

// Bold adds words that stand out.
func (p Para) Bold(text string) Para { return append(p, Span{Kind: Bold, Text: text}) }

// Link adds words that lead to an address, which is as the platform takes it,
// or the words alone where it is "".
func (p Para) Link(text, to string) Para {
	if to == "" {
		return p.Say(text)
	}
	return append(p, Span{Kind: Link, Text: text, URL: to})
}

// Marks adds the numbers of citations.
func (p Para) Marks(numbers []int) Para {
	for _, n := range numbers {
		p = append(p, Span{Kind: Mark, Text: fmt.Sprintf("[%d]", n)})
	}
	return p
}

// A Field is a word with the white space before it.
type Field struct {
	Text, Sep string
	Join      bool // it is a no-break space
}

// Fields are the words of a text, and the space that ends it.
func Fields(s string) []Field {
	var out []Field
	var b strings.Builder
	cur := Field{}
	flush := func() {
		if b.Len() > 0 || cur.Sep != "" {
			cur.Text = b.String()
			out = append(out, cur)
		}
		b.Reset()
		cur = Field{}
	}
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case unicode.IsSpace(r) || r == '\u2800' || r == '\u2028' || r == '\u2029':
			if b.Len() > 0 {
				flush()
			}
			switch {
			case r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
				cur.Sep, cur.Join = "\n", false
			case cur.Sep == "":
				cur.Sep, cur.Join = " ", r == NBSP
			}
		case Unseen(r):
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return out
}

// NBSP is the no-break space.
const NBSP = '\u00a0'
