package bot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A page is a document in the making: its footnotes are numbered as they come.
type page struct {
	Document
	number map[string]int // of what was cited, the footnote here
	source map[string]int // the first footnote on a source
	short  bool           // one footnote for a source, without its words
}

func newPage(title string) *page {
	return &page{Document: Document{Title: title, Notes: []Note{}, Enclosures: []string{}, Exhibits: []Exhibit{}}, number: map[string]int{}, source: map[string]int{}}
}

// footnote is the number of a citation's footnote, which is made where there
// is none. A source's copy and address stand in its first.
func (p *page) footnote(c Citation) int {
	key := fmt.Sprint(c.N)
	if p.short {
		key = c.Source
	}
	if n := p.number[key]; n > 0 {
		return n
	}
	note := Note{N: len(p.Notes) + 1}
	switch first := p.source[c.Source]; {
	case p.short:
		note.Text, note.URL = sourceLine(c), c.URL
	case first > 0:
		note.Text = fmt.Sprintf("%s; see [%d].", place(c), first)
	default:
		note.Text, note.URL = place(c)+" ("+copyOf(c)+").", c.URL
		p.source[c.Source] = note.N
	}
	p.Notes = append(p.Notes, note)
	p.number[key] = note.N
	return note.N
}

// line adds a block of one text, its brackets marked as blanks.
func (p *page) line(kind BlockKind, text string) {
	p.Blocks = append(p.Blocks, Block{kind, runsOf(text, nil)})
}

// para adds statements as one block, their footnotes behind them.
func (p *page) para(kind BlockKind, list []Statement, citations []Citation) {
	var runs []Run
	for i, st := range list {
		if i > 0 {
			runs = append(runs, Run{Text: " "})
		}
		var notes []int
		for _, n := range st.Citations {
			if m := p.footnote(citations[n-1]); !slices.Contains(notes, m) {
				notes = append(notes, m)
			}
		}
		runs = append(runs, runsOf(st.Text, notes)...)
	}
	if len(runs) > 0 {
		p.Blocks = append(p.Blocks, Block{kind, runs})
	}
}

// runsOf cuts a text at its brackets, which are blanks; the notes stand behind
// the last run.
func runsOf(text string, notes []int) []Run {
	var runs []Run
	add := func(text string, blank bool) {
		if text != "" {
			runs = append(runs, Run{Text: text, Blank: blank})
		}
	}
	at := 0
	for _, m := range bracketed.FindAllStringIndex(text, -1) {
		add(text[at:m[0]], false)
		add(text[m[0]:m[1]], true)
		at = m[1]
	}
	add(text[at:], false)
	if len(runs) > 0 {
		runs[len(runs)-1].Notes = notes
	}
	return runs
}

// plain is a document as plain text: a paragraph to a line, the marks of its
// footnotes in brackets, and the footnotes.
func (d *Document) plain() string {
	var b strings.Builder
	last, item := BlockKind(""), 0
	for _, block := range d.Blocks {
		if tight := block.Kind == last && (last == Reference || last == Item || last == Numbered); last != "" && !tight {
			b.WriteString("\n")
		}
		switch last = block.Kind; last {
		case Item:
			b.WriteString("- ")
		case Numbered:
			item++
			fmt.Fprintf(&b, "%d. ", item)
		default:
			item = 0
		}
		for _, r := range block.Runs {
			b.WriteString(r.Text)
			for i, n := range r.Notes {
				if i == 0 {
					b.WriteString(" ")
				}
				fmt.Fprintf(&b, "[%d]", n)
			}
		}
		b.WriteString("\n")
	}
	if len(d.Notes) > 0 {
		b.WriteString("\n")
	}
	for _, n := range d.Notes {
		b.WriteString(strings.TrimSpace(fmt.Sprintf("[%d] %s %s", n.N, n.Text, n.URL)) + "\n")
	}
	if d.Closing != "" {
		b.WriteString("\n" + d.Closing + "\n")
	}
	return b.String()
}

// place is a citation as a footnote has it: where it is, and its official
// words where they are held, or its title.
func place(c Citation) string {
	switch {
	case c.Kind == corpus.Guide:
		return c.Title + ", a page of advocate's library"
	case c.Quote != "":
		return c.Cite.String() + ": “" + strings.ReplaceAll(clip(c.Quote), `"`, "'") + "”"
	}
	return c.Cite.String() + ", " + c.Title
}

// copyOf says in which copy a source was read.
func copyOf(c Citation) string {
	if c.TextStatus == corpus.Text {
		return "law as of " + string(c.AsOf)
	}
	return "our digest, as of " + string(c.AsOf) + "; read in: " + c.ReadIn
}

// sourceLine is a source as the handout names it.
func sourceLine(c Citation) string {
	switch c.Cite.System {
	case citation.Guide, citation.Web:
		return c.Title
	}
	return c.Cite.Base().String()
}

// write makes the written version, in which all of the speaker's own words
// stand, and gives its statements.
func (s *speaker) write() []Statement {
	p := newPage("Testimony on " + s.bill)
	p.line(Heading, "Testimony on "+s.billAloud)
	to := s.committeeAloud()
	if s.committee == "" {
		to = s.frames.Handout["to"]
	}
	if to != "" {
		p.line(Reference, "To: "+to)
	}
	p.line(Reference, "From: "+s.speaker)
	p.line(Reference, "Position: "+s.position)
	var all []Statement
	add := func(heading SpeechPart, kind BlockKind, list []Statement) {
		if len(list) == 0 {
			return
		}
		if title := s.frames.Headings[string(heading)]; title != "" {
			p.line(Heading, title)
		}
		for i := range list {
			list[i].In = inWritten
		}
		p.para(kind, list, s.out.Citations)
		all = append(all, list...)
	}
	add(PartOpening, Paragraph, s.framed(PartOpening, s.frames.Position[s.position]))
	add(PartBill, Paragraph, s.wholeBill())
	for _, part := range speechParts {
		var list []Statement
		points := slices.Concat(s.chosen, s.more)
		slices.SortFunc(points, func(a, b *checkedPoint) int { return a.order - b.order })
		for _, c := range points {
			if c.Part == part {
				list = append(list, s.statements(c, inWritten, c.written)...)
			}
		}
		add(part, Paragraph, list)
	}
	for i, para := range s.hearing.story.paragraphs() {
		part := PartStory
		if i > 0 {
			part = ""
		}
		var list []Statement
		for _, sentence := range para {
			list = append(list, s.ours(PartStory, sentence))
		}
		add(part, Quotation, list)
	}
	add(PartAsk, Paragraph, s.framed(PartAsk, s.audience.Ask[s.position]))
	p.line(Signature, s.speaker)
	p.Closing = "Each citation was checked on " + string(s.today()) + " against the copies named above. Information, not legal advice."
	s.out.written = &p.Document
	s.out.Written = p.plain()
	return all
}

// wholeBill is all that the speaker said of the bill, or the bracket.
func (s *speaker) wholeBill() []Statement {
	if len(s.about.sentences) == 0 {
		return []Statement{s.ours(PartBill, s.blank("about"))}
	}
	return s.sayAbout(s.about.sentences)
}

// scriptDocument is the script to read from: what is said has no footnotes.
func (s *speaker) scriptDocument(paras [][]Statement) *Document {
	p := newPage("Script on " + s.bill)
	p.line(Heading, "Script, "+s.frames.spokenTime(s.out.Words))
	for _, para := range paras {
		said := slices.Clone(para)
		for i := range said {
			said[i].Citations = nil
		}
		p.para(Paragraph, said, nil)
	}
	return &p.Document
}
