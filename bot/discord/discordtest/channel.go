package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// createMessage posts a message. The same nonce within minutes gives the
// message that stands already, if it is enforced.
func (s *Server) createMessage(q *request) (any, error) {
	o := q.fields()
	c, err := s.reach(q.path("channel"), ViewChannel|SendMessages)
	if err != nil {
		return nil, err
	}
	if err := s.sendable(c); err != nil {
		return nil, err
	}
	m := Message{Channel: c.ID, User: Bot, inert: !s.may(Bot, c, EmbedLinks)}
	a, err := s.fill(q, o, newMessage, &m, "")
	if err != nil {
		return nil, err
	}
	if err := s.mayPost(c, &m); err != nil {
		return nil, err
	}
	if err := s.reference(&m, object(o["message_reference"])); err != nil {
		return nil, err
	}
	if v := o["nonce"]; v != nil {
		m.Nonce = fmt.Sprint(v)
		if len(m.Nonce) > 25 {
			return nil, formError("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.")
		}
	}
	key := c.ID + " " + m.Nonce
	enforced := truth(o["enforce_nonce"]) && m.Nonce != ""
	if n := s.nonces[key]; enforced && n.message != nil && s.Clock.Now().Before(n.until) {
		return s.json(n.message), nil
	}
	s.ping(&m, a)
	posted := s.add(m)
	if enforced {
		s.nonces[key] = nonce{message: posted, until: s.Clock.Now().Add(nonceLasts)}
	}
	c.Archived = false
	s.messageEvent("MESSAGE_CREATE", posted)
	return s.json(posted), nil
}

// sendable refuses a thread that is locked, and who takes no direct messages.
func (s *Server) sendable(c *Channel) error {
	if c.Locked && !s.may(Bot, c, ManageThreads) {
		return fail(403, 160005)
	}
	if c.Kind == DirectMessage && !s.reachable(c.Recipients[0]) {
		return fail(403, 50007)
	}
	return nil
}

// reachable says whether the bot may write to a user: they share a guild, or
// the user has the app, and the user takes direct messages.
func (s *Server) reachable(user string) bool {
	u := s.users[user]
	shares := slices.ContainsFunc(s.myPlaces(), func(g *Place) bool { return slices.Contains(g.Members, user) })
	return !u.NoDMs && (u.Installed || shares)
}

// mayPost refuses embeds and files that the bot may not post.
func (s *Server) mayPost(c *Channel, m *Message) error {
	if len(m.Embeds) > 0 && !s.may(Bot, c, EmbedLinks) || len(m.Files) > 0 && !s.may(Bot, c, AttachFiles) {
		return fail(403, 50013)
	}
	return nil
}

