package chat

import (
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// TestLimitsForget: questions of more than a minute ago are not held, also
// where there is no limit that looks at them.
func TestLimitsForget(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)
	l := limits{now: func() time.Time { return at }, seen: map[string][]time.Time{}}
	o := Order{Kind: Ask, From: ledger.Principal{User: "u"}, At: ledger.Place{Channel: "c"}}
	for range 1000 {
		at = at.Add(10 * time.Second)
		l.over(o, -1, -1)
		l.add(o)
	}
	for _, times := range l.seen {
		if len(times) > 6 || cap(times) > 20 {
			t.Errorf("%d times are held, in room for %d", len(times), cap(times))
		}
	}
}
