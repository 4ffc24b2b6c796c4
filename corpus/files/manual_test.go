package files

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/go-pdf/fpdf"
)

// A sheet is what one page of a made manual says, for tests to compare with.
type sheet struct {
	label     string
	sentences []string // of its text and footnotes
	rows      []string // of its tables, cells joined by " | "
	heading   string   // that its first sentence stands under
	picture   bool
	columns   bool
}

// A manual is a PDF under way and what it says.
type manual struct {
	pdf    *fpdf.Fpdf
	rand   *rand.Rand
	sheets []sheet
	head   string // running head, after the chapter's number
	at     string // heading that is open
	number int    // of sentences, which are all different
	bare   bool   // without an outline and without labels of pages
}

const (
	left, right, textTop = 72.0, 540.0, 90.0
	pitchOfBody          = 13.0
)

func newManual(seed uint64) *manual {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.SetCompression(false)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetTitle("Sample Billing Manual", true)
	return &manual{pdf: pdf, rand: rand.New(rand.NewPCG(seed, seed))}
}

var (
	subjects = strings.Fields("therapist insurer clinic biller receptionist adjuster plan patient supervisor auditor")
	verbs    = strings.Fields("records confirms files returns compares signs copies keeps reviews corrects")
	objects  = strings.Fields("referral claim schedule authorization worksheet statement ledger envelope calendar agreement")
	longs    = strings.Fields("documentation reimbursement self-funded certification re-examination preauthorization administration classification")
)

// sentence makes a sentence that stands nowhere else in the manual.
func (m *manual) sentence() string {
	m.number++
	pick := func(from []string) string { return from[m.rand.IntN(len(from))] }
	return fmt.Sprintf("In sample case %d the %s %s the %s before the %s %s any %s or %s on day %d.",
		m.number, pick(subjects), pick(verbs), pick(objects), pick(subjects), pick(verbs), pick(longs), pick(objects), 1+m.rand.IntN(400))
}

func (m *manual) sheet() *sheet { return &m.sheets[len(m.sheets)-1] }

// page begins a page with its running head and foot.
func (m *manual) page(label string) {
	m.pdf.AddPage()
	m.sheets = append(m.sheets, sheet{label: label})
	m.pdf.SetFont("Helvetica", "I", 9)
	if n := len(m.sheets); m.head != "" && n%2 == 0 {
		m.pdf.Text(left, 50, m.head)
	} else if m.head != "" {
		m.pdf.Text(360, 50, "Sample Billing Manual, second edition")
	}
	m.pdf.SetFont("Helvetica", "", 9)
	if m.head != "" {
		m.pdf.Text(300, 760, label)
	}
}

// say writes text in lines between two edges, breaking long words at
// hyphens as books do, and returns the next line's place.
func (m *manual) say(text string, x0, x1, y float64) float64 {
	line := ""
	flush := func() {
		m.pdf.Text(x0, y, line)
		y += pitchOfBody
		line = ""
	}
	for _, w := range strings.Fields(text) {
		with := strings.TrimSpace(line + " " + w)
		if m.pdf.GetStringWidth(with) <= x1-x0 {
			line = with
			continue
		}
		if at := hyphenPoint(w); at > 0 && m.pdf.GetStringWidth(line+" "+w[:at]+"-") <= x1-x0 {
			line += " " + strings.TrimSuffix(w[:at], "-") + "-"
			flush()
			line = w[at:]
			continue
		}
		flush()
		line = w
	}
	flush()
	return y
}

// hyphenPoint is where a long word is broken; after its own hyphen first.
func hyphenPoint(w string) int {
	if i := strings.IndexByte(w, '-'); i > 0 {
		return i + 1
	}
	if len(w) < 10 || strings.ContainsAny(w, "0123456789") {
		return 0
	}
	return len(w) / 2
}

