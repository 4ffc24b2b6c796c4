package slacktest

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat/chattest"
)

// Options say how the workspace and the app are set up. The zero value is an
// app declared as an agent, with every scope and every event, that nothing is
// delivered to.
type Options struct {
	Handler  http.Handler // gets the signed requests; nil is none
	Socket   bool         // deliver over Socket Mode instead of to Handler
	Classic  bool         // the app is not declared as an agent
	Scopes   []string     // of the bot token; nil is AllScopes
	Events   []string     // subscribed to, as "app_mention", "message.im"; nil is all
	Seed     uint64       // of ids and of every order
	Start    time.Time    // of the clock; zero is a fixed day
	Patience time.Duration
	// Patience is how much real time a delivery is waited for before the test
	// goes on without it; zero is two seconds.

	RateLimits bool // answer 429 past the tiers, by the clock
	Silent     bool // send no events of what the app itself posts

	// Paths of the three request URLs of the manifest.
	EventsPath, CommandsPath, InteractionsPath string
}

// A Server is one fake Slack. Its methods may be used by any goroutine, except
// those that say they end the test, which belong to the test's.
type Server struct {
	Clock *chattest.Clock

	t    testing.TB
	opts Options
	web  *httptest.Server
	wg   sync.WaitGroup // deliveries under way
	quit chan struct{}  // closed at the end

	mu     sync.Mutex
	change chan struct{} // closed and renewed at each change
	closed bool
	rng    *rand.Rand
	serial int

	users    map[string]*User
	channels map[string]*Channel
	tokens   map[string]*token
	secrets  []string // the one that signs first

	posts    map[string][]*Message // by channel, by time
	private  map[string][]*Message // of these, the ephemeral ones that are in no thread
	lastTS   map[string]int64      // by channel, in microseconds
	stacks   map[string][]*View    // modals by user
	homes    map[string]*View
	triggers map[string]*trigger
	hooks    map[string]*hook
	files    map[string]*File
	threads  map[string]*threadState
	looking  map[string]string // channels by user, for app_context

	calls      []*Call
	faults     []*fault
	used       map[string][]time.Time // calls by bucket, for the limits
	deliveries []*Delivery
	socket     socket
}

// New starts a server on loopback; it is closed when the test ends.
func New(t testing.TB, opts Options) *Server {
	t.Helper()
	if opts.Start.IsZero() {
		opts.Start = time.Date(2026, time.November, 10, 17, 0, 0, 0, time.UTC)
	}
	if opts.Patience == 0 {
		opts.Patience = 2 * time.Second
	}
	opts.EventsPath = or(opts.EventsPath, "/slack/events")
	opts.CommandsPath = or(opts.CommandsPath, "/slack/commands")
	opts.InteractionsPath = or(opts.InteractionsPath, "/slack/interactions")
	if opts.Scopes == nil {
		opts.Scopes = AllScopes()
	}
	s := &Server{
		Clock: chattest.NewClock(opts.Start, opts.Patience), t: t, opts: opts, quit: make(chan struct{}), change: make(chan struct{}),
		rng:   rand.New(rand.NewPCG(opts.Seed, 0x51ac)),
		users: map[string]*User{}, channels: map[string]*Channel{}, posts: map[string][]*Message{}, private: map[string][]*Message{}, lastTS: map[string]int64{},
		stacks: map[string][]*View{}, homes: map[string]*View{}, triggers: map[string]*trigger{}, hooks: map[string]*hook{},
		files: map[string]*File{}, threads: map[string]*threadState{}, looking: map[string]string{}, used: map[string][]time.Time{},
		secrets: []string{"sample-signing-secret-1"},
		tokens:  map[string]*token{botToken(Team): {team: Team}, botToken(OtherTeam): {team: OtherTeam}, appToken: {team: Team, app: true}},
	}
	s.socket.init()
	s.addSamples()
	s.web = httptest.NewServer(s.routes())
	t.Cleanup(s.close)
	return s
}

func or(value, instead string) string {
	if value == "" {
		return instead
	}
	return value
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("POST /upload/{id}", s.serveUpload)
	mux.HandleFunc("GET /files/{id}/{name}", s.serveFile)
	mux.HandleFunc("POST /response/{id}", s.serveHook)
	mux.HandleFunc("GET /socket/{ticket}", s.serveSocket)
	return mux
}

// close ends what is under way and waits for it.
func (s *Server) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	close(s.quit)
	s.Clock.Stop()
	s.socket.closeAll()
	over := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(5 * time.Second):
		s.t.Error("slacktest: a delivery did not end")
	}
	s.web.CloseClientConnections()
	s.web.Close()
}

// URL is the base of the Web API, for slack.OptionAPIURL.
func (s *Server) URL() string { return s.web.URL + "/api/" }

// Touch tells Until that something else changed.
func (s *Server) Touch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
}

func (s *Server) touch() {
	close(s.change)
	s.change = make(chan struct{})
}

// Until waits until cond holds, which is asked after each change of the
// server. It ends the test after a minute of real time.
func (s *Server) Until(what string, cond func() bool) {
	s.t.Helper()
	limit := time.After(time.Minute)
	poll := time.NewTicker(20 * time.Millisecond)
	defer poll.Stop()
	for {
		s.mu.Lock()
		change := s.change
		s.mu.Unlock()
		asked := time.Now()
		if cond() {
			return
		}
		if took := time.Since(asked); took > time.Millisecond {
			time.Sleep(10 * took) // a long question is not asked at each change
		}
		select {
		case <-change:
		case <-poll.C:
		case <-limit:
			s.t.Fatalf("slacktest: waited in vain for %s", what)
		}
	}
}

// id makes a name that is not used yet. The lock is held.
func (s *Server) id(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%04d%04X", prefix, s.serial, s.rng.IntN(1<<16))
}

func (s *Server) subscribed(event string) bool {
	return s.opts.Events == nil || slices.Contains(s.opts.Events, event)
}
