package evals

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
)

// Scenarios are those of every file of fsys, in order.
func Scenarios(fsys fs.FS) ([]Scenario, error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, err
	}
	var all []Scenario
	for _, name := range names {
		some, err := ReadScenarios(fsys, name)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// A Total is what came of one half of a file of scenarios.
type Total struct {
	File   string `json:"file"`
	Half   string `json:"half"` // "open", "sealed"
	N      int    `json:"n"`
	Passed int    `json:"passed"`
}

// Totals counts outcomes by file and half.
func Totals(all []Outcome) []Total {
	var out []Total
	for _, o := range all {
		half := "open"
		if o.Sealed() {
			half = "sealed"
		}
		i := slices.IndexFunc(out, func(t Total) bool { return t.File == o.File && t.Half == half })
		if i < 0 {
			i = len(out)
			out = append(out, Total{File: o.File, Half: half})
		}
		out[i].N++
		if o.Passed() {
			out[i].Passed++
		}
	}
	slices.SortFunc(out, func(a, b Total) int { return strings.Compare(a.File+a.Half, b.File+b.Half) })
	return out
}

// GradeAll grades scenarios in their order.
func GradeAll(ctx context.Context, as *bot.Assistant, all []Scenario, progress func(done, of int)) ([]Outcome, error) {
	var out []Outcome
	for i, s := range all {
		o, err := Grade(ctx, as, s)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
		if progress != nil {
			progress(i+1, len(all))
		}
	}
	return out, nil
}

// Results writes outcomes as cases/results.golden keeps them: of the open
// half each one, of the sealed half only the totals and a hash of its texts.
func Results(all []Outcome) string {
	var b strings.Builder
	h := sha256.New()
	for _, t := range Totals(all) {
		fmt.Fprintf(&b, "%-22s %-6s %3d of %3d\n", t.File, t.Half, t.Passed, t.N)
	}
	for _, o := range all {
		if o.Sealed() {
			fmt.Fprintln(h, o.Hash())
		}
	}
	fmt.Fprintf(&b, "sha256 of the sealed half: %x\n\n", h.Sum(nil))
	for _, o := range all {
		if o.Sealed() {
			continue
		}
		mark := "PASS"
		if !o.Passed() {
			mark = "FAIL"
		}
		fmt.Fprintf(&b, "%s  %s  %s\n", mark, o.File, o.line())
		for _, w := range o.Wrong {
			fmt.Fprintf(&b, "      %s\n", w)
		}
	}
	return b.String()
}

// line is what tells a scenario in a list: what came in, on one line.
func (s *Scenario) line() string {
	text := strings.ReplaceAll(s.Text, "\n", `\n`)
	for _, more := range []string{s.State, s.Plan, s.Bill} {
		if more != "" {
			text += " · " + more
		}
	}
	return text
}

// News marks, of open outcomes, those that kept results do not have.
func News(kept string, all []Outcome) []string {
	var out []string
	for _, o := range all {
		if !o.Sealed() && !strings.Contains(kept, "  "+o.File+"  "+o.line()+"\n") {
			out = append(out, o.File+"  "+o.line())
		}
	}
	return out
}

// CasesTable is what came of the scenarios, for a terminal.
func CasesTable(all []Total) string {
	var b strings.Builder
	n, passed := 0, 0
	for _, t := range all {
		n, passed = n+t.N, passed+t.Passed
		fmt.Fprintf(&b, "%-24s %-7s %4d of %4d\n", strings.TrimSuffix(t.File, ".txt"), t.Half, t.Passed, t.N)
	}
	fmt.Fprintf(&b, "%d of %d scenarios pass.\n", passed, n)
	return b.String()
}
