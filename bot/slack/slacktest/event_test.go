package slacktest_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// events are what the real parser makes of what came.
func events(t *testing.T, a *app) []slackevents.EventsAPIEvent {
	t.Helper()
	var out []slackevents.EventsAPIEvent
	for _, g := range a.all() {
		e, err := slackevents.ParseEvent(json.RawMessage(g.body), slackevents.OptionNoVerifyToken())
		must(t, err)
		out = append(out, e)
	}
	return out
}

func TestAMentionIsToldTwiceInAnyOrder(t *testing.T) {
	t.Parallel()
	orders := map[string]bool{}
	for seed := range uint64(8) {
		a := &app{}
		s := slacktest.New(t, slacktest.Options{Handler: a, Seed: seed})
		sent := s.Type(slacktest.Member, slacktest.Public, ask)
		all := events(t, a)
		if len(all) != 2 || sent.Deliveries[0].ID == sent.Deliveries[1].ID {
			t.Fatalf("%d events", len(all))
		}
		orders[all[0].InnerEvent.Type] = true
		for _, e := range all {
			switch in := e.InnerEvent.Data.(type) {
			case *slackevents.AppMentionEvent:
				if in.TimeStamp != sent.TS || in.Channel != slacktest.Public || in.User != slacktest.Member || in.Text != ask {
					t.Errorf("the mention is %+v", in)
				}
			case *slackevents.MessageEvent:
				if in.TimeStamp != sent.TS || in.ChannelType != "channel" || in.SubType != "" || in.ClientMsgID == "" {
					t.Errorf("the message is %+v", in)
				}
			}
		}
	}
	if len(orders) != 2 {
		t.Error("the order is always the same")
	}
}

func TestEachKindOfChannelHasItsEvents(t *testing.T) {
	t.Parallel()
	for channel, kind := range map[string]string{slacktest.Public: "channel", slacktest.Private: "group", slacktest.Group: "mpim",
		slacktest.DM(slacktest.Member): "im"} {
		a := &app{}
		s := slacktest.New(t, slacktest.Options{Handler: a})
		s.Type(slacktest.Member, channel, ask)
		want := 2
		if kind == "im" {
			want = 1
		}
		all := events(t, a)
		if len(all) != want {
			t.Errorf("%s: %d events", kind, len(all))
		}
		for _, e := range all {
			if m, ok := e.InnerEvent.Data.(*slackevents.MessageEvent); ok && m.ChannelType != kind {
				t.Errorf("%s: channel_type %s", kind, m.ChannelType)
			}
		}
	}
}

func TestWhatIsNotSubscribedToIsNotTold(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a, Events: []string{"message.channels"}, Scopes: slacktest.LeastScopes()})
	sent := s.Type(slacktest.Member, slacktest.Public, ask)
	s.React(slacktest.Member, sent.Message, "eyes")
	s.Type(slacktest.Member, slacktest.Outside, ask)
	s.OpenHome(slacktest.Member, "home")
	if n := len(a.all()); n != 0 {
		t.Errorf("without subscription or scope %d events came", n)
	}
}

func TestEditsDeletesAndReactions(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a})
	sent := s.Type(slacktest.Member, slacktest.Public, "no mention")
	s.Edit(sent.Message, ask) // now it mentions the app
	s.Edit(sent.Message, ask+" again")
	s.React(slacktest.Member, sent.Message, "eyes")
	s.Unreact(slacktest.Member, sent.Message, "eyes")
	s.Delete(sent.Message)
	var kinds []string
	for _, e := range events(t, a) {
		kind := e.InnerEvent.Type
		if m, ok := e.InnerEvent.Data.(*slackevents.MessageEvent); ok {
			kind += " " + m.SubType
			if m.SubType == "message_changed" && (m.Message == nil || m.PreviousMessage == nil || m.PreviousMessage.Text == m.Message.Text) {
				t.Errorf("changed: %+v", m)
			}
		}
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	want := []string{"app_mention", "message ", "message message_changed", "message message_changed", "message message_deleted", "reaction_added", "reaction_removed"}
	if !slices.Equal(kinds, want) {
		t.Errorf("events %q", kinds)
	}
}