// reference makes a message a reply.
func (s *Server) reference(m *Message, o obj) error {
	id := str(o["message_id"])
	if id == "" {
		return nil
	}
	there := s.find(m.Channel, id)
	if there == nil || there.To != "" {
		if v, ok := o["fail_if_not_exists"].(bool); ok && !v {
			return nil
		}
		return formError("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
	}
	if !s.may(m.User, s.channels[m.Channel], ReadMessageHistory) {
		return &problem{status: 403, code: 160002, message: "Cannot reply without permission to read message history"}
	}
	m.Reply, m.Kind = id, ReplyMessage
	return nil
}

// own gives a message of the app in a channel that it sees.
func (s *Server) own(q *request) (*Channel, *Message, error) {
	c, err := s.reach(q.path("channel"), ViewChannel)
	if err != nil {
		return nil, nil, err
	}
	m := s.find(c.ID, q.path("message"))
	if m == nil || m.To != "" {
		return nil, nil, fail(404, 10008)
	}
	return c, m, nil
}

func (s *Server) editMessage(q *request) (any, error) {
	c, m, err := s.own(q)
	switch {
	case err != nil:
		return nil, err
	case m.User != Bot:
		return nil, fail(403, 50005)
	case c.Archived:
		return nil, fail(400, 50083)
	}
	if err := s.rewrite(q, q.fields(), editedOne, m, ""); err != nil {
		return nil, err
	}
	return s.json(m), nil
}

// rewrite edits a message by the fields that are given. The lock is held.
func (s *Server) rewrite(q *request, o obj, d draft, m *Message, path string) error {
	now := *m
	now.Flags &^= Loading
	a, err := s.fill(q, o, d, &now, path)
	if err != nil {
		return err
	}
	s.ping(&now, a)
	now.Edited, now.Version = s.Clock.Now(), m.Version+1
	for i := range now.Files {
		now.Files[i].Ephemeral = now.To != ""
	}
	*m = now
	s.touch()
	s.messageEvent("MESSAGE_UPDATE", m)
	return nil
}

func (s *Server) deleteMessage(q *request) (any, error) {
	c, m, err := s.own(q)
	if err != nil {
		return nil, err
	}
	if m.User != Bot && !s.may(Bot, c, ManageMessages) {
		return nil, fail(403, 50013)
	}
	s.remove(m)
	return nil, nil
}

func (s *Server) remove(m *Message) {
	m.Deleted = true
	s.touch()
	s.messageEvent("MESSAGE_DELETE", m)
}

func (s *Server) getMessage(q *request) (any, error) {
	c, m, err := s.own(q)
	if err != nil {
		return nil, err
	}
	if !s.may(Bot, c, ReadMessageHistory) {
		return nil, fail(403, 50013)
	}
	return s.shown(m), nil
}

// getMessages gives the newest first. Without the permission to read the
// history there are none.
func (s *Server) getMessages(q *request) (any, error) {
	c, err := s.reach(q.path("channel"), ViewChannel)
	if err != nil {
		return nil, err
	}
	limit, args := 50, q.r.URL.Query()
	if v := args.Get("limit"); v != "" {
		if limit, err = strconv.Atoi(v); err != nil || limit < 1 || limit > 100 {
			return nil, formError("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")
		}
	}
	out := []obj{}
	all := slices.Clone(s.messages[c.ID])
	before, after := args.Get("before"), args.Get("after")
	inside := func(m *Message) bool {
		return !m.Deleted && m.To == "" && (before == "" || cmpID(m.ID, before) < 0) && (after == "" || cmpID(m.ID, after) > 0)
	}
	all = slices.DeleteFunc(all, func(m *Message) bool { return !inside(m) })
	if after != "" && len(all) > limit {
		all = all[:limit]
	}
	slices.Reverse(all)
	for _, m := range all {
		if len(out) < limit && s.may(Bot, c, ReadMessageHistory) {
			out = append(out, s.shown(m))
		}
	}
	return out, nil
}

// typingLasts is for how long people see that the bot types.
const typingLasts = 10 * time.Second

func (s *Server) typing(q *request) (any, error) {
	c, err := s.reach(q.path("channel"), ViewChannel|SendMessages)
	if err != nil {
		return nil, err
	}
	c.typing = s.Clock.Now().Add(typingLasts)
	s.touch()
	return nil, nil
}

// Typing says whether people see now that the bot types in a channel.
func (s *Server) Typing(channel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Clock.Now().Before(s.channel(channel).typing)
}

func (s *Server) addReaction(q *request) (any, error) {
	c, m, err := s.own(q)
	if err != nil {
		return nil, err
	}
	name := q.path("emoji")
	fresh := !slices.ContainsFunc(m.Reactions, func(r Reaction) bool { return r.Name == name })
	switch {
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_:") == "":
		return nil, fail(400, 10014)
	case !s.may(Bot, c, ReadMessageHistory) || fresh && !s.may(Bot, c, AddReactions):
		return nil, fail(403, 50013)
	}
	if m.react(Bot, name, true) {
		s.touch()
		s.reactionEvent("MESSAGE_REACTION_ADD", Bot, m, name)
	}
	return nil, nil
}

func (s *Server) removeReaction(q *request) (any, error) {
	_, m, err := s.own(q)
	if err != nil {
		return nil, err
	}
	if m.react(Bot, q.path("emoji"), false) {
		s.touch()
		s.reactionEvent("MESSAGE_REACTION_REMOVE", Bot, m, q.path("emoji"))
	}
	return nil, nil
}

// react sets or takes an emoji, and says whether that changed anything.
func (m *Message) react(user, name string, on bool) bool {
	all := slices.Clone(m.Reactions)
	i := slices.IndexFunc(all, func(r Reaction) bool { return r.Name == name })
	has := i >= 0 && slices.Contains(all[i].Users, user)
	if has == on {
		return false
	}
	switch {
	case i < 0:
		all = append(all, Reaction{Name: name, Users: []string{user}})
	case on:
		all[i].Users = append(slices.Clone(all[i].Users), user)
	default:
		all[i].Users = slices.DeleteFunc(slices.Clone(all[i].Users), func(u string) bool { return u == user })
		if len(all[i].Users) == 0 {
			all = slices.Delete(all, i, i+1)
		}
	}
	m.Reactions = all
	return true
}

func (s *Server) createDM(q *request) (any, error) {
	u := s.users[str(q.fields()["recipient_id"])]
	switch {
	case u == nil:
		return nil, formError("recipient_id", "NUMBER_TYPE_COERCE", "The value is no user.")
	case u.ID == Bot || u.Bot:
		return nil, fail(400, 50007)
	}
	q.status = http.StatusOK
	return s.channelJSON(s.channels[DM(u.ID)]), nil
}
