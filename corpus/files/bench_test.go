package files

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sectionsOf writes about a megabyte of sections with the marks of a format.
func sectionsOf(head, para, after string) string {
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, head, fmt.Sprintf("Part %d", i))
		for k := range 5 {
			fmt.Fprintf(&b, para, fmt.Sprintf("Sample sentence %d of part %d says what to keep. It is short, and another follows it.", k, i))
		}
	}
	return b.String() + after
}

// BenchmarkRead measures each reader from file to source, by the size of the
// file; of archives, by that of the text packed in them.
func BenchmarkRead(b *testing.B) {
	docx := sectionsOf(`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, `<w:p><w:r><w:t>%s</w:t></w:r></w:p>`, "")
	html := sectionsOf("<h2>%s</h2>\n", "<p>%s</p>\n", "")
	for _, f := range []struct {
		name string
		data []byte
		size int
	}{
		{"text.txt", []byte(sectionsOf("%s\n====\n\n", "%s\n\n", "")), 0},
		{"markdown.md", []byte(sectionsOf("## %s\n\n", "%s\n\n", "")), 0},
		{"html.html", []byte(html), 0},
		{"csv.csv", []byte(sectionsOf("%s,x,y\n", "\"%s\",1,2\n", "")), 0},
		{"docx.docx", archiveOf("word/document.xml", "<d>"+docx+"</d>"), len(docx)},
		{"epub.epub", archiveOf("META-INF/container.xml", `<c><rootfile full-path="a.opf"/></c>`, "a.opf", `<p><item id="a" href="a.html" media-type="text/html"/><itemref idref="a"/></p>`, "a.html", html), len(html)},
		{"pdf-200-pages.pdf", fullManual(200).bytes(), 0},
	} {
		name := filepath.Join(b.TempDir(), f.name)
		if err := os.WriteFile(name, f.data, 0o600); err != nil {
			b.Fatal(err)
		}
		b.Run(f.name, func(b *testing.B) {
			b.SetBytes(int64(cmp.Or(f.size, len(f.data))))
			for b.Loop() {
				if _, _, err := Read(b.Context(), name, Options{Scope: "machine", PDFWorker: worker(b)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
