package bot_test

import (
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestDenialFacts: a denial tells its plan where it speaks of it, and not by
// addresses, rights, other payers or what holds for all members.
func TestDenialFacts(t *testing.T) {
	t.Parallel()
	as := desk(t)
	for text, want := range map[string][2]string{
		"Mail appeals to P.O. Box 30271, Salt Lake City, UT 84130.":                                      {"unknown", ""},
		"You may write to the federal department at 200 Sample Avenue, Washington, D.C. 20201.":          {"unknown", ""},
		"If it is insured, the Office of the Insurance Commissioner can help you.":                       {"unknown", ""},
		"If your plan is self-funded, ask your employer.":                                                {"unknown", ""},
		"You may also file a complaint with Medicare at 1-800-MEDICARE.":                                 {"unknown", ""},
		"This claim should be billed to the auto insurer.":                                               {"unknown", ""},
		"The claim must be sent to the liability carrier.":                                               {"unknown", ""},
		"Charge exceeds fee schedule/maximum allowable or contracted/legislated fee arrangement.":        {"unknown", ""},
		"Claims are often denied when a provider is out of network.":                                     {"unknown", ""},
		"Prior authorization is not required for the first six massage visits of a new episode of care.": {"unknown", ""},
		"Regence administers the Sample Company plan, which is self-funded by the employer.":             {"self-funded", ""},
		"Department of Labor & Industries. Your workers' compensation claim is denied.":                  {"workers-comp", ""},
		"Your Medicare Advantage plan does not cover massage.":                                           {"medicare", ""},
		"Apple Health does not pay for massage therapy.":                                                 {"medicaid", "WA"},
		"This insured individual plan was issued in Washington.":                                         {"fully-insured", "WA"},
	} {
		out, err := as.Rebut(t.Context(), bot.RebutRequest{Request: bot.Request{Text: text}})
		if err != nil {
			t.Fatal(err)
		}
		a := out.Applicability
		if string(a.Plan) != want[0] || a.State != want[1] && want[1] != "" || want[0] == "unknown" && a.State != "" {
			t.Errorf("%q: plan %q, state %q, want %v", text, a.Plan, a.State, want)
		}
		for _, name := range []string{"in_network", "new_episode", "visit"} {
			if v := a.Facts[name]; v != "" {
				t.Errorf("%q: %s=%s", text, name, v)
			}
		}
	}
}
