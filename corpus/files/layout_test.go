package files

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-pdf/fpdf"
)

// written is a PDF that draw fills.
func written(draw func(*fpdf.Fpdf)) []byte {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.SetCompression(false)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()
	pdf.SetFont("Times", "", 11)
	draw(pdf)
	var b bytes.Buffer
	pdf.Output(&b)
	return b.Bytes()
}

// paragraphs writes text lines from a height down.
func paragraphs(pdf *fpdf.Fpdf, y float64, lines ...string) {
	for _, l := range lines {
		pdf.Text(72, y, l)
		y += 13
	}
}

var sampleLines = []string{
	"The sample therapist writes the minutes of each technique in the",
	"chart, and the sample clinic keeps the chart for ten years. A copy",
	"goes to the patient.",
}

const sampleText = "The sample therapist writes the minutes of each technique in the chart, and the sample clinic keeps the chart for ten years.\nA copy goes to the patient."

// turned draws the sample lines turned by an angle around the page's middle.
func turned(angle float64) func(*fpdf.Fpdf) {
	return func(pdf *fpdf.Fpdf) {
		pdf.TransformBegin()
		pdf.TransformRotate(angle, 306, 396)
		paragraphs(pdf, 380, sampleLines...)
		pdf.TransformEnd()
	}
}

