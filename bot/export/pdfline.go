package export

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// A look is how a piece of a line is drawn.
type look struct {
	cut   cut
	size  float64 // points
	rise  float64 // above the base line
	blank bool
	url   string // leads outside
	dest  string // leads to this note
}

// A glyph is what is drawn at once: a grapheme.
type glyph struct {
	text, shown string
	look        *look
	width       float64
	notes       int  // of the mark that ends here, or 0
	space       bool // falls away at the end of a line
	breaks      bool // a line may end behind it
	ends        bool // the line ends behind it
}

// A piece is text of one look on a line.
type piece struct {
	text, shown string
	look        *look
	x, width    float64 // x from the left of the line
}

// A line is a line of a paragraph.
type line struct {
	pieces []piece
	width  float64
	notes  []int // whose marks it holds
}

// spell makes glyphs of runs, with the marks of the notes.
func (s *setter) spell(runs []run, base look) []glyph {
	var out []glyph
	for _, r := range runs {
		l := base
		l.blank, l.url = r.blank, r.url
		out = s.glyphs(out, r.text, &l)
		for i, n := range r.notes {
			up := base
			up.size, up.rise = base.size*0.62, base.size*0.36
			if i > 0 {
				out = s.glyphs(out, ",", &up)
			}
			to := up
			to.dest = noteName(n)
			out = s.glyphs(out, strconv.Itoa(n), &to)
			out[len(out)-1].notes = n
		}
	}
	return out
}

func noteName(n int) string { return "note-" + strconv.Itoa(n) }

func (s *setter) glyphs(out []glyph, text string, l *look) []glyph {
	f := s.fonts[l.cut]
	for g := graphemes.FromString(text); g.Next(); {
		t := g.Value()
		if t == "\n" {
			out = append(out, glyph{look: l, ends: true, breaks: true})
			continue
		}
		shown, em := f.shown(t)
		r, _ := utf8.DecodeRuneInString(t)
		space := breaksLine(r)
		if n := len(out); n > 0 && !space && breakBetween(&out[n-1], r, l) {
			out[n-1].breaks = true
		}
		out = append(out, glyph{text: t, shown: shown, look: l, width: em * l.size, space: space, breaks: space})
	}
	return out
}

// breakBetween reports whether a line may end between two glyphs: behind a
// dash, behind a hyphen between letters (a section's number stays whole), and
// in an address behind what separates its parts.
func breakBetween(before *glyph, r rune, l *look) bool {
	if l.dest != "" || before.text == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before.text)
	switch {
	case last == '—' || last == '–':
		return true
	case l.url != "" && before.look == l:
		return last == '/' || last == '?' || last == '&' || last == '='
	}
	return last == '-' && unicode.IsLetter(r)
}

// breakLines breaks glyphs into lines of at most so many points.
func breakLines(glyphs []glyph, width float64) []line {
	var out []line
	for start := 0; start < len(glyphs); {
		end, next := measure(glyphs, start, width)
		out = append(out, newLine(glyphs[start:end]))
		start = next
	}
	return out
}

// measure is where the line that begins at start ends, without the space at
// its end, and where the next one begins.
func measure(glyphs []glyph, start int, width float64) (end, next int) {
	at := 0.0
	cut := start // behind the last letter at which the line may end
	for i := start; i < len(glyphs); i++ {
		l := &glyphs[i]
		if at += l.width; at > width && !l.space && i > start {
			if cut == start {
				cut = i
			}
			return trimSpace(glyphs, start, cut), cut
		}
		if l.ends {
			return trimSpace(glyphs, start, i), i + 1
		}
		if l.breaks {
			cut = i + 1
		}
	}
	return trimSpace(glyphs, start, len(glyphs)), len(glyphs)
}

func trimSpace(glyphs []glyph, start, end int) int {
	for end > start && glyphs[end-1].space {
		end--
	}
	return end
}

// newLine joins glyphs of one look.
func newLine(glyphs []glyph) line {
	var l line
	var open *glyph
	for i := range glyphs {
		c := &glyphs[i]
		if c.notes != 0 {
			l.notes = append(l.notes, c.notes)
		}
		same := open != nil && open.look == c.look && (open.text == open.shown) == (c.text == c.shown)
		if !same {
			l.pieces = append(l.pieces, piece{look: c.look, x: l.width})
		}
		p := &l.pieces[len(l.pieces)-1]
		p.text += c.text
		p.shown += c.shown
		p.width += c.width
		l.width += c.width
		open = c
	}
	return l
}
