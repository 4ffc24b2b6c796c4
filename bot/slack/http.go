package slack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/slack-go/slack"
)

// The paths that the manifest names.
const (
	EventsPath       = "/slack/events"
	CommandsPath     = "/slack/commands"
	InteractionsPath = "/slack/interactions"
)

const (
	maxBody  = 1 << 20
	ackTime  = 2800 * time.Millisecond // Slack waits three seconds
	signTime = 5 * time.Minute
)

// Handler takes signed requests at the three paths. A request is read only
// once its signature was checked, and answered with 200 only once what it
// asks for is in the ledger: otherwise Slack delivers it again.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+EventsPath, a.signed(a.serveEvent))
	mux.HandleFunc("POST "+CommandsPath, a.signed(a.serveCommand))
	mux.HandleFunc("POST "+InteractionsPath, a.signed(a.serveInteraction))
	return mux
}

// signed lets a request through whose signature is good, with its body.
func (a *App) signed(next func(ctx context.Context, w http.ResponseWriter, body []byte) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var long *http.MaxBytesError
		switch {
		case errors.As(err, &long):
			http.Error(w, "the body is too long", http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			http.Error(w, "the body cannot be read", http.StatusBadRequest)
			return
		case !a.genuine(r.Header, body):
			http.Error(w, "the signature is wrong or old", http.StatusUnauthorized)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), ackTime)
		defer cancel()
		defer func() {
			if v := recover(); v != nil {
				a.panicked(v)
				http.Error(w, "not accepted: deliver it again", http.StatusInternalServerError)
			}
		}()
		if err := next(ctx, w, body); err != nil {
			a.Log.Error("slack: not accepted", "path", r.URL.Path, "error", err)
			http.Error(w, "not accepted: deliver it again", http.StatusServiceUnavailable)
		}
	}
}

// panicked logs a panic without its text, which may hold a person's.
func (a *App) panicked(v any) {
	a.Log.Error("slack: a panic; not accepted", "type", fmt.Sprintf("%T", v))
}

// genuine reports whether one of the secrets signed a body, lately.
func (a *App) genuine(h http.Header, body []byte) bool {
	stamp := h.Get("X-Slack-Request-Timestamp")
	at, err := strconv.ParseInt(stamp, 10, 64)
	got, bad := hex.DecodeString(cutPrefix(h.Get("X-Slack-Signature"), "v0="))
	if err != nil || bad != nil || a.Now().Sub(time.Unix(at, 0)).Abs() > signTime {
		return false
	}
	good := false
	for _, secret := range a.Secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte("v0:" + stamp + ":"))
		mac.Write(body)
		good = hmac.Equal(got, mac.Sum(nil)) && secret != "" || good
	}
	return good
}

// cutPrefix is s without its prefix, or what is no hexadecimal.
func cutPrefix(s, prefix string) string {
	if len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return "?"
	}
	return s[len(prefix):]
}

func (a *App) serveEvent(ctx context.Context, w http.ResponseWriter, body []byte) error {
	var o outer
	switch {
	case json.Unmarshal(body, &o) != nil:
		a.Log.Warn("slack: a delivery that cannot be read")
	case o.Type == "url_verification":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, err := io.WriteString(w, o.Challenge)
		return err
	case o.Type == "event_callback":
		return a.event(ctx, o)
	}
	return nil
}

func (a *App) serveCommand(ctx context.Context, _ http.ResponseWriter, body []byte) error {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		a.Log.Warn("slack: a command that cannot be read")
		return nil
	}
	return a.command(ctx, slack.SlashCommand{TeamID: form.Get("team_id"), ChannelID: form.Get("channel_id"), UserID: form.Get("user_id"),
		Command: form.Get("command"), Text: form.Get("text"), ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id")})
}

func (a *App) serveInteraction(ctx context.Context, w http.ResponseWriter, body []byte) error {
	form, err := url.ParseQuery(string(body))
	var c slack.InteractionCallback
	if err != nil || json.Unmarshal([]byte(form.Get("payload")), &c) != nil {
		a.Log.Warn("slack: an interaction that cannot be read")
		return nil
	}
	out, err := a.interaction(ctx, c)
	if err != nil || out == nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(out)
}

// interaction does what a person did in Slack; out is what Slack is answered.
func (a *App) interaction(ctx context.Context, c slack.InteractionCallback) (out any, err error) {
	switch c.Type {
	case slack.InteractionTypeBlockActions:
		return nil, a.pressed(ctx, c)
	case slack.InteractionTypeViewSubmission:
		return a.submitted(ctx, c)
	case slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		return nil, a.shortcut(ctx, c)
	}
	return nil, nil
}