// TestPages reads single pages, each with one thing that is hard.
func TestPages(t *testing.T) {
	t.Parallel()
	rotate := func(by int, data []byte) []byte {
		return patch(data, "/Type /Page\n", fmt.Sprintf("/Type /Page /Rotate %d\n", by))
	}
	for name, c := range map[string]struct {
		data []byte
		want string // lines of all passages
		says string // a doubt, or ""
	}{
		"plain":                       {written(turned(0)), sampleText, ""},
		"page turned 90":              {rotate(90, written(turned(90))), sampleText, ""},
		"page turned 180":             {rotate(180, written(turned(180))), sampleText, ""},
		"page turned 270":             {rotate(270, written(turned(270))), sampleText, ""},
		"text turned on an even page": {written(turned(90)), sampleText, ""},
		"page turned, text not":       {rotate(90, written(turned(0))), sampleText, ""},
		"watermark": {written(func(pdf *fpdf.Fpdf) {
			paragraphs(pdf, 380, sampleLines...)
			pdf.TransformBegin()
			pdf.TransformRotate(45, 306, 396)
			pdf.SetFont("Helvetica", "B", 60)
			pdf.Text(150, 400, "SPECIMEN")
			pdf.TransformEnd()
		}), sampleText, "at an angle"},
		"footnote mark is no digit": {written(func(pdf *fpdf.Fpdf) {
			paragraphs(pdf, 100, "Appeal within 30 days of the sample letter, or call.")
			pdf.SetFont("Times", "", 7)
			pdf.Text(72+fpdfWidth("Appeal within 30"), 96, "1")
			pdf.SetFont("Times", "", 8)
			pdf.Text(72, 700, "1 A sample note on days.")
		}), "Appeal within 30 days of the sample letter, or call.\n1 A sample note on days.", ""},
		"exponent stays": {written(func(pdf *fpdf.Fpdf) {
			paragraphs(pdf, 100, "The sample room has 12 m  and a door.")
			pdf.SetFont("Times", "", 7)
			pdf.Text(72+fpdfWidth("The sample room has 12 m"), 96, "2")
		}), "The sample room has 12 m² and a door.", ""},
		"list": {written(func(pdf *fpdf.Fpdf) {
			paragraphs(pdf, 100, "Keep these samples:")
			for i, s := range []string{"the first sample of the list", "the second one", "the third one"} {
				pdf.Text(80, 120+15*float64(i), fmt.Sprintf("%d.", i+1))
				pdf.Text(110, 120+15*float64(i), s)
			}
		}), "Keep these samples:\n1. the first sample of the list\n2. the second one\n3. the third one", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, r, err := readBytes(t, "page.pdf", c.data)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range s.Passages {
				got = append(got, p.Text)
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("it is read as\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
			if doubted := strings.Join(r.Doubts, "\n"); c.says == "" && doubted != "" || !strings.Contains(doubted, c.says) {
				t.Errorf("doubts %q", doubted)
			}
		})
	}
}

func fpdfWidth(s string) float64 {
	pdf := fpdf.New("P", "pt", "Letter", "")
	pdf.AddPage()
	pdf.SetFont("Times", "", 11)
	return pdf.GetStringWidth(s)
}

// set sets text in lines of a width, letters half as wide as high, from
// (x, y) down, for tests that need no PDF.
func set(text string, x, y, width, size float32) []word {
	var out []word
	at := x
	for _, t := range strings.Fields(text) {
		w := float32(len(t)) * size / 2
		if at+w > x+width && at > x {
			at, y = x, y+1.2*size
		}
		out = append(out, word{Text: t, Left: at, Right: at + w, Top: y, Bottom: y + size, Base: y + size, Size: size, Soft: strings.HasSuffix(t, "-")})
		at += w + size/2
	}
	return out
}

func TestColumns(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("sample words fill this column from its top to its end ", 6)
	head := set("A heading that goes across both of the columns of this page here", 72, 60, 468, 11)
	two := slices.Concat(head, set("Left "+long, 72, 100, 210, 10), set("Right "+long, 330, 100, 210, 10))
	zs, ok := zones(bands(two), 612)
	if !ok || len(zs) != 3 {
		t.Fatalf("%d zones, columns %v", len(zs), ok)
	}
	var order []string
	for n, z := range zs {
		ls, _ := z.lines(n)
		order = append(order, ls[0].words[0].Text)
	}
	if strings.Join(order, " ") != "A Left Right" {
		t.Errorf("read in the order %v", order)
	}
	if _, ok := zones(bands(set(long, 72, 100, 468, 10)), 612); ok {
		t.Error("one column is read as two")
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	cell := func(text string, x, y float32) []word { return set(text, x, y, 200, 10) }
	table := slices.Concat(
		cell("Code", 72, 100), cell("Units", 200, 100), cell("Meaning of it", 300, 100),
		cell("S1", 72, 116), cell("2", 215, 116), cell("a sample row that", 300, 116),
		cell("goes on below", 300, 128),
		cell("S2", 72, 144), cell("13", 210, 144), cell("another", 300, 144))
	ls, n := zone(bands(table)).lines(0)
	var got []string
	for _, l := range ls {
		got = append(got, l.text())
	}
	want := "Code | Units | Meaning of it\nS1 | 2 | a sample row that goes on below\nS2 | 13 | another"
	if n != 1 || strings.Join(got, "\n") != want {
		t.Errorf("%d tables:\n%s\nwant\n%s", n, strings.Join(got, "\n"), want)
	}
}

func TestHyphens(t *testing.T) {
	t.Parallel()
	m := measure{words: vocabulary{}}
	m.words.add([]word{{Text: "self-funded"}, {Text: "documentation"}, {Text: "well"}, {Text: "known"}, {Text: "end"}})
	for _, c := range []struct{ first, next, want string }{
		{"docu-", "mentation", "documentation"},
		{"self-", "funded", "self-funded"},
		{"well-", "known", "well-known"},
		{"reim-", "bursement,", "reimbursement,"},
		{"97124-", "97140", "97124-97140"},
		{"non-", "ERISA", "non- ERISA"},
		{"state-of-the-", "art", "state-of-the-art"},
	} {
		lines := []line{newLine([]word{{Text: c.first, Soft: true}}, 0), newLine([]word{{Text: c.next}}, 0)}
		if got := m.join(lines); got != c.want {
			t.Errorf("%s / %s is read as %q, want %q", c.first, c.next, got, c.want)
		}
	}
}

func TestRunningHeads(t *testing.T) {
	t.Parallel()
	var pages [][]line
	var heights []float32
	for i := range 6 {
		head := newLine(set(fmt.Sprintf("Chapter %d of the sample book", 1+i/3), 72, 40, 400, 9), 0)
		first := newLine(set("Each page begins otherwise "+strings.Repeat("x", i+1), 72, 80, 400, 11), 0)
		foot := newLine(set(fmt.Sprintf("- %d -", i+1), 300, 750, 100, 9), 0)
		pages, heights = append(pages, []line{head, first, foot}), append(heights, 792)
	}
	once := newLine(set("A title that stands once", 72, 40, 400, 9), 0)
	pages = append(pages, []line{once, newLine(set("and its text", 72, 80, 400, 11), 0)})
	drops := dropRunning(pages, append(heights, 792))
	for i, ls := range pages[:6] {
		if len(ls) != 1 || !strings.HasPrefix(ls[0].text(), "Each page") {
			t.Errorf("page %d keeps %d lines", i+1, len(ls))
		}
	}
	if len(pages[6]) != 2 || len(drops) != 2 {
		t.Errorf("the title is gone, or the heads are not named: %q", drops)
	}
}

func TestReadable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"ﬁ": "fi", "ﬄ": "ffl", "\u00ad": "-", "\u0002": "-", "a": "a", "\u0007": ""} {
		if got, _ := readable(in); got != want {
			t.Errorf("%q is read as %q", in, got)
		}
	}
}
