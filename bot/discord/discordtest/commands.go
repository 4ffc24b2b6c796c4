package discordtest

import (
	"slices"
	"time"
)

// maxCommands are how many commands of each kind there may be.
var maxCommands = map[int]int{chatCommand: 100, userCommand: 15, messageCommand: 15}

const maxCreates = 200 // of commands, a day and guild

// scopeOf is the guild whose commands are meant, "" for the global ones.
func (s *Server) scopeOf(q *request) (string, error) {
	if q.path("app") != AppID {
		return "", fail(403, 20012)
	}
	id := q.path("guild")
	if g := s.guilds[id]; id != "" && (g == nil || !slices.Contains(g.Members, Bot)) {
		return "", fail(403, 50001)
	}
	return id, nil
}

func (s *Server) getCommands(q *request) (any, error) {
	guild, err := s.scopeOf(q)
	if err != nil {
		return nil, err
	}
	return orEmpty(s.commands[guild]), nil
}

// putCommands replaces all commands. One of the same kind and name keeps its id.
func (s *Server) putCommands(q *request) (any, error) {
	guild, err := s.scopeOf(q)
	if err != nil {
		return nil, err
	}
	f, counts, names := &form{}, map[int]int{}, map[string]bool{}
	all, ok := q.body.([]any)
	if !ok {
		return nil, formError("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
	}
	var out []obj
	made := 0
	for i, v := range all {
		o := object(v)
		f.command(at("", i), o)
		counts[commandKind(o)]++
		key := commandKey(o)
		if names[key] {
			f.add(at("", i), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[key] = true
		c, fresh := s.defined(guild, o)
		if out = append(out, c); fresh {
			made++
		}
	}
	for kind, n := range counts {
		if kind < chatCommand || kind > messageCommand {
			f.choices("type")
		} else if n > maxCommands[kind] {
			f.add("", "BASE_TYPE_MAX_LENGTH", "There are too many commands.")
		}
	}
	if err := q.checked(f); err != nil {
		return nil, err
	}
	if err := s.countCreates(guild, made); err != nil {
		return nil, err
	}
	s.commands[guild] = out
	s.touch()
	return orEmpty(out), nil
}

func commandKey(o obj) string { return string(rune('0'+commandKind(o))) + str(o["name"]) }

// defined is a command as Discord keeps it.
func (s *Server) defined(guild string, o obj) (c obj, fresh bool) {
	c = obj{"application_id": AppID, "default_member_permissions": nil, "nsfw": false, "description": "",
		"integration_types": []any{0.0}, "contexts": nil}
	for k, v := range o {
		if v != nil {
			c[k] = v
		}
	}
	if guild != "" {
		c["guild_id"] = guild
	}
	c["type"], c["version"] = commandKind(o), s.snowflake()
	for _, old := range s.commands[guild] {
		if commandKey(old) == commandKey(o) {
			c["id"] = old["id"]
			return c, false
		}
	}
	c["id"] = s.snowflake()
	return c, true
}

// countCreates counts new commands against the limit of a day.
func (s *Server) countCreates(guild string, n int) error {
	now := s.Clock.Now()
	made := slices.DeleteFunc(s.created[guild], func(t time.Time) bool { return !t.Add(24 * time.Hour).After(now) })
	if len(made)+n > maxCreates {
		return &problem{status: 429, code: 30034, message: messages[30034], retry: 24 * time.Hour, scope: "user"}
	}
	for range n {
		made = append(made, now)
	}
	s.created[guild] = made
	return nil
}

// Commands are the names of the commands that a person finds in a channel, as
// "/ask" and "Ask about this".
func (s *Server) Commands(user, channel string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, c := range s.offered(s.user(user), s.channel(channel)) {
		name := str(c["name"])
		if commandKind(c) == chatCommand {
			name = "/" + name
		}
		out = append(out, name)
	}
	return out
}

// offered are the commands that a person finds in a channel. The lock is held.
func (s *Server) offered(u *User, c *Channel) []obj {
	var out []obj
	all := slices.Clone(s.commands[""])
	if c.Guild != "" {
		all = append(all, s.commands[c.Guild]...)
	}
	for _, o := range all {
		if s.offers(u, c, o) {
			out = append(out, o)
		}
	}
	return out
}

func (s *Server) offers(u *User, c *Channel, o obj) bool {
	where := 0
	if c.Kind == DirectMessage {
		where = 1
	}
	if in := list(o["contexts"]); given(o, "contexts") && !hasNumber(in, where) || where == 1 && o["dm_permission"] == false {
		return false
	}
	p := s.permissions(u.ID, c)
	if p&(ViewChannel|UseCommands) != ViewChannel|UseCommands {
		return false
	}
	if need, ok := o["default_member_permissions"].(string); ok && where == 0 {
		if need == "0" && p&Administrator == 0 || !has(p, need) {
			return false
		}
	}
	installs := list(o["integration_types"])
	return where == 1 || s.inGuild(c.Guild) && hasNumber(installs, 0) || u.Installed && hasNumber(installs, 1)
}

func (s *Server) inGuild(id string) bool {
	g := s.guilds[id]
	return g != nil && slices.Contains(g.Members, Bot)
}

func hasNumber(all []any, n int) bool {
	return slices.ContainsFunc(all, func(v any) bool { return num(v) == n })
}
