package remote

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"
	"golang.org/x/sync/semaphore"

	"github.com/everycategory/advocate/retrieval"
)

// A ServerConfig says what is served, and to whom. Index is required; the
// zero value of the rest serves nobody but who asks for health.
type ServerConfig struct {
	Index   retrieval.Index // the caller closes it
	Version Version
	Keys    []Key
	// Anyone are the scopes that may be searched without a key; nil: every
	// request needs one. It is for a listener on loopback.
	Anyone []string
	// Hosts are the names that a request may give as Host, without a port;
	// nil: loopback's names.
	Hosts []string
	// AtOnce is how many are answered at the same time; 0: 16. Eight times
	// as many wait, at most Wait (0: 5 seconds), the rest are told to come
	// back.
	AtOnce int64
	Wait   time.Duration
	// PerMinute is how many requests a key may send a minute; 0: no limit.
	PerMinute int
	// BodyTime is how long a body may take to arrive, and Longest how long
	// anything is worked at; 0: 20 and 60 seconds.
	BodyTime, Longest time.Duration
	Log               *slog.Logger // nil: nothing is logged
	Now               func() time.Time
}

// The most bytes of a request that reads, and of one that writes.
const (
	maxRead  = 4 << 20
	maxWrite = 64 << 20
)

// A Server is an http.Handler. It is safe for concurrent use.
type Server struct {
	http.Handler
	config   ServerConfig
	holders  []holder
	anyone   *holder // nil: nobody without a key
	slots    *semaphore.Weighted
	writing  *semaphore.Weighted // one at a time: bodies are large
	waiting  atomic.Int64
	draining atomic.Bool
	hashes   sync.Map // key to hashed
}

// NewServer returns a server. It fails only for a config without an Index.
func NewServer(c ServerConfig) (*Server, error) {
	if c.Index == nil {
		return nil, errors.New("remote: there is no index to serve")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Hosts == nil {
		c.Hosts = []string{"localhost", "127.0.0.1", "::1"}
	}
	c.AtOnce = or(c.AtOnce, 16)
	c.Wait, c.BodyTime, c.Longest = or(c.Wait, 5*time.Second), or(c.BodyTime, 20*time.Second), or(c.Longest, time.Minute)
	s := &Server{config: c, holders: holders(c.Keys, c.PerMinute), slots: semaphore.NewWeighted(c.AtOnce), writing: semaphore.NewWeighted(1)}
	if c.Anyone != nil {
		s.anyone = &holder{Key: Key{Name: "anyone", Scopes: c.Anyone}}
	}
	s.Handler = s.routes()
	return s, nil
}

// Drain makes /ready say no from now on: whoever balances load sends no more.
func (s *Server) Drain() { s.draining.Store(true) }

func (s *Server) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(s.logged, s.recovered, s.named)
	r.Get("/live", func(w http.ResponseWriter, _ *http.Request) { write(w, map[string]string{"status": "live"}) })
	r.Get("/ready", s.ready)
	r.NotFound(func(w http.ResponseWriter, _ *http.Request) {
		(&problem{Status: http.StatusNotFound, Detail: "There is nothing at this address: the retrieval service is under " + root + "."}).write(w)
	})
	r.MethodNotAllowed(func(w http.ResponseWriter, _ *http.Request) {
		(&problem{Status: http.StatusMethodNotAllowed, Detail: "This address wants POST; /live and /ready are got."}).write(w)
	})
	r.Group(func(r chi.Router) {
		r.Use(s.sameSite, s.authorized, s.versioned, s.timed)
		r.Post(searchRoute, reading(s, s.search))
		r.Post(lookupRoute, reading(s, s.lookup))
		r.Post(sourcesRoute, reading(s, s.sources))
		r.Post(idfRoute, reading(s, s.idf))
		r.Post(infoRoute, reading(s, s.info))
		r.Post(putRoute, changing(s, s.put))
		r.Post(deleteRoute, changing(s, s.delete))
	})
	return r
}

// ready says whether requests are welcome.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	status := "ready"
	if s.draining.Load() {
		status = "draining"
	} else if _, err := s.config.Index.Info(ctx); err != nil {
		status = "not ready"
	}
	w.Header().Set(versionHeader, s.config.Version.String())
	if status != "ready" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	write(w, map[string]string{"status": status})
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}
