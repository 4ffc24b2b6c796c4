package official

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// An Outcome is what became of one page or file.
type Outcome struct {
	Cite   citation.Citation `json:"cite"`   // zero where it could not be read
	From   string            `json:"from"`   // the address or the file
	Result string            `json:"result"` // a Change, "not-modified", "repealed", "renumbered", "skipped", "failed"
	Note   string            `json:"note"`   // why, or what there is to know; else ""
	// Captured and Effective are the text's; see corpus.Capture.
	Captured  corpus.Date `json:"captured"`
	Effective corpus.Date `json:"effective"`
}

// Results that are no Change.
const (
	NotModified = "not-modified"
	WasRepealed = "repealed"
	Renumbered  = "renumbered"
	Skipped     = "skipped"
	Failed      = "failed"
)

// A savedPage is a page in a folder, before it is stored.
type savedPage struct {
	name   string
	page   Page
	parsed []Parsed
	byAct  bool // dated by its newest enactment
	plain  bool
}

// A Folder is where pages were saved.
type Folder struct {
	Dir      string
	Captured corpus.Date // of pages that name no day; "" where it is not known
	Today    corpus.Date // no page was captured later
	Wanted   []Target    // nil: all that is there
}

// Import reads the pages saved in f and below: HTML and XML whose first
// line is a comment with the address, and .txt with the address on line 1.
// A page is dated by the day its first lines state, else by f.Captured. A file's
// own date proves nothing: a page that names no day is dated by another file
// of the same words that does, else by its newest enactment, since when its
// text was the law for certain, and the outcome says so; one without a
// history is skipped. Of several files of one
// section those with structure are taken and plain text is skipped.
// What cannot be read is an outcome with the reason, not an error.
func (f Folder) Import(ctx context.Context, w *Writing) ([]Outcome, error) {
	var out []Outcome
	var pages []savedPage
	err := filepath.WalkDir(f.Dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == f.Dir:
			return err
		case err != nil:
			out = append(out, Outcome{From: name, Result: Failed, Note: err.Error()})
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || strings.HasPrefix(d.Name(), "."):
			return nil
		}
		short, relErr := filepath.Rel(f.Dir, name)
		if relErr != nil {
			short = name
		}
		p, err := f.read(name)
		if err != nil {
			out = append(out, Outcome{From: short, Result: Skipped, Note: err.Error()})
			return nil
		}
		p.name = short
		pages = append(pages, p)
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("official: %w", err)
	}
	pages, undated := datePages(pages)
	out = append(out, undated...)
	slices.SortStableFunc(pages, func(a, b savedPage) int {
		return cmp.Or(cmp.Compare(a.page.Captured, b.page.Captured), strings.Compare(a.name, b.name))
	})
	structured := map[citation.Citation]string{}
	for _, p := range pages {
		if !p.plain {
			structured[p.parsed[0].Source.Cite] = p.name
		}
	}
	for _, p := range pages {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if f.Wanted != nil && !slices.ContainsFunc(f.Wanted, func(t Target) bool { return t.Cite == p.parsed[0].Source.Cite }) {
			continue
		}
		if other := structured[p.parsed[0].Source.Cite]; p.plain && other != "" {
			out = append(out, Outcome{Cite: p.parsed[0].Source.Cite, From: p.name, Result: Skipped, Note: "the same section is in " + other})
			continue
		}
		got, err := p.store(w)
		out = append(out, got...)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func (p savedPage) store(w *Writing) ([]Outcome, error) {
	changes, err := w.Put(p.page, p.parsed)
	var out []Outcome
	for i, c := range changes {
		o := outcome(p.parsed[i].Source, p.name, string(c))
		if p.byAct {
			o.Note = strings.TrimPrefix(o.Note+"; it names no day it was captured, so it is dated by its newest enactment (or give --captured)", "; ")
		}
		out = append(out, o)
	}
	return out, err
}

// outcome tells of a text that was stored.
func outcome(s *corpus.Source, from, result string) Outcome {
	o := Outcome{Cite: s.Cite, From: from, Result: result, Captured: s.Capture.Captured, Effective: s.Capture.Effective}
	switch s.Status {
	case "partial":
		o.Note = "incomplete: what it lacks may be the law all the same"
	case corpus.Repealed:
		o.Result = WasRepealed
	case corpus.Superseded:
		o.Result, o.Note = Renumbered, "now "+s.SupersededBy.String()
	}
	return o
}

var (
	savedKinds = map[string]bool{".html": true, ".htm": true, ".xml": true, ".txt": true}
	anAddress  = regexp.MustCompile(`https?://[^\s<>"']+`)
	aComment   = regexp.MustCompile(`<!--(.*?)-->`)
)

func (f Folder) read(name string) (savedPage, error) {
	if !savedKinds[strings.ToLower(filepath.Ext(name))] {
		return savedPage{}, errors.New("not HTML, XML or .txt")
	}
	info, err := os.Stat(name)
	if err != nil {
		return savedPage{}, err
	}
	if !info.Mode().IsRegular() {
		return savedPage{}, errors.New("not a regular file")
	}
	body, err := readAtMost(name, MaxPage)
	if err != nil {
		return savedPage{}, err
	}
	p := savedPage{page: Page{Body: body, Captured: StatedDay(body)}, plain: strings.EqualFold(filepath.Ext(name), ".txt")}
	line, _, _ := bytes.Cut(bytes.TrimPrefix(body, []byte("\ufeff")), []byte("\n"))
	address := anAddress.Find(line)
	if address == nil {
		return savedPage{}, errors.New("line 1 does not name the address it comes from")
	}
	p.page.URL = string(address)
	if !p.plain {
		p.page.Copy = copySaid(body, p.page.URL)
	}
	p.page.Captured = cmp.Or(p.page.Captured, f.Captured)
	if p.byAct = p.page.Captured == ""; p.byAct {
		p.page.Captured = f.Today // until it is dated
	}
	if p.page.Captured > f.Today {
		return savedPage{}, fmt.Errorf("it says it was captured on %s, which is still to come", p.page.Captured)
	}
	p.parsed, err = Parse(p.page)
	return p, err
}

// copySaid is what the comments before a saved page say of it, beside its
// address.
func copySaid(body []byte, address string) string {
	for _, m := range aComment.FindAllSubmatch(body[:min(len(body), 2000)], 2) {
		if t := strings.Trim(squeeze(strings.Replace(string(m[1]), address, "", 1)), " |"); t != "" && utf8.ValidString(t) {
			return t
		}
	}
	return ""
}
