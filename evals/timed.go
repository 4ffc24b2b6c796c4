package evals

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/prompts"
)

// A Timed is a Model that remembers how each request went. It is safe for
// concurrent use.
type Timed struct {
	bot.Model
	// Hopeless, if not nil, is called once the first few requests failed and
	// none was answered, with the last error: going on measures no model.
	Hopeless func(error)

	mu     sync.Mutex
	took   []time.Duration // of those answered
	failed int
	unsent int
	why    map[string]int
}

// hopeless is so many failures before any answer.
const hopeless = 3

// Complete is the Model's, and remembers it.
func (t *Timed) Complete(ctx context.Context, p prompts.Prompt) ([]byte, error) {
	begun := time.Now()
	out, err := t.Model.Complete(ctx, p)
	took := time.Since(begun)
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil {
		t.took = append(t.took, took)
		return out, nil
	}
	if t.why == nil {
		t.why = map[string]int{}
	}
	switch {
	case errors.Is(err, model.ErrUnsent):
		t.unsent++
		t.why["not asked: "+Reason(err)]++
	default:
		t.failed++
		t.why[Reason(err)]++
	}
	if t.failed == hopeless && len(t.took) == 0 && t.Hopeless != nil {
		t.Hopeless(err)
	}
	return out, err
}

// Reason is what a Model's error says of the endpoint, without the time it
// will rest, which would make each a reason of its own.
func Reason(err error) string {
	text := strings.TrimPrefix(err.Error(), bot.ErrModel.Error()+": ")
	text, _, _ = strings.Cut(text, ", and is asked again")
	return strings.TrimSuffix(text, ": "+context.DeadlineExceeded.Error())
}

// A Use is how a model's requests went. Times are of those answered.
type Use struct {
	Answered int            `json:"answered"`
	Failed   int            `json:"failed"`    // asked, and no answer came
	NotAsked int            `json:"not_asked"` // held back: see Why
	Why      map[string]int `json:"why,omitempty"`
	Median   float64        `json:"seconds_median,omitempty"`
	P95      float64        `json:"seconds_p95,omitempty"`
}

// Use sums up.
func (t *Timed) Use() Use {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := Use{Answered: len(t.took), Failed: t.failed, NotAsked: t.unsent, Why: map[string]int{}}
	for why, n := range t.why {
		u.Why[why] = n
	}
	if len(t.took) > 0 {
		all := slices.Sorted(slices.Values(t.took))
		u.Median, u.P95 = all[len(all)/2].Seconds(), all[len(all)*95/100].Seconds()
	}
	return u
}
