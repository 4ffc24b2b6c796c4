package slack

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/ledger"
)

// A formAt is where a form was opened from, and so where what comes of it
// goes. It stands in the form's private metadata, and has no word of anybody.
type formAt struct {
	Channel string `json:"c,omitempty"`
	Thread  string `json:"th,omitempty"`
	Reply   []byte `json:"r,omitempty"`
	Message string `json:"m,omitempty"` // of feedback: which message it is about
}

func (f formAt) pack() string {
	data, err := json.Marshal(f)
	if err != nil || layout.Units(string(data)) > MaxMetadata {
		return ""
	}
	return string(data)
}

// command does what a slash command asks for.
func (a *App) command(ctx context.Context, c slack.SlashCommand) error {
	if c.TeamID != a.Door.Self.Team {
		return nil
	}
	r := reply{URL: c.ResponseURL, Given: a.Now().Unix()}
	o := chat.Order{Keys: []ledger.Key{ledger.Key("trigger:" + c.TriggerID)}, From: from(c.TeamID, c.UserID), At: place(c.TeamID, c.ChannelID, ""),
		Direct: isDirect(c.ChannelID), Reply: r.pack()}
	text := plain(c.Text)
	i := slices.IndexFunc(Commands(), func(x Command) bool { return x.Name == c.Command })
	switch {
	case c.Command == CommandRewrite && text != "":
		return a.tell(ctx, o, chat.NoticeNoteSlash) // it is not read, kept or sent on
	case c.Command == CommandAsk && text != "":
		o.Kind, o.Ask.Text = chat.Ask, text
		return a.accept(ctx, o, "")
	case c.Command == CommandHelp:
		o.Kind = chat.Help
	case c.Command == CommandPrivacy:
		o.Kind = chat.Privacy
	case c.Command == CommandForget:
		o.Kind = chat.Forgetting
	case c.Command == CommandSettings:
		o.Kind, o.Value = chat.Settings, strings.TrimSpace(unescaper.Replace(c.Text)) // a channel stands in it as Slack links it
		if o.Direct {
			o.At.Channel = ""
		}
	case i >= 0 && Commands()[i].Open != "":
		if c.Command == CommandRebut || c.Command == CommandRewrite {
			text = "" // what was typed there may hold health information
		}
		return a.open(ctx, c.TriggerID, Commands()[i].Open, text, formAt{Channel: c.ChannelID, Reply: o.Reply}, o)
	default:
		return a.tell(ctx, o, chat.NoticeHere)
	}
	return a.accept(ctx, o, "")
}

// maxShortcut is how long a message may be to be asked about, in bytes.
const maxShortcut = 16 << 10

// shortcut does what a shortcut asks for, of the workspace or of a message.
func (a *App) shortcut(ctx context.Context, c slack.InteractionCallback) error {
	i := slices.IndexFunc(Shortcuts(), func(s Shortcut) bool { return s.Callback == c.CallbackID })
	if i < 0 || c.Team.ID != a.Door.Self.Team {
		return nil
	}
	s := Shortcuts()[i]
	r := reply{URL: c.ResponseURL, Given: a.Now().Unix()}
	o := chat.Order{Keys: []ledger.Key{ledger.Key("trigger:" + c.TriggerID)}, From: from(userTeam(c), c.User.ID), At: place(c.Team.ID, c.Channel.ID, ""),
		Direct: isDirect(c.Channel.ID), Reply: r.pack()}
	if o.Direct && s.Message {
		o.At.Thread = thread(c.Message.ThreadTimestamp, c.Message.Timestamp)
	}
	at := formAt{Channel: o.At.Channel, Thread: o.At.Thread, Reply: o.Reply}
	if !s.Message {
		return a.open(ctx, c.TriggerID, s.Open, "", at, o)
	}
	text := plain(c.Message.Text)
	_, _, fits := halved(text)
	switch {
	case c.Message.BotID != "" || text == "" && len(c.Message.Files) == 0:
		return a.tell(ctx, o, chat.NoticeBot)
	case text == "":
		return a.tell(ctx, o, chat.NoticeFile)
	case len(text) > maxShortcut, s.Open != "" && !fits:
		return a.tell(ctx, o, chat.NoticeUnreadable)
	case s.Open != "":
		return a.open(ctx, c.TriggerID, s.Open, text, at, o)
	}
	o.Kind, o.Ask.Text = chat.Ask, text
	return a.accept(ctx, o, "")
}

// userTeam is the workspace of whoever did it, who may be of another.
func userTeam(c slack.InteractionCallback) string {
	if c.User.TeamID != "" {
		return c.User.TeamID
	}
	return c.Team.ID
}
