package slacktest

import (
	"slices"
	"strings"
)

// The two workspaces, the people and the channels that every server starts
// with.
const (
	Team      = "T0HOME"  // the app's workspace
	OtherTeam = "T0OTHER" // has the app too, with a token of its own

	Bot       = "U0BOT" // the app's user, in both workspaces
	BotID     = "B0BOT"
	AppID     = "A0APP"
	Slackbot  = "USLACKBOT"
	Member    = "U0MEMBER"
	Colleague = "U0COLLEAGUE"
	Admin     = "U0ADMIN"
	Guest     = "U0GUEST"
	Stranger  = "U0STRANGER" // of the other workspace, in Shared
	Neighbor  = "U0NEIGHBOR" // of the other workspace, in Elsewhere

	Public    = "C0PUBLIC"
	Private   = "C0PRIVATE"
	Committee = "C0COMMITTEE" // private: Colleague, Admin and the bot
	Outside   = "C0OUTSIDE"   // public; the bot is not in it
	Shared    = "C0SHARED"    // of Team, shared with OtherTeam
	Elsewhere = "C0ELSEWHERE" // of OtherTeam only
	Group     = "G0GROUP"     // a direct message of several
)

// Kinds of channels, as the events name them.
const (
	PublicChannel  = "channel"
	PrivateChannel = "group"
	DirectMessage  = "im"
	GroupMessage   = "mpim"
)

// A User is a person or a bot. Guest is a guest of the workspace.
type User struct {
	ID, Team, Name, RealName string
	Admin, Guest, Bot        bool
	Deleted                  bool
}

// A Channel is where messages stand. Teams are the workspaces that see it,
// its own first.
type Channel struct {
	ID, Name, Kind string
	Teams          []string
	Members        []string
	Archived       bool
}

func (c *Channel) has(user string) bool    { return slices.Contains(c.Members, user) }
func (c *Channel) sharedOut() bool         { return len(c.Teams) > 1 }
func (c *Channel) seenBy(team string) bool { return slices.Contains(c.Teams, team) }

// DM is the id of the direct message of a user with the bot.
func DM(user string) string { return "D" + strings.TrimPrefix(user, "U") }

func samplePeople() []User {
	return []User{
		{ID: Bot, Team: Team, Name: "advocate", RealName: "Advocate", Bot: true},
		{ID: Slackbot, Team: Team, Name: "slackbot", RealName: "Slackbot", Bot: true},
		{ID: Member, Team: Team, Name: "sample.member", RealName: "Sample Member"},
		{ID: Colleague, Team: Team, Name: "sample.colleague", RealName: "Sample Colleague"},
		{ID: Admin, Team: Team, Name: "sample.admin", RealName: "Sample Admin", Admin: true},
		{ID: Guest, Team: Team, Name: "sample.guest", RealName: "Sample Guest", Guest: true},
		{ID: Stranger, Team: OtherTeam, Name: "sample.stranger", RealName: "Sample Stranger"},
		{ID: Neighbor, Team: OtherTeam, Name: "sample.neighbor", RealName: "Sample Neighbor"},
	}
}

func sampleChannels() []Channel {
	home := []string{Team}
	return []Channel{
		{ID: Public, Name: "massage", Kind: PublicChannel, Teams: home, Members: []string{Bot, Member, Colleague, Admin, Guest}},
		{ID: Private, Name: "clinic", Kind: PrivateChannel, Teams: home, Members: []string{Bot, Member, Admin}},
		{ID: Committee, Name: "committee", Kind: PrivateChannel, Teams: home, Members: []string{Bot, Colleague, Admin}},
		{ID: Outside, Name: "garden", Kind: PublicChannel, Teams: home, Members: []string{Member}},
		{ID: Shared, Name: "alliance", Kind: PublicChannel, Teams: []string{Team, OtherTeam}, Members: []string{Bot, Member, Stranger}},
		{ID: Elsewhere, Name: "others", Kind: PublicChannel, Teams: []string{OtherTeam}, Members: []string{Bot, Neighbor}},
		{ID: Group, Name: "mpdm-sample-1", Kind: GroupMessage, Teams: home, Members: []string{Bot, Member, Colleague}},
	}
}

func (s *Server) addSamples() {
	for _, u := range samplePeople() {
		s.users[u.ID] = &u
	}
	for _, c := range sampleChannels() {
		s.channels[c.ID] = &c
	}
	for _, u := range samplePeople() {
		if !u.Bot {
			s.channels[DM(u.ID)] = &Channel{ID: DM(u.ID), Kind: DirectMessage, Teams: []string{u.Team}, Members: []string{Bot, u.ID}}
		}
	}
}

// AddUser adds a person, and the direct message of them with the bot.
func (s *Server) AddUser(u User) {
	if u.Team == "" {
		u.Team = Team
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[u.ID] = &u
	s.channels[DM(u.ID)] = &Channel{ID: DM(u.ID), Kind: DirectMessage, Teams: []string{u.Team}, Members: []string{Bot, u.ID}}
}

// AddChannel adds a channel, or replaces one.
func (s *Server) AddChannel(c Channel) {
	if len(c.Teams) == 0 {
		c.Teams = []string{Team}
	}
	if c.Kind == "" {
		c.Kind = PublicChannel
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &c
}

// Archive closes a channel for messages.
func (s *Server) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channel(channel).Archived = true
}

// Remove takes a user, or the bot, out of a channel without an event.
func (s *Server) Remove(user, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	c.Members = slices.DeleteFunc(slices.Clone(c.Members), func(m string) bool { return m == user })
}

// channel is a channel that the test named: one that is not there ends the
// test. The lock is held.
func (s *Server) channel(id string) *Channel {
	c := s.channels[id]
	if c == nil {
		s.t.Helper()
		s.t.Fatalf("slacktest: there is no channel %s", id)
	}
	return c
}

// user is a user that the test named. The lock is held.
func (s *Server) user(id string) *User {
	u := s.users[id]
	if u == nil {
		s.t.Helper()
		s.t.Fatalf("slacktest: there is no user %s", id)
	}
	return u
}
