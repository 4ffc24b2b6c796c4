package files

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// holds fails unless what was read of a file is a refusal, or a source whose
// every passage can be cited.
func holds(t *testing.T, c *content, err error) {
	t.Helper()
	if err != nil {
		return
	}
	s, r, err := build(c, origin{name: "fuzz", hash: strings.Repeat("0", 64)}, Options{Scope: "machine", Now: time.Unix(0, 0)})
	if err != nil {
		return
	}
	citable(t, s)
	words := 0
	for _, p := range s.Passages {
		if !utf8.ValidString(p.Text) {
			t.Errorf("%q is no text", p.Text)
		}
		words += len(strings.Fields(p.Text))
	}
	if words != r.Words || len(r.Sections) > maxSections || len(r.Doubts) > maxDoubts+1 {
		t.Errorf("%d words, report %+v", words, r)
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("SAMPLE\n\nA sentence.\n\n1.1 Part\n\fNext page\n\nUnder\n=====\n")
	f.Fuzz(func(t *testing.T, text string) {
		text, _, err := decode([]byte(text))
		if err != nil {
			return
		}
		c, err := readPlain(t.Context(), text)
		holds(t, c, err)
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add("---\na: b\n---\n# One\n\n> quoted\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]\n\n[^1]: note\n")
	f.Fuzz(func(t *testing.T, text string) {
		text, _, err := decode([]byte(text))
		if err != nil {
			return
		}
		c, err := readMarkdown(t.Context(), text)
		holds(t, c, err)
	})
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<title>x</title><h1>a</h1><table><tr><td>b<td>c</table><p>d<span epub:type="pagebreak" title="4"/>e<script>no</script>`))
	f.Add([]byte("<meta charset=shift_jis><p>\x82\xa0"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _, err := decodeHTML(data)
		if err != nil {
			return
		}
		c, err := readHTML(t.Context(), text)
		holds(t, c, err)
	})
}

func FuzzCSV(f *testing.F) {
	f.Add("a,b\n\"c,\",d\n")
	f.Add("a;b\nc;d;e\n")
	f.Fuzz(func(t *testing.T, text string) {
		text, _, err := decode([]byte(text))
		if err != nil {
			return
		}
		c, err := readCSV(t.Context(), text)
		holds(t, c, err)
	})
}

// zipped reads parts as a file of an archive.
func zipped(t *testing.T, read func(context.Context, *os.File, int64) (*content, error), data []byte) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "fuzz.zip")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := read(t.Context(), f, int64(len(data)))
	holds(t, c, err)
}

func FuzzDOCX(f *testing.F) {
	f.Add(`<d><p><pPr><pStyle val="Heading1"/></pPr><t>a</t></p><tbl><tr><tc><p><t>b</t></p></tc></tr></tbl><p><t>c</t><footnoteReference id="2"/></p></d>`, `<s><style styleId="x"><name val="heading 3"/></style></s>`, `<n><footnote id="2"><p><t>d</t></p></footnote></n>`)
	f.Fuzz(func(t *testing.T, body, styles, notes string) {
		zipped(t, readDOCX, archiveOf("word/document.xml", body, "word/styles.xml", styles, "word/footnotes.xml", notes, "docProps/core.xml", styles))
	})
}

func FuzzEPUB(f *testing.F) {
	f.Add(`<c><rootfile full-path="a.opf"/></c>`, `<p><title>t</title><manifest><item id="a" href="a.html" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></p>`, `<h1>a</h1><p>b</p>`)
	f.Fuzz(func(t *testing.T, container, book, page string) {
		zipped(t, readEPUB, archiveOf("META-INF/container.xml", container, "a.opf", book, "a.html", page))
	})
}

func FuzzZip(f *testing.F) {
	f.Add(archiveOf("word/document.xml", "<p><t>a</t></p>"))
	f.Fuzz(func(t *testing.T, data []byte) { zipped(t, readDOCX, data) })
}

// FuzzWorkerOutput lays out whatever a worker might say.
func FuzzWorkerOutput(f *testing.F) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.Encode(document{Pages: 2, Title: "Sample", Outline: []bookmark{{"Head", 1, 1}}})
	enc.Encode(page{Number: 1, Label: "i", Width: 612, Height: 792, Words: set("Head and some words that make a line or two of text", 72, 90, 200, 11)})
	enc.Encode(page{Number: 2, Label: "1", Width: 612, Height: 792, Pictures: 1})
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, pages, err := hear(bytes.NewReader(data), nil)
		if err != nil {
			return
		}
		holds(t, layOut(doc, pages), nil)
	})
}

// FuzzPDF gives PDFium itself what it has not seen. Each try is a process.
func FuzzPDF(f *testing.F) {
	f.Add(fullManual(3).bytes())
	f.Add(onePageForFuzz())
	f.Fuzz(func(t *testing.T, data []byte) {
		s, _, err := readBytes(t, "fuzz.pdf", append([]byte("%PDF-1.4\n"), data...))
		if err == nil {
			citable(t, s)
		}
	})
}

func onePageForFuzz() []byte { return written(turned(90)) }