// prose fills a page with paragraphs of sentences and an optional footnote.
func (m *manual) prose(y, bottom float64, footnote bool) float64 {
	if m.sheet().heading == "" {
		m.sheet().heading = m.at
	}
	if footnote {
		bottom -= 50
	}
	marked := !footnote
	for y < bottom-5*pitchOfBody {
		var para []string
		for range 2 + m.rand.IntN(2) {
			para = append(para, m.sentence())
		}
		m.sheet().sentences = append(m.sheet().sentences, para...)
		m.pdf.SetFont("Times", "", 11)
		y = m.say(strings.Join(para, " "), left, right, y)
		if !marked { // the mark stands after the paragraph's last word
			marked = true
			last := y - pitchOfBody
			words := m.lastLine(para)
			m.pdf.SetFont("Times", "", 7)
			m.pdf.Text(left+words, last-4, "1")
		}
		y += 7
	}
	if footnote {
		note := m.sentence()
		m.sheet().sentences = append(m.sheet().sentences, "1 "+note)
		m.pdf.SetFont("Times", "", 8.5)
		m.pdf.Line(left, 690, left+120, 690)
		m.say("1 "+note, left, right, 702)
	}
	return y
}

// lastLine is how wide the last line of a paragraph is.
func (m *manual) lastLine(para []string) float64 {
	probe := &manual{pdf: fpdf.New("P", "pt", "Letter", ""), rand: m.rand}
	probe.pdf.AddPage()
	probe.pdf.SetFont("Times", "", 11)
	var last string
	line := ""
	for _, w := range strings.Fields(strings.Join(para, " ")) {
		with := strings.TrimSpace(line + " " + w)
		switch at := hyphenPoint(w); {
		case probe.pdf.GetStringWidth(with) <= right-left:
			line = with
		case at > 0 && probe.pdf.GetStringWidth(line+" "+w[:at]+"-") <= right-left:
			line = w[at:]
		default:
			line = w
		}
		last = line
	}
	return probe.pdf.GetStringWidth(last)
}

// heading writes a heading of a level and returns the next line's place.
func (m *manual) heading(text string, level int, y float64) float64 {
	size := []float64{20, 15, 12.5}[level-1]
	m.pdf.SetFont("Helvetica", "B", size)
	if !m.bare {
		m.pdf.Bookmark(text, level-1, y)
	}
	m.pdf.Text(left, y+size, text)
	m.at = text
	return y + size + 22
}

// table writes a table of four columns; the last cell of a row may wrap.
func (m *manual) table(y float64, rows int) float64 {
	xs := []float64{left, 150, 260, 340}
	write := func(font string, cells ...string) {
		m.pdf.SetFont("Helvetica", font, 9)
		m.sheet().rows = append(m.sheet().rows, strings.Join(cells, " | "))
		next := y
		for i, c := range cells {
			yy := y
			for _, part := range wrapAt(c, 34) {
				m.pdf.Text(xs[i], yy, part)
				yy += 11
			}
			next = max(next, yy)
		}
		y = next + 5
	}
	write("B", "Code", "Sample units", "Minutes", "What the sample row says")
	for range rows {
		m.number++
		write("", fmt.Sprintf("S%04d", m.number), fmt.Sprint(1+m.rand.IntN(8)), fmt.Sprintf("%d to %d", 8+m.rand.IntN(8), 23+m.rand.IntN(30)),
			fmt.Sprintf("sample row %d is kept with the %s", m.number, objects[m.rand.IntN(len(objects))]))
	}
	return y + 14
}

func wrapAt(s string, n int) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		if k := len(out); k > 0 && len(out[k-1])+1+len(w) <= n {
			out[k-1] += " " + w
		} else {
			out = append(out, w)
		}
	}
	return out
}

// twoColumns fills a page with two columns.
func (m *manual) twoColumns(y float64) {
	m.sheet().heading, m.sheet().columns = m.at, true
	m.pdf.SetFont("Times", "", 10)
	for _, x := range []float64{left, 318} {
		for yy := y; yy < 640; yy += 6 {
			s := m.sentence()
			m.sheet().sentences = append(m.sheet().sentences, s)
			yy = m.say(s, x, x+222, yy)
		}
	}
}

