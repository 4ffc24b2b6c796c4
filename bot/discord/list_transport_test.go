package discord

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/discord/discordtest"
)

var question = discordtest.Values{"question": eligible}

// TestSignedOnly: what Discord did not sign, lately and as it is, is refused
// before it is read, and Discord would take the address.
func TestSignedOnly(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{signed: true})
	if !r.discord.Probe() {
		t.Error("Discord would not take the address")
	}
	const ping = `{"type":1}`
	for name, tt := range map[string]struct {
		raw  discordtest.Raw
		want int
	}{
		"good":       {discordtest.Raw{Body: ping}, 200},
		"flipped":    {discordtest.Raw{Body: ping, Flipped: true}, 401},
		"other key":  {discordtest.Raw{Body: ping, WrongKey: true}, 401},
		"unsigned":   {discordtest.Raw{Body: ping, Unsigned: true}, 401},
		"old":        {discordtest.Raw{Body: ping, Age: 6 * time.Minute}, 401},
		"to come":    {discordtest.Raw{Body: ping, Age: -6 * time.Minute}, 401},
		"no time":    {discordtest.Raw{Body: ping, Header: http.Header{"X-Signature-Timestamp": {""}}}, 401},
		"too long":   {discordtest.Raw{Body: `{"type":1,"x":"` + strings.Repeat("x", 2<<20) + `"}`}, 413},
		"no JSON":    {discordtest.Raw{Body: "{"}, 400},
		"new kind":   {discordtest.Raw{Body: `{"type":99}`}, 200},
		"new fields": {discordtest.Raw{Body: `{"type":1,"new":{"a":[1]}}`}, 200},
	} {
		if got := r.discord.SendRaw(tt.raw).Status(); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

// TestAnnounced: while the assistant thinks, Discord shows that it does, to
// whom the answer will be shown; the answer takes that place, and is one post.
func TestAnnounced(t *testing.T) {
	t.Parallel()
	for _, signed := range []bool{false, true} {
		release := make(chan struct{})
		r := newRig(t, setUp{signed: signed, think: func(ctx context.Context) {
			select {
			case <-release:
			case <-ctx.Done():
			}
		}, answer: fixed{ans: short}})
		d := r.discord.Slash(member, public, "ask", question)
		r.discord.Until("it thinks", d.Deferred)
		if got := r.discord.Messages(public); len(got) != 1 || got[0].To != member {
			t.Errorf("meanwhile there stands %+v", got)
		}
		close(release)
		if m := r.discord.AwaitOriginal(d); m.To != member || !strings.Contains(m.Content, "An answer") || d.Trouble() != "" {
			t.Errorf("it says %q to %s; %s", m.Content, m.To, d.Trouble())
		}
		r.idle()
		if n := len(r.discord.Calls(discordtest.EditOriginal)); n != 1 || len(r.discord.Calls(discordtest.CreateFollowup)) != 0 {
			t.Errorf("%d edits", n)
		}
		press := r.discord.Slash(member, public, "help", nil)
		if m := r.discord.AwaitOriginal(press); m.To != member {
			t.Error("others see the help")
		}
	}
}

// TestDeliveredTwice: what comes again, as after a resume, is done once.
func TestDeliveredTwice(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	d := r.discord.Slash(member, public, "ask", question)
	q := r.discord.Type(member, questions, mention+" What is it?")
	r.discord.AwaitOriginal(d)
	r.discord.AwaitReply(member, q.Message)
	for range 3 {
		r.discord.Redeliver(d)
		r.discord.Redeliver(q.Deliveries[0])
	}
	r.discord.Type(member, discordtest.DM(member), "And once more?")
	r.sees(member, discordtest.DM(member), "An answer")
	r.idle()
	if n := r.asks.Load(); n != 3 || len(r.discord.Replies(member, q.Message)) != 1 {
		t.Errorf("asked %d times, %d replies", n, len(r.discord.Replies(member, q.Message)))
	}
}

// TestTokenDies: an answer whose token has died comes all the same, directly
// or in the channel, and the token is tried once at most.
func TestTokenDies(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"it expires", "the clock says so"} {
		release := make(chan struct{})
		r := newRig(t, setUp{think: func(context.Context) { <-release }, answer: fixed{ans: short}})
		d := r.discord.Slash(member, public, "ask", question)
		r.discord.Until("it thinks", d.Deferred)
		if how == "it expires" {
			r.discord.Expire(d)
		} else {
			r.discord.Clock.Advance(16 * time.Minute)
		}
		close(release)
		r.sees(member, discordtest.DM(member), "An answer")
		r.idle()
		dead := 0
		for _, c := range r.discord.Calls("") {
			if strings.Contains(c.Path, "/webhooks/") && c.Status >= 400 {
				dead++
			}
		}
		if dead > 1 {
			t.Errorf("%s: a dead token was tried %d times", how, dead)
		}
	}
}

