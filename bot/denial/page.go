package denial

import (
	"strings"
	"unicode"
)

// MaxText is the most bytes of a text that are read; what follows is not.
const MaxText = 64 << 10

// A page is a text cut into lines, words and sentences.
type page struct {
	runes     []rune
	lines     []line
	words     []word
	sentences []sentence
	hits      [kinds][]hit
	shouts    bool // it is written in capitals
	form      Form
	columns   *columns
}

// A line of a text, without its end.
type line struct {
	start, end int // runes, white space around it left out
	indent     int // columns before it
	cells      []cell
	blank      bool
	running    bool // a page's head or foot
	row        bool // of a table, or a label and its value
	block      int  // the widest line of its paragraph
	words      int  // the place of its first word
}

// A cell is a part of a line between bars, tabs or three spaces.
type cell struct{ start, end int }

func (l line) width() int { return l.end - l.start }

// lay cuts text into lines and words.
func (r *Reader) lay(text string) *page {
	if len(text) > MaxText {
		text = strings.ToValidUTF8(text[:MaxText], "")
	}
	p := &page{runes: []rune(text)}
	p.shouts = shouting(p.runes)
	p.cut()
	p.blocks()
	p.pages()
	for _, w := range r.lexicon.split(p.runes) {
		if !p.lines[w.line].running {
			p.words = append(p.words, w)
		}
	}
	last := -1
	for i, w := range p.words {
		for ; last < w.line; last++ {
			p.lines[last+1].words = i
		}
	}
	for last++; last < len(p.lines); last++ {
		p.lines[last].words = len(p.words)
	}
	p.sentence()
	return p
}

// cut finds the lines and their cells.
func (p *page) cut() {
	for start := 0; start <= len(p.runes); {
		end := start
		for end < len(p.runes) && p.runes[end] != '\n' {
			end++
		}
		l := line{start: start, end: end}
		for l.start < l.end && unicode.IsSpace(p.runes[l.start]) {
			l.indent++
			l.start++
		}
		for l.end > l.start && unicode.IsSpace(p.runes[l.end-1]) {
			l.end--
		}
		l.blank = l.start == l.end
		l.cells = p.cells(l)
		l.row = len(l.cells) > 1
		p.lines = append(p.lines, l)
		start = end + 1
	}
}

// bars stand between the cells of a table.
const bars = "|\t│¦"

// cells cuts a line at bars and tabs, or else at runs of three spaces.
func (p *page) cells(l line) []cell {
	var out []cell
	from, barred, wide := l.start, strings.ContainsAny(string(p.runes[l.start:l.end]), bars), p.columnGap(l)
	add := func(end, next int) {
		for from < end && p.runes[from] == ' ' {
			from++
		}
		for end > from && p.runes[end-1] == ' ' {
			end--
		}
		out = append(out, cell{from, end})
		from = next
	}
	for i := l.start; i < l.end; i++ {
		switch p.runes[i] {
		case '|', '\t', '│', '¦':
			if i > l.start {
				add(i, i+1)
			} else {
				from = i + 1
			}
		case ' ':
			j := i
			for j < l.end && p.runes[j] == ' ' {
				j++
			}
			if !barred && j-i >= wide && j < l.end && i > from {
				add(i, j)
			}
			i = j - 1
		}
	}
	if from < l.end {
		add(l.end, l.end)
	}
	return out
}

// columnGap is how many spaces stand between the cells of a line: three, or two
// where it has four cells or more, of which two stand apart by three or an
// amount shows that it is a row. Two alone are what OCR makes of one.
func (p *page) columnGap(l line) int {
	gaps, wide, amount := 0, false, false
	for i := l.start; i < l.end; i++ {
		if p.runes[i] == '.' && i+2 < l.end && i > l.start && digit(p.runes[i-1]) && digit(p.runes[i+1]) && digit(p.runes[i+2]) {
			amount = true
		}
		j := i
		for j < l.end && p.runes[j] == ' ' {
			j++
		}
		if j-i >= 2 {
			gaps++
			wide = wide || j-i >= 3
			i = j - 1
		}
	}
	if gaps >= 3 && (wide || amount) {
		return 2
	}
	return 3
}

// blocks measures the paragraphs.
func (p *page) blocks() {
	for i := 0; i < len(p.lines); {
		j, widest := i, 0
		for j < len(p.lines) && !p.lines[j].blank {
			widest = max(widest, p.lines[j].width())
			j++
		}
		for ; i < j; i++ {
			p.lines[i].block = widest
		}
		i = j + 1
	}
}

// pages marks the heads and feet of pages: a line that counts pages, and lines
// beside one that the text has more than once.
func (p *page) pages() {
	times := map[string]int{}
	for _, l := range p.lines {
		if !l.blank && l.width() < maxRunning {
			times[p.folded(l.start, l.end)]++
		}
	}
	first := true
	for i, l := range p.lines {
		if l.blank {
			continue
		}
		if first { // the head of the first page names the payer
			first = false
			continue
		}
		if l.width() >= maxRunning || !counts(p.folded(l.start, l.end)) {
			continue
		}
		p.lines[i].running = true
		for j := max(0, i-2); j <= min(len(p.lines)-1, i+2); j++ {
			if m := p.lines[j]; !m.blank && m.width() < maxRunning && times[p.folded(m.start, m.end)] > 1 {
				p.lines[j].running = true
			}
		}
	}
}

// maxRunning is more than the runes of the head or foot of a page.
const maxRunning = 90

// counts reports whether a line counts pages: "Page 2 of 3", "- 2 -".
func counts(s string) bool {
	f := strings.Fields(strings.ToLower(strings.Trim(s, "-–— ")))
	for i, w := range f {
		if w == "page" && i+1 < len(f) && figures(strings.TrimRight(f[i+1], ",.:")) && (len(f) <= 4 || i+2 < len(f) && (f[i+2] == "of" || f[i+2] == "/")) {
			return true
		}
	}
	return false
}

func figures(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// folded is a part of the text with its white space folded.
func (p *page) folded(start, end int) string {
	return strings.Join(strings.Fields(string(p.runes[start:end])), " ")
}

// shouting reports whether a text is written in capitals, which then say
// nothing.
func shouting(runes []rune) bool {
	upper, lower := 0, 0
	for _, r := range runes {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > 12 && upper > 3*lower
}
