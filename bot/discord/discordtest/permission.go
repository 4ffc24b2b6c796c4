package discordtest

import (
	"slices"
	"strconv"
)

// What somebody may do in a channel.
const (
	Administrator        int64 = 1 << 3
	ManageChannels       int64 = 1 << 4
	ManageGuild          int64 = 1 << 5
	AddReactions         int64 = 1 << 6
	ViewChannel          int64 = 1 << 10
	SendMessages         int64 = 1 << 11
	ManageMessages       int64 = 1 << 13
	EmbedLinks           int64 = 1 << 14
	AttachFiles          int64 = 1 << 15
	ReadMessageHistory   int64 = 1 << 16
	MentionEveryone      int64 = 1 << 17
	UseCommands          int64 = 1 << 31
	ManageThreads        int64 = 1 << 34
	CreatePublicThreads  int64 = 1 << 35
	CreatePrivateThreads int64 = 1 << 36
	SendInThreads        int64 = 1 << 38

	// EveryonePermissions are those of everybody in a guild that was not
	// changed: mentioning everyone is among them.
	EveryonePermissions = AddReactions | ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory |
		MentionEveryone | UseCommands | CreatePublicThreads | CreatePrivateThreads | SendInThreads

	allPermissions = EveryonePermissions | Administrator | ManageChannels | ManageGuild | ManageMessages | ManageThreads
)

// Permissions are what a user may do in a channel, 0 for who is not in it.
func (s *Server) Permissions(user, channel string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.permissions(user, s.channel(channel))
}

// may says whether a user has all of some permissions. The lock is held.
func (s *Server) may(user string, c *Channel, want int64) bool {
	return s.permissions(user, c)&want == want
}

func (s *Server) permissions(user string, c *Channel) int64 {
	if c.Kind == DirectMessage {
		if user == Bot || slices.Contains(c.Recipients, user) {
			return EveryonePermissions &^ (CreatePublicThreads | CreatePrivateThreads)
		}
		return 0
	}
	g := s.guilds[c.Guild]
	if g == nil || !slices.Contains(g.Members, user) {
		return 0
	}
	base := s.guildPermissions(user, g)
	if base&Administrator != 0 {
		return allPermissions
	}
	at := c
	if c.thread() {
		at = s.channels[c.Parent]
	}
	if at == nil {
		return 0
	}
	out := s.overwritten(base, user, at)
	if out&ViewChannel == 0 {
		return 0
	}
	if c.Kind == PrivateThread && !slices.Contains(c.Members, user) && out&ManageThreads == 0 {
		return 0
	}
	return out
}

// overwritten applies the overwrites of a channel: everybody's, those of the
// roles together, the member's own.
func (s *Server) overwritten(p int64, user string, c *Channel) int64 {
	roles := s.users[user].Roles
	var allow, deny int64
	for _, o := range c.Overwrites {
		if o.ID == c.Guild {
			p = p&^o.Deny | o.Allow
		}
	}
	for _, o := range c.Overwrites {
		if !o.Member && slices.Contains(roles, o.ID) {
			allow, deny = allow|o.Allow, deny|o.Deny
		}
	}
	p = p&^deny | allow
	for _, o := range c.Overwrites {
		if o.Member && o.ID == user {
			p = p&^o.Deny | o.Allow
		}
	}
	return p
}

func (s *Server) guildPermissions(user string, g *Place) int64 {
	if g.Owner == user {
		return allPermissions
	}
	var out int64
	for _, r := range g.Roles {
		if r.ID == g.ID || slices.Contains(s.users[user].Roles, r.ID) {
			out |= r.Permissions
		}
	}
	return out
}

// sees says whether a user sees a channel. The lock is held.
func (s *Server) sees(user string, c *Channel) bool { return s.may(user, c, ViewChannel) }

// reach gives a channel that the bot may do something in, or Discord's
// refusal. A thread asks for SendInThreads in place of SendMessages.
func (s *Server) reach(id string, want int64) (*Channel, error) {
	c := s.channels[id]
	if c == nil {
		return nil, fail(404, 10003)
	}
	if c.thread() && want&SendMessages != 0 {
		want = want&^SendMessages | SendInThreads
	}
	switch {
	case !s.sees(Bot, c):
		return nil, fail(403, 50001)
	case !s.may(Bot, c, want):
		return nil, fail(403, 50013)
	}
	return c, nil
}

// has says whether p has all that need says, as Discord writes it.
func has(p int64, need string) bool {
	n, err := strconv.ParseInt(need, 10, 64)
	return err == nil && p&n == n
}
