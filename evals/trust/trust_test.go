package trust

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the figures of the ordinary suite, and the pages made of all figures")

// Where the scoreboard is kept.
const (
	boardFile  = "../trust.json"
	pageFile   = "../TRUST.md"
	reportFile = "../TRUST.html"
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

func readBoard(t *testing.T) *Board {
	t.Helper()
	b, err := ReadBoard(boardFile)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// write keeps a scoreboard and the pages made of it.
func write(t *testing.T, b *Board) {
	t.Helper()
	b.Corpus = house(t).Catalog.Hash()
	report, err := b.Report()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Write(boardFile); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{pageFile: b.Page(), reportFile: report} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestScoreboard runs each row, a hundredth of it or with the tag trust all,
// and compares it with the figure that is kept: none may be worse. A full run
// keeps its figures, row by row, so that it can be made in parts; a small one
// does with -update.
func TestScoreboard(t *testing.T) {
	h, commit := house(t), committed()
	for _, r := range Rows() {
		t.Run(r.ID, func(t *testing.T) {
			if raced && r.ID != "quotations" && r.ID != "canaries" {
				t.Skip("too slow with the race detector")
			}
			f, err := Measure(t.Context(), h, r, scale.Attempts(r), Seed, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: n %d, failed %d, honest %d of %d, %.1f s. %s %s", f.Verdict, f.N, f.Failures, f.Passed, f.Benign, f.Seconds, f.Missing, f.Note)
			for _, s := range f.Sample {
				t.Logf("   %s", s)
			}
			b := readBoard(t)
			kept := of(b.Small, r.ID)
			if scale == Full {
				kept = of(b.Full, r.ID)
			}
			if why := f.Worse(kept); why != "" && !*update {
				t.Errorf("%s is worse than the figure that is kept: %s", r.ID, why)
				return
			}
			switch {
			case scale == Full:
				f.Date, f.Commit = time.Now().UTC().Format(time.DateOnly), commit
				b.PutFull(f)
				write(t, b)
			case *update:
				f.Seconds = 0 // differs from run to run
				b.Small = put(b.Small, f)
				write(t, b)
			}
		})
	}
}

// committed is the commit that is measured, as far as git knows it.
func committed() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=8").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// TestSelfTest replaces each guard by one that agrees to everything: its row
// has to go red, or it measures nothing.
func TestSelfTest(t *testing.T) {
	h := house(t)
	for _, r := range Rows() {
		t.Run(r.ID, func(t *testing.T) {
			if raced {
				t.Skip("too slow with the race detector")
			}
			if len(r.Guards) == 0 {
				t.Error("the row names no guard")
			}
			reds, err := SelfTest(t.Context(), h, r, Seed)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range reds {
				t.Logf("%s without %s: %d of %d failed", x.Row, x.Guard, x.Failures, x.N)
				if !x.Red {
					t.Errorf("%s stays green without %s", x.Row, x.Guard)
				}
			}
			if scale == Full || *update {
				b := readBoard(t)
				b.PutSelfTest(r.ID, reds)
				write(t, b)
			}
		})
	}
}

// TestPagesAreOfTheFigures: nobody writes a figure into a page by hand.
func TestPagesAreOfTheFigures(t *testing.T) {
	b := readBoard(t)
	report, err := b.Report()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{pageFile: b.Page(), reportFile: report} {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is not made of %s: run the tests with -update", name, boardFile)
		}
	}
	for _, f := range b.Figures() {
		if f.Verdict != NotMeasured && f.judged() != f.Verdict {
			t.Errorf("%s is said to be %s", f.ID, f.Verdict)
		}
	}
}

// TestRowsAreWhole: each row says what it promises, by what bar, and where
// the figure beside it is from.
func TestRowsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range Rows() {
		if seen[r.ID] || r.Promise == "" || r.What == "" || r.N == 0 || r.Best == "" || r.Missing == "" && r.run == nil {
			t.Errorf("%+v", r)
		}
		seen[r.ID] = true
	}
}
