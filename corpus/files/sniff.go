package files

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A fileKind is a format that is read.
type fileKind int

const (
	isText fileKind = iota
	isMarkdown
	isHTML
	isCSV
	isPDF
	isDOCX
	isEPUB
)

// magic tells formats that are not read by their first bytes, whatever the
// file is called.
var magic = []struct{ start, what string }{
	{"\x89PNG", "a PNG picture"}, {"\xff\xd8\xff", "a JPEG picture"}, {"GIF8", "a GIF picture"}, {"II*\x00", "a TIFF picture"}, {"MM\x00*", "a TIFF picture"},
	{"RIFF", "a media file"}, {"\x7fELF", "a program"}, {"MZ", "a program"}, {"\x1f\x8b", "a gzip archive: unpack it first"},
	{"Rar!", "a RAR archive: unpack it first"}, {"7z\xbc\xaf", "a 7z archive: unpack it first"}, {"SQLite format 3", "a database"},
	{"{\\rtf", "an RTF document: save it as DOCX or PDF"}, {"TPZ", "a Kindle file: its words are locked to the device; use the PDF or the EPUB"},
	{"\xd0\xcf\x11\xe0", "an old Office document, or one with a password: save it as DOCX or PDF without a password"},
}

// sniff says what f is by its content first, and for texts by its name.
func sniff(f *os.File, size int64) (fileKind, error) {
	head := make([]byte, min(size, 1024))
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, size), head); err != nil {
		return 0, refuse("it cannot be read: %v", err)
	}
	ext := strings.ToLower(filepath.Ext(f.Name()))
	if bytes.Contains(head, []byte("%PDF-")) {
		return isPDF, endsPDF(f, size)
	}
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.start)) && (len(m.start) > 2 || !printable(head)) {
			return 0, refuse("it is %s", m.what)
		}
	}
	if len(head) > 68 && string(head[60:68]) == "BOOKMOBI" {
		return 0, refuse("it is a Kindle file: its words are locked to the device; use the PDF or the EPUB")
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return sniffZip(f, size)
	}
	switch ext {
	case ".pdf":
		return 0, refuse("it is called PDF and is none")
	case ".docx", ".epub":
		return 0, refuse("it is called %s and is none: it may be damaged, or have a password", strings.ToUpper(ext[1:]))
	case ".html", ".htm", ".xhtml":
		return isHTML, nil
	case ".md", ".markdown":
		return isMarkdown, nil
	case ".csv", ".tsv":
		return isCSV, nil
	}
	start := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))))
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		return isHTML, nil
	}
	return isText, nil
}

func printable(b []byte) bool {
	return !bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' })
}

// endsPDF refuses a PDF whose end is missing: PDFium would mend it without a
// word about what is lost.
func endsPDF(f *os.File, size int64) error {
	tail := make([]byte, min(size, 4096))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil {
		return refuse("it cannot be read: %v", err)
	}
	if !bytes.Contains(tail, []byte("%%EOF")) {
		return refuse("it is cut short: its end is missing; fetch it again")
	}
	return nil
}
