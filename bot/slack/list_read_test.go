package slack

import (
	"net/url"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// These tests are lines 7 to 10 and 12 of the list in the package's
// documentation: what of the deliveries is a question, and where it is
// answered.

// TestMentionAndMessage: Slack tells of one message under two event ids, in
// either order; there is one answer.
func TestMentionAndMessage(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	first := map[string]int{}
	for range 12 {
		q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
		if len(q.Deliveries) != 2 || q.Deliveries[0].ID == q.Deliveries[1].ID {
			t.Fatalf("%d deliveries", len(q.Deliveries))
		}
		first[q.Deliveries[0].Type]++
		r.slack.AwaitReply(member, q.Message)
		r.idle()
		if n := len(r.slack.Thread(public, q.TS)); n != 2 {
			t.Errorf("%d messages in the thread, want the question and the answer", n)
		}
	}
	if len(first) != 2 || r.asks.Load() != 12 {
		t.Errorf("first came %v; %d were asked", first, r.asks.Load())
	}
}

// TestUnknownDeliveries: what is not known, or cannot be read, is
// acknowledged, and none of it is logged.
func TestUnknownDeliveries(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	const canary = "canary-in-a-delivery"
	form := func(payload string) string { return "payload=" + url.QueryEscape(payload) }
	event := func(inner string) string {
		return `{"type":"event_callback","team_id":"T0HOME","event_id":"Ev1","event":` + inner + `}`
	}
	for path, bodies := range map[string][]string{
		EventsPath: {"", "{", "[]", "null", `"` + canary + `"`, `{"type":"` + canary + `"}`, `{"type":7}`, event("null"), event("7"), event("{}"), event(`{"type":"` + canary + `","user":{"id":"U1"}}`),
			event(`{"type":"message"}`), event(`{"type":"message","channel_type":"im","channel":"D1"}`), event(`{"type":"app_mention","ts":7}`), event(`{"type":"app_mention","user":[]}`),
			event(`{"type":"message","subtype":"` + canary + `","user":"U1","text":"` + canary + `","channel":"C1","ts":"1.1"}`), event(`{"type":"app_home_opened"}`), event(`{"type":"agent_session_stopped"}`),
			`{"type":"event_callback","team_id":"T9","event_id":"Ev2","event":{"type":"app_mention","user":"U1","channel":"C1","ts":"1.1","text":"` + canary + `"}}`},
		CommandsPath: {"", "%zz", "command=%2Fask", "team_id=T9&command=%2Fask&text=" + canary},
		InteractionsPath: {"", "%zz", "payload=", form("{"), form("[]"), form("7"), form(`{"type":"` + canary + `"}`), form(`{"type":"block_actions"}`), form(`{"type":"block_actions","team":{"id":"T0HOME"}}`),
			form(`{"type":"block_actions","team":{"id":"T0HOME"},"actions":[]}`), form(`{"type":"block_actions","team":{"id":"T0HOME"},"actions":[null]}`), form(`{"type":"block_actions","team":{"id":"T0HOME"},"actions":[7]}`),
			form(`{"type":"view_submission"}`), form(`{"type":"view_submission","team":{"id":"T0HOME"}}`), form(`{"type":"view_submission","team":{"id":"T0HOME"},"view":{"callback_id":"` + canary + `","private_metadata":"{"}}`),
			form(`{"type":"view_closed","team":{"id":"T0HOME"}}`), form(`{"type":"message_action","team":{"id":"T0HOME"},"callback_id":"` + canary + `"}`)},
	} {
		for _, body := range bodies {
			if d := r.slack.SendRaw(slacktest.Raw{Path: path, Body: body}); d.Status() != 200 {
				t.Errorf("%s %s: status %d, %+v", path, body, d.Status(), d.Attempts())
			}
		}
	}
	if d := r.slack.Event(slacktest.Team, map[string]any{"type": "of_next_year", "user": map[string]any{"id": member}, "text": canary}); d.Status() != 200 {
		t.Errorf("an event of an unknown type: %d", d.Status())
	}
	r.idle()
	if log := r.log.String(); strings.Contains(log, canary) || strings.Contains(log, "panic") || !strings.Contains(log, "cannot be read") {
		t.Error(log)
	}
	q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	r.slack.AwaitReply(member, q.Message)
	if n := r.asks.Load(); n != 1 {
		t.Errorf("%d were asked", n)
	}
}

// TestIgnored: of what the app itself says, of other bots, and of messages
// that change, go, or only say that something happened, nothing is asked.
func TestIgnored(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	dm := r.slack.Type(member, slacktest.DM(member), eligible)
	a := r.slack.AwaitReply(member, q.Message)
	r.slack.AwaitReply(member, dm.Message)
	r.slack.Edit(q.Message, "<@U0BOT> And for self-funded plans?")
	r.slack.Edit(dm.Message, "And for self-funded plans?")
	r.slack.Event(slacktest.Team, map[string]any{"type": "app_mention", "channel": public, "ts": q.TS, "user": member, "text": "<@U0BOT> And for self-funded plans?",
		"edited": map[string]any{"user": member, "ts": q.TS}})
	other := func(kind, channel string, more map[string]any) {
		inner := map[string]any{"type": kind, "channel": channel, "ts": "1800000001.000100", "user": member, "text": "<@U0BOT> " + eligible}
		if channel != public {
			inner["channel_type"] = "im"
		}
		for k, v := range more {
			inner[k] = v
		}
		r.slack.Event(slacktest.Team, inner)
	}
	for _, channel := range []string{public, slacktest.DM(member)} {
		for _, kind := range []string{"app_mention", "message"} {
			other(kind, channel, map[string]any{"bot_id": "B0OTHER"})
			other(kind, channel, map[string]any{"user": slacktest.Bot})
			other(kind, channel, map[string]any{"user": ""})
			for _, subtype := range []string{"bot_message", "message_changed", "message_deleted", "message_replied", "channel_join", "channel_topic", "me_message", "of_next_year"} {
				other(kind, channel, map[string]any{"subtype": subtype})
			}
		}
	}
	r.slack.AddUser(slacktest.User{ID: "U0NEW", Team: slacktest.Team, Name: "new"})
	r.slack.Join("U0NEW", public)
	r.slack.Type(colleague, public, "Is lunch at noon?")
	r.slack.Reply(colleague, a, "I think so too.")
	r.slack.Delete(q.Message)
	r.slack.Delete(dm.Message)
	r.idle()
	if n := r.asks.Load(); n != 2 || len(r.ours(public)) != 1 || len(r.ours(slacktest.DM(member))) != 1 {
		t.Errorf("%d were asked, want 2; the channel:\n%s", n, r.slack.Transcript(member, public, ""))
	}
	if len(r.slack.Deliveries("message")) < 30 {
		t.Errorf("%d messages were delivered", len(r.slack.Deliveries("message")))
	}
	named := r.slack.Type(member, public, "And for self-funded plans?")
	r.slack.Edit(named.Message, "<@U0BOT> "+eligible)
	r.slack.AwaitReply(member, named.Message) // an edit that calls the app is a question
}

// TestThreads: a mention is answered in the thread it stands in, or begins;
// each direct message begins one of its own, or goes on in its own.
func TestThreads(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	root := r.slack.Type(colleague, public, "They refused me again.")
	for _, q := range []slacktest.Sent{
		r.slack.Type(member, public, "<@U0BOT> "+eligible),
		r.slack.Reply(member, root.Message, "<@U0BOT> "+eligible),
		r.slack.Write(slacktest.Message{User: member, Channel: public, Thread: root.TS, Broadcast: true, Text: "<@U0BOT> " + eligible}),
		r.slack.Type(member, slacktest.DM(member), eligible),
		r.slack.Type(member, slacktest.DM(member), eligible),
	} {
		a := r.slack.AwaitReply(member, q.Message)
		if a.Thread != q.Root() || a.Channel != q.Channel || a.Broadcast || a.To != "" {
			t.Errorf("%s in %s is answered at %s in %s, broadcast %v, to %q", q.TS, q.Root(), a.Thread, a.Channel, a.Broadcast, a.To)
		}
		if q.Channel != public {
			r.slack.Reply(member, a, "And for self-funded plans?")
			r.slack.Until("the second answer", func() bool { return len(r.slack.Thread(q.Channel, q.TS)) == 4 })
		}
	}
	r.idle()
	if n := len(r.slack.Thread(public, root.TS)); n != 5 {
		t.Errorf("%d messages in the thread of a colleague", n)
	}
}

// TestHome: each opening of the Home tab shows it once, and of the Messages
// tab what can be asked, in no thread.
func TestHome(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	for i := range 2 {
		r.slack.OpenHome(member, "home")
		r.slack.Until("the Home tab", func() bool { return len(r.slack.Calls("views.publish")) == i+1 })
	}
	r.slack.OpenHome(member, "messages")
	r.slack.Until("prompts", func() bool { return len(r.slack.Prompts(slacktest.DM(member), "")) > 0 })
	r.slack.OpenHome(member, "about")
	r.stop()
	home, ok := r.slack.Home(member)
	if n := len(r.slack.Calls("views.publish")); n != 2 || !ok || len(home.Blocks) == 0 {
		t.Errorf("published %d times", n)
	}
	prompts := r.slack.Calls("assistant.threads.setSuggestedPrompts")
	if n := len(r.slack.Prompts(slacktest.DM(member), "")); len(prompts) != 1 || prompts[0].Args["thread_ts"] != "" || prompts[0].Error != "" || n > MaxPrompts {
		t.Errorf("%d prompts by %+v", n, prompts)
	}
	classic := newRig(t, setUp{Options: slacktest.Options{Classic: true}})
	classic.slack.OpenHome(member, "messages")
	classic.stop()
	if n := len(classic.slack.Calls("assistant.threads.setSuggestedPrompts")); n != 0 {
		t.Error("an app without the agent features sets prompts")
	}
}
