package bot_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestVague: who says no more than that something was not paid is asked for
// the reason; who says why, or whom they refuse, is answered.
func TestVague(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, vague := range map[string]bool{
		"denied":                                             true,
		"my claim got denied help":                           true,
		"insurance wont pay":                                 true,
		"they rejected it":                                   true,
		"Premera denied my massage claim":                    true,
		"they denied my claim what do i do":                  true,
		"can they refuse me because I am an LMT?":            false,
		"they won't pay LMTs":                                false,
		"denied for timely filing":                           false,
		"claim denied, no referral":                          false,
		"how long do I have to appeal a denial":              false,
		"does insurance pay for massage":                     false,
		"CO-50":                                              false,
		"they refused to credential me":                      false,
		"insurance denied massage because it is maintenance": false,
		"why was my claim denied for medical necessity":      false,
		"Regence denied 97124":                               false,
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.HasPrefix(ans.Unanswered, "Which reason or code"); got != vague {
			t.Errorf("%q: asked for the reason %t, want %t\n%s", q, got, vague, ans.Text)
		}
	}
}
