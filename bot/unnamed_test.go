package bot_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/retrieval"
)

// TestPlaceholdersSayNothing: a question about a named person, as it is once
// the names are replaced, begins as it does about nobody.
func TestPlaceholdersSayNothing(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Retriever = &retrieval.Retriever{Index: as.Retriever.Index, Lexicon: as.Retriever.Lexicon} // by words alone a name is heard most
	begin := func(q string) string {
		ans, err := as.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Abstained {
			return "declined: " + strings.Join(ans.Warnings, " ")
		}
		return strings.TrimSpace(ans.Unanswered + " " + ans.Claims[0].Text)
	}
	for named, plain := range map[string]string{
		"My patient Mrs. Jane Doe, SSN 123-45-6789, was denied for lack of medical necessity. What now?":                     "My patient was denied for lack of medical necessity. What now?",
		"Insurer says I need prior authorization for Mr. John Smith, DOB 03/04/1961, member ID XZB123456789":                 "Insurer says I need prior authorization",
		"They want a refund for visits two years ago of my client Mary Jones (phone 206-555-0142). Can they?":                "They want a refund for visits two years ago. Can they?",
		"Premera denied my patient Robert Brown, DOB 1/2/1970, because I am a massage therapist":                             "Premera denied because I am a massage therapist",
		"Claim no. 2024-55178812 of Mrs. Anna Miller was denied as maintenance care but she is getting better, MRN 99812345": "denied as maintenance care but she is getting better",
	} {
		out, found := as.Gate.NewCase(phi.Question).Redact(named, phi.Outside)
		if len(found) < 2 {
			t.Errorf("%q names nobody: %q", named, out)
		}
		for _, q := range []string{out, named} {
			if got, want := begin(q), begin(plain); got != want {
				t.Errorf("%q (%q) begins\n%q, without names\n%q", q, bot.Unnamed(q, phi.Placeholders(q)), got, want)
			}
		}
	}
	for _, q := range []string{"284-43-3110", "182-501-0070", "What did Rutledge decide?"} { // they look like what identifies
		if got := begin(q); strings.HasPrefix(got, "declined") {
			t.Errorf("%q is %s", q, got)
		}
	}
	for _, same := range []string{"is my patient denied for good, Mrs. or not", "what does [sic] mean in a denial"} {
		if got := bot.Unnamed(same, phi.Placeholders(same)); got != same {
			t.Errorf("%q became %q", same, got)
		}
	}
}
