package slacktest_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func TestCallsGoWrongAsScripted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		fault slacktest.Fault
		says  string
		stand int // messages that stand after all
	}{
		{"an error", slacktest.Fault{Error: "internal_error"}, "internal_error", 0},
		{"500", slacktest.Fault{Status: 500}, "500", 0},
		{"429", slacktest.Fault{Status: 429, RetryAfter: 7 * time.Second}, "retry after 7s", 0},
		{"a reset", slacktest.Fault{Reset: true}, "reset", 0},
		{"a lost answer", slacktest.Fault{Reset: true, After: true}, "reset", 1},
		{"a late 500", slacktest.Fault{Status: 503, After: true}, "503", 1},
		{"a cut body", slacktest.Fault{Cut: true}, "unexpected EOF", 1},
		{"no JSON", slacktest.Fault{Body: "<html>"}, "invalid character", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, c := start(t, slacktest.Options{})
			tt.fault.Method = "chat.postMessage"
			s.Script(tt.fault)
			_, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false))
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v", err)
			}
			if n := len(s.Messages(slacktest.Public)); n != tt.stand {
				t.Errorf("%d messages stand", n)
			}
			post(t, c, slacktest.Public, "the next is well")
		})
	}
}

func TestAFaultMeetsTheNthCall(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	s.Script(slacktest.Fault{Method: "chat.postMessage", Nth: 2, Times: 2, Error: "internal_error"}, slacktest.Fault{Method: "chat.update", Error: "internal_error"})
	var errs []bool
	for range 5 {
		_, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false))
		errs = append(errs, err != nil)
	}
	if want := [5]bool{false, true, true, false, false}; [5]bool(errs) != want {
		t.Errorf("errors %v", errs)
	}
	s.Script(slacktest.Fault{Times: -1, Error: "fatal_error"})
	for range 3 {
		_, err := c.AuthTest()
		wants(t, err, "fatal_error", "")
	}
	s.ClearFaults()
	_, err := c.AuthTest()
	must(t, err)
	if calls := s.Calls("auth.test"); len(calls) != 4 || calls[0].Error != "fatal_error" || calls[3].Status != 200 {
		t.Errorf("calls %+v", calls)
	}
}

func TestASlowCallWaitsForTheClock(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	s.Script(slacktest.Fault{Method: "chat.postMessage", Slow: 20 * time.Second})
	done := make(chan error)
	go func() {
		_, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false))
		done <- err
	}()
	if !s.Clock.AwaitSleepers(1) || len(s.Messages(slacktest.Public)) != 0 {
		t.Fatal("the call does not wait")
	}
	s.Clock.Advance(20 * time.Second)
	must(t, <-done)
	if n := len(s.Messages(slacktest.Public)); n != 1 {
		t.Errorf("%d messages", n)
	}
}

func TestUploadsAndResponseURLsGoWrongToo(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	for _, method := range []string{"files.getUploadURLExternal", "upload", "files.completeUploadExternal"} {
		s.Script(slacktest.Fault{Method: method, Status: 500})
		_, err := c.UploadFile(slack.UploadFileParameters{Filename: "a.docx", FileSize: 1, Content: "x", Channel: slacktest.Public})
		if err == nil || !strings.Contains(err.Error(), "500") {
			t.Errorf("%s: %v", method, err)
		}
	}
	s.Run(slacktest.Member, slacktest.Public, "/ask", "x")
	s.Script(slacktest.Fault{Method: "response_url", Status: http.StatusInternalServerError})
	if err := slack.PostWebhook(command(t, a).ResponseURL, &slack.WebhookMessage{Text: "x"}); err == nil {
		t.Error("the response_url is well")
	}
	if got := s.HookUses(slacktest.Member); got[0] != 0 {
		t.Error("what failed counts as a use")
	}
}

func TestTheTiersByTheClock(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{RateLimits: true})
	info := func() error { _, err := c.GetUserInfo(slacktest.Member); return err }
	for range 50 {
		must(t, info())
	}
	s.Clock.Advance(20 * time.Second)
	for range 50 {
		must(t, info())
	}
	var limited *slack.RateLimitedError
	if err := info(); !errors.As(err, &limited) || limited.RetryAfter != 40*time.Second {
		t.Fatalf("the 101st: %v", err)
	}
	if calls := s.Calls("users.info"); calls[100].Status != 429 || calls[100].Error != "ratelimited" {
		t.Errorf("the call is %+v", calls[100])
	}
	_, err := client(s, s.OtherBotToken()).GetUserInfo(slacktest.Neighbor)
	must(t, err) // another workspace has its own
	s.Clock.Advance(limited.RetryAfter - time.Second)
	if info() == nil {
		t.Error("before Retry-After it is taken")
	}
	s.Clock.Advance(time.Second)
	must(t, info())
	post(t, c, slacktest.Public, "one")
	if _, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("two", false)); !errors.As(err, &limited) || limited.RetryAfter != time.Second {
		t.Errorf("two in a second: %v", err)
	}
	post(t, c, slacktest.Private, "another channel")
	s.Clock.Advance(time.Second)
	post(t, c, slacktest.Public, "two")
}
