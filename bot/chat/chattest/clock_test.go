package chattest_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat/chattest"
)

var start = time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)

func TestTimersFireInTheOrderOfTheirTimes(t *testing.T) {
	t.Parallel()
	c := chattest.NewClock(start, time.Minute)
	var fired []int
	var at []time.Duration
	note := func(n int) func() {
		return func() { fired, at = append(fired, n), append(at, c.Now().Sub(start)) }
	}
	c.AfterFunc(2*time.Second, note(2))
	c.AfterFunc(time.Second, func() { note(1)(); c.AfterFunc(time.Second, note(3)) })
	stop := c.AfterFunc(time.Second, note(9))
	if !stop() || stop() {
		t.Error("a timer is taken away once")
	}
	c.Advance(time.Second)
	if !slices.Equal(fired, []int{1}) {
		t.Errorf("after a second %v", fired)
	}
	c.Advance(time.Minute)
	if !slices.Equal(fired, []int{1, 2, 3}) || at[1] != 2*time.Second || at[2] != 2*time.Second || c.Now().Sub(start) != 61*time.Second {
		t.Errorf("fired %v at %v", fired, at)
	}
}

func TestSleepEndsByTheClockOrTheContext(t *testing.T) {
	t.Parallel()
	c := chattest.NewClock(start, time.Minute)
	done := make(chan error)
	go func() { done <- c.Sleep(context.Background(), time.Hour) }()
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan error)
	go func() { gone <- c.Sleep(ctx, time.Hour) }()
	if !c.AwaitSleepers(2) {
		t.Fatal("nobody sleeps")
	}
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("the context ends it with %v", err)
	}
	c.Advance(time.Hour - 1)
	select {
	case <-done:
		t.Fatal("it wakes too early")
	default:
	}
	c.Advance(1)
	if err := <-done; err != nil {
		t.Error(err)
	}
	c.Stop()
	if err := c.Sleep(context.Background(), time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("a clock that is stopped lets somebody sleep: %v", err)
	}
}

// TestAdvanceWaitsForWork: for one that runs, not for one that sleeps by the
// clock, and not for longer than the patience; one over a gateway counts as
// sleeping once anything sleeps.
func TestAdvanceWaitsForWork(t *testing.T) {
	t.Parallel()
	c := chattest.NewClock(start, time.Minute)
	w := c.Begin(false)
	ended := make(chan time.Time, 1)
	go func() {
		time.Sleep(20 * time.Millisecond)
		ended <- c.Now()
		c.End(w)
	}()
	c.Advance(time.Hour)
	if at := <-ended; !at.Equal(start) {
		t.Errorf("the clock moved to %v before the work was over", at)
	}

	sleeps := c.Begin(false)
	over := make(chan error)
	go func() { over <- c.Sleep(chattest.Within(context.Background(), sleeps), time.Minute) }()
	c.AwaitSleepers(1)
	c.AwaitWork(sleeps)
	gateway := c.Begin(true)
	go func() { over <- c.Sleep(context.Background(), time.Minute) }()
	c.AwaitSleepers(2)
	c.AwaitWork(gateway)
	c.Advance(30 * time.Second) // neither is waited for
	go func() { <-over; c.End(sleeps); c.End(gateway); <-over }()
	c.Advance(time.Minute)

	hung := chattest.NewClock(start, time.Millisecond)
	hung.Begin(false)
	hung.Advance(time.Second) // patience ends
	if got := hung.Now().Sub(start); got != time.Second {
		t.Errorf("it stands at %v", got)
	}
}
