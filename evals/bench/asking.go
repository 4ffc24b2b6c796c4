package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/evals"
	"github.com/everycategory/advocate/evals/trust"
)

// An askRow is what golden questions took in one process.
type askRow struct {
	What   string  `json:"what"`
	Median float64 `json:"median_seconds"`
	P95    float64 `json:"p95_seconds"`
	N      int     `json:"n"`
}

// goldenQuestions are the questions of all open golden files.
func goldenQuestions() ([]bot.Request, error) {
	var out []bot.Request
	for _, name := range []string{"questions.txt", "answer.txt", "third-answer.txt"} {
		cases, err := evals.ReadCases(evals.Golden(), name)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			out = append(out, bot.Request{Text: c.Text, State: c.State})
		}
	}
	return out, nil
}

// asking asks the golden questions whole, and only looks for them, in turn.
// Verdicts on sentences are remembered in a process, so what is asked first
// and what is asked again stand apart.
func (b *bench) asking(ctx context.Context) ([]askRow, error) {
	all, err := goldenQuestions()
	if err != nil {
		return nil, err
	}
	kinds := []string{"whole answer, its sentences never seen before", "retrieval alone, of the same", "whole answer, asked again", "retrieval alone, asked again"}
	times := make([][]float64, len(kinds))
	for turn := range b.turns {
		b.say("asking: turn %d of %d", turn+1, b.turns)
		house, err := trust.Open() // remembers nothing
		if err != nil {
			return nil, err
		}
		as := house.Assistant()
		for again := range 2 {
			for _, r := range all {
				begun := time.Now()
				found, err := as.Search(ctx, r, limit)
				if err != nil {
					return nil, err
				}
				searched := time.Now()
				ans, err := as.Ask(ctx, r)
				if err != nil {
					return nil, err
				}
				if took := time.Since(searched); len(found.Hits) > 0 && !ans.Abstained {
					times[2*again] = append(times[2*again], took.Seconds())
					times[2*again+1] = append(times[2*again+1], searched.Sub(begun).Seconds())
				}
			}
		}
		if err := house.Close(); err != nil {
			return nil, err
		}
	}
	var out []askRow
	for i, what := range kinds {
		out = append(out, askRow{what, quantile(times[i], .5), quantile(times[i], .95), len(times[i])})
	}
	if slices.ContainsFunc(out, func(r askRow) bool { return r.N == 0 }) {
		return nil, fmt.Errorf("asking: none of %d questions was answered", len(all))
	}
	return out, nil
}
