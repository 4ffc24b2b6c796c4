package chat

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus/library"
)

// shared are what all tests read and none changes.
var shared = sync.OnceValues(func() (common, error) {
	g, err := phi.New()
	if err != nil {
		return common{}, err
	}
	r, err := coverage.Load(library.FS())
	return common{g, r}, err
})

type common struct {
	gate  *phi.Gate
	rules *coverage.Rules
}

// A message is one that the fake platform has.
type message struct {
	id, token string
	to        To
	said      Saying
	shape     Shape
	part      int
	file      *File
	over      string
}

// A platform is a door to nowhere that remembers what was sent.
type platform struct {
	mu     sync.Mutex
	sent   []message
	stages []bot.Stage
	parts  int                                    // posts of an answer; 0: 1
	before func(to To, p Post, over string) error // what goes wrong before it is sent
	after  func(p Post) error                     // and after
	lost   bool                                   // what was sent cannot be looked for
	who    Who
	whoErr error
	looks  int
}

type laid struct {
	said  Saying
	shape Shape
	part  int
}

func (p *platform) Platform() string { return "fake" }

func (p *platform) Mention(who ledger.Principal) string { return "@" + who.User }

func (p *platform) Lay(s Saying, sh Shape) []Post {
	n := 1
	if s.Answer != nil {
		n = max(1, p.parts)
	}
	var out []Post
	for i := range n {
		out = append(out, Post{Body: laid{s, sh, i}})
	}
	return out
}

func (p *platform) Send(ctx context.Context, to To, post Post, token, over string) (string, error) {
	if p.before != nil {
		if err := p.before(to, post, over); err != nil {
			return "", err
		}
	}
	p.mu.Lock()
	l, _ := post.Body.(laid)
	id := "m" + strconv.Itoa(len(p.sent)+1)
	p.sent = append(p.sent, message{id, token, to, l.said, l.shape, l.part, post.File, over})
	p.mu.Unlock()
	if p.after != nil {
		return id, p.after(post)
	}
	return id, ctx.Err()
}

func (p *platform) Find(_ context.Context, _ To, _ Post, token string) (string, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.looks++
	if p.lost {
		return "", false, ErrUnfindable
	}
	for _, m := range p.sent {
		if m.token == token {
			return m.id, true, nil
		}
	}
	return "", false, nil
}

func (p *platform) React(_ context.Context, _ To, stage bot.Stage) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stages = append(p.stages, stage)
	return errors.New("not set")
}

func (p *platform) Who(context.Context, ledger.Principal, To) (Who, error) { return p.who, p.whoErr }

// all are the messages so far.
func (p *platform) all() []message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]message(nil), p.sent...)
}

// notices are the notices among them.
func (p *platform) notices() (out []Notice) {
	for _, m := range p.all() {
		if m.said.Notice != "" {
			out = append(out, m.said.Notice)
		}
	}
	return out
}

// A thinker is an assistant that says what it was asked.
type thinker struct {
	mu    sync.Mutex
	asked []bot.Request
	think func(ctx context.Context, r bot.Request) error
}

func (a *thinker) note(ctx context.Context, r bot.Request) error {
	a.mu.Lock()
	a.asked = append(a.asked, r)
	a.mu.Unlock()
	if r.Progress != nil {
		r.Progress(bot.StageFinding)
	}
	if a.think != nil {
		return a.think(ctx, r)
	}
	return nil
}

func (a *thinker) last() bot.Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked[len(a.asked)-1]
}

func (a *thinker) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.asked)
}

func (a *thinker) Ask(ctx context.Context, r bot.Request) (*bot.Answer, error) {
	return &bot.Answer{Text: r.Text, Model: "composer"}, a.note(ctx, r)
}

func (a *thinker) Check(ctx context.Context, r bot.Request) (*bot.Checked, error) {
	return &bot.Checked{}, a.note(ctx, r)
}

func (a *thinker) Rebut(ctx context.Context, r bot.RebutRequest) (*bot.Rebuttal, error) {
	return &bot.Rebuttal{LetterKind: bot.Appeal, Letter: "Dear " + r.Text}, a.note(ctx, r.Request)
}

