package bot_test

import (
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestFollowupsAreAnswered asks what the answers themselves suggest.
func TestFollowupsAreAnswered(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n := 0
	for _, card := range as.Catalog.Cards {
		for _, q := range card.Followups {
			n++
			ans, err := as.Ask(t.Context(), bot.Request{Text: q})
			if err != nil {
				t.Fatal(err)
			}
			if ans.Abstained {
				t.Errorf("%s suggests %q, which is declined: %s", card.Source.ID, q, ans.Text)
			}
		}
	}
	if n == 0 {
		t.Error("no answer suggests a question")
	}
}
