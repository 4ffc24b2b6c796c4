package discordtest_test

import (
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func TestLookups(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{Privileged: discordtest.MessageContent})
	g, err := c.Guild(discordtest.Guild)
	must(t, err)
	m, err := c.GuildMember(discordtest.Guild, discordtest.Admin)
	must(t, err)
	roles, err := c.GuildRoles(discordtest.Guild)
	must(t, err)
	channels, err := c.GuildChannels(discordtest.Guild)
	must(t, err)
	mine, err := c.UserGuilds(10, "", "", false)
	must(t, err)
	if g.OwnerID != discordtest.Admin || len(m.Roles) != 2 || len(roles) != 4 || len(channels) != 5 || len(mine) != 2 {
		t.Errorf("guild %+v, member %+v, %d roles, %d channels, %d guilds", g, m, len(roles), len(channels), len(mine))
	}
	app, err := c.Application("@me")
	must(t, err)
	if app.ID != discordtest.AppID || app.Flags != 1<<19 {
		t.Errorf("the app is %+v", app)
	}
	if mine[0].Permissions&discordgo.PermissionManageGuild != 0 {
		t.Error("the bot may manage the guild")
	}
	_, err = c.Guild(discordtest.OutsideGuild)
	wants(t, err, 403, 50001)
	_, err = c.Guild("1")
	wants(t, err, 404, 10004)
	_, err = c.GuildMember(discordtest.Guild, discordtest.Stranger)
	wants(t, err, 404, 10007)
	_, err = c.User("1")
	wants(t, err, 404, 10013)
	_, err = c.Channel(discordtest.Outside)
	wants(t, err, 403, 50001)
	ch, err := c.Channel(discordtest.Committee)
	must(t, err)
	if ch.Name != "committee" || len(ch.PermissionOverwrites) != 3 {
		t.Errorf("the channel is %+v", ch)
	}
	if s.Permissions(discordtest.Member, discordtest.Committee) != 0 || s.Permissions(discordtest.Colleague, discordtest.Committee) == 0 {
		t.Error("the committee is not private")
	}
}

// The client's own reckoning, of its state, agrees.
func TestThePermissionsAreThoseTheClientReckons(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	known := make(chan bool, 10)
	c.AddHandler(func(*discordgo.Session, *discordgo.GuildCreate) { known <- true })
	connect(t, s, c)
	for range 2 {
		<-known
	}
	for _, channel := range []string{discordtest.Public, discordtest.Questions, discordtest.Committee, discordtest.Notices} {
		got, err := c.State.UserChannelPermissions(discordtest.Bot, channel)
		must(t, err)
		if want := s.Permissions(discordtest.Bot, channel); got != want {
			t.Errorf("%s: %b, the client says %b", channel, want, got)
		}
	}
}
