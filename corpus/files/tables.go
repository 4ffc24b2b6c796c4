package files

import (
	"regexp"
	"slices"
)

// Limits of taking bands for a table.
const (
	minRows    = 3 // with two cells at least
	rowGap     = 3 // times the type's size between a row and the next
	mostColumn = 20
)

// A span is where a column of a table stands.
type span struct{ left, right float32 }

// lines turns a zone into lines; bands whose parts stand under each other
// become rows of tables. The number of tables is returned.
func (z zone) lines(column int) (out []line, tables int) {
	for i := 0; i < len(z); {
		if n, spans := z.table(i); n > 0 {
			out = append(out, rows(z[i:i+n], spans, column)...)
			tables++
			i += n
			continue
		}
		var words []word
		for _, s := range z[i] {
			words = append(words, s.words...)
		}
		out = append(out, newLine(words, column))
		i++
	}
	return out, tables
}

// table returns how many bands from i on are one table, and its columns.
func (z zone) table(i int) (int, []span) {
	var spans []span
	full, first, n := 0, true, 0
	for j := i; j < len(z); j++ {
		b := z[j]
		if j > i && b.top()-z[j-1].bottom() > rowGap*b[0].words[0].Size {
			break
		}
		if first && len(b) < 2 || len(b) > mostColumn {
			break
		}
		grown, ok := fit(spans, b, first)
		if !ok {
			break
		}
		spans, first = grown, false
		if len(b) >= 2 {
			full++
			n = j - i + 1
		} else if b[0].left < spans[min(1, len(spans)-1)].left-1 && len(b[0].words) > 6 {
			break // a line of text below the table
		} else if j-i+1-n > 2 {
			break
		}
		if len(b) == 1 && n == j-i && overlaps(b[0], spans) == 1 && b[0].left >= spans[0].right {
			n = j - i + 1 // a cell goes on
		}
	}
	if full < minRows || listMarks(z[i:i+n], spans) {
		return 0, nil
	}
	return n, spans
}

// fit lays a band's parts into columns and widens these; false where a part
// stands in two of them.
func fit(spans []span, b band, first bool) ([]span, bool) {
	if first {
		for _, s := range b {
			spans = append(spans, span{s.left, s.right})
		}
		return spans, true
	}
	out := slices.Clone(spans)
	last := -1
	for _, s := range b {
		at := -1
		for k, c := range spans {
			if s.left < c.right+2 && s.right > c.left-2 {
				if at >= 0 {
					return nil, false
				}
				at = k
			}
		}
		switch {
		case at < 0 && len(b) > 1: // a column that the first row leaves empty
			k, _ := slices.BinarySearchFunc(out, s.left, func(c span, x float32) int {
				if c.left < x {
					return -1
				}
				return 1
			})
			out = slices.Insert(out, k, span{s.left, s.right})
			continue
		case at < 0 || at <= last:
			return nil, false
		}
		last = at
		for k := range out {
			if out[k].left == spans[at].left {
				out[k] = span{min(out[k].left, s.left), max(out[k].right, s.right)}
				break
			}
		}
	}
	for k := 1; k < len(out); k++ {
		if out[k].left < out[k-1].right {
			return nil, false
		}
	}
	return out, true
}

func overlaps(s segment, spans []span) int {
	n := 0
	for _, c := range spans {
		if s.left < c.right && s.right > c.left {
			n++
		}
	}
	return n
}

var listMark = regexp.MustCompile(`^(?:[•●○▪–—*·-]|\(?[0-9]{1,3}[.)]|\(?[A-Za-z][.)]|[ivx]{1,5}[.)])$`)

// listMarks reports whether a table's first column has nothing but the marks
// of a list.
func listMarks(z zone, spans []span) bool {
	if len(spans) != 2 {
		return false
	}
	for _, b := range z {
		if b[0].left < spans[1].left && !listMark.MatchString(joinWords(b[0].words)) {
			return false
		}
	}
	return true
}

// rows makes one line of each row; a band without a first cell continues the
// row above it.
func rows(z zone, spans []span, column int) []line {
	var out []line
	for _, b := range z {
		cells := make([]string, len(spans))
		var words []word
		for _, s := range b {
			at := 0
			for k, c := range spans {
				if s.left < c.right && s.right > c.left {
					at = k
					break
				}
			}
			if cells[at] != "" {
				cells[at] += " "
			}
			cells[at] += joinWords(s.words)
			words = append(words, s.words...)
		}
		if n := len(out); n > 0 && cells[0] == "" {
			for k, c := range cells {
				if c != "" && out[n-1].cells[k] != "" {
					c = " " + c
				}
				out[n-1].cells[k] += c
			}
			continue
		}
		l := newLine(words, column)
		l.cells = cells
		out = append(out, l)
	}
	return out
}
