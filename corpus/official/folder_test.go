package official_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/official"
)

// TestFolderOfOfficialTexts parses every page and XML of the folder that
// TEST_OFFICIAL names: each a section with paragraph levels, history and, but
// where the page refers to another for it, an effective date.
func TestFolderOfOfficialTexts(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("TEST_OFFICIAL")
	if dir == "" {
		t.Skip("TEST_OFFICIAL names no folder of official texts")
	}
	sections, lists, pins, dated, elsewhere := 0, 0, 0, 0, 0
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		ext := filepath.Ext(name)
		if err != nil || d.IsDir() || ext != ".html" && ext != ".xml" {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		line, _, _ := strings.Cut(string(body), "\n")
		address := strings.Fields(strings.TrimPrefix(line, "<!--"))[0]
		got, err := official.Parse(official.Page{URL: address, Body: body, Captured: "2026-07-18"})
		if errors.Is(err, official.ErrList) {
			lists++
			return nil
		}
		if err != nil {
			t.Errorf("%s: %v", d.Name(), err)
			return nil
		}
		for _, p := range got {
			sections++
			c := p.Source.Capture
			switch {
			case c.Effective != "":
				dated++
			case len(p.DatedElsewhere) > 0:
				elsewhere++
			default:
				t.Errorf("%s: no effective date, and no reference to one", d.Name())
			}
			if c.History == "" || p.Source.Title == "" {
				t.Errorf("%s: history %q, title %q", d.Name(), c.History, p.Source.Title)
			}
			for _, x := range p.Source.Passages {
				if x.Pin != "" && p.Source.Cite.At(x.Pin).String() != reread(t, p.Source.Cite.At(x.Pin)) {
					t.Errorf("%s: %s is not how a citation prints it", d.Name(), x.Pin)
				}
				pins++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if sections == 0 {
		t.Error("the folder holds no section: the test shows nothing")
	}
	store := &official.Store{Dir: t.TempDir()}
	w, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer w.End()
	if _, err := (official.Folder{Dir: dir, Captured: "2026-07-18", Today: "2026-07-18"}).Import(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	undated := ""
	for _, s := range held(t, store) {
		if s.Capture.Effective == "" {
			undated += " " + s.Cite.String()
		}
	}
	t.Logf("held together, these have no effective date:%s", undated)
	t.Logf("%d sections with %d places, %d dated, %d dated on another page; %d lists of sections", sections, pins, dated, elsewhere, lists)
}

// reread writes c as the citation grammar does after reading it.
func reread(t *testing.T, c citation.Citation) string {
	t.Helper()
	got, err := citation.Parse(c.String())
	if err != nil {
		t.Errorf("%s: %v", c, err)
	}
	return got.String()
}

// fuzzed holds a parser's answer to what every caller relies on.
func fuzzed(t *testing.T, got []official.Parsed, err error) {
	if err != nil {
		return
	}
	if len(got) == 0 {
		t.Fatal("neither a section nor an error")
	}
	for _, p := range got {
		s := p.Source
		if s.Cite.IsZero() || s.Title == "" || s.Capture == nil || s.Form != corpus.Text {
			t.Fatalf("accepted %+v", s)
		}
		if s.Status != corpus.Repealed && s.Status != corpus.Superseded && len(s.Passages) == 0 {
			t.Fatal("accepted a law without words")
		}
		for _, x := range s.Passages {
			if strings.Contains(x.Text, "<div") || strings.Contains(x.Text, "\x00") {
				t.Fatalf("mark-up in the text: %q", x.Text)
			}
		}
	}
}

func fuzzParser(f *testing.F, address string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(s[:len(s)/2])
	}
	f.Fuzz(func(t *testing.T, body string) {
		got, err := official.Parse(official.Page{URL: address, Body: []byte(body), Captured: "2025-07-31"})
		fuzzed(t, got, err)
	})
}

func FuzzWashington(f *testing.F) {
	fuzzParser(f, sampleRCW().url(), sampleRCW().html(), dispositions("RCW", "99.43", "99.43.045 Gone. Repealed by 2025 c 1 s 1."))
}
func FuzzUSLM(f *testing.F)    { fuzzParser(f, uscURL, sampleUSLM) }
func FuzzECFR(f *testing.F)    { fuzzParser(f, cfrURL, sampleCFR) }
func FuzzOpinion(f *testing.F) { fuzzParser(f, opinionURL, sampleOpinion) }
func FuzzPlainText(f *testing.F) {
	fuzzParser(f, sampleRCW().url(), sampleRCW().url()+"\n\nRCW 99.43.045 Sample.\n(1) One two three four five.\n[ 2015 c 1 § 2.]\n")
}