// TestNoBlocking: one token that hangs holds nothing else up.
func TestNoBlocking(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	r.discord.Script(discordtest.Fault{Route: discordtest.EditOriginal, Slow: 10 * time.Second})
	slow := r.discord.Slash(member, public, "ask", question)
	r.discord.Until("it hangs", func() bool { return len(r.discord.Calls(discordtest.EditOriginal)) == 1 })
	var rest []*discordtest.Delivery
	for range 20 {
		rest = append(rest, r.discord.Slash(colleague, public, "ask", question))
	}
	for _, d := range rest {
		r.discord.AwaitOriginal(d)
	}
	r.discord.Clock.Advance(11 * time.Second)
	r.discord.AwaitOriginal(slow)
}

// TestTooMany: where Discord asks to wait it is waited, whoever it is that
// asks; there is one answer in the end, and few requests are wasted.
func TestTooMany(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]discordtest.Fault{
		"route":  {Status: 429, Scope: "user", RetryAfter: 2 * time.Second},
		"shared": {Status: 429, Scope: "shared", RetryAfter: 2 * time.Second},
		"global": {Status: 429, Scope: "global", RetryAfter: 2 * time.Second},
		"front":  {Status: 429, RetryAfter: 2 * time.Second}, // a page, of Cloudflare
		"bare":   {Status: 502},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{answer: fixed{ans: short}, chat: func(o *chat.Options) {
				o.Sleep = func(ctx context.Context, d time.Duration) error { return ctx.Err() }
			}})
			f.Route = discordtest.CreateMessage
			r.discord.Script(f)
			q := r.discord.Type(member, questions, mention+" What is it?")
			r.discord.Until("an answer", func() bool {
				r.discord.Clock.Advance(time.Second)
				return len(r.discord.Replies(member, q.Message)) > 0
			})
			r.discord.Until("nothing left", func() bool { r.discord.Clock.Advance(time.Second); return r.chat.Backlog() == 0 })
			if n := len(r.discord.Replies(member, q.Message)); n != 1 || r.discord.InvalidRequests() > 5 || r.asks.Load() != 1 {
				t.Errorf("%d answers, %d invalid requests, asked %d times", n, r.discord.InvalidRequests(), r.asks.Load())
			}
		})
	}
}

// TestBudget: before Discord bans the address the program stops itself.
func TestBudget(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	b := &budget{now: func() time.Time { return now }}
	for range budgetMost {
		must(t, b.allow())
		b.add(http.StatusForbidden)
		b.add(http.StatusOK)
	}
	if b.allow() == nil {
		t.Error("it goes on")
	}
	now = now.Add(budgetTime)
	must(t, b.allow())
}

// TestGateway: it resumes where it was cut, identifies anew where the session
// is gone, notices a connection that is dead, and misses nothing.
func TestGateway(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]func(s *discordtest.Server){
		"cut":         func(s *discordtest.Server) { s.CutConnections() },
		"asked to":    func(s *discordtest.Server) { s.Reconnect() },
		"a new one":   func(s *discordtest.Server) { s.InvalidateSessions(false) },
		"going on":    func(s *discordtest.Server) { s.InvalidateSessions(true) },
		"it forgot":   func(s *discordtest.Server) { s.LoseSessions(); s.CutConnections() },
		"closed 4000": func(s *discordtest.Server) { s.CloseConnections(4000) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{answer: fixed{ans: short}})
			r.gateway.wait = func(context.Context, time.Duration) {}
			cut(r.discord)
			r.discord.Until("a connection again", func() bool { return r.discord.Ready() == 1 && r.gateway.Connected() })
			q := r.discord.Type(member, questions, mention+" What is it?")
			r.discord.AwaitReply(member, q.Message)
		})
	}
}

// TestFatal: where no connection helps, none is tried any more, and it is said
// why and what to do. Other closes are tried again.
func TestFatal(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	r.gateway.wait = func(context.Context, time.Duration) {}
	r.discord.ResetToken()
	r.discord.CloseConnections(4000)
	r.discord.Until("it gives up", func() bool { r.discord.Touch(); return r.gateway.Fatal() != "" })
	if !strings.Contains(r.gateway.Fatal(), "take a new one") || !strings.Contains(r.gateway.Fatal(), "4004") || r.gateway.Connected() {
		t.Errorf("it says %q", r.gateway.Fatal())
	}
	if n := r.discord.Identifies(); n > 5 {
		t.Errorf("it identified %d times", n)
	}
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		if fatalCodes[code] == "" {
			t.Errorf("%d is tried again", code)
		}
	}
	for _, code := range []int{1000, 1001, 1006, 4000, 4007, 4008, 4009} {
		if fatalCodes[code] != "" {
			t.Errorf("%d is not tried again", code)
		}
	}
}
