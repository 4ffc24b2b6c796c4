package trust

import (
	"math"
	"testing"
)

func TestBound(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		failures, n int
		want        float64
	}{
		{0, 10_000, 0.00029953}, // the rule of three says .0003
		{0, 14_000, 0.00021396},
		{0, 300, 0.0099361},
		{1, 100, 0.046559}, // tables of Clopper and Pearson
		{5, 100, 0.102253},
		{3, 3, 1},
		{0, 0, 1},
	} {
		if got := Bound(tt.failures, tt.n); math.Abs(got-tt.want) > 2e-4*tt.want+1e-9 {
			t.Errorf("%d of %d: %.7f, want %.7f", tt.failures, tt.n, got, tt.want)
		}
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		f    Figure
		want Verdict
	}{
		{Figure{N: 100, Least: 0.98, Benign: 50, Passed: 50}, Met},
		{Figure{N: 100, Failures: 1}, Missed},
		{Figure{N: 100, Failures: 1, Most: 0.01}, Met},
		{Figure{N: 100, Least: 0.98, Benign: 50, Passed: 48}, Missed},
		{Figure{}, NotMeasured},
	} {
		if got := tt.f.judged(); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.f, got, tt.want)
		}
	}
	old := Figure{N: 100, Failures: 1, Benign: 10, Passed: 10, Verdict: Met}
	for why, f := range map[string]Figure{
		"more failures": {N: 100, Failures: 2, Benign: 10, Passed: 10, Verdict: Met}, "fewer honest": {N: 100, Failures: 1, Benign: 10, Passed: 9, Verdict: Met},
		"fewer attempts": {N: 50, Benign: 10, Passed: 10, Verdict: Met}, "not measured": {Verdict: NotMeasured},
	} {
		if f.Worse(old) == "" {
			t.Errorf("%s is not said to be worse", why)
		}
	}
	if why := old.Worse(old); why != "" {
		t.Errorf("the same is said to be worse: %s", why)
	}
}
