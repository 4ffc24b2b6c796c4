package bot_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestReach: where a question asks whether a law reaches a plan, and the law's
// own words would mislead, the answer says to whom it applies; a neighbour that
// asks what the law holds is answered by that law.
func TestReach(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	card := func(id string) string { return as.Catalog.Card(id).Source.ID }
	for q, want := range map[string]string{
		"does ERISA block RCW 48.43.045":                                 card("erisa-preemption"),
		"is a church plan that is self funded bound by ERISA":            card("which-law-binds"),
		"what does RCW 48.43.045 say about categories":                   "rcw-48.43.045",
		"does RCW 48.43.045 apply to a fully insured plan in Washington": "rcw-48.43.045",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Abstained || len(ans.Claims) == 0 {
			t.Errorf("%q is declined", q)
			continue
		}
		begins := answersFrom(ans, as.Catalog.Card("erisa-preemption")) || answersFrom(ans, as.Catalog.Card("which-law-binds"))

		if c := as.Catalog.Card(want); c != nil && !answersFrom(ans, c) || c == nil && begins {
			t.Errorf("%q begins with %q, want %s", q, ans.Claims[0].Text, want)
		}
	}
}

// TestNowhereNear: what is far from all that is held and has no word of this
// field is declined, though it shares words; with one it gets the nearest.
func TestNowhereNear(t *testing.T) {
	t.Parallel()
	testDeclined(t, map[string]bool{
		"rush tickets for the prudential center concert":        true,
		"union station seattle parking":                         true,
		"how long do i keep my records after the last visit":    false,
		"can an employer self fund its plan to avoid state law": false,
	})
}

// testDeclined asks each question, and compares whether it is declined.
func testDeclined(t *testing.T, questions map[string]bool) {
	t.Helper()
	as := assistant(t)
	for q, want := range questions {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Abstained != want {
			t.Errorf("%q: declined %t: %s", q, ans.Abstained, strings.SplitN(ans.Text, "\n", 2)[0])
		}
	}
}
