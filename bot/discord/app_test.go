package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/discord/discordtest"
	"github.com/everycategory/advocate/bot/export"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/phi"
)

// gate knows what identifies somebody; it is the same for all tests.
var gate = sync.OnceValues(func() (*phi.Gate, error) { return phi.New() })

// A rig is the whole app before the fake Discord.
type rig struct {
	*testing.T
	discord *discordtest.Server
	chat    *chat.Dispatcher
	door    *Door
	app     *App
	gateway *Gateway // nil: Discord calls
	log     *logged
	asks    atomic.Int64 // of the assistant

	stop func() // ends all, once those at work are done
}

// logged is what was logged.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// setUp are what a test sets otherwise than the usual.
type setUp struct {
	discordtest.Options
	signed bool // Discord calls
	chat   func(o *chat.Options)
	view   func(v *View)
	file   string                    // keeps the ledger in a file
	think  func(ctx context.Context) // before each answer
	after  *rig                      // whose Discord it is, in which that one was stopped
	answer chat.Assistant            // in place of the whole one
	home   []string
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
	r := &rig{T: t, log: &logged{}}
	var handler atomic.Pointer[http.Handler]
	if up.signed {
		up.Handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			if h := handler.Load(); h != nil {
				(*h).ServeHTTP(w, req)
			}
		})
	}
	if up.after != nil {
		r.discord = up.after.discord
	} else {
		r.discord = discordtest.New(t, up.Options)
	}
	whole := assistant(t)
	g, err := gate()
	must(t, err)
	now := r.discord.Clock.Now
	var l ledger.Ledger
	options := ledger.Options{Now: now, Noteless: chat.Noteless(), Grace: -1}
	if up.file != "" {
		l, err = ledger.Open(t.Context(), up.file, options)
	} else {
		l, err = ledger.NewMemory(options)
	}
	must(t, err)
	v := View{Rules: whole.Rules, Catalog: whole.Catalog, Link: ownPage, Page: "https://advocate.example.org", Desk: true,
		Keeping: Keeping{Texts: "30 days", Rows: "180 days", Threads: "24 hours"}}
	if up.view != nil {
		up.view(&v)
	}
	api, err := NewAPI(discordtest.Token, r.discord.Transport(), now)
	must(t, err)
	r.door, err = NewDoor(t.Context(), api, v, up.home, now)
	must(t, err)
	if up.answer == nil {
		up.answer = whole
	}
	log := slog.New(slog.NewTextHandler(r.log, nil))
	o := chat.Options{Assistant: counted{up.answer, &r.asks, up.think}, Ledger: l, Door: r.door, Gate: g, Rules: whole.Rules, Notes: true, Now: now, Log: log,
		Poll: 5 * time.Millisecond, PerPerson: -1, PerChannel: -1, Queue: 1 << 20,
		Export: func(w io.Writer, d *bot.Document, format string) error {
			return export.Write(w, d, export.Format(format))
		}}
	if up.chat != nil {
		up.chat(&o)
	}
	r.chat, err = chat.New(o)
	must(t, err)
	key, err := hex.DecodeString(r.discord.PublicKey())
	must(t, err)
	r.app, err = NewApp(AppOptions{Door: r.door, Chat: r.chat, Gate: g, Key: ed25519.PublicKey(key), Files: r.discord.Transport(), Now: now, Log: log})
	must(t, err)
	if up.signed {
		h := r.app.Handler()
		handler.Store(&h)
	}
	_, err = r.app.Register(t.Context())
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { r.chat.Run(ctx) })
	if !up.signed {
		r.gateway, err = NewGateway(r.app, discordtest.Token, api, nil)
		must(t, err)
		all.Go(func() {
			if err := r.gateway.Run(ctx); err != nil {
				log.Error("the gateway", "error", err)
			}
		})
		r.discord.AwaitReady(1)
	}
	r.stop = sync.OnceFunc(func() { cancel(); all.Wait(); must(t, l.Close()) })
	t.Cleanup(r.stop)
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sees waits until a person sees something of the app with words in it, in a
// channel, a thread or a direct message.
func (r *rig) sees(user, channel, words string) discordtest.Seen {
	r.Helper()
	var out discordtest.Seen
	r.discord.Until(user+" sees “"+words+"”", func() bool {
		for _, e := range r.discord.Transcript(user, channel).Entries {
			if e.App && strings.Contains(e.Words, words) {
				out = e
				return true
			}
		}
		return false
	})
	return out
}

// says waits until somebody is told a notice in a channel.
func (r *rig) says(user, channel string, n chat.Notice) discordtest.Seen {
	r.Helper()
	_, text := layout.Notice(n, notices)
	text, _, _ = strings.Cut(text, "\n")
	return r.sees(user, channel, text)
}

// idle waits until nothing is left to do.
func (r *rig) idle() {
	r.Helper()
	r.discord.Until("nothing to be left", func() bool { return r.chat.Backlog() == 0 })
}

const (
	member, colleague, admin, stranger = discordtest.Member, discordtest.Colleague, discordtest.Admin, discordtest.Stranger
	public, questions, committee       = discordtest.Public, discordtest.Questions, discordtest.Committee
)

const eligible = "My plan pays physical therapists but says massage therapists are not eligible. Is that legal in Washington?"

var mention = discordtest.Mention(discordtest.Bot)

// TestMention: a mention is answered in a thread that begins below it.
func TestMention(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	q := r.discord.Type(member, questions, mention+" "+eligible)
	a := r.discord.AwaitReply(member, q.Message)
	r.idle()
	threads := r.discord.Threads(questions)
	if len(threads) != 1 || a.Channel != threads[0].ID {
		t.Errorf("it stands in %s, threads %v", a.Channel, threads)
	}
	r.discord.Type(member, a.Channel, mention+" and if the employer funds it itself?")
	r.sees(member, a.Channel, "Does not bind: RCW 48.43.045")
	t.Log(r.discord.Transcript(member, a.Channel).String())
	t.Log(r.log.String())
}

// TestAskPrivately: a command is answered to the person alone, who can share.
func TestAskPrivately(t *testing.T) {
	t.Parallel()
	for _, signed := range []bool{false, true} {
		r := newRig(t, setUp{signed: signed})
		d := r.discord.Slash(member, public, "ask", discordtest.Values{"question": eligible})
		r.discord.AwaitOriginal(d)
		r.idle()
		t.Log(d.Trouble(), r.log.String())
		t.Log(r.discord.Transcript(member, public).String())
	}
}
