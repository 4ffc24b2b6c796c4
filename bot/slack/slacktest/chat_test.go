package slacktest_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func TestPostsHaveTheirOwnTimestampsThatIncrease(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	last := ""
	for range 5 {
		ts := post(t, c, slacktest.Public, "one")
		if ts <= last {
			t.Fatalf("ts %s after %s", ts, last)
		}
		last = ts
	}
	if n := len(s.Messages(slacktest.Public)); n != 5 {
		t.Errorf("%d messages", n)
	}
}

func TestWhereTheBotMayPost(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	s.AddChannel(slacktest.Channel{ID: "C0OLD", Members: []string{slacktest.Bot}, Archived: true})
	s.AddChannel(slacktest.Channel{ID: "C0SECRET", Kind: slacktest.PrivateChannel, Members: []string{slacktest.Member}})
	for channel, code := range map[string]string{slacktest.Outside: "not_in_channel", "C0NONE": "channel_not_found", "C0SECRET": "channel_not_found",
		slacktest.Elsewhere: "channel_not_found", "C0OLD": "is_archived", "": "channel_not_found"} {
		_, _, err := c.PostMessage(channel, slack.MsgOptionText("x", false))
		wants(t, err, code, "")
	}
	got, _, err := c.PostMessage(slacktest.Member, slack.MsgOptionText("to a person", false))
	must(t, err)
	if got != slacktest.DM(slacktest.Member) {
		t.Errorf("a message to a person stands in %s", got)
	}
	post(t, client(s, s.OtherBotToken()), slacktest.Elsewhere, "in the other workspace")
}

func TestWhatAMessageMustSay(t *testing.T) {
	t.Parallel()
	_, c := start(t, slacktest.Options{})
	_, _, err := c.PostMessage(slacktest.Public)
	wants(t, err, "no_text", "")
	_, _, err = c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "a"}))
	wants(t, err, "invalid_metadata_schema", "")
	_, _, err = c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false), slack.MsgOptionTS("yesterday"))
	wants(t, err, "invalid_thread_ts", "")
	_, _, err = c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false), slack.MsgOptionUsername("Somebody"))
	wants(t, err, "missing_scope", "")
	_, _, err = c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false), slack.MsgOptionMarkdownText("y"))
	wants(t, err, "markdown_text_conflict", "")
	_, _, err = c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false), slack.MsgOptionAttachments(slack.Attachment{Text: "y"}))
	wants(t, err, "invalid_attachments", "json-pointer:/attachments")
}

func TestLongTextIsCutInAPostAndRefusedInAnUpdate(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	ts := post(t, c, slacktest.Public, strings.Repeat("é", 41000))
	if got := s.Message(slacktest.Public, ts).Text; got != strings.Repeat("é", 40000) {
		t.Errorf("%d bytes stand", len(got))
	}
	_, _, _, err := c.UpdateMessage(slacktest.Public, ts, slack.MsgOptionText(strings.Repeat("x", 4001), false))
	wants(t, err, "msg_too_long", "")
	_, _, _, err = c.UpdateMessage(slacktest.Public, ts, slack.MsgOptionText(strings.Repeat("x", 4000), false))
	must(t, err)
}

func TestUpdateAndDelete(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	ts := post(t, c, slacktest.Public, "one", slack.MsgOptionBlocks(slack.NewDividerBlock()))
	_, _, _, err := c.UpdateMessage(slacktest.Public, ts, slack.MsgOptionText("two", false))
	must(t, err)
	if m := s.Message(slacktest.Public, ts); m.Text != "two" || len(m.Blocks) != 0 || m.Edited == "" {
		t.Errorf("text without blocks leaves %+v", m)
	}
	sent := s.Type(slacktest.Member, slacktest.Public, "mine")
	_, _, _, err = c.UpdateMessage(slacktest.Public, sent.TS, slack.MsgOptionText("yours", false))
	wants(t, err, "cant_update_message", "")
	_, _, err = c.DeleteMessage(slacktest.Public, sent.TS)
	wants(t, err, "cant_delete_message", "")
	_, _, err = c.DeleteMessage(slacktest.Public, ts)
	must(t, err)
	_, _, err = c.DeleteMessage(slacktest.Public, ts)
	wants(t, err, "message_not_found", "")
	_, _, _, err = c.UpdateMessage(slacktest.Public, ts, slack.MsgOptionText("three", false))
	wants(t, err, "message_not_found", "")
	if !s.Message(slacktest.Public, ts).Deleted {
		t.Error("the message stands")
	}
}

