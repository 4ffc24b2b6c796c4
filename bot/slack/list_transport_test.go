package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// These tests are lines 1 to 6 of the list in the package's documentation:
// how deliveries come in, and what is acknowledged.

// ours are the messages of the app in a channel, in threads and to one person
// too.
func (r *rig) ours(channel string) []slacktest.Message {
	var out []slacktest.Message
	for _, m := range r.slack.Messages(channel) {
		if m.User == slacktest.Bot {
			out = append(out, m)
		}
	}
	return out
}

// mention is the body of an event that mentions the app.
func mention(t *testing.T, ts, text string) string {
	t.Helper()
	data, err := json.Marshal(map[string]any{"type": "event_callback", "team_id": slacktest.Team, "event_id": "Ev" + ts, "event_time": 1_800_000_000,
		"event": map[string]any{"type": "app_mention", "user": member, "channel": public, "ts": ts, "text": "<@U0BOT> " + text}})
	must(t, err)
	return string(data)
}

func TestSignature(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	next := r.slack.RotateSecret()
	r.app.Secrets = append(r.slack.SigningSecrets(), "")
	empty := http.Header{}
	body := mention(t, "1800000003.000100", eligible)
	slacktest.Sign(empty, "", r.slack.Clock.Now(), []byte(body))
	for name, c := range map[string]struct {
		raw  slacktest.Raw
		want int
	}{
		"valid":              {slacktest.Raw{Body: mention(t, "1800000001.000100", eligible)}, 200},
		"by the second":      {slacktest.Raw{Body: mention(t, "1800000002.000100", eligible), Secret: next}, 200},
		"four minutes old":   {slacktest.Raw{Body: mention(t, "1800000004.000100", eligible), Age: 4 * time.Minute}, 200},
		"by another secret":  {slacktest.Raw{Body: body, Secret: "another"}, 401},
		"by an empty secret": {slacktest.Raw{Body: body, Header: empty}, 401},
		"none":               {slacktest.Raw{Body: body, Unsigned: true}, 401},
		"without a time":     {slacktest.Raw{Body: body, Header: http.Header{"X-Slack-Request-Timestamp": {""}}}, 401},
		"of another version": {slacktest.Raw{Body: body, Header: http.Header{"X-Slack-Signature": {"v1=" + strings.Repeat("0", 64)}}}, 401},
		"no hexadecimal":     {slacktest.Raw{Body: body, Header: http.Header{"X-Slack-Signature": {"v0=zz"}}}, 401},
		"six minutes old":    {slacktest.Raw{Body: body, Age: 6 * time.Minute}, 401},
		"of the future":      {slacktest.Raw{Body: body, Age: -6 * time.Minute}, 401},
		"wrong, unreadable":  {slacktest.Raw{Body: "{", Secret: "another"}, 401},
	} {
		for _, path := range []string{EventsPath, CommandsPath, InteractionsPath} {
			if c.raw.Path = path; c.want == 200 && path != EventsPath {
				continue
			}
			if d := r.slack.SendRaw(c.raw); d.Status() != c.want {
				t.Errorf("%s at %s: status %d, want %d", name, path, d.Status(), c.want)
			}
		}
	}
	r.idle()
	if n := r.asks.Load(); n != 3 {
		t.Errorf("%d were asked, want the 3 that are signed", n)
	}
	if strings.Contains(r.log.String(), "cannot be read") {
		t.Error("an unsigned body was read")
	}
}