func TestTheAppHearsItself(t *testing.T) {
	t.Parallel()
	for _, silent := range []bool{false, true} {
		a := &app{}
		s, c := start(t, slacktest.Options{Handler: a, Silent: silent})
		ts := post(t, c, slacktest.Public, "from <@"+slacktest.Bot+">")
		_, _, _, err := c.UpdateMessage(slacktest.Public, ts, slack.MsgOptionText("other", false))
		must(t, err)
		_, _, err = c.DeleteMessage(slacktest.Public, ts)
		must(t, err)
		want := 3
		if silent {
			want = 0
		}
		s.Until("the events", func() bool { return len(a.all()) == want })
		for _, e := range events(t, a) {
			m, ok := e.InnerEvent.Data.(*slackevents.MessageEvent)
			if !ok || m.SubType == "" && m.BotID != slacktest.BotID {
				t.Errorf("the app hears %+v", e.InnerEvent)
			}
		}
	}
}

func TestJoiningAndFilesAndBroadcasts(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a})
	s.Join(slacktest.Member, slacktest.Committee)
	root := s.Type(slacktest.Member, slacktest.Committee, "x")
	s.Write(slacktest.Message{User: slacktest.Member, Channel: slacktest.Committee, Thread: root.TS, Text: "loud", Broadcast: true})
	s.Write(slacktest.Message{User: slacktest.Member, Channel: slacktest.Committee, Files: []slacktest.File{{Name: "a.txt", Bytes: []byte("x")}}})
	var kinds []string
	for _, e := range events(t, a) {
		kind := e.InnerEvent.Type
		if m, ok := e.InnerEvent.Data.(*slackevents.MessageEvent); ok {
			kind = m.SubType
			if kind == "thread_broadcast" && m.Root == nil || kind == "file_share" && len(m.Message.Files) != 1 {
				t.Errorf("%s is %+v", kind, m)
			}
		}
		kinds = append(kinds, kind)
	}
	if want := []string{"member_joined_channel", "channel_join", "", "thread_broadcast", "file_share"}; !slices.Equal(kinds, want) {
		t.Errorf("events %q", kinds)
	}
}

func TestOtherWorkspaces(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := mentions(t, a, slacktest.Options{})
	s.Type(slacktest.Stranger, slacktest.Shared, ask)
	s.Type(slacktest.Neighbor, slacktest.Elsewhere, ask)
	all := events(t, a)
	shared, other := all[0], all[1]
	if in := shared.InnerEvent.Data.(*slackevents.AppMentionEvent); !shared.IsExtSharedChannel || in.UserTeam != slacktest.OtherTeam || shared.TeamID != slacktest.Team {
		t.Errorf("from the shared channel: %+v %+v", shared, in)
	}
	if other.TeamID != slacktest.OtherTeam || other.IsExtSharedChannel {
		t.Errorf("from the other workspace: %+v", other)
	}
}

func TestTheAppIsOpened(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a})
	s.OpenHome(slacktest.Member, "home")
	s.Look(slacktest.Member, slacktest.Public)
	s.OpenHome(slacktest.Member, "messages")
	s.Type(slacktest.Member, slacktest.DM(slacktest.Member), "what of this?")
	all := events(t, a)
	open := all[2].InnerEvent.Data.(*slackevents.AppHomeOpenedEvent)
	if open.Tab != "messages" || open.Context == nil || len(open.Context.Entities) != 1 || open.Context.Entities[0].Value != slacktest.Public {
		t.Errorf("opened: %+v", open)
	}
	if c := all[1].InnerEvent.Data.(*slackevents.AppContextChangedEvent); c.User != slacktest.Member || len(c.Context.Entities) != 1 {
		t.Errorf("looked: %+v", c)
	}
	if m := all[3].InnerEvent.Data.(*slackevents.MessageEvent); m.AppContext == nil || m.ChannelType != "im" {
		t.Errorf("typed: %+v", m)
	}
	if d := s.Event(slacktest.Team, map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{slacktest.Bot}}}); d.Status() != 200 {
		t.Error("another event did not come")
	}
}
