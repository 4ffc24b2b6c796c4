package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// These, in the environment of a test binary, make it a bot that works on a
// file for a platform until it is killed, with a fault if one is named.
const (
	botFile     = "TEST_BOT_FILE"
	botPlatform = "TEST_BOT_PLATFORM"
	botFault    = "TEST_BOT_FAULT"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(botFile); file != "" {
		fmt.Fprintln(os.Stderr, runBot(file, os.Getenv(botPlatform), os.Getenv(botFault)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// A bot is the smallest adapter there is: it accepts what is delivered to
// /event, and sends one reply for it.
type bot struct {
	ledger.Ledger
	platform string
}

// runBot prints the address it listens on.
func runBot(file, platform, fault string) error {
	ctx := context.Background()
	l, err := ledger.Open(ctx, file, ledger.Options{Grace: 150 * time.Millisecond, Attempts: 1000})
	if err != nil {
		return err
	}
	b := bot{withFault(l, fault), platform}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /event", b.event)
	mux.HandleFunc("GET /left", b.left)
	failed := make(chan error)
	go func() { failed <- http.Serve(listener, mux) }()
	for range 4 {
		go func() { failed <- b.work(ctx) }()
	}
	fmt.Println(listener.Addr())
	return <-failed
}

func (b bot) event(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err == nil {
		_, err = b.Accept(r.Context(), question(n))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// left says how many events are not finished.
func (b bot) left(w http.ResponseWriter, r *http.Request) {
	s, err := b.Stats(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, s.Waiting+s.Working+s.Failed)
}

func (b bot) work(ctx context.Context) error {
	for {
		j, ok, err := b.Claim(ctx, ledger.Want{Platform: "slack"})
		if err != nil {
			return err
		}
		if !ok {
			time.Sleep(2 * time.Millisecond)
			continue
		}
		if err := b.reply(ctx, j); err != nil {
			return err
		}
	}
}

// reply is what the package's documentation says.
func (b bot) reply(ctx context.Context, j ledger.Job) error {
	e, err := b.Begin(ctx, j, "reply")
	if err != nil {
		return err
	}
	id := ""
	if e.State == ledger.Doubtful {
		if id, err = b.call("GET", "/find", url.Values{"token": {e.Token}}); err != nil {
			return err
		}
	}
	if e.State == ledger.Fresh || e.State == ledger.Doubtful {
		if id == "" {
			if id, err = b.call("POST", "/send", url.Values{"event": {string(j.Text)}, "token": {e.Token}}); err != nil {
				return err
			}
		}
		if err := b.Settle(ctx, j, "reply", ledger.Done, id); err != nil {
			return err
		}
	}
	return b.Finish(ctx, j, "answered")
}

// call returns the platform's answer, or nothing where it knows of nothing.
func (b bot) call(method, path string, form url.Values) (string, error) {
	req, err := http.NewRequest(method, b.platform+path+"?"+form.Encode(), nil)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return "", err
	case resp.StatusCode == http.StatusNotFound:
		return "", nil
	case resp.StatusCode != http.StatusOK:
		return "", errors.New(resp.Status)
	}
	return strings.TrimSpace(string(text)), nil
}

// withFault puts in place of one guard of l one that agrees to everything.
func withFault(l ledger.Ledger, fault string) ledger.Ledger {
	switch fault {
	case "accept before it is stored":
		return late{l}
	case "send again without asking":
		return heedless{l}
	}
	return l
}

// late stores what it accepted a moment later.
type late struct{ ledger.Ledger }

func (l late) Accept(ctx context.Context, e ledger.Event) (bool, error) {
	time.AfterFunc(50*time.Millisecond, func() { l.Ledger.Accept(context.WithoutCancel(ctx), e) })
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
