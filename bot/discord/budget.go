package discord

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot/chat"
)

// A budget counts what Discord calls invalid requests: answers 401, 403 and
// 429. At 10,000 in ten minutes it bans the address; the program stops itself
// long before.
type budget struct {
	now  func() time.Time
	mu   sync.Mutex
	from time.Time // of the ten minutes
	n    int
}

const (
	budgetTime = 10 * time.Minute
	budgetMost = 1000
)

func (b *budget) add(status int) {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.roll()
	b.n++
}

// roll begins new ten minutes once the old ones are over.
func (b *budget) roll() {
	if now := b.now(); now.Sub(b.from) >= budgetTime {
		b.from, b.n = now, 0
	}
}

// allow refuses once the budget is spent, with the time until it is not.
func (b *budget) allow() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.roll()
	if b.n < budgetMost {
		return nil
	}
	return &chat.LaterError{After: budgetTime - b.now().Sub(b.from)}
}

// counting counts the answers that come over a transport.
type counting struct {
	http.RoundTripper
	budget *budget
}

// RoundTrip implements http.RoundTripper. A 429 that is a page, as the front
// of Discord sends it, becomes the JSON that the library reads.
func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	c.budget.add(resp.StatusCode)
	resp.Body = http.MaxBytesReader(nil, resp.Body, maxAnswer)
	if resp.StatusCode == http.StatusTooManyRequests && !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		resp.Body.Close()
		seconds, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
		if err != nil || !(seconds > 0) {
			seconds = 60
		}
		resp.Body = io.NopCloser(strings.NewReader(fmt.Sprintf(`{"message":"too many requests","retry_after":%g}`, seconds)))
	}
	return resp, nil
}
