package slack

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// These tests are lines 11 and 13 of the list in the package's documentation:
// how it is shown that there is work, and how it is stopped.

// hold is a think-hook that waits until it is let go, or the work is ended.
func hold() (think func(context.Context), letGo func(), ended *atomic.Int64) {
	gate := make(chan struct{})
	ended = &atomic.Int64{}
	return func(ctx context.Context) {
		select {
		case <-gate:
		case <-ctx.Done():
			ended.Store(time.Now().UnixNano())
		}
	}, func() { close(gate) }, ended
}

// wind moves the clock until nothing is left to do.
func (r *rig) wind() {
	r.Helper()
	for range 600 {
		time.Sleep(10 * time.Millisecond)
		if r.chat.Backlog() == 0 {
			return
		}
		r.slack.Clock.Advance(time.Second)
	}
	r.Fatalf("%d orders are left after ten minutes", r.chat.Backlog())
}

// public is a thread without what one person alone sees.
func (r *rig) public(channel, root string) []slacktest.Message {
	return slices.DeleteFunc(r.slack.Thread(channel, root), func(m slacktest.Message) bool { return m.To != "" })
}

// statuses are the calls that said that there is work.
func (r *rig) statuses() (n int) {
	for _, c := range r.slack.Calls("assistant.threads.setStatus") {
		if c.Args["status"] != "" {
			n++
		}
	}
	return n
}

// TestStatus: within a second there is a sign of work, and it stays for as
// long as there is work; without the beat Slack takes it away.
func TestStatus(t *testing.T) {
	t.Parallel()
	for name, beat := range map[string]time.Duration{"a beat": 10 * time.Millisecond, "no beat": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			think, letGo, _ := hold()
			r := newRig(t, setUp{think: think, chat: func(o *chat.Options) { o.Beat = beat }})
			dm := slacktest.DM(member)
			asked := r.slack.Clock.Now()
			q := r.slack.Type(member, dm, eligible)
			r.slack.Until("a status", func() bool { return r.slack.Status(dm, q.TS) != "" })
			if first := r.slack.Calls("assistant.threads.setStatus")[0]; first.At.Sub(asked) > time.Second || !strings.Contains(first.Args["status"], "reading the question") {
				t.Errorf("the first status came after %v: %q", first.At.Sub(asked), first.Args["status"])
			}
			for range 3 {
				n := r.statuses()
				r.slack.Clock.Advance(50 * time.Second)
				if beat < time.Minute {
					r.slack.Until("another beat", func() bool { return r.statuses() > n })
				}
			}
			if stands := r.slack.Status(dm, q.TS) != ""; stands != (beat < time.Minute) {
				t.Errorf("after 150 seconds the status stands: %v", stands)
			}
			if s, _ := r.slack.Session(dm, q.TS); s != "processing" {
				t.Errorf("the session is %q", s)
			}
			letGo()
			r.slack.AwaitReply(member, q.Message)
			r.idle()
			if s, _ := r.slack.Session(dm, q.TS); s != "active" || r.slack.Status(dm, q.TS) != "" {
				t.Errorf("after the answer the session is %q, the status %q", s, r.slack.Status(dm, q.TS))
			}
		})
	}
}

