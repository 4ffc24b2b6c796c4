package bot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// text writes d as plain text, one paragraph to a line, its notes at the end:
// how a terminal and a chat show it. Wrapping is the caller's.
func (d *Document) text() string {
	var b strings.Builder
	var last BlockKind
	item := 0
	for _, block := range d.Blocks {
		if b.Len() > 0 && !(block.Kind == last && together[block.Kind]) {
			b.WriteString("\n")
		}
		switch {
		case block.Kind != Numbered:
			item = 0
		default:
			item++
		}
		b.WriteString(lead(block.Kind, item) + block.text() + "\n")
		last = block.Kind
	}
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			b.WriteString("\n" + title + "\n" + strings.Join(lines, "\n") + "\n")
		}
	}
	var enclosed, notes []string
	for _, e := range d.Enclosures {
		enclosed = append(enclosed, "- "+e)
	}
	for _, n := range d.Notes {
		notes = append(notes, strings.TrimSpace(fmt.Sprintf("[%d] %s %s", n.N, n.Text, n.URL)))
	}
	list("Enclosures", enclosed)
	list("Notes", notes)
	return b.String()
}

// together are the kinds of which several stand without a line between them.
var together = map[BlockKind]bool{Sender: true, Address: true, Reference: true, Item: true, Numbered: true, Signature: true}

func lead(kind BlockKind, item int) string {
	switch kind {
	case Item:
		return "- "
	case Numbered:
		return fmt.Sprintf("%d. ", item)
	case Quotation:
		return "    "
	}
	return ""
}

func (b Block) text() string {
	var s strings.Builder
	for _, r := range b.Runs {
		s.WriteString(r.Text)
		for _, n := range r.Notes {
			fmt.Fprintf(&s, "[%d]", n)
		}
	}
	return s.String()
}

// noteOf is the footnote of a citation: the place, and its official words
// where they are held.
func noteOf(n int, c Citation) Note {
	text := c.Cite.String()
	switch {
	case c.Cite.System == citation.Web, c.Cite.System == citation.Guide:
		text = c.Title
	case c.Quote != "":
		text += ": “" + strings.TrimSuffix(c.Quote, ".") + "”"
	default:
		text += ", " + c.Title
	}
	return Note{N: n, Text: text + ".", URL: c.URL}
}

// exhibits are the cited provisions as they are held, each place once.
func (a *Assistant) exhibits(cited []Citation, l *law) []Exhibit {
	var out []Exhibit
	for _, c := range cited {
		if slices.ContainsFunc(out, func(e Exhibit) bool { return e.Cite == c.Cite.String() }) {
			continue
		}
		e := Exhibit{Cite: c.Cite.String(), Title: c.Title, URL: c.URL, Status: "digest in our words, as of " + string(c.AsOf)}
		words := ""
		if text, t := l.textOf(c); t != nil {
			e.Status, words = "official text, as of "+string(c.AsOf), text
		} else if _, p := l.catalog.Resolve(c.Cite); p != nil {
			words = p.Text
		}
		if c.Partial {
			e.Status += ", incomplete copy"
		}
		for _, line := range strings.Split(words, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				e.Lines = append(e.Lines, line)
			}
		}
		out = append(out, e)
	}
	return out
}

// restoredBy is d with identifiers put back into what is not the library's.
func (d Document) restoredBy(back func(string) string) Document {
	blocks := slices.Clone(d.Blocks)
	for i, b := range blocks {
		blocks[i].Runs = slices.Clone(b.Runs)
		for j, r := range b.Runs {
			if len(r.Notes) > 0 { // a sentence of the library
				continue
			}
			if text := back(r.Text); text != r.Text {
				blocks[i].Runs[j] = Run{Text: text}
			}
		}
	}
	d.Blocks = blocks
	return d
}
