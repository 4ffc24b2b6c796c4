package slack

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// gate knows what identifies somebody; it is the same for all tests.
var gate = sync.OnceValues(func() (*phi.Gate, error) { return phi.New() })

// A rig is the whole app before the fake Slack.
type rig struct {
	*testing.T
	slack *slacktest.Server
	chat  *chat.Dispatcher
	door  *Door
	app   *App
	log   *lines
	asks  atomic.Int64 // of the assistant

	ledger ledger.Ledger
	front  *front
	socket *Socket // where deliveries come over Socket Mode
	stop   func()  // ends the app, once those at work are done
}

// A front takes deliveries for whichever app stands behind it.
type front struct{ atomic.Pointer[http.Handler] }

// ServeHTTP ends the connection where there is none.
func (f *front) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	h := f.Load()
	if h == nil {
		panic(http.ErrAbortHandler)
	}
	(*h).ServeHTTP(w, req)
}

// lines are what was logged.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// setUp are what a test sets otherwise than the usual.
type setUp struct {
	slacktest.Options
	chat   func(o *chat.Options)
	view   func(v *View)
	ledger ledger.Ledger
	file   string                              // keeps the ledger in a file, without a ledger
	guard  func(l ledger.Ledger) ledger.Ledger // stands before the ledger
	think  func(ctx context.Context)           // before each answer
	after  *rig                                // whose Slack it is, in which that one was stopped
	answer chat.Assistant                      // in place of the whole one
}

// counted counts what an assistant is asked, and waits where a test says so.
type counted struct {
	chat.Assistant
	n     *atomic.Int64
	think func(ctx context.Context)
}

