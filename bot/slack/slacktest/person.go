package slacktest

import (
	"net/http"
	"path"
	"slices"
)

// What people do. Each of these returns once the app has answered, sleeps by
// the clock, or has outlasted the patience; each ends the test where Slack
// would not let the person do it.

// Sent is a message of a person, with what the app was told of it.
type Sent struct {
	Message
	Deliveries []*Delivery
}

// Type writes a message. "<@U0BOT>" in it mentions the app.
func (s *Server) Type(user, channel, text string) Sent {
	s.t.Helper()
	return s.Write(Message{User: user, Channel: channel, Text: text})
}

// Reply writes a message in the thread of another.
func (s *Server) Reply(user string, to Message, text string) Sent {
	s.t.Helper()
	return s.Write(Message{User: user, Channel: to.Channel, Thread: to.Root(), Text: text})
}

// Write writes a message with anything set that a person can set: a thread,
// files, Broadcast.
func (s *Server) Write(m Message) Sent {
	s.t.Helper()
	posted, all := s.written(m)
	s.send(all...)
	return Sent{Message: posted, Deliveries: all}
}

// written adds a message of a person, and makes its events.
func (s *Server) written(m Message) (Message, []*Delivery) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.channel(m.Channel), s.user(m.User)
	switch {
	case !c.has(u.ID):
		s.t.Fatalf("slacktest: %s is not in %s", u.ID, c.ID)
	case c.Archived:
		s.t.Fatalf("slacktest: %s is archived", c.ID)
	case c.Kind == DirectMessage && u.Guest && !s.opts.Classic:
		s.t.Fatalf("slacktest: a guest cannot open an app with the agent features")
	}
	if m.Thread != "" {
		root := s.find(c.ID, m.Thread)
		if root == nil {
			s.t.Fatalf("slacktest: there is no message %s in %s", m.Thread, c.ID)
		}
		m.Thread = root.Root()
	}
	for i := range m.Files {
		s.keep(&m.Files[i], u, c)
		m.Subtype = "file_share"
	}
	m.UnfurlLinks, m.UnfurlMedia = true, true
	posted := s.add(m)
	return *posted, s.messageEvents(posted, "", nil)
}

// keep puts a file of a person into Slack. The lock is held.
func (s *Server) keep(f *File, u *User, c *Channel) {
	f.ID, f.User, f.team = s.id("F"), u.ID, u.Team
	f.Title, f.Shared = or(f.Title, f.Name), []string{c.ID}
	if f.MIME == "" {
		f.MIME = http.DetectContentType(f.Bytes)
		if path.Ext(f.Name) == ".docx" {
			f.MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		}
	}
	held := *f
	s.files[f.ID] = &held
}

// Edit changes the text of a message of a person.
func (s *Server) Edit(m Message, text string) []*Delivery {
	s.t.Helper()
	return s.alter(m, "message_changed", func(at *Message) { at.Text, at.Edited = text, s.newTS(m.Channel) })
}

// Delete takes a message of a person away.
func (s *Server) Delete(m Message) []*Delivery {
	s.t.Helper()
	return s.alter(m, "message_deleted", func(at *Message) { at.Deleted = true })
}

func (s *Server) alter(m Message, subtype string, do func(*Message)) []*Delivery {
	s.t.Helper()
	s.mu.Lock()
	at := s.find(m.Channel, m.TS)
	if at == nil || at.User == Bot {
		s.mu.Unlock()
		s.t.Fatalf("slacktest: nobody can change message %s of %s", m.TS, m.Channel)
	}
	before := *at
	do(at)
	s.touch()
	all := s.messageEvents(at, subtype, &before)
	s.mu.Unlock()
	s.send(all...)
	return all
}

// React sets an emoji under a message.
func (s *Server) React(user string, m Message, name string) *Delivery {
	s.t.Helper()
	return s.react(user, m, name, true)
}

// Unreact takes an emoji of a person away.
func (s *Server) Unreact(user string, m Message, name string) *Delivery {
	s.t.Helper()
	return s.react(user, m, name, false)
}

