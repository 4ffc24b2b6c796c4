package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
)

// newEvent makes an event of a workspace. The lock is held.
func (s *Server) newEvent(team string, shared bool, inner reply) *Delivery {
	if inner["event_ts"] == nil {
		inner["event_ts"] = s.newTS("")
	}
	id := s.id("Ev")
	body, err := json.Marshal(reply{"token": "sample", "team_id": team, "context_team_id": team, "api_app_id": AppID,
		"type": "event_callback", "event_id": id, "event_time": s.Clock.Now().Unix(), "event": inner,
		"authorizations":        []reply{{"enterprise_id": nil, "team_id": team, "user_id": Bot, "is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": shared, "event_context": "4-" + id})
	if err != nil {
		s.t.Error(err)
	}
	return &Delivery{s: s, ID: id, Kind: EventKind, Type: str(inner["type"]), path: s.opts.EventsPath,
		media: "application/json", body: body, payload: body}
}

// Event delivers any event of a workspace, for those that have no method of
// their own, and for unknown ones.
func (s *Server) Event(team string, inner map[string]any) *Delivery {
	s.mu.Lock()
	d := s.newEvent(team, false, inner)
	s.mu.Unlock()
	s.send(d)
	return d
}

// messageTopics are what an app subscribes to, by the kind of the channel.
var messageTopics = map[string]string{PublicChannel: "message.channels", PrivateChannel: "message.groups",
	DirectMessage: "message.im", GroupMessage: "message.mpim"}

// messageEvents are the events of a new message, or of one that changed or
// went away. The lock is held.
func (s *Server) messageEvents(m *Message, subtype string, before *Message) []*Delivery {
	c := s.channels[m.Channel]
	if !c.has(Bot) || m.To != "" {
		return nil
	}
	var out []*Delivery
	if s.subscribed(messageTopics[c.Kind]) && s.scoped(scopeWord(c.Kind)+":history") == nil {
		out = append(out, s.channelEvent(c, s.messageInner(c, m, subtype, before)))
	}
	old := ""
	if before != nil {
		old = before.Text
	}
	named := mentionsBot(m.Text) && !mentionsBot(old) && subtype != "message_deleted"
	if named && c.Kind != DirectMessage && m.User != Bot && s.subscribed("app_mention") && s.scoped("app_mentions:read") == nil {
		inner := s.json(m, true)
		inner["type"], inner["channel"] = "app_mention", c.ID
		delete(inner, "subtype")
		out = append(out, s.channelEvent(c, s.foreign(c, m, inner)))
	}
	s.rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (s *Server) channelEvent(c *Channel, inner reply) *Delivery {
	return s.newEvent(c.Teams[0], c.sharedOut(), inner)
}

func (s *Server) messageInner(c *Channel, m *Message, subtype string, before *Message) reply {
	inner := reply{"type": "message", "subtype": subtype, "hidden": true, "channel": c.ID, "channel_type": c.Kind}
	switch subtype {
	case "message_changed":
		inner["message"], inner["previous_message"], inner["ts"] = s.json(m, true), s.json(before, true), s.newTS(c.ID)
		return inner
	case "message_deleted":
		inner["deleted_ts"], inner["previous_message"], inner["ts"] = m.TS, s.json(before, true), s.newTS(c.ID)
		return inner
	}
	inner = s.json(m, true)
	inner["channel"], inner["channel_type"], inner["event_ts"] = c.ID, c.Kind, m.TS
	if m.User != Bot {
		inner["client_msg_id"] = s.id("client-")
	}
	if m.Broadcast {
		inner["subtype"] = "thread_broadcast"
		if root := s.find(c.ID, m.Thread); root != nil {
			inner["root"] = s.json(root, true)
		}
	}
	if c.Kind == DirectMessage && !s.opts.Classic && s.subscribed("app_context_changed") {
		inner["app_context"] = s.contextOf(m.User)
	}
	return s.foreign(c, m, inner)
}

// foreign notes the workspace of an author in a shared channel.
func (s *Server) foreign(c *Channel, m *Message, inner reply) reply {
	if c.sharedOut() {
		inner["user_team"], inner["source_team"] = s.teamOf(m.User), s.teamOf(m.User)
	}
	return inner
}

func mentionsBot(text string) bool {
	return strings.Contains(text, "<@"+Bot+">") || strings.Contains(text, "<@"+Bot+"|")
}

// echo delivers what the app itself did, without waiting. The lock is held.
func (s *Server) echo(q *request, m *Message, subtype string, before *Message) {
	if s.opts.Silent || s.opts.Handler == nil && !s.opts.Socket {
		return
	}
	for _, d := range s.messageEvents(m, subtype, before) {
		q.after = append(q.after, func() { s.launch(d, 0, "") })
	}
}

// contextOf is what a person looks at. The lock is held.
func (s *Server) contextOf(user string) reply {
	at := s.looking[user]
	if at == "" {
		return reply{}
	}
	return reply{"entities": []reply{{"type": "slack#/types/channel_id", "value": at, "team_id": s.teamOf(user)}}}
}

// Of are the deliveries of one type among some.
func Of(all []*Delivery, kind string) []*Delivery {
	return slices.DeleteFunc(slices.Clone(all), func(d *Delivery) bool { return d.Type != kind })
}
