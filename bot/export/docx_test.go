package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestDOCX reads files back and finds what the document says: paragraphs in
// their styles, blanks, marks and notes.
func TestDOCX(t *testing.T) {
	t.Parallel()
	for name, d := range samples() {
		if checkDOCX(t, d); t.Failed() {
			t.Fatalf("%s", name)
		}
	}
	eachRandom(t, checkDOCX)
}

// wordStyles are the styles that a kind may have.
var wordStyles = map[bot.BlockKind][]string{
	bot.Sender: {"SenderName", "Sender"}, bot.Dateline: {"Date"}, bot.Address: {"Address"}, bot.Reference: {"Reference"},
	bot.Heading: {"Heading1"}, bot.Paragraph: {"BodyText"}, bot.Quotation: {"Quote"}, bot.Item: {"ListBullet"},
	bot.Numbered: {"ListNumber"}, bot.Signature: {"Signature"}, theEnclosures: {"Heading1"}, anEnclosure: {"ListNumber"},
	theClosing: {"Closing"}, anExhibit: {"Heading1"}, exhibitText: {"Subtitle", "Status", "BodyText"},
	exhibitAddress: {"Status"},
}

func checkDOCX(t *testing.T, d *bot.Document) {
	t.Helper()
	got := read(t, write(t, d, DOCX))
	checkPackage(t, got)
	if is := bytes.Contains(got.parts["word/styles.xml"], []byte(`<w:sz w:val="32"/>`)); is != d.Large {
		t.Errorf("large type: %v, want %v", is, d.Large)
	}
	core := map[string]string{}
	each(t, got.parts["docProps/core.xml"], func(n xml.StartElement, text string, end bool) { core[n.Name.Local] = text })
	if title, ok := core["title"]; !ok || title != oneLine(clean(d.Title)) || core["language"] != "en-US" {
		t.Errorf("properties %q", core)
	}
	want := expect(d)
	if len(want) == 0 {
		want = []expected{{}}
	}
	if len(got.paragraphs) != len(want) {
		t.Fatalf("%d paragraphs, want %d", len(got.paragraphs), len(want))
	}
	lists := map[string]bool{}
	for i, w := range want {
		g := got.paragraphs[i]
		if g.text != w.text || squeezed(g.blanks) != squeezed(w.blanks) {
			t.Errorf("paragraph %d: %q with the blanks %q, want %q with %q", i, g.text, g.blanks, w.text, w.blanks)
		}
		if w.kind != "" && !slices.Contains(wordStyles[w.kind], g.style) {
			t.Errorf("paragraph %d, a %s, has the style %q", i, w.kind, g.style)
		}
		if g.newPage != (w.kind == anExhibit) {
			t.Errorf("paragraph %d, a %s: new page %v", i, w.kind, g.newPage)
		}
		if signs := i+1 < len(want) && want[i+1].kind == bot.Signature && w.kind != bot.Signature; g.keep != signs {
			t.Errorf("paragraph %d, a %s, is kept with the next: %v", i, w.kind, g.keep)
		}
		goesOn := i > 0 && want[i-1].kind == w.kind
		switch w.kind {
		case bot.Item:
			if g.list != strconv.Itoa(bullets) {
				t.Errorf("item in the list %q", g.list)
			}
		case bot.Numbered, anEnclosure:
			if lists[g.list] != goesOn || g.list == "" || g.list == strconv.Itoa(bullets) {
				t.Errorf("paragraph %d in the list %q, which goes on: %v", i, g.list, goesOn)
			}
			lists[g.list] = true
		default:
			if g.list != "" {
				t.Errorf("paragraph %d, a %s, in a list", i, w.kind)
			}
		}
		if len(g.marks) != len(w.marks) {
			t.Fatalf("paragraph %d has the marks %v, want %v", i, g.marks, w.marks)
		}
		for j, id := range g.marks {
			note := got.notes[id]
			if n := d.Notes[w.marks[j]-1]; note.text != noteText(n) || note.link != link(oneLine(clean(n.URL))) {
				t.Errorf("note %d: %q to %q, want %q", id, note.text, note.link, noteText(n))
			}
		}
	}
	if cited := citedNotes(d); len(got.notes) != len(cited) {
		t.Errorf("%d notes, want %d", len(got.notes), len(cited))
	}
}

