package slacktest

import (
	"slices"
	"strconv"
	"strings"
)

// readable is a channel that the bot may read, with the scope of its kind.
func (s *Server) readable(q *request, what string) (*Channel, error) {
	c := s.channels[q.Args["channel"]]
	if c == nil || !c.seenBy(q.team) || c.Kind != PublicChannel && !c.has(Bot) {
		return nil, fail("channel_not_found")
	}
	return c, s.scoped(scopeWord(c.Kind) + ":" + what)
}

func (s *Server) conversationInfo(q *request) (reply, error) {
	c, err := s.readable(q, "read")
	if err != nil {
		return nil, err
	}
	out := reply{"id": c.ID, "name": c.Name, "is_channel": c.Kind == PublicChannel, "is_group": c.Kind == PrivateChannel,
		"is_im": c.Kind == DirectMessage, "is_mpim": c.Kind == GroupMessage, "is_private": c.Kind != PublicChannel,
		"is_archived": c.Archived, "is_member": c.has(Bot), "is_shared": c.sharedOut(), "is_ext_shared": c.sharedOut(),
		"context_team_id": c.Teams[0], "shared_team_ids": c.Teams}
	if c.Kind == DirectMessage {
		out["user"] = c.person()
	}
	if q.Args.flag("include_num_members") {
		out["num_members"] = len(c.Members)
	}
	return reply{"channel": out}, nil
}

// person is whom a direct message is with.
func (c *Channel) person() string {
	for _, m := range c.Members {
		if m != Bot {
			return m
		}
	}
	return ""
}

func (s *Server) conversationOpen(q *request) (reply, error) {
	users := strings.Split(q.Args["users"], ",")
	if q.Args["channel"] != "" {
		if c := s.channels[q.Args["channel"]]; c != nil && c.seenBy(q.team) && c.has(Bot) {
			return reply{"channel": reply{"id": c.ID}}, nil
		}
		return nil, fail("channel_not_found")
	}
	var people []string
	for _, id := range users {
		u := s.users[id]
		if u == nil {
			return nil, fail("user_not_found")
		}
		if u.ID == Bot || u.ID == Slackbot {
			return nil, fail("cannot_dm_bot")
		}
		people = append(people, id)
	}
	if len(people) == 1 {
		return reply{"channel": reply{"id": DM(people[0])}}, nil
	}
	for _, id := range sortedKeys(s.channels) {
		c := s.channels[id]
		all := func(p string) bool { return !c.has(p) }
		if c.Kind == GroupMessage && len(c.Members) == len(people)+1 && !slices.ContainsFunc(people, all) {
			return reply{"channel": reply{"id": c.ID}}, nil
		}
	}
	id := s.id("G")
	s.channels[id] = &Channel{ID: id, Name: id, Kind: GroupMessage, Teams: []string{q.team}, Members: append(people, Bot)}
	return reply{"channel": reply{"id": id}}, nil
}

func (s *Server) conversationHistory(q *request) (reply, error) {
	c, err := s.readable(q, "history")
	if err != nil {
		return nil, err
	}
	if !c.has(Bot) {
		return nil, fail("not_in_channel")
	}
	var all []*Message
	for _, m := range slices.Backward(s.posts[c.ID]) {
		if !m.Deleted && m.To == "" && (m.Thread == "" || m.Broadcast) {
			all = append(all, m)
		}
	}
	return s.page(q, all)
}

func (s *Server) conversationReplies(q *request) (reply, error) {
	c, err := s.readable(q, "history")
	if err != nil {
		return nil, err
	}
	if !c.has(Bot) {
		return nil, fail("not_in_channel")
	}
	root := s.find(c.ID, q.Args["ts"])
	if root == nil || root.To != "" {
		return nil, fail("thread_not_found")
	}
	var all []*Message
	for _, m := range s.inThread(c.ID, root.Root()) {
		if m.To == "" {
			all = append(all, m)
		}
	}
	return s.page(q, all)
}

// page gives a part of the messages, between oldest and latest, from the
// cursor on.
func (s *Server) page(q *request, all []*Message) (reply, error) {
	limit := 100
	if v := q.Args["limit"]; v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 1000 {
			return nil, fail("invalid_limit")
		}
		limit = min(n, 999)
	}
	oldest, latest, inclusive := q.Args["oldest"], q.Args["latest"], q.Args.flag("inclusive")
	all = slices.DeleteFunc(all, func(m *Message) bool {
		at := inclusive && (m.TS == oldest || m.TS == latest)
		return !at && (oldest != "" && m.TS <= oldest || latest != "" && m.TS >= latest)
	})
	from := 0
	if cursor := q.Args["cursor"]; cursor != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(cursor, "next:"))
		if err != nil || n < 0 || n > len(all) {
			return nil, fail("invalid_cursor")
		}
		from = n
	}
	to := min(from+limit, len(all))
	messages := []reply{}
	for _, m := range all[from:to] {
		messages = append(messages, s.json(m, q.Args.flag("include_all_metadata")))
	}
	out := reply{"messages": messages, "has_more": to < len(all)}
	if to < len(all) {
		out["response_metadata"] = reply{"next_cursor": "next:" + strconv.Itoa(to)}
	}
	return out, nil
}

func (s *Server) reactionAdd(q *request) (reply, error) {
	return s.reactionSet(q, true)
}

func (s *Server) reactionRemove(q *request) (reply, error) {
	return s.reactionSet(q, false)
}

func (s *Server) reactionSet(q *request, on bool) (reply, error) {
	c, err := s.target(q, q.Args["channel"])
	if err != nil {
		return nil, err
	}
	m := s.find(c.ID, q.Args["timestamp"])
	name := q.Args["name"]
	switch {
	case name == "" || strings.ContainsAny(name, ": "):
		return nil, fail("invalid_name")
	case m == nil || m.To != "":
		return nil, fail("message_not_found")
	}
	if !m.react(Bot, name, on) {
		if on {
			return nil, fail("already_reacted")
		}
		return nil, fail("no_reaction")
	}
	s.touch()
	return nil, nil
}

// react sets or takes away a reaction, and says whether that changed
// anything.
func (m *Message) react(user, name string, on bool) bool {
	i := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Name == name })
	had := i >= 0 && slices.Contains(m.Reactions[i].Users, user)
	if had == on {
		return false
	}
	all := slices.Clone(m.Reactions)
	switch {
	case !on:
		all[i].Users = slices.DeleteFunc(slices.Clone(all[i].Users), func(u string) bool { return u == user })
		if len(all[i].Users) == 0 {
			all = slices.Delete(all, i, i+1)
		}
	case i < 0:
		all = append(all, Reaction{Name: name, Users: []string{user}})
	default:
		all[i].Users = append(slices.Clone(all[i].Users), user)
	}
	m.Reactions = all
	return true
}
