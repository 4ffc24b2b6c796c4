package ledgertest

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
)

// Deliveries delivers a number of events, each with none to three retries,
// some under two event ids as a mention and a message, shuffled, from eight
// goroutines at once: each must be accepted once.
func Deliveries(t testing.TB, l ledger.Ledger, events int) {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(events), 1))
	type delivery struct {
		event int
		keys  []ledger.Key
	}
	var all []delivery
	for n := range events {
		message := ledger.Key(fmt.Sprint("C1:", n))
		ids := []string{"message"}
		if r.IntN(3) == 0 {
			ids = append(ids, "mention")
		}
		for _, id := range ids {
			for range 1 + r.IntN(4) {
				all = append(all, delivery{n, []ledger.Key{ledger.Key(fmt.Sprint(id, n)), message}})
			}
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	accepted := make([]atomic.Int32, events)
	const senders = 8
	var sending sync.WaitGroup
	for s := range senders {
		sending.Go(func() {
			for i := s; i < len(all); i += senders {
				e := ask(all[i].event)
				e.Keys = all[i].keys
				ok, err := l.Accept(t.Context(), e)
				if err != nil {
					t.Error(err)
					return
				}
				if ok {
					accepted[all[i].event].Add(1)
				}
			}
		})
	}
	sending.Wait()
	for n := range accepted {
		if got := accepted[n].Load(); got != 1 {
			t.Errorf("event %d was accepted %d times", n, got)
		}
	}
	s, err := l.Stats(t.Context())
	if err != nil || s.Waiting != events {
		t.Errorf("%d events wait, %v; want %d", s.Waiting, err, events)
	}
	t.Logf("%d deliveries of %d events", len(all), events)
}
