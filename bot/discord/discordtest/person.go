package discordtest

import "slices"

// What people do. What is an interaction returns once the app has answered,
// sleeps by the clock, or has outlasted the patience; messages return once they
// are sent over the gateway. Each of these ends the test where Discord would not
// let the person do it.

// Sent is a message of a person, with what the app was told of it.
type Sent struct {
	Message
	Deliveries []*Delivery
}

// Type writes a message. Mention(Bot) in it mentions the app.
func (s *Server) Type(user, channel, text string) Sent {
	s.t.Helper()
	return s.Write(Message{User: user, Channel: channel, Content: text})
}

// Mention is how a user is named in a message.
func Mention(user string) string { return "<@" + user + ">" }

// Reply writes a message that answers another, with a ping for its author.
func (s *Server) Reply(user string, to Message, text string) Sent {
	s.t.Helper()
	return s.Write(Message{User: user, Channel: to.Channel, Reply: to.ID, Content: text, Pinged: []string{to.User}})
}

// Write writes a message with anything set that a person, another bot or
// Discord can set: files, a reply without a ping, a kind, a message that is
// forwarded. A person may write 4,000 characters.
func (s *Server) Write(m Message) Sent {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.channel(m.Channel), s.user(m.User)
	want := ViewChannel | SendMessages
	if c.thread() {
		want = ViewChannel | SendInThreads
	}
	switch {
	case !s.may(u.ID, c, want) || c.Locked:
		s.fatalf("%s cannot write in %s", u.ID, c.ID)
	case size(m.Content) > 4000:
		s.fatalf("a message holds 4,000 characters")
	case m.Content == "" && len(m.Files) == 0 && len(m.Embeds) == 0 && m.Forwarded == nil && m.Kind == DefaultMessage:
		s.fatalf("the message is empty")
	}
	for i := range m.Files {
		m.Files[i] = s.keep(m.Files[i], c.ID)
	}
	a := allowed{users: true, roles: true, everyone: true, replied: slices.Contains(m.Pinged, authorOf(s.find(c.ID, m.Reply)))}
	if m.Reply != "" {
		m.Kind = ReplyMessage
	}
	s.ping(&m, a)
	c.Archived = false
	if c.thread() && !slices.Contains(c.Members, u.ID) {
		c.Members = append(slices.Clone(c.Members), u.ID)
	}
	posted := s.add(m)
	return Sent{Message: *posted, Deliveries: some(s.messageEvent("MESSAGE_CREATE", posted))}
}

func authorOf(m *Message) string {
	if m == nil {
		return ""
	}
	return m.User
}

// some is a list of what is there.
func some(d *Delivery) []*Delivery {
	if d == nil {
		return nil
	}
	return []*Delivery{d}
}

// Edit changes the text of a message of a person.
func (s *Server) Edit(m Message, text string) []*Delivery {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.persons(m)
	at.Content, at.Edited = text, s.Clock.Now()
	s.ping(at, allowed{users: true, roles: true, everyone: true})
	s.touch()
	return some(s.messageEvent("MESSAGE_UPDATE", at))
}

// Delete takes a message of a person away.
func (s *Server) Delete(m Message) []*Delivery {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.persons(m)
	at.Deleted = true
	s.touch()
	return some(s.messageEvent("MESSAGE_DELETE", at))
}

// persons is a message that a person can change. The lock is held.
func (s *Server) persons(m Message) *Message {
	at := s.find(m.Channel, m.ID)
	if at == nil || at.User == Bot || at.User == System {
		s.fatalf("nobody can change message %s of %s", m.ID, m.Channel)
	}
	return at
}

// Dismiss takes an ephemeral message off a person's screen, as a restart of
// the client does. The app is not told.
func (s *Server) Dismiss(m Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.find(m.Channel, m.ID); at != nil && at.To != "" {
		at.Deleted = true
		s.touch()
	}
}

