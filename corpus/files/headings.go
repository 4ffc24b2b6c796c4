package files

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// largerShare is how much larger than the body's type a heading's is, where
// it is not bold.
const largerShare = 1.12

// headings tell a heading from other lines, and its level.
type headings struct {
	body    float32
	sizes   []float32      // of headings, largest first
	outline map[string]int // page and title, folded, to level
	deepest int            // level of the outline
}

var numbered = regexp.MustCompile(`^(?:(?:chapter|part|section|appendix)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]|[IVX]{1,5})[.:)]?\s`)

// newHeadings looks at all lines of a document and at its outline.
func newHeadings(pages [][]line, m measure, outline []bookmark) headings {
	h := headings{body: m.body, outline: map[string]int{}}
	for _, b := range outline {
		h.outline[outlineKey(b.Page, b.Title)] = b.Level
		h.deepest = max(h.deepest, b.Level)
	}
	sizes := map[float32]bool{}
	for _, lines := range pages {
		for i := range lines {
			if h.looks(&lines[i]) {
				sizes[lines[i].size] = true
			}
		}
	}
	h.sizes = slices.SortedFunc(maps.Keys(sizes), func(a, b float32) int { return cmp.Compare(b, a) })
	return h
}

func outlineKey(page int, title string) string {
	fold := func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}
	return string(rune(page)) + strings.Map(fold, title)
}

// looks reports whether a line is set like a heading: larger than the text,
// or bold, short, and without a sentence's end.
func (h headings) looks(l *line) bool {
	if l.cells != nil || len(l.words) > maxHeading || h.body == 0 {
		return false
	}
	text := l.text()
	letters := strings.ContainsFunc(text, unicode.IsLetter)
	switch {
	case !letters:
		return false
	case l.size >= largerShare*h.body:
		return true
	}
	return l.bold && l.size >= 0.95*h.body && !strings.ContainsRune(".,;", rune(text[len(text)-1])) && len(l.words) <= 14
}

// level is 0 for a line that is no heading. An outline decides where it
// names the line; what else looks like a heading lies below it.
func (h headings) level(l *line, page int) int {
	if len(h.outline) > 0 {
		if n := h.outline[outlineKey(page, l.text())]; n > 0 {
			return n
		}
	}
	if !h.looks(l) {
		return 0
	}
	n := 1 + slices.Index(h.sizes, l.size)
	if l.bold && l.size < largerShare*h.body {
		n = 1 + len(h.sizes)
	}
	if h.deepest > 0 {
		n = max(n, h.deepest+1)
	}
	return min(n, maxLevel)
}
