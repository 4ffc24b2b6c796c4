package slack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// TestWhatIsNeverCut: wherever a section ends, a sentence's marks stay
// together with its last word, the label of a link is whole, and so is a word
// of several spans.
func TestWhatIsNeverCut(t *testing.T) {
	t.Parallel()
	for words := range 40 {
		p := linked(layout.Para{}.Claim(strings.Repeat("ab ", words)+"end.", []int{1, 22, 333}).Say(" see "), "RCW 48.43.045 & <more>", "https://a.example/x?a=1&b=2").Say(" ").Bold("half").Say("-word")
		for limit := 80; limit < 120; limit++ {
			var found [3]bool
			for _, c := range chunks(p, limit) {
				if layout.Units(c.mrkdwn) > limit {
					t.Errorf("%q is longer than %d", c.mrkdwn, limit)
				}
				for i, whole := range []string{"end [1][22][333].", "<https://a.example/x?a=1&amp;b=2|RCW 48.43.045 &amp; &lt;more&gt;>", "*half*-word"} {
					found[i] = found[i] || strings.Contains(c.mrkdwn, whole)
				}
			}
			if found != [3]bool{true, true, true} {
				t.Fatalf("%d words, limit %d: something was cut: %v", words, limit, found)
			}
		}
	}
}

// TestLinkLabels: a label can neither end its link nor begin another thing.
func TestLinkLabels(t *testing.T) {
	t.Parallel()
	for _, text := range hostile {
		for _, c := range chunks(linked(layout.Para{}, text, "https://a.example/"), MaxSection) {
			for _, p := range parse(c.mrkdwn) {
				if strings.TrimSpace(p.text) != "" && (p.kind != "link" || p.url != "https://a.example/") {
					t.Errorf("%q: %+v", c.mrkdwn, p)
				}
			}
			if got := controls(c.plain); got != nil {
				t.Errorf("%q holds %q", c.plain, got)
			}
		}
	}
	for _, to := range []string{"javascript:alert(1)", "slack://x", ""} {
		if got := chunks(linked(layout.Para{}, "words", to), MaxSection); len(got) != 1 || got[0].mrkdwn != "words" {
			t.Errorf("%q leads to %q", got, to)
		}
	}
}

// TestManyBlocks: an answer of many small parts is several messages, and its
// numbers go on.
func TestManyBlocks(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{}
	for i := range 180 {
		ans.Claims = append(ans.Claims, bot.Claim{Text: fmt.Sprintf("Sentence %d.", i), Part: bot.Lead, Branch: fmt.Sprintf("If %d", i), Citations: []int{1}})
	}
	out := view(t).Answer(ans, chat.Shape{Ref: "e1"})
	within(t, out)
	if len(out) != 4 {
		t.Errorf("%d messages", len(out))
	}
	keptWhole(t, &bot.Answer{Claims: ans.Claims}, fold(strings.Join(seen(out), "\n")+"Sources"))
}

// TestLongAnswer: thirty thousand characters come in order, and the sources
// and what can be pressed are in the last message.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{}
	for i := range 10 {
		ans.Claims = append(ans.Claims, bot.Claim{Text: strings.Repeat(fmt.Sprintf("Part %d of a long answer. ", i), 125), Part: bot.Lead, Branch: fmt.Sprintf("If %d", i), Citations: []int{1}})
	}
	ans.Citations = []bot.Citation{{N: 1, Title: "A law", Quote: "its words", Scope: "public"}}
	out := view(t).Answer(ans, chat.Shape{Ref: "e1", Private: true})
	within(t, out)
	keptWhole(t, ans, fold(strings.Join(seen(out), "\n")))
	for i, m := range out {
		last := i == len(out)-1
		if has := strings.Contains(strings.Join(seen([]Message{m}), "\n"), "Sources"); has != last {
			t.Errorf("message %d of %d has sources: %v", i+1, len(out), has)
		}
		if has := len(buttonsOf(m.Blocks)) > 0; has != last {
			t.Errorf("message %d of %d has buttons: %v", i+1, len(out), has)
		}
	}
	if len(out) < 3 {
		t.Errorf("%d messages", len(out))
	}
}
