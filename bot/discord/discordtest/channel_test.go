package discordtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func TestMessagesArePostedEditedReadAndDeleted(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	m := post(t, c, discordtest.Public, "  one \n")
	if m.Content != "one" || m.Author.ID != discordtest.Bot || !discordtest.Made(m.ID).Equal(s.Clock.Now()) {
		t.Errorf("posted %+v", m)
	}
	s.Clock.Advance(time.Minute)
	m, err := c.ChannelMessageEdit(discordtest.Public, m.ID, "two")
	must(t, err)
	if m.Content != "two" || m.EditedTimestamp == nil || !m.EditedTimestamp.Equal(s.Clock.Now()) {
		t.Errorf("edited %+v", m)
	}
	if got := s.Calls(discordtest.EditMessage)[0].Strange; strings.Join(got, " ") != "Channel ID" {
		t.Errorf("the client's own fields that Discord does not know: %q", got)
	}
	got, err := c.ChannelMessage(discordtest.Public, m.ID)
	must(t, err)
	all, err := c.ChannelMessages(discordtest.Public, 10, "", "", "")
	must(t, err)
	if got.Content != "two" || len(all) != 1 || all[0].ID != m.ID {
		t.Errorf("read %+v and %d", got, len(all))
	}
	must(t, c.ChannelMessageDelete(discordtest.Public, m.ID))
	_, err = c.ChannelMessage(discordtest.Public, m.ID)
	wants(t, err, 404, 10008)
	if !s.Message(discordtest.Public, m.ID).Deleted || len(s.Messages(discordtest.Public)) != 0 {
		t.Error("it stands")
	}
}

func TestTheHistoryIsReadByPages(t *testing.T) {
	t.Parallel()
	_, c := start(t, discordtest.Options{})
	var ids []string
	for range 5 {
		ids = append(ids, post(t, c, discordtest.Public, "x").ID)
	}
	before, err := c.ChannelMessages(discordtest.Public, 2, ids[3], "", "")
	must(t, err)
	after, err := c.ChannelMessages(discordtest.Public, 2, "", ids[0], "")
	must(t, err)
	if len(before) != 2 || before[0].ID != ids[2] || len(after) != 2 || after[0].ID != ids[2] {
		t.Errorf("before %v, after %v", before, after)
	}
	_, err = c.ChannelMessages(discordtest.Public, 101, "", "", "")
	wants(t, err, 400, 50035)
}

func TestANonceIsEnforcedForMinutes(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	body := obj{"content": "once", "nonce": "a-nonce", "enforce_nonce": true}
	_, first := do(t, s, "POST", messages(discordtest.Public), body)
	_, again := do(t, s, "POST", messages(discordtest.Public), body)
	if first["id"] != again["id"] || first["nonce"] != "a-nonce" || len(s.Messages(discordtest.Public)) != 1 {
		t.Errorf("%v and %v", first["id"], again["id"])
	}
	s.Clock.Advance(5 * time.Minute)
	do(t, s, "POST", messages(discordtest.Public), body)
	do(t, s, "POST", messages(discordtest.Questions), body)
	delete(body, "enforce_nonce")
	do(t, s, "POST", messages(discordtest.Questions), body)
	if a, b := len(s.Messages(discordtest.Public)), len(s.Messages(discordtest.Questions)); a != 2 || b != 2 {
		t.Errorf("%d and %d messages", a, b)
	}
	status, _ := do(t, s, "POST", messages(discordtest.Public), obj{"content": "x", "nonce": strings.Repeat("n", 26)})
	if status != 400 {
		t.Errorf("a long nonce: %d", status)
	}
}

