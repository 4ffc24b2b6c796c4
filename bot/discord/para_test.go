package discord

import (
	"fmt"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// TestWhatIsNeverCut: wherever a message ends, a sentence's marks stay together
// with its last word, the label of a link is whole, so is a word of several
// spans, and so is a quotation.
func TestWhatIsNeverCut(t *testing.T) {
	t.Parallel()
	for words := range 60 {
		p := linked(layout.Para{}.Claim(strings.Repeat("ab ", words)+"end.", []int{1, 22, 333}).Say(" see "), "RCW 48.43.045 & <more>", "https://a.example/x?a=1&b=2").Say(" ").Bold("half").Say("-word says “its own *few* words” and (\"these are more\"), no other.")
		for limit := 80; limit < 130; limit++ {
			var found [5]bool
			for _, c := range chunks(p, limit) {
				if layout.Units(c) > limit {
					t.Errorf("%q is longer than %d", c, limit)
				}
				for i, whole := range []string{"end [1][22][333].", "[RCW 48.43.045 & ‹more>](<https://a.example/x?a=1&b=2>)", "**half**-word", `“its own \*few\* words”`, "(\"these are more\"),"} {
					found[i] = found[i] || strings.Contains(c, whole)
				}
			}
			if found != [5]bool{true, true, true, true, true} {
				t.Fatalf("%d words, limit %d: something was cut: %v", words, limit, found)
			}
		}
	}
}

// TestQuotations: a quotation that is not closed, or longer than a message,
// is cut between words, and its marks stay with its last one.
func TestQuotations(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"“" + strings.Repeat("never closed ", 40), "“" + strings.Repeat("too long ", 40) + "here.”", strings.Repeat("\"", 90), strings.Repeat("“ ", 90) + "”", "5\" and 6\" tall"} {
		var all []string
		for _, c := range chunks((layout.Para{}).Claim(text, []int{7}), 100) {
			if layout.Units(c) > 100 {
				t.Errorf("%q is longer than 100", c)
			}
			all = append(all, c)
		}
		if last := all[len(all)-1]; !strings.HasSuffix(strings.TrimSuffix(last, "."), "[7]") || strings.HasPrefix(last, "[7]") {
			t.Errorf("%.40q: the mark is alone: %q", text, last)
		}
		if got := plainOf(parse(strings.Join(all, " "))); fold(got) != fold(strings.TrimSuffix(text, ".")+"[7]"+map[bool]string{true: "."}[strings.HasSuffix(text, ".")]) {
			t.Errorf("%.40q became %q", text, got)
		}
	}
}

// TestLineBreaks: one is kept whatever white space stands around it.
func TestLineBreaks(t *testing.T) {
	t.Parallel()
	for _, p := range []layout.Para{layout.Say("a \n b"), layout.Say("a\n").Say(" b"), layout.Say("a ").Say("\nb"), layout.Say("a\u00a0\n").Say("\u00a0b"), layout.Say("a\n\n\nb")} {
		if got := chunks(p, MaxContent); len(got) != 1 || got[0] != "a\nb" {
			t.Errorf("%v is %q", p, got)
		}
	}
}

// TestLinkLabels: a label can neither end its link nor begin another thing.
func TestLinkLabels(t *testing.T) {
	t.Parallel()
	for _, text := range hostile {
		for _, c := range chunks(linked(layout.Para{}, text, "https://a.example/"), MaxContent) {
			for _, p := range parse(c) {
				if strings.TrimSpace(p.text) != "" && (p.kind != "link" || p.url != "https://a.example/") {
					t.Errorf("%q: %+v", c, p)
				}
			}
			if got := rawControls(c); got != nil {
				t.Errorf("%q holds %q", c, got)
			}
		}
	}
	for _, to := range []string{"javascript:alert(1)", "discord://x", ""} {
		if got := chunks(linked(layout.Para{}, "words", to), MaxContent); len(got) != 1 || got[0] != "words" {
			t.Errorf("%q leads to %q", got, to)
		}
	}
}

// TestLongAnswer: twenty thousand characters come in order, the sources and
// what can be pressed are in the last messages, and no branch begins in one
// message and ends in another where it would fit in one.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{}
	for i := range 20 {
		ans.Claims = append(ans.Claims, bot.Claim{Text: strings.Repeat(fmt.Sprintf("Part %d of a long answer. ", i), 40), Part: bot.Lead, Branch: fmt.Sprintf("If %d", i), Citations: []int{1}})
	}
	ans.Citations = []bot.Citation{{N: 1, Title: "A law", Quote: "its words", Scope: "public"}}
	out := view(t).Answer(ans, chat.Shape{Ref: "e1", Private: true})
	within(t, out)
	keptWhole(t, ans, fold(shown(out)))
	for i, m := range out {
		last := i == len(out)-1
		if has := strings.Contains(m.Content, "**Sources**"); has != last {
			t.Errorf("message %d of %d has sources: %v", i+1, len(out), has)
		}
		if has := len(buttonsIn(m)) > 0; has != last {
			t.Errorf("message %d of %d has buttons: %v", i+1, len(out), has)
		}
		for n := range 20 {
			if c := strings.Count(m.Content, fmt.Sprintf("Part %d of", n)); c != 0 && c != 40 {
				t.Errorf("message %d of %d has %d of 40 sentences of branch %d", i+1, len(out), c, n)
			}
		}
	}
}

// TestManyButtons: what needs more rows than a message has goes on in the
// next.
func TestManyButtons(t *testing.T) {
	t.Parallel()
	s := &sheet{}
	s.put(layout.Say("words"))
	for range 61 {
		s.buttons(s.button(s.next(ActionFollow), "More", ""))
	}
	out := s.messages()
	within(t, out)
	n := 0
	for _, m := range out {
		n += len(buttonsIn(m))
	}
	if n != 61 {
		t.Errorf("%d buttons", n)
	}
}
