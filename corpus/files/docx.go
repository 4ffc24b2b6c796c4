package files

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
)

// maxDepth is how deep elements of XML may lie in each other.
const maxDepth = 256

// readDOCX reads the body of a Word document: paragraphs, headings by their
// style, tables, footnotes. Text that was deleted under tracked changes is
// left out, text that was inserted is read.
func readDOCX(ctx context.Context, f *os.File, size int64) (*content, error) {
	a, err := openZip(ctx, f, size)
	if err != nil {
		return nil, err
	}
	c := &content{format: "DOCX"}
	styles, err := docxStyles(a)
	if err != nil {
		return nil, err
	}
	body, err := a.read("word/document.xml")
	if err != nil {
		return nil, err
	}
	notes, err := docxNotes(ctx, a)
	if err != nil {
		return nil, err
	}
	d := docxReader{c: c, styles: styles, notes: notes}
	if err := eachElement(ctx, body, d.start, d.text, d.end); err != nil {
		return nil, err
	}
	if d.tracked {
		c.doubts.add("it has tracked changes: it was read as if all were accepted")
	}
	c.title, c.date, err = coreProperties(ctx, a)
	return c, err
}

// eachElement reads XML and calls back for what it holds. Entities that the
// document defines itself are refused, not expanded.
func eachElement(ctx context.Context, data []byte, start func(xml.StartElement), text func([]byte), end func(string)) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("an encoding that is not UTF-8") }
	for depth, n := 0, 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return refuse("its XML is damaged: %v", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return refuse("its XML is nested deeper than %d", maxDepth)
			}
			start(t)
		case xml.EndElement:
			depth--
			end(t.Name.Local)
		case xml.CharData:
			text(t)
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// docxStyles gives the heading level of each paragraph style that has one.
func docxStyles(a *archive) (map[string]int, error) {
	levels := map[string]int{"Title": 1}
	for n := 1; n <= maxLevel; n++ {
		levels["Heading"+strconv.Itoa(n)] = n
	}
	data, err := a.read("word/styles.xml")
	if err != nil || data == nil {
		return levels, err
	}
	id := ""
	err = eachElement(a.ctx, data, func(e xml.StartElement) {
		switch e.Name.Local {
		case "style":
			id = attr(e, "styleId")
		case "name":
			if n, ok := strings.CutPrefix(strings.ToLower(attr(e, "val")), "heading "); ok {
				if level, err := strconv.Atoi(n); err == nil && level >= 1 {
					levels[id] = min(level, maxLevel)
				}
			}
		case "outlineLvl":
			if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
				levels[id] = min(n+1, maxLevel)
			}
		}
	}, func([]byte) {}, func(string) {})
	return levels, err
}

// docxNotes are the footnotes by their ids.
func docxNotes(ctx context.Context, a *archive) (map[string]string, error) {
	data, err := a.read("word/footnotes.xml")
	if err != nil || data == nil {
		return nil, err
	}
	notes := map[string]string{}
	id, inT := "", false
	err = eachElement(ctx, data, func(e xml.StartElement) {
		switch e.Name.Local {
		case "footnote":
			if id = attr(e, "id"); attr(e, "type") != "" {
				id = "" // a separator
			}
		case "p", "tab", "br":
			notes[id] += " "
		case "t":
			inT = true
		}
	}, func(b []byte) {
		if inT {
			notes[id] += string(b)
		}
	}, func(name string) { inT = inT && name != "t" })
	delete(notes, "")
	return notes, err
}

// A docxReader makes blocks of WordprocessingML.
type docxReader struct {
	c       *content
	styles  map[string]int
	notes   map[string]string // footnotes by id
	cited   []string          // ids of those that the open paragraph names
	tracked bool

	para  strings.Builder
	level int
	inT   bool
	rows  int // tables open
	cell  []string
	cells []string
}

func (d *docxReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		d.level = 0
	case "pStyle":
		d.level = d.styles[attr(e, "val")]
	case "outlineLvl":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
			d.level = min(n+1, maxLevel)
		}
	case "t":
		d.inT = true
	case "tab", "br", "cr":
		d.para.WriteByte(' ')
	case "noBreakHyphen":
		d.para.WriteByte('-')
	case "ins", "del":
		d.tracked = true
	case "tbl":
		if d.rows++; d.rows == 1 {
			d.c.tables++
		}
	case "tr":
		if d.rows == 1 {
			d.cells = nil
		}
	case "footnoteReference":
		d.cited = append(d.cited, attr(e, "id"))
	}
}

func (d *docxReader) text(b []byte) {
	if d.inT {
		d.para.Write(b)
	}
}

func (d *docxReader) end(name string) {
	switch name {
	case "t":
		d.inT = false
	case "p":
		text := strings.Join(strings.Fields(d.para.String()), " ")
		d.para.Reset()
		switch {
		case text == "":
		case d.rows > 0:
			d.cell = append(d.cell, text)
		case d.level > 0:
			d.c.blocks = append(d.c.blocks, block{kind: heading, level: d.level, text: text})
		default:
			d.c.blocks = append(d.c.blocks, block{kind: prose, text: text})
		}
		if d.rows == 0 {
			d.putNotes()
		}
	case "tc":
		if d.rows == 1 && len(d.cells) < maxColumns {
			d.cells = append(d.cells, strings.Join(d.cell, " "))
			d.cell = nil
		}
	case "tr":
		if line := strings.Join(d.cells, " | "); d.rows == 1 && strings.Trim(line, " |") != "" {
			d.c.blocks = append(d.c.blocks, block{kind: row, text: line})
		}
	case "tbl":
		if d.rows = max(0, d.rows-1); d.rows == 0 {
			d.putNotes()
		}
	}
}

// putNotes puts the footnotes after the paragraph or table that names them.
func (d *docxReader) putNotes() {
	for _, id := range d.cited {
		if text := strings.Join(strings.Fields(d.notes[id]), " "); text != "" {
			d.c.blocks = append(d.c.blocks, block{kind: note, text: text})
		}
	}
	d.cited = nil
}

// coreProperties are the title and the day that a document says of itself.
func coreProperties(ctx context.Context, a *archive) (title, date string, err error) {
	data, err := a.read("docProps/core.xml")
	if err != nil || data == nil {
		return "", "", err
	}
	in := ""
	err = eachElement(ctx, data, func(e xml.StartElement) { in = e.Name.Local }, func(b []byte) {
		switch in {
		case "title":
			title += string(b)
		case "modified":
			date += string(b)
		}
	}, func(string) { in = "" })
	if len(date) > 10 {
		date = date[:10]
	}
	return strings.TrimSpace(title), date, err
}
