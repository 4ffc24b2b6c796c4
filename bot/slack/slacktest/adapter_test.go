package slacktest_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// A tiny adapter: it answers each mention once, later, in its thread, and asks
// whether an answer stands where it does not know.
type tiny struct {
	c    *slack.Client
	mu   sync.Mutex
	seen map[string]bool
	work sync.WaitGroup
}

func (a *tiny) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	var body json.RawMessage
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		return
	}
	e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil {
		return
	}
	m, ok := e.InnerEvent.Data.(*slackevents.AppMentionEvent)
	if !ok {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.seen[m.TimeStamp] {
		a.seen[m.TimeStamp] = true
		a.work.Go(func() { a.answer(m) })
	}
}

func (a *tiny) answer(m *slackevents.AppMentionEvent) {
	token := slack.SlackMetadata{EventType: "advocate_answer", EventPayload: map[string]any{"token": m.TimeStamp}}
	for !a.stands(m) {
		_, _, err := a.c.PostMessage(m.Channel, slack.MsgOptionText("An answer", true), slack.MsgOptionTS(m.TimeStamp), slack.MsgOptionMetadata(token))
		if err == nil {
			return
		}
	}
}

func (a *tiny) stands(m *slackevents.AppMentionEvent) bool {
	all, _, _, err := a.c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: m.Channel, Timestamp: m.TimeStamp, IncludeAllMetadata: true})
	for _, r := range all {
		if r.Metadata.EventPayload["token"] == m.TimeStamp {
			return true
		}
	}
	return err != nil
}

func TestAnAdapterAnswersEachMessageOnce(t *testing.T) {
	t.Parallel()
	a := &tiny{seen: map[string]bool{}}
	s := slacktest.New(t, slacktest.Options{Handler: a, Silent: true})
	a.c = client(s, s.BotToken())
	for n := range 10 {
		s.Script(slacktest.Fault{Method: "chat.postMessage", Nth: 1 + 9*n, Reset: true, After: n%2 == 0})
	}
	sent := s.Storm(slacktest.Storm{Messages: 100, Retries: 3})
	a.work.Wait()
	for _, m := range sent {
		if got := s.Replies(slacktest.Admin, m.Message); len(got) != 1 {
			t.Errorf("%d replies to %s", len(got), m.TS)
		}
	}
	if got := s.Marked("advocate_answer"); len(got) != 100 {
		t.Errorf("%d answers", len(got))
	}
	if got := s.AwaitReply(slacktest.Member, sent[0].Message); got.Text != "An answer" {
		t.Errorf("the answer is %q", got.Text)
	}
}
