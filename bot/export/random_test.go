package export

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

func samples() map[string]*bot.Document {
	return map[string]*bot.Document{"letter": letter(), "long": long(), "odd": odd(), "testimony": testimony(), "handout": handout()}
}

var words = strings.Split("plan|must|permit|every|category|§ 48.43.045(1)(a)|“quoted words”|—|…|café|e\u0301|naïve|Ж|Ω|½|漢字|العربية|😀|"+
	"*|_|**bold**|# x|1.|-|<b>|&amp;|[x](y)|`|~~|\\|!|{{x}}|==|www.example.org|a@example.org|https://example.org/?a=1&b=[2]|"+
	"\n|\r\n|\t|\x00|\x1b|\ufffe|\u200b|\u202e|\u00a0|\u2028|]]>|%s|"+strings.Repeat("long", 60), "|")

// random is a document that nobody would write. Its marks have notes.
func random(r *rand.Rand) *bot.Document {
	d := &bot.Document{Title: phrase(r, 3), Closing: phrase(r, r.IntN(4)), Large: r.IntN(4) == 0}
	for n := range r.IntN(12) {
		d.Notes = append(d.Notes, bot.Note{N: n + 1, Text: phrase(r, r.IntN(60)), URL: addresses[r.IntN(len(addresses))]})
	}
	kinds := []bot.BlockKind{bot.Sender, bot.Dateline, bot.Address, bot.Reference, bot.Heading, bot.Paragraph, bot.Paragraph, bot.Quotation, bot.Item, bot.Numbered, bot.Signature}
	for range r.IntN(40) {
		kind := kinds[r.IntN(len(kinds))]
		for range 1 + r.IntN(3) {
			b := bot.Block{Kind: kind}
			for range r.IntN(5) {
				run := bot.Run{Text: phrase(r, r.IntN(40)), Blank: r.IntN(5) == 0}
				for len(d.Notes) > 0 && r.IntN(3) == 0 {
					run.Notes = append(run.Notes, 1+r.IntN(len(d.Notes)))
				}
				b.Runs = append(b.Runs, run)
			}
			d.Blocks = append(d.Blocks, b)
		}
	}
	for range r.IntN(3) {
		d.Enclosures = append(d.Enclosures, phrase(r, r.IntN(4)))
		e := bot.Exhibit{Cite: phrase(r, r.IntN(3)), Title: phrase(r, r.IntN(4)), Status: phrase(r, r.IntN(4)), URL: addresses[r.IntN(len(addresses))]}
		for range r.IntN(5) {
			e.Lines = append(e.Lines, phrase(r, r.IntN(50)))
		}
		d.Exhibits = append(d.Exhibits, e)
	}
	return d
}

var addresses = []string{"", "https://example.org/a?b=c&d=<e>#f", "http://example.org", "javascript:alert(1)", "no address", "https://example.org/\u00e9"}

func phrase(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(words[r.IntN(len(words))])
		if r.IntN(4) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// eachRandom runs do over the random documents, which are the same each time.
func eachRandom(t *testing.T, do func(t *testing.T, d *bot.Document)) {
	t.Helper()
	for seed := range uint64(documents) {
		d := random(rand.New(rand.NewPCG(seed, 7)))
		do(t, d)
		if t.Failed() {
			t.Fatalf("with the document of seed %d", seed)
		}
	}
}

// An expected paragraph is what the document says, told without the outline
// that the writers work from.
type expected struct {
	kind   bot.BlockKind // or what stands below
	text   string
	blanks string
	marks  []int  // of the document's notes
	marked string // the text with U+E000 and the note's number for each mark
}

const (
	theEnclosures  = bot.BlockKind("enclosures")
	anEnclosure    = bot.BlockKind("enclosure")
	theClosing     = bot.BlockKind("closing")
	anExhibit      = bot.BlockKind("exhibit")
	exhibitText    = bot.BlockKind("exhibit text")
	exhibitAddress = bot.BlockKind("exhibit address")
)

var theMark = regexp.MustCompile("[\ue000-\uefff]")

// remark is what e says without white space, with the marks of one run as
// the format shows them: numbered by their first use.
func (e expected) remark(cited []bot.Note, show func(numbers []int) string) string {
	return theMarks.ReplaceAllStringFunc(squeezed(e.marked), func(marks string) string {
		var numbers []int
		for _, n := range marks {
			numbers = append(numbers, 1+slices.IndexFunc(cited, func(c bot.Note) bool { return c.N == int(n)-0xe000 }))
		}
		return show(numbers)
	})
}

var theMarks = regexp.MustCompile("[\ue000-\uefff]+")

func expect(d *bot.Document) []expected {
	var out []expected
	add := func(kind bot.BlockKind, marked, blanks string, marks []int) {
		text := strings.TrimSpace(theMark.ReplaceAllString(marked, ""))
		if text != "" || len(marks) > 0 {
			out = append(out, expected{kind, text, blanks, marks, marked})
		}
	}
	for _, b := range d.Blocks {
		var text, blanks string
		var marks []int
		for _, r := range b.Runs {
			s := clean(r.Text)
			if r.Blank && strings.TrimSpace(s) != "" {
				s = bracketed(s)
				blanks += s
			}
			text += s
			seen := map[int]bool{}
			for _, n := range r.Notes {
				if !seen[n] {
					marks = append(marks, n)
					text += string(rune(0xe000 + n))
				}
				seen[n] = true
			}
		}
		add(b.Kind, text, blanks, marks)
	}
	at := len(out)
	for _, e := range d.Enclosures {
		add(anEnclosure, clean(e), "", nil)
	}
	if len(out) > at {
		out = append(out[:at:at], append([]expected{{kind: theEnclosures, text: "Enclosures", marked: "Enclosures"}}, out[at:]...)...)
	}
	add(theClosing, clean(d.Closing), "", nil)
	for i, e := range d.Exhibits {
		name := "Exhibit " + string(rune('A'+i))
		if cite := oneLine(clean(e.Cite)); cite != "" {
			name += ": " + cite
		}
		add(anExhibit, name, "", nil)
		add(exhibitText, clean(e.Title), "", nil)
		add(exhibitText, clean(e.Status), "", nil)
		add(exhibitAddress, oneLine(clean(e.URL)), "", nil)
		for _, s := range e.Lines {
			add(exhibitText, clean(s), "", nil)
		}
	}
	return out
}

// citedNotes are the notes of d that marks lead to, in the order of the first.
func citedNotes(d *bot.Document) []bot.Note {
	var out []bot.Note
	seen := map[int]bool{}
	for _, e := range expect(d) {
		for _, n := range e.marks {
			if !seen[n] {
				seen[n] = true
				out = append(out, d.Notes[n-1])
			}
		}
	}
	return out
}

// noteText is a note as it is shown.
func noteText(n bot.Note) string {
	return strings.TrimSpace(oneLine(clean(n.Text)) + " " + oneLine(clean(n.URL)))
}

// squeezed is s without white space.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// differ shows where got leaves want.
func differ(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	show := func(s string) string { return s[max(0, i-60):min(len(s), i+60)] }
	return fmt.Sprintf("at byte %d: …%q…, want …%q…", i, show(got), show(want))
}
