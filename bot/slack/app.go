package slack

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/ledger"
)

// An App reads what Slack delivers, over HTTP (Handler) or Socket Mode
// (Socket), and hands it to a dispatcher. What it acknowledges was accepted.
// Make it by NewApp; it is safe for concurrent use.
type App struct {
	AppOptions
	own sync.WaitGroup // small things that are no orders
}

// AppOptions are what an App needs; all but Log are required.
type AppOptions struct {
	Door *Door
	Chat *chat.Dispatcher
	// Secrets are the signing secrets, one, or two while one replaces the
	// other; none where there is Socket Mode alone.
	Secrets []string
	Now     func() time.Time
	Log     *slog.Logger // nil: nothing is logged. No text and no one's name is
}

// NewApp returns an app.
func NewApp(o AppOptions) (*App, error) {
	if o.Door == nil || o.Chat == nil || o.Now == nil {
		return nil, errors.New("slack: a door, a dispatcher and a clock are required")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &App{AppOptions: o}, nil
}

// Close waits for what is under way besides orders.
func (a *App) Close() { a.own.Wait() }

// ownTime is how long what is no order may take.
const ownTime = 10 * time.Second

// aside does what is no order, and can be lost, behind the acknowledgement.
func (a *App) aside(what string, do func(context.Context) error) {
	a.own.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), ownTime)
		defer cancel()
		if err := do(ctx); err != nil {
			a.Log.Warn("slack: "+what, "error", failure(err))
		}
	})
}

// from is a person of the workspace that the delivery is of.
func from(team, user string) ledger.Principal {
	return ledger.Principal{Platform: Platform, Workspace: team, User: user}
}

func place(team, channel, thread string) ledger.Place {
	return ledger.Place{Platform: Platform, Workspace: team, Channel: channel, Thread: thread}
}

// accept hands an order over. Of a button that was pressed twice it says so.
func (a *App) accept(ctx context.Context, o chat.Order, press ledger.Key) error {
	accepted, err := a.Chat.Accept(ctx, o)
	if err != nil || accepted || press == "" {
		return err
	}
	_, err = a.Chat.Accept(ctx, chat.Order{Keys: []ledger.Key{"done:" + press}, From: o.From, At: o.At, Direct: o.Direct, Reply: o.Reply, Kind: chat.Say, Notice: chat.NoticeDone})
	return err
}

// tell hands over an order that only says something.
func (a *App) tell(ctx context.Context, o chat.Order, n chat.Notice) error {
	o.Kind, o.Notice = chat.Say, n
	return a.accept(ctx, o, "")
}

// open opens a form while its trigger is good; where it cannot be, it says so.
func (a *App) open(ctx context.Context, trigger, callback, text string, at formAt, o chat.Order) error {
	m, ok := a.Door.View.Modal(callback, text, at.pack())
	if !ok {
		m = a.Door.View.Told(chat.NoticeNoNotes)
	}
	limited, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	if _, err := a.Door.Client.OpenViewContext(limited, trigger, m); err != nil {
		a.Log.Warn("slack: a form was not opened", "error", failure(err))
		return a.tell(ctx, o, chat.NoticeForm)
	}
	return nil
}

// openTime leaves time to acknowledge in the three seconds that Slack gives.
const openTime = 2 * time.Second

// plain is what a person wrote, without Slack's marks: its escapes are
// undone, links are their words, and mentions are left out.
func plain(text string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "<")
		b.WriteString(before)
		if !ok {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString("<" + rest)
			break
		}
		target, label, _ := strings.Cut(inside, "|")
		switch {
		case target == "":
		case target[0] == '@' || target[0] == '!':
			b.WriteString(" ")
		case target[0] == '#':
			b.WriteString("#" + label)
		case label != "":
			b.WriteString(label)
		default:
			b.WriteString(target)
		}
		text = after
	}
	out := strings.TrimSpace(unescaper.Replace(b.String()))
	if layout.Clean(out) == "" {
		return "" // nothing in it is seen
	}
	return out
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// thread is that of a message: the one it stands in, or that it begins.
func thread(threadTS, ts string) string {
	if threadTS != "" {
		return threadTS
	}
	return ts
}

// isPerson reports whether a message is one that a person wrote just now.
func isPerson(subtype, botID, user string) bool {
	return (subtype == "" || subtype == slack.MsgSubTypeFileShare || subtype == slack.MsgSubTypeThreadBroadcast) && botID == "" && user != ""
}
