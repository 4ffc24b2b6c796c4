package trust

import (
	"context"
	"os"
	"sync"
	"testing"
)

// TestMain lets the test binary be a bot that is killed.
func TestMain(m *testing.M) {
	if len(os.Args) == 5 && os.Args[1] == BotArg {
		if err := RunBot(context.Background(), os.Stdout, os.Args[2], os.Args[3], os.Args[4]); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

var opened = sync.OnceValues(func() (*House, error) {
	h, err := Open()
	if err == nil {
		h.Bots = func() ([]string, error) { return []string{os.Args[0], BotArg}, nil }
	}
	return h, err
})

func house(t *testing.T) *House {
	t.Helper()
	h, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestRows runs a hundredth of each row.
func TestRows(t *testing.T) {
	h := house(t)
	for _, r := range Rows() {
		t.Run(r.ID, func(t *testing.T) {
			f, err := Measure(t.Context(), h, r, scale.attempts(r), Seed, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: n %d, failures %d, honest %d of %d, %.1f s, %s %s", f.Verdict, f.N, f.Failures, f.Passed, f.Benign, f.Seconds, f.Missing, f.Note)
			for _, s := range f.Sample {
				t.Logf("   %s", s)
			}
		})
	}
}

// TestGuards replaces each guard by one that agrees to everything.
func TestGuards(t *testing.T) {
	h := house(t)
	for _, r := range Rows() {
		t.Run(r.ID, func(t *testing.T) {
			reds, err := SelfTest(t.Context(), h, r, Seed)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range reds {
				t.Logf("%s without %s: %d of %d", x.Row, x.Guard, x.Failures, x.N)
				if !x.Red {
					t.Errorf("%s stays green without %s", x.Row, x.Guard)
				}
			}
		})
	}
}
