package export

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/everycategory/advocate/bot"
)

// A role is what a paragraph is on paper.
type role int

const (
	sender role = iota
	dateline
	address
	reference
	heading
	paragraph
	quotation
	item
	numbered
	signature
	enclosed // a heading of its own
	enclosure
	closing
	exhibit // a heading that starts a page
	exhibitTitle
	exhibitStatus
	exhibitLink
	exhibitLine
)

// An outline is a document as every format writes it: its paragraphs in their
// order, cleaned, and the notes that they cite.
type outline struct {
	title string
	large bool
	parts []part
	notes []note // notes[i].n == i+1
}

// A part is a paragraph. It has text.
type part struct {
	role        role
	runs        []run
	first, last bool // among its neighbours of the same role
	place       int  // among those neighbours, from 1
}

// A run is text in one style.
type run struct {
	text  string // may hold line feeds
	blank bool
	url   string // followed on a click; or ""
	notes []int  // whose marks stand behind it
}

type note struct {
	n         int
	text, url string // url is shown, and linked where link has it
}

// newOutline lays d out.
func newOutline(d *bot.Document) (*outline, error) {
	b := builder{from: d.Notes, number: map[int]int{}, o: &outline{title: oneLine(clean(d.Title)), large: d.Large}}
	for i, block := range d.Blocks {
		r, ok := roles[block.Kind]
		if !ok {
			return nil, fmt.Errorf("block %d is of the kind %q, which is not known", i+1, block.Kind)
		}
		if err := b.block(r, block.Runs); err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	b.enclosures(d.Enclosures)
	b.line(closing, d.Closing)
	for i, e := range d.Exhibits {
		b.exhibit(i, e)
	}
	b.neighbours()
	return b.o, nil
}

var roles = map[bot.BlockKind]role{
	bot.Sender: sender, bot.Dateline: dateline, bot.Address: address, bot.Reference: reference,
	bot.Heading: heading, bot.Paragraph: paragraph, bot.Quotation: quotation, bot.Item: item,
	bot.Numbered: numbered, bot.Signature: signature,
}

// A builder makes an outline.
type builder struct {
	o      *outline
	from   []bot.Note
	number map[int]int // of a note in the document, its number in the outline
}

// block adds a part for the runs of a block, if they hold anything.
func (b *builder) block(r role, runs []bot.Run) error {
	p := part{role: r}
	for _, from := range runs {
		to := run{text: clean(from.Text)}
		if from.Blank && strings.TrimSpace(to.text) != "" {
			to.text, to.blank = bracketed(to.text), true
		}
		for _, n := range from.Notes {
			m, err := b.note(n)
			if err != nil {
				return err
			}
			if !slices.Contains(to.notes, m) {
				to.notes = append(to.notes, m)
			}
		}
		if to.text != "" || len(to.notes) > 0 {
			p.runs = append(p.runs, to)
		}
	}
	b.add(p)
	return nil
}

// note is the number that the document's note n has in the outline.
func (b *builder) note(n int) (int, error) {
	if m, ok := b.number[n]; ok {
		return m, nil
	}
	at := slices.IndexFunc(b.from, func(f bot.Note) bool { return f.N == n })
	if at < 0 {
		return 0, fmt.Errorf("it has the mark of note %d, and the document has no such note", n)
	}
	m := len(b.o.notes) + 1
	b.number[n] = m
	b.o.notes = append(b.o.notes, note{n: m, text: oneLine(clean(b.from[at].Text)), url: oneLine(clean(b.from[at].URL))})
	return m, nil
}

// line adds a part of plain text, if there is any.
func (b *builder) line(r role, text string) {
	b.add(part{role: r, runs: []run{{text: clean(text)}}})
}

func (b *builder) enclosures(list []string) {
	at := len(b.o.parts)
	for _, e := range list {
		b.line(enclosure, e)
	}
	if len(b.o.parts) > at {
		b.o.parts = slices.Insert(b.o.parts, at, part{role: enclosed, runs: []run{{text: "Enclosures"}}})
	}
}

func (b *builder) exhibit(i int, e bot.Exhibit) {
	name := "Exhibit " + letters(i)
	if cite := oneLine(clean(e.Cite)); cite != "" {
		name += ": " + cite
	}
	b.line(exhibit, name)
	b.line(exhibitTitle, e.Title)
	b.line(exhibitStatus, e.Status)
	if to := oneLine(clean(e.URL)); to != "" {
		b.add(part{role: exhibitLink, runs: []run{{text: to, url: link(to)}}})
	}
	for _, l := range e.Lines {
		b.line(exhibitLine, l)
	}
}

// letters is A for 0, Z for 25, AA for 26.
func letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// add adds p without the white space around it, unless nothing is left.
func (b *builder) add(p part) {
	for i := range p.runs {
		if p.runs[i].text = strings.TrimLeftFunc(p.runs[i].text, unicode.IsSpace); p.runs[i].text != "" {
			break
		}
	}
	for i := len(p.runs) - 1; i >= 0; i-- {
		if p.runs[i].text = strings.TrimRightFunc(p.runs[i].text, unicode.IsSpace); p.runs[i].text != "" {
			break
		}
	}
	p.runs = joinMarks(p.runs)
	if len(p.runs) > 0 {
		b.o.parts = append(b.o.parts, p)
	}
}

// joinMarks drops runs without text. The marks of those and of white space go
// to the run before, if it has some: 2 and 1 side by side would be read as 21.
func joinMarks(runs []run) []run {
	var out []run
	for _, r := range runs {
		if n := len(out) - 1; n >= 0 && len(out[n].notes) > 0 && strings.TrimSpace(r.text) == "" {
			out[n].notes = append(slices.Clip(out[n].notes), r.notes...)
			r.notes = nil
		}
		if r.text != "" || len(r.notes) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// neighbours tells the parts which of their like they follow.
func (b *builder) neighbours() {
	parts := b.o.parts
	for i := range parts {
		p := &parts[i]
		p.first = i == 0 || parts[i-1].role != p.role
		p.last = i == len(parts)-1 || parts[i+1].role != p.role
		p.place = 1
		if !p.first {
			p.place = parts[i-1].place + 1
		}
	}
}

// marked are the runs of p with each note's mark where it is set: behind the
// last letter of its run, before the space that follows.
func (p *part) marked() []run {
	var out []run
	for _, r := range p.runs {
		head := strings.TrimRightFunc(r.text, breaksLine)
		tail := r.text[len(head):]
		if len(r.notes) == 0 || tail == "" || head == "" {
			out = append(out, r)
			continue
		}
		out = append(out, run{text: head, blank: r.blank, url: r.url, notes: r.notes}, run{text: tail})
	}
	return out
}

// signedNext reports whether the signature begins behind part i, which then
// stays on its page: a page with nothing but a signature is worth nothing.
func (o *outline) signedNext(i int) bool {
	return i+1 < len(o.parts) && o.parts[i].role != signature && o.parts[i+1].role == signature
}
