package slacktest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

const ask = "<@" + slacktest.Bot + "> how many visits?"

// mentions is an app that is told of mentions alone.
func mentions(t *testing.T, a *app, more slacktest.Options) *slacktest.Server {
	t.Helper()
	more.Handler, more.Events = a, []string{"app_mention"}
	return slacktest.New(t, more)
}

func answers(status int) func(http.ResponseWriter, *http.Request, string) {
	return func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(status) }
}

// The clock of the verifier is the machine's, so these tests start there.
func TestRequestsAreSigned(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := mentions(t, a, slacktest.Options{Start: time.Now()})
	s.Type(slacktest.Member, slacktest.Public, ask)
	if !verified(a.all()[0], s.SigningSecrets()[0]) || verified(a.all()[0], "another") {
		t.Error("the signature is wrong")
	}
	fresh := s.RotateSecret()
	s.Type(slacktest.Member, slacktest.Public, ask)
	if len(s.SigningSecrets()) != 2 || verified(a.all()[1], fresh) || !verified(a.all()[1], s.SigningSecrets()[0]) {
		t.Error("the new secret signs before its time")
	}
	s.UseNewSecret()
	s.Type(slacktest.Member, slacktest.Public, ask)
	if !verified(a.all()[2], fresh) || len(s.SigningSecrets()) != 1 {
		t.Error("the new secret does not sign")
	}
}

func verified(g got, secret string) bool {
	v, err := slack.NewSecretsVerifier(g.header, secret)
	if err != nil {
		return false
	}
	if _, err := v.Write([]byte(g.body)); err != nil {
		return false
	}
	return v.Ensure() == nil
}

func TestRequestsMadeByHand(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := mentions(t, a, slacktest.Options{Start: time.Now()})
	for i, tt := range []struct {
		name string
		raw  slacktest.Raw
		good bool
	}{
		{"as Slack does", slacktest.Raw{Body: "{}"}, true},
		{"another secret", slacktest.Raw{Body: "{}", Secret: "another"}, false},
		{"unsigned", slacktest.Raw{Body: "{}", Unsigned: true}, false},
		{"six minutes old", slacktest.Raw{Body: "{}", Age: 6 * time.Minute}, false},
		{"from the future", slacktest.Raw{Body: "{}", Age: -6 * time.Minute}, false},
		{"a made-up signature", slacktest.Raw{Body: "{}", Header: http.Header{"X-Slack-Signature": {"v0=00"}}}, false},
		{"no timestamp", slacktest.Raw{Body: "{}", Header: http.Header{"X-Slack-Request-Timestamp": {""}}}, false},
	} {
		s.SendRaw(tt.raw)
		if verified(a.all()[i], s.SigningSecrets()[0]) != tt.good {
			t.Errorf("%s: verified %v", tt.name, !tt.good)
		}
	}
	d := s.SendRaw(slacktest.Raw{Path: "/slack/commands", Media: "text/plain", Body: "x", Query: "?payload=1"})
	if g := a.all()[7]; g.path != "/slack/commands" || g.header.Get("Content-Type") != "text/plain" || d.Status() != 200 {
		t.Errorf("came as %+v", g)
	}
	_, challenge := s.Challenge()
	if g := a.all()[8]; !strings.Contains(g.body, challenge) || !strings.Contains(g.body, "url_verification") {
		t.Errorf("the challenge came as %+v", g)
	}
}

func TestAFailedEventIsTriedAgainBySchedule(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		does   func(http.ResponseWriter, *http.Request, string)
		reason string
	}{
		{"500", answers(500), "http_error"},
		{"404", answers(404), "http_error"},
		{"302", answers(302), "too_many_redirects"},
		{"a panic", func(http.ResponseWriter, *http.Request, string) { panic("lost") }, "connection_failed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := &app{}
			a.do(tt.does)
			s := mentions(t, a, slacktest.Options{})
			sent := s.Type(slacktest.Member, slacktest.Public, ask)
			start := s.Clock.Now()
			s.Clock.Advance(time.Hour)
			all := sent.Deliveries[0].Attempts()
			if len(all) != 4 || len(a.all()) != 4 {
				t.Fatalf("%d attempts", len(all))
			}
			for i, after := range []time.Duration{0, 0, time.Minute, 6 * time.Minute} {
				h := a.all()[i].header
				if got := all[i].At.Sub(start); got != after {
					t.Errorf("attempt %d after %v", i, got)
				}
				if i == 0 && h.Get("X-Slack-Retry-Num") != "" {
					t.Error("the first has a retry number")
				}
				if i > 0 && (h.Get("X-Slack-Retry-Num") != string(rune('0'+i)) || h.Get("X-Slack-Retry-Reason") != tt.reason) {
					t.Errorf("retry %d says %v", i, h)
				}
				if a.all()[i].body != a.all()[0].body || !strings.Contains(a.all()[i].body, sent.Deliveries[0].ID) {
					t.Error("a retry is another event")
				}
			}
			if sent.Deliveries[0].Acknowledged() {
				t.Error("it counts as acknowledged")
			}
		})
	}
}

