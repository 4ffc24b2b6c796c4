package discordtest

import (
	"slices"
	"strconv"
)

func (s *Server) userJSON(id string) obj {
	u := s.users[id]
	if u == nil {
		return obj{"id": id, "username": "unknown", "discriminator": "0", "global_name": nil, "avatar": nil}
	}
	out := obj{"id": u.ID, "username": u.Name, "discriminator": "0", "global_name": u.GlobalName, "avatar": nil, "public_flags": 0}
	if u.Bot {
		out["bot"] = true
	}
	return out
}

// memberJSON is a member of a guild; user is left out of what is resolved.
func (s *Server) memberJSON(id, guild string, withUser bool) obj {
	roles := []string{}
	if g := s.guilds[guild]; g != nil {
		for _, r := range g.Roles {
			if slices.Contains(s.users[id].Roles, r.ID) {
				roles = append(roles, r.ID)
			}
		}
	}
	out := obj{"nick": nil, "avatar": nil, "roles": roles, "joined_at": stamp(s.opts.Start.AddDate(0, -1, 0)), "premium_since": nil,
		"flags": 0, "pending": false, "communication_disabled_until": nil}
	if withUser {
		out["user"], out["deaf"], out["mute"] = s.userJSON(id), false, false
	}
	return out
}

func (s *Server) channelJSON(c *Channel) obj {
	out := obj{"id": c.ID, "type": c.Kind, "last_message_id": nil, "flags": 0}
	if all := s.messages[c.ID]; len(all) > 0 {
		out["last_message_id"] = all[len(all)-1].ID
	}
	if c.Kind == DirectMessage {
		out["recipients"] = []obj{s.userJSON(c.Recipients[0])}
		return out
	}
	out["guild_id"], out["name"], out["nsfw"] = c.Guild, c.Name, false
	if c.thread() {
		out["parent_id"], out["owner_id"], out["member_count"], out["message_count"] = c.Parent, c.Owner, len(c.Members), len(s.messages[c.ID])
		out["thread_metadata"] = obj{"archived": c.Archived, "locked": c.Locked, "auto_archive_duration": c.AutoArchive,
			"archive_timestamp": stamp(s.Clock.Now()), "create_timestamp": stamp(Made(c.ID))}
		return out
	}
	overwrites := []obj{}
	for _, o := range c.Overwrites {
		kind := 0
		if o.Member {
			kind = 1
		}
		overwrites = append(overwrites, obj{"id": o.ID, "type": kind, "allow": bits(o.Allow), "deny": bits(o.Deny)})
	}
	out["position"], out["topic"], out["parent_id"], out["permission_overwrites"] = 0, nil, nil, overwrites
	return out
}

// bits are permissions as Discord writes them: a number in a string.
func bits(p int64) string { return strconv.FormatInt(p, 10) }

func rolesJSON(g *Place) []obj {
	out := []obj{}
	for i, r := range g.Roles {
		out = append(out, obj{"id": r.ID, "name": r.Name, "permissions": bits(r.Permissions), "mentionable": r.Mentionable, "position": i,
			"color": 0, "hoist": false, "managed": r.ID == BotRole, "flags": 0})
	}
	return out
}

func guildJSON(g *Place) obj {
	return obj{"id": g.ID, "name": g.Name, "owner_id": g.Owner, "icon": nil, "preferred_locale": g.Locale, "roles": rolesJSON(g),
		"emojis": []obj{}, "features": []string{}, "premium_tier": 0, "verification_level": 0}
}

// home is a guild that the bot is in.
func (s *Server) home(q *request) (*Place, error) {
	g := s.guilds[q.path("guild")]
	switch {
	case g == nil:
		return nil, fail(404, 10004)
	case !slices.Contains(g.Members, Bot):
		return nil, fail(403, 50001)
	}
	return g, nil
}

func (s *Server) me(*request) (any, error) { return s.userJSON(Bot), nil }

func (s *Server) getUser(q *request) (any, error) {
	if s.users[q.path("user")] == nil {
		return nil, fail(404, 10013)
	}
	return s.userJSON(q.path("user")), nil
}

// getApp is the app, with the flags of what the portal enables.
func (s *Server) getApp(*request) (any, error) {
	return obj{"id": AppID, "name": "Advocate", "description": "", "bot_public": true, "bot_require_code_grant": false, "verify_key": s.PublicKey(),
		"flags": s.appFlags(), "bot": s.userJSON(Bot), "interactions_endpoint_url": nil,
		"integration_types_config": obj{"0": obj{}, "1": obj{}}}, nil
}

func (s *Server) appFlags() int {
	flags := 0
	for intent, bit := range map[int]int{GuildPresences: 1 << 13, GuildMembers: 1 << 15, MessageContent: 1 << 19} {
		if s.opts.Privileged&intent != 0 {
			flags |= bit // "limited": for an app that is not verified
		}
	}
	return flags
}

func (s *Server) myGuilds(*request) (any, error) {
	out := []obj{}
	for _, g := range s.myPlaces() {
		out = append(out, obj{"id": g.ID, "name": g.Name, "icon": nil, "owner": false, "permissions": bits(s.guildPermissions(Bot, g)), "features": []string{}})
	}
	return out, nil
}

// myPlaces are the guilds that the bot is in.
func (s *Server) myPlaces() []*Place {
	var out []*Place
	for _, id := range sortedKeys(s.guilds) {
		if g := s.guilds[id]; slices.Contains(g.Members, Bot) {
			out = append(out, g)
		}
	}
	return out
}

func (s *Server) getGuild(q *request) (any, error) {
	g, err := s.home(q)
	if err != nil {
		return nil, err
	}
	return guildJSON(g), nil
}

// guildChannels gives those too that the bot does not see.
func (s *Server) guildChannels(q *request) (any, error) {
	g, err := s.home(q)
	if err != nil {
		return nil, err
	}
	return s.channelsOf(g), nil
}

func (s *Server) channelsOf(g *Place) []obj {
	out := []obj{}
	for _, id := range sortedKeys(s.channels) {
		if c := s.channels[id]; c.Guild == g.ID && !c.thread() {
			out = append(out, s.channelJSON(c))
		}
	}
	return out
}

func (s *Server) guildRoles(q *request) (any, error) {
	g, err := s.home(q)
	if err != nil {
		return nil, err
	}
	return rolesJSON(g), nil
}

func (s *Server) getMember(q *request) (any, error) {
	g, err := s.home(q)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(g.Members, q.path("user")) {
		return nil, fail(404, 10007)
	}
	return s.memberJSON(q.path("user"), g.ID, true), nil
}

func (s *Server) getChannel(q *request) (any, error) {
	c, err := s.reach(q.path("channel"), ViewChannel)
	if err != nil {
		return nil, err
	}
	return s.channelJSON(c), nil
}
