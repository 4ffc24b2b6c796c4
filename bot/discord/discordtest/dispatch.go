package discordtest

import "strings"

// wants is the intent that an event asks for, 0 for none.
func wants(kind string, direct bool) int {
	switch {
	case strings.HasPrefix(kind, "MESSAGE_REACTION"):
		if direct {
			return DirectReactions
		}
		return GuildMessageReactions
	case strings.HasPrefix(kind, "MESSAGE_"):
		if direct {
			return DirectMessages
		}
		return GuildMessages
	case strings.HasPrefix(kind, "GUILD_MEMBER_"):
		return GuildMembers
	case strings.HasPrefix(kind, "GUILD_"), strings.HasPrefix(kind, "CHANNEL_"), strings.HasPrefix(kind, "THREAD_"):
		return Guilds
	}
	return 0
}

// dispatchTo sends an event to each session that should get it, and says to
// how many. The lock is held.
func (s *Server) dispatchTo(d *Delivery, kind, guild string, build func(intents int) obj) int {
	n := 0
	for _, id := range sortedKeys(s.gateway.sessions) {
		k := s.gateway.sessions[id]
		if want := wants(kind, guild == ""); k.intents&want != want || !k.has(guild) {
			continue
		}
		n++
		a := &Attempt{At: s.Clock.Now(), Seq: k.seq + 1}
		if k.conn != nil && !s.gateway.held {
			a.Conn = k.conn.n
			d.attempts = append(d.attempts, a)
		}
		k.send(kind, build(k.intents), d, s.gateway.held)
	}
	return n
}

// dispatch sends an event that is the same for every session. The lock is held.
func (s *Server) dispatch(kind, guild string, data obj) *Delivery {
	d := &Delivery{ID: str(data["id"]), Kind: EventKind, Type: kind, s: s, payload: data}
	s.deliveries = append(s.deliveries, d)
	s.dispatchTo(d, kind, guild, func(int) obj { return data })
	return d
}

// Event sends any event of a guild, for those that have no method of their
// own, and for unknown ones.
func (s *Server) Event(guild, kind string, data map[string]any) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dispatch(kind, guild, data)
}

// Redeliver sends an event or an interaction once more, as a new event.
func (s *Server) Redeliver(d *Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, guild := d.Type, str(d.payload["guild_id"])
	if d.i != nil {
		kind = "INTERACTION_CREATE"
	}
	s.dispatchTo(d, kind, guild, func(intents int) obj { return s.forIntents(d, intents) })
}

func (s *Server) forIntents(d *Delivery, intents int) obj {
	if m := s.find(str(d.payload["channel_id"]), d.ID); m != nil && intents&MessageContent == 0 && s.hides(m) {
		return hidden(clone(d.payload))
	}
	return d.payload
}

func clone(o obj) obj {
	out := obj{}
	for k, v := range o {
		if in, ok := v.(obj); ok {
			v = clone(in)
		}
		out[k] = v
	}
	return out
}

// HoldEvents keeps every event back until ReleaseEvents.
func (s *Server) HoldEvents() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.held = true
}

// ReleaseEvents sends what was held, in its order.
func (s *Server) ReleaseEvents() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.held = false
	for _, k := range s.gateway.sessions {
		for _, e := range k.waiting {
			if k.conn == nil {
				continue // it comes with the resume
			}
			k.conn.push(frame{data: e.data})
			if e.d != nil {
				e.d.attempts = append(e.d.attempts, &Attempt{At: s.Clock.Now(), Conn: k.conn.n, Seq: e.seq})
			}
		}
		k.waiting = nil
	}
}

// messageEvent tells the app of a message that it may see. The lock is held.
func (s *Server) messageEvent(kind string, m *Message) *Delivery {
	c := s.channels[m.Channel]
	if m.To != "" || m.User == Bot && s.opts.Silent || !s.sees(Bot, c) {
		return nil
	}
	o := obj{"id": m.ID, "channel_id": c.ID}
	if kind != "MESSAGE_DELETE" {
		o = s.json(m)
		if c.Guild != "" && s.users[m.User] != nil {
			o["member"] = s.memberJSON(m.User, c.Guild, false)
		}
	}
	if c.Guild != "" {
		o["guild_id"] = c.Guild
	}
	d := &Delivery{ID: m.ID, Kind: EventKind, Type: kind, s: s, payload: o}
	s.deliveries = append(s.deliveries, d)
	s.dispatchTo(d, kind, c.Guild, func(intents int) obj {
		if kind != "MESSAGE_DELETE" && intents&MessageContent == 0 && s.hides(m) {
			return hidden(clone(o))
		}
		return o
	})
	return d
}

func (s *Server) reactionEvent(kind, user string, m *Message, name string) *Delivery {
	c := s.channels[m.Channel]
	o := obj{"user_id": user, "channel_id": c.ID, "message_id": m.ID, "message_author_id": m.User, "burst": false, "type": 0,
		"emoji": obj{"id": nil, "name": name}}
	if c.Guild != "" {
		o["guild_id"] = c.Guild
		if kind == "MESSAGE_REACTION_ADD" {
			o["member"] = s.memberJSON(user, c.Guild, true)
		}
	}
	if m.To != "" || !s.sees(Bot, c) {
		return nil
	}
	return s.dispatch(kind, c.Guild, o)
}