// A docxFile is what the test reads of a DOCX.
type docxFile struct {
	parts      map[string][]byte
	order      []string
	paragraphs []docxParagraph
	notes      map[int]docxNote
}

type docxParagraph struct {
	style, text, blanks, list string
	marks                     []int // ids of footnotes
	newPage, keep             bool
}

type docxNote struct{ text, link string }

func read(t *testing.T, data []byte) *docxFile {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f := &docxFile{parts: map[string][]byte{}, notes: map[int]docxNote{}}
	for _, e := range z.File {
		if !e.Modified.Equal(zipTime) {
			t.Errorf("%s is of %v", e.Name, e.Modified)
		}
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		if f.parts[e.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		f.order = append(f.order, e.Name)
	}
	f.paragraphs, _ = f.walk(t, "word/document.xml")
	_, f.notes = f.walk(t, "word/footnotes.xml")
	return f
}

// walk reads the paragraphs of a part, and its footnotes.
func (f *docxFile) walk(t *testing.T, name string) ([]docxParagraph, map[int]docxNote) {
	t.Helper()
	var out []docxParagraph
	notes := map[int]docxNote{}
	targets := f.targets(t, name)
	var p *docxParagraph
	var superscript, blank, field bool
	id, to := 0, ""
	each(t, f.parts[name], func(n xml.StartElement, text string, end bool) {
		at := func(local string) string { return attr(n, local) }
		switch n.Name.Local {
		case "p":
			if end {
				if field {
					t.Errorf("%s: a field does not end in %q", name, p.text)
				}
				if strings.HasSuffix(name, "footnotes.xml") && id > 0 {
					notes[id] = docxNote{strings.TrimPrefix(p.text, " "), to}
				}
				out = append(out, *p)
				return
			}
			p = &docxParagraph{}
		case "footnote":
			id, _ = strconv.Atoi(at("id"))
			to = ""
		case "pStyle":
			p.style = at("val")
		case "numId":
			p.list = at("val")
		case "keepNext":
			p.keep = at("val") != "0"
		case "pageBreakBefore":
			p.newPage = true
		case "hyperlink":
			if to = targets[at("id")]; to == "" {
				t.Errorf("%s: a link to nowhere", name)
			}
		case "r":
			superscript, blank = false, false
		case "rStyle":
			superscript = at("val") == "FootnoteReference"
		case "highlight":
			blank = at("val") == "yellow"
		case "fldChar":
			field = at("fldCharType") != "end"
		case "br":
			if !end {
				p.text += "\n"
			}
		case "footnoteReference":
			if !end {
				n, _ := strconv.Atoi(at("id"))
				p.marks = append(p.marks, n)
			}
		case "instrText":
			if end {
				var n int
				n, _ = strconv.Atoi(strings.TrimPrefix(strings.Fields(text)[1], "Note"))
				p.marks = append(p.marks, n)
			}
		case "t":
			if end && !superscript && !field {
				p.text += text
				if blank {
					p.blanks += text
				}
			}
		}
	})
	return out, notes
}

// targets are the addresses outside that a part refers to, by id.
func (f *docxFile) targets(t *testing.T, name string) map[string]string {
	t.Helper()
	out := map[string]string{}
	rels, ok := f.parts[path.Dir(name)+"/_rels/"+path.Base(name)+".rels"]
	if !ok {
		return out
	}
	each(t, rels, func(n xml.StartElement, _ string, end bool) {
		if n.Name.Local == "Relationship" && !end {
			out[attr(n, "Id")] = attr(n, "Target")
		}
	})
	return out
}

// each calls do at the start and the end of every element; at the end with
// the text in it.
func each(t *testing.T, data []byte, do func(n xml.StartElement, text string, end bool)) {
	t.Helper()
	var open []xml.StartElement
	var text string
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in %.300s", err, data)
		}
		switch n := token.(type) {
		case xml.StartElement:
			open = append(open, n.Copy())
			text = ""
			do(n, "", false)
		case xml.CharData:
			text += string(n)
		case xml.EndElement:
			do(open[len(open)-1], text, true)
			open = open[:len(open)-1]
			text = ""
		}
	}
	if len(open) > 0 {
		t.Fatal("an element is not closed")
	}
}

func attr(n xml.StartElement, local string) string {
	for _, a := range n.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