func TestWhereTheBotMayNot(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	send := func(channel string) error { _, err := c.ChannelMessageSend(channel, "x"); return err }
	wants(t, send("140000000000000099"), 404, 10003)
	wants(t, send(discordtest.Outside), 403, 50001)
	wants(t, send(discordtest.Elsewhere), 403, 50001)
	wants(t, send(discordtest.Notices), 403, 50013)
	must(t, send(discordtest.Committee))
	q := s.Type(discordtest.Member, discordtest.Public, "x")
	_, err := c.ChannelMessageEdit(discordtest.Public, q.ID, "y")
	wants(t, err, 403, 50005)
	wants(t, c.ChannelMessageDelete(discordtest.Public, q.ID), 403, 50013)
	wants(t, c.ChannelMessageDelete(discordtest.Public, "1"), 404, 10008)
	_, err = c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{})
	wants(t, err, 400, 50006)
	s.Overwrite(discordtest.Public, discordtest.Overwrite{ID: discordtest.Bot, Member: true, Deny: discordtest.EmbedLinks})
	_, err = c.ChannelMessageSendEmbed(discordtest.Public, &discordgo.MessageEmbed{Description: "x"})
	wants(t, err, 403, 50013)
	if n := s.InvalidRequests(); n != 6 {
		t.Errorf("%d invalid requests", n)
	}
	s.Clock.Advance(10 * time.Minute)
	if n := s.InvalidRequests(); n != 0 {
		t.Errorf("%d invalid requests after ten minutes", n)
	}
}

func TestATokenThatIsNotValid(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	s.ResetToken()
	_, err := c.User("@me")
	wants(t, err, 401, 0)
	c.Token = s.BotToken()
	me, err := c.User("@me")
	must(t, err)
	if me.ID != discordtest.Bot || !me.Bot {
		t.Errorf("I am %+v", me)
	}
}

func TestReplies(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	q := s.Type(discordtest.Member, discordtest.Public, "How?")
	ref := &discordgo.MessageReference{MessageID: q.ID, ChannelID: discordtest.Public}
	_, err := c.ChannelMessageSendReply(discordtest.Public, "So.", ref)
	must(t, err)
	_, err = c.ChannelMessageSendReply(discordtest.Public, "So.", &discordgo.MessageReference{MessageID: "1"})
	wants(t, err, 400, 50035)
	got := s.AwaitReply(discordtest.Member, q.Message)
	if got.Kind != discordtest.ReplyMessage || got.Reply != q.ID || len(got.Pinged) != 1 || got.Pinged[0] != discordtest.Member {
		t.Errorf("the reply is %+v", got)
	}
}

func TestTypingAndReactions(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	must(t, c.ChannelTyping(discordtest.Public))
	if !s.Typing(discordtest.Public) {
		t.Error("it does not type")
	}
	s.Clock.Advance(10 * time.Second)
	if s.Typing(discordtest.Public) {
		t.Error("it types after ten seconds")
	}
	q := s.Type(discordtest.Member, discordtest.Public, "x")
	must(t, c.MessageReactionAdd(discordtest.Public, q.ID, "👀"))
	s.React(discordtest.Colleague, q.Message, "👀")
	must(t, c.MessageReactionRemove(discordtest.Public, q.ID, "👀", "@me"))
	if r := s.Message(discordtest.Public, q.ID).Reactions; len(r) != 1 || r[0].Users[0] != discordtest.Colleague {
		t.Errorf("reactions %+v", r)
	}
	wants(t, c.MessageReactionAdd(discordtest.Public, q.ID, "eyes"), 400, 10014)
	n := s.Type(discordtest.Member, discordtest.Notices, "x")
	wants(t, c.MessageReactionAdd(discordtest.Notices, n.ID, "👀"), 403, 50013)
}

func TestDirectMessages(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	dm, err := c.UserChannelCreate(discordtest.Member)
	must(t, err)
	if dm.ID != discordtest.DM(discordtest.Member) || dm.Type != discordgo.ChannelTypeDM {
		t.Errorf("the channel is %+v", dm)
	}
	post(t, c, dm.ID, "x")
	if got := s.Transcript(discordtest.Colleague, dm.ID).Entries; len(got) != 0 {
		t.Error("somebody else sees it")
	}
	s.AddUser(discordtest.User{ID: discordtest.Stranger, Name: "sample.stranger", NoDMs: true})
	_, err = c.ChannelMessageSend(discordtest.DM(discordtest.Stranger), "x")
	wants(t, err, 403, 50007)
	s.Kick(discordtest.Colleague, discordtest.Guild)
	_, err = c.ChannelMessageSend(discordtest.DM(discordtest.Colleague), "x")
	wants(t, err, 403, 50007)
}

func TestWhatTheServerDoesNotHaveIsNoted(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	wants(t, c.ChannelMessagePin(discordtest.Public, "1"), 404, 0)
	if got := s.Unknown(); len(got) != 1 || got[0] != "PUT /channels/"+discordtest.Public+"/pins/1" {
		t.Errorf("unknown: %q", got)
	}
}
