package slacktest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
)

// A Message is one that stands in a channel, or that one person alone sees.
// What is given out is a copy.
type Message struct {
	Channel, TS string
	Thread      string // the root's ts; "" is not in a thread
	User        string
	To          string // who alone sees it: an ephemeral message
	Subtype     string
	Text        string
	Blocks      []Block
	Metadata    json.RawMessage // {"event_type":…,"event_payload":…}
	Files       []File
	Reactions   []Reaction
	Edited      string // ts of the last edit
	Deleted     bool
	Broadcast   bool // a reply that is shown in the channel too

	// What the app asked for, which decides on links and mentions.
	Parse                    string
	LinkNames                bool
	UnfurlLinks, UnfurlMedia bool
}

// A Reaction is an emoji under a message, and who set it.
type Reaction struct {
	Name  string
	Users []string
}

// Root is the ts of the thread that a reply to m belongs to.
func (m *Message) Root() string { return or(m.Thread, m.TS) }

var tsForm = regexp.MustCompile(`^\d{10}\.\d{6}$`)

// newTS gives the next ts of a channel: the time, and later than the last.
// The lock is held.
func (s *Server) newTS(channel string) string {
	t := max(s.Clock.Now().UnixMicro(), s.lastTS[channel]+1)
	s.lastTS[channel] = t
	return fmt.Sprintf("%010d.%06d", t/1e6, t%1e6)
}

// add puts a message into its channel. The lock is held.
func (s *Server) add(m Message) *Message {
	m.TS = s.newTS(m.Channel)
	for _, b := range m.Blocks {
		if str(b["block_id"]) == "" && str(b["type"]) != "markdown" {
			b["block_id"] = s.id("b")
		}
	}
	s.posts[m.Channel] = append(s.posts[m.Channel], &m)
	if m.To != "" && m.Thread == "" {
		s.private[m.Channel] = append(s.private[m.Channel], &m)
	}
	if m.Thread != "" {
		t := s.thread(m.Channel, m.Thread)
		t.replies = append(t.replies, &m)
	}
	s.touch()
	return &m
}

// find looks for a message that was not deleted. The lock is held.
func (s *Server) find(channel, ts string) *Message {
	all := s.posts[channel]
	i, ok := slices.BinarySearchFunc(all, ts, func(m *Message, ts string) int { return cmp.Compare(m.TS, ts) })
	if !ok || all[i].Deleted {
		return nil
	}
	return all[i]
}

// inThread are the messages of a thread that stand, its root first. The lock
// is held.
func (s *Server) inThread(channel, root string) []*Message {
	var out []*Message
	if m := s.find(channel, root); m != nil {
		out = append(out, m)
	}
	if t := s.threads[threadKey(channel, root)]; t != nil {
		for _, m := range t.replies {
			if !m.Deleted {
				out = append(out, m)
			}
		}
	}
	return out
}

// json is the message as the API and the events show it.
func (s *Server) json(m *Message, metadata bool) reply {
	out := reply{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": s.teamOf(m.User)}
	if m.User == Bot {
		out["bot_id"], out["app_id"], out["team"] = BotID, AppID, s.channels[m.Channel].Teams[0]
	}
	if m.Subtype != "" {
		out["subtype"] = m.Subtype
	}
	if m.Blocks != nil {
		out["blocks"] = m.Blocks
	}
	if m.Metadata != nil && metadata {
		out["metadata"] = m.Metadata
	}
	if m.Edited != "" {
		out["edited"] = reply{"user": m.User, "ts": m.Edited}
	}
	if len(m.Files) > 0 {
		files := make([]reply, len(m.Files))
		for i, f := range m.Files {
			files[i] = s.fileJSON(&f)
		}
		out["files"] = files
	}
	if len(m.Reactions) > 0 {
		var rs []reply
		for _, r := range m.Reactions {
			rs = append(rs, reply{"name": r.Name, "users": r.Users, "count": len(r.Users)})
		}
		out["reactions"] = rs
	}
	if m.Thread != "" {
		out["thread_ts"] = m.Thread
		if p := s.find(m.Channel, m.Thread); p != nil {
			out["parent_user_id"] = p.User
		}
	} else if n := len(s.inThread(m.Channel, m.TS)) - 1; n > 0 {
		out["thread_ts"], out["reply_count"] = m.TS, n
	}
	return out
}

func (s *Server) teamOf(user string) string {
	if u := s.users[user]; u != nil {
		return u.Team
	}
	return Team
}

// Messages are the messages of a channel that stand, replies and ephemerals
// too, in order.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return standing(s.posts[channel])
}

// Thread are the messages of a thread that stand, its root first.
func (s *Server) Thread(channel, root string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return standing(s.inThread(channel, root))
}

func standing(all []*Message) []Message {
	var out []Message
	for _, m := range all {
		if !m.Deleted {
			out = append(out, *m)
		}
	}
	return out
}

// Message is the message as it stands now; Deleted is set if it is gone.
func (s *Server) Message(channel, ts string) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(channel, ts); m != nil {
		return *m
	}
	return Message{Channel: channel, TS: ts, Deleted: true}
}

// Marked are the messages that carry metadata of an event type.
func (s *Server) Marked(eventType string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, id := range sortedKeys(s.posts) {
		for _, m := range s.posts[id] {
			var meta struct {
				Type string `json:"event_type"`
			}
			if !m.Deleted && m.Metadata != nil && json.Unmarshal(m.Metadata, &meta) == nil && meta.Type == eventType {
				out = append(out, *m)
			}
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