func (a *thinker) Testify(ctx context.Context, r bot.TestifyRequest) (*bot.Testimony, error) {
	return &bot.Testimony{Script: r.About}, a.note(ctx, bot.Request{Text: r.About})
}

func (a *thinker) Rewrite(ctx context.Context, r bot.RewriteRequest) (*bot.Rewritten, error) {
	return &bot.Rewritten{}, a.note(ctx, bot.Request{Text: r.Text})
}

// A world is a dispatcher with all around it.
type world struct {
	*testing.T
	*Dispatcher
	door   *platform
	mind   *thinker
	now    func() time.Time
	tick   func(time.Duration)
	n      int
	stop   func()
	opened ledger.Ledger
}

// newWorld makes one that works until the test ends. change may be nil.
func newWorld(t *testing.T, change func(w *world, o *Options)) *world {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, door: &platform{}, mind: &thinker{}}
	var mu sync.Mutex
	at := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	w.now = func() time.Time { mu.Lock(); defer mu.Unlock(); return at }
	w.tick = func(d time.Duration) { mu.Lock(); defer mu.Unlock(); at = at.Add(d) }
	w.opened, err = ledger.NewMemory(ledger.Options{Now: w.now, Noteless: Noteless(), Grace: -1})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Assistant: w.mind, Ledger: w.opened, Door: w.door, Gate: c.gate, Rules: c.rules, Notes: true, Directly: true, Now: w.now, Poll: time.Millisecond,
		Sleep:     func(ctx context.Context, d time.Duration) error { w.tick(d); return ctx.Err() },
		PerPerson: -1, PerChannel: -1, Slow: time.Hour, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Export: func(w io.Writer, _ *bot.Document, _ string) error { _, err := io.WriteString(w, "file"); return err }}
	if change != nil {
		change(w, &o)
	}
	if w.Dispatcher, err = New(o); err != nil {
		t.Fatal(err)
	}
	w.run()
	return w
}

// run lets the workers work, until stop or the end of the test.
func (w *world) run() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { w.Dispatcher.Run(ctx); close(done) }()
	w.stop = sync.OnceFunc(func() { cancel(); <-done })
	w.Cleanup(w.stop)
}

var (
	ann   = ledger.Principal{Platform: "fake", Workspace: "W", User: "ann"}
	ben   = ledger.Principal{Platform: "fake", Workspace: "W", User: "ben"}
	place = ledger.Place{Platform: "fake", Workspace: "W", Channel: "c", Thread: "t"}
)

// order is one of Ann's, with a key of its own.
func (w *world) order(k Kind, change func(o *Order)) Order {
	w.n++
	o := Order{Keys: []ledger.Key{ledger.Key("k" + strconv.Itoa(w.n))}, From: ann, At: place, Kind: k}
	if k == Ask {
		o.Ask.Text = "Do I need prior authorization for the first visits?"
	}
	if change != nil {
		change(&o)
	}
	return o
}

// gives an order and waits until it is done.
func (w *world) gives(k Kind, change func(o *Order)) {
	w.Helper()
	if ok, err := w.Accept(w.Context(), w.order(k, change)); !ok || err != nil {
		w.Fatalf("%s: accepted %t, %v", k, ok, err)
	}
	w.idle()
}

// gives0 gives an order and does not wait.
func (w *world) gives0(k Kind, change func(o *Order)) {
	w.Helper()
	if ok, err := w.Accept(w.Context(), w.order(k, change)); !ok || err != nil {
		w.Fatalf("%s: accepted %t, %v", k, ok, err)
	}
}

// idle waits until nothing is left to do; what waits to be tried again is.
func (w *world) idle() {
	w.Helper()
	w.until("nothing to be left", func() bool { return w.Backlog() == 0 })
}

func (w *world) until(what string, cond func() bool) {
	w.Helper()
	for range 5000 {
		if cond() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	w.Fatalf("waited in vain for %s; sent %d", what, len(w.door.all()))
}
