package remote

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"golang.org/x/sync/semaphore"
)

// logged notes each request by its route and by who holds its key, never by
// its words.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.config.Now()
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		who := new(string)
		next.ServeHTTP(ww, r.WithContext(context.WithValue(r.Context(), whoKey{}, who)))
		route := chi.RouteContext(r.Context()).RoutePattern()
		if route == "" {
			route = "none"
		}
		s.config.Log.Info("request", slog.String("route", route), slog.String("key", *who), slog.Int("status", ww.Status()),
			slog.Int("bytes", ww.BytesWritten()), slog.Duration("took", s.config.Now().Sub(start)))
	})
}

// whoKey is the context's key for the name that is logged, holderKey that for
// the *holder.
type (
	whoKey    struct{}
	holderKey struct{}
)

// recovered turns a panic into a problem. What it said may hold words, so
// only where it happened is logged.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				s.config.Log.Error("panic", slog.String("stack", frames(debug.Stack())))
				(&problem{Status: http.StatusInternalServerError, Detail: "Something broke here."}).write(w)
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

// named refuses a Host that is not one of ours.
func (s *Server) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !slices.Contains(s.config.Hosts, strings.ToLower(strings.Trim(host, "[]"))) {
			(&problem{Status: http.StatusMisdirectedRequest, Detail: "This server does not answer to that name. Whoever runs it can add the name with --hosts."}).write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sameSite refuses what a page of another site sends.
func (s *Server) sameSite(next http.Handler) http.Handler {
	var p http.CrossOriginProtection
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		(&problem{Status: http.StatusForbidden, Detail: "That came from a page, and is not answered."}).write(w)
	}))
	return p.Handler(next)
}

// authorized wants a key, unless anyone may search.
func (s *Server) authorized(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		h := s.anyone
		if ok || h == nil {
			h = holderOf(s.holders, key)
		}
		if h == nil {
			w.Header().Set("WWW-Authenticate", `Bearer realm="advocate retrieval"`)
			(&problem{http.StatusUnauthorized, keyCode, "It wants a key, and the one that was sent is none that it knows."}).write(w)
			return
		}
		if who, ok := r.Context().Value(whoKey{}).(*string); ok {
			*who = h.Name
		}
		if h.limit != nil && !h.limit.AllowN(s.config.Now(), 1) {
			(&problem{http.StatusTooManyRequests, busyCode, "This key asks too fast."}).write(w)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), holderKey{}, h)))
	})
}

// versioned says which version this is, and refuses who says another one.
func (s *Server) versioned(next http.Handler) http.Handler {
	mine := s.config.Version.String()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(versionHeader, mine)
		if theirs := r.Header.Get(versionHeader); theirs != "" && theirs != mine {
			(&problem{http.StatusConflict, versionCode, s.config.Version.differs("The client", theirs)}).write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// timed bounds the time of a request by what the client waits and by what
// the server works at most.
func (s *Server) timed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d := s.config.Longest
		if ms, err := strconv.Atoi(r.Header.Get(timeoutHeader)); err == nil && ms > 0 {
			d = min(d, time.Duration(min(ms, 1<<30))*time.Millisecond)
		}
		ctx, cancel := context.WithTimeout(r.Context(), d)
		defer cancel()
		http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.config.BodyTime))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// turn waits for a place in among, and says where there is none. The caller
// gives it back with done.
func (s *Server) turn(ctx context.Context, among *semaphore.Weighted) (done func(), p *problem) {
	busy := &problem{http.StatusServiceUnavailable, busyCode, "Too many are asking at once."}
	done = func() { among.Release(1) }
	if among.TryAcquire(1) {
		return done, nil
	}
	if s.waiting.Add(1) > 8*s.config.AtOnce {
		s.waiting.Add(-1)
		return nil, busy
	}
	defer s.waiting.Add(-1)
	ctx, cancel := context.WithTimeout(ctx, s.config.Wait)
	defer cancel()
	if among.Acquire(ctx, 1) != nil {
		return nil, busy
	}
	return done, nil
}
