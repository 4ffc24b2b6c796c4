package slack

import (
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// These tests are lines 18 and 19 of the list in the package's documentation:
// what becomes of an answer that Slack does not take.

// TestTooManyRequests: it is waited for as long as Slack says, and in the end
// there is one message.
func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault slacktest.Fault
		after time.Duration
	}{
		"seven seconds":  {slacktest.Fault{Status: 429, RetryAfter: 7 * time.Second}, 7 * time.Second},
		"three in a row": {slacktest.Fault{Status: 429, RetryAfter: 7 * time.Second, Times: 3}, 21 * time.Second},
		"two minutes":    {slacktest.Fault{Status: 429, RetryAfter: 2 * time.Minute}, 2 * time.Minute},
		"no time given":  {slacktest.Fault{Status: 429}, 5 * time.Second},
		"as an error":    {slacktest.Fault{Error: "ratelimited"}, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{})
			c.fault.Method = "chat.postMessage"
			r.slack.Script(c.fault)
			q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
			r.slack.Until("the first call", func() bool { return len(r.slack.Calls("chat.postMessage")) == 1 })
			r.wind()
			calls := r.slack.Calls("chat.postMessage")
			first, last := calls[0], calls[len(calls)-1]
			if took := last.At.Sub(first.At); len(calls) != 1+max(1, c.fault.Times) || took < c.after || took > c.after+3*time.Second {
				t.Errorf("%d calls over %v", len(calls), took)
			}
			if n := len(r.slack.Thread(public, q.TS)); n != 2 || r.asks.Load() != 1 {
				t.Errorf("%d messages in the thread, %d asked", n, r.asks.Load())
			}
		})
	}
}

// TestBusyChannel: where Slack takes one message a second, 20 questions at
// once have 20 answers, and none is given up for it.
func TestBusyChannel(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{Options: slacktest.Options{RateLimits: true}})
	var all []slacktest.Sent
	for range 20 {
		all = append(all, r.slack.Type(member, public, "<@U0BOT> "+eligible))
	}
	r.wind()
	for _, q := range all {
		if got := r.slack.Thread(public, q.TS); len(got) != 2 || !strings.Contains(got[1].Text, "RCW 48.43.045") {
			t.Errorf("the thread:\n%s", r.slack.Transcript(member, public, q.TS))
		}
	}
	if n := strings.Count(r.log.String(), "outcome=answered attempt=1"); n != 20 {
		t.Errorf("%d were answered at the first attempt", n)
	}
}

// TestSlackErrors: what each error of Slack comes to. Where the place is
// closed, the answer goes to the person; where nobody can tell whether it was
// sent, it is looked for; where the app may not speak, there is silence and
// a line in the log.
func TestSlackErrors(t *testing.T) {
	t.Parallel()
	const once, directly, told, silent = "once in the thread", "to the person directly", "the person is told that it may be lost", "silence"
	post := func(f slacktest.Fault) func(*rig) {
		return func(r *rig) { f.Method = "chat.postMessage"; r.slack.Script(f) }
	}
	least := slacktest.LeastScopes()
	for name, c := range map[string]struct {
		scopes []string
		do     func(r *rig)
		want   string
	}{
		"archived":                 {nil, func(r *rig) { r.slack.Archive(public) }, directly},
		"the app was taken out":    {nil, func(r *rig) { r.slack.Remove(slacktest.Bot, public) }, directly},
		"channel_not_found":        {nil, post(slacktest.Fault{Error: "channel_not_found"}), directly},
		"not_in_channel":           {nil, post(slacktest.Fault{Error: "not_in_channel"}), directly},
		"an error of next year":    {nil, post(slacktest.Fault{Error: "of_next_year"}), directly},
		"status 403":               {nil, post(slacktest.Fault{Status: 403}), directly},
		"the blocks":               {nil, post(slacktest.Fault{Error: "invalid_blocks"}), once},
		"token_revoked":            {nil, func(r *rig) { r.slack.Revoke(r.slack.BotToken(), "token_revoked") }, silent},
		"account_inactive":         {nil, func(r *rig) { r.slack.Revoke(r.slack.BotToken(), "account_inactive") }, silent},
		"internal_error":           {nil, post(slacktest.Fault{Error: "internal_error"}), once},
		"internal_error, but sent": {nil, post(slacktest.Fault{Error: "internal_error", After: true}), once},
		"status 503":               {nil, post(slacktest.Fault{Status: 503}), once},
		"status 503, but sent":     {nil, post(slacktest.Fault{Status: 503, After: true}), once},
		"reset":                    {nil, post(slacktest.Fault{Reset: true}), once},
		"reset, but sent":          {nil, post(slacktest.Fault{Reset: true, After: true}), once},
		"cut, but sent":            {nil, post(slacktest.Fault{Cut: true}), once},
		"nothing said":             {nil, post(slacktest.Fault{Body: `{"ok":false}`}), once},
		"nothing said, but sent":   {nil, post(slacktest.Fault{Body: `{"ok":false}`, After: true}), once},
		"not found, and not sent":  {least, post(slacktest.Fault{Status: 503}), told},
		"not found, but sent":      {least, post(slacktest.Fault{Status: 503, After: true}), told},
		"lost, and looking is late": {nil, func(r *rig) {
			post(slacktest.Fault{Reset: true, After: true})(r)
			r.slack.Script(slacktest.Fault{Method: "conversations.replies", Status: 503, Times: 2})
		}, once},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			think, letGo, _ := hold()
			r := newRig(t, setUp{Options: slacktest.Options{Scopes: c.scopes}, think: think})
			q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
			r.slack.Until("a thought", func() bool { return r.asks.Load() == 1 })
			c.do(r)
			letGo()
			r.wind()
			thread, direct := len(r.slack.Thread(public, q.TS))-1, r.ours(slacktest.DM(member))
			answered := len(direct) == 1 && strings.Contains(direct[0].Text, "RCW 48.43.045") && strings.Contains(direct[0].Text, "Asked:")
			lost := len(direct) == 1 && strings.Contains(direct[0].Text, "may have been lost")
			got := ""
			switch {
			case thread == 1 && len(direct) == 0:
				got = once
			case thread == 0 && answered:
				got = directly
			case lost && (thread == 1) == strings.Contains(name, "but sent"):
				got = told
			case thread == 0 && len(direct) == 0 && strings.Contains(r.log.String(), name):
				got = silent
			}
			if got != c.want || r.asks.Load() != 1 {
				t.Errorf("%q, want %q; %d asked; %d in the thread, directly:\n%s", got, c.want, r.asks.Load(), thread, r.slack.Transcript(member, slacktest.DM(member), ""))
			}
		})
	}
}
