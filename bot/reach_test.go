package bot_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestWhomItBindsIsSaidFirst: where a law is named and does not bind the plan,
// or this library does not settle it, the answer begins with that, and with the
// plan that was asked about.
func TestWhomItBindsIsSaidFirst(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]string{
		"my client is on Medicare Advantage with Premera, does the every category law apply": "reach a Medicare Advantage plan is not settled",
		"Idaho Blue Cross patient living in Pullman, six visits without auth?":               "do not bind a plan issued in another state",
		"does the every category law apply to my VA patient":                                 "veterans' care",
		"does RCW 48.43.045 bind my self-funded plan":                                        "an employer's own self-funded plan is outside",
		"does RCW 48.43.045 bind a union trust plan?":                                        "if the trust pays its own claims",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Unanswered != "" || len(ans.Claims) == 0 || ans.Claims[0].Branch != "" || !strings.Contains(ans.Claims[0].Text, want) {
			t.Errorf("%q begins with %q, want %q", q, ans.Text[:min(300, len(ans.Text))], want)
		}
	}
}

// TestASentenceAmongOthers: a question is answered though what stands beside it
// is of no source, and though another program is told of; who asks about that
// program is told that nothing is held on it.
func TestASentenceAmongOthers(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]string{
		"got a letter wanting $2,318 back for visits from 2 years ago. ill deal with it after vacation in 6 weeks":                  "refund",
		"hubby retired navy, Tricare says no, but his VA doc put massage in the treatment plan. what does VA need before i see him": "VA",
		"her church plan made no election, does state law apply":                                                                    "plan",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Abstained || !strings.Contains(ans.Claims[0].Text, want) {
			t.Errorf("%q: %s", q, ans.Text)
		}
		if told := strings.Contains(ans.Unanswered, "TRICARE"); told != strings.Contains(q, "Tricare") {
			t.Errorf("%q: %q is said first", q, ans.Unanswered)
		}
	}
	// What was given is not taken for told.
	if ans, err := as.Ask(t.Context(), bot.Request{Text: "Tricare says no. what does VA need before i see him", Facts: []string{"outside=tricare"}}); err != nil || !ans.Abstained {
		t.Errorf("a program that was given is passed over: %v", err)
	}
	for _, q := range []string{"does tricare or the VA pay for massage?", "Tricare denied her. can I appeal?", "my vacation was great. how was yours?"} {
		if ans, err := as.Ask(t.Context(), bot.Request{Text: q}); err != nil || !ans.Abstained {
			t.Errorf("%q is answered: %v", q, err)
		}
	}
}
