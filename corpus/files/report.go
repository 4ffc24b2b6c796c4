package files

import (
	"fmt"
	"slices"
	"strings"
)

// Bounds of a report, however bad the document is.
const (
	maxSections = 400
	maxDoubts   = 40
	maxNamed    = 12 // pages named in one doubt
	maxDrops    = 8
)

// A Report says what was read of a file, for its owner to judge before
// anything is indexed.
type Report struct {
	File     string    `json:"file"`
	SHA256   string    `json:"sha256"`
	Format   string    `json:"format"`
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Cite     string    `json:"cite"` // how its first place is cited
	Licence  string    `json:"licence"`
	Bytes    int64     `json:"bytes"`
	Pages    int       `json:"pages"` // 0 where the format has none
	Numbers  string    `json:"page_numbers,omitempty"`
	Words    int       `json:"words"`
	Passages int       `json:"passages"`
	Tables   int       `json:"tables"`
	Notes    int       `json:"footnotes"`
	Dropped  []string  `json:"dropped"` // running heads and feet, each once
	Sections []Section `json:"sections"`
	More     int       `json:"more_sections,omitempty"` // that are not listed
	Doubts   []string  `json:"doubts"`
}

// A Section is a heading of the document and what stands under it, without
// what stands under deeper headings.
type Section struct {
	Level    int    `json:"level"` // from 1, one deeper than the section it lies in
	Title    string `json:"title"`
	At       string `json:"at"` // its first pinpoint
	Passages int    `json:"passages"`
	Words    int    `json:"words"`
}

// doubts are sentences about what may be wrong, each once.
type doubts []string

func (d *doubts) add(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); len(*d) < maxDoubts && !slices.Contains(*d, s) {
		*d = append(*d, s)
	}
}

// pages adds a doubt about pages: one says it of one page, many of several.
func (d *doubts) pages(one, many string, names []string) {
	switch n := len(names); {
	case n == 1:
		d.add(one, "page "+names[0])
	case n > 1:
		list := strings.Join(names[:min(n, maxNamed)], ", ")
		if n > maxNamed {
			list += fmt.Sprintf(" and %d more", n-maxNamed)
		}
		d.add(many, "pages "+list)
	}
}
