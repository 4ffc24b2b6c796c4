package files

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-pdf/fpdf"
)

// archiveOf zips parts, in pairs of name and text.
func archiveOf(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			panic(err) // unreachable: the buffer takes everything
		}
	}
	z.Close()
	return b.Bytes()
}

func onePage(prepare func(*fpdf.Fpdf)) []byte {
	pdf := fpdf.New("P", "pt", "Letter", "")
	prepare(pdf)
	pdf.AddPage()
	pdf.SetFont("Times", "", 11)
	pdf.Text(72, 100, "A sample sentence on a sample page.")
	var b bytes.Buffer
	pdf.Output(&b)
	return b.Bytes()
}

// pdfBomb is a page whose content unpacks to so many bytes.
func pdfBomb(size int) []byte {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	chunk := bytes.Repeat([]byte("q Q "), 1<<18)
	for n := 0; n < size; n += len(chunk) {
		z.Write(chunk)
	}
	z.Close()
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n" +
		"3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R>>\nendobj\n")
	fmt.Fprintf(&b, "4 0 obj\n<</Length %d /Filter /FlateDecode>>\nstream\n", packed.Len())
	b.Write(packed.Bytes())
	b.WriteString("\nendstream\nendobj\n\nxref\n0 5\n0000000000 65535 f \n")
	for range 4 {
		b.WriteString("0000000000 00000 n \n")
	}
	b.WriteString("trailer\n<</Size 5 /Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
	return patch(b.Bytes(), "\x00never\x00", "")
}

