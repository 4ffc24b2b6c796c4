package export

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// columns is how wide plain text is at most, but for words that are longer.
const columns = 72

// text writes o for the field of a web form: no line is drawn, the notes are
// a list at the end.
func text(o *outline) ([]byte, error) {
	var b bytes.Buffer
	for i := range o.parts {
		p := &o.parts[i]
		if i > 0 && !(p.inGroup() && !p.first) && !p.headsExhibit() {
			b.WriteByte('\n')
		}
		first, rest := p.textMargins()
		wrap(&b, textRuns(p.marked()), first, rest)
	}
	if len(o.notes) == 0 {
		return b.Bytes(), nil
	}
	b.WriteString("\nNotes\n\n")
	for _, n := range o.notes {
		mark := "[" + strconv.Itoa(n.n) + "] "
		wrap(&b, n.text+" "+n.url, mark, strings.Repeat(" ", len(mark)))
	}
	return b.Bytes(), nil
}

// inGroup reports whether parts like p follow each other without a space
// between them.
func (p *part) inGroup() bool {
	switch p.role {
	case sender, address, reference, signature, item, numbered, enclosure:
		return true
	}
	return false
}

// headsExhibit reports whether p is one of the lines under the name of an
// exhibit.
func (p *part) headsExhibit() bool {
	return p.role == exhibitTitle || p.role == exhibitStatus || p.role == exhibitLink
}

// textMargins are what stands before the first line of p and before the
// others.
func (p *part) textMargins() (first, rest string) {
	switch p.role {
	case quotation:
		return "    ", "    "
	case item:
		return "- ", "  "
	case numbered, enclosure:
		first = strconv.Itoa(p.place) + ". "
		return first, strings.Repeat(" ", len(first))
	}
	return "", ""
}

func textRuns(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
		for _, n := range r.notes {
			b.WriteString("[" + strconv.Itoa(n) + "]")
		}
	}
	return b.String()
}

// wrap writes s in lines of at most so many columns, of which one begins with
// first and the others with rest. Empty lines are left out. A longer word has a line to itself, so that
// an address stays whole. Of nothing is left what it begins with.
func wrap(b *bytes.Buffer, s, first, rest string) {
	margin, from := first, b.Len()
	for line := range strings.SplitSeq(s, "\n") {
		at, width := margin, ansi.StringWidth(margin)
		empty := true
		for _, word := range strings.FieldsFunc(line, breaksLine) {
			w := ansi.StringWidth(word)
			if !empty && width+1+w > columns {
				b.WriteString(at + "\n")
				at, width, empty = rest, ansi.StringWidth(rest), true
			}
			if !empty {
				at, width = at+" ", width+1
			}
			at, width, empty = at+word, width+w, false
		}
		if !empty {
			b.WriteString(at + "\n")
			margin = rest
		}
	}
	if b.Len() == from {
		b.WriteString(strings.TrimRight(first, " ") + "\n")
	}
}