func TestBodyLimits(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	pad := func(n int) string { return `{"type":"none","pad":"` + strings.Repeat("x", n-24) + `"}` }
	for n, want := range map[int]int{maxBody: 200, maxBody + 1: 413} {
		body := pad(n)
		if len(body) != n {
			t.Fatal(len(body))
		}
		for _, path := range []string{EventsPath, CommandsPath, InteractionsPath} {
			if d := r.slack.SendRaw(slacktest.Raw{Path: path, Body: body}); d.Status() != want {
				t.Errorf("%d bytes at %s: status %d, want %d", n, path, d.Status(), want)
			}
		}
	}
	shortcut := func(trigger, text string) string {
		data, err := json.Marshal(map[string]any{"type": "message_action", "callback_id": ShortcutAskAbout, "team": map[string]any{"id": slacktest.Team},
			"user": map[string]any{"id": member}, "channel": map[string]any{"id": public}, "trigger_id": trigger, "message": map[string]any{"ts": "1800000001.000100", "text": text}})
		must(t, err)
		return "payload=" + url.QueryEscape(string(data))
	}
	r.slack.SendRaw(slacktest.Raw{Path: InteractionsPath, Media: "application/x-www-form-urlencoded", Body: shortcut("t1", "What is ERISA? From the body"), Query: "?" + shortcut("t2", "What is ERISA? From the query")})
	r.slack.SendRaw(slacktest.Raw{Path: InteractionsPath, Media: "application/x-www-form-urlencoded", Body: "other=1", Query: "?" + shortcut("t3", "What is ERISA? From the query")})
	r.sees(member, public, "From the body")
	r.idle()
	if n := r.asks.Load(); n != 1 {
		t.Errorf("%d were asked, want the one of the body", n)
	}
}

func TestChallenge(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	if d, want := r.slack.Challenge(); d.Status() != 200 || d.Answer() != want {
		t.Errorf("status %d, %q, want %q", d.Status(), d.Answer(), want)
	}
	d := r.slack.SendRaw(slacktest.Raw{Body: `{"type":"url_verification","challenge":"sample-challenge"}`, Unsigned: true})
	if d.Status() != 401 || strings.Contains(d.Answer(), "sample-challenge") {
		t.Errorf("unsigned: status %d, %q", d.Status(), d.Answer())
	}
}

// TestAckBeforeWork: the model takes half a minute; nothing waits for it.
func TestAckBeforeWork(t *testing.T) {
	t.Parallel()
	var slack atomic.Pointer[slacktest.Server]
	r := newRig(t, setUp{answer: instant{}, think: func(ctx context.Context) { _ = slack.Load().Clock.Sleep(context.WithoutCancel(ctx), 30*time.Second) }})
	slack.Store(r.slack)
	var all []*slacktest.Delivery
	all = append(all, r.slack.Type(member, public, "<@U0BOT> "+eligible).Deliveries...)
	all = append(all, r.slack.Type(colleague, slacktest.DM(colleague), eligible).Deliveries...)
	all = append(all, r.slack.Run(member, public, "/ask", eligible))
	all = append(all, r.slack.Run(admin, public, "/ask", ""))
	all = append(all, r.slack.Submit(r.slack.Top(admin), map[string]any{FieldText: eligible}))
	r.slack.OpenHome(member, "home")
	r.slack.Until("the Home tab", func() bool { _, ok := r.slack.Home(member); return ok })
	home, _ := r.slack.Home(member)
	all = append(all, r.slack.PressIn(home, ActionTry+":1"))
	for _, d := range all {
		if got := d.Attempts(); len(got) != 1 || got[0].Status != 200 || got[0].Took > 0 || d.Trouble() != "" {
			t.Errorf("%s %s: %+v, %q", d.Kind, d.Type, got, d.Trouble())
		}
	}
	if !r.slack.Clock.AwaitSleepers(4) || len(r.ours(public)) > 0 {
		t.Error("nobody thinks yet, or it was answered already")
	}
	r.slack.Clock.Advance(30 * time.Second)
	r.slack.Until("the fifth", func() bool { return r.asks.Load() == 5 })
	r.slack.Clock.AwaitSleepers(1)
	r.slack.Clock.Advance(30 * time.Second)
	r.idle()
	if n := len(r.ours(public)); n < 3 {
		t.Errorf("%d answers", n)
	}
}

