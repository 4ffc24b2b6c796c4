package files

import (
	"bytes"
	"context"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// decodeHTML makes text of a page in the encoding that it says.
func decodeHTML(data []byte) (text string, guessed bool, err error) {
	enc, name, _ := charset.DetermineEncoding(data, "")
	said := bytes.Contains(bytes.ToLower(data[:min(len(data), 1024)]), []byte("charset"))
	if !said || name == "utf-8" {
		return decode(data)
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", false, refuse("its letters are not %s, as it says: %v", name, err)
	}
	return string(out), false, nil
}

func readHTML(ctx context.Context, text string) (*content, error) {
	c := &content{format: "HTML"}
	w := htmlReader{c: c}
	if err := w.read(ctx, text); err != nil {
		return nil, err
	}
	w.pages()
	return c, nil
}

// An htmlReader makes blocks of the tokens of one or more pages of HTML. It
// builds no tree, so no nesting is too deep for it.
type htmlReader struct {
	c       *content
	text    strings.Builder
	cells   []string // of the row that is open; nil outside
	level   int      // of the heading that is open
	note    bool
	skip    int // open elements whose text is not the document's
	skipped atom.Atom
	inTitle bool
	labels  []string // pages, in EPUB's own marks
}

// What is not the words of a document, and what ends a paragraph.
var (
	notWords = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Nav: true, atom.Template: true, atom.Noscript: true, atom.Svg: true,
		atom.Iframe: true, atom.Textarea: true, atom.Select: true, atom.Button: true, atom.Math: true, atom.Object: true}
	blocksHTML = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
		atom.Blockquote: true, atom.Pre: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Header: true, atom.Footer: true,
		atom.Aside: true, atom.Figure: true, atom.Figcaption: true, atom.Table: true, atom.Body: true, atom.Hr: true, atom.Caption: true,
		atom.Thead: true, atom.Tbody: true, atom.Tfoot: true, atom.Form: true, atom.Fieldset: true, atom.Address: true, atom.Details: true, atom.Summary: true}
	levels = map[atom.Atom]int{atom.H1: 1, atom.H2: 2, atom.H3: 3, atom.H4: 4, atom.H5: 5, atom.H6: 6}
)

func (w *htmlReader) read(ctx context.Context, text string) error {
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(8 << 20)
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch z.Next() {
		case html.ErrorToken:
			w.flush()
			if z.Err() == html.ErrBufferExceeded {
				return refuse("a single mark in its HTML is larger than 8 MB")
			}
			return nil
		case html.TextToken:
			if w.inTitle {
				w.c.title += string(z.Text())
			} else if w.skip == 0 {
				w.text.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z.Token())
		case html.EndTagToken:
			w.end(z.Token().DataAtom)
		}
	}
}

func (w *htmlReader) start(t html.Token) {
	closes := t.Type == html.SelfClosingTagToken
	switch tag := t.DataAtom; {
	case w.skip > 0:
		if tag == w.skipped && !closes {
			w.skip++
		}
	case notWords[tag]:
		if !closes {
			w.skip, w.skipped = 1, tag
		}
	case tag == atom.Title:
		w.inTitle = !closes && w.c.title == ""
	case levels[tag] > 0:
		w.flush()
		w.level = levels[tag]
	case tag == atom.Tr:
		w.flush()
		w.cells = []string{}
	case tag == atom.Td, tag == atom.Th:
		w.cell()
	case tag == atom.Br:
		w.text.WriteByte(' ')
	case blocksHTML[tag]:
		if w.cells != nil {
			w.text.WriteByte(' ')
		} else {
			w.flush()
		}
		if tag == atom.Table {
			w.c.tables++
		}
	}
	if w.skip == 0 {
		w.marks(t)
	}
}

// marks reads what attributes say: pages of the print edition, notes.
func (w *htmlReader) marks(t html.Token) {
	var kind, name string
	for _, a := range t.Attr {
		switch a.Key {
		case "epub:type", "role":
			kind += " " + a.Val
		case "title", "aria-label":
			name = strings.TrimSpace(a.Val)
		}
	}
	switch {
	case strings.Contains(kind, "pagebreak") && pageLabel.MatchString(name):
		if w.cells == nil {
			w.flush()
		}
		w.labels = append(w.labels, name)
	case strings.Contains(kind, "footnote") || strings.Contains(kind, "endnote"):
		w.note = true
	}
}

func (w *htmlReader) end(tag atom.Atom) {
	switch {
	case w.skip > 0:
		if tag == w.skipped {
			w.skip--
		}
	case tag == atom.Title:
		w.inTitle = false
	case tag == atom.Td, tag == atom.Th:
		w.cell()
	case tag == atom.Tr:
		w.cell()
		if line := strings.Join(w.cells, " | "); strings.Trim(line, " |") != "" {
			w.put(block{kind: row, text: line})
		}
		w.cells = nil
	case levels[tag] > 0:
		w.flush()
		w.level = 0
	case blocksHTML[tag]:
		if w.cells == nil || tag == atom.Table {
			w.flush()
			w.cells = nil
		}
		w.note = w.note && tag != atom.Aside && tag != atom.Li && tag != atom.Div
	}
}

// cell closes the cell that is open, if it says anything or is one at all.
func (w *htmlReader) cell() {
	text := strings.Join(strings.Fields(w.text.String()), " ")
	w.text.Reset()
	if w.cells != nil && text != "" && len(w.cells) < maxColumns {
		w.cells = append(w.cells, text)
	}
}

// flush makes a block of the text that is open.
func (w *htmlReader) flush() {
	text := strings.Join(strings.Fields(w.text.String()), " ")
	w.text.Reset()
	b := block{kind: prose, text: text}
	switch {
	case text == "":
		return
	case w.level > 0:
		b.kind, b.level = heading, w.level
	case w.note:
		b.kind = note
	}
	w.put(b)
}

func (w *htmlReader) put(b block) {
	b.page = len(w.labels)
	w.c.blocks = append(w.c.blocks, b)
}

// pages gives the content its pages, if each mark names another one and
// nothing of substance stands before the first.
func (w *htmlReader) pages() {
	w.c.title = strings.Join(strings.Fields(w.c.title), " ")
	seen := map[string]bool{}
	for _, l := range w.labels {
		if seen[l] || len(w.labels) > MaxPages {
			w.labels = nil
			w.c.doubts.add("its page marks name page %s twice, so places are named by headings", l)
			break
		}
		seen[l] = true
	}
	for i := range w.c.blocks {
		if len(w.labels) == 0 {
			w.c.blocks[i].page = 0
		}
	}
	w.c.pages, w.c.labels = len(w.labels), w.labels
}
