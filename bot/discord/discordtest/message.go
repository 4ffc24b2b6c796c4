package discordtest

import (
	"cmp"
	"slices"
	"time"
)

// Flags of messages.
const (
	SuppressEmbeds        = 1 << 2
	Ephemeral             = 1 << 6
	Loading               = 1 << 7
	SuppressNotifications = 1 << 12
	ComponentsV2          = 1 << 15
)

// otherWebhook is one that is not the app's.
const otherWebhook = "170000000000000001"

// Kinds of messages.
const (
	DefaultMessage = 0
	ReplyMessage   = 19
	CommandMessage = 20
)

// A Message is one that stands in a channel, or that one person alone sees.
// What is given out is a copy.
type Message struct {
	ID, Channel string
	User        string
	To          string // who alone sees it: an ephemeral message
	Kind        int
	Content     string
	Embeds      []obj
	Components  []obj
	Files       []File
	Flags       int
	Reply       string // the message that it answers
	Reactions   []Reaction
	Thread      string // the thread that was started from it
	Nonce       string
	Edited      time.Time
	Deleted     bool
	Webhook     bool     // written through a webhook: the app's own, through an interaction's token
	Forwarded   *Message // the message that a person forwards with it
	Version     int      // how often it was edited

	// Pinged is who was notified: users, roles, "@everyone", "@here".
	Pinged []string
	// Mentioned are the users that the message names, pinged or not.
	Mentioned []string

	interaction *interaction
	inert       bool // links are not unfurled: the author may not embed them
}

// A Reaction is an emoji under a message, and who set it.
type Reaction struct {
	Name  string
	Users []string
}

// A nonce is one that was enforced.
type nonce struct {
	message *Message
	until   time.Time
}

// nonceLasts is for how long Discord knows a nonce again: "a few minutes".
const nonceLasts = 5 * time.Minute

// add puts a message into its channel. The lock is held.
func (s *Server) add(m Message) *Message {
	m.ID = s.snowflake()
	s.messages[m.Channel] = append(s.messages[m.Channel], &m)
	if c := s.channels[m.Channel]; c != nil && m.User == Bot {
		c.typing = time.Time{}
	}
	s.touch()
	return &m
}

// find looks for a message that was not deleted. The lock is held.
func (s *Server) find(channel, id string) *Message {
	all := s.messages[channel]
	i, ok := slices.BinarySearchFunc(all, id, func(m *Message, id string) int { return cmpID(m.ID, id) })
	if !ok || all[i].Deleted {
		return nil
	}
	return all[i]
}

// cmpID compares snowflakes, of which the longer is the later.
func cmpID(a, b string) int {
	if n := cmp.Compare(len(a), len(b)); n != 0 {
		return n
	}
	return cmp.Compare(a, b)
}

// json is the message as the API and the events show it. The lock is held.
func (s *Server) json(m *Message) obj {
	out := obj{"id": m.ID, "channel_id": m.Channel, "type": m.Kind, "content": m.Content, "author": s.userJSON(m.User),
		"timestamp": stamp(Made(m.ID)), "edited_timestamp": nil, "tts": false, "mention_everyone": false, "mention_roles": []string{},
		"embeds": orEmpty(m.Embeds), "components": orEmpty(m.Components), "pinned": false, "flags": m.Flags}
	if !m.Edited.IsZero() {
		out["edited_timestamp"] = stamp(m.Edited)
	}
	mentions := []obj{}
	for _, id := range m.Mentioned {
		mentions = append(mentions, s.userJSON(id))
	}
	out["mentions"] = mentions
	for _, p := range m.Pinged {
		if p == "@everyone" || p == "@here" {
			out["mention_everyone"] = true
		} else if s.users[p] == nil {
			out["mention_roles"] = append(out["mention_roles"].([]string), p)
		}
	}
	files := []obj{}
	for i := range m.Files {
		files = append(files, m.Files[i].json())
	}
	out["attachments"] = files
	var reactions []obj
	for _, r := range m.Reactions {
		reactions = append(reactions, obj{"emoji": obj{"id": nil, "name": r.Name}, "count": len(r.Users), "me": slices.Contains(r.Users, Bot)})
	}
	if reactions != nil {
		out["reactions"] = reactions
	}
	s.addLinks(out, m)
	return out
}

// addLinks adds what a message has to do with others.
func (s *Server) addLinks(out obj, m *Message) {
	if m.Nonce != "" {
		out["nonce"] = m.Nonce
	}
	switch {
	case m.Webhook && m.User == Bot:
		out["webhook_id"], out["application_id"] = AppID, AppID
	case m.Webhook:
		out["webhook_id"] = otherWebhook
	}
	if f := m.Forwarded; f != nil {
		in := s.json(f)
		kept := obj{}
		for _, k := range []string{"type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags", "mentions", "mention_roles", "components"} {
			kept[k] = in[k]
		}
		out["message_reference"] = obj{"type": 1, "channel_id": f.Channel, "message_id": f.ID}
		out["message_snapshots"] = []obj{{"message": kept}}
	}
	if m.Reply != "" {
		out["message_reference"] = obj{"type": 0, "channel_id": m.Channel, "message_id": m.Reply, "guild_id": s.channels[m.Channel].Guild}
		out["referenced_message"] = nil
		if r := s.find(m.Channel, m.Reply); r != nil {
			first := *r
			first.Reply = "" // one step, as Discord
			out["referenced_message"] = s.json(&first)
		}
	}
	if i := m.interaction; i != nil {
		out["interaction_metadata"] = obj{"id": i.ID, "type": i.Kind, "user": s.userJSON(i.User), "authorizing_integration_owners": i.owners()}
	}
	if m.Thread != "" {
		out["thread"] = s.channelJSON(s.channels[m.Thread])
		out["flags"] = m.Flags | 1<<5
	}
}

// hidden is a message without what only the intent for content gives.
func hidden(o obj) obj {
	o["content"], o["embeds"], o["attachments"], o["components"] = "", []obj{}, []obj{}, []obj{}
	delete(o, "message_snapshots")
	if r, ok := o["referenced_message"].(obj); ok {
		hidden(r)
	}
	return o
}

// hides says whether a message is hidden from an app without that intent: it
// is not in a direct message, not the app's own, and does not mention it.
func (s *Server) hides(m *Message) bool {
	c := s.channels[m.Channel]
	return c.Kind != DirectMessage && m.User != Bot && !slices.Contains(m.Mentioned, Bot)
}

// shown is the message as the REST API gives it, which asks for the intent in
// the portal.
func (s *Server) shown(m *Message) obj {
	o := s.json(m)
	if s.opts.Privileged&MessageContent == 0 && s.hides(m) {
		return hidden(o)
	}
	return o
}

func orEmpty(all []obj) []obj {
	if all == nil {
		return []obj{}
	}
	return all
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }

// Messages are the messages of a channel that stand, ephemeral ones too, in
// order.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages[channel] {
		if !m.Deleted {
			out = append(out, *m)
		}
	}
	return out
}

// Message is the message as it stands now; Deleted is set if it is gone.
func (s *Server) Message(channel, id string) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(channel, id); m != nil {
		return *m
	}
	return Message{Channel: channel, ID: id, Deleted: true}
}

// Pinged is everybody whom the app notified so far, in any channel.
func (s *Server) Pinged() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, id := range sortedKeys(s.messages) {
		for _, m := range s.messages[id] {
			if m.User == Bot {
				out = append(out, m.Pinged...)
			}
		}
	}
	return out
}
