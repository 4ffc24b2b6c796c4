package slacktest_test

import (
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func TestAStatusClearsByReplyOrAfterTwoMinutes(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	dm := slacktest.DM(slacktest.Member)
	q := s.Type(slacktest.Member, dm, "a question")
	status := slack.AssistantThreadsSetStatusParameters{ChannelID: dm, ThreadTS: q.TS, Status: "is searching"}
	set := func() { must(t, c.SetAssistantThreadsStatus(status)) }
	set()
	s.Clock.Advance(2*time.Minute - time.Second)
	if got := s.Status(dm, q.TS); got != "is searching" {
		t.Errorf("after 1:59 the status is %q", got)
	}
	s.Clock.Advance(time.Second)
	if got := s.Status(dm, q.TS); got != "" {
		t.Errorf("after two minutes the status is %q", got)
	}
	set()
	post(t, c, dm, "an answer", slack.MsgOptionTS(q.TS))
	if got := s.Status(dm, q.TS); got != "" {
		t.Errorf("after the reply the status is %q", got)
	}
	status.ThreadTS = ""
	wants(t, c.SetAssistantThreadsStatus(status), "invalid_thread_ts", "")
	status.ThreadTS, status.LoadingMessages = q.TS, make([]string, 11)
	wants(t, c.SetAssistantThreadsStatus(status), "invalid_arguments", "/loading_messages")
}

func TestPromptsAndTitles(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	dm := slacktest.DM(slacktest.Member)
	p := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: dm}
	for range 4 {
		p.AddPrompt("Visits", "How many visits?")
	}
	must(t, c.SetAssistantThreadsSuggestedPrompts(p))
	if got := s.Prompts(dm, ""); len(got) != 4 || got[0].Message != "How many visits?" {
		t.Errorf("prompts %+v", got)
	}
	p.AddPrompt("One", "too many")
	wants(t, c.SetAssistantThreadsSuggestedPrompts(p), "invalid_arguments", "/prompts")
	q := s.Type(slacktest.Member, dm, "a question")
	must(t, c.SetAssistantThreadsTitle(slack.AssistantThreadsSetTitleParameters{ChannelID: dm, ThreadTS: q.TS, Title: x(200)}))
	wants(t, c.SetAssistantThreadsTitle(slack.AssistantThreadsSetTitleParameters{ChannelID: dm, ThreadTS: q.TS, Title: x(201)}), "invalid_arguments", "/title")

	_, classic := start(t, slacktest.Options{Classic: true})
	p.Prompts = p.Prompts[:1]
	wants(t, classic.SetAssistantThreadsSuggestedPrompts(p), "invalid_thread_ts", "")
}

func TestSessions(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	dm := slacktest.DM(slacktest.Member)
	q := s.Type(slacktest.Member, dm, "a question")
	p := slack.AgentSessionSetStatusParameters{Status: "processing", ChannelID: dm, ThreadTS: q.TS, Title: "Visits"}
	_, err := c.RenameAgentSession(slack.AgentSessionRenameParameters{Title: "x", ChannelID: dm, ThreadTS: q.TS})
	wants(t, err, "session_not_found", "")
	_, err = c.SetAgentSessionStatus(p)
	must(t, err)
	p.Title = "Another"
	_, err = c.SetAgentSessionStatus(p)
	must(t, err)
	if status, title := s.Session(dm, q.TS); status != "processing" || title != "Visits" {
		t.Errorf("the session is %s %q", status, title)
	}
	d := s.Stop(slacktest.Member, q.Message)
	if d.Type != "agent_session_stopped" || d.Status() != 200 {
		t.Errorf("stop gives %+v", d)
	}
	_, err = c.RenameAgentSession(slack.AgentSessionRenameParameters{Title: "Better", ChannelID: dm, ThreadTS: q.TS})
	must(t, err)
	_, err = c.RenameAgentSession(slack.AgentSessionRenameParameters{Title: x(201), ChannelID: dm, ThreadTS: q.TS})
	wants(t, err, "invalid_arguments", "/title")
	s.Clock.Advance(time.Hour)
	if status, title := s.Session(dm, q.TS); status != "active" || title != "Better" {
		t.Errorf("after an hour the session is %s %q", status, title)
	}
	p.Status = "busy"
	_, err = c.SetAgentSessionStatus(p)
	wants(t, err, "invalid_arguments", "/status")
	_, classic := start(t, slacktest.Options{Classic: true})
	_, err = classic.SetAgentSessionStatus(p)
	wants(t, err, "not_an_agent", "")
}
