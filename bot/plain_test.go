package bot_test

import (
	"slices"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestPlainKeepsEveryCitation asks about every card both ways: the plain
// answer has the same sentences with the same places cited, and more than
// them only what terms mean, cited like all else.
func TestPlainKeepsEveryCitation(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	explained := 0
	for _, card := range as.Catalog.Cards {
		ask := func(plain bool) *bot.Answer {
			ans, err := as.Ask(t.Context(), bot.Request{Text: card.Source.Asks[0], Plain: plain})
			if err != nil {
				t.Fatal(err)
			}
			return ans
		}
		legal, plain := ask(false), ask(true)
		if len(plain.Claims) < len(legal.Claims) {
			t.Errorf("%q: plain has %d sentences, else %d", card.Source.Asks[0], len(plain.Claims), len(legal.Claims))
			continue
		}
		for i, c := range plain.Claims {
			if len(c.Citations) == 0 {
				t.Errorf("%q: %q is not cited", card.Source.Asks[0], c.Text)
			}
			if i >= len(legal.Claims) {
				explained++
				if c.Part != bot.Terms {
					t.Errorf("%q: plain adds %q as %s", card.Source.Asks[0], c.Text, c.Part)
				}
				continue
			}
			if was := legal.Claims[i]; c.Text != was.Text || !slices.Equal(cited(plain, c), cited(legal, was)) {
				t.Errorf("%q: plain has %q, else %q", card.Source.Asks[0], c.Text, was.Text)
			}
		}
	}
	if explained < 50 {
		t.Errorf("%d terms explained over all cards: want 50 and more", explained)
	}
}

func cited(ans *bot.Answer, c bot.Claim) []string {
	var out []string
	for _, n := range c.Citations {
		out = append(out, ans.Citations[n-1].Cite.String())
	}
	return out
}
