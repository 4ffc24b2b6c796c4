package slack

import (
	"slices"
	"testing"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// TestKilled kills the app again and again amid its work: before Slack takes
// a message, between Slack's taking it and its answer, right after an
// acknowledgement, and at any moment. What was acknowledged is answered, and
// nothing is answered twice.
func TestKilled(t *testing.T) {
	t.Parallel()
	k := newKiller(t, killedEvents, slacktest.AllScopes(), "")
	k.run(killedTimes)
	got := k.count()
	if k.kills < killedTimes || k.amid.Load() == 0 || k.acked.Load() == 0 || got.lost > 0 || got.twice > 0 || got.acknowledged < killedEvents*9/10 {
		t.Errorf("over %d kills: %+v", k.kills, got)
	}
	t.Logf("%d events, %d deliveries, %d kills, of which %d amid a message and %d at an acknowledgement: %+v", killedEvents, len(k.slack.Deliveries("")), k.kills, k.amid.Load(), k.acked.Load(), got)
}

// TestKilledUnfindable: an app that may not look for its messages answers
// nothing twice either; each person whose answer may be lost is told so.
func TestKilledUnfindable(t *testing.T) {
	t.Parallel()
	events, kills := max(60, killedEvents/10), max(3, killedTimes/10)
	k := newKiller(t, events, slacktest.LeastScopes(), "")
	k.run(kills)
	got := k.count()
	if k.kills < kills || k.amid.Load() == 0 || got.lost > got.told || got.twice > 0 || got.silent > 0 || got.told == 0 {
		t.Errorf("over %d kills: %+v", k.kills, got)
	}
	t.Logf("%d events, %d kills, of which %d amid a message: %+v", events, k.kills, k.amid.Load(), got)
}

// TestKilledNotices replaces a guard: the tests above must go red.
func TestKilledNotices(t *testing.T) {
	t.Parallel()
	for fault, red := range map[string]func(outcomes) bool{
		"acknowledge before it is stored": func(n outcomes) bool { return n.lost > 0 },
		"send again without looking":      func(n outcomes) bool { return n.twice > 0 },
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			for more := range 6 { // a kill may meet nothing that the fault spoils
				k := newKiller(t, 40+more, slacktest.AllScopes(), fault)
				k.run(4)
				got := k.count()
				if red(got) {
					return
				}
				t.Logf("over %d kills nothing is noticed: %+v", k.kills, got)
			}
			t.Error("nothing is noticed")
		})
	}
}

// outcomes are what became of the events.
type outcomes struct {
	acknowledged int // as a mention: that there is a message needs nothing done
	lost         int // acknowledged, and without an answer
	told         int // and the person was told that it may be lost
	silent       int // and was not
	twice        int // answered, or told so, more than once
}

func (k *killer) count() (n outcomes) {
	for _, q := range k.sent {
		replies := len(k.slack.Thread(q.Channel, q.TS)) - 1
		told := len(k.slack.Messages(slacktest.DM(q.User)))
		if replies > 1 || told > 1 {
			n.twice++
		}
		n.told += min(told, 1)
		if !slices.ContainsFunc(slacktest.Of(q.Deliveries, "app_mention"), (*slacktest.Delivery).Acknowledged) {
			continue
		}
		n.acknowledged++
		if replies == 0 {
			n.lost++
			if told == 0 {
				n.silent++
			}
		}
	}
	return n
}
