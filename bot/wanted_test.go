package bot_test

import (
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestUnanswered: where a fee, a time, a number or an address is asked for and
// none is in the answer, that is said first; where one is, nothing is.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]string{
		"how much does nonbinding mediation cost":                                  "What it costs is not in this library.",
		"how much does external review cost":                                       "", // the carrier pays
		"what is the time limit to dispute a payment with the carrier":             "No time for it is in this library: the letter, the contract or the plan document gives one if there is one.",
		"where do I complain about a carrier in washington, what number do I call": "No telephone number or address of an office is in this library; the sources below lead to their pages.",
		"refund demand from a washington carrier, how long do I have to answer it": "",
		"how long must I keep massage records in washington":                       "",
		"did the washington law raise premiums, what did it cost":                  "",
		"how many visits before washington prior authorization":                    "",
		"can they refuse me because I'm an LMT?":                                   "",
		"the lady on the phone said they don't take LMTs, is that legal":           "",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil || ans.Abstained || ans.Unanswered != want {
			t.Errorf("%q: %v, declined %t: %q, want %q\n%s", q, err, ans.Abstained, ans.Unanswered, want, texts(ans))
		}
	}
}
