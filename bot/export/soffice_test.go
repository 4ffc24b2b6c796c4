package export

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestLibreOffice opens DOCX files in another program and finds what they say
// in what it makes of them. It runs where soffice is installed.
func TestLibreOffice(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("there is no soffice on this machine (Debian: libreoffice-writer)")
	}
	dir := t.TempDir()
	var names []string
	for name, d := range samples() {
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, write(t, d, DOCX), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, file)
	}
	for _, to := range []string{"pdf", "txt:Text (encoded):UTF8"} {
		args := append([]string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", to, "--outdir", dir}, names...)
		if out, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	for name, d := range samples() {
		checkOffice(t, name, d, filepath.Join(dir, name))
	}
}

func checkOffice(t *testing.T, name string, d *bot.Document, file string) {
	t.Helper()
	text, err := os.ReadFile(file + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file + ".pdf")
	if err != nil {
		t.Fatal(err)
	}
	title, pages := readPDF(t, data)
	if title != oneLine(clean(d.Title)) {
		t.Errorf("%s: title %q", name, title)
	}
	if name == "odd" {
		return // its letters need fonts that a machine may not have
	}
	// A paragraph may be divided between pages, by notes and the page's number.
	paper := squeezed(strings.Join(pages, " "))
	for _, e := range expect(d) {
		for _, part := range theMarks.Split(e.marked, -1) {
			if !strings.Contains(squeezed(string(text)), squeezed(part)) {
				t.Errorf("%s: the text lacks %q", name, part)
			}
		}
		if first := squeezed(e.text); !strings.Contains(paper, first[:min(len(first), 30)]) {
			t.Errorf("%s: the pages lack %q", name, first)
		}
	}
	// LibreOffice leaves notes out of its text.
	for _, n := range citedNotes(d) {
		s := squeezed(noteText(n))
		if !strings.Contains(paper, s[:min(len(s), 30)]) || !strings.Contains(paper, s[max(0, len(s)-20):]) {
			t.Errorf("%s: the pages lack the note %.60q", name, noteText(n))
		}
	}
	for i := range pages {
		if want := fmt.Sprintf("Page%dof%d", i+1, len(pages)); !strings.Contains(squeezed(pages[i]), want) {
			t.Errorf("%s: a page lacks %q", name, want)
		}
	}
	// The note of a page stands on it: its number, then its text.
	if first := citedNotes(d)[0]; !strings.Contains(squeezed(pages[0]), squeezed(noteText(first))) {
		t.Errorf("%s: page 1 lacks its first note", name)
	}
}
