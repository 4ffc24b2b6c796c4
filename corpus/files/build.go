package files

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// An origin is the file that a document came from.
type origin struct {
	name     string // without its folder
	size     int64
	modified time.Time
	hash     string
}

var licences = regexp.MustCompile(`^(?:public|private|quote:[1-9]\d{0,5})$`)

// build makes the source and its report.
func build(c *content, from origin, opts Options) (*corpus.Source, *Report, error) {
	licence := cmp.Or(opts.Licence, "private")
	if !licences.MatchString(licence) {
		return nil, nil, fmt.Errorf("files: licence %q: want public, private or quote:N", opts.Licence)
	}
	if opts.Scope == "" {
		return nil, nil, errors.New("files: no scope was given")
	}
	title := cmp.Or(opts.Title, sensible(c.title), firstHeading(c.blocks), strings.TrimSuffix(from.name, filepath.Ext(from.name)))
	cut := cutter{title: title, labels: c.labels}
	cut.cut(c.blocks)
	if len(cut.passages) == 0 {
		if len(c.doubts) > 0 {
			return nil, nil, refuse("no words can be read in it: %s", c.doubts[0])
		}
		return nil, nil, refuse("no words can be read in it")
	}
	id := opts.ID
	if id == "" {
		id = Slug(strings.TrimSuffix(from.name, filepath.Ext(from.name)))
		if saysNothing.MatchString(id) {
			id = Slug(title)
		}
	}
	s := &corpus.Source{ID: id, Title: title, Kind: corpus.Manual, Authority: corpus.Practice,
		Jurisdiction: cmp.Or(opts.Jurisdiction, "any"), Cite: citation.Citation{System: citation.Manual, Number: id},
		AsOf: asOf(c.date, from.modified, opts.Now), ReadIn: readIn(c, from), Binds: []corpus.Plan{},
		Licence: licence, Status: "in-force", Scope: opts.Scope, Form: corpus.Text, Passages: cut.passages}
	return s, report(c, &cut, s, from), nil
}

func report(c *content, cut *cutter, s *corpus.Source, from origin) *Report {
	r := &Report{File: from.name, SHA256: from.hash, Format: c.format, ID: s.ID, Title: s.Title, Licence: s.Licence,
		Cite: s.Cite.At(s.Passages[0].Pin).String(), Bytes: from.size, Pages: c.pages, Passages: len(s.Passages),
		Tables: c.tables, Notes: cut.notes, Sections: cut.sections, Dropped: c.drops, Doubts: c.doubts}
	for _, sec := range cut.sections {
		r.Words += sec.Words
	}
	if c.pages > 0 {
		r.Numbers = "by their place in the file"
		if c.labels != nil {
			r.Numbers = "by the labels the file gives them"
		}
	}
	if n := len(r.Sections); n > maxSections {
		r.Sections, r.More = r.Sections[:maxSections], n-maxSections
	}
	if n := len(r.Dropped); n > maxDrops {
		r.Dropped = append(r.Dropped[:maxDrops:maxDrops], fmt.Sprintf("and %d more", n-maxDrops))
	}
	if len(cut.sections) < 2 && r.Words > 2*mostWords {
		r.Doubts = append(r.Doubts, "no headings were found, so it is one section")
	}
	if r.Doubts == nil {
		r.Doubts = []string{}
	}
	if r.Dropped == nil {
		r.Dropped = []string{}
	}
	return r
}

// readIn names the copy that was read, with the beginning of its hash.
func readIn(c *content, from origin) string {
	what := c.format
	if c.pages > 0 {
		what += fmt.Sprintf(", %d pages", c.pages)
	}
	return fmt.Sprintf("%s (%s, sha256 %s)", from.name, what, from.hash[:hashShown])
}

const hashShown = 16

// Holds reports whether s was read from the file with this hash.
func Holds(s *corpus.Source, hash string) bool {
	return s.Kind == corpus.Manual && strings.HasSuffix(s.ReadIn, "sha256 "+hash[:hashShown]+")")
}

// asOf is the day of the copy: its own, else its file's, else today.
func asOf(own string, modified, now time.Time) corpus.Date {
	if d := corpus.Date(own); d.Valid() && d <= corpus.Date(now.Format(time.DateOnly)) {
		return d
	}
	if modified.IsZero() {
		modified = now
	}
	return corpus.Date(modified.Format(time.DateOnly))
}

var nonsense = regexp.MustCompile(`(?i)^(?:untitled|document ?\d*|microsoft word - .*|.*\.(?:docx?|indd|qxp|pdf|pages))$`)

// sensible is a title that a program did not make up, or "".
func sensible(title string) string {
	title = strings.Join(strings.Fields(title), " ")
	if nonsense.MatchString(title) || len(title) > 300 {
		return ""
	}
	return title
}

func firstHeading(blocks []block) string {
	for _, b := range blocks[:min(len(blocks), 50)] {
		if b.kind == heading && len(b.text) <= 200 {
			return b.text
		}
	}
	return ""
}

// saysNothing is a file's name that tells no document from another.
var saysNothing = regexp.MustCompile(`^(?:manual|guide|document|doc|file|scan|book|policy|download|untitled|copy|final|draft|new|pdf|[0-9-]+)(?:-?[0-9]+)*$`)

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// Slug makes an id of a name: small letters, digits and hyphens.
func Slug(name string) string {
	s := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(norm.NFKD.String(name)), "-"), "-")
	if len(s) > 48 {
		s = strings.Trim(s[:48], "-")
	}
	return cmp.Or(s, "document")
}
