package denial

import "strings"

// columns are the columns of tables that hold codes and days of service.
type columns struct {
	lines []*header // of each line, the header it stands under, or nil
}

// A header is a line of titles.
type header struct {
	line   int
	barred bool // its cells are between bars or tabs
	cols   []column
}

type column struct {
	index      int // of its cell
	start, end int // columns from the beginning of the line
	kind       kind
}

// maxRows is the most lines under one header.
const maxRows = 200

// tables finds the columns of a page.
func (r *Reader) tables(p *page) *columns {
	out := &columns{lines: make([]*header, len(p.lines))}
	byLine := map[int][]hit{}
	kindOf := map[int][]kind{}
	for _, k := range []kind{reasonCues, remarkCues, groupCues, dayCues} {
		for _, h := range p.hits[k] {
			l := p.words[h.from].line
			byLine[l] = append(byLine[l], h)
			kindOf[l] = append(kindOf[l], k)
		}
	}
	var at *header
	blanks := 0
	for n, l := range p.lines {
		if l.blank {
			if blanks++; blanks > 1 {
				at = nil
			}
			continue
		}
		blanks = 0
		if l.running {
			continue
		}
		if len(l.cells) >= 3 && !p.hasFigures(l) && len(byLine[n]) > 0 {
			at = p.newHeader(n, byLine[n], kindOf[n], r)
			continue
		}
		if at != nil && n-at.line <= maxRows {
			out.lines[n] = at
		}
	}
	return out
}

// hasFigures reports whether a line has a digit.
func (p *page) hasFigures(l line) bool {
	for _, r := range p.runes[l.start:l.end] {
		if digit(r) {
			return true
		}
	}
	return false
}

func (p *page) newHeader(n int, hits []hit, kinds []kind, r *Reader) *header {
	l := p.lines[n]
	h := &header{line: n, barred: strings.ContainsAny(string(p.runes[l.start:l.end]), bars)}
	lineStart := l.start - l.indent
	for i, c := range l.cells {
		best := column{index: i, start: c.start - lineStart, end: c.end - lineStart, kind: -1}
		for k, x := range hits {
			if w := p.words[x.from]; w.start < c.start || w.start >= c.end {
				continue
			}
			if kinds[k] == dayCues && r.reading.Dates[x.ref].What != string(OfService) {
				continue
			}
			if best.kind != remarkCues { // "Remark Codes" has a word for both
				best.kind = kinds[k]
			}
		}
		if best.kind >= 0 {
			h.cols = append(h.cols, best)
		}
	}
	if len(h.cols) == 0 {
		return nil
	}
	return h
}

// under returns the kind of the column that word i stands in, or -1.
func (c *columns) under(p *page, i int) kind {
	w := p.words[i]
	h := c.lines[w.line]
	if h == nil {
		return -1
	}
	l := p.lines[w.line]
	lineStart := l.start - l.indent
	for k, cl := range l.cells {
		if w.start < cl.start || w.start >= cl.end {
			continue
		}
		for _, col := range h.cols {
			if h.barred && col.index == k || !h.barred && cl.start-lineStart < col.end+2 && cl.end-lineStart > col.start-2 {
				return col.kind
			}
		}
	}
	return -1
}

// reason reports whether word i stands in a column of reason codes, and the
// group that its row gives.
func (c *columns) reason(p *page, i int) (string, bool) {
	if c.under(p, i) != reasonCues {
		return "", false
	}
	l := p.lines[p.words[i].line]
	for k := l.words; k < len(p.words) && p.words[k].line == p.words[i].line; k++ {
		if g := strings.ToUpper(p.words[k].text); groups[g] && c.under(p, k) == groupCues {
			return g, true
		}
	}
	return "", true
}

func (c *columns) remark(p *page, i int) bool {
	k := c.under(p, i)
	return k == remarkCues || k == reasonCues
}
