package bot_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// TestDatedClock asks with the day a letter came: the last day comes first in
// the answer, with what it turns on, and is not kept in the receipt.
func TestDatedClock(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Receipts = &bot.Receipts{Dir: t.TempDir()}
	for _, c := range []struct{ ask, want string }{
		{"got a refund demand from an insured Washington plan on March 3, how long do I have to contest?",
			"The provider has until April 2, 2026 to contest the refund request in writing: 30 days from the day the refund request was received (RCW 48.43.600(1))."},
		{"got a refund demand from Premera on March 3, how long do I have?", "Whether this clock runs turns on: plan, state."},
		{"self-funded plan, got the denial on 3/3/2026, how long do I have to appeal?", "has until at least August 30, 2026 to appeal the denial: 180 days"},
	} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: c.ask})
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(ans.Text, "\n")
		if !strings.Contains(first, c.want) {
			t.Errorf("%q begins with %q, want %q", c.ask, first, c.want)
		}
		rec, err := as.Receipts.Open(ans.ID)
		if err != nil {
			t.Fatal(err)
		}
		if kept := string(rec.Answer); strings.Contains(kept, "2026-04-02") || strings.Contains(kept, "April 2") || strings.Contains(kept, "August 30") || strings.Contains(kept, "deadlines") {
			t.Errorf("%q: the receipt keeps the date: %s", c.ask, kept)
		}
	}
	for _, ask := range []string{"denied on March 3, how long do I have for independent review, insured plan in Washington?",
		"denied on March 3, when must I ask an IRO?", "how long do I have to contest a refund demand?", "the self-funded plan has no dates, how long to appeal a denial?",
		"got a denial today that says provider type not eligible, what now?"} {
		ans, err := as.Ask(t.Context(), bot.Request{Text: ask})
		if err != nil {
			t.Fatal(err)
		}
		if len(ans.Deadlines) > 0 {
			t.Errorf("%q gives a date: %+v", ask, ans.Deadlines)
		}
	}
}
