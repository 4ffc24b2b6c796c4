package discordtest

import (
	"slices"
	"time"
)

// The guilds, people and channels that every server starts with. The id of the
// app and that of its user differ, as they do for apps that are old.
const (
	AppID = "110000000000000001"
	Bot   = "110000000000000002" // the app's user

	Guild        = "120000000000000001" // the home
	OtherGuild   = "120000000000000002" // has the app too
	OutsideGuild = "120000000000000003" // has not; Member has the app for themself

	Member    = "130000000000000001"
	Colleague = "130000000000000002" // of the committee
	Admin     = "130000000000000003" // of the committee, and owner of Guild
	Stranger  = "130000000000000004" // in OtherGuild only
	OtherBot  = "130000000000000005" // a bot in Guild

	Public    = "140000000000000001" // the bot may write, but start no thread
	Questions = "140000000000000002" // threads may be started
	Committee = "140000000000000003" // private: Colleague, Admin and the bot
	Notices   = "140000000000000004" // the bot may read only
	Outside   = "140000000000000005" // the bot does not see it
	Lobby     = "140000000000000006" // of OtherGuild
	Elsewhere = "140000000000000007" // of OutsideGuild

	StaffRole     = "150000000000000001" // may manage the guild
	CommitteeRole = "150000000000000002" // anybody may mention it
	BotRole       = "150000000000000003" // of the app
)

// Kinds of channels.
const (
	TextChannel   = 0
	DirectMessage = 1
	PublicThread  = 11
	PrivateThread = 12
)

// A User is a person or a bot. Who takes no direct messages is NoDMs.
type User struct {
	ID, Name, GlobalName string
	Locale               string // "en-US" if empty
	Bot, NoDMs           bool
	Roles                []string // in any guild
	Installed            bool     // has the app for themself
}

// A Role is one of a guild. The role of everybody has the guild's id.
type Role struct {
	ID, Name    string
	Permissions int64
	Mentionable bool
}

// A Place is a guild.
type Place struct {
	ID, Name, Owner, Locale string
	Members                 []string
	Roles                   []Role
}

// An Overwrite changes what a role or a member may do in a channel.
type Overwrite struct {
	ID          string
	Member      bool
	Allow, Deny int64
}

// A Channel is where messages stand: also a thread, or a direct message.
type Channel struct {
	ID, Guild, Name string
	Kind            int
	Overwrites      []Overwrite
	Recipients      []string // of a direct message, beside the bot

	// Of a thread.
	Parent, Owner    string
	Members          []string
	Archived, Locked bool
	AutoArchive      int // minutes

	typing time.Time // until when the bot types
}

func (c *Channel) thread() bool { return c.Kind == PublicThread || c.Kind == PrivateThread }

// DM is the id of the direct message of a user with the bot.
func DM(user string) string { return "16" + user[2:] }

func samplePeople() []User {
	return []User{
		{ID: Bot, Name: "advocate", GlobalName: "Advocate", Bot: true, Roles: []string{BotRole}},
		{ID: Member, Name: "sample.member", GlobalName: "Sample Member", Installed: true},
		{ID: Colleague, Name: "sample.colleague", GlobalName: "Sample Colleague", Roles: []string{CommitteeRole}},
		{ID: Admin, Name: "sample.admin", GlobalName: "Sample Admin", Roles: []string{CommitteeRole, StaffRole}},
		{ID: Stranger, Name: "sample.stranger", GlobalName: "Sample Stranger"},
		{ID: OtherBot, Name: "sample.bot", GlobalName: "Sample Bot", Bot: true},
	}
}

