package files

import (
	"cmp"
	"slices"
	"strings"
)

// A segment is a run of words on one line without a gap as wide as one
// between columns.
type segment struct {
	words                    []word
	left, top, right, bottom float32
}

func (s *segment) add(w word) {
	if len(s.words) == 0 {
		s.left, s.top, s.right, s.bottom = w.Left, w.Top, w.Right, w.Bottom
	}
	s.words = append(s.words, w)
	s.left, s.top = min(s.left, w.Left), min(s.top, w.Top)
	s.right, s.bottom = max(s.right, w.Right), max(s.bottom, w.Bottom)
}

// A band is what stands at one height of a page, from left to right.
type band []segment

func (b band) top() float32 {
	return slices.MinFunc(b, func(x, y segment) int { return cmp.Compare(x.top, y.top) }).top
}
func (b band) bottom() float32 {
	return slices.MaxFunc(b, func(x, y segment) int { return cmp.Compare(x.bottom, y.bottom) }).bottom
}

// wideGap is how many times the type's size a gap is that parts columns or
// cells: justified lines have gaps of up to one.
const wideGap = 1.5

// sameLine is how far apart two words of one line may stand, of the larger
// one's size: a raised digit does.
const sameLine = 0.45

// bands groups a page's words by height, and each height's by wide gaps.
func bands(words []word) []band {
	sorted := slices.Clone(words)
	slices.SortStableFunc(sorted, func(a, b word) int { return cmp.Compare(a.Base, b.Base) })
	var out []band
	for i := 0; i < len(sorted); {
		first := sorted[i]
		j := i
		for j < len(sorted) && sorted[j].Base-first.Base <= sameLine*max(first.Size, sorted[j].Size, 2) {
			j++
		}
		out = append(out, split(sorted[i:j]))
		i = j
	}
	return out
}

// split cuts the words of one height at wide gaps.
func split(words []word) band {
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(a.Left, b.Left) })
	var out band
	for _, w := range words {
		n := len(out)
		if n == 0 || w.Left-out[n-1].right > wideGap*max(w.Size, 6) {
			out = append(out, segment{})
			n++
		} else if s := &out[n-1]; raisedOn(s.words[len(s.words)-1], w) {
			s.words[len(s.words)-1].Text += raiseDigits.Replace(w.Text)
			s.right = max(s.right, w.Right)
			continue
		}
		out[n-1].add(w)
	}
	return out
}

// raisedOn reports whether w is a small number set high after the word
// before it, as marks of footnotes and exponents are.
func raisedOn(before, w word) bool {
	return w.Size <= 0.8*before.Size && before.Base-w.Base > raised*before.Size &&
		w.Left-before.Right < 0.3*before.Size && strings.Trim(w.Text, "0123456789") == ""
}

// A line is a line of text in reading order; of a table it is a row and has
// cells.
type line struct {
	words                    []word
	cells                    []string // of a table's row; else nil
	left, top, right, bottom float32
	size                     float32 // of most of its letters
	bold                     bool    // all of it
	column                   int     // counts zones: lines of two never join
}

func newLine(words []word, column int) line {
	var s segment
	letters := map[float32]int{}
	bold := true
	for _, w := range words {
		s.add(w)
		letters[w.Size] += len(w.Text)
		bold = bold && w.Bold
	}
	l := line{words: words, left: s.left, top: s.top, right: s.right, bottom: s.bottom, bold: bold, column: column}
	most := 0
	for size, n := range letters {
		if n > most || n == most && size > l.size {
			l.size, most = size, n
		}
	}
	return l
}

func (l *line) text() string {
	if l.cells != nil {
		return strings.Join(l.cells, " | ")
	}
	return joinWords(l.words)
}

// joinWords sets one space between words.
func joinWords(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}
