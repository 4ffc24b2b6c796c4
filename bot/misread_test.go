package bot_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
)

// answersFrom reports whether the answer begins with a sentence of the card.
func answersFrom(ans *bot.Answer, card *corpus.Card) bool {
	if len(ans.Claims) == 0 {
		return false
	}
	claims := ans.Claims
	for len(claims) > 1 { // what a code means, and how many units, comes first
		source := ans.Citations[claims[0].Citations[0]-1].Source
		if source != "reason-codes" && source != "timed-units" {
			break
		}
		claims = claims[1:]
	}
	first := claims[0].Text
	return slices.ContainsFunc(card.Points(), func(p corpus.Point) bool {
		return p.Say == first || strings.EqualFold(saysYesOrNo.ReplaceAllString(p.Say, ""), first)
	})
}

// TestAsksReachTheirCard asks every way to ask for every card and
// correction: the answer is that card's, with one in a hundred let off.
func TestAsksReachTheirCard(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	all, wrong := 0, 0
	for _, card := range as.Catalog.Cards {
		asks := card.Source.Asks
		for _, topic := range card.Topics {
			asks = slices.Concat(asks, topic.Asks)
		}
		for i, ask := range asks {
			if i%askStep != 0 {
				continue
			}
			ans, err := as.Ask(t.Context(), bot.Request{Text: ask})
			if err != nil {
				t.Fatal(err)
			}
			if all++; !answersFrom(ans, card) {
				wrong++
				t.Logf("%s: %q is answered from elsewhere", card.Source.ID, ask)
			}
		}
	}
	if wrong*100 > all {
		t.Errorf("%d of %d asks do not reach their card", wrong, all)
	}
}

// TestMisreadings states each misreading of testdata/misreadings.txt: the
// answer begins with what puts it right.
func TestMisreadings(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	data, err := os.ReadFile("testdata/misreadings.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		id, text, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		card := as.Catalog.Card("correction-" + id)
		if card == nil {
			card = as.Catalog.Card(id)
		}
		if card == nil {
			t.Errorf("there is no correction or card %s", id)
			continue
		}
		ans, err := as.Ask(t.Context(), bot.Request{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if !answersFrom(ans, card) {
			first, _, _ := strings.Cut(ans.Text, "\n")
			t.Errorf("%s: %q begins with %q", id, text, first)
		}
	}
}
