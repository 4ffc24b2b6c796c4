package files

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

var update = flag.Bool("update", false, "rewrite what the documents of testdata are read as")

// said is a document as its passages: pinpoint, context and heading, lines.
func said(s *corpus.Source, r *Report) string {
	var b strings.Builder
	b.WriteString("title: " + s.Title + "\n")
	for _, p := range s.Passages {
		path := strings.Join(append(strings.Split(p.Context, "\n"), p.Heading), " > ")
		b.WriteString("[" + string(p.Pin) + "] " + strings.TrimPrefix(path, " > ") + "\n")
		for _, line := range p.Sentences() {
			b.WriteString("  " + line + "\n")
		}
	}
	for _, d := range r.Doubts {
		b.WriteString("doubt: " + d + "\n")
	}
	return b.String()
}

// TestFormats reads the documents of testdata: each archive has a document
// (a DOCX or an EPUB as its parts) and what it is read as.
func TestFormats(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no testdata")
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			want := ""
			for _, f := range a.Files {
				if f.Name == "want" {
					want = string(f.Data)
				} else {
					parts = append(parts, f.Name, string(f.Data))
				}
			}
			data := []byte(parts[1])
			file := parts[0]
			if len(parts) > 2 {
				data, file = archiveOf(parts...), strings.TrimSuffix(filepath.Base(name), ".txtar")
			}
			s, r, err := readBytes(t, file, data)
			if err != nil {
				t.Fatal(err)
			}
			if got := said(s, r); *update {
				a.Files[len(a.Files)-1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("it is read as\n%s\nwant\n%s", got, want)
			}
			citable(t, s)
		})
	}
}

// citable holds that each passage has a place of its own, and that the place
// is read back from its citation.
func citable(t *testing.T, s *corpus.Source) {
	t.Helper()
	seen := map[citation.Pinpoint]bool{}
	for _, p := range s.Passages {
		if seen[p.Pin] {
			t.Errorf("two passages at %q", p.Pin)
		}
		seen[p.Pin] = true
		if c, err := citation.Parse(s.Cite.At(p.Pin).String()); err != nil || c != s.Cite.At(p.Pin) {
			t.Errorf("%q is read back as %v, %v", s.Cite.At(p.Pin), c, err)
		}
		if strings.TrimSpace(p.Text) == "" {
			t.Errorf("%q says nothing", p.Pin)
		}
	}
}

// TestHeadingPins: whatever a heading says, its place can be cited.
func TestHeadingPins(t *testing.T) {
	t.Parallel()
	for _, head := range []string{"Timed units", "1.2 Timed units", "p. 47", "IV", "(a)", "RCW 48.43.045 in practice", "2024 changes: what is new",
		"https://example.org/x", "§ 3", "¡Hola!", "", "…", "C", "The \"any willing\" rule (and its limits", "page 3", "1995", strings.Repeat("long ", 60), "manual x"} {
		pin := citation.Pinpoint(headingPin(head))
		c := citation.Citation{System: citation.Manual, Number: "x", Pin: pin}
		for _, c := range []citation.Citation{c, c.At(pin + " ¶2")} {
			if got, err := citation.Parse(c.String()); err != nil || got != c {
				t.Errorf("%q: %q is read back as %q, %v", head, c, got, err)
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	text := "Café “sample” naïve — words of a sample résumé.\n"
	utf16le, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16be, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	win, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"utf8.txt": text, "bom.txt": "\ufeff" + text, "le.txt": utf16le, "be.txt": utf16be, "win.txt": win,
		"declared.html": "<meta charset=windows-1252><p>" + win} {
		s, r, err := readBytes(t, name, []byte(data))
		if err != nil || s.Passages[0].Text != strings.TrimSpace(text) {
			t.Errorf("%s: %v %v", name, s, err)
			continue
		}
		if doubted := len(r.Doubts) > 0; doubted != (name == "win.txt") {
			t.Errorf("%s: doubts %q", name, r.Doubts)
		}
	}
}

// TestSource holds what a source says of itself.
func TestSource(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "Sample Policy (2nd).txt")
	if err := os.WriteFile(name, []byte("A sample sentence.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(name, day, day); err != nil {
		t.Fatal(err)
	}
	s, r, err := Read(t.Context(), name, Options{Scope: "machine", Licence: "quote:30", Jurisdiction: "WA"})
	if err != nil {
		t.Fatal(err)
	}
	if s.ID != "sample-policy-2nd" || s.Kind != corpus.Manual || s.Form != corpus.Text || s.Licence != "quote:30" || s.Scope != "machine" ||
		s.Jurisdiction != "WA" || s.AsOf != "2025-03-04" || s.Cite.String() != "manual sample-policy-2nd" || !Holds(s, r.SHA256) {
		t.Errorf("source %+v", s)
	}
	if s, _, err := Read(t.Context(), name, Options{Scope: "machine"}); err != nil || s.Licence != "private" {
		t.Errorf("by default its licence is %v, %v", s, err)
	}
	for _, o := range []Options{{Scope: "machine", Licence: "quote:0"}, {Scope: "machine", Licence: "free"}, {}} {
		if _, _, err := Read(t.Context(), name, o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	got := sentences("Dr. Sample bills 4 units, i.e. an hour. See No. 5 of the list, e.g. Form 7. Is it paid? It is: in May.")
	want := []string{"Dr. Sample bills 4 units, i.e. an hour.", "See No. 5 of the list, e.g. Form 7.", "Is it paid?", "It is: in May."}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q", got)
	}
}