// hostile files and a word of the reason each is refused with.
func hostile() map[string]struct {
	data []byte
	why  string
} {
	type bad = struct {
		data []byte
		why  string
	}
	whole := onePage(func(*fpdf.Fpdf) {})
	docx := func(body string) []byte { return archiveOf("word/document.xml", body) }
	laughs := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document><w:p><w:t>&c;</w:t></w:p></w:document>`
	many := make([]string, 0, 2*(maxEntries+1))
	for i := range maxEntries + 1 {
		many = append(many, fmt.Sprint(i), "")
	}
	whales := strings.Repeat("0", 60<<20)
	cutZip := docx("<w:p><w:t>cut</w:t></w:p>")
	encrypted := docx("<w:p><w:t>locked</w:t></w:p>")
	encrypted[6] |= 1 // the first part's flag, and the directory's
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	return map[string]bad{
		"encrypted.pdf":  {onePage(func(p *fpdf.Fpdf) { p.SetProtection(0, "user", "owner") }), "encrypted"},
		"truncated.pdf":  {whole[:len(whole)/2], "cut short"},
		"noise.pdf":      {append([]byte("%PDF-1.7\n"), append(bytes.Repeat([]byte("noise "), 500), "%%EOF"...)...), "damaged"},
		"picture.pdf":    {[]byte("\x89PNG\r\n\x1a\n0000"), "PNG"},
		"words.pdf":      {[]byte("just words"), "is none"},
		"bomb.docx":      {docx(whales), "unpacks"},
		"bomb.epub":      {archiveOf("META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "a.opf", whales), "unpacks"},
		"nested.docx":    {archiveOf("word/document.xml", string(archiveOf("x", whales))), "XML"},
		"many.docx":      {archiveOf(many...), "parts"},
		"cut.docx":       {cutZip[:len(cutZip)-30], "cut short"},
		"encrypted.docx": {encrypted, "encrypted"},
		"laughs.docx":    {docx(laughs), "XML"},
		"deep.docx":      {docx(strings.Repeat("<a>", 100_000)), "nested"},
		"sheet.xlsx":     {archiveOf("xl/workbook.xml", ""), "CSV"},
		"files.zip":      {archiveOf("../../etc/passwd", "x"), "archive"},
		"locked.epub":    {archiveOf("META-INF/container.xml", "<a/>", "META-INF/encryption.xml", "<EncryptedKey/>"), "DRM"},
		"kindle.mobi":    {[]byte(strings.Repeat("x", 60) + "BOOKMOBI" + strings.Repeat("x", 60)), "Kindle"},
		"old.doc":        {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Office"},
		"wide.csv":       {[]byte(strings.Repeat("a,", 1_000_000)), "columns"},
		"bytes.txt":      {[]byte("massage\x00\x01\x02"), "no text"},
		"empty.txt":      {nil, "empty"},
		"blank.txt":      {[]byte(" \n \n"), "no words"},
		"blank.pdf":      {emptyPage(), "no words"},
		"photo.pdf":      {photoPage(), "picture"},
		"pages.pdf":      {manyPages(MaxPages + 1), "pages"},
	}
}

func emptyPage() []byte {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.AddPage()
	var b bytes.Buffer
	pdf.Output(&b)
	return b.Bytes()
}

func photoPage() []byte {
	m := newManual(1)
	m.page("i")
	m.photo()
	return m.bytes()
}

func manyPages(n int) []byte {
	pdf := fpdf.New("P", "pt", "Letter", "")
	for range n {
		pdf.AddPage()
	}
	var b bytes.Buffer
	pdf.Output(&b)
	return b.Bytes()
}

// TestHostile: each bad file is refused with its reason, soon, and without
// much memory.
func TestHostile(t *testing.T) {
	t.Parallel()
	for name, bad := range hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			_, _, err := readBytes(t, name, bad.data)
			var refused *Refused
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), bad.why) {
				t.Errorf("refused with %v; want a word of %q", err, bad.why)
			}
			if took := time.Since(began); took > 60*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

// TestLargeFile is refused by its size, before it is read.
func TestLargeFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "large.pdf")
	f, err := os.Create(name)
	if err == nil {
		_, err = f.WriteString("%PDF-1.7\n")
	}
	if err == nil {
		err = errors.Join(f.Truncate(500<<20), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, _, err = Read(t.Context(), name, Options{Scope: "machine", PDFWorker: worker(t)})
	if err == nil || !strings.Contains(err.Error(), "500 MB") || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// TestDeepHTML reads a million open elements without a tree.
func TestDeepHTML(t *testing.T) {
	t.Parallel()
	s, _, err := readBytes(t, "deep.html", []byte(strings.Repeat("<div>", 1_000_000)+"The sample sentence at the bottom."))
	if err != nil || s.Passages[0].Text != "The sample sentence at the bottom." {
		t.Errorf("%v %v", s, err)
	}
}

// TestPDFBomb: a page that unpacks to 256 MB of graphics states ends in a refusal or an
// empty page, in bounded time, whatever PDFium makes of it.
func TestPDFBomb(t *testing.T) {
	t.Parallel()
	began := time.Now()
	_, _, err := readBytes(t, "bomb.pdf", pdfBomb(256<<20))
	if err == nil || time.Since(began) > 2*time.Minute {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// TestTimeout: the worker is killed when its file's time is over.
func TestTimeout(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "slow.pdf")
	if err := os.WriteFile(name, fullManual(60).bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, _, err := Read(t.Context(), name, Options{Scope: "machine", PDFWorker: worker(t), Timeout: 20 * time.Millisecond})
	var refused *Refused
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "longer than") || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// TestStopped: who stops gets the context's error, not a verdict on the file.
func TestStopped(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "stopped.pdf")
	if err := os.WriteFile(name, fullManual(60).bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	opts := Options{Scope: "machine", PDFWorker: worker(t), Progress: func(int, int) { stop() }}
	if _, _, err := Read(ctx, name, opts); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestCircularOutline: an outline whose second line leads back to its first
// ends, and the words are read.
func TestCircularOutline(t *testing.T) {
	t.Parallel()
	data := patch(written(func(pdf *fpdf.Fpdf) {
		pdf.Bookmark("One", 0, 100)
		pdf.Bookmark("Two", 0, 200)
		pdf.Text(72, 100, "A sample sentence.")
	}), "/Prev ", "/Next ")
	s, _, err := readBytes(t, "circle.pdf", data)
	if err != nil || s.Passages[0].Text != "A sample sentence." {
		t.Errorf("%v %v", s, err)
	}
}
