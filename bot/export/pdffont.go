package export

import (
	"sync"
	"unicode"

	"github.com/carlos7ags/folio/font"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/text/unicode/bidi"
)

// A cut is a style of the typeface: Liberation Serif, as wide as Times.
type cut int

const (
	regular cut = iota
	bold700
	italic
	cuts
)

// A fontset is the typeface as one document uses it. It is for one goroutine.
type fontset [cuts]*face

// A face is a cut with what the document took of it.
type face struct {
	embedded *font.EmbeddedFont
	widths   map[rune]float64 // of what the font has, in em
}

// parsed are the font files, read once; they may be shared.
var parsed = sync.OnceValues(func() (out [cuts]font.Face, err error) {
	for i, data := range [cuts][]byte{liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF} {
		if out[i], err = font.ParseTTF(data); err != nil {
			return out, err
		}
	}
	return out, nil
})

func newFonts() (fontset, error) {
	faces, err := parsed()
	if err != nil {
		return fontset{}, err
	}
	var f fontset
	for i := range f {
		f[i] = &face{embedded: font.NewEmbeddedFont(faces[i]), widths: map[rune]float64{}}
	}
	return f, nil
}

// width is how wide r is in em; false where the font does not have it.
func (f *face) width(r rune) (float64, bool) {
	if w, ok := f.widths[r]; ok {
		return w, w >= 0
	}
	w := -1.0
	of := f.embedded.Face()
	if g := of.GlyphIndex(r); g != 0 {
		w = float64(of.GlyphAdvance(g)) / float64(of.UnitsPerEm())
	}
	f.widths[r] = w
	return w, w >= 0
}

// box stands for letters that the font does not have.
const box = "□"

// shown is the letter s, which may be of several runes, as it can be drawn,
// and how wide that is in em. Lines are set from left to right: letters of
// other scripts would stand in the wrong order, and are boxes too.
func (f *face) shown(s string) (string, float64) {
	if p, _ := bidi.LookupString(s); p.Class() == bidi.R || p.Class() == bidi.AL {
		sum, _ := f.sum(box)
		return box, sum
	}
	if sum, ok := f.sum(s); ok {
		return s, sum
	}
	if sum, ok := f.sum(substitute(s)); ok {
		return substitute(s), sum
	}
	sum, _ := f.sum(box)
	return box, sum
}

func (f *face) sum(s string) (float64, bool) {
	sum := 0.0
	for _, r := range s {
		w, ok := f.width(r)
		if !ok {
			return 0, false
		}
		sum += w
	}
	return sum, true
}

// substitute is what may stand for s: a space for a space of another width, a
// hyphen for one that does not break, a bracket for the box of a form.
func substitute(s string) string {
	switch s {
	case "\u2010", "\u2011":
		return "-"
	case "☐":
		return "[ ]"
	case "☑", "☒":
		return "[x]"
	}
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return s
		}
	}
	return " "
}
