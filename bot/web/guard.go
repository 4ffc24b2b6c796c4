package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"golang.org/x/time/rate"
)

// requestID is the header that names a request in the answer and the log.
const requestID = "X-Request-Id"

// logged notes each request by its route, never by its address or its words,
// and gives it a name of ours.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.Now()
		var b [8]byte
		rand.Read(b[:])
		id := hex.EncodeToString(b[:])
		w.Header().Set(requestID, id)
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(ww, r)
		route := chi.RouteContext(r.Context()).RoutePattern()
		if route == "" {
			route = "none"
		}
		s.Log.Info("request", slog.String("id", id), slog.String("method", method(r)), slog.String("route", route),
			slog.Int("status", ww.Status()), slog.Int("bytes", ww.BytesWritten()), slog.Duration("took", s.Now().Sub(start)))
	})
}

// method is the request's, or "other": a client may send any word.
func method(r *http.Request) string {
	if slices.Contains([]string{http.MethodGet, http.MethodPost, http.MethodHead, http.MethodOptions}, r.Method) {
		return r.Method
	}
	return "other"
}

// recovered turns a panic into a problem. What it said may hold words of the
// question, so only where it happened is logged.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				s.Log.Error("panic", slog.String("id", w.Header().Get(requestID)), slog.String("stack", frames(debug.Stack())))
				problem{Status: http.StatusInternalServerError, Detail: "Something broke here; nothing was kept. Ask again, and tell whoever runs this the request id."}.write(w)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// frames are the names of the functions of a stack, without their arguments.
func frames(stack []byte) string {
	var out []string
	for line := range strings.Lines(string(stack)) {
		if name, _, ok := strings.Cut(strings.TrimSpace(line), "("); ok && !strings.HasPrefix(line, "\t") {
			out = append(out, name)
		}
	}
	return strings.Join(out, " < ")
}

// named refuses a Host that is not one of ours: a page of another site that
// has its name point here must not read what is asked.
func (s *Server) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		host = strings.ToLower(strings.Trim(host, "[]"))
		if !slices.Contains(s.Hosts, host) {
			problem{Status: http.StatusMisdirectedRequest, Detail: "This server does not answer to that name. Whoever runs it can add the name with --host."}.write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// headers are those of every answer: nothing from elsewhere is loaded, nothing
// is framed, nothing is kept.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // with none, the page's own form would come as from nowhere
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// sameSite refuses what a page of another site sends.
func (s *Server) sameSite(next http.Handler) http.Handler {
	var p http.CrossOriginProtection
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		problem{Status: http.StatusForbidden, Detail: "That came from a page of another site, and is not answered."}.write(w)
	}))
	return p.Handler(next)
}

// A keyring knows who holds which key, by its hash, and how fast they may ask.
type keyring struct {
	holders []holder
}

type holder struct {
	name  string
	hash  [sha256.Size]byte
	limit *rate.Limiter // nil: none
}

func newKeyring(keys map[string]string, perMinute int) keyring {
	var k keyring
	for name, key := range keys {
		h := holder{name: name, hash: sha256.Sum256([]byte(key))}
		if perMinute > 0 {
			h.limit = rate.NewLimiter(rate.Limit(float64(perMinute)/60), max(1, perMinute/4))
		}
		k.holders = append(k.holders, h)
	}
	return k
}

// of returns the holder of a key, looking at all of them.
func (k *keyring) of(key string) *holder {
	sum := sha256.Sum256([]byte(key))
	var found *holder
	for i := range k.holders {
		if subtle.ConstantTimeCompare(sum[:], k.holders[i].hash[:]) == 1 {
			found = &k.holders[i]
		}
	}
	return found
}

// authorized wants a key where there are any: as a bearer token, or, from a
// browser, as the password of its own dialog.
func (s *Server) authorized(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(s.keys.holders) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			_, key, _ = r.BasicAuth()
		}
		h := s.keys.of(key)
		if h == nil {
			w.Header().Set("WWW-Authenticate", `Basic realm="advocate", charset="UTF-8"`)
			problem{Status: http.StatusUnauthorized, Detail: "This server wants a key: send it as \"Authorization: Bearer KEY\", or as the password that your browser asks for."}.write(w)
			return
		}
		if h.limit != nil && !h.limit.AllowN(s.Now(), 1) {
			w.Header().Set("Retry-After", "10")
			problem{Status: http.StatusTooManyRequests, Detail: "This key asks too fast. Wait a few seconds and ask again."}.write(w)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), holderName{}, h.name)))
	})
}

// holderName is the context's key for the name of the key's holder.
type holderName struct{}

// person is who asks, as limited licences count: the holder of the key, and
// without keys whoever this server is for.
func (s *Server) person(r *http.Request) string {
	if name, ok := r.Context().Value(holderName{}).(string); ok {
		return "key " + name
	}
	return s.Person
}

// limited bounds what a request may send, in bytes and in time.
func (s *Server) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if r.Method == http.MethodPost {
			http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.BodyTime))
		}
		next.ServeHTTP(w, r)
	})
}

// maxBody is the most bytes that a request may send: a draft of some hundred
// pages.
const maxBody = 2 << 20

// turn waits for a place among those who are answered, and reports whether
// there is one. The caller gives it back with done.
func (s *Server) turn(w http.ResponseWriter, r *http.Request) (done func(), ok bool) {
	busy := func() (func(), bool) {
		w.Header().Set("Retry-After", "5")
		problem{Status: http.StatusServiceUnavailable, Detail: "Too many are asking at once. Ask again in a few seconds."}.write(w)
		return nil, false
	}
	if s.slots.TryAcquire(1) {
		return func() { s.slots.Release(1) }, true
	}
	if s.waiting.Add(1) > max(64, 2*s.AtOnce) {
		s.waiting.Add(-1)
		return busy()
	}
	defer s.waiting.Add(-1)
	ctx, cancel := timeout(r, s.Wait)
	defer cancel()
	if s.slots.Acquire(ctx, 1) != nil {
		return busy()
	}
	return func() { s.slots.Release(1) }, true
}
