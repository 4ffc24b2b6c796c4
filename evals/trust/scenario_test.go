package trust

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/everycategory/advocate/evals"
)

// TestScenarios grades every scenario and compares what came of them with
// cases/results.golden: what passes may not fail, and a change shows in review.
func TestScenarios(t *testing.T) {
	all, err := evals.Scenarios(evals.Cases())
	if err != nil {
		t.Fatal(err)
	}
	sealed := 0
	for _, s := range all {
		if s.Sealed() {
			sealed++
		}
	}
	if len(all) < 500 || sealed < len(all)*2/5 {
		t.Errorf("%d scenarios, %d of them sealed", len(all), sealed)
	}
	out, err := evals.GradeAll(t.Context(), house(t).Assistant(), all, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := evals.Results(out)
	const file = "../cases/results.golden"
	kept, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, n := range evals.News(string(kept), out) {
		t.Logf("NEW   %s", n)
	}
	b := readBoard(t)
	if b.Cases = evals.Totals(out); *update {
		write(t, b)
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(kept), got); d != "" {
		t.Errorf("outcomes changed (-update rewrites them):\n%s", d)
	}
}
