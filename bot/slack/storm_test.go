package slack

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// TestStorm: messages of every kind, whose deliveries come one to four times
// and in any order, have one answer each.
func TestStorm(t *testing.T) {
	t.Parallel()
	r, sent := storm(t, stormMessages, nil)
	deliveries, wrong := 0, 0
	for _, q := range sent {
		for _, d := range q.Deliveries {
			deliveries += len(d.Attempts())
		}
		if got := r.slack.Thread(q.Channel, q.TS); len(got) != 2 || got[1].User != slacktest.Bot {
			wrong++
		}
	}
	if n := int(r.asks.Load()); wrong > 0 || n != len(sent) || deliveries < 2*len(sent) {
		t.Errorf("of %d messages with %d deliveries, %d are not answered once; %d were asked", len(sent), deliveries, wrong, n)
	}
	t.Logf("%d messages, %d deliveries, %d asked", len(sent), deliveries, r.asks.Load())
}

// TestStormNotices: without the keys the test above goes red.
func TestStormNotices(t *testing.T) {
	t.Parallel()
	r, sent := storm(t, 30, func(l ledger.Ledger) ledger.Ledger { return anew{l, &atomic.Int64{}} })
	if n := int(r.asks.Load()); n <= len(sent) {
		t.Errorf("%d were asked of %d: nothing is noticed", n, len(sent))
	}
}

// turnless keeps no turns: a ledger in memory looks through those of all
// threads for one, and here nobody goes on asking.
type turnless struct{ ledger.Ledger }

func (turnless) Remember(context.Context, ledger.Job, ledger.Text, ledger.Text) error { return nil }

// storm lets a storm pass over the app, and waits till all is answered.
func storm(t *testing.T, messages int, guard func(ledger.Ledger) ledger.Ledger) (*rig, []slacktest.Sent) {
	t.Helper()
	if guard == nil {
		guard = func(l ledger.Ledger) ledger.Ledger { return turnless{l} }
	}
	r := newRig(t, setUp{Options: slacktest.Options{Silent: true, Seed: 7}, answer: instant{}, guard: guard, chat: func(o *chat.Options) { o.Slow = time.Hour }})
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Second):
				r.slack.ForgetCalls()
			}
		}
	}()
	people, places := []string{member, admin}, []string{public, slacktest.Private}
	sent := r.slack.Storm(slacktest.Storm{Messages: messages, Retries: 3, Message: func(i int) slacktest.Message {
		who := people[i%2]
		if i%3 == 0 {
			return slacktest.Message{User: who, Channel: slacktest.DM(who), Text: "What does the law say?"}
		}
		return slacktest.Message{User: who, Channel: places[i/3%2], Text: "<@U0BOT> What does the law say?"}
	}})
	for left, since := r.chat.Backlog(), time.Now(); left > 0; time.Sleep(10 * time.Millisecond) {
		now := r.chat.Backlog()
		if now < left {
			left, since = now, time.Now()
		}
		if time.Since(since) > 20*time.Second {
			t.Fatalf("%d are left, and none is answered any more", now)
		}
	}
	return r, sent
}
