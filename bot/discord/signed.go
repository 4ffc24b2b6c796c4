package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// InteractionsPath is where Discord calls, where it is told to.
const InteractionsPath = "/discord/interactions"

const (
	maxBody  = 1 << 20
	signTime = 5 * time.Minute
	readTime = 300 * time.Millisecond // for Discord to read an answer
)

// Handler takes signed interactions at InteractionsPath. A request is read
// only once its signature was checked: Discord tries wrong ones on purpose.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+InteractionsPath, func(w http.ResponseWriter, r *http.Request) {
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
		var i interaction
		if json.Unmarshal(body, &i) != nil {
			http.Error(w, "the interaction cannot be read", http.StatusBadRequest)
			return
		}
		announced := a.Door.announcing(i.ID)
		defer time.AfterFunc(readTime, announced)
		c := a.interaction(ctx, i)
		if c == nil {
			c = thinking(true) // it came before; Discord wants an answer to each
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(c); err != nil {
			a.Log.Warn("discord: not acknowledged", "error", err)
		}
	})
	return mux
}

// genuine reports whether the application's key signed a body, lately.
func (a *App) genuine(h http.Header, body []byte) bool {
	stamp := h.Get("X-Signature-Timestamp")
	at, err := strconv.ParseInt(stamp, 10, 64)
	sig, bad := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || bad != nil || len(sig) != ed25519.SignatureSize || len(a.Key) != ed25519.PublicKeySize || a.Now().Sub(time.Unix(at, 0)).Abs() > signTime {
		return false
	}
	return ed25519.Verify(a.Key, append([]byte(stamp), body...), sig)
}
