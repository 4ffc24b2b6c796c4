package bot_test

import (
	"slices"
	"testing"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
)

// TestEveryReasonPasses holds each sentence that says why a law binds a plan
// or does not against the passages that it cites. One that fails would not be
// said, and the law's own first sentence, said in its place, would read as
// if the law held for the plan.
func TestEveryReasonPasses(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n := map[coverage.Status]int{}
	failing := map[string][]coverage.Reason{}
	bad := map[coverage.Status]int{}
	for _, r := range as.Rules.Reasons() {
		n[r.Status]++
		say, res := as.SayWhy(r.Cite, r.Why)
		if res.Verdict == cite.Withheld || say != r.Why {
			failing[res.Reason] = append(failing[res.Reason], r)
			bad[r.Status]++
		}
	}
	reasons := []string{}
	for why := range failing {
		reasons = append(reasons, why)
	}
	slices.Sort(reasons)
	for _, why := range reasons {
		t.Errorf("%s (%d)", why, len(failing[why]))
		for _, r := range failing[why] {
			t.Errorf("\t%s %s: %s", r.Cite, r.Status, r.Why)
		}
	}
	t.Logf("failing %v of %v", bad, n)
}
