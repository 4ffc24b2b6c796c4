// Package web is the HTTP door: an API under /v1 and a page for people. Both
// show the answer value of bot.Assistant; nothing of an answer is sent before
// it is checked. No text of a question is in a log, an error or an address.
package web

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"
	"golang.org/x/sync/semaphore"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
)

// A Config says what is served, and to whom. Assistant is required; the zero
// value of the rest serves public documents to loopback names only.
type Config struct {
	Assistant *bot.Assistant
	// Hosts are the names that a request may give as Host, without a port;
	// nil: loopback's names.
	Hosts []string
	// Keys are the bearer keys by the name of who holds each; where there
	// are any, every request needs one but those of health.
	Keys map[string]string
	// Own are the scopes beside public ones that everyone who is let in may
	// search.
	Own []string
	// Person is who asks where there are no keys: limited licences count by
	// it. With keys, each holder is a person.
	Person string
	// Notes says that notes and denials may be sent here: the server serves this
	// machine alone, or whoever runs it has signed agreements for health information.
	Notes bool
	// AtOnce is how many questions are answered at the same time; 0: 8.
	// Twice as many wait, at most Wait (0: 10 seconds), the rest are told to
	// come back.
	AtOnce int64
	Wait   time.Duration
	// BodyTime is how long a body may take to arrive; 0: 20 seconds.
	BodyTime time.Duration
	// PerMinute is how many requests a key may send a minute; 0: no limit.
	PerMinute int
	Exports   Exporter // nil: documents are shown and not written as files
	// Lacking names what else does not work, for /ready; nil: nothing.
	Lacking func() []string
	Log     *slog.Logger // nil: nothing is logged
	Now     func() time.Time
	Version string
}

// A Server is an http.Handler. It is safe for concurrent use.
type Server struct {
	Config
	http.Handler
	pages    *pages
	keys     keyring
	sealKey  []byte // of documents on their way to a file
	slots    *semaphore.Weighted
	waiting  atomic.Int64
	draining atomic.Bool
}

// New returns a server. It fails only for a Config without an Assistant.
func New(c Config) (*Server, error) {
	if c.Assistant == nil {
		return nil, errors.New("web: there is no assistant to serve")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.AtOnce == 0 {
		c.AtOnce = 8
	}
	if c.Wait == 0 {
		c.Wait = 10 * time.Second
	}
	if c.BodyTime == 0 {
		c.BodyTime = 20 * time.Second
	}
	if c.Hosts == nil {
		c.Hosts = []string{"localhost", "127.0.0.1", "::1"}
	}
	s := &Server{Config: c, slots: semaphore.NewWeighted(c.AtOnce), keys: newKeyring(c.Keys, c.PerMinute), sealKey: make([]byte, 32)}
	rand.Read(s.sealKey) // never fails
	var err error
	if s.pages, err = loadPages(); err != nil {
		return nil, err
	}
	s.Handler = s.routes()
	return s, nil
}

// Drain makes /ready say no from now on: whoever balances load sends no more.
func (s *Server) Drain() { s.draining.Store(true) }

func (s *Server) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(s.logged, s.recovered, s.named, s.headers)
	r.Get("/live", s.live)
	r.Get("/ready", s.ready)
	r.NotFound(s.notFound)
	r.MethodNotAllowed(s.methodNotAllowed)
	r.Group(func(r chi.Router) {
		r.Use(s.sameSite, s.authorized, s.limited)
		r.Post("/v1/ask", post(s, anybody, asProblem, s.ask))
		r.Post("/v1/search", post(s, anybody, asProblem, s.search))
		r.Post("/v1/check", post(s, anybody, asProblem, s.check))
		r.Post("/v1/rewrite", post(s, s.notes, noteProblem, s.rewrite))
		r.Post("/v1/rebut", post(s, s.denials, noteProblem, s.rebut))
		r.Post("/v1/testify", post(s, anybody, testifyProblem, s.testify))
		r.Get("/v1/sources", s.getSources)
		r.Get("/v1/sources/{id}", s.getSource)
		r.Get("/v1/receipts/{id}", s.getReceipt)
		r.Get("/v1/openapi.json", s.getOpenAPI)

		r.Get("/", s.pageHome)
		r.Post("/ask", s.pageAsk)
		r.Get("/rewrite", s.pageRewrite)
		r.Post("/rewrite", s.pageRewritten)
		r.Get("/rebut", s.pageRebut)
		r.Post("/rebut", s.pageRebutted)
		r.Get("/testify", s.pageTestify)
		r.Post("/testify", s.pageTestified)
		r.Post("/document", s.pageDocument)
		r.Get("/check", s.pageCheck)
		r.Post("/check", s.pageChecked)
		r.Get("/library", s.pageLibrary)
		r.Get("/library/{id}", s.pageSource)
		r.Get("/proof", s.pageProof)
		r.Get("/static/{name}", s.static)
	})
	return r
}

// scopes are those that a request may search.
func (s *Server) scopes() []string { return append([]string{corpus.PublicScope}, s.Own...) }

// live says that the process runs.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"status": "live"})
}

// ready says whether requests are welcome, and what does not work.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		writeJSON(w, http.StatusServiceUnavailable, map[string]any{"status": "draining"})
		return
	}
	lacking := []string{}
	if _, err := s.Assistant.Retriever.Index.Info(r.Context()); err != nil {
		lacking = append(lacking, "index")
		if s.Lacking != nil {
			lacking = append(lacking, s.Lacking()...)
		}
		writeJSON(w, http.StatusServiceUnavailable, map[string]any{"status": "not ready", "lacking": lacking})
		return
	}
	if s.Assistant.Receipts == nil || s.Assistant.Receipts.Writable() != nil {
		lacking = append(lacking, "receipts")
	}
	if s.Lacking != nil {
		lacking = append(lacking, s.Lacking()...)
	}
	status := "ready"
	if len(lacking) > 0 {
		status = "degraded"
	}
	writeJSON(w, http.StatusOK, map[string]any{"status": status, "lacking": lacking})
}
