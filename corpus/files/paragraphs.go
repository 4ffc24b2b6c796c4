package files

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shares that part one paragraph from the next, and what stands out from
// running text.
const (
	looseLine   = 1.45 // times the usual distance of lines
	indentShare = 0.8  // of the type's size
	shortLine   = 0.8  // of the column's width: the paragraph may have ended
	noteShare   = 0.92 // of the body's size; a footnote is set no larger
	maxHeading  = 25   // words
)

// A measure is what a document's type is like.
type measure struct {
	body  float32 // size of most letters
	pitch float32 // distance of most lines' tops
	words vocabulary
}

// measureOf looks at all lines of a document.
func measureOf(pages [][]line) measure {
	letters, pitches := map[float32]int{}, map[int]int{}
	m := measure{words: vocabulary{}}
	for _, lines := range pages {
		for i, l := range lines {
			for _, w := range l.words {
				letters[w.Size] += len(w.Text)
			}
			if i > 0 && l.column == lines[i-1].column && l.cells == nil && l.top > lines[i-1].top {
				pitches[int((l.bottom-lines[i-1].bottom)*2+0.5)]++
			}
			m.words.add(l.words)
		}
	}
	most := 0
	for size, n := range letters {
		if n > most || n == most && size < m.body {
			m.body, most = size, n
		}
	}
	most = 0
	for p, n := range pitches {
		if n > most || n == most && float32(p)/2 < m.pitch {
			m.pitch, most = float32(p)/2, n
		}
	}
	return m
}

var (
	noteMark = regexp.MustCompile(`^(?:\[?(\d{1,3})\]?[.)]?|[*†‡§])$`)
	bullet   = regexp.MustCompile(`^[•●○▪■◦‣–—*·-]$`)
	item     = regexp.MustCompile(`^(?:\(?[0-9]{1,3}[.)]|\(?[A-Za-z][.)]|[ivx]{1,5}[.)])$`)
)

// blocks joins a page's lines to paragraphs, headings, rows and notes.
func (m measure) blocks(lines []line, h headings, number int) []block {
	notes := m.notes(lines)
	dropMarks(lines, notes)
	var out, last []block
	for i := 0; i < len(lines); {
		l := &lines[i]
		j := i + 1
		switch {
		case notes[i]:
			for j < len(lines) && notes[j] && !startsNote(&lines[j]) {
				j++
			}
			last = append(last, block{kind: note, page: number, text: m.join(lines[i:j])})
		case l.cells != nil:
			out = append(out, block{kind: row, page: number, text: l.text()})
		case h.level(l, number) > 0:
			for j < len(lines) && !notes[j] && m.sameHeading(lines[i:j], &lines[j], h, number) {
				j++
			}
			out = append(out, block{kind: heading, level: h.level(l, number), page: number, text: m.join(lines[i:j])})
		default:
			for j < len(lines) && !notes[j] && lines[j].cells == nil && h.level(&lines[j], number) == 0 && !m.parted(lines, j) {
				j++
			}
			out = append(out, block{kind: prose, page: number, text: m.join(lines[i:j])})
		}
		i = j
	}
	return append(out, last...)
}

// sameHeading reports whether next continues the heading that so far is.
func (m measure) sameHeading(so []line, next *line, h headings, number int) bool {
	last := &so[len(so)-1]
	return h.level(next, number) == h.level(last, number) && next.size == last.size && next.bold == last.bold &&
		next.column == last.column && next.top-last.bottom < 0.8*last.size && len(so) < 3 && !isItem(next) &&
		!numbered.MatchString(next.text())
}

// parted reports whether line j begins a paragraph after line j-1.
func (m measure) parted(lines []line, j int) bool {
	a, b := &lines[j-1], &lines[j]
	switch {
	case a.column != b.column:
		return !m.runsOn(a, b)
	case b.top < a.top, b.bottom-a.bottom > looseLine*max(m.pitch, 1.1*b.size):
		return true
	case a.size > 1.1*b.size, b.size > 1.1*a.size:
		return true
	case bullet.MatchString(b.words[0].Text):
		return true
	}
	left, right := edges(lines, j)
	short := a.right < left+shortLine*(right-left)
	if item.MatchString(b.words[0].Text) && len(b.words) > 1 && (short || ends(a.text()) || isItem(a) && abs(a.left-b.left) < 3) {
		return true
	}
	if b.left > left+indentShare*b.size && a.left <= left+indentShare*b.size && !isItem(a) {
		return true
	}
	return short && ends(a.text())
}

func abs(x float32) float32 { return max(x, -x) }

// isItem reports whether a line begins an item of a list, whose other lines
// may be indented.
func isItem(l *line) bool {
	return bullet.MatchString(l.words[0].Text) || item.MatchString(l.words[0].Text)
}

// runsOn reports whether a paragraph goes on from one column into the next.
func (m measure) runsOn(a, b *line) bool {
	r, _ := utf8.DecodeRuneInString(b.words[0].Text)
	return !ends(a.text()) && unicode.IsLower(r) && a.size == b.size
}

// edges are the left and right edges of the column that line j stands in.
func edges(lines []line, j int) (left, right float32) {
	left, right = lines[j].left, lines[j].right
	for i := range lines {
		if lines[i].column == lines[j].column && lines[i].cells == nil {
			left, right = min(left, lines[i].left), max(right, lines[i].right)
		}
	}
	return left, right
}

// ends reports whether a text ends like a sentence.
func ends(text string) bool {
	text = strings.TrimRight(text, `"'”’)]`)
	return text != "" && strings.ContainsRune(".?!:;", rune(text[len(text)-1]))
}

// notes marks the lines of footnotes: small type that begins with a mark and
// runs to the end of its column.
func (m measure) notes(lines []line) []bool {
	out := make([]bool, len(lines))
	for end := len(lines); end > 0; {
		start := end
		for start > 0 && lines[start-1].column == lines[end-1].column {
			start--
		}
		i := end
		for i > start && lines[i-1].cells == nil && lines[i-1].size <= noteShare*m.body {
			i--
		}
		for i < end && !startsNote(&lines[i]) {
			i++
		}
		for ; i < end; i++ {
			out[i] = true
		}
		end = start
	}
	return out
}

func startsNote(l *line) bool {
	return len(l.words) > 1 && noteMark.MatchString(strings.Trim(l.words[0].Text, superscripts))
}
