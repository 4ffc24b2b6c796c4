package trust

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Seed is that of the checked-in figures.
const Seed = 20261128

// A Scale is how much of each row is run.
type Scale int

// The scales.
const (
	Hundredth Scale = iota // what the ordinary suite runs
	Full
)

// Attempts is how many attempts a row makes at a scale; of rows with few,
// enough to show something.
func (s Scale) Attempts(r Row) int {
	if s == Full {
		return r.N
	}
	return max(min(r.N, 24), r.N/100)
}

// A Figure is what a row came to.
type Figure struct {
	ID       string   `json:"id"`
	Promise  string   `json:"promise"`
	What     string   `json:"what"`
	N        int      `json:"n"`
	Failures int      `json:"failures"`
	Bound    float64  `json:"bound"`         // upper, 95 %
	Benign   int      `json:"honest"`        // honest work that was tried
	Passed   int      `json:"honest_passed"` // and passed
	Most     float64  `json:"most"`          // the bar: the largest share of failures
	Least    float64  `json:"least"`         // the bar: the smallest share of honest work that passes
	Verdict  Verdict  `json:"verdict"`
	Best     string   `json:"best"`
	From     string   `json:"from"`
	Missing  string   `json:"missing,omitempty"` // why it was not measured
	Note     string   `json:"note,omitempty"`
	Sample   []string `json:"sample"`
	Parts    []Part   `json:"parts"`
	Seconds  float64  `json:"seconds"`
	Date     string   `json:"date,omitempty"`   // of the run
	Commit   string   `json:"commit,omitempty"` // of the program, as far as it is known
}

// A Verdict says how a figure stands to its bar.
type Verdict string

// The verdicts.
const (
	Met         Verdict = "met"
	Missed      Verdict = "MISSED"
	NotMeasured Verdict = "not measured"
)

// Measure runs one row on h and says what it came to. A row that cannot run is
// not measured, with the reason; an interrupted one is an error.
func Measure(ctx context.Context, h *House, r Row, n int, seed uint64, progress func(done, of int)) (Figure, error) {
	f := Figure{ID: r.ID, Promise: r.Promise, What: r.What, Most: r.Bar.Most, Least: r.Bar.Least, Best: r.Best, From: r.From,
		Missing: r.Missing, Sample: []string{}, Parts: []Part{}, Bound: 1, Verdict: NotMeasured}
	if r.Missing != "" {
		return f, nil
	}
	w := &Work{House: h, N: n, Seed: seed ^ hash(r.ID), Progress: progress}
	begun := time.Now()
	err := r.run(ctx, w)
	if ctx.Err() != nil {
		return f, ctx.Err()
	}
	if err != nil {
		f.Missing = err.Error()
		return f, nil
	}
	f.N, f.Failures, f.Benign, f.Passed = w.tried, w.failed, w.benign, w.passed
	f.Bound, f.Note, f.Sample = Bound(f.Failures, f.N), w.note, w.sampled()
	f.Seconds = float64(time.Since(begun).Milliseconds()) / 1000
	for _, name := range sorted(w.parts) {
		f.Parts = append(f.Parts, *w.parts[name])
	}
	f.Verdict = f.judged()
	return f, nil
}

// judged holds a figure against its bar.
func (f *Figure) judged() Verdict {
	switch {
	case f.N == 0:
		return NotMeasured
	case f.Failed() > f.Most || f.Least > 0 && f.Honest() < f.Least:
		return Missed
	}
	return Met
}

// Failed is the share of failures.
func (f *Figure) Failed() float64 { return float64(f.Failures) / float64(max(1, f.N)) }

// Honest is the share of honest work that passed; 1 where none was tried.
func (f *Figure) Honest() float64 {
	if f.Benign == 0 {
		return 1
	}
	return float64(f.Passed) / float64(f.Benign)
}

// Worse says in what f is worse than an earlier figure of the same row and
// scale, or "". A changed number of attempts is compared by shares.
func (f *Figure) Worse(than Figure) string {
	switch {
	case than.Verdict == NotMeasured:
		return ""
	case f.Verdict == NotMeasured:
		return "it is not measured any more: " + f.Missing
	case f.Failed() > than.Failed():
		return fmt.Sprintf("%d of %d failures, where %d of %d stood: %s", f.Failures, f.N, than.Failures, than.N, strings.Join(f.Sample, " / "))
	case f.Honest() < than.Honest():
		return fmt.Sprintf("%d of %d honest, where %d of %d passed: %s", f.Passed, f.Benign, than.Passed, than.Benign, strings.Join(f.Sample, " / "))
	case f.N < than.N*9/10:
		return fmt.Sprintf("only %d attempts, where %d stood", f.N, than.N)
	}
	return ""
}

// hash tells rows apart in the seed.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// A Red is the self-test of one guard: replaced by one that agrees to
// everything, its row has to go red: over its bar, and by far over what it
// is with the guard.
type Red struct {
	Row      string `json:"row"`
	Guard    string `json:"guard"`
	N        int    `json:"n"`
	Failures int    `json:"failures"`
	Before   int    `json:"before"` // failures with the guard in its place
	Red      bool   `json:"red"`
}

// SelfTest runs a row with each of its guards replaced in turn.
func SelfTest(ctx context.Context, h *House, r Row, seed uint64) ([]Red, error) {
	var out []Red
	for _, g := range r.Guards {
		n := r.Lean
		if n == 0 {
			n = Hundredth.Attempts(r)
		}
		var before Figure
		var err error
		if r.Bar.Most > 0 || r.Rough { // it fails with the guard too
			if before, err = Measure(ctx, h, r, n, seed, nil); err != nil {
				return nil, err
			}
		}
		f, err := Measure(ctx, h.With(g.Replace), r, n, seed, nil)
		if err != nil {
			return nil, err
		}
		if f.Missing != "" {
			return nil, fmt.Errorf("trust: %s without %s: %s", r.ID, g.Name, f.Missing)
		}
		out = append(out, Red{Row: r.ID, Guard: g.Name, N: f.N, Failures: f.Failures, Before: before.Failures,
			Red: f.Failed() > f.Most && f.Failed() > 1.5*before.Failed()})
	}
	return out, nil
}
