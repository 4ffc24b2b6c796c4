package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// These tests are line 36 of the list in the package's documentation: Socket
// Mode.

// TestSockets: everything that comes over a socket is acknowledged, with a
// payload that Slack takes, and the greeting is not.
func TestSockets(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{Options: slacktest.Options{Socket: true}})
	q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	r.slack.AwaitReply(member, q.Message)
	r.slack.Run(member, public, "/help", "")
	r.slack.Run(member, public, "/rebut", "")
	r.slack.Until("the form", func() bool { return len(r.slack.Views(member)) == 1 })
	r.slack.Submit(r.slack.Top(member), map[string]any{FieldText: "  "})
	r.slack.Submit(r.slack.Top(member), map[string]any{FieldText: "Your claim was denied as not medically necessary."})
	r.slack.Event(slacktest.Team, map[string]any{"type": "of_next_year", "user": map[string]any{"id": member}})
	r.slack.Event(slacktest.Team, map[string]any{"type": "app_mention", "user": []int{7}})
	r.slack.Event("T9", map[string]any{"type": "message", "channel": public})
	r.slack.OpenHome(member, "home")
	r.idle()
	r.slack.Until("all acknowledgements", func() bool {
		return !slices.ContainsFunc(r.slack.Deliveries(""), func(d *slacktest.Delivery) bool { return !d.Acknowledged() })
	})
	for _, d := range r.slack.Deliveries("") {
		if !d.Acknowledged() || len(d.Attempts()) != 1 {
			t.Errorf("%s %s: %+v", d.Kind, d.Type, d.Attempts())
		}
	}
	acks := r.slack.Acks()
	for _, a := range acks {
		if a.EnvelopeID == "" || !a.Known || a.Dropped || a.Size >= 20<<10 {
			t.Errorf("an acknowledgement of %d bytes of %q", a.Size, a.EnvelopeID)
		}
	}
	if len(acks) < 10 || r.asks.Load() != 1 {
		t.Errorf("%d acknowledgements, %d asked", len(acks), r.asks.Load())
	}
}

// TestSocketsLost: an acknowledgement that is lost costs another delivery,
// and no second answer.
func TestSocketsLost(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{Options: slacktest.Options{Socket: true, Patience: 300 * time.Millisecond}})
	r.slack.LoseAcks(1)
	q := r.slack.Type(member, slacktest.DM(member), eligible)
	r.slack.Clock.Advance(3 * time.Second)
	r.slack.AwaitReply(member, q.Message)
	r.idle()
	if d := q.Deliveries[0]; len(d.Attempts()) != 2 || !d.Acknowledged() || r.asks.Load() != 1 || len(r.ours(q.Channel)) != 1 {
		t.Errorf("%+v, %d asked", d.Attempts(), r.asks.Load())
	}
}

// TestSocketsRenewed: while Slack takes one connection down, the other
// stands, and no event is lost.
func TestSocketsRenewed(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{Options: slacktest.Options{Socket: true, Patience: 100 * time.Millisecond}})
	var all []slacktest.Sent
	ask := func() {
		all = append(all, r.slack.Type(member, slacktest.DM(member), fmt.Sprintf("Question %d. %s", len(all), eligible)))
		if !r.socket.Connected() {
			t.Error("no connection stands")
		}
	}
	for _, reason := range []string{"warning", "refresh_requested"} {
		for range 2 {
			before := r.slack.Connections()
			r.slack.Disconnect(reason, before[0])
			for range 3 {
				ask()
			}
			r.slack.Until("a new connection", func() bool {
				now := r.slack.Connections()
				return len(now) == 2 && now[0] == before[1] && now[1] > before[1] && r.socket.connected.Load() == sockets
			})
			ask()
		}
	}
	r.slack.Disconnect("warning")
	r.slack.CutConnections()
	all = append(all, r.slack.Type(member, slacktest.DM(member), eligible))
	r.slack.Until("new connections", func() bool { return len(r.slack.Connections()) == 2 && r.socket.Connected() })
	for range 10 { // no lease runs out over it
		r.idle()
		r.slack.Clock.Advance(time.Minute)
	}
	for _, q := range all {
		r.slack.AwaitReply(member, q.Message)
	}
	r.idle()
	if n := r.asks.Load(); int(n) != len(all) || len(r.ours(slacktest.DM(member))) != len(all) {
		t.Errorf("%d were asked of %d", n, len(all))
	}
}

// TestSocketsOff: where Socket Mode is switched off the program says that it
// is not connected, and it is again once it is switched on.
func TestSocketsOff(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{Options: slacktest.Options{Socket: true}})
	r.slack.Until("a connection", r.socket.Connected)
	r.slack.Disconnect("link_disabled")
	r.slack.Until("none", func() bool { return !r.socket.Connected() })
	time.Sleep(50 * time.Millisecond)
	if r.socket.Connected() || len(r.slack.Connections()) > 0 {
		t.Error("it is connected")
	}
	r.slack.EnableSocket()
	r.slack.Until("a connection", r.socket.Connected)
	q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	r.slack.AwaitReply(member, q.Message)
	if strings.Contains(r.log.String(), "ticket") {
		t.Error("the address of a socket was logged")
	}
}

// stuck is a ledger that takes nothing until it is let go.
type stuck struct {
	ledger.Ledger
	gate chan struct{}
}

func (l stuck) Accept(ctx context.Context, e ledger.Event) (bool, error) {
	<-l.gate
	return l.Ledger.Accept(context.WithoutCancel(ctx), e)
}

// TestSocketsSlow: many deliveries that take long do not stop the answers to
// pings, without which Slack takes a connection down.
func TestSocketsSlow(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	r := newRig(t, setUp{Options: slacktest.Options{Socket: true, Silent: true, Patience: time.Millisecond}, answer: instant{}, guard: func(l ledger.Ledger) ledger.Ledger { return stuck{l, gate} }})
	letGo := sync.OnceFunc(func() { close(gate) })
	t.Cleanup(letGo)
	const questions = 120
	for range questions {
		r.slack.Type(member, slacktest.DM(member), "What is ERISA?")
	}
	if !r.slack.AnswerPings(2 * time.Second) {
		t.Error("pings are not answered")
	}
	letGo()
	for end := time.Now().Add(time.Minute); len(r.ours(slacktest.DM(member))) < questions && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if n := r.asks.Load(); n != questions || len(r.ours(slacktest.DM(member))) != questions || !r.socket.Connected() {
		t.Errorf("%d were asked", n)
	}
}
