// Package export writes a bot.Document as a file that can be sent: DOCX, PDF,
// Markdown or plain text. All four carry the same words in the same order, and
// the same document gives the same bytes.
//
// The DOCX writer is our own: of the Go libraries, gomutex/godocx and
// fumiama/go-docx write no footnotes, and unidoc/unioffice, which does, has to
// be licensed. It is small, because a letter needs few parts of ECMA-376, and
// half of them never change.
//
// The PDF is laid out here, line by line, because its notes stand at the foot
// of the page that cites them; carlos7ags/folio writes the file, its structure
// tree and its fonts. Letters that the font does not have, and those of scripts
// that run from right to left, are drawn as a box and remain in the text.
package export

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/everycategory/advocate/bot"
)

// A Format is a kind of file. The zero value is none.
type Format string

// The formats that Write knows.
const (
	DOCX     Format = "docx"
	PDF      Format = "pdf"
	Markdown Format = "md"
	Text     Format = "txt"
)

// Formats are all of them, the usual one first.
func Formats() []Format { return []Format{DOCX, PDF, Markdown, Text} }

// FormatOf tells the format from the ending of a file's name. The error is a
// sentence for the person who typed the name.
func FormatOf(name string) (Format, error) {
	ending := strings.ToLower(path.Ext(name))
	for _, f := range Formats() {
		if ending == f.Ext() {
			return f, nil
		}
	}
	if ending == "" {
		return "", fmt.Errorf("%q has no ending: give it .docx, .pdf, .md or .txt", name)
	}
	return "", fmt.Errorf("%q ends in %s, which is not written: use .docx, .pdf, .md or .txt", name, ending)
}

// Ext is the ending of f's files, with its dot.
func (f Format) Ext() string { return "." + string(f) }

// MediaType is what HTTP calls f.
func (f Format) MediaType() string {
	switch f {
	case DOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case PDF:
		return "application/pdf"
	case Markdown:
		return "text/markdown; charset=utf-8"
	case Text:
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

// Write writes d in the format f. Control characters, invisible characters and
// those that turn the direction of the text are left out, the rest is written
// in Unicode's form C. A blank gets square brackets where it has none. Notes
// are numbered in the order of their first marks, which is the order they have
// in a Document as it is meant; a note without a mark is left out. A mark
// without a note, a kind of block that is not known and a format that is none
// are errors, and then nothing is written.
func Write(w io.Writer, d *bot.Document, f Format) error {
	write := map[Format]func(*outline) ([]byte, error){
		DOCX: docx, PDF: pdf, Markdown: markdown, Text: text,
	}[f]
	switch {
	case write == nil:
		return fmt.Errorf("export: there is no format %q", string(f))
	case d == nil:
		return fmt.Errorf("export: there is no document")
	}
	o, err := newOutline(d)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	data, err := write(o)
	if err != nil {
		return fmt.Errorf("export: %s: %w", f, err)
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("export: %s: %w", f, err)
	}
	return nil
}
