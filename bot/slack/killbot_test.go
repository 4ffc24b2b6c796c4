package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/corpus/library"
)

// These, in the environment of a test binary, make it the app on a ledger in
// a file, before a Slack, until it is killed; with a fault if one is named.
const (
	botFile   = "TEST_BOT_FILE"
	botSlack  = "TEST_BOT_SLACK"
	botToken  = "TEST_BOT_TOKEN"
	botSecret = "TEST_BOT_SECRET"
	botNow    = "TEST_BOT_NOW" // what Slack's clock says, in seconds
	botFault  = "TEST_BOT_FAULT"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(botFile); file != "" {
		fmt.Fprintln(os.Stderr, runBot(file))
		os.Exit(1)
	}
	os.Exit(m.Run())
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
	h := &http.Client{Timeout: 10 * time.Second}
	door, err := NewDoor(ctx, slack.New(os.Getenv(botToken), slack.OptionAPIURL(os.Getenv(botSlack)), slack.OptionHTTPClient(h)), h, View{Rules: rules}, now)
	if err != nil {
		return err
	}
	d, err := chat.New(chat.Options{Assistant: instant{}, Ledger: withFault(kept, os.Getenv(botFault)), Door: door, Gate: g, Rules: rules,
		PerPerson: -1, PerChannel: -1, Queue: 1 << 20, Poll: 5 * time.Millisecond, Slow: time.Hour})
	if err != nil {
		return err
	}
	app, err := NewApp(AppOptions{Door: door, Chat: d, Secrets: []string{os.Getenv(botSecret)}, Now: now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
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
	fmt.Println(listener.Addr())
	return <-failed
}

// instant answers at once, and always the same.
type instant struct{ chat.Assistant }

func (instant) Ask(context.Context, bot.Request) (*bot.Answer, error) {
	return &bot.Answer{Task: "ask", Model: "composer", Claims: []bot.Claim{{Text: "A sample of an answer.", Part: bot.Lead}}}, nil
}

// withFault puts in place of one guard of l one that agrees to everything.
func withFault(l ledger.Ledger, fault string) ledger.Ledger {
	switch fault {
	case "acknowledge before it is stored":
		return late{l}
	case "send again without looking":
		return heedless{l}
	}
	return l
}

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
