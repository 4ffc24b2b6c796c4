package chat

import (
	"sync"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// limits count questions of the last minute, by who and where.
type limits struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[string][]time.Time
}

// limited are the kinds that cost.
func (k Kind) limited() bool {
	switch k {
	case Ask, Rebut, Testify, Check, Rewrite:
		return true
	}
	return false
}

func limitKeys(o Order) (person, channel string) {
	return "p\x1f" + o.From.Workspace + "\x1f" + o.From.User, "c\x1f" + o.At.Workspace + "\x1f" + o.At.Channel
}

// over says whether one more is too many.
func (l *limits) over(o Order, perPerson, perChannel int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	person, channel := limitKeys(o)
	return perPerson > 0 && l.recent(person) >= perPerson || perChannel > 0 && o.At.Channel != "" && l.recent(channel) >= perChannel
}

// add counts one.
func (l *limits) add(o Order) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if len(l.seen) > 10_000 {
		for key := range l.seen {
			l.recent(key)
		}
	}
	person, channel := limitKeys(o)
	l.recent(person) // where there is no limit, nobody else looks
	l.seen[person] = append(l.seen[person], now)
	if o.At.Channel != "" {
		l.recent(channel)
		l.seen[channel] = append(l.seen[channel], now)
	}
}

// recent forgets what is older than a minute.
func (l *limits) recent(key string) int {
	times := l.seen[key]
	for len(times) > 0 && l.now().Sub(times[0]) >= time.Minute {
		times = times[1:]
	}
	if len(times) == 0 {
		delete(l.seen, key)
		return 0
	}
	l.seen[key] = times
	return len(times)
}

// person is who asks, as limited licences count them.
func person(p ledger.Principal) string { return p.Platform + ":" + p.Workspace + ":" + p.User }
