package discord

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A dice makes values that no assistant would, from a seed.
type dice struct{ *rand.Rand }

func (d dice) one(of []string) string { return of[d.IntN(len(of))] }

// text is up to n pieces of words, odd and not.
func (d dice) text(n int) string {
	var b strings.Builder
	for range 1 + d.IntN(n) {
		switch d.IntN(12) {
		case 0:
			b.WriteString(d.one(hostile))
		case 1:
			b.WriteString(strings.Repeat(d.one([]string{"x", "&", "<", "|", "👩\u200d👧", "e\u0301", "漢", "_", "a*", "[9]", ">"}), 1+d.IntN(200)))
		case 2:
			b.WriteString(d.one([]string{"\n", "\n\n", "\t", "\u00a0", "  ", "\u2028"}))
		case 3:
			b.WriteRune(rune(d.IntN(0x2ffff)))
		default:
			b.WriteString(d.one([]string{"the plan", "may not exclude", "a category", "of provider", "48.43.045", "(1)(a)", "within scope"}))
		}
		b.WriteString(d.one([]string{" ", " ", " ", "", "-"}))
	}
	return b.String()
}

func (d dice) cite() citation.Citation {
	c, _ := citation.Parse(d.one([]string{"RCW 48.43.045(1)(a)", "WAC 284-170-270", "42 U.S.C. 300gg-5(a)"}))
	return c
}

// answer is one of any size.
func (d dice) answer() *bot.Answer {
	ans := &bot.Answer{ID: "r-0123456789ab", Model: d.one([]string{"composer", "<@1> model"}), Abstained: d.IntN(12) == 0}
	long := 1 + d.IntN(60)
	if d.IntN(8) == 0 {
		long = 2000
	}
	if d.IntN(3) == 0 {
		ans.First, ans.Unanswered = d.text(20), d.text(20)
	}
	for n := range 1 + d.IntN(40) {
		c := bot.Citation{N: n + 1, Source: fmt.Sprintf("s%d", d.IntN(20)), Title: d.text(10), AsOf: "2026-07-18", Scope: corpus.PublicScope, TextStatus: corpus.Digest,
			Cite: d.cite(), URL: d.one([]string{"https://app.leg.wa.gov/x?a=1&b=2", "javascript:x", ""})}
		if d.IntN(2) == 0 {
			c.Quote = d.text(long)
		} else {
			c.Digest = d.text(long)
		}
		ans.Citations = append(ans.Citations, c)
	}
	for range 1 + d.IntN(12) {
		c := bot.Claim{Text: d.text(long), Part: bot.Part(d.one([]string{"answer", "limits", "next", "terms", "documents"})), Branch: d.one([]string{"", "If the employer self-funds", d.text(4)})}
		for range d.IntN(6) {
			c.Citations = append(c.Citations, 1+d.IntN(len(ans.Citations)))
		}
		ans.Claims = append(ans.Claims, c)
	}
	if d.IntN(2) == 0 {
		ans.Question = &coverage.Question{Text: d.text(10), Fact: "plan", Options: []string{"fully-insured", "self-funded", strings.Repeat("x", 3000)}}
	}
	for range d.IntN(9) {
		ans.Followups = append(ans.Followups, d.text(12))
		ans.Warnings = append(ans.Warnings, d.text(12))
		ans.Readings = append(ans.Readings, d.text(12))
		ans.Enclosures = append(ans.Enclosures, d.text(12))
		ans.Nearest = append(ans.Nearest, bot.Nearest{Cite: d.text(3), Title: d.text(3), URL: d.one([]string{"https://app.leg.wa.gov/x", d.text(3)})})
	}
	return ans
}