// photo shows a picture and nothing else.
func (m *manual) photo() {
	img := image.NewGray(image.Rect(0, 0, 40, 40))
	for i := range 40 {
		img.SetGray(i, i, color.Gray{200})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // unreachable: the buffer takes everything
	}
	m.pdf.RegisterImageOptionsReader("photo", fpdf.ImageOptions{ImageType: "PNG"}, &b)
	m.pdf.ImageOptions("photo", left, 100, 400, 400, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	m.sheet().picture = true
}

// fullManual makes a manual of so many pages: a title, contents, chapters of
// sections with footnotes and tables, pages of two columns, a picture.
func fullManual(pages int) *manual { return fill(newManual(uint64(pages)), pages) }

// bareManual is the like, with nothing but what is seen on its pages.
func bareManual(pages int) *manual {
	m := newManual(uint64(pages))
	m.bare = true
	fill(m, pages)
	for i := range m.sheets {
		m.sheets[i].label = fmt.Sprint(i + 1)
	}
	return m
}

func fill(m *manual, pages int) *manual {
	m.page("i")
	m.pdf.SetFont("Helvetica", "B", 30)
	m.pdf.Text(left, 200, "Sample Billing Manual")
	m.page("ii")
	m.head = "Front matter"
	chapter, body := 0, 0
	for len(m.sheets) < pages {
		n := len(m.sheets) - 1 // label of the next page but one
		if body%12 == 0 {
			chapter++
			m.head = fmt.Sprintf("Chapter %d", chapter)
		}
		m.page(fmt.Sprint(n))
		y := textTop
		if body%12 == 0 {
			y = m.heading(fmt.Sprintf("Chapter %d: On the sample %s", chapter, objects[chapter%len(objects)]), 1, y)
		}
		if body%3 == 0 && body%40 != 39 {
			y = m.heading(fmt.Sprintf("%d.%d How a %s is kept", chapter, 1+body%12/3, objects[body%len(objects)]), 2, y)
		}
		switch {
		case body%40 == 39:
			m.photo()
		case body%10 == 8:
			m.twoColumns(y)
		case body%7 == 4:
			y = m.prose(y, 400, false)
			y = m.table(y+10, 8)
			m.prose(y, 700, false)
		default:
			m.prose(y, 700, body%5 == 2)
		}
		body++
	}
	return m
}

// bytes is the finished PDF with labels: two pages in Roman numerals first.
func (m *manual) bytes() []byte {
	var b bytes.Buffer
	if err := m.pdf.Output(&b); err != nil {
		panic(err) // the test made a wrong call
	}
	if m.bare {
		return b.Bytes()
	}
	return patch(b.Bytes(), "/Type /Catalog", "/Type /Catalog /PageLabels <</Nums [0 <</S /r>> 2 <</S /D>>]>>")
}

var (
	object    = regexp.MustCompile(`(?m)^(\d+) 0 obj`)
	crossRefs = regexp.MustCompile(`(?s)\nxref\n0 (\d+)\n.*?trailer`)
	startXref = regexp.MustCompile(`startxref\n\d+`)
)

// patch replaces words in a PDF and puts its table of objects right.
func patch(pdf []byte, old, new string) []byte {
	s := strings.ReplaceAll(string(pdf), old, new)
	offsets := map[string]int{}
	for _, o := range object.FindAllStringSubmatchIndex(s, -1) {
		offsets[s[o[2]:o[3]]] = o[0]
	}
	x := crossRefs.FindStringSubmatchIndex(s)
	var table strings.Builder
	n := s[x[2]:x[3]]
	fmt.Fprintf(&table, "\nxref\n0 %s\n0000000000 65535 f \n", n)
	for i := 1; fmt.Sprint(i) != n; i++ {
		fmt.Fprintf(&table, "%010d 00000 n \n", offsets[fmt.Sprint(i)])
	}
	s = s[:x[0]] + table.String() + "trailer" + s[x[1]:]
	return []byte(startXref.ReplaceAllString(s, fmt.Sprintf("startxref\n%d", x[0]+1)))
}
