package slacktest

import (
	"encoding/json"
	"strings"
)

const (
	maxText       = 40000 // longer text is cut
	maxUpdateText = 4000  // of chat.update: seen by others, not documented
)

// target is the channel that the bot may write to. The lock is held.
func (s *Server) target(q *request, id string) (*Channel, error) {
	if strings.HasPrefix(id, "U") && s.users[id] != nil {
		id = DM(id)
	}
	c := s.channels[id]
	switch {
	case id == "":
		return nil, fail("channel_not_found")
	case c == nil || !c.seenBy(q.team):
		return nil, fail("channel_not_found")
	case c.Archived:
		return nil, fail("is_archived")
	case !c.has(Bot) && c.Kind != PublicChannel:
		return nil, fail("channel_not_found")
	case !c.has(Bot) && s.scoped("chat:write.public") != nil:
		return nil, fail("not_in_channel")
	}
	return c, nil
}

// content reads and checks what a message says. The lock is held.
func (s *Server) content(a Args) (Message, error) {
	m := Message{Text: a["text"], Parse: a["parse"], LinkNames: a.flag("link_names"), UnfurlLinks: a["unfurl_links"] != "false",
		UnfurlMedia: a["unfurl_media"] != "false", Broadcast: a.flag("reply_broadcast")}
	if a["attachments"] != "" && a["attachments"] != "[]" {
		return m, fail("invalid_attachments", "slacktest knows no attachments [json-pointer:/attachments]")
	}
	if a["username"] != "" || a["icon_url"] != "" || a["icon_emoji"] != "" {
		if err := s.scoped("chat:write.customize"); err != nil {
			return m, err
		}
	}
	raw := a["blocks"]
	if md := a["markdown_text"]; md != "" {
		if m.Text != "" || raw != "" {
			return m, fail("markdown_text_conflict")
		}
		held, err := json.Marshal([]Block{{"type": "markdown", "text": md}})
		if err != nil {
			return m, err
		}
		raw = string(held)
	}
	if raw != "" {
		blocks, err := parseBlocks(raw)
		if err != nil {
			return m, err
		}
		if err := checkMessage(blocks); err != nil {
			return m, err
		}
		m.Blocks = blocks
	}
	m.Text = cut(m.Text, maxText)
	if m.Text == "" && len(m.Blocks) == 0 {
		return m, fail("no_text")
	}
	return m, m.readMetadata(a["metadata"])
}

// cut leaves the first n characters.
func cut(text string, n int) string {
	for i, r := range text {
		if n -= length(string(r)); n < 0 {
			return text[:i]
		}
	}
	return text
}

func checkMessage(blocks []Block) error {
	c := checkBlocks(onMessage, "/blocks", blocks)
	switch {
	case c.wrong != nil:
		return fail("invalid_blocks", c.wrong...)
	case c.markdown > maxMarkdown:
		return fail("msg_blocks_too_long", "markdown blocks are over 12000 characters [json-pointer:/blocks]")
	case c.text > maxBlocksText:
		return fail("msg_blocks_too_long", "blocks are over 13200 characters [json-pointer:/blocks]")
	}
	return nil
}

func (m *Message) readMetadata(raw string) error {
	if raw == "" {
		return nil
	}
	var meta struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if json.Unmarshal([]byte(raw), &meta) != nil {
		return fail("invalid_metadata_format")
	}
	if meta.Type == "" || meta.Payload == nil {
		return fail("invalid_metadata_schema")
	}
	m.Metadata = json.RawMessage(raw)
	return nil
}

// place puts a message into the thread that was asked for: into the channel
// where the root is gone, as Slack does.
func (s *Server) place(m *Message, threadTS string) error {
	if threadTS == "" {
		return nil
	}
	if !tsForm.MatchString(threadTS) {
		return fail("invalid_thread_ts")
	}
	if root := s.find(m.Channel, threadTS); root != nil && root.To == "" {
		m.Thread = root.Root()
	}
	return nil
}

