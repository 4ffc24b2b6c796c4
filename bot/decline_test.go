package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
)

// TestWhatIsNotHeldIsSaid: a question for what the library names as not held
// is declined in the guide's words, and no such guide is called near.
func TestWhatIsNotHeldIsSaid(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]string{
		"massage for anxiety, is there evidence":        "holds no study",
		"can i bill insurance for a no show":            "was not verified",
		"there is a non compete in my carrier contract": "The contract itself decides",
		"a lawyer subpoenaed my notes":                  "was not verified",
		"does cobra have to follow the category law":    "No rule on that kind of coverage",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if !ans.Abstained || !strings.Contains(strings.Join(ans.Warnings, " "), want) {
			t.Errorf("%q: %s", q, ans.Text)
		}
		if slices.ContainsFunc(ans.Nearest, func(n bot.Nearest) bool { return strings.Contains(n.Cite, corpus.NotHeld) }) {
			t.Errorf("%q: near is what is not held: %v", q, ans.Nearest)
		}
	}
	for _, s := range as.Catalog.Sources {
		if s.Status != corpus.NotHeld {
			continue
		}
		for _, ask := range s.Asks {
			ans, err := as.Ask(t.Context(), bot.Request{Text: ask})
			if err != nil {
				t.Fatal(err)
			}
			if !ans.Abstained {
				t.Errorf("%s: %q is answered: %s", s.ID, ask, ans.Claims[0].Text)
			}
		}
	}
}

// TestACodeThatIsNotHeldIsNamed: an answer to a question about a code or
// section that the library does not have says so.
func TestACodeThatIsNotHeldIsNamed(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]string{
		"diagnosis is R52, is that ok":                  "ICD-10-CM R52 is not in this library",
		"does RCW 48.43.999 help massage therapists":    "RCW 48.43.999 is not in this library",
		"is M79.18 still valid":                         "",
		"does RCW 48.43.045(1)(a) help me as an LMT":    "",
		"97124 or 97140 for lymphatic drainage by LMT":  "",
		"my address is 97035 and insurance refuses LMT": "",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(ans.Readings, " ")
		if strings.Contains(strings.Join(ans.Warnings, " "), "not in this library") {
			t.Errorf("%q: a receipt would keep %q", q, ans.Warnings)
		}
		if want == "" && strings.Contains(said, "not in this library") || !strings.Contains(said, want) {
			t.Errorf("%q: %q", q, said)
		}
	}
}

// TestAWarningSignStandsAlone, unless the question is also about coverage.
func TestAWarningSignStandsAlone(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Safety = loadSafety(t)
	for q, alone := range map[string]bool{
		"patient has a hot swollen calf, should i massage":          true,
		"patient has a hot swollen calf and the claim was denied":   false,
		"client lost bladder control, can i work on her low back":   true,
		"chest pain during the session, how do i bill for the time": false,
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.First == "" || alone != (len(ans.Claims) == 0 && len(ans.Warnings) == 0) {
			t.Errorf("%q: %s", q, ans.Text)
		}
	}
}

// TestTermsAreDefined, however they are asked for.
func TestTermsAreDefined(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]string{
		"what is an any willing provider law":               "accept every provider",
		"what is the deemer clause in normal words":         "keeps a state from treating",
		"explain ERISA to me like I'm five":                 "federal law on private employers' benefit plans",
		"what is a grandfathered plan and does it matter":   "March 23, 2010",
		"assignment of benefits meaning":                    "pay the provider",
		"what is a clean claim":                             "everything the payer needs",
		"what are network gap exceptions in plain language": "exception",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if len(ans.Claims) == 0 || !strings.Contains(ans.Claims[0].Text, want) {
			t.Errorf("%q: %s", q, ans.Text)
		}
	}
}

// TestTheLeadFits: which of a source's places begins the answer.
func TestTheLeadFits(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]string{
		"can i bill for intake time":                                 "do not count toward timed units",
		"can I bill for 30 minutes of intake":                        "do not count toward timed units",
		"is massage therapy health care under Washington law":        "health care",
		"can i waive the copay for my patients":                      "waivers of copayments",
		"my patient works for the state of washington":               "public plan",
		"insurance paid PT 97140 at 45 dollars and me 28, same code": "equal pay",
		"how do I document medical necessity":                        "function lost",
		"what evidence is there that massage works for neck pain":    "neck pain",
		"the claim was denied for no prior auth but I had an auth":   "had prior authorization",
		"sample appeal letter, what to include":                      "Ask in the first letter",
		"denied as maintenance care but she is getting better":       "measured progress",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		lead := ""
		for _, c := range ans.Claims[:min(2, len(ans.Claims))] {
			lead += c.Text + " "
		}
		if !strings.Contains(lead, want) {
			t.Errorf("%q begins with %q, want %q", q, lead, want)
		}
	}
}

func loadSafety(t *testing.T) *bot.Safety {
	t.Helper()
	s, err := bot.LoadSafety(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
