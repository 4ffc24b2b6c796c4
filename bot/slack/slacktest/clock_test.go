package slacktest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func TestTimersFireInTheOrderOfTheirTimes(t *testing.T) {
	t.Parallel()
	c := slacktest.New(t, slacktest.Options{}).Clock
	start := c.Now()
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
	c := slacktest.New(t, slacktest.Options{}).Clock
	done := make(chan error)
	go func() { done <- c.Sleep(context.Background(), time.Hour) }()
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan error)
	go func() { gone <- c.Sleep(ctx, time.Hour) }()
	if !c.AwaitSleepers(2) {
		t.Fatal("nobody sleeps")
	}
	cancel()
	if err := <-gone; err == nil {
		t.Error("the context does not wake")
	}
	c.Advance(time.Hour - 1)
	select {
	case <-done:
		t.Fatal("it wakes too early")
	default:
	}
	c.Advance(1)
	must(t, <-done)
}

func TestTheSameSeedGivesTheSameIDs(t *testing.T) {
	t.Parallel()
	ids := func(seed uint64) (out []string) {
		a := &app{}
		s := slacktest.New(t, slacktest.Options{Handler: a, Seed: seed})
		for range 5 {
			for _, d := range s.Type(slacktest.Member, slacktest.Public, ask).Deliveries {
				out = append(out, d.Type+d.ID)
			}
		}
		return out
	}
	if one, again := ids(1), ids(1); !slices.Equal(one, again) {
		t.Errorf("%v and %v", one, again)
	}
	if slices.Equal(ids(1), ids(2)) {
		t.Error("another seed gives the same")
	}
}