func (s *Server) postMessage(q *request) (reply, error) {
	c, err := s.target(q, q.Args["channel"])
	if err != nil {
		return nil, err
	}
	m, err := s.content(q.Args)
	if err != nil {
		return nil, err
	}
	m.Channel, m.User = c.ID, Bot
	if err := s.place(&m, q.Args["thread_ts"]); err != nil {
		return nil, err
	}
	posted := s.add(m)
	s.clearStatus(posted.Channel, posted.Thread)
	s.echo(q, posted, "", nil)
	return reply{"channel": c.ID, "ts": posted.TS, "message": s.json(posted, true)}, nil
}

func (s *Server) postEphemeral(q *request) (reply, error) {
	c, err := s.target(q, q.Args["channel"])
	if err != nil {
		return nil, err
	}
	if !c.has(q.Args["user"]) {
		return nil, fail("user_not_in_channel")
	}
	m, err := s.content(q.Args)
	if err != nil {
		return nil, err
	}
	m.Channel, m.User, m.To = c.ID, Bot, q.Args["user"]
	if err := s.place(&m, q.Args["thread_ts"]); err != nil {
		return nil, err
	}
	return reply{"message_ts": s.add(m).TS}, nil
}

// own is a message that the app may change. The lock is held.
func (s *Server) own(q *request, refusal string) (*Message, error) {
	c := s.channels[q.Args["channel"]]
	if c == nil || !c.seenBy(q.team) {
		return nil, fail("channel_not_found")
	}
	m := s.find(c.ID, q.Args["ts"])
	switch {
	case m == nil || m.To != "":
		return nil, fail("message_not_found")
	case m.User != Bot:
		return nil, fail(refusal)
	case c.Archived:
		return nil, fail("is_archived")
	}
	return m, nil
}

func (s *Server) updateMessage(q *request) (reply, error) {
	m, err := s.own(q, "cant_update_message")
	if err != nil {
		return nil, err
	}
	next, err := s.content(q.Args)
	if err != nil {
		return nil, err
	}
	if length(next.Text) > maxUpdateText {
		return nil, fail("msg_too_long")
	}
	before := *m
	s.rewrite(m, next)
	s.echo(q, m, "message_changed", &before)
	return reply{"channel": m.Channel, "ts": m.TS, "text": m.Text, "message": s.json(m, true)}, nil
}

// rewrite puts the text and the blocks of next into m: without blocks they
// are gone.
func (s *Server) rewrite(m *Message, next Message) {
	for _, b := range next.Blocks {
		if str(b["block_id"]) == "" && str(b["type"]) != "markdown" {
			b["block_id"] = s.id("b")
		}
	}
	m.Text, m.Blocks = next.Text, next.Blocks
	m.Parse, m.LinkNames, m.UnfurlLinks, m.UnfurlMedia = next.Parse, next.LinkNames, next.UnfurlLinks, next.UnfurlMedia
	if next.Metadata != nil {
		m.Metadata = next.Metadata
	}
	m.Edited = s.newTS(m.Channel)
	s.touch()
}

func (s *Server) deleteMessage(q *request) (reply, error) {
	m, err := s.own(q, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	before := *m
	m.Deleted = true
	s.touch()
	s.echo(q, m, "message_deleted", &before)
	return reply{"channel": m.Channel, "ts": m.TS}, nil
}

func (s *Server) permalink(q *request) (reply, error) {
	c := s.channels[q.Args["channel"]]
	if c == nil || !c.seenBy(q.team) || c.Kind != PublicChannel && !c.has(Bot) {
		return nil, fail("channel_not_found")
	}
	m := s.find(c.ID, q.Args["message_ts"])
	if m == nil {
		return nil, fail("message_not_found")
	}
	return reply{"channel": c.ID, "permalink": Permalink(*m)}, nil
}

// Permalink is the address of a message, for a test to look for.
func Permalink(m Message) string {
	link := "https://sample.slack.com/archives/" + m.Channel + "/p" + strings.Replace(m.TS, ".", "", 1)
	if m.Thread != "" {
		link += "?thread_ts=" + m.Thread + "&cid=" + m.Channel
	}
	return link
}
