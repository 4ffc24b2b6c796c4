package bot_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
)

// TestVerdictsAnswerWhatIsAsked: "No" to a duty is no "No" to its contrary,
// though both questions are near in words and have one answer.
func TestVerdictsAnswerWhatIsAsked(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for q, verdict := range map[string]string{
		"do they have to pay me the same as a PT?":                         "No; ",
		"they pay LMTs less than PTs for the same code, is that legal?":    "",
		"can they pay massage therapists less":                             "",
		"is visit 8 free of review?":                                       "No; ",
		"can they review the eighth massage visit?":                        "",
		"does Apple Health cover massage?":                                 "No; ",
		"is massage on the list of noncovered services":                    "",
		"can the insurer cap massage visits under the every category law?": "Yes; ",
		"does the every category law forbid a visit limit?":                "",
		"can my employer leave massage out":                                "Yes; ",
		"do small employers have to cover massage":                         "No; ",
		"does the law make them cover massage?":                            "No; ",
		"can I charge more than medicare rates":                            "", // near to no question that the card lists
		"are grandfathered plans exempt from section 2706?":                "Yes; ",
		"does section 2706 bind a grandfathered plan?":                     "No; ",
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if len(ans.Claims) == 0 {
			t.Errorf("%q is declined", q)
			continue
		}
		if got := saysYesOrNo.FindString(ans.Claims[0].Text); got != verdict {
			t.Errorf("%q begins with %q, want %q: %s", q, got, verdict, ans.Claims[0].Text)
		}
	}
}

var saysYesOrNo = regexp.MustCompile(`^(?:Yes|No|Close)[;:,] `)

// TestEveryVerdictIsOfItsFirstQuestion: where an answer of the library begins
// with a verdict, so does what the first of its questions is told, or the
// verdict is never given.
func TestEveryVerdictIsOfItsFirstQuestion(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n, kept := 0, 0
	for _, card := range as.Catalog.Cards {
		topics := append([]corpus.Topic{{Asks: card.Source.Asks, Answer: card.Answer}}, card.Topics...)
		for _, topic := range topics {
			if len(topic.Answer) == 0 || !strings.HasPrefix(topic.Answer[0].Say, "No; ") && !strings.HasPrefix(topic.Answer[0].Say, "Yes; ") || len(topic.Answer[0].If) > 0 {
				continue
			}
			n++
			ans, err := as.Ask(t.Context(), bot.Request{Text: topic.Asks[0]})
			if err != nil {
				t.Fatal(err)
			}
			if len(ans.Claims) > 0 && saysYesOrNo.MatchString(ans.Claims[0].Text) {
				kept++
			} else {
				t.Logf("%q is given no verdict", topic.Asks[0])
			}
		}
	}
	if kept < n*9/10 {
		t.Errorf("%d of %d first questions are given their verdict", kept, n)
	}
}
