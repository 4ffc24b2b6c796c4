package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/corpus/library"
)

// These, in the environment of a test binary, make it the app on a ledger in
// a file, before a Discord, until it is killed; with a fault if one is named.
const (
	botFile    = "TEST_BOT_FILE"
	botDiscord = "TEST_BOT_DISCORD" // the address of its API
	botToken   = "TEST_BOT_TOKEN"
	botKey     = "TEST_BOT_KEY" // of the application, where Discord calls; "" is the gateway
	botNow     = "TEST_BOT_NOW" // what Discord's clock says, in seconds
	botFault   = "TEST_BOT_FAULT"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(botFile); file != "" {
		fmt.Fprintln(os.Stderr, runBot(file))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// redirected sends everything to one address on loopback.
type redirected struct{ to string }

func (t redirected) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", t.to
	return http.DefaultTransport.RoundTrip(r)
}

// runBot prints the address it listens on.
func runBot(file string) error {
	ctx := context.Background()
	kept, err := ledger.Open(ctx, file, ledger.Options{Grace: 150 * time.Millisecond, Attempts: 1000, Noteless: chat.Noteless()})
	if err != nil {
		return err
	}
	seconds, err := strconv.ParseInt(os.Getenv(botNow), 10, 64)
	if err != nil {
		return err
	}
	now := func() time.Time { return time.Unix(seconds, 0) }
	rules, err := coverage.Load(library.FS())
	if err != nil {
		return err
	}
	g, err := gate()
	if err != nil {
		return err
	}
	api, err := NewAPI(os.Getenv(botToken), redirected{os.Getenv(botDiscord)}, now)
	if err != nil {
		return err
	}
	door, err := NewDoor(ctx, api, View{Rules: rules}, nil, now)
	if err != nil {
		return err
	}
	d, err := chat.New(chat.Options{Assistant: instant{}, Ledger: withFault(kept, os.Getenv(botFault)), Door: door, Gate: g, Rules: rules,
		PerPerson: -1, PerChannel: -1, Queue: 1 << 20, Poll: 5 * time.Millisecond, Slow: slowTime})
	if err != nil {
		return err
	}
	key, err := hex.DecodeString(os.Getenv(botKey))
	if err != nil {
		return err
	}
	app, err := NewApp(AppOptions{Door: door, Chat: d, Gate: g, Key: ed25519.PublicKey(key), Now: now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if _, err := app.Register(ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", app.Handler())
	mux.HandleFunc("GET /left", func(w http.ResponseWriter, r *http.Request) {
		s, err := kept.Stats(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, s.Waiting+s.Working+s.Failed)
	})
	failed := make(chan error)
	go func() { failed <- http.Serve(listener, mux) }()
	go func() { d.Run(ctx); failed <- errors.New("the dispatcher ended") }()
	if len(key) == 0 {
		gateway, err := NewGateway(app, os.Getenv(botToken), api, nil)
		if err != nil {
			return err
		}
		go func() { failed <- errors.Join(errors.New("the gateway ended"), gateway.Run(ctx)) }()
	}
	fmt.Println(listener.Addr())
	return <-failed
}

// Words of a question by which instant answers it otherwise: at length, and
// so slowly that a line says meanwhile that there is work.
const (
	atLength = "at length"
	slowly   = "slowly"
	slowTime = 20 * time.Millisecond
)

// instant answers at once, and always the same.
type instant struct{ chat.Assistant }

func (instant) Ask(_ context.Context, r bot.Request) (*bot.Answer, error) {
	if strings.Contains(r.Text, slowly) {
		time.Sleep(3 * slowTime)
	}
	out := &bot.Answer{Task: "ask", Model: "composer", Claims: []bot.Claim{{Text: "A sample of an answer.", Part: bot.Lead}}}
	if strings.Contains(r.Text, atLength) {
		for i := range lengthyParts - 1 {
			out.Claims = append(out.Claims, bot.Claim{Text: fmt.Sprint("Part ", i, " of it. ") + strings.Repeat("More is said. ", 120), Part: bot.Lead})
		}
	}
	return out, nil
}

// lengthyParts is how many messages an answer at length is.
const lengthyParts = 3

// withFault puts in place of one guard of l one that agrees to everything.
func withFault(l ledger.Ledger, fault string) ledger.Ledger {
	switch fault {
	case storedLater:
		return late{l}
	case withoutLooking:
		return heedless{l}
	}
	return l
}

// The faults.
const (
	storedLater    = "acknowledge before it is stored"
	withoutLooking = "send again without looking"
)

// late stores what it accepted a second later.
type late struct{ ledger.Ledger }

func (l late) Accept(ctx context.Context, e ledger.Event) (bool, error) {
	time.AfterFunc(time.Second, func() { _, _ = l.Ledger.Accept(context.WithoutCancel(ctx), e) })
	return true, nil
}

// heedless takes what was begun for fresh.
type heedless struct{ ledger.Ledger }

func (l heedless) Begin(ctx context.Context, j ledger.Job, name string) (ledger.Effect, error) {
	e, err := l.Ledger.Begin(ctx, j, name)
	if e.State == ledger.Doubtful {
		e.State = ledger.Fresh
	}
	return e, err
}
