package trust

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// BotArg is the argument by which a program is asked to run a bot; file,
// platform and fault follow it.
const BotArg = "eval-bot"

// Bots gives the command, with its first arguments, that runs RunBot in a
// process of its own.
type Bots func() ([]string, error)

// A ledgerBot is the smallest adapter there is: it accepts what is delivered
// to /event into a ledger, and sends one reply for it.
type ledgerBot struct {
	ledger.Ledger
	platform string
}

// RunBot runs a bot on the ledger in file for a platform on loopback until the
// process is killed. It prints where it listens. A fault, if one is named, is
// put in the place of a guard.
func RunBot(ctx context.Context, out io.Writer, file, platform, fault string) error {
	l, err := ledger.Open(ctx, file, ledger.Options{Grace: 150 * time.Millisecond, Attempts: 1000})
	if err != nil {
		return err
	}
	b := ledgerBot{l, platform}
	switch fault {
	case acceptsEarly:
		b.Ledger = early{l}
	case sendsAgain:
		b.Ledger = heedless{l}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /event", b.event)
	mux.HandleFunc("GET /left", b.left)
	failed := make(chan error, 5)
	go func() { failed <- http.Serve(listener, mux) }()
	for range 4 {
		go func() { failed <- b.work(ctx) }()
	}
	fmt.Fprintln(out, listener.Addr())
	return <-failed
}

func (b ledgerBot) event(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err == nil {
		_, err = b.Accept(r.Context(), ledger.Event{
			Keys: []ledger.Key{ledger.Key(fmt.Sprint("Ev", n))}, Kind: "ask", Text: ledger.Text(fmt.Sprint(n)),
			From: ledger.Principal{Platform: "slack", Workspace: "T1", User: "U1"},
			At:   ledger.Place{Platform: "slack", Workspace: "T1", Channel: "C1", Thread: fmt.Sprint(n)}})
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// left says how many events are not finished.
func (b ledgerBot) left(w http.ResponseWriter, r *http.Request) {
	s, err := b.Stats(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, s.Waiting+s.Working+s.Failed)
}

func (b ledgerBot) work(ctx context.Context) error {
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

// reply sends a reply once, as the ledger's documentation says.
func (b ledgerBot) reply(ctx context.Context, j ledger.Job) error {
	e, err := b.Begin(ctx, j, "reply")
	if err != nil {
		return err
	}
	id := ""
	if e.State == ledger.Doubtful {
		if id, err = b.call(ctx, "GET", "/find", url.Values{"token": {e.Token}}); err != nil {
			return err
		}
	}
	if e.State == ledger.Fresh || e.State == ledger.Doubtful {
		if id == "" {
			if id, err = b.call(ctx, "POST", "/send", url.Values{"event": {string(j.Text)}, "token": {e.Token}}); err != nil {
				return err
			}
		}
		if err := b.Settle(ctx, j, "reply", ledger.Done, id); err != nil {
			return err
		}
	}
	return b.Finish(ctx, j, "answered")
}

// call gives the platform's answer, or nothing where it knows of nothing.
func (b ledgerBot) call(ctx context.Context, method, path string, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, method, b.platform+path+"?"+form.Encode(), nil)
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

// The faults, each in the place of one guard.
const (
	acceptsEarly = "acknowledges before it is stored"
	sendsAgain   = "sends again without asking"
)

// early stores what it accepted a moment later.
type early struct{ ledger.Ledger }

func (l early) Accept(ctx context.Context, e ledger.Event) (bool, error) {
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