func (s *Server) react(user string, m Message, name string, on bool) *Delivery {
	s.t.Helper()
	kind := "reaction_added"
	if !on {
		kind = "reaction_removed"
	}
	s.mu.Lock()
	at, c := s.find(m.Channel, m.TS), s.channels[m.Channel]
	if at == nil || at.To != "" || !c.has(user) || !at.react(user, name, on) {
		s.mu.Unlock()
		s.t.Fatalf("slacktest: %s cannot do %s %q to %s", user, kind, name, m.TS)
	}
	s.touch()
	d := s.channelEvent(c, reply{"type": kind, "user": user, "reaction": name, "item_user": at.User,
		"item": reply{"type": "message", "channel": c.ID, "ts": at.TS}})
	wanted := s.subscribed(kind) && s.scoped("reactions:read") == nil && c.has(Bot)
	s.mu.Unlock()
	if wanted {
		s.send(d)
	}
	return d
}

// Join lets a person, or the bot, into a channel.
func (s *Server) Join(user, channel string) []*Delivery {
	s.t.Helper()
	s.mu.Lock()
	c := s.channels[channel]
	if c == nil || c.has(user) || s.users[user] == nil {
		s.mu.Unlock()
		s.t.Fatalf("slacktest: %s cannot join %s", user, channel)
	}
	c.Members = append(slices.Clone(c.Members), user)
	var all []*Delivery
	if s.subscribed("member_joined_channel") && c.has(Bot) {
		all = append(all, s.channelEvent(c, reply{"type": "member_joined_channel", "user": user, "channel": c.ID,
			"channel_type": c.ID[:1], "team": c.Teams[0]}))
	}
	m := s.add(Message{Channel: c.ID, User: user, Subtype: "channel_join", Text: "<@" + user + "> has joined the channel"})
	all = append(all, s.messageEvents(m, "", nil)...)
	s.mu.Unlock()
	s.send(all...)
	return all
}

// OpenHome opens the app at a tab: "home" or "messages".
func (s *Server) OpenHome(user, tab string) *Delivery {
	s.t.Helper()
	return s.personal(user, "app_home_opened", func() reply {
		inner := reply{"type": "app_home_opened", "user": user, "channel": DM(user), "tab": tab}
		if h := s.homes[user]; h != nil && tab == "home" {
			inner["view"] = h.json()
		}
		if !s.opts.Classic && s.subscribed("app_context_changed") {
			inner["context"] = s.contextOf(user)
		}
		return inner
	})
}

// Look lets a person look at another channel beside the app.
func (s *Server) Look(user, channel string) *Delivery {
	s.t.Helper()
	return s.personal(user, "app_context_changed", func() reply {
		s.looking[user] = channel
		return reply{"type": "app_context_changed", "user": user, "channel": DM(user), "context": s.contextOf(user)}
	})
}

// Stop presses the Stop button of a session that is processing.
func (s *Server) Stop(user string, root Message) *Delivery {
	s.t.Helper()
	if status, _ := s.Session(root.Channel, root.Root()); status != "processing" || !s.subscribed("agent_session_stopped") {
		s.t.Fatalf("slacktest: there is no Stop button: the session is %q", status)
	}
	return s.personal(user, "agent_session_stopped", func() reply {
		return reply{"type": "agent_session_stopped", "user": user, "channel": root.Channel, "thread_ts": root.Root()}
	})
}

// personal delivers an event of a person's workspace. An app that is not
// subscribed to it gets none.
func (s *Server) personal(user, kind string, inner func() reply) *Delivery {
	s.t.Helper()
	s.mu.Lock()
	u := s.users[user]
	if u == nil {
		s.mu.Unlock()
		s.t.Fatalf("slacktest: there is no user %s", user)
	}
	d := s.newEvent(u.Team, false, inner())
	s.mu.Unlock()
	if s.subscribed(kind) {
		s.send(d)
	}
	return d
}
