package discordtest_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func TestCallsGoWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault discordtest.Fault
		want  func(err error) bool
		posts int
	}{
		"a code":            {discordtest.Fault{Status: 403, Code: 50013}, restCode(403, 50013), 0},
		"the status":        {discordtest.Fault{Status: 503}, restCode(503, 0), 0},
		"a reset":           {discordtest.Fault{Reset: true}, is(func(err error) bool { return err != nil }), 0},
		"a reset after it":  {discordtest.Fault{Reset: true, After: true}, is(func(err error) bool { return err != nil }), 1},
		"a cut":             {discordtest.Fault{Cut: true}, is(func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }), 1},
		"another body":      {discordtest.Fault{Body: "[]"}, is(func(err error) bool { return err != nil }), 0},
		"a code after it":   {discordtest.Fault{Status: 500, After: true}, restCode(500, 0), 1},
		"of another route":  {discordtest.Fault{Route: discordtest.EditMessage, Status: 500}, is(func(err error) bool { return err == nil }), 1},
		"the second":        {discordtest.Fault{Nth: 2, Status: 500}, is(func(err error) bool { return err == nil }), 1},
		"a shared resource": {discordtest.Fault{Scope: "shared", RetryAfter: 1500 * time.Millisecond}, after(1500 * time.Millisecond), 0},
		"no Retry-After":    {discordtest.Fault{Scope: "user"}, after(0), 0},
	} {
		s, client := start(t, discordtest.Options{})
		s.Script(c.fault)
		_, err := client.ChannelMessageSend(discordtest.Public, "x")
		if n := len(s.Messages(discordtest.Public)); !c.want(err) || n != c.posts {
			t.Errorf("%s: %v, %d messages", name, err, n)
		}
	}
}

func is(f func(error) bool) func(error) bool { return f }

func restCode(status, code int) func(error) bool {
	return func(err error) bool {
		var r *discordgo.RESTError
		return errors.As(err, &r) && r.Response.StatusCode == status && (code == 0) == (r.Message == nil) && (r.Message == nil || r.Message.Code == code)
	}
}

func after(d time.Duration) func(error) bool {
	return func(err error) bool {
		var r *discordgo.RateLimitError
		return errors.As(err, &r) && r.RetryAfter == d
	}
}

func TestFaultsComeInTheirOrder(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	s.Script(discordtest.Fault{Times: 2, Status: 500}, discordtest.Fault{Times: -1, Status: 403, Code: 50013})
	var codes []int
	for n := range 5 {
		if n == 4 {
			s.ClearFaults()
		}
		_, _ = c.User("@me")
	}
	for _, call := range s.Calls("GET /users/{user}") {
		codes = append(codes, call.Status)
	}
	for _, call := range s.Calls("GET /users/@me") {
		codes = append(codes, call.Status)
	}
	if len(codes) != 5 || codes[0] != 500 || codes[1] != 500 || codes[2] != 403 || codes[3] != 403 || codes[4] != 200 {
		t.Errorf("answered %v", codes)
	}
	if n := s.InvalidRequests(); n != 2 {
		t.Errorf("%d invalid requests", n)
	}
}

func TestASlowCallWaitsForTheClock(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	s.Script(discordtest.Fault{Slow: 20 * time.Second})
	done := make(chan error)
	go func() {
		_, err := c.ChannelMessageSend(discordtest.Public, "x")
		done <- err
	}()
	if !s.Clock.AwaitSleepers(1) || len(s.Messages(discordtest.Public)) != 0 {
		t.Fatal("the call does not wait")
	}
	s.Clock.Advance(20 * time.Second)
	must(t, <-done)
}

func TestBuckets(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{RateLimits: true})
	send := func(channel string) *http.Response {
		r, err := http.NewRequest("POST", s.URL()+messages(channel), strings.NewReader(`{"content":"x"}`))
		must(t, err)
		r.Header.Set("Authorization", s.BotToken())
		r.Header.Set("Content-Type", "application/json")
		resp, err := s.Client().Do(r)
		must(t, err)
		must(t, resp.Body.Close())
		return resp
	}
	first := send(discordtest.Public)
	if h := first.Header; h.Get("X-RateLimit-Limit") != "5" || h.Get("X-RateLimit-Remaining") != "4" || h.Get("X-RateLimit-Reset-After") != "5.000" || h.Get("X-RateLimit-Bucket") == "" {
		t.Errorf("headers %v", h)
	}
	s.Clock.Advance(time.Second)
	for range 4 {
		send(discordtest.Public)
	}
	over := send(discordtest.Public)
	if h := over.Header; over.StatusCode != 429 || h.Get("Retry-After") != "4" || h.Get("X-RateLimit-Scope") != "user" || h.Get("X-RateLimit-Remaining") != "0" {
		t.Errorf("%d, headers %v", over.StatusCode, h)
	}
	other := send(discordtest.Questions)
	if other.StatusCode != 200 || other.Header.Get("X-RateLimit-Bucket") != first.Header.Get("X-RateLimit-Bucket") {
		t.Errorf("another channel: %d", other.StatusCode)
	}
	s.Clock.Advance(4 * time.Second)
	if got := send(discordtest.Public).StatusCode; got != 200 || s.InvalidRequests() != 1 {
		t.Errorf("later: %d", got)
	}
}

func TestTheGlobalLimitAndTheBan(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{RateLimits: true})
	last := func() discordtest.Call {
		do(t, s, "GET", "/users/@me", nil)
		all := s.Calls("")
		return all[len(all)-1]
	}
	for range 25 {
		do(t, s, "GET", "/users/@me", nil)
		do(t, s, "GET", "/users/"+discordtest.Member, nil)
	}
	status, out := do(t, s, "GET", "/users/@me/guilds", nil)
	if status != 429 || out["global"] != true || out["retry_after"] != 1.0 {
		t.Errorf("%d %v", status, out)
	}
	if status, _ = do(t, s, "POST", "/interactions/1/2/callback", obj{"type": 4}); status != 404 {
		t.Errorf("an interaction: %d", status)
	}
	s.Clock.Advance(time.Second)
	if got := last().Status; got != 200 {
		t.Errorf("a second later: %d", got)
	}
}

func TestTheClientWaitsAsTheHeadersSay(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	c.ShouldRetryOnRateLimit = true
	s.Script(discordtest.Fault{Scope: "global", RetryAfter: 300 * time.Millisecond})
	begin := time.Now()
	post(t, c, discordtest.Public, "x")
	if took := time.Since(begin); took < 300*time.Millisecond || len(s.Calls("")) != 2 {
		t.Errorf("after %v, %d calls", took, len(s.Calls("")))
	}
}
