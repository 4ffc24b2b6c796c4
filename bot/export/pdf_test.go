package export

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestPDF reads files with PDFium and finds on each page what was set there,
// letter by letter: text, notes and the number of the page.
func TestPDF(t *testing.T) {
	t.Parallel()
	for name, d := range samples() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// The reader writes raised digits as such and ligatures as their
			// letters, and drops what is beyond sixteen bits or not known.
			read := strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "ﬁ", "fi", "\ufffd", "", "😀", "", "👩", "", "👧", "")
			title, got := readPDF(t, write(t, d, PDF))
			o, err := newOutline(d)
			if err != nil {
				t.Fatal(err)
			}
			if title != o.title {
				t.Errorf("title %q, want %q", title, o.title)
			}
			_, pages := paginated(t, d)
			if len(got) != len(pages) {
				t.Fatalf("%d pages, want %d", len(got), len(pages))
			}
			for i, p := range pages {
				want := squeezed(p.text() + fmt.Sprintf("Page %d of %d", i+1, len(pages)))
				if got, want := read.Replace(squeezed(got[i])), read.Replace(want); got != want {
					t.Errorf("page %d: %s", i+1, differ(got, want))
				}
			}
		})
	}
}

// text is what stands on p, in the order of the file.
func (p *page) text() string {
	var b strings.Builder
	for _, lines := range [][]placed{p.body, p.notes} {
		for _, l := range lines {
			if l.n == 0 && l.of.marker != nil {
				b.WriteString(l.of.marker.text())
			}
			b.WriteString(l.line().text())
		}
	}
	return b.String()
}

func (l *line) text() string {
	s := ""
	for _, p := range l.pieces {
		s += p.text
	}
	return s
}

// readPDF is the title of a PDF and the text of its pages.
func readPDF(t *testing.T, data []byte) (string, []string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "pdf-worker", filepath.Join(os.TempDir(), "advocate-test-wazero"))
	cmd.Stdin = f
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	s := bufio.NewScanner(bytes.NewReader(out))
	s.Buffer(nil, len(out)+1)
	var title string
	var pages []string
	for first := true; s.Scan(); first = false {
		var of struct {
			Title, Refused string
			Words          []struct {
				Text string `json:"t"`
			}
		}
		if err := json.Unmarshal(s.Bytes(), &of); err != nil || of.Refused != "" {
			t.Fatal(err, of.Refused)
		}
		if first {
			title = of.Title
			continue
		}
		page := ""
		for _, w := range of.Words {
			page += w.Text + " "
		}
		pages = append(pages, page)
	}
	return title, pages
}

// TestPDFTags checks the structure of files: language, title and tree are
// there, what is marked is closed and holds nothing else that is.
func TestPDFTags(t *testing.T) {
	t.Parallel()
	for name, d := range samples() {
		data := write(t, d, PDF)
		for _, want := range []string{"/StructTreeRoot", "/MarkInfo", "/Lang (en-US)", "/DisplayDocTitle true", "/S /P", "/ToUnicode"} {
			if !bytes.Contains(data, []byte(want)) {
				t.Errorf("%s: no %s", name, want)
			}
		}
		for _, n := range citedNotes(d) {
			if to := link(oneLine(clean(n.URL))); to != "" && !bytes.Contains(data, []byte("("+to+")")) {
				t.Errorf("%s: no link to %s", name, to)
			}
		}
		if bytes.Contains(data, []byte("javascript:")) {
			t.Errorf("%s: a link to a script", name)
		}
		marked := 0
		for _, s := range contents(t, data) {
			marked += checkMarked(t, s)
		}
		if marked == 0 {
			t.Errorf("%s: nothing is marked", name)
		}
	}
}

var aStream = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)

// contents are the streams of a file that draw pages.
func contents(t *testing.T, data []byte) []string {
	t.Helper()
	var out []string
	for _, m := range aStream.FindAllSubmatch(data, -1) {
		r, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue
		}
		s, err := io.ReadAll(r)
		if err != nil {
			continue
		}
		if bytes.Contains(s, []byte("BT\n")) {
			out = append(out, string(s))
		}
	}
	return out
}

// checkMarked counts the marked sequences of a stream. Everything that is
// drawn has to be in one.
func checkMarked(t *testing.T, stream string) int {
	t.Helper()
	depth, count := 0, 0
	for l := range strings.SplitSeq(stream, "\n") {
		switch {
		case strings.HasSuffix(l, "BDC") && !strings.Contains(l, "<<"):
			t.Errorf("%q lacks an operand", l)
		case strings.HasSuffix(l, "BDC"), strings.HasSuffix(l, "BMC"):
			if span := strings.HasPrefix(l, "/Span"); span != (depth == 1) {
				t.Fatalf("%q at depth %d", l, depth)
			}
			depth++
			count++
		case l == "EMC":
			if depth--; depth < 0 {
				t.Fatal("more is closed than was opened")
			}
		case strings.HasSuffix(l, " Tj"), l == "f", l == "S":
			if depth == 0 {
				t.Fatalf("%q is not marked", l)
			}
		}
	}
	if depth != 0 {
		t.Errorf("%d are not closed", depth)
	}
	return count
}

// paginated sets d.
func paginated(t *testing.T, d *bot.Document) (*outline, []*page) {
	t.Helper()
	o, err := newOutline(d)
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := newFonts()
	if err != nil {
		t.Fatal(err)
	}
	s := newSetter(fonts, o)
	return o, s.paginate(o)
}