func (c counted) Ask(ctx context.Context, r bot.Request) (*bot.Answer, error) {
	c.n.Add(1)
	if c.think != nil {
		c.think(ctx)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return c.Assistant.Ask(ctx, r)
}

// newRig starts the app. It stops when the test ends.
func newRig(t *testing.T, up setUp) *rig {
	t.Helper()
	r := &rig{T: t, log: &lines{}}
	if up.after != nil {
		r.slack, r.front = up.after.slack, up.after.front
	} else {
		r.front = &front{}
		if !up.Socket {
			up.Handler = r.front
		}
		r.slack = slacktest.New(t, up.Options)
	}
	whole := assistant(t)
	if up.answer == nil {
		up.answer = whole
	}
	g, err := gate()
	must(t, err)
	kept := ledger.Options{Now: r.slack.Clock.Now, Noteless: chat.Noteless(), Grace: -1}
	switch {
	case up.ledger != nil:
	case up.file != "":
		up.ledger, err = ledger.Open(t.Context(), up.file, kept)
	default:
		up.ledger, err = ledger.NewMemory(kept)
	}
	must(t, err)
	r.ledger = up.ledger
	if up.guard != nil {
		up.ledger = up.guard(up.ledger)
	}
	v := View{Rules: whole.Rules, Catalog: whole.Catalog, Link: ownPage, Page: "https://advocate.example.org", Agent: !up.Classic, Notes: true,
		Keeping: Keeping{Texts: "30 days", Rows: "180 days", Threads: "24 hours"}}
	if up.view != nil {
		up.view(&v)
	}
	h := &http.Client{Timeout: 10 * time.Second}
	client := slack.New(r.slack.BotToken(), slack.OptionAPIURL(r.slack.URL()), slack.OptionAppLevelToken(r.slack.AppToken()), slack.OptionHTTPClient(h))
	r.door, err = NewDoor(t.Context(), client, h, v, r.slack.Clock.Now)
	must(t, err)
	log := slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o := chat.Options{Assistant: counted{up.answer, &r.asks, up.think}, Ledger: up.ledger, Door: r.door, Gate: g, Rules: whole.Rules, Notes: true, Directly: true,
		Now: r.slack.Clock.Now, Sleep: r.slack.Clock.Sleep, Log: log, Poll: 5 * time.Millisecond, PerPerson: -1, PerChannel: -1, Queue: 1 << 20,
		Export: func(w io.Writer, d *bot.Document, format string) error {
			_, err := io.WriteString(w, strings.Repeat("PK of "+format+"\n", 10))
			return err
		}}
	if up.chat != nil {
		up.chat(&o)
	}
	r.chat, err = chat.New(o)
	must(t, err)
	r.app, err = NewApp(AppOptions{Door: r.door, Chat: r.chat, Secrets: r.slack.SigningSecrets(), Now: r.slack.Clock.Now, Log: log})
	must(t, err)
	r.run(up, client)
	return r
}

// run lets it work until stop, or the end of the test.
func (r *rig) run(up setUp, client *slack.Client) {
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { r.chat.Run(ctx) })
	if up.Socket {
		r.socket = NewSocket(r.app, client)
		all.Go(func() { r.socket.Run(ctx) })
		r.slack.Until("two connections", func() bool { return r.socket.connected.Load() == sockets })
	} else {
		h := r.app.Handler()
		r.front.Store(&h)
	}
	r.stop = sync.OnceFunc(func() { r.front.Store(nil); cancel(); all.Wait(); r.app.Close(); must(r, r.ledger.Close()) })
	r.Cleanup(r.stop)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// heard waits until a person sees something with words in it, in a channel.
func (r *rig) sees(user, channel, words string) slacktest.Seen {
	r.Helper()
	var out slacktest.Seen
	r.slack.Until(user+" sees “"+words+"”", func() bool {
		for _, e := range r.slack.Transcript(user, channel, "").Entries {
			if e.App && strings.Contains(e.Words, words) {
				out = e
				return true
			}
		}
		return false
	})
	return out
}

// idle waits until nothing is left to do.
func (r *rig) idle() {
	r.Helper()
	r.slack.Until("nothing to be left", func() bool { return r.chat.Backlog() == 0 })
}

const (
	member, colleague, admin, guest = slacktest.Member, slacktest.Colleague, slacktest.Admin, slacktest.Guest
	public, committee               = slacktest.Public, slacktest.Committee
)

const eligible = "My plan pays physical therapists but says massage therapists are not eligible. Is that legal in Washington?"

// TestMention: a mention is answered in its thread, once, with what the page
// shows.
func TestMention(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	a := r.slack.AwaitReply(member, q.Message)
	if a.Root() != q.TS || a.To != "" || !strings.Contains(a.Text, "RCW 48.43.045") {
		t.Errorf("the answer stands at %q for %q: %s", a.Root(), a.To, a.Text)
	}
	r.idle()
	if got := r.slack.Message(public, q.TS).Reactions; len(got) != 0 {
		t.Errorf("the sign of work stays: %v", got)
	}
	t.Log(r.slack.Transcript(member, public, "").String())
}

// TestDirect: a direct message is answered in its thread, where one can go on.
func TestDirect(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	q := r.slack.Type(member, slacktest.DM(member), eligible)
	a := r.slack.AwaitReply(member, q.Message)
	next := r.slack.Reply(member, a, "and if the employer funds it itself?")
	r.slack.Until("a second answer", func() bool { return len(r.slack.Thread(slacktest.DM(member), q.TS)) == 4 })
	_ = next
	r.idle()
	t.Log(r.slack.Transcript(member, slacktest.DM(member), "").String())
}

// TestAsk: a command is answered to the person alone, who can share it.
func TestAsk(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.slack.Run(member, public, "/ask", eligible)
	a := r.sees(member, public, "RCW 48.43.045")
	if !a.OnlyYou {
		t.Error("others see it")
	}
	r.slack.Press(member, a.Message, ActionShare)
	r.sees(colleague, public, "RCW 48.43.045")
	r.idle()
	t.Log(r.slack.Transcript(member, public, "").String())
}
