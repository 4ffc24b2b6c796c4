package trust

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/everycategory/advocate/evals"
)

// A Board is the scoreboard as evals/trust.json keeps it.
type Board struct {
	Seed   uint64 `json:"seed"`
	Corpus string `json:"corpus"` // hash of the library
	// Full are the figures of the last full run of each row, Small those of
	// the hundredth that the ordinary suite runs.
	Full     []Figure      `json:"full"`
	Small    []Figure      `json:"small"`
	SelfTest []Red         `json:"self_test"`
	Cases    []evals.Total `json:"cases"`
	History  []Past        `json:"history"` // of full runs, the oldest first
}

// A Past is what a row came to in an earlier full run.
type Past struct {
	Row      string  `json:"row"`
	Date     string  `json:"date"`
	Commit   string  `json:"commit"`
	N        int     `json:"n"`
	Failures int     `json:"failures"`
	Honest   float64 `json:"honest"`
}

// ReadBoard reads a scoreboard; one that is not there is empty.
func ReadBoard(name string) (*Board, error) {
	b := &Board{Seed: Seed}
	data, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return b, nil
	}
	if err != nil {
		return nil, fmt.Errorf("trust: %w", err)
	}
	if err := json.Unmarshal(data, b); err != nil {
		return nil, fmt.Errorf("trust: %s: %w", name, err)
	}
	return b, nil
}

// Write writes a scoreboard, in a form that shows changes line by line.
func (b *Board) Write(name string) error {
	data, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		return fmt.Errorf("trust: %w", err)
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}

// put puts a figure in the place of the row's older one, in the order of Rows.
func put(all []Figure, f Figure) []Figure {
	if i := slices.IndexFunc(all, func(x Figure) bool { return x.ID == f.ID }); i >= 0 {
		all[i] = f
	} else {
		all = append(all, f)
	}
	order := map[string]int{}
	for i, r := range Rows() {
		order[r.ID] = i
	}
	all = slices.DeleteFunc(all, func(x Figure) bool { _, ok := order[x.ID]; return !ok })
	slices.SortFunc(all, func(a, b Figure) int { return order[a.ID] - order[b.ID] })
	return all
}

// of is the figure of a row, or one that was not measured.
func of(all []Figure, id string) Figure {
	for _, f := range all {
		if f.ID == id {
			return f
		}
	}
	return Figure{ID: id, Verdict: NotMeasured, Missing: "it was not run"}
}

// mostPast is how many full runs of a row are remembered.
const mostPast = 20

// PutFull keeps a figure of a full run, and remembers it.
func (b *Board) PutFull(f Figure) {
	b.Full = put(b.Full, f)
	if f.Verdict == NotMeasured {
		return
	}
	p := Past{Row: f.ID, Date: f.Date, Commit: f.Commit, N: f.N, Failures: f.Failures, Honest: f.Honest()}
	b.History = slices.DeleteFunc(b.History, func(x Past) bool { return x.Row == p.Row && x.Commit == p.Commit })
	b.History = append(b.History, p)
	if mine := b.past(f.ID); len(mine) > mostPast {
		i := slices.Index(b.History, mine[0])
		b.History = slices.Delete(b.History, i, i+1)
	}
}

func (b *Board) past(row string) []Past {
	var out []Past
	for _, p := range b.History {
		if p.Row == row {
			out = append(out, p)
		}
	}
	return out
}

// PutSelfTest keeps the self-tests of a row.
func (b *Board) PutSelfTest(row string, reds []Red) {
	b.SelfTest = slices.DeleteFunc(b.SelfTest, func(r Red) bool { return r.Row == row })
	b.SelfTest = append(b.SelfTest, reds...)
	order := map[string]int{}
	for i, r := range Rows() {
		order[r.ID] = i
	}
	slices.SortStableFunc(b.SelfTest, func(x, y Red) int { return order[x.Row] - order[y.Row] })
}

// Figures are the full figures of all rows, those that were not run among
// them.
func (b *Board) Figures() []Figure {
	var out []Figure
	for _, r := range Rows() {
		f := of(b.Full, r.ID)
		f.Promise, f.What, f.Best, f.From = r.Promise, r.What, r.Best, r.From // the words are the row's
		if f.Verdict == NotMeasured {
			f = Figure{ID: r.ID, Promise: r.Promise, What: r.What, Most: r.Bar.Most, Least: r.Bar.Least, Best: r.Best, From: r.From, Bound: 1,
				Verdict: NotMeasured, Missing: f.Missing, Sample: []string{}, Parts: []Part{}}
		}
		out = append(out, f)
	}
	return out
}