func TestEphemeralMessages(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	ts, err := c.PostEphemeral(slacktest.Public, slacktest.Member, slack.MsgOptionText("for you", false))
	must(t, err)
	_, _, _, err = c.UpdateMessage(slacktest.Public, ts, slack.MsgOptionText("changed", false))
	wants(t, err, "message_not_found", "")
	_, err = c.PostEphemeral(slacktest.Public, slacktest.Stranger, slack.MsgOptionText("x", false))
	wants(t, err, "user_not_in_channel", "")
	h, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: slacktest.Public})
	must(t, err)
	if len(h.Messages) != 0 {
		t.Errorf("history has %d messages", len(h.Messages))
	}
	for user, n := range map[string]int{slacktest.Member: 1, slacktest.Admin: 0} {
		if got := s.Transcript(user, slacktest.Public, "").Entries; len(got) != n {
			t.Errorf("%s sees %d messages", user, len(got))
		}
	}
}

func TestAReplyStandsInItsThread(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	q := s.Type(slacktest.Member, slacktest.Public, "a question")
	first := post(t, c, slacktest.Public, "an answer", slack.MsgOptionTS(q.TS))
	post(t, c, slacktest.Public, "to the reply", slack.MsgOptionTS(first))
	if got := s.Thread(slacktest.Public, q.TS); len(got) != 3 || got[2].Thread != q.TS {
		t.Errorf("the thread is %+v", got)
	}
	if got := s.Replies(slacktest.Member, q.Message); len(got) != 2 {
		t.Errorf("%d replies", len(got))
	}
	s.Delete(q.Message)
	_, _, m, err := c.PostMessageWithResponse(slacktest.Public, slack.MsgOptionText("late", false), slack.MsgOptionTS(q.TS))
	must(t, err)
	if m.ThreadTimestamp != "" {
		t.Error("a reply to a deleted message stands in a thread")
	}
}

func TestMetadataIsFoundAgain(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	q := s.Type(slacktest.Member, slacktest.Public, "a question")
	meta := slack.SlackMetadata{EventType: "advocate_answer", EventPayload: map[string]any{"token": "abc"}}
	post(t, c, slacktest.Public, "an answer", slack.MsgOptionTS(q.TS), slack.MsgOptionMetadata(meta))
	for _, all := range []bool{true, false} {
		got, _, _, err := c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: slacktest.Public, Timestamp: q.TS, IncludeAllMetadata: all})
		must(t, err)
		if has := got[1].Metadata.EventPayload["token"] == "abc"; has != all {
			t.Errorf("include_all_metadata %v gives %+v", all, got[1].Metadata)
		}
	}
	if got := s.Marked("advocate_answer"); len(got) != 1 {
		t.Errorf("%d marked", len(got))
	}
	_, _, _, err := c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: slacktest.Public, Timestamp: "1700000000.000000"})
	wants(t, err, "thread_not_found", "")
}

func TestHistoryComesInPages(t *testing.T) {
	t.Parallel()
	_, c := start(t, slacktest.Options{})
	for range 5 {
		post(t, c, slacktest.Public, "x")
	}
	cursor, seen := "", ""
	for n := 0; ; n++ {
		h, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: slacktest.Public, Limit: 2, Cursor: cursor})
		must(t, err)
		for _, m := range h.Messages {
			if seen != "" && m.Timestamp >= seen {
				t.Fatal("the newest does not come first")
			}
			seen = m.Timestamp
		}
		if cursor = h.ResponseMetaData.NextCursor; !h.HasMore {
			if n != 2 {
				t.Errorf("%d pages", n+1)
			}
			break
		}
	}
	_, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: slacktest.Outside})
	wants(t, err, "not_in_channel", "")
}

func TestPermalink(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	ts := post(t, c, slacktest.Public, "x")
	link, err := c.GetPermalink(&slack.PermalinkParameters{Channel: slacktest.Public, Ts: ts})
	must(t, err)
	if link != slacktest.Permalink(s.Message(slacktest.Public, ts)) {
		t.Error(link)
	}
	_, err = c.GetPermalink(&slack.PermalinkParameters{Channel: slacktest.Public, Ts: "1.2"})
	wants(t, err, "message_not_found", "")
}

