package files

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// worker is the command that reads PDF files in tests. What it compiles is
// kept between runs.
func worker(t testing.TB) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{self, "pdf-worker", filepath.Join(os.TempDir(), "advocate-test-wazero")}
}

// readBytes reads data as a file called name.
func readBytes(t testing.TB, name string, data []byte) (*corpus.Source, *Report, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return Read(t.Context(), file, Options{Scope: "machine", PDFWorker: worker(t)})
}

// TestManual reads a manual of 200 pages and finds every sentence at its
// page and nowhere else.
func TestManual(t *testing.T) {
	t.Parallel()
	m := fullManual(200)
	s, r, err := readBytes(t, "sample-manual.pdf", m.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if r.Pages != 200 || r.Title != "Sample Billing Manual" || !strings.Contains(r.Numbers, "labels") {
		t.Errorf("report %+v", r)
	}
	checkSheets(t, s, m.sheets)
	for _, d := range r.Dropped {
		t.Log("dropped", d)
	}
	for _, d := range r.Doubts {
		t.Log("doubt", d)
	}
}

// TestBareManual reads one without outline and labels: headings are told by
// their type, pages by their place in the file.
func TestBareManual(t *testing.T) {
	t.Parallel()
	m := bareManual(70)
	s, r, err := readBytes(t, "bare.pdf", m.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Numbers, "place in the file") {
		t.Errorf("pages are cited %s", r.Numbers)
	}
	checkSheets(t, s, m.sheets)
	var path []string
	for _, sec := range r.Sections {
		if strings.HasPrefix(sec.Title, "1.") || strings.HasPrefix(sec.Title, "Chapter 1:") {
			path = append(path, fmt.Sprint(sec.Level))
		}
	}
	if !slices.IsSorted(path) || len(path) < 3 || path[0] == path[1] {
		t.Errorf("chapter 1 and its sections have the levels %v", path)
	}
}

func checkSheets(t *testing.T, s *corpus.Source, sheets []sheet) {
	t.Helper()
	missing, wrong := 0, 0
	all := map[citation.Pinpoint]string{}
	for _, p := range s.Passages {
		all[p.Pin] = p.Text
		if strings.Contains(p.Text, "second edition") {
			t.Errorf("a running head stands in %s", p.Pin)
		}
	}
	for _, sh := range sheets {
		at := s.Within(citation.Pinpoint("p. " + sh.label))
		var lines []string
		for _, p := range at {
			lines = append(lines, p.Sentences()...)
		}
		for _, want := range append(slices.Clone(sh.sentences), sh.rows...) {
			if slices.Contains(lines, want) {
				continue
			}
			if missing++; missing < 4 {
				t.Errorf("page %s does not say %q; it says\n%s", sh.label, want, strings.Join(lines, "\n")[:min(len(strings.Join(lines, "\n")), 1500)])
			}
		}
		if len(lines) != len(sh.sentences)+len(sh.rows) {
			if wrong++; wrong < 4 {
				t.Errorf("page %s has %d lines, want %d", sh.label, len(lines), len(sh.sentences)+len(sh.rows))
			}
		}
		if sh.heading != "" && len(at) > 0 && at[0].Heading != sh.heading {
			t.Errorf("page %s stands under %q, want %q", sh.label, at[0].Heading, sh.heading)
		}
	}
	if missing+wrong > 0 {
		t.Errorf("%d lines missing, %d pages with other lines", missing, wrong)
	}
}
