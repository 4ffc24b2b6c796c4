package export

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestPaginate sets documents and finds every line once and in order, no page
// overfull, and every note on the page of its first mark, or begun behind
// notes that were waiting.
func TestPaginate(t *testing.T) {
	t.Parallel()
	for _, d := range samples() {
		checkPages(t, d)
	}
	eachRandom(t, checkPages)
}

func checkPages(t *testing.T, d *bot.Document) {
	t.Helper()
	o, pages := paginated(t, d)
	var body, notes strings.Builder
	waiting := false // notes of earlier pages are not all set
	begun, marked := 0, 0
	for i, p := range pages {
		if p.used+p.noted > textHeight+0.001 {
			t.Errorf("page %d holds %.1f points of text and %.1f of notes", i+1, p.used, p.noted)
		}
		down := 0.0
		for j, l := range p.body {
			if l.y < down-0.001 {
				t.Errorf("page %d: line %d stands on the one before", i+1, j)
			}
			down = l.y + l.of.leading
			body.WriteString(l.line().text())
			if w := l.line().width; w > textWidth-l.of.left-l.of.right+0.001 && len(l.line().pieces) > 1 {
				t.Errorf("page %d: line %d is %.1f points wide", i+1, j, w)
			}
			for _, n := range l.line().notes {
				marked = max(marked, n)
			}
			if l.n == 0 {
				checkMarker(t, l.of)
			}
			if l.of.role == exhibit && l.n == 0 && j > 0 {
				t.Errorf("page %d: an exhibit begins in line %d", i+1, j)
			}
		}
		if n := len(p.body) - 1; n >= 0 && i+1 < len(pages) && len(pages[i+1].body) > 0 && n > 8 {
			checkEnd(t, i+1, p.body[n], pages[i+1].body[0])
		}
		for _, l := range p.notes {
			notes.WriteString(l.line().text())
			if l.n == 0 {
				begun++
			}
		}
		if begun > marked || begun < marked && !waiting && p.left() > noteGap+2*noteLeading*larger {
			t.Errorf("page %d: %d notes are marked and %d begun, with %.0f points left", i+1, marked, begun, p.left())
		}
		waiting = begun < marked
	}
	var wantBody, wantNotes strings.Builder
	cited := citedNotes(d)
	for _, e := range expect(d) {
		wantBody.WriteString(e.remark(cited, func(numbers []int) string {
			return strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers), " ", ","), "[]")
		}))
	}
	for i, n := range cited {
		wantNotes.WriteString(fmt.Sprint(i+1) + squeezed(noteText(n)))
	}
	if got := squeezed(body.String()); got != wantBody.String() {
		t.Errorf("text: %s", differ(got, wantBody.String()))
	}
	if got := squeezed(notes.String()); got != wantNotes.String() {
		t.Errorf("notes: %s", differ(got, wantNotes.String()))
	}
	if begun != len(o.notes) {
		t.Errorf("%d notes, want %d", begun, len(o.notes))
	}
}

// checkMarker checks what stands before an item of a list, and only there.
func checkMarker(t *testing.T, b *block) {
	t.Helper()
	got := ""
	if b.marker != nil {
		got = b.marker.text()
	}
	switch b.role {
	case item:
		if got != "•" {
			t.Errorf("an item begins with %q", got)
		}
	case numbered, enclosure:
		if n, err := strconv.Atoi(strings.TrimSuffix(got, ".")); err != nil || n < 1 {
			t.Errorf("a numbered item begins with %q", got)
		}
	default:
		if got != "" {
			t.Errorf("%q before no list", got)
		}
	}
}

// checkEnd checks where a page that had a choice ends: not behind a heading,
// and not with one line of a paragraph on either side.
func checkEnd(t *testing.T, page int, last, next placed) {
	t.Helper()
	lines := len(last.of.lines)
	switch {
	case next.of.role == exhibit:
	case last.of != next.of && last.of.keep && last.of.role == heading:
		t.Errorf("page %d ends with a heading", page)
	case last.of != next.of && next.of.role == signature && last.of.role != signature:
		t.Errorf("page %d begins with a signature", page+1)
	case last.of == next.of && lines > 3 && (last.n == 0 || next.n == lines-1):
		t.Errorf("page %d divides %d lines behind line %d", page, lines, last.n+1)
	}
}

// TestLongNotes sets notes that need more than a page.
func TestLongNotes(t *testing.T) {
	t.Parallel()
	for _, length := range []int{1, 40, 400, 4000} {
		d := &bot.Document{}
		for n := range 4 {
			d.Notes = append(d.Notes, bot.Note{N: n + 1, Text: strings.Repeat("Official words of a sample. ", length)})
			d.Blocks = append(d.Blocks, of(bot.Paragraph, say("A sentence.", n+1), say(" Another.", 1)), of(bot.Heading, say("A heading")), of(bot.Item, say("An item.", n+1)))
		}
		checkPages(t, d)
	}
}

// TestLarge sets large type.
func TestLarge(t *testing.T) {
	t.Parallel()
	small, large := testimony(), testimony()
	small.Large = false
	_, a := paginated(t, small)
	_, b := paginated(t, large)
	for _, c := range []struct{ small, large float64 }{
		{a[0].body[0].line().pieces[0].look.size, b[0].body[0].line().pieces[0].look.size},
		{a[0].body[0].of.leading, b[0].body[0].of.leading},
		{a[0].notes[0].line().pieces[1].look.size, b[0].notes[0].line().pieces[1].look.size},
	} {
		if c.large != c.small*larger {
			t.Errorf("large %.1f, small %.1f", c.large, c.small)
		}
	}
}

func TestBreaks(t *testing.T) {
	t.Parallel()
	fonts, err := newFonts()
	if err != nil {
		t.Fatal(err)
	}
	s := setter{fonts: fonts}
	for _, c := range []struct {
		text, url string
		width     float64
		want      string
	}{
		{"one two three", "", 40, "one two|three"},
		{"one\ntwo\n\nthree ", "", 400, "one|two||three"},
		{"§\u00a048.43.045 and so on", "", 70, "§\u00a048.43.045|and so on"},
		{"WAC 284-170-270", "", 70, "WAC|284-170-270"},
		{"evidence-based—or not", "", 50, "evidence-|based—or|not"},
		{"https://example.org/a?b=c", "https://example.org/a?b=c", 65, "https://|example.org/|a?b=c"},
		{"unbreakable", "", 30, "unbre|akabl|e"},
		{"x", "", 1, "x"},
	} {
		var got []string
		for _, l := range breakLines(s.spell([]run{{text: c.text, url: c.url}}, look{size: 12}), c.width) {
			got = append(got, l.text())
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q in %.0f points: %q, want %q", c.text, c.width, strings.Join(got, "|"), c.want)
		}
	}
}

// TestShown draws what the font has, and boxes for the rest.
func TestShown(t *testing.T) {
	t.Parallel()
	fonts, err := newFonts()
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"§": "§", "“": "“", "—": "—", "…": "…", "é": "é", "Ж": "Ж", "≥": "≥", "½": "½", "•": "•", "\u00a0": "\u00a0",
		"\u2011": "-", "☐": "[ ]", "漢": box, "😀": box, "ש": box, "ع": box,
	} {
		for c := range fonts {
			if got, width := fonts[c].shown(in); got != want || width <= 0 {
				t.Errorf("%q in cut %d: %q, %.2f wide", in, c, got, width)
			}
		}
	}
}
