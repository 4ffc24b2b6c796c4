package files

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// page reads page i, from 0, with its words as they are seen upright.
func (r *reader) page(d references.FPDF_DOCUMENT, i int) (*page, error) {
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: d, Index: i}}
	size, err := r.GetPageSize(&requests.GetPageSize{Page: at})
	if err != nil {
		return nil, err
	}
	p := &page{Number: i + 1, Width: float32(size.Width), Height: float32(size.Height)}
	if label, err := r.FPDF_GetPageLabel(&requests.FPDF_GetPageLabel{Document: d, Page: i}); err == nil {
		p.Label = label.Label
	}
	p.Pictures = r.pictures(at)
	box, err := r.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: at})
	if err != nil {
		return nil, err
	}
	rotation, err := r.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: at})
	if err != nil {
		return nil, err
	}
	loaded, err := r.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return nil, err
	}
	defer r.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	if n, err := r.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage}); err != nil || n.Count > pageChars {
		return nil, fmt.Errorf("it has more than %d characters (%w)", pageChars, err)
	}
	text, err := r.GetPageTextStructured(&requests.GetPageTextStructured{Page: at, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	turn := int(rotation.PageRotation)
	upright := (uprightQuarter(text.Chars) + 4) % 4 // quarters that text is turned against the clock
	v := view{left: box.Rect.Left, bottom: box.Rect.Bottom, right: box.Rect.Right, top: box.Rect.Top, turn: upright}
	if turn != upright && (turn+upright)%2 == 1 {
		p.Width, p.Height = p.Height, p.Width
	}
	r.words(p, loaded.TextPage, text.Chars, v)
	return p, nil
}

// pictures counts the images that a page shows.
func (r *reader) pictures(at requests.Page) int {
	n := 0
	count, err := r.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: at})
	if err != nil {
		return 0
	}
	for i := range min(count.Count, 1000) {
		o, err := r.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: at, Index: i})
		if err != nil {
			continue
		}
		if t, err := r.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject}); err == nil && t.Type == enums.FPDF_PAGEOBJ_IMAGE {
			n++
		}
	}
	return n
}

// uprightQuarter is the quarter turn that most characters have.
func uprightQuarter(chars []*responses.GetPageTextStructuredChar) int {
	var votes [4]int
	for _, c := range chars {
		if strings.TrimSpace(c.Text) != "" {
			votes[quarter(-c.Angle)]++
		}
	}
	best := 0
	for q, n := range votes {
		if n > votes[best] {
			best = q
		}
	}
	return best
}

// quarter is the nearest quarter turn of an angle in radians against the
// clock; PDFium counts with it.
func quarter(angle float64) int {
	return (int(math.Round(angle/(math.Pi/2)))%4 + 4) % 4
}

// slanted is how far from a quarter turn, in radians, text still is text.
const slanted = 0.1

func isSlanted(angle float64, turn int) bool {
	d := math.Mod(angle-float64(turn)*math.Pi/2, 2*math.Pi)
	if d < 0 {
		d += 2 * math.Pi
	}
	return min(d, 2*math.Pi-d) > slanted
}

// A view turns a page's own coordinates (y up) into those of its reader.
type view struct {
	left, bottom, right, top float32
	turn                     int
}

func (v view) box(c responses.CharPosition) (l, t, r, b float32) {
	x0, y0, x1, y1 := float32(c.Left), float32(c.Bottom), float32(c.Right), float32(c.Top)
	switch v.turn {
	case 1: // text runs up the page's own left side
		return y0 - v.bottom, x0 - v.left, y1 - v.bottom, x1 - v.left
	case 2:
		return v.right - x1, y0 - v.bottom, v.right - x0, y1 - v.bottom
	case 3:
		return v.top - y1, v.right - x1, v.top - y0, v.right - x0
	}
	return x0 - v.left, v.top - y1, x1 - v.left, v.top - y0
}

// words joins characters to words. PDFium puts spaces in where a gap is one.
func (r *reader) words(p *page, text references.FPDF_TEXTPAGE, chars []*responses.GetPageTextStructuredChar, v view) {
	var w word
	var letters strings.Builder
	var base float32 // where the word's letters stand
	flush := func() {
		if letters.Len() > 0 {
			w.Text = letters.String()
			p.Words = append(p.Words, w)
		}
		letters.Reset()
		w = word{}
	}
	for i, c := range chars {
		s, soft := readable(c.Text)
		switch {
		case c.Text == "" || c.Text == "\ufffd" || c.Text == "\ufffe" || c.Text == "\uffff":
			p.Unreadable++
			s = "\ufffd"
		case s == "" || strings.TrimSpace(s) == "":
			flush()
			continue
		}
		if isSlanted(-c.Angle, v.turn) {
			p.Slanted++
			continue
		}
		left, top, right, bottom := v.box(c.PointPosition)
		if letters.Len() > 0 && (top > w.Bottom || bottom < w.Top || left < w.Left-1 || left > w.Right+0.6*w.Size) {
			flush()
		}
		if letters.Len() == 0 {
			w = word{Left: left, Top: top, Right: right, Bottom: bottom}
			r.face(&w, text, i, v)
		}
		switch {
		case isDigit(s) && letters.Len() > 0 && base-bottom > raised*w.Size:
			s = raiseDigits.Replace(s)
		case !strings.ContainsAny(s, hanging):
			base = bottom
		}
		w.Left, w.Top = min(w.Left, left), min(w.Top, top)
		w.Right, w.Bottom = max(w.Right, right), max(w.Bottom, bottom)
		w.Soft = soft
		letters.WriteString(s)
	}
	flush()
}

// raised is how far above its neighbours, of the type's size, a digit is one
// of a footnote's mark; hanging has the characters that do not stand on the
// line.
const (
	raised  = 0.2
	hanging = "gjpqyQ,;()[]{}/|_@$\"'‘’“”*-–—"
)

func isDigit(s string) bool { return len(s) == 1 && '0' <= s[0] && s[0] <= '9' }

// face reads the type that character i is set in, and the line it stands on.
func (r *reader) face(w *word, text references.FPDF_TEXTPAGE, i int, v view) {
	w.Base = w.Bottom
	if o, err := r.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i}); err == nil {
		_, w.Base, _, _ = v.box(responses.CharPosition{Left: o.X, Right: o.X, Top: o.Y, Bottom: o.Y})
	}
	if s, err := r.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: i}); err == nil {
		w.Size = float32(s.FontSize)
	}
	if f, err := r.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: i}); err == nil {
		name := strings.ToLower(f.FontName)
		w.Bold = strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy")
	}
}

// ligatures are spelled out: a person who quotes types the letters.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// readable is the text of a character, and whether it is a hyphen that may
// be there for the line's sake. Control characters are nothing.
func readable(s string) (text string, soft bool) {
	switch s {
	case "\u0002", "\u00ad": // PDFium's mark for a hyphen at a line's end, and Unicode's
		return "-", true
	case "-", "\u2010":
		return "-", true
	}
	s = ligatures.Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s), false
}
