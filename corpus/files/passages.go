package files

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Sizes of a passage, in words: it is cut at the next joint after enough,
// and inside a paragraph only where that is far longer.
const (
	enoughWords = 160
	mostWords   = 320
)

// pageLabel is what a page may be called in a citation.
var pageLabel = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,11}$`)

// pageName is the name of page n, from 1.
func pageName(labels []string, n int) string {
	if n >= 1 && n <= len(labels) {
		return labels[n-1]
	}
	return fmt.Sprint(n)
}

// A cutter makes passages of blocks: it never joins two pages or sections.
type cutter struct {
	title    string
	labels   []string
	passages []corpus.Passage
	sections []Section
	path     []int // sections that are open, outermost first
	levels   []int // of their headings
	taken    map[citation.Pinpoint]int
	header   string // first row of the table that is open

	lines []string // of the passage that is open
	words int
	page  int
	notes int
}

func (c *cutter) cut(blocks []block) {
	c.taken = map[citation.Pinpoint]int{}
	for i, b := range blocks {
		if b.page != c.page {
			c.close()
			c.page = b.page
		}
		table := b.kind == row
		if table && (i == 0 || blocks[i-1].kind != row) {
			c.header = b.text
		}
		if !table {
			c.header = ""
		}
		switch b.kind {
		case heading:
			c.close()
			c.open(b)
		case row:
			c.put(b.text)
		default:
			if c.words >= enoughWords {
				c.close()
			}
			if b.kind == note {
				c.notes++
			}
			for _, s := range sentences(b.text) {
				c.put(s)
			}
		}
	}
	c.close()
}

// put adds a line to the passage that is open, or to a new one where that
// is full.
func (c *cutter) put(line string) {
	n := len(strings.Fields(line))
	if c.words > 0 && c.words+n > mostWords {
		c.close()
	}
	c.lines = append(c.lines, line)
	c.words += n
}

// open begins the section under a heading.
func (c *cutter) open(b block) {
	n := len(c.levels)
	for n > 0 && c.levels[n-1] >= b.level {
		n--
	}
	c.levels, c.path = append(c.levels[:n], b.level), append(c.path[:n], len(c.sections))
	c.sections = append(c.sections, Section{Level: len(c.path), Title: b.text})
}

// close makes a passage of what is open.
func (c *cutter) close() {
	if len(c.lines) == 0 {
		return
	}
	var ancestors []string
	head := c.title
	for i, s := range c.path {
		if i == len(c.path)-1 {
			head = c.sections[s].Title
		} else {
			ancestors = append(ancestors, c.sections[s].Title)
		}
	}
	if c.header != "" && !slices.Contains(c.lines, c.header) {
		ancestors = append(ancestors, c.header)
	}
	p := corpus.Passage{Pin: c.pin(head), Heading: head, Context: strings.Join(ancestors, "\n"), Text: strings.Join(c.lines, "\n")}
	c.passages = append(c.passages, p)
	if len(c.path) == 0 {
		c.path, c.levels = append(c.path, len(c.sections)), append(c.levels, 1)
		c.sections = append(c.sections, Section{Level: 1, Title: c.title})
	}
	s := &c.sections[c.path[len(c.path)-1]]
	if s.Passages == 0 {
		s.At = string(p.Pin)
	}
	s.Passages++
	s.Words += c.words
	c.lines, c.words = nil, 0
}

// pin names the place of the passage that is closed: its page or, where
// there are none, its heading; further passages there are numbered.
func (c *cutter) pin(head string) citation.Pinpoint {
	base := citation.Pinpoint(headingPin(head))
	if c.page > 0 {
		base = citation.Pinpoint("p. " + pageName(c.labels, c.page))
	}
	c.taken[base]++
	if n := c.taken[base]; n > 1 {
		return citation.Pinpoint(fmt.Sprintf("%s ¶%d", base, n))
	}
	return base
}

var notPin = regexp.MustCompile(`[^\pL\pN&'’,.:/ -]+`)

// longestPin is how many letters of a heading name a place.
const longestPin = 60

// headingPin is a heading as a named pinpoint: small letters, a letter
// first, nothing that a citation could not be read back from.
func headingPin(head string) string {
	s := strings.ToLower(strings.Join(strings.Fields(notPin.ReplaceAllString(head, " ")), " "))
	if cut := []rune(s); len(cut) > longestPin {
		s = string(cut[:longestPin])
		s = s[:max(strings.LastIndexByte(s, ' '), len(string(cut[:20])))]
	}
	s = strings.Trim(strings.ReplaceAll(s, "://", " "), " .,:;/&'’-")
	if s == "" {
		return "opening"
	}
	if c, err := citation.Parse("manual x (" + s + ")"); err != nil || string(c.Pin) != s {
		s = "section " + s
	}
	return s
}
