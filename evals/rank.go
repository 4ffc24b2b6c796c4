package evals

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// A Rank is where a case's answer stood: 1 is first, 0 is not in the top.
type Rank struct {
	Case  Case
	Place int
	First string // the id that came first
	// Declined is set where the assistant does not answer.
	Declined bool
}

// depth is how many hits a rank is looked for in.
const depth = 20

// Ranks searches for every case, to a depth of twenty sources, of
// which corrections are passed over.
func Ranks(ctx context.Context, as *bot.Assistant, cases []Case) ([]Rank, error) {
	var out []Rank
	for _, c := range cases {
		found, err := as.Search(ctx, bot.Request{Text: c.Text, State: c.State}, depth)
		if err != nil {
			return nil, err
		}
		r := rank(c, found.Hits)
		ans, err := as.Ask(ctx, bot.Request{Text: c.Text, State: c.State})
		if err != nil {
			return nil, err
		}
		r.Declined = ans.Abstained
		out = append(out, r)
	}
	return out, nil
}

// rank finds the first hit that the case wants. Corrections that it does
// not want are passed over: a misreading put right stands beside its law.
func rank(c Case, hits []retrieval.Hit) Rank {
	r := Rank{Case: c}
	place := 0
	for _, h := range hits {
		wanted := slices.Contains(c.Want, h.Source.ID)
		if h.Source.Kind == corpus.Correction && !wanted {
			continue
		}
		place++
		if place == 1 {
			r.First = h.Source.ID
		}
		if wanted {
			r.Place = place
			break
		}
	}
	return r
}

// Held keeps the cases of which the library holds at least one wanted
// source; the rest wait for it and are counted by nobody.
func Held(c *corpus.Catalog, cases []Case) (held, waiting []Case) {
	for _, k := range cases {
		if slices.ContainsFunc(k.Want, func(id string) bool { return c.Source(id) != nil }) {
			held = append(held, k)
		} else {
			waiting = append(waiting, k)
		}
	}
	return held, waiting
}

// Recall is the share of ranks within k.
func Recall(ranks []Rank, k int) float64 {
	n := 0
	for _, r := range ranks {
		if r.Place > 0 && r.Place <= k {
			n++
		}
	}
	return float64(n) / float64(max(1, len(ranks)))
}

// MRR is the mean reciprocal rank.
func MRR(ranks []Rank) float64 {
	var sum float64
	for _, r := range ranks {
		if r.Place > 0 {
			sum += 1 / float64(r.Place)
		}
	}
	return sum / float64(max(1, len(ranks)))
}

// Report writes the figures and every question's place, as golden/rank.txt
// keeps them. Where the answer was not
// first, the id that was stands in angle brackets.
func Report(ranks []Rank) string {
	var b strings.Builder
	declined := 0
	for _, r := range ranks {
		if r.Declined {
			declined++
		}
	}
	fmt.Fprintf(&b, "questions: %d\ndeclined: %d\nrecall@1: %.3f\nrecall@5: %.3f\nrecall@10: %.3f\nmrr: %.3f\n\n", len(ranks), declined,
		Recall(ranks, 1), Recall(ranks, 5), Recall(ranks, 10), MRR(ranks))
	for _, r := range ranks {
		place := "-"
		if r.Place > 0 {
			place = fmt.Sprint(r.Place)
		}
		fmt.Fprintf(&b, "%2s  %s", place, r.Case.Text)
		if r.Place != 1 {
			fmt.Fprintf(&b, "  <%s>", r.First)
		}
		b.WriteString("\n")
	}
	return b.String()
}