// TestStatusCleared: however work ends, the sign of it goes; where all
// attempts fail, the person is told so in the place of the line that stood.
func TestStatusCleared(t *testing.T) {
	t.Parallel()
	for name, think := range map[string]func(context.Context){
		"an answer": func(context.Context) {},
		"an error":  func(context.Context) { panic(errors.New("of the library")) },
		"a panic":   func(context.Context) { panic("sample words of a person") },
		"too long":  func(ctx context.Context) { <-ctx.Done() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var answer chat.Assistant
			if name == "an error" {
				answer, think = broken{}, nil
			}
			r := newRig(t, setUp{think: think, answer: answer, chat: func(o *chat.Options) {
				o.Beat, o.Slow = 5*time.Millisecond, time.Nanosecond
				switch name {
				case "an answer":
					o.Slow = time.Hour
				case "too long":
					o.Longest = 100 * time.Millisecond
				}
			}})
			q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
			dm := r.slack.Type(member, slacktest.DM(member), eligible)
			r.slack.Until("the sign of the first attempt to go", func() bool {
				s, _ := r.slack.Session(dm.Channel, dm.TS)
				return s == "active" && r.slack.Status(dm.Channel, dm.TS) == "" && r.statuses() > 0
			})
			r.wind()
			n := r.statuses()
			time.Sleep(40 * time.Millisecond)
			if now := r.statuses(); n == 0 || now > n {
				t.Errorf("%d signs of work, and %d after it", n, now-n)
			}
			if s, _ := r.slack.Session(dm.Channel, dm.TS); s != "active" || r.slack.Status(dm.Channel, dm.TS) != "" {
				t.Errorf("the session is %q, the status %q", s, r.slack.Status(dm.Channel, dm.TS))
			}
			if got := r.slack.Message(public, q.TS).Reactions; len(got) > 0 {
				t.Errorf("below the question stands %v", got)
			}
			want := map[string]string{"an answer": "RCW 48.43.045", "an error": "That did not work", "a panic": "That did not work", "too long": "That took too long"}[name]
			for _, at := range []slacktest.Sent{q, dm} {
				if got := r.slack.Thread(at.Channel, at.TS); len(got) != 2 || !strings.Contains(got[1].Text, want) {
					t.Errorf("the thread:\n%s", r.slack.Transcript(member, at.Channel, at.TS))
				}
			}
			if strings.Contains(r.log.String(), "sample words") {
				t.Error("the words of a panic were logged")
			}
		})
	}
}

// broken is an assistant whose library cannot be read.
type broken struct{ chat.Assistant }

func (broken) Ask(context.Context, bot.Request) (*bot.Answer, error) {
	return nil, errors.New("sample: the index cannot be read")
}

// TestStop: Slack's own button ends the work at once, and so does that of the
// line of progress, for whoever asked; then nothing more is said than that.
func TestStop(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T) (*rig, *atomic.Int64) {
		think, _, ended := hold()
		return newRig(t, setUp{think: think, chat: func(o *chat.Options) { o.Slow = 20 * time.Millisecond }}), ended
	}
	stopped := func(r *rig, q slacktest.Sent, pressed time.Time, ended *atomic.Int64) {
		r.Helper()
		r.slack.Until("an end", func() bool { return ended.Load() > 0 })
		if took := time.Unix(0, ended.Load()).Sub(pressed); took > time.Second {
			r.Errorf("the work ended after %v", took)
		}
		r.idle()
		all := r.public(q.Channel, q.TS)
		if len(all) != 2 || !strings.HasPrefix(all[1].Text, "Stopped.") || r.asks.Load() != 1 {
			r.Errorf("%d were asked; the thread:\n%s", r.asks.Load(), r.slack.Transcript(member, q.Channel, q.TS))
		}
	}
	t.Run("of the session", func(t *testing.T) {
		t.Parallel()
		r, ended := start(t)
		q := r.slack.Type(member, slacktest.DM(member), eligible)
		r.slack.Until("a session", func() bool { s, _ := r.slack.Session(q.Channel, q.TS); return s == "processing" && r.asks.Load() == 1 })
		pressed := time.Now()
		r.slack.Stop(member, q.Message)
		stopped(r, q, pressed, ended)
		if s, _ := r.slack.Session(q.Channel, q.TS); s != "active" {
			t.Errorf("the session is %q", s)
		}
	})
	t.Run("of the line", func(t *testing.T) {
		t.Parallel()
		r, ended := start(t)
		q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
		line := r.slack.AwaitReply(member, q.Message)
		r.slack.Press(colleague, line, ActionStop)
		r.sees(colleague, public, "belongs to whoever asked")
		if ended.Load() > 0 {
			t.Error("a colleague stopped it")
		}
		pressed := time.Now()
		r.slack.Press(member, line, ActionStop)
		r.slack.Until("Stopped", func() bool { return strings.HasPrefix(r.slack.Message(public, line.TS).Text, "Stopped.") })
		stopped(r, q, pressed, ended)
		if d := time.Since(pressed); d > time.Second {
			t.Errorf("it took %v", d)
		}
	})
}
