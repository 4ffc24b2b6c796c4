// Package chattest is what the tests of chat platforms share: a clock that a
// test moves, and that waits for the deliveries which an app works on, and an
// assistant.
package chattest

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A Clock is the time of a fake platform. It stands still until the test
// advances it. Its timers fire inside Advance, in the order of their times. It
// may be used by any goroutine; Advance by one at a time.
type Clock struct {
	mu       sync.Mutex
	changed  *sync.Cond
	now      time.Time
	timers   []*timer // by time, then by age
	age      int
	work     map[*Work]bool // true while it runs, false while it sleeps
	sleepers int
	slept    int // calls of Sleep so far
	stopped  bool
	patience time.Duration
}

type timer struct {
	at    time.Time
	age   int
	sleep bool // somebody waits for it
	fire  func()
}

// Work is a delivery that Advance waits for. One that outlasts the patience
// is hung: it is not waited for again. One over the gateway has no context of
// its own: it counts as sleeping once anything slept after it began.
type Work struct {
	hung    bool
	gateway bool
	since   int
}

// runs says whether w is to be waited for. The lock is held.
func (c *Clock) runs(w *Work) bool {
	return c.work[w] && !w.hung && (!w.gateway || c.slept == w.since)
}

type workKey struct{}

// NewClock is a clock that stands at start. Patience is how long, in real time,
// it waits for a delivery that neither ends nor sleeps.
func NewClock(start time.Time, patience time.Duration) *Clock {
	c := &Clock{now: start, work: map[*Work]bool{}, patience: patience}
	c.changed = sync.NewCond(&c.mu)
	return c
}

// Now is the time of the fake platform.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// AfterFunc calls f once the clock has moved by d; f runs in Advance and must
// not wait for the clock. The answer takes the timer away, and says whether it
// was there.
func (c *Clock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.add(d, f)
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		n := len(c.timers)
		c.timers = slices.DeleteFunc(c.timers, func(o *timer) bool { return o == t })
		return len(c.timers) < n
	}
}

func (c *Clock) add(d time.Duration, f func()) *timer {
	c.age++
	t := &timer{at: c.now.Add(d), age: c.age, fire: f}
	i, _ := slices.BinarySearchFunc(c.timers, t, func(a, b *timer) int {
		if n := a.at.Compare(b.at); n != 0 {
			return n
		}
		return a.age - b.age
	})
	c.timers = slices.Insert(c.timers, i, t)
	return t
}

// Sleep waits until the clock has moved by d, and returns early with an error
// if ctx ends or the server closes. A handler under test that sleeps with the
// context of its request lets Advance go on.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	w, _ := ctx.Value(workKey{}).(*Work)
	woken := make(chan struct{})
	c.mu.Lock()
	if c.stopped {
		c.mu.Unlock()
		return context.Canceled
	}
	t := c.add(d, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.wake(w)
		close(woken)
	})
	t.sleep = true
	c.sleepers++
	c.slept++
	if _, known := c.work[w]; known {
		c.work[w] = false
	}
	c.changed.Broadcast()
	c.mu.Unlock()
	select {
	case <-woken:
		if c.isStopped() {
			return context.Canceled
		}
		return nil
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.timers); n > 0 {
		c.timers = slices.DeleteFunc(c.timers, func(o *timer) bool { return o == t })
		if len(c.timers) < n {
			c.wake(w)
		}
	}
	return ctx.Err()
}

// wake is called with the lock held.
func (c *Clock) wake(w *Work) {
	c.sleepers--
	if _, known := c.work[w]; known {
		c.work[w] = true
	}
	c.changed.Broadcast()
}

func (c *Clock) isStopped() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stopped
}

// AwaitSleepers waits until n calls of Sleep stand at once, for at most a
// minute of real time, and says whether they do.
func (c *Clock) AwaitSleepers(n int) bool {
	return c.await(time.Minute, func() bool { return c.sleepers >= n })
}

// await waits for cond, which is called with the lock held.
func (c *Clock) await(limit time.Duration, cond func() bool) bool {
	end := time.Now().Add(limit)
	late := time.AfterFunc(limit, func() { // not before end, nor between a look and the wait
		c.mu.Lock()
		defer c.mu.Unlock()
		c.changed.Broadcast()
	})
	defer late.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !cond() {
		if !time.Now().Before(end) {
			return false
		}
		c.changed.Wait()
	}
	return true
}

// Advance moves the clock by d. Before each step it waits for the deliveries
// under way, so that a retry is over before the time of the next comes.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	end := c.now.Add(d)
	c.mu.Unlock()
	for {
		c.settle()
		c.mu.Lock()
		if len(c.timers) == 0 || c.timers[0].at.After(end) {
			c.now = end
			c.mu.Unlock()
			return
		}
		t := c.timers[0]
		c.timers = c.timers[1:]
		c.now = t.at
		c.mu.Unlock()
		t.fire()
	}
}

// settle waits until no delivery runs: each is over, sleeps by the clock, or
// has hung for the patience of real time.
func (c *Clock) settle() {
	running := func() bool {
		for w := range c.work {
			if c.runs(w) {
				return true
			}
		}
		return false
	}
	if c.await(c.patience, func() bool { return !running() }) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for w := range c.work {
		w.hung = true
	}
}

// Begin notes a delivery that is under way, over a gateway or not.
func (c *Clock) Begin(gateway bool) *Work {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &Work{gateway: gateway, since: c.slept}
	c.work[w] = true
	return w
}

// Within is a context whose sleeps are those of w.
func Within(ctx context.Context, w *Work) context.Context {
	return context.WithValue(ctx, workKey{}, w)
}

// End notes that w is over.
func (c *Clock) End(w *Work) {
	c.mu.Lock()
	delete(c.work, w)
	c.changed.Broadcast()
	c.mu.Unlock()
}

// Drop gives up waiting for w.
func (c *Clock) Drop(w *Work) {
	c.mu.Lock()
	w.hung = true
	c.changed.Broadcast()
	c.mu.Unlock()
}

// AwaitWork waits until w is over or does not run; what has hung is not
// waited for again.
func (c *Clock) AwaitWork(w *Work) {
	if !c.await(c.patience, func() bool { return !c.runs(w) }) {
		c.Drop(w)
	}
}

// Stop wakes every sleeper, lets nothing sleep again, and drops the other
// timers.
func (c *Clock) Stop() {
	c.mu.Lock()
	c.stopped = true
	timers := c.timers
	c.timers = nil
	c.mu.Unlock()
	for _, t := range timers {
		if t.sleep {
			t.fire()
		}
	}
}
