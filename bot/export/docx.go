package export

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// word are the parts of a DOCX that are the same in all.
//
//go:embed word
var word embed.FS

const (
	wordNS     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageNS  = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// zipTime is the time of every part: the first that a zip file can say. The
// same document gives the same bytes.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// A packed is a DOCX being made: the body, the footnotes and what they refer
// to.
type packed struct {
	o      *outline
	set    map[int]bool // notes whose footnote has been set
	lists  int          // numbered lists so far
	body   relations
	notes  relations
	marked int // bookmarks so far
}

// docx writes o as ECMA-376 part 1, transitional, as Word writes it.
func docx(o *outline) ([]byte, error) {
	d := &packed{o: o, set: map[int]bool{}}
	for _, part := range []string{"styles", "settings", "numbering", "footnotes", "footer"} {
		target := part + ".xml"
		if part == "footer" {
			target = "footer1.xml"
		}
		d.body.add(relationNS+"/"+part, target, false)
	}
	document, footnotes := d.document(), d.footnotes()
	parts := []struct {
		name string
		data []byte
	}{
		{"[Content_Types].xml", d.fixed("types.xml")},
		{"_rels/.rels", d.fixed("package.rels")},
		{"docProps/core.xml", d.core()},
		{"docProps/app.xml", d.fixed("app.xml")},
		{"word/document.xml", document},
		{"word/_rels/document.xml.rels", d.body.bytes()},
		{"word/footnotes.xml", footnotes},
		{"word/_rels/footnotes.xml.rels", d.notes.bytes()},
		{"word/numbering.xml", d.numbering()},
		{"word/styles.xml", d.styles()},
		{"word/settings.xml", d.fixed("settings.xml")},
		{"word/footer1.xml", d.fixed("footer1.xml")},
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		if len(p.data) == 0 {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: zipTime})
		if err == nil {
			_, err = w.Write(p.data)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// fixed is a part that is in the program. It is empty if there is none, which
// a test would see.
func (d *packed) fixed(name string) []byte {
	data, err := word.ReadFile("word/" + name)
	if err != nil {
		return nil
	}
	return data
}

// styles are those of styles.xml, in the size that is wanted.
func (d *packed) styles() []byte {
	data := d.fixed("styles.xml")
	if !d.o.large {
		return data
	}
	return typeSize.ReplaceAllFunc(data, func(element []byte) []byte {
		m := typeSize.FindSubmatch(element)
		half, err := strconv.Atoi(string(m[2]))
		if err != nil {
			return element
		}
		return fmt.Appendf(nil, `<w:%s w:val="%d"/>`, m[1], int(float64(half)*larger))
	})
}

// larger is how much large type is.
const larger = 4.0 / 3

// typeSize is the size of a style, in half points.
var typeSize = regexp.MustCompile(`<w:(sz|szCs) w:val="(\d+)"/>`)

// core says the title and the language. It has no date: the document has one.
func (d *packed) core() []byte {
	m := newMarkup()
	m.open("cp:coreProperties",
		"xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/")
	m.element("dc:title", d.o.title)
	m.element("dc:language", "en-US")
	m.close("cp:coreProperties")
	return m.Bytes()
}

// The numbering of bullets is list 1; that of the numbered lists, each of
// which begins anew, goes from 2.
const bullets = 1

func (d *packed) numbering() []byte {
	m := newMarkup()
	m.open("w:numbering", "xmlns:w", wordNS)
	for i, level := range []struct{ format, text string }{{"bullet", "•"}, {"decimal", "%1."}} {
		m.open("w:abstractNum", "w:abstractNumId", strconv.Itoa(i))
		m.empty("w:multiLevelType", "w:val", "singleLevel")
		m.open("w:lvl", "w:ilvl", "0")
		m.empty("w:start", "w:val", "1")
		m.empty("w:numFmt", "w:val", level.format)
		m.empty("w:lvlText", "w:val", level.text)
		m.empty("w:lvlJc", "w:val", "left")
		m.open("w:pPr")
		m.empty("w:ind", "w:left", "720", "w:hanging", "360")
		m.close("w:pPr")
		m.close("w:lvl")
		m.close("w:abstractNum")
	}
	m.open("w:num", "w:numId", strconv.Itoa(bullets))
	m.empty("w:abstractNumId", "w:val", "0")
	m.close("w:num")
	for i := range d.lists {
		m.open("w:num", "w:numId", strconv.Itoa(bullets+1+i))
		m.empty("w:abstractNumId", "w:val", "1")
		m.open("w:lvlOverride", "w:ilvl", "0")
		m.empty("w:startOverride", "w:val", "1")
		m.close("w:lvlOverride")
		m.close("w:num")
	}
	m.close("w:numbering")
	return m.Bytes()
}

// relations are what a part refers to.
type relations struct{ list []relation }

type relation struct {
	kind, target string
	outside      bool
}

// add is the id of what it adds.
func (r *relations) add(kind, target string, outside bool) string {
	to := relation{kind, target, outside}
	for i, have := range r.list {
		if have == to {
			return "rId" + strconv.Itoa(i+1)
		}
	}
	r.list = append(r.list, to)
	return "rId" + strconv.Itoa(len(r.list))
}

// bytes is the part that lists them, or nil.
func (r *relations) bytes() []byte {
	if len(r.list) == 0 {
		return nil
	}
	m := newMarkup()
	m.open("Relationships", "xmlns", packageNS)
	for i, to := range r.list {
		attrs := []string{"Id", "rId" + strconv.Itoa(i+1), "Type", to.kind, "Target", to.target}
		if to.outside {
			attrs = append(attrs, "TargetMode", "External")
		}
		m.empty("Relationship", attrs...)
	}
	m.close("Relationships")
	return m.Bytes()
}
