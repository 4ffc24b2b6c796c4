package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/phi"
)

// An App reads what Discord delivers, over the gateway or as signed requests
// (Handler), and hands it to a dispatcher. What it acknowledges was accepted.
// Make it by NewApp; it is safe for concurrent use.
type App struct{ AppOptions }

// AppOptions are what an App needs; all but Key and Log are required.
type AppOptions struct {
	Door *Door
	Chat *chat.Dispatcher
	Gate *phi.Gate
	Key  ed25519.PublicKey // of the application, for signed requests
	// Files is the way to what people attach; nil: the network.
	Files http.RoundTripper
	Now   func() time.Time
	Log   *slog.Logger // nil: nothing is logged. No text and no one's name is
}

// NewApp returns an app.
func NewApp(o AppOptions) (*App, error) {
	if o.Door == nil || o.Chat == nil || o.Gate == nil || o.Now == nil {
		return nil, errors.New("discord: a door, a dispatcher, a gate and a clock are required")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &App{o}, nil
}

// A callback is what an interaction is answered at once.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// Types of callbacks.
const (
	callPong     = 1
	callSay      = 4
	callDefer    = 5
	callUpdate   = 6 // later: of the message with the button
	callComplete = 8
	callForm     = 9
)

// thinking announces an answer, which Discord shows as such.
func thinking(whisper bool) *callback {
	c := &callback{Type: callDefer}
	if whisper {
		c.Data = map[string]any{"flags": flagEphemeral}
	}
	return c
}

// says answers at once with a notice, to the person alone.
func (a *App) says(n chat.Notice) *callback {
	return a.tells(a.Door.View.Notice(n, ""))
}

// byGateway does what an interaction asks for, and answers it.
func (a *App) byGateway(ctx context.Context, i interaction) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	defer a.Door.announcing(i.ID)()
	c := a.interaction(ctx, i)
	if c == nil {
		return
	}
	err := a.Door.API.call(ctx, "POST", "interactions/"+i.ID+"/"+i.Token+"/callback", bucketOf(i.Token), c, nil)
	if err != nil && !is(err, acknowledged) { // it came twice
		a.Log.Warn("discord: not acknowledged", "error", failure(err))
	}
}

// ackTime is how long an interaction may take to be answered: Discord waits
// three seconds.
const ackTime = 2800 * time.Millisecond

// interaction does what one asks for; the callback is what Discord is
// answered. What was not accepted is said to have failed.
func (a *App) interaction(ctx context.Context, i interaction) *callback {
	var c *callback
	var err error
	switch i.Type {
	case kindPing:
		return &callback{Type: callPong}
	case kindCommand:
		c, err = a.command(ctx, i)
	case kindComponent:
		c, err = a.pressed(ctx, i)
	case kindForm:
		c, err = a.submitted(ctx, i)
	case kindComplete:
		return a.completed(i)
	}
	if err != nil {
		a.Log.Error("discord: not accepted", "error", err)
		return a.says(chat.NoticeFailed)
	}
	return c
}

// order is an order of whoever interacts, to be answered where they do.
func (a *App) order(i interaction, whisper bool) chat.Order {
	whisper = whisper && i.Guild != "" // direct messages are theirs alone anyway
	r := reply{Token: i.Token, ID: i.ID, Given: a.Now().Unix(), Whisper: whisper, Admin: i.admin()}
	at := ledger.Place{Platform: Platform, Workspace: i.Guild, Channel: i.At}
	var c channelObject
	if len(i.Channel) > 0 && json.Unmarshal(i.Channel, &c) == nil && c.thread() && c.Parent != "" {
		at.Channel, at.Thread, r.Thread = c.Parent, i.At, true
	}
	return chat.Order{Keys: []ledger.Key{ledger.Key("interaction:" + i.ID)}, From: a.from(i.Guild, i.who().ID), At: at,
		Reply: r.pack(), Public: !whisper && i.Guild != "", Direct: i.Guild == ""}
}

// from is a person; their ids are Discord's own throughout, and what is kept
// is kept by server.
func (a *App) from(_, user string) ledger.Principal {
	return ledger.Principal{Platform: Platform, User: user}
}

