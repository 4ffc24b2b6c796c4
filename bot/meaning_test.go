package bot_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/retrieval"
)

// TestMeant: questions whose words lead elsewhere are answered by the source
// whose question means the same; without vectors most of them are not.
func TestMeant(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	lead := func(q string) string {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Abstained {
			return "declined"
		}
		return ans.Claims[0].Text
	}
	questions := map[string]string{
		"Do the first six visits apply if I'm out of network?": "contracting provider only",
		"Do I need the patient's signature to appeal?":         "the patient's authorization",
		"Does 2706 mean they must accept any provider?":        "not an any-willing-provider law",
		"How many people use massage when it's covered?":       "Lafferty 2006",
		"How did Washington's law survive in court?":           "Ninth Circuit upheld",
		"What did the CDC opioid guideline say about massage?": "CDC's 2022 opioid guideline",
	}
	for q, want := range questions {
		if got := lead(q); !strings.Contains(got, want) {
			t.Errorf("%q is answered %q, want %q", q, got, want)
		}
	}
	missed := 0
	as.Retriever = &retrieval.Retriever{Index: as.Retriever.Index, Lexicon: as.Retriever.Lexicon}
	for q, want := range questions {
		if !strings.Contains(lead(q), want) {
			missed++
		}
	}
	if missed < len(questions)/2 {
		t.Errorf("without vectors only %d of %d are missed: they show nothing", missed, len(questions))
	}
}
