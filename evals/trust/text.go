package trust

import (
	"fmt"
	"strings"
)

// percent writes a share as readers compare them: no more digits than say
// something, and never 0 for what is only small.
func percent(share float64) string {
	p := 100 * share
	switch {
	case p == 0:
		return "0 %"
	case p >= 99.95 && p < 100:
		return fmt.Sprintf("%.2f %%", p)
	case p >= 10:
		return fmt.Sprintf("%.1f %%", p)
	case p >= 0.1:
		return fmt.Sprintf("%.2f %%", p)
	}
	return fmt.Sprintf("%.4f %%", p)
}

// Wanted is a figure's bar in words.
func (f *Figure) Wanted() string {
	bar := "0"
	if f.Most > 0 {
		bar = "at most " + percent(f.Most)
	}
	if f.Least > 0 {
		bar += "; honest at least " + percent(f.Least)
	}
	return bar
}

// HonestSaid is how much honest work passed, in words.
func (f *Figure) HonestSaid() string {
	if f.Benign == 0 {
		return "-"
	}
	return fmt.Sprintf("%s of %s (%s)", thousands(f.Passed), thousands(f.Benign), percent(f.Honest()))
}

// thousands writes a count with its thousands apart.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Table is the scoreboard for a terminal, 80 columns wide.
func Table(all []Figure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %9s %6s %9s  %-10s %s\n", "row", "n", "failed", "95 % <", "honest", "")
	met, missed, none := 0, 0, 0
	for _, f := range all {
		switch f.Verdict {
		case Met:
			met++
		case Missed:
			missed++
		default:
			none++
			fmt.Fprintf(&b, "%-12s not measured: %s\n", f.ID, f.Missing)
			continue
		}
		honest := "-"
		if f.Benign > 0 {
			honest = percent(f.Honest())
		}
		fmt.Fprintf(&b, "%-12s %9s %6s %9s  %-10s %s\n", f.ID, thousands(f.N), thousands(f.Failures), percent(f.Bound), honest, f.Verdict)
		if f.Verdict == Missed {
			fmt.Fprintf(&b, "             the bar: %s\n", f.Wanted())
		}
	}
	fmt.Fprintf(&b, "%d of %d bars are met, %d missed, %d not measured.\n", met, len(all), missed, none)
	return b.String()
}