func TestPeopleAndChannels(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	guest, err := c.GetUserInfo(slacktest.Guest)
	must(t, err)
	admin, err := c.GetUserInfo(slacktest.Admin)
	must(t, err)
	stranger, err := c.GetUserInfo(slacktest.Stranger)
	must(t, err)
	if !guest.IsRestricted || !admin.IsAdmin || !stranger.IsStranger || stranger.TeamID != slacktest.OtherTeam {
		t.Error("the flags of people are wrong")
	}
	_, err = c.GetUserInfo(slacktest.Neighbor)
	wants(t, err, "user_not_visible", "")
	ch, err := c.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: slacktest.Shared})
	must(t, err)
	if !ch.IsExtShared {
		t.Error("Shared is not shared")
	}
	dm, _, _, err := c.OpenConversation(&slack.OpenConversationParameters{Users: []string{slacktest.Member}})
	must(t, err)
	if dm.ID != slacktest.DM(slacktest.Member) {
		t.Errorf("the direct message is %s", dm.ID)
	}
	who, err := client(s, s.OtherBotToken()).AuthTest()
	must(t, err)
	if who.TeamID != slacktest.OtherTeam || who.UserID != slacktest.Bot {
		t.Errorf("auth.test says %+v", who)
	}
}

func TestReactions(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	q := s.Type(slacktest.Member, slacktest.Public, "x")
	item := slack.NewRefToMessage(slacktest.Public, q.TS)
	must(t, c.AddReaction("eyes", item))
	wants(t, c.AddReaction("eyes", item), "already_reacted", "")
	s.React(slacktest.Admin, q.Message, "eyes")
	if r := s.Message(slacktest.Public, q.TS).Reactions; len(r) != 1 || len(r[0].Users) != 2 {
		t.Errorf("reactions %+v", r)
	}
	must(t, c.RemoveReaction("eyes", item))
	wants(t, c.RemoveReaction("eyes", item), "no_reaction", "")
	wants(t, c.AddReaction(":eyes:", item), "invalid_name", "")
	wants(t, c.AddReaction("eyes", slack.NewRefToMessage(slacktest.Public, "1.1")), "message_not_found", "")
}

func TestTheScopesOfEachMethod(t *testing.T) {
	t.Parallel()
	_, c := start(t, slacktest.Options{Scopes: []string{"commands"}})
	_, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false))
	wants(t, err, "missing_scope", "")
	_, err = c.GetUserInfo(slacktest.Member)
	wants(t, err, "missing_scope", "")
	_, err = c.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: slacktest.Public})
	wants(t, err, "missing_scope", "")
	_, err = c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: slacktest.DM(slacktest.Member)})
	wants(t, err, "missing_scope", "")
	_, err = c.AuthTest()
	must(t, err)
}

func TestTokens(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	_, err := client(s, "xoxb-unknown").AuthTest()
	wants(t, err, "invalid_auth", "")
	_, err = client(s, "").AuthTest()
	wants(t, err, "not_authed", "")
	_, err = client(s, s.AppToken()).AuthTest()
	wants(t, err, "not_allowed_token_type", "")
	for _, code := range []string{"token_revoked", "token_expired", "account_inactive"} {
		s.Revoke(s.BotToken(), code)
		_, err = c.AuthTest()
		wants(t, err, code, "")
	}
}

func TestUnknownMethodsAreSeen(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	_, _, err := c.StartStream(slacktest.Public, slack.MsgOptionMarkdownText("x"))
	wants(t, err, "unknown_method", "")
	_, _, err = c.AppendStream(slacktest.Public, "1.1", slack.MsgOptionMarkdownText("x"))
	wants(t, err, "unknown_method", "")
	_, _, err = c.StopStream(slacktest.Public, "1.1")
	wants(t, err, "unknown_method", "")
	if got := s.Unknown(); len(got) != 3 {
		t.Errorf("unknown: %v", got)
	}
	if got := s.Calls("chat.startStream"); len(got) != 1 || got[0].Args["markdown_text"] != "x" {
		t.Errorf("calls: %+v", got)
	}
}