func (s *Server) addSamples() {
	home := []Role{{ID: Guild, Name: "@everyone", Permissions: EveryonePermissions},
		{ID: StaffRole, Name: "staff", Permissions: ManageGuild | ManageMessages},
		{ID: CommitteeRole, Name: "committee", Mentionable: true},
		{ID: BotRole, Name: "advocate", Permissions: s.opts.Permissions}}
	other := []Role{{ID: OtherGuild, Name: "@everyone", Permissions: EveryonePermissions}}
	outside := []Role{{ID: OutsideGuild, Name: "@everyone", Permissions: EveryonePermissions}}
	for _, g := range []Place{
		{ID: Guild, Name: "Sample Alliance", Owner: Admin, Members: []string{Bot, Member, Colleague, Admin, OtherBot}, Roles: home},
		{ID: OtherGuild, Name: "Sample Others", Owner: Stranger, Members: []string{Bot, Stranger}, Roles: other},
		{ID: OutsideGuild, Name: "Sample Outsiders", Owner: Admin, Members: []string{Member, Admin}, Roles: outside},
	} {
		g.Locale = "en-US"
		s.guilds[g.ID] = &g
	}
	for _, c := range []Channel{
		{ID: Public, Guild: Guild, Name: "massage", Overwrites: []Overwrite{{ID: Bot, Member: true, Deny: CreatePublicThreads | CreatePrivateThreads}}},
		{ID: Questions, Guild: Guild, Name: "questions"},
		{ID: Committee, Guild: Guild, Name: "committee", Overwrites: []Overwrite{{ID: Guild, Deny: ViewChannel},
			{ID: CommitteeRole, Allow: ViewChannel}, {ID: BotRole, Allow: ViewChannel}}},
		{ID: Notices, Guild: Guild, Name: "notices", Overwrites: []Overwrite{{ID: Bot, Member: true, Deny: SendMessages | AddReactions}}},
		{ID: Outside, Guild: Guild, Name: "garden", Overwrites: []Overwrite{{ID: Bot, Member: true, Deny: ViewChannel}}},
		{ID: Lobby, Guild: OtherGuild, Name: "lobby"},
		{ID: Elsewhere, Guild: OutsideGuild, Name: "elsewhere"},
	} {
		s.channels[c.ID] = &c
	}
	for _, u := range samplePeople() {
		s.addUser(u)
	}
}

func (s *Server) addUser(u User) {
	u.Locale = or(u.Locale, "en-US")
	s.users[u.ID] = &u
	if u.ID != Bot {
		s.channels[DM(u.ID)] = &Channel{ID: DM(u.ID), Kind: DirectMessage, Recipients: []string{u.ID}}
	}
}

// AddUser adds a person, whose id has 18 digits, to guilds; or replaces one.
func (s *Server) AddUser(u User, guilds ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addUser(u)
	for _, id := range guilds {
		if g := s.guilds[id]; g != nil && !slices.Contains(g.Members, u.ID) {
			g.Members = append(slices.Clone(g.Members), u.ID)
		}
	}
}

// AddChannel adds a channel of a guild, or replaces one.
func (s *Server) AddChannel(c Channel) {
	c.Guild = or(c.Guild, Guild)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &c
}

// Overwrite changes what a role or a member may do in a channel; it takes the
// place of an earlier one of the same id.
func (s *Server) Overwrite(channel string, o Overwrite) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	c.Overwrites = slices.DeleteFunc(slices.Clone(c.Overwrites), func(old Overwrite) bool { return old.ID == o.ID })
	c.Overwrites = append(c.Overwrites, o)
}

// Join lets a user into a guild. For the bot the guild comes new.
func (s *Server) Join(user, guild string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.guilds[guild]
	if g == nil || s.users[user] == nil || slices.Contains(g.Members, user) {
		s.fatalf("%s cannot join %s", user, guild)
	}
	g.Members = append(slices.Clone(g.Members), user)
	if user == Bot {
		s.dispatch("GUILD_CREATE", guild, s.wholeGuild(g))
		return
	}
	m := s.memberJSON(user, guild, true)
	m["guild_id"] = guild
	s.dispatch("GUILD_MEMBER_ADD", guild, m)
}

// Kick takes a user out of a guild. For the bot the guild goes away.
func (s *Server) Kick(user, guild string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.guilds[guild]
	g.Members = slices.DeleteFunc(slices.Clone(g.Members), func(m string) bool { return m == user })
	if user == Bot {
		s.dispatch("GUILD_DELETE", guild, obj{"id": guild})
	}
}

// channel is a channel that the test named: one that is not there ends the
// test. The lock is held.
func (s *Server) channel(id string) *Channel {
	c := s.channels[id]
	if c == nil {
		s.fatalf("there is no channel %s", id)
	}
	return c
}

// user is a user that the test named. The lock is held.
func (s *Server) user(id string) *User {
	u := s.users[id]
	if u == nil {
		s.fatalf("there is no user %s", id)
	}
	return u
}