// TestRandomAnswers: whatever an answer holds, its messages keep the limits,
// its claims and sources are whole and in order, no citation mark is cut, and
// nothing mentions, links or formats.
func TestRandomAnswers(t *testing.T) {
	t.Parallel()
	for seed := range randomAnswers {
		d := dice{rand.New(rand.NewPCG(uint64(seed), 7))}
		v := view(t)
		v.Committee = d.IntN(2) == 0
		ans := d.answer()
		out := v.Answer(ans, chat.Shape{Ref: d.text(30), Private: d.IntN(2) == 0, Asked: d.text(40), By: d.one([]string{person, "<@1>", ""})})
		within(t, out)
		all := shown(out)
		keptWhole(t, ans, fold(all))
		marks := 0
		for _, c := range ans.Claims {
			marks += len(c.Citations)
		}
		if got := len(anyMark.FindAllString(all, -1)); !ans.Abstained && got != marks+len(ans.Citations) {
			t.Errorf("%d citation marks, want %d and %d sources", got, marks, len(ans.Citations))
		}
		wholeQuotes(t, ans, out)
		for _, m := range out {
			ours := strings.ReplaceAll(m.Content, "<@"+person+">", "")
			for _, p := range parse(ours) {
				switch p.kind {
				case "text", "bold", "small", "list":
				case "link":
					if p.url != "https://app.leg.wa.gov/x?a=1&b=2" && p.url != "https://app.leg.wa.gov/x" {
						t.Errorf("a link to %q", p.url)
					}
				default:
					t.Errorf("%s %q in %q", p.kind, p.text, m.Content)
				}
			}
			if c := rawControls(ours); c != nil {
				t.Errorf("%q holds %q", m.Content, c)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// keptWhole finds what an answer says in what is shown, in its order.
func keptWhole(t *testing.T, ans *bot.Answer, shown string) {
	t.Helper()
	at := 0
	find := func(what, text string) {
		t.Helper()
		i := strings.Index(shown[at:], fold(text))
		if i < 0 {
			t.Errorf("%s is not whole, or not in its place: %.300q", what, text)
			return
		}
		at += i + len(fold(text))
	}
	if ans.Abstained {
		for _, n := range ans.Nearest {
			find("a near source", n.Title)
		}
		return
	}
	for i, c := range ans.Claims {
		body, stop := layout.Clean(c.Text), ""
		if len(c.Citations) > 0 && strings.HasSuffix(body, ".") {
			body, stop = body[:len(body)-1], "."
		}
		for _, n := range c.Citations {
			body += fmt.Sprintf("[%d]", n)
		}
		find(fmt.Sprintf("claim %d", i+1), body+stop)
	}
	for _, w := range ans.Warnings {
		find("a warning", w)
	}
	find("the heading", "Sources")
	for _, c := range ans.Citations {
		find(fmt.Sprintf("source %d", c.N), fmt.Sprintf("[%d]%s", c.N, c.Cite))
		find(fmt.Sprintf("the words of source %d", c.N), cmp.Or(c.Quote, c.Digest))
	}
}

// TestCutsBetweenWords: where the words fit, no message ends within one.
func TestCutsBetweenWords(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("A plan may not exclude a category of provider & must say why. ", 300)
	chunks := chunks(layout.Para{}.Claim(text, []int{1, 22, 333}), MaxContent)
	if len(chunks) < 9 {
		t.Fatalf("%d chunks", len(chunks))
	}
	want := strings.Fields(strings.TrimSuffix(strings.TrimSpace(text), ".") + " [1][22][333].")
	if got := strings.Fields(strings.Join(chunks, " ")); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Error("a word was cut, lost or moved")
	}
	if last := chunks[len(chunks)-1]; !strings.Contains(last, "why [1][22][333].") {
		t.Errorf("the marks left their sentence: %q", last)
	}
}

// wholeQuotes: the words of a source are in one message, unless they are
// longer than one.
func wholeQuotes(t *testing.T, ans *bot.Answer, out []Message) {
	t.Helper()
	for _, c := range ans.Citations {
		quote := "“" + c.Quote + "”"
		if c.Quote == "" || ans.Abstained || room(quote) > MaxContent*3/4 {
			continue
		}
		if !slices.ContainsFunc(out, func(m Message) bool { return strings.Contains(fold(plainOf(parse(m.Content))), fold(quote)) }) {
			t.Errorf("the words of source %d are cut: %q", c.N, quote)
		}
	}
}