func TestRetriesEndWithTheFirstGoodAnswer(t *testing.T) {
	t.Parallel()
	a := &app{}
	a.do(answers(503))
	s := mentions(t, a, slacktest.Options{})
	sent := s.Type(slacktest.Member, slacktest.Public, ask)
	s.Clock.Advance(30 * time.Second)
	a.do(nil)
	s.Clock.Advance(time.Hour)
	if n := len(sent.Deliveries[0].Attempts()); n != 3 || !sent.Deliveries[0].Acknowledged() {
		t.Errorf("%d attempts", n)
	}
}

func TestNoRetryIsRespected(t *testing.T) {
	t.Parallel()
	a := &app{}
	a.do(func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("X-Slack-No-Retry", "1")
		w.WriteHeader(500)
	})
	s := mentions(t, a, slacktest.Options{})
	s.Type(slacktest.Member, slacktest.Public, ask)
	s.Clock.Advance(time.Hour)
	if n := len(a.all()); n != 1 {
		t.Errorf("%d attempts", n)
	}
}

// A handler that sleeps by the clock does not hold up the test.
func TestASlowHandlerIsTriedAgain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		sleeps   time.Duration
		attempts int
	}{{3*time.Second - time.Millisecond, 1}, {3*time.Second + time.Millisecond, 2}} {
		a := &app{}
		s := mentions(t, a, slacktest.Options{})
		a.do(func(w http.ResponseWriter, r *http.Request, _ string) {
			if r.Header.Get("X-Slack-Retry-Num") == "" {
				if err := s.Clock.Sleep(r.Context(), tt.sleeps); err != nil {
					w.WriteHeader(499)
				}
			}
		})
		real := time.Now()
		sent := s.Type(slacktest.Member, slacktest.Public, ask)
		if first := sent.Deliveries[0].Attempts()[0]; first.Status != 0 || first.Late {
			t.Fatalf("the first is over: %+v", first)
		}
		s.Clock.Advance(time.Hour)
		all := sent.Deliveries[0].Attempts()
		if len(all) != tt.attempts || all[len(all)-1].Status != 200 {
			t.Errorf("%v: attempts %+v", tt.sleeps, all)
		}
		if tt.attempts == 2 && (!all[0].Late || all[0].Took != 3*time.Second || all[1].Reason != "http_timeout") {
			t.Errorf("the late one is %+v", all)
		}
		if time.Since(real) > time.Second {
			t.Error("the clock of the machine was waited for")
		}
	}
}

func TestAHandlerThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	a := &app{}
	free := make(chan bool)
	a.do(func(http.ResponseWriter, *http.Request, string) { <-free })
	s := mentions(t, a, slacktest.Options{Patience: 10 * time.Millisecond})
	sent := s.Type(slacktest.Member, slacktest.Public, ask)
	s.Clock.Advance(3 * time.Second)
	if n := len(sent.Deliveries[0].Attempts()); n != 2 {
		t.Errorf("%d attempts", n)
	}
	close(free)
}

func TestCommandsAreNotTriedAgain(t *testing.T) {
	t.Parallel()
	a := &app{}
	a.do(answers(500))
	s := slacktest.New(t, slacktest.Options{Handler: a})
	d := s.Run(slacktest.Member, slacktest.Public, "/ask", "x")
	s.Clock.Advance(time.Hour)
	if len(a.all()) != 1 || !strings.Contains(d.Trouble(), "dispatch_failed") {
		t.Errorf("%d attempts, %q", len(a.all()), d.Trouble())
	}
}

func TestDeliveriesAreForwardedToAProcess(t *testing.T) {
	t.Parallel()
	a := &app{}
	a.do(answers(202))
	srv := httptest.NewServer(a)
	s := slacktest.New(t, slacktest.Options{Handler: slacktest.Forward(srv.URL), Start: time.Now(), Events: []string{"app_mention"}})
	sent := s.Type(slacktest.Member, slacktest.Public, ask)
	if g := a.all(); len(g) != 1 || !verified(g[0], s.SigningSecrets()[0]) || sent.Deliveries[0].Status() != 202 {
		t.Errorf("it came as %+v", g)
	}
	srv.Close()
	sent = s.Type(slacktest.Member, slacktest.Public, ask)
	if all := sent.Deliveries[0].Attempts(); len(all) != 2 || all[1].Reason != "connection_failed" {
		t.Errorf("to a process that is gone: %+v", all)
	}
}
