package official

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// An element is one of USLM, with its words and children in order.
type element struct {
	name  string
	attrs map[string]string
	kids  []any // string or *element
}

// maxDepth bounds how deeply elements may nest; the Code's deepest, of those
// read, has 11.
const maxDepth = 40

var (
	usPath   = regexp.MustCompile(`^/us/usc/t(\d+[a-z]?)/s([^/]+)$`)
	usDate   = regexp.MustCompile(`\b((?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\. \d{1,2}, \d{4}|(?:May|June|July) \d{1,2}, \d{4})`)
	pubLaw   = regexp.MustCompile(`Pub\. L\. \d+-\d+`)
	levels   = []string{"subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem"}
	usStatus = map[string]string{"repealed": corpus.Repealed, "omitted": corpus.Repealed, "transferred": corpus.Superseded, "renumbered": corpus.Superseded}
)

// parseUSLM reads one section of the United States Code in the markup that
// the Office of the Law Revision Counsel publishes.
func parseUSLM(p Page) ([]Parsed, error) {
	section, err := readSection(p.Body)
	if err != nil {
		return nil, err
	}
	parsed, err := uslmSection(p, section)
	if err != nil {
		return nil, err
	}
	return []Parsed{parsed}, nil
}

// readSection finds the one section element of a document.
func readSection(body []byte) (*element, error) {
	if i := bytes.Index(body, []byte("<?xml")); i > 0 { // a comment with the address may stand before it
		body = body[i:]
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	for {
		tok, err := d.Token()
		if err != nil {
			return nil, layout("no section element: %v", err)
		}
		if start, ok := tok.(xml.StartElement); ok {
			if start.Name.Local == "section" && usPath.MatchString(attrOf(start, "identifier")) {
				return readElement(d, start, 0)
			}
			if strings.EqualFold(start.Name.Local, "html") {
				return nil, fmt.Errorf("%w: a web page where XML was expected", ErrNotFound)
			}
		}
	}
}

func attrOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func readElement(d *xml.Decoder, start xml.StartElement, depth int) (*element, error) {
	if depth > maxDepth {
		return nil, layout("elements nest more than %d deep", maxDepth)
	}
	e := &element{name: start.Name.Local, attrs: map[string]string{}}
	for _, a := range start.Attr {
		e.attrs[a.Name.Local] = a.Value
	}
	for {
		tok, err := d.Token()
		if err != nil {
			return nil, layout("the element %s is not closed: %v", e.name, err)
		}
		switch t := tok.(type) {
		case xml.EndElement:
			return e, nil
		case xml.CharData:
			e.kids = append(e.kids, string(t))
		case xml.StartElement:
			kid, err := readElement(d, t, depth+1)
			if err != nil {
				return nil, err
			}
			e.kids = append(e.kids, kid)
		}
	}
}

func (e *element) child(name string) *element {
	for _, k := range e.kids {
		if c, ok := k.(*element); ok && c.name == name {
			return c
		}
	}
	return nil
}

// words is the text of e, without footnotes and their marks.
func (e *element) words() string {
	var b strings.Builder
	e.write(&b)
	return squeeze(dashes.Replace(b.String()))
}

func (e *element) write(b *strings.Builder) {
	if e.name == "note" && e.attrs["type"] == "footnote" || e.name == "ref" && e.attrs["class"] == "footnoteRef" {
		return
	}
	for _, k := range e.kids {
		switch k := k.(type) {
		case string:
			b.WriteString(k)
		case *element:
			if k.name == "p" || k.name == "row" || k.name == "td" {
				b.WriteByte(' ')
			}
			k.write(b)
		}
	}
}

// dashes makes the en dash of the Code's numbers and citations a hyphen.
var dashes = strings.NewReplacer("–", "-")

func uslmSection(p Page, e *element) (Parsed, error) {
	m := usPath.FindStringSubmatch(e.attrs["identifier"])
	number := strings.ReplaceAll(m[2], "–", "-")
	cite, err := citation.Parse(m[1] + " U.S.C. " + number)
	if err != nil || cite.Pin != "" {
		return Parsed{}, layout("%q is no section of the Code", e.attrs["identifier"])
	}
	if asked, ok := uscCite(p.URL); ok && asked != cite {
		return Parsed{}, layout("%s was asked for, and the document holds %s", asked, cite)
	}
	heading, num := e.child("heading"), e.child("num")
	if heading == nil || num == nil || !strings.Contains(dashes.Replace(num.words()), number) {
		return Parsed{}, layout("%s has no number and heading of its own", cite)
	}
	out := &uslm{title: heading.words(), at: map[citation.Pinpoint]bool{}}
	out.passages = []corpus.Passage{{Heading: out.title}}
	if err := out.walk(e, "", 0); err != nil {
		return Parsed{}, fmt.Errorf("%w of %s", err, cite)
	}
	s := text(p, cite, out.title, out.passages)
	if credit := e.child("sourceCredit"); credit != nil {
		s.Capture.History = strings.Trim(credit.words(), "()")
	}
	if status := usStatus[e.attrs["status"]]; status != "" {
		return ended(p, s, status, e), nil
	}
	if s.Capture.History == "" {
		return Parsed{}, layout("%s has no source credit after its text: the document may be cut off", cite)
	}
	s.Capture.Notes = notesOf(e)
	s.Capture.Effective = actEffective(s.Capture.History, s.Capture.Notes)
	return Parsed{Source: s}, nil
}

// ended is what is kept of a section that is no law any more.
func ended(p Page, s *corpus.Source, status string, e *element) Parsed {
	s.Status, s.Passages = status, nil
	s.Capture.Notes = notesOf(e)
	s.Capture.Effective = latestDate(s.Capture.History)
	if status == corpus.Superseded {
		for _, f := range citation.Find(strings.Join(append([]string{s.Title}, s.Capture.Notes...), "\n")) {
			if f.Err == nil && f.Citation.System == citation.USC && f.Citation.Base() != s.Cite {
				s.SupersededBy = f.Citation
				return Parsed{Source: s}
			}
		}
		s.Status = corpus.Repealed
	}
	return Parsed{Source: s}
}

// uslm collects the passages of a section.
type uslm struct {
	title    string
	passages []corpus.Passage
	at       map[citation.Pinpoint]bool
}

// walk adds the words at e to the passage of pin, number n, and those of its
// inner levels to passages of their own.
func (u *uslm) walk(e *element, pin citation.Pinpoint, n int) error {
	for _, k := range e.kids {
		c, ok := k.(*element)
		switch {
		case !ok:
			if t := squeeze(k.(string)); t != "" {
				u.add(n, t)
			}
		case c.name == "num" || c.name == "sourceCredit" || c.name == "notes" || c.name == "note" || c.name == "toc":
		case c.name == "heading":
			if pin != "" {
				u.passages[n].Heading = c.words()
			}
		case isLevel(c.name):
			if err := u.level(c, pin, n); err != nil {
				return err
			}
		case hasLevel(c):
			if err := u.walk(c, pin, n); err != nil {
				return err
			}
		default:
			u.add(n, c.words())
		}
	}
	return nil
}

// add appends words to passage n. What comes after inner levels is set apart
// by an ellipsis: no quotation may run across the words of those.
func (u *uslm) add(n int, words string) {
	if words = squeeze(words); words == "" {
		return
	}
	text := u.passages[n].Text
	if text != "" && n != len(u.passages)-1 {
		text += "\n…"
	}
	u.passages[n].Text = strings.TrimPrefix(text+"\n"+words, "\n")
}

func (u *uslm) level(e *element, parent citation.Pinpoint, at int) error {
	num := e.child("num")
	if num == nil || num.attrs["value"] == "" {
		return u.walk(e, parent, at) // an undesignated paragraph belongs to its parent
	}
	value := num.attrs["value"]
	pin := parent + citation.Pinpoint("("+value+")")
	switch {
	case !labelValue.MatchString(value):
		return layout("%q is no label", value)
	case u.at[pin]:
		return layout("%s is there twice", pin)
	case !strings.Contains(num.words(), value):
		return layout("%s is numbered %q", pin, num.words())
	}
	u.at[pin] = true
	lead, _, _ := strings.Cut(u.passages[at].Text, "\n")
	heading := u.title
	u.passages = append(u.passages, corpus.Passage{Pin: pin, Heading: heading, Context: strings.TrimSpace(u.title + "\n" + u.passages[at].Heading + "\n" + lead)})
	return u.walk(e, pin, len(u.passages)-1)
}

var labelValue = regexp.MustCompile(`^[0-9A-Za-z]{1,6}$`)

func isLevel(name string) bool {
	for _, l := range levels {
		if l == name {
			return true
		}
	}
	return false
}

// hasLevel reports whether there is a level inside e.
func hasLevel(e *element) bool {
	for _, k := range e.kids {
		if c, ok := k.(*element); ok && (isLevel(c.name) || hasLevel(c)) {
			return true
		}
	}
	return false
}

// notesOf are the notes after a section, each with its heading.
func notesOf(e *element) []string {
	out := []string{}
	notes := e.child("notes")
	if notes == nil {
		return out
	}
	for _, k := range notes.kids {
		if c, ok := k.(*element); ok && c.name == "note" && c.attrs["role"] != "crossHeading" {
			h := c.child("heading")
			head := ""
			if h != nil {
				head = h.words()
			}
			out = append(out, squeeze(head+": "+strings.TrimPrefix(c.words(), head)))
		}
	}
	return out
}

// actEffective is when the newest law of a source credit took effect: the
// latest date that an effective-date note gives with that law's number, and
// not before the law was approved.
func actEffective(credit string, notes []string) corpus.Date {
	day := latestDate(credit)
	laws := pubLaw.FindAllString(credit, -1)
	if len(laws) == 0 {
		return day
	}
	for _, note := range notes {
		if strings.HasPrefix(note, "Effective Date") && strings.Contains(note, laws[len(laws)-1]) {
			day = max(day, latestDate(note))
		}
	}
	return day
}

func latestDate(s string) corpus.Date {
	var day corpus.Date
	for _, m := range usDate.FindAllString(s, -1) {
		day = max(day, parseDay(strings.Replace(m, "Sept.", "Sep.", 1)))
	}
	return day
}

var uscView = regexp.MustCompile(`granuleid:USC-prelim-title(\d+[a-z]?)-section([0-9A-Za-z-]+)`)

// uscCite is the section that an address of uscode.house.gov asks for.
func uscCite(url string) (citation.Citation, bool) {
	m := uscView.FindStringSubmatch(url)
	if m == nil {
		return citation.Citation{}, false
	}
	c, err := citation.Parse(m[1] + " U.S.C. " + m[2])
	return c, err == nil
}
