package discord

import (
	"encoding/json"
	"strconv"
)

// An interaction is what Discord delivers when somebody uses a command, a
// button or a form, as far as it is used.
type interaction struct {
	ID      string          `json:"id"`
	App     string          `json:"application_id"`
	Type    int             `json:"type"`
	Token   string          `json:"token"`
	Guild   string          `json:"guild_id"`
	Channel json.RawMessage `json:"channel"`
	At      string          `json:"channel_id"`
	Member  *memberObject   `json:"member"`
	User    *user           `json:"user"`
	Message *message        `json:"message"`
	Raw     json.RawMessage `json:"data"`
	Data    interactionData `json:"-"` // of Raw
}

// UnmarshalJSON reads an interaction with its data, of which parts that are
// not known are passed over.
func (i *interaction) UnmarshalJSON(data []byte) error {
	type plain interaction
	if err := json.Unmarshal(data, (*plain)(i)); err != nil {
		return err
	}
	if len(i.Raw) == 0 {
		return nil
	}
	return json.Unmarshal(i.Raw, &i.Data)
}

// Kinds of interactions.
const (
	kindPing      = 1
	kindCommand   = 2
	kindComponent = 3
	kindComplete  = 4
	kindForm      = 5
)

type interactionData struct {
	Name     string          `json:"name"`
	Kind     int             `json:"type"` // of a command: 1 typed, 2 of a person, 3 of a message
	Target   string          `json:"target_id"`
	Options  []option        `json:"options"`
	CustomID string          `json:"custom_id"`
	Values   []string        `json:"values"`
	Resolved resolvedObjects `json:"resolved"`
}

type resolvedObjects struct {
	Messages    map[string]message    `json:"messages"`
	Attachments map[string]attachment `json:"attachments"`
}

// An option is one of a command, as it was typed.
type option struct {
	Name    string          `json:"name"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []option        `json:"options"`
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

type memberObject struct {
	User        *user  `json:"user"`
	Permissions string `json:"permissions"`
}

// who is whoever did it.
func (i interaction) who() user {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return *i.Member.User
	case i.User != nil:
		return *i.User
	}
	return user{}
}

// Permissions of a member.
const (
	permAdministrator = 1 << 3
	permManageGuild   = 1 << 5
)

// admin reports whether whoever did it may change what the program does on
// the server.
func (i interaction) admin() bool {
	if i.Member == nil {
		return false
	}
	bits, err := strconv.ParseUint(i.Member.Permissions, 10, 64)
	return err == nil && bits&(permAdministrator|permManageGuild) != 0
}

// A message is one of a channel, as far as it is used.
type message struct {
	ID          string          `json:"id"`
	Channel     string          `json:"channel_id"`
	Guild       string          `json:"guild_id"`
	Author      user            `json:"author"`
	Webhook     string          `json:"webhook_id"`
	Type        int             `json:"type"`
	Flags       int             `json:"flags"`
	Content     string          `json:"content"`
	Timestamp   string          `json:"timestamp"`
	Mentions    []user          `json:"mentions"`
	Attachments []attachment    `json:"attachments"`
	Rows        json.RawMessage `json:"components"`
	raw         []byte
}

// UnmarshalJSON keeps the words as they came, too.
func (m *message) UnmarshalJSON(data []byte) error {
	type plain message
	m.raw = append([]byte(nil), data...)
	return json.Unmarshal(data, (*plain)(m))
}

// Types of messages that people write.
const (
	plainMessage = 0
	replyMessage = 19
)

// Flags of messages.
const (
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
	flagLoading        = 1 << 7
)

type attachment struct {
	ID   string `json:"id"`
	Name string `json:"filename"`
	Size int    `json:"size"`
	URL  string `json:"url"`
}

// A channelObject is the channel that an interaction tells of.
type channelObject struct {
	ID     string `json:"id"`
	Type   int    `json:"type"`
	Parent string `json:"parent_id"`
	Guild  string `json:"guild_id"`
}

// Types of channels that are threads, and the direct one.
func (c channelObject) thread() bool { return c.Type >= 10 && c.Type <= 12 }