// accept hands an order over and announces its answer. Of a button that was
// pressed twice it says so.
func (a *App) accept(ctx context.Context, o chat.Order, press bool) (*callback, error) {
	accepted, err := a.Chat.Accept(ctx, o)
	switch {
	case err != nil:
		return nil, err
	case !accepted && press:
		return a.says(chat.NoticeDone), nil
	case !accepted:
		return nil, nil // it came before, and was answered
	}
	return thinking(replyOf(o.Reply).Whisper), nil
}

// message is one that mentions the program or is written to it directly. Of
// others Discord does not tell the words.
func (a *App) message(ctx context.Context, m message) {
	if m.Author.Bot || m.Webhook != "" || m.Author.ID == a.Door.Self.User || m.Author.ID == "" || m.Type != plainMessage && m.Type != replyMessage {
		return
	}
	mentioned := slices.ContainsFunc(m.Mentions, func(u user) bool { return u.ID == a.Door.Self.User })
	if m.Guild != "" && !mentioned {
		a.heard(ctx, m)
		return
	}
	o := chat.Order{Keys: []ledger.Key{ledger.Key("message:" + m.ID)}, From: a.from(m.Guild, m.Author.ID), Kind: chat.Ask,
		At: ledger.Place{Platform: Platform, Workspace: m.Guild, Channel: m.Channel}, Public: m.Guild != "", Direct: m.Guild == ""}
	r := reply{Given: a.Now().Unix(), Message: m.ID}
	switch c := a.Door.channel(ctx, m.Channel); {
	case m.Guild == "":
		o.At.Thread = m.Channel // the direct messages go on as one
	case c.thread() && c.Parent != "":
		o.At.Channel, o.At.Thread, r.Thread = c.Parent, m.Channel, true
	default:
		o.At.Thread = m.ID // a thread begins below it
	}
	o.Reply = r.pack()
	o.Ask.Text = plain(m.Content)
	if o.Ask.Text == "" && len(m.Attachments) > 0 {
		o.Kind, o.Notice = chat.Say, chat.NoticeFile
	}
	if _, err := a.Chat.Accept(ctx, o); err != nil {
		a.Log.Error("discord: a message was not accepted", "error", err)
	}
}

// left deletes what is kept of a server that let the program go, or is gone.
func (a *App) left(ctx context.Context, server string) {
	if err := a.Chat.Left(ctx, Platform, server); err != nil {
		a.Log.Error("discord: what is kept of a server that let the program go is not deleted; it goes when it is old", "error", err)
	}
}

// heard is what people write to each other. Who wrote is told without the
// words: in a thread that was handed over, they answer it.
func (a *App) heard(ctx context.Context, m message) {
	c := a.Door.channel(ctx, m.Channel)
	if !c.thread() || c.Parent == "" {
		return
	}
	at := ledger.Place{Platform: Platform, Workspace: m.Guild, Channel: c.Parent, Thread: m.Channel}
	if err := a.Chat.Heard(ctx, at, a.from(m.Guild, m.Author.ID)); err != nil {
		a.Log.Error("discord: a message of a thread was not noted", "error", err)
	}
}

// plain is what a person wrote, without Discord's marks for people, roles,
// channels and emoji of the server.
func plain(text string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "<")
		b.WriteString(before)
		if !ok {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		switch {
		case closed && inside != "" && len(inside) <= 100 && strings.ContainsAny(inside[:1], "@#:at/") && isMark(inside):
			b.WriteString(" ")
			text = after
		default:
			b.WriteString("<")
			text = rest
		}
	}
	return strings.TrimSpace(b.String())
}

// isMark reports whether what stands between angle brackets is a mark of
// Discord's, which ends in an id.
func isMark(inside string) bool {
	digits := 0
	for i := len(inside) - 1; i >= 0 && inside[i] >= '0' && inside[i] <= '9'; i-- {
		digits++
	}
	return digits >= 15 && strings.ContainsAny(inside[:1], "@#") || digits >= 15 && (strings.HasPrefix(inside, ":") || strings.HasPrefix(inside, "a:") || strings.HasPrefix(inside, "/"))
}