// losing passes deliveries on, and loses every answer to Slack.
func losing(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		h.ServeHTTP(httptest.NewRecorder(), req)
		http.Error(w, "lost", http.StatusBadGateway)
	})
}

func (r *rig) loseAnswers() {
	h := losing(*r.front.Load())
	r.front.Store(&h)
}

// anew is a ledger that knows no delivery again.
type anew struct {
	ledger.Ledger
	n *atomic.Int64
}

func (l anew) Accept(ctx context.Context, e ledger.Event) (bool, error) {
	e.Keys = []ledger.Key{ledger.Key(time.Unix(l.n.Add(1), 0).String())}
	return l.Ledger.Accept(ctx, e)
}

// TestRedelivered: four deliveries over all of Slack's schedule and a restart
// are one question to the model and one answer. Without the keys they are not.
func TestRedelivered(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	for name, guard := range map[string]func(ledger.Ledger) ledger.Ledger{"keys": nil,
		"no keys": func(l ledger.Ledger) ledger.Ledger { return anew{l, &n} }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "ledger.db")
			first := newRig(t, setUp{file: file, guard: guard})
			first.loseAnswers()
			q := first.slack.Type(member, slacktest.DM(member), eligible)
			first.slack.AwaitReply(member, q.Message)
			first.idle()
			first.stop()
			second := newRig(t, setUp{file: file, guard: guard, after: first})
			second.loseAnswers()
			second.slack.Clock.Advance(time.Minute)
			second.slack.Clock.Advance(5 * time.Minute)
			second.idle()
			d := q.Deliveries[0]
			if got := d.Attempts(); len(q.Deliveries) != 1 || len(got) != 4 || got[3].Retry != 3 || got[3].Status != http.StatusBadGateway {
				t.Fatalf("the attempts: %+v", got)
			}
			asks, replies := first.asks.Load()+second.asks.Load(), len(second.ours(slacktest.DM(member)))
			if once := asks == 1 && replies == 1; once != (guard == nil) {
				t.Errorf("%d questions to the model and %d replies", asks, replies)
			}
		})
	}
}

// failing is a ledger whose first Accept does not come to its end.
type failing struct {
	ledger.Ledger
	n    *atomic.Int64
	fail func() error
}

func (l failing) Accept(ctx context.Context, e ledger.Event) (bool, error) {
	if l.n.Add(1) == 1 {
		return false, l.fail()
	}
	return l.Ledger.Accept(ctx, e)
}

// TestFirstDeliveryLost: what died before it was stored is in Slack's next
// delivery, which is not taken for a repetition.
func TestFirstDeliveryLost(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{"an error": func() error { return ledger.ErrFull }, "a panic": func() error { panic("sample words of a person") }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{guard: func(l ledger.Ledger) ledger.Ledger { return failing{l, &atomic.Int64{}, fail} }})
			q := r.slack.Type(member, slacktest.DM(member), eligible)
			r.slack.AwaitReply(member, q.Message)
			r.idle()
			got := q.Deliveries[0].Attempts()
			if len(got) != 2 || got[0].Status/100 != 5 || got[1].Status != 200 || got[1].Retry != 1 || len(r.ours(slacktest.DM(member))) != 1 {
				t.Errorf("the attempts: %+v", got)
			}
			if strings.Contains(r.log.String(), "sample words") {
				t.Error("the words of a panic were logged")
			}
		})
	}
	t.Run("no process", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, setUp{})
		h := *r.front.Load()
		r.front.Store(nil)
		q := r.slack.Type(member, slacktest.DM(member), eligible)
		r.front.Store(&h)
		r.slack.Clock.Advance(time.Minute)
		r.slack.AwaitReply(member, q.Message)
		if got := q.Deliveries[0].Attempts(); len(got) != 3 || bytes.Contains(got[2].Body, []byte("not accepted")) {
			t.Errorf("the attempts: %+v", got)
		}
	})
}
