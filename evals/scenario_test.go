package evals_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/everycategory/advocate/evals"
	"github.com/everycategory/advocate/evals/trust"
)

// TestScenarios grades every scenario and compares what came of them with
// cases/results.golden: what passes may not fail, and a change shows in review.
func TestScenarios(t *testing.T) {
	t.Parallel()
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
	h, err := trust.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	out, err := evals.GradeAll(t.Context(), h.Assistant(), all, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := evals.Results(out)
	const file = "cases/results.golden"
	kept, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, n := range evals.News(string(kept), out) {
		t.Logf("NEW   %s", n)
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(kept), got); d != "" {
		t.Errorf("outcomes changed (-update rewrites them):\n%s", d)
	}
}

// TestReadScenarios: what is no scenario is an error that says where.
func TestReadScenarios(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"a good one":     {"ask: a\nsay: b | c\nwhy: d\n", ""},
		"no why":         {"ask: a\nsay: b\n", "why"},
		"no door":        {"state: WA\nsay: b\nwhy: c\n", "door"},
		"nothing wanted": {"ask: a\nwhy: c\n", "nothing is wanted"},
		"unknown key":    {"ask: a\nsays: b\nwhy: c\n", "says"},
		"twice":          {"ask: a\nsay: b\nwhy: c\n\nask: a\nsay: b\nwhy: c\n", "twice"},
		"two doors":      {"ask: a\ncheck: b\nwhy: c\n", "check"},
	} {
		_, err := evals.ReadScenarios(fstest.MapFS{"x.txt": {Data: []byte(tt.text)}}, "x.txt")
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadScenarios(f *testing.F) {
	f.Add("ask: a\nsay: b | c\nwhy: d\n")
	f.Add("#\n\n:\n|:\\n")
	f.Fuzz(func(t *testing.T, text string) {
		if all, err := evals.ReadScenarios(fstest.MapFS{"x.txt": {Data: []byte(text)}}, "x.txt"); err == nil {
			for _, s := range all {
				if s.Door == "" || s.Why == "" {
					t.Errorf("%+v", s)
				}
			}
		}
	})
}