// Remove takes a message of the app away, as a moderator can.
func (s *Server) Remove(user string, m Message) []*Delivery {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.find(m.Channel, m.ID)
	if at == nil || at.To != "" || !s.may(user, s.channels[m.Channel], ManageMessages) {
		s.fatalf("%s cannot remove message %s", user, m.ID)
	}
	at.Deleted = true
	s.touch()
	return some(s.messageEvent("MESSAGE_DELETE", at))
}

// React sets an emoji under a message.
func (s *Server) React(user string, m Message, name string) []*Delivery {
	s.t.Helper()
	return s.reactAs(user, m, name, true)
}

// Unreact takes an emoji of a person away.
func (s *Server) Unreact(user string, m Message, name string) []*Delivery {
	s.t.Helper()
	return s.reactAs(user, m, name, false)
}

func (s *Server) reactAs(user string, m Message, name string, on bool) []*Delivery {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	kind := "MESSAGE_REACTION_ADD"
	if !on {
		kind = "MESSAGE_REACTION_REMOVE"
	}
	at := s.sight(user, m)
	if at.To != "" || !at.react(user, name, on) {
		s.fatalf("%s cannot do %s %q to %s", user, kind, name, m.ID)
	}
	s.touch()
	return some(s.reactionEvent(kind, user, at, name))
}

// sight is a message that a person sees. The lock is held.
func (s *Server) sight(user string, m Message) *Message {
	at, c := s.find(m.Channel, m.ID), s.channel(m.Channel)
	if at == nil || !s.sees(user, c) || at.To != "" && at.To != user {
		s.fatalf("%s does not see message %s of %s", user, m.ID, m.Channel)
	}
	return at
}

// StartThread starts a public thread from a message.
func (s *Server) StartThread(user string, m Message, name string) Channel {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	at, c := s.sight(user, m), s.channel(m.Channel)
	if !s.may(user, c, CreatePublicThreads) || at.Thread != "" || c.Kind != TextChannel {
		s.fatalf("%s cannot start a thread from %s", user, m.ID)
	}
	t := &Channel{ID: at.ID, Guild: c.Guild, Name: name, Kind: PublicThread, Parent: c.ID, Owner: user, Members: []string{user}, AutoArchive: 1440}
	s.channels[t.ID], at.Thread = t, t.ID
	s.touch()
	created := s.channelJSON(t)
	created["newly_created"] = true
	s.dispatch("THREAD_CREATE", t.Guild, created)
	return *t
}

// Replies are what the app says to a message, as a user sees it: in a thread
// of it, as replies to it, and in its channel after it to the user alone.
func (s *Server) Replies(user string, to Message) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	note := func(channel string, all func(*Message) bool) {
		for _, m := range s.messages[channel] {
			if m.User == Bot && !m.Deleted && m.Flags&Loading == 0 && (m.To == "" || m.To == user) && all(m) {
				out = append(out, *m)
			}
		}
	}
	c := s.channel(to.Channel)
	note(to.Channel, func(m *Message) bool {
		return cmpID(m.ID, to.ID) > 0 && (m.Reply == to.ID || m.To == user || c.Kind != TextChannel)
	})
	if root := s.find(to.Channel, to.ID); root != nil && root.Thread != "" {
		note(root.Thread, func(*Message) bool { return true })
	}
	return out
}

// AwaitReply waits for the first reply to a message, and gives it.
func (s *Server) AwaitReply(user string, to Message) Message {
	s.t.Helper()
	var got []Message
	s.Until("a reply to "+to.ID, func() bool { got = s.Replies(user, to); return len(got) > 0 })
	return got[0]
}

// AwaitOriginal waits until the app has answered an interaction with a message
// that does not think any more, and gives it.
func (s *Server) AwaitOriginal(d *Delivery) Message {
	s.t.Helper()
	var got Message
	s.Until("an answer to "+d.Type, func() bool {
		m, ok := d.Original()
		got = m
		return ok && m.Flags&Loading == 0
	})
	return got
}
