package evals_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/everycategory/advocate/evals"
)

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
