package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestShape: an answer begins with what was asked for, a step, papers or a
// meaning; says what it leaves out; and answers a second question too.
func TestShape(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, want := range map[string]struct {
		begins, has string
		lacks       string
	}{
		"denied as not medically necessary, what do I do":                               {begins: "Ask in writing for the criteria"},
		"denied as not medically necessary":                                             {begins: "The plan's own criteria"},
		"what should I enclose with an appeal letter for medical necessity":             {begins: "Enclose: the denial"},
		"how do we appeal a denial as maintenance care":                                 {has: "Enclose: the denial"},
		"does medicare pay for massage":                                                 {begins: "No;", lacks: "Enclose:"},
		"Denial code CO-197 what does this mean":                                        {begins: "CARC 197 means", has: "CO means contractual obligation"},
		"CO 50 on my eob from regence":                                                  {begins: "CARC 50 means", has: "necessary, except where a law bars that ground"},
		"what did the court decide in the Hoffman case about every category":            {begins: "Not in this library under that name: the decision in Hoffman."},
		"what did Miller decide":                                                        {lacks: "under that name"},
		"PIP cut my bills after an IME, what can we do":                                 {begins: "Not in this library: independent medical examinations"},
		"write me an appeal letter for a denied massage claim":                          {begins: "Letters are written by 'advocate rebut'"},
		"can two LMTs treat the same patient the same day":                              {begins: "Nothing in this library is on exactly that."},
		"what has to be in my chart notes in Washington, and how long must I keep them": {has: "Also: A Washington massage therapist must keep an adult's records"},
		"my patient's plan is self-funded, do massage notes need minutes":               {lacks: "Also:"},
		"how many minutes do I need for 2 units":                                        {begins: "Under Medicare's 8-minute rule, 23 to 37 minutes make 2 units"},
		"does RCW 48.43.045 bind a union trust plan like the carpenters trust?":         {begins: "Not if the trust pays its own claims"},
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(ans.Text, want.begins) || !strings.Contains(ans.Text, want.has) || want.lacks != "" && strings.Contains(ans.Text, want.lacks) {
			t.Errorf("%q: want %+v\n%s", q, want, ans.Text)
		}
	}
}

// TestFollowupsAreOther: no answer offers the question that was asked.
func TestFollowupsAreOther(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n := 0
	for _, card := range as.Catalog.Cards {
		for _, topic := range card.Topics {
			ask := topic.Asks[0]
			ans, err := as.Ask(t.Context(), bot.Request{Text: ask})
			if err != nil {
				t.Fatal(err)
			}
			n += len(ans.Followups)
			if slices.ContainsFunc(ans.Followups, func(next string) bool { return strings.EqualFold(strings.Trim(next, "?"), strings.Trim(ask, "?")) }) {
				t.Errorf("%q is offered after itself", ask)
			}
		}
	}
	if n == 0 {
		t.Error("no answer suggests a question")
	}
}
