package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/evals"
)

// A hopelessError is why a model that never answered is asked no more.
type hopelessError struct{ error }

func (e *hopelessError) Unwrap() error { return e.error }

// A modelUse is how a language model did as cases were put to it: its time,
// its tokens and, where prices are set, its cost.
type modelUse struct {
	Name string `json:"name"`
	At   string `json:"at"`
	evals.Use
	Input     int      `json:"tokens_read"`
	Output    int      `json:"tokens_written"`
	Estimated bool     `json:"tokens_estimated,omitempty"` // the endpoint did not count them all
	Prices    *prices  `json:"prices_per_million,omitempty"`
	Cost      *float64 `json:"cost,omitempty"`
}

type prices struct {
	Input  float64 `json:"input"`
	Output float64 `json:"output"`
}

func (e *evalRun) modelUse(m *model.Client, timed *evals.Timed) *modelUse {
	used := m.Used()
	u := &modelUse{Name: m.Name(), At: e.settings.modelURL.value, Use: timed.Use(), Input: used.Input, Output: used.Output, Estimated: used.Estimated > 0}
	if c, err := e.settings.modelConfig(); err == nil && e.settings.modelPrices.value != "" {
		u.Prices, u.Cost = &prices{c.Input, c.Output}, &used.Cost
	}
	return u
}

// text is for people.
func (u *modelUse) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Language model %s at %s: %d requests answered, %d failed", u.Name, u.At, u.Answered, u.Failed)
	if u.NotAsked > 0 {
		fmt.Fprintf(&b, ", %d not made", u.NotAsked)
	}
	b.WriteString("\n")
	for _, why := range slices.Sorted(maps.Keys(u.Why)) {
		fmt.Fprintf(&b, "  %d times: %s\n", u.Why[why], why)
	}
	if u.Failed+u.NotAsked > 0 && u.Answered > 0 {
		b.WriteString("  There the built-in composer answered, and what it wrote was graded.\n")
	}
	if u.Answered > 0 {
		fmt.Fprintf(&b, "  time of an answer: half within %s, 95 of 100 within %s\n", inSeconds(u.Median), inSeconds(u.P95))
	}
	if u.Input+u.Output > 0 {
		counted := "as it counted them"
		if u.Estimated {
			counted = "by a high estimate, for it does not count all"
		}
		fmt.Fprintf(&b, "  tokens: %d read, %d written, %s\n", u.Input, u.Output, counted)
	}
	switch {
	case u.Cost != nil:
		fmt.Fprintf(&b, "  cost: %.4f, at %g and %g a million tokens\n", *u.Cost, u.Prices.Input, u.Prices.Output)
	default:
		b.WriteString("  cost: not known, for no prices are set; --model-prices sets them\n")
	}
	return b.String()
}

// inSeconds is a time with as many digits as say something.
func inSeconds(s float64) string {
	if s < 1 {
		return fmt.Sprintf("%.3f s", s)
	}
	return fmt.Sprintf("%.1f s", s)
}

// upper begins a sentence.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
