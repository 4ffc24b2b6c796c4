package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/evals"
	"github.com/everycategory/advocate/evals/trust"
)

// An evaluation is what 'eval --json' prints.
type evaluation struct {
	Seed     uint64         `json:"seed"`
	Corpus   string         `json:"corpus"`
	Scale    string         `json:"scale"`
	Figures  []trust.Figure `json:"figures,omitempty"`
	SelfTest []trust.Red    `json:"self_test,omitempty"`
	Cases    []evals.Total  `json:"cases,omitempty"`
	Failed   []failedCase   `json:"failed_cases,omitempty"`
	Model    *modelUse      `json:"model,omitempty"`
}

// A failedCase is an open scenario that failed, expected beside actual.
type failedCase struct {
	File  string   `json:"file"`
	Line  int      `json:"line"`
	Text  string   `json:"text"`
	Wrong []string `json:"wrong"`
	Why   string   `json:"why"`
	Shown string   `json:"shown"`
}

// An evalRun is one run of the command.
type evalRun struct {
	*app
	full bool
	show bool
	seed uint64
	h    *trust.House
	out  evaluation
	// hopeless is why cases were not put to the language model, or nil.
	hopeless error
}

func (a *app) evalCmd() *cobra.Command {
	e := &evalRun{app: a}
	c := &cobra.Command{
		Use:   "eval [flags] [SET]",
		Short: "Measure what the program promises, offline",
		Long: "Tries to break each promise of the program, offline, and prints the scoreboard:\n" +
			"attempts, failures, how high the true share of failures may be, how much honest\n" +
			"work passed, and whether the bar is met. A run makes a hundredth of the attempts;\n" +
			"--full makes all, which takes about half an hour.\n\n" +
			"SET is one row, 'rows', 'cases' (scenarios with what must and must not be said)\n" +
			"or a file of them such as plan-traps, or 'self-test' (each guard is replaced by\n" +
			"one that agrees to everything). Without it: rows and cases. Where a language\n" +
			"model is set, cases are put to it too, with its time and cost.\n\n" +
			"Exits with 1 where a bar is missed.\n\nRows: " + strings.Join(rowIDs(), ", "),
		Example: "  advocate eval\n  advocate eval quotations --full\n  advocate eval cases --show",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.run(c.Context(), args)
		},
	}
	c.Flags().BoolVar(&e.full, "full", false, "make all attempts of each row")
	c.Flags().BoolVar(&e.show, "show", false, "show what was shown, beside what was wanted, of each open case that fails")
	c.Flags().Uint64Var(&e.seed, "seed", trust.Seed, "`number` that the attempts are made from")
	a.settings.modelFlags(c.Flags())
	return c
}

func rowIDs() []string {
	var out []string
	for _, r := range trust.Rows() {
		out = append(out, r.ID)
	}
	return out
}

func (e *evalRun) run(ctx context.Context, args []string) error {
	set := strings.Join(args, "")
	cases, err := evals.Scenarios(evals.Cases())
	if err != nil {
		return failed(err)
	}
	files := map[string]bool{}
	for _, s := range cases {
		files[strings.TrimSuffix(s.File, ".txt")] = true
	}
	if !slices.Contains(append(rowIDs(), "", "rows", "cases", "self-test"), set) && !files[set] {
		return usage("there is no set %q: give a row, 'rows', 'cases', 'self-test', or a file of cases; 'advocate eval --help' names the rows", set)
	}
	m, err := e.languageModel()
	if err != nil {
		return err
	}
	if e.h, err = trust.Open(); err != nil {
		return failed(err)
	}
	defer e.h.Close()
	e.h.Bots = bots
	e.out = evaluation{Seed: e.seed, Corpus: e.h.Catalog.Hash(), Scale: "a hundredth"}
	if e.full {
		e.out.Scale = "full"
	}
	if set == "" || set == "rows" || slices.Contains(rowIDs(), set) {
		err = e.rows(ctx, set)
	}
	if err == nil && set == "self-test" {
		err = e.selfTest(ctx)
	}
	if err == nil && (set == "" || set == "cases" || files[set]) {
		err = e.cases(ctx, set, cases, m)
	}
	if err != nil {
		return failed(err)
	}
	if err := e.report(); err != nil {
		return err
	}
	return e.verdict()
}

// verdict is the exit code: a bar that is missed by more than the few
// attempts of a small run explain, or a guard without which all stays green.
func (e *evalRun) verdict() error {
	if e.hopeless != nil {
		return failed(e.hopeless)
	}
	for _, f := range e.out.Figures {
		if f.Verdict == trust.Missed && (e.full || f.Most == 0 && f.Failures > 0 || trust.Bound(f.N-f.Failures, f.N) < 1-f.Most) {
			return &failure{code: exitFailed}
		}
	}
	for _, r := range e.out.SelfTest {
		if !r.Red {
			return &failure{code: exitFailed}
		}
	}
	return nil
}

