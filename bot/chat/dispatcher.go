package chat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/phi"
)

// An Assistant answers: *bot.Assistant.
type Assistant interface {
	Ask(ctx context.Context, r bot.Request) (*bot.Answer, error)
	Check(ctx context.Context, r bot.Request) (*bot.Checked, error)
	Rebut(ctx context.Context, r bot.RebutRequest) (*bot.Rebuttal, error)
	Testify(ctx context.Context, r bot.TestifyRequest) (*bot.Testimony, error)
	Rewrite(ctx context.Context, r bot.RewriteRequest) (*bot.Rewritten, error)
}

// Options are what a Dispatcher works with. Those without a default are
// required.
type Options struct {
	Assistant Assistant
	Ledger    ledger.Ledger // opened with Noteless
	Door      Door
	Gate      *phi.Gate
	Rules     *coverage.Rules
	// Export writes a document as a file of a format; nil: files are not made,
	// and their text is given.
	Export func(w io.Writer, d *bot.Document, format string) error
	// Scopes are whose documents members of a workspace may search, beside
	// public ones; nil: none.
	Scopes func(workspace string) []string
	Notes  bool // denials and notes are taken
	// Directly says that drafts and files go to the person directly, because
	// what one person alone sees in a place does not stay there.
	Directly bool
	Now      func() time.Time // nil: time.Now
	// Sleep waits, at most until ctx is done, and then returns an error; nil:
	// by the machine's clock.
	Sleep func(ctx context.Context, d time.Duration) error
	Log   *slog.Logger // nil: nothing is logged. No text and no one's name is

	Workers    int           // at once; 0: 4
	Queue      int           // orders that may wait; 0: 64
	PerPerson  int           // questions a minute; 0: 10, negative: without limit
	PerChannel int           // of all together; 0: 30
	Longest    time.Duration // an answer may take; 0: 90 s
	Slow       time.Duration // after which a line says that there is work; 0: 4 s
	Beat       time.Duration // between two signs of work; 0: 60 s
	Poll       time.Duration // between two looks into the ledger; 0: 500 ms
	Drain      time.Duration // for those at work when it is told to stop; 0: 15 s

	Texts time.Duration // how long questions are kept; 0: 30 days
	Rows  time.Duration // how long it is kept that there were any; 0: 180 days
}

// lease is longer than Options.Longest and the sending after it.
const lease = 4 * time.Minute

// A Dispatcher takes orders and works on them. It is made by New and safe for
// concurrent use.
type Dispatcher struct {
	Options
	limits  limits
	held    held
	kick    chan struct{}
	working working
}

// New returns a dispatcher, which works while Run does.
func New(o Options) (*Dispatcher, error) {
	switch {
	case o.Assistant == nil, o.Ledger == nil, o.Door == nil, o.Gate == nil, o.Rules == nil:
		return nil, errors.New("chat: an assistant, a ledger, a door, a gate and rules are required")
	case o.Longest > lease-time.Minute:
		return nil, fmt.Errorf("chat: an answer may take at most %v", lease-time.Minute)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	for _, n := range []struct {
		value *int
		usual int
	}{{&o.Workers, 4}, {&o.Queue, 64}, {&o.PerPerson, 10}, {&o.PerChannel, 30}} {
		if *n.value == 0 {
			*n.value = n.usual
		}
	}
	for _, t := range []struct {
		value *time.Duration
		usual time.Duration
	}{{&o.Longest, 90 * time.Second}, {&o.Slow, 4 * time.Second}, {&o.Beat, time.Minute}, {&o.Poll, 500 * time.Millisecond},
		{&o.Drain, 15 * time.Second}, {&o.Texts, 30 * 24 * time.Hour}, {&o.Rows, 180 * 24 * time.Hour}} {
		if *t.value == 0 {
			*t.value = t.usual
		}
	}
	d := &Dispatcher{Options: o, kick: make(chan struct{}, o.Workers), working: working{at: map[int64]*work{}}}
	d.limits = limits{now: o.Now, seen: map[string][]time.Time{}}
	d.held = held{now: o.Now, things: map[string]thing{}, orders: map[string]time.Time{}}
	return d, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Run works until ctx is done; then it takes no more orders from the ledger,
// lets those finish that are worked on, for Options.Drain, and gives the rest
// back.
func (d *Dispatcher) Run(ctx context.Context) {
	base, cut := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cut(nil)
	defer context.AfterFunc(ctx, func() {
		t := time.NewTimer(d.Drain)
		defer t.Stop()
		select {
		case <-t.C:
			cut(errClosing)
		case <-base.Done():
		}
	})()
	d.tidy(ctx)
	var all sync.WaitGroup
	for range d.Workers {
		all.Go(func() { d.serve(ctx, base) })
	}
	all.Go(func() { d.purge(ctx) })
	all.Wait()
}

// serve is one worker.
func (d *Dispatcher) serve(ctx, base context.Context) {
	poll := time.NewTicker(d.Poll)
	defer poll.Stop()
	for ctx.Err() == nil {
		job, ok, err := d.Ledger.Claim(ctx, ledger.Want{Platform: d.Door.Platform(), Lease: lease})
		if err != nil && ctx.Err() == nil {
			d.Log.Error("chat: claim", "error", err)
		}
		if ok {
			d.work(base, job)
			continue
		}
		select {
		case <-ctx.Done():
		case <-d.kick:
		case <-poll.C:
		}
	}
}

// purge deletes what is old, every hour.
func (d *Dispatcher) purge(ctx context.Context) {
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hour.C:
			d.tidy(ctx)
		}
	}
}

func (d *Dispatcher) tidy(ctx context.Context) {
	now := d.Now()
	if _, err := d.Ledger.Purge(ctx, now.Add(-d.Texts), now.Add(-d.Rows)); err != nil && ctx.Err() == nil {
		d.Log.Error("chat: purge", "error", err)
	}
}

// Backlog is how many orders wait or are worked on, as far as this process
// took them.
func (d *Dispatcher) Backlog() int { return d.held.count() }
