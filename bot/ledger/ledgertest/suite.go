// Package ledgertest is the contract of ledger.Ledger as a test. Every ledger
// must pass TestLedger; its own test is a few lines:
//
//	func TestLedger(t *testing.T) {
//		ledgertest.TestLedger(t, ledgertest.Backend{Open: open, Reopen: reopen})
//	}
//
// Where the contract leaves something open, the suite decides:
//
//   - Keys of two platforms are never the same.
//   - An event waits for the earlier ones of its thread also while those
//     rest; a channel without a thread has no order.
//   - A lease that ran out is good until another worker claims the event.
//   - A clock that was set back by hours keeps no event waiting.
//   - A setting without value hides none of a wider place.
package ledgertest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// A Backend is an implementation of ledger.Ledger under test.
type Backend struct {
	// Open returns a new, empty ledger, and sees to it by t.Cleanup that
	// nothing stays behind.
	Open func(t testing.TB, o ledger.Options) ledger.Ledger
	// Reopen ends l as a crash would, as far as can be, and opens what it
	// held anew. Nil where a ledger keeps nothing; the tests that need it
	// are then left out.
	Reopen func(t testing.TB, l ledger.Ledger, o ledger.Options) ledger.Ledger
}

// A check is one part of the contract. It calls t.Fatal from its own
// goroutine only.
type check struct {
	name string
	run  func(t testing.TB, b Backend)
}

// TestLedger tests b against the contract, in parallel subtests.
func TestLedger(t *testing.T, b Backend) {
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, b)
		})
	}
}

func checks() []check {
	return []check{
		{"Accept", accept},
		{"Recall", recall},
		{"Keys", keys},
		{"Invalid", invalid},
		{"Noteless", noteless},
		{"OldestFirst", oldestFirst},
		{"ThreadOrder", threadOrder},
		{"Lease", lease},
		{"Extend", extend},
		{"Attempts", attempts},
		{"Release", release},
		{"Retry", retry},
		{"ClockBack", clockBack},
		{"Effects", effects},
		{"Settle", settle},
		{"Unsettled", unsettled},
		{"Rest", rest},
		{"Threads", threads},
		{"ThreadBounds", threadBounds},
		{"Feedback", feedback},
		{"Shares", shares},
		{"HandOffs", handOffs},
		{"Settings", settings},
		{"Forget", forget},
		{"ForgetUnfinished", forgetUnfinished},
		{"ForgetWorkspace", forgetWorkspace},
		{"Purge", purge},
		{"PurgeKeys", purgeKeys},
		{"PurgeSettings", purgeSettings},
		{"Stats", stats},
		{"Copies", copies},
		{"Cancelled", cancelled},
		{"Closed", closed},
		{"Silent", silent},
		{"Concurrent", concurrent},
		{"Deliveries", func(t testing.TB, b Backend) { Deliveries(t, b.Open(t, ledger.Options{}), 100) }},
		{"Reopen", reopen},
	}
}

// A Clock stands still until it is moved. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock at noon of a day.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)} }

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add moves the clock by d.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// A rig is a ledger under test with its clock.
type rig struct {
	testing.TB
	ledger.Ledger
	*Clock
}

func newRig(t testing.TB, b Backend, o ledger.Options) rig {
	c := NewClock()
	o.Now = c.Now
	return rig{t, b.Open(t, o), c}
}

// must ends the test on an error.
func (r rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// add accepts an event, which must be new.
func (r rig) add(e ledger.Event) {
	r.Helper()
	ok, err := r.Accept(r.Context(), e)
	if err != nil || !ok {
		r.Fatalf("accepted %t, %v; want a new event", ok, err)
	}
}

// claim claims what there must be.
func (r rig) claim() ledger.Job {
	r.Helper()
	j, ok, err := r.Claim(r.Context(), want)
	if err != nil || !ok {
		r.Fatalf("claimed %t, %v; want a job", ok, err)
	}
	return j
}

// none checks that nothing may be claimed.
func (r rig) none(when string) {
	r.Helper()
	if j, ok, err := r.Claim(r.Context(), want); err != nil || ok {
		r.Errorf("%s: claimed %v, %v; want nothing", when, j, err)
	}
}

// working accepts and claims an event.
func (r rig) working(e ledger.Event) ledger.Job {
	r.Helper()
	r.add(e)
	return r.claim()
}

// begin begins the effect "reply", and checks the state it is in.
func (r rig) begin(j ledger.Job, want ledger.State) ledger.Effect {
	r.Helper()
	e, err := r.Begin(r.Context(), j, "reply")
	if err != nil || e.State != want {
		r.Errorf("Begin says %q, %v; want %q", e.State, err, want)
	}
	return e
}

// stats are the ledger's.
func (r rig) stats() ledger.Stats {
	r.Helper()
	s, err := r.Stats(r.Context())
	r.must(err)
	s.Bytes = 0
	return s
}

var (
	ann   = ledger.Principal{Platform: "slack", Workspace: "T1", User: "U1"}
	ben   = ledger.Principal{Platform: "slack", Workspace: "T1", User: "U2"}
	room  = ledger.Place{Platform: "slack", Workspace: "T1", Channel: "C1"}
	desk  = ledger.Place{Platform: "slack", Workspace: "T1", Channel: "C9", Thread: "9.1"}
	want  = ledger.Want{Platform: "slack"}
	blank ledger.Principal
)

// thread is a thread of room.
func thread(ts string) ledger.Place {
	p := room
	p.Thread = ts
	return p
}

// ask is a question of ann's in a thread of its own.
func ask(n int) ledger.Event {
	return ledger.Event{
		Keys: []ledger.Key{ledger.Key(fmt.Sprint("Ev", n)), ledger.Key(fmt.Sprint("C1:", n))},
		From: ann, At: thread(fmt.Sprint(n)), Kind: "ask",
		Text: ledger.Text(fmt.Sprint("question ", n)), Reply: ledger.Text(fmt.Sprint("ts ", n)),
	}
}

// asks are questions of who's in one place.
func asks(n int, who ledger.Principal, at ledger.Place) ledger.Event {
	e := ask(n)
	e.From, e.At = who, at
	return e
}
