package discordtest_test

import (
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func TestAThreadFromAMessage(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	b, _ := identified(t, s, usual)
	q := s.Type(discordtest.Member, discordtest.Questions, discordtest.Mention(discordtest.Bot)+" How many visits?")
	th, err := c.MessageThreadStart(discordtest.Questions, q.ID, "How many visits?", 1440)
	must(t, err)
	b.until("THREAD_CREATE")
	if th.ID != q.ID || th.ParentID != discordtest.Questions || th.OwnerID != discordtest.Bot || th.Type != discordgo.ChannelTypeGuildPublicThread {
		t.Errorf("the thread is %+v", th)
	}
	_, err = c.MessageThreadStart(discordtest.Questions, q.ID, "again", 1440)
	wants(t, err, 400, 160004)
	post(t, c, th.ID, "So.")
	if got := s.AwaitReply(discordtest.Member, q.Message); got.Content != "So." || got.Channel != th.ID {
		t.Errorf("the reply is %+v", got)
	}
	if n := len(s.Transcript(discordtest.Colleague, th.ID).Entries); n != 1 {
		t.Errorf("%d messages in the thread", n)
	}
	follow := s.Type(discordtest.Member, th.ID, "And then?")
	if follow.Deliveries[0].Type != "MESSAGE_CREATE" {
		t.Error("the app is not told")
	}
	all, err := c.GuildThreadsActive(discordtest.Guild)
	must(t, err)
	if got := s.Threads(discordtest.Questions); len(got) != 1 || got[0].Name != "How many visits?" || len(all.Threads) != 1 {
		t.Errorf("threads %+v", got)
	}
}

func TestThreadsThatAreRefused(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	q := s.Type(discordtest.Member, discordtest.Public, "x")
	_, err := c.MessageThreadStart(discordtest.Public, q.ID, "x", 1440)
	wants(t, err, 403, 50013)
	q = s.Type(discordtest.Member, discordtest.Questions, "x")
	for name, minutes := range map[string]int{long(101): 60, "": 60, "x": 61} {
		_, err = c.MessageThreadStart(discordtest.Questions, q.ID, name, minutes)
		wants(t, err, 400, 50035)
	}
	d := s.Type(discordtest.Member, discordtest.DM(discordtest.Member), "x")
	_, err = c.MessageThreadStart(d.Channel, d.ID, "x", 60)
	wants(t, err, 400, 50024)
	th, err := c.ThreadStart(discordtest.Questions, "private", discordgo.ChannelTypeGuildPrivateThread, 60)
	must(t, err)
	if s.Permissions(discordtest.Member, th.ID) != 0 || s.Permissions(discordtest.Admin, th.ID) == 0 {
		t.Error("the thread is not private")
	}
	s.Overwrite(discordtest.Questions, discordtest.Overwrite{ID: discordtest.Guild, Deny: discordtest.CreatePrivateThreads})
	_, err = c.ThreadStart(discordtest.Questions, "private", discordgo.ChannelTypeGuildPrivateThread, 60)
	wants(t, err, 403, 50013)
}

func TestArchivedAndLockedThreads(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	th, err := c.ThreadStart(discordtest.Questions, "x", discordgo.ChannelTypeGuildPublicThread, 60)
	must(t, err)
	m := post(t, c, th.ID, "one")
	s.Archive(th.ID, false)
	_, err = c.ChannelMessageEdit(th.ID, m.ID, "two")
	wants(t, err, 400, 50083)
	post(t, c, th.ID, "it opens again")
	if s.Threads(discordtest.Questions)[0].Archived {
		t.Error("it is archived")
	}
	s.Archive(th.ID, true)
	_, err = c.ChannelMessageSend(th.ID, "x")
	wants(t, err, 403, 160005)
	s.Overwrite(discordtest.Questions, discordtest.Overwrite{ID: discordtest.Bot, Member: true, Deny: discordtest.SendInThreads})
	_, err = c.ChannelMessageSend(th.ID, "x")
	wants(t, err, 403, 50013)
	yes, no := true, false
	_, err = c.ChannelEditComplex(th.ID, &discordgo.ChannelEdit{Archived: &yes, Name: "renamed"})
	must(t, err)
	_, err = c.ChannelEditComplex(th.ID, &discordgo.ChannelEdit{Locked: &no})
	wants(t, err, 403, 50013)
	if got := s.Threads(discordtest.Questions)[0]; got.Name != "renamed" || !got.Archived {
		t.Errorf("the thread is %+v", got)
	}
}

func TestPeopleStartThreads(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	q := s.Type(discordtest.Member, discordtest.Questions, "x")
	th := s.StartThread(discordtest.Colleague, q.Message, "our thread")
	must(t, c.ThreadJoin(th.ID))
	_, err := c.MessageThreadStart(discordtest.Questions, q.ID, "x", 60)
	wants(t, err, 400, 160004)
	m, err := c.ChannelMessage(discordtest.Questions, q.ID)
	must(t, err)
	if m.Thread == nil || m.Thread.ID != th.ID {
		t.Errorf("its thread is %+v", m.Thread)
	}
}