func (e *evalRun) rows(ctx context.Context, set string) error {
	scale := trust.Hundredth
	if e.full {
		scale = trust.Full
	}
	for _, r := range trust.Rows() {
		if set != "" && set != "rows" && set != r.ID {
			continue
		}
		f, err := trust.Measure(ctx, e.h, r, scale.Attempts(r), e.seed, e.told(r.ID))
		if err != nil {
			return err
		}
		e.out.Figures = append(e.out.Figures, f)
	}
	e.told("")(0, 0)
	return nil
}

func (e *evalRun) selfTest(ctx context.Context) error {
	for _, r := range trust.Rows() {
		e.told(r.ID)(0, len(r.Guards))
		reds, err := trust.SelfTest(ctx, e.h, r, e.seed)
		if err != nil {
			return err
		}
		e.out.SelfTest = append(e.out.SelfTest, reds...)
	}
	e.told("")(0, 0)
	return nil
}

func (e *evalRun) cases(ctx context.Context, set string, all []evals.Scenario, m *model.Client) error {
	if set != "" && set != "cases" {
		all = slices.DeleteFunc(all, func(s evals.Scenario) bool { return s.File != set+".txt" })
	}
	as := e.h.Assistant()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if m != nil {
		timed := &evals.Timed{Model: m, Hopeless: func(err error) { stop(&hopelessError{err}) }}
		as = as.With(timed)
		agreed, err := e.settings.agreed()
		if err != nil {
			return err
		}
		as.PHIAgreements = agreed
		defer func() { e.out.Model = e.modelUse(m, timed) }()
	}
	out, err := evals.GradeAll(ctx, as, all, e.told("cases"))
	e.told("")(0, 0)
	var none *hopelessError
	if errors.As(context.Cause(ctx), &none) {
		e.hopeless = fmt.Errorf("no case was graded: the first requests to the language model failed, and none was answered: %s\n%s. Without --model-url the cases are put to the built-in composer",
			evals.Reason(none.error), upper(e.modelRemedy(context.WithoutCancel(ctx), m, none.error)))
		return nil
	}
	if err != nil {
		return err
	}
	e.out.Cases = evals.Totals(out)
	for _, o := range out {
		if !o.Passed() && !o.Sealed() {
			e.out.Failed = append(e.out.Failed, failedCase{o.File, o.Line, o.Scenario.Text, o.Wrong, o.Why, o.Text})
		}
	}
	return nil
}

func (e *evalRun) report() error {
	if e.json {
		return e.printJSON(e.out)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Seed %d, library %.12s, %s of each row.\n\n", e.out.Seed, e.out.Corpus, e.out.Scale)
	if e.out.Figures != nil {
		b.WriteString(trust.Table(e.out.Figures) + "\n")
		for _, f := range e.out.Figures {
			for _, s := range f.Sample {
				fmt.Fprintf(&b, "%s: %s\n", f.ID, s)
			}
		}
	}
	for _, r := range e.out.SelfTest {
		mark := "red"
		if !r.Red {
			mark = "STAYS GREEN"
		}
		fmt.Fprintf(&b, "%s without %s: %d of %d failed, %s\n", r.Row, r.Guard, r.Failures, r.N, mark)
	}
	if e.out.Cases != nil {
		b.WriteString(evals.CasesTable(e.out.Cases))
		for _, f := range e.out.Failed {
			fmt.Fprintf(&b, "FAIL %s:%d: %s: %s\n", f.File, f.Line, strings.ReplaceAll(f.Text, "\n", " / "), strings.Join(f.Wrong, "; "))
			if e.show {
				fmt.Fprintf(&b, "  wanted because: %s\n  shown:\n%s\n", f.Why, "    "+strings.ReplaceAll(strings.TrimSpace(f.Shown), "\n", "\n    "))
			}
		}
	}
	if m := e.out.Model; m != nil {
		b.WriteString(m.text())
	}
	return e.print(b.String())
}

// told is told how far a set is, and shows it where a person looks; "" takes
// the line away.
func (e *evalRun) told(name string) func(done, of int) {
	f, ok := e.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(int, int) {}
	}
	if name == "" {
		return func(int, int) { fmt.Fprint(f, "\r\x1b[K") }
	}
	last := e.now()
	return func(done, of int) {
		if now := e.now(); done == 0 || done >= of || now.Sub(last) > betweenShows {
			last = now
			fmt.Fprintf(f, "\r\x1b[K%s: %d of %d", name, done, of)
		}
	}
}

// bots is the command of a bot that can be killed: this program.
func bots() ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("this program cannot find itself: %w", err)
	}
	return []string{self, trust.BotArg}, nil
}

func (a *app) evalBotCmd() *cobra.Command {
	return &cobra.Command{
		Use:    trust.BotArg + " FILE PLATFORM FAULT",
		Hidden: true,
		Short:  "Be a bot that is killed (used by 'eval killed')",
		Args:   cobra.ExactArgs(3),
		RunE: func(c *cobra.Command, args []string) error {
			return failed(trust.RunBot(c.Context(), a.out, args[0], args[1], args[2]))
		},
	}
}
