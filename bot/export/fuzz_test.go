package export

import (
	"bytes"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
)

// FuzzWrite writes what somebody typed in every place of a document, and
// reads it back from each format.
func FuzzWrite(f *testing.F) {
	for _, w := range words {
		f.Add(w, "x", "https://example.org/"+w)
	}
	f.Add("a\nb **c** [^1]: d", " - e", "https://example.org/<x>")
	f.Fuzz(func(t *testing.T, a, b, url string) {
		if len(a)+len(b)+len(url) > 4000 {
			t.Skip("long")
		}
		d := &bot.Document{
			Title: a,
			Blocks: []bot.Block{
				of(bot.Sender, say(a)), of(bot.Sender, say(b)), of(bot.Heading, say(b, 1)),
				of(bot.Paragraph, say(a, 1, 2), blank(b), blank(a), say(b, 2)),
				of(bot.Quotation, blank(a), say(b)), of(bot.Item, say(a+b)), of(bot.Numbered, say(b+a, 2)), of(bot.Signature, say(a)), of(bot.Signature, say(b)),
			},
			Notes:      []bot.Note{{N: 1, Text: a, URL: url}, {N: 2, Text: b, URL: b}},
			Enclosures: []string{a, b},
			Exhibits:   []bot.Exhibit{{Cite: a, Title: b, Status: a, URL: url, Lines: []string{a, b}}},
			Closing:    b,
		}
		from := time.Now()
		checkDOCX(t, d)
		checkMarkdown(t, d)
		checkText(t, d)
		checkPages(t, d)
		for _, s := range contents(t, write(t, d, PDF)) {
			checkMarked(t, s)
		}
		if took := time.Since(from); took > 10*time.Second {
			t.Errorf("%d bytes took %v", len(a)+len(b)+len(url), took)
		}
	})
}

// TestLinear writes a document of many times the size in not much more than
// as many times the time.
func TestLinear(t *testing.T) {
	big := func(n int) *bot.Document {
		d := &bot.Document{}
		for i := range n {
			d.Notes = append(d.Notes, bot.Note{N: i + 1, Text: "A note of a sample."})
			d.Blocks = append(d.Blocks, of(bot.Numbered, say("Some words of a sample.", i+1, 1)), of(bot.Paragraph, say(string(bytes.Repeat([]byte("word "), 50)))))
		}
		return d
	}
	took := func(n int, f Format) time.Duration {
		best := time.Hour
		d := big(n)
		for range 3 {
			from := time.Now()
			write(t, d, f)
			best = min(best, time.Since(from))
		}
		return best
	}
	for _, f := range Formats() {
		// On a machine that others use too, one try in several is undisturbed.
		var small, large time.Duration
		linear := false
		for try := 0; try < 8 && !linear; try++ {
			small, large = took(50, f), took(1000, f)
			linear = large <= 20*5*max(small, time.Millisecond)
		}
		if !linear {
			t.Errorf("%s: %v for 50 paragraphs, %v for 1000", f, small, large)
		}
		t.Logf("%s: %v for 50 paragraphs, %v for 1000", f, small, large)
	}
}

func BenchmarkWrite(b *testing.B) {
	d := letter()
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.SetBytes(int64(len(write(b, d, f))))
			}
		})
	}
}
