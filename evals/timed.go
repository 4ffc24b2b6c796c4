package evals

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/prompts"
)

// A Timed is a Model that remembers how long each request took and how many
// bytes went and came. It is safe for concurrent use.
type Timed struct {
	bot.Model

	mu    sync.Mutex
	took  []time.Duration
	sent  int
	came  int
	fails int
}

// Complete is the Model's, and remembers it.
func (t *Timed) Complete(ctx context.Context, p prompts.Prompt) ([]byte, error) {
	begun := time.Now()
	out, err := t.Model.Complete(ctx, p)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.took = append(t.took, time.Since(begun))
	t.sent, t.came = t.sent+len(p.System)+len(p.User)+len(p.Schema), t.came+len(out)
	if err != nil {
		t.fails++
	}
	return out, err
}

// A Use is what a model was used for.
type Use struct {
	Requests int     `json:"requests"`
	Failed   int     `json:"failed"`
	Sent     int     `json:"bytes_sent"`
	Came     int     `json:"bytes_received"`
	Median   float64 `json:"seconds_median"`
	P95      float64 `json:"seconds_p95"`
	Cost     float64 `json:"cost,omitempty"` // estimated from bytes and the prices that are set
}

// Use sums up.
func (t *Timed) Use() Use {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := Use{Requests: len(t.took), Failed: t.fails, Sent: t.sent, Came: t.came}
	if len(t.took) > 0 {
		all := slices.Sorted(slices.Values(t.took))
		u.Median, u.P95 = all[len(all)/2].Seconds(), all[len(all)*95/100].Seconds()
	}
	return u
}
