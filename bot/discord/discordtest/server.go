package discordtest

import (
	"crypto/ed25519"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat/chattest"
)

// Options say how the app is set up. The zero value is an app in two guilds
// that gets everything over the gateway, with no privileged intent.
type Options struct {
	// Handler gets the interactions, signed; nil sends them over the gateway.
	Handler http.Handler
	// InteractionsPath is where; "" is "/discord/interactions".
	InteractionsPath string

	Privileged  int           // the privileged intents that the portal enables
	Permissions int64         // of the app's role in Guild, beside everybody's; 0 is LeastPermissions
	Shards      int           // the gateway asks for so many; 0 is one
	Heartbeat   time.Duration // that the gateway asks for, of real time; 0 is 41.25 s

	Seed     uint64    // of every choice
	Start    time.Time // of the clock; zero is a fixed day
	Patience time.Duration
	// Patience is how much real time a delivery is waited for before the test
	// goes on without it; zero is two seconds.

	RateLimits bool // send the headers of the buckets, and answer 429 by the clock
	Silent     bool // send no events of what the app itself posts
}

// LeastPermissions are those that the product needs at least.
const LeastPermissions = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | AddReactions |
	CreatePublicThreads | SendInThreads

// Token is the bot's; it goes after "Bot ".
const Token = "sample-bot-token"

// A Server is one fake Discord. Its methods may be used by any goroutine,
// except those that say they end the test, which belong to the test's.
type Server struct {
	Clock *chattest.Clock

	t    testing.TB
	opts Options
	web  *httptest.Server
	wg   sync.WaitGroup // deliveries and connections under way
	key  ed25519.PrivateKey

	mu     sync.Mutex
	change chan struct{} // closed and renewed at each change
	closed bool
	rng    *rand.Rand
	last   int64 // snowflake
	token  string

	users    map[string]*User
	guilds   map[string]*Place
	channels map[string]*Channel
	messages map[string][]*Message // by channel, by age
	nonces   map[string]nonce
	commands map[string][]obj // by guild; "" is global
	created  map[string][]time.Time
	files    map[string]*File

	interactions map[string]*interaction // by token
	modals       map[string]*Modal       // by user
	deliveries   []*Delivery

	calls   []*Call
	faults  []*fault
	used    map[string]*bucket
	invalid []time.Time
	gateway gateway
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
	if opts.Permissions == 0 {
		opts.Permissions = LeastPermissions
	}
	if opts.Heartbeat == 0 {
		opts.Heartbeat = 41250 * time.Millisecond
	}
	opts.InteractionsPath = or(opts.InteractionsPath, "/discord/interactions")
	s := &Server{
		Clock: chattest.NewClock(opts.Start, opts.Patience), t: t, opts: opts, change: make(chan struct{}), token: Token,
		rng: rand.New(rand.NewPCG(opts.Seed, 0xd15c)), users: map[string]*User{}, guilds: map[string]*Place{},
		channels: map[string]*Channel{}, messages: map[string][]*Message{}, nonces: map[string]nonce{}, commands: map[string][]obj{},
		created: map[string][]time.Time{}, files: map[string]*File{}, interactions: map[string]*interaction{}, modals: map[string]*Modal{},
		used: map[string]*bucket{}, gateway: gateway{sessions: map[string]*session{}},
	}
	s.key = ed25519.NewKeyFromSeed([]byte("a sample seed for the fake keys!"))
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

// close ends what is under way and waits for it.
func (s *Server) close() {
	s.mu.Lock()
	s.closed = true
	conns := s.conns()
	s.mu.Unlock()
	s.Clock.Stop()
	for _, c := range conns {
		c.cut()
	}
	over := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(5 * time.Second):
		s.t.Error("discordtest: a delivery did not end")
	}
	s.web.CloseClientConnections()
	s.web.Close()
}

// URL is the base of the REST API, version 10. Version 9 is there too.
func (s *Server) URL() string { return s.web.URL + "/api/v10" }

// BotToken is the token as it is sent, with "Bot " before it.
func (s *Server) BotToken() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return "Bot " + s.token
}

// ResetToken makes the token so far invalid, as the portal's button does.
func (s *Server) ResetToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = "sample-bot-token-" + s.snowflake()
}

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
		if cond() {
			return
		}
		select {
		case <-change:
		case <-poll.C:
		case <-limit:
			s.t.Fatalf("discordtest: waited in vain for %s", what)
		}
	}
}

// fatalf ends the test. The lock may be held by the caller: it defers the
// unlocking.
func (s *Server) fatalf(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("discordtest: "+format, args...)
}

// epoch is when snowflakes began.
const epoch = 1420070400000

// snowflake makes an id: the time of the clock, and later than the last. The
// lock is held.
func (s *Server) snowflake() string {
	s.last = max((s.Clock.Now().UnixMilli()-epoch)<<22, s.last+1)
	return strconv.FormatInt(s.last, 10)
}

// Made is when a snowflake was made.
func Made(id string) time.Time {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(n>>22 + epoch).UTC()
}
