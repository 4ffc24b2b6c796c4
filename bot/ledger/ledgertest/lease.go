package ledgertest

import (
	"errors"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// lost checks that a job can do nothing any more.
func (r rig) lost(when string, j ledger.Job) {
	r.Helper()
	_, begun := r.Begin(r.Context(), j, "other")
	_, extended := r.Extend(r.Context(), j, time.Minute)
	for name, err := range map[string]error{
		"Begin": begun, "Extend": extended,
		"Undone":   r.Settle(r.Context(), j, "reply", ledger.Undone, ""),
		"Unsure":   r.Settle(r.Context(), j, "reply", ledger.Unsure, ""),
		"Remember": r.Remember(r.Context(), j, nil, ledger.Text("late")),
		"Release":  r.Release(r.Context(), j),
		"Retry":    r.Retry(r.Context(), j, 0),
		"Finish":   r.Finish(r.Context(), j, "answered"),
	} {
		if !errors.Is(err, ledger.ErrLost) {
			r.Errorf("%s: %s returns %v, want ErrLost", when, name, err)
		}
	}
}

func lease(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Grace: time.Second})
	r.add(ask(1))
	first, ok, err := r.Claim(t.Context(), ledger.Want{Platform: "slack", Lease: time.Minute})
	if err != nil || !ok || !first.Until.Equal(r.Now().Add(time.Minute)) {
		t.Fatalf("claimed %t until %v, %v", ok, first.Until, err)
	}
	r.Add(time.Minute + time.Second - time.Millisecond)
	r.none("a lease and its grace, less a moment")
	if _, err := r.Begin(t.Context(), first, "status"); err != nil {
		t.Errorf("a lease that ran out, and nobody claimed: %v", err)
	}
	r.must(r.Settle(t.Context(), first, "status", ledger.Done, ""))
	r.Add(time.Millisecond)
	second := r.claim()
	if second.ID != first.ID || second.Attempt != 2 || second.Lease == first.Lease {
		t.Errorf("claimed event %d, attempt %d", second.ID, second.Attempt)
	}
	r.lost("another has it", first)
	forged := second
	forged.Lease = ""
	r.lost("without a lease", forged)
	forged.Lease, forged.ID = second.Lease, second.ID+1
	r.lost("another event", forged)
	r.must(r.Finish(t.Context(), second, "answered"))
	r.lost("finished", second)
}

func extend(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Grace: -1})
	j := r.working(ask(1))
	r.Add(time.Minute)
	longer, err := r.Extend(t.Context(), j, 10*time.Minute)
	if err != nil || !longer.Until.Equal(r.Now().Add(10*time.Minute)) || longer.Lease != j.Lease {
		t.Errorf("extended until %v, %v", longer.Until, err)
	}
	r.Add(10*time.Minute - time.Millisecond)
	r.none("within the longer lease")
	r.Add(time.Millisecond)
	if again := r.claim(); again.Attempt != 2 {
		t.Errorf("attempt %d after the longer lease", again.Attempt)
	}
}

func attempts(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Attempts: 2})
	r.add(ask(1))
	r.add(ask(2))
	for n := 1; n <= 4; n++ {
		j := r.claim()
		if j.Attempt != n || j.Failed != (n > 2) || len(j.Text) == 0 {
			t.Errorf("attempt %d, failed %t, with %d bytes; want attempt %d of 2", j.Attempt, j.Failed, len(j.Text), n)
		}
		if n == 4 {
			r.begin(j, ledger.Fresh)
		}
		r.must(r.Finish(t.Context(), r.claim(), "answered")) // another event is not held up
		r.add(ask(n + 2))
		r.Add(time.Hour)
	}
	if s := r.stats(); s.Abandoned != 0 || s.Unsettled != 1 {
		t.Errorf("before it is given up: %+v", s)
	}
	if j := r.claim(); j.Attempt != 1 {
		t.Errorf("an event was tried %d times", j.Attempt)
	}
	s := r.stats()
	if s.Abandoned != 1 || s.Unsettled != 0 || s.Unsure != 1 {
		t.Errorf("after it was given up: %+v", s)
	}
	if ok, err := r.Accept(t.Context(), ask(1)); ok || err != nil {
		t.Errorf("delivered again after it was given up: accepted %t, %v", ok, err)
	}
}

func release(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Attempts: 2})
	r.add(ask(1))
	for range 10 {
		j := r.claim()
		if j.Attempt != 1 || j.Failed {
			t.Errorf("released, it is attempt %d", j.Attempt)
		}
		r.must(r.Release(t.Context(), j))
		r.lost("released", j)
	}
}

func retry(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	j := r.working(ask(1))
	r.must(r.Retry(t.Context(), j, time.Minute))
	r.lost("given back", j)
	r.Add(time.Minute - time.Millisecond)
	r.none("before its delay is over")
	r.Add(time.Millisecond)
	if j = r.claim(); j.Attempt != 2 {
		t.Errorf("retried, it is attempt %d", j.Attempt)
	}
	r.must(r.Retry(t.Context(), j, 0))
	r.must(r.Finish(t.Context(), r.claim(), "answered"))
}

// clockBack sets the clock back by years: what rests is not forgotten.
func clockBack(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	r.add(ask(1))
	r.must(r.Retry(t.Context(), r.working(ask(2)), time.Hour))
	r.Add(-10 * 365 * 24 * time.Hour)
	for range 2 {
		r.must(r.Finish(t.Context(), r.claim(), "answered"))
	}
	r.Add(20 * 365 * 24 * time.Hour)
	if ok, err := r.Accept(t.Context(), ask(1)); ok || err != nil {
		t.Errorf("a duplicate ten years later: accepted %t, %v", ok, err)
	}
}

func effects(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Grace: -1})
	j := r.working(ask(1))
	e := r.begin(j, ledger.Fresh)
	if len(e.Token) != 24 || e.Name != "reply" || e.External != "" {
		t.Errorf("the token has %d characters; the effect is %q, %q", len(e.Token), e.Name, e.External)
	}
	other, err := r.Begin(t.Context(), j, "status")
	if err != nil || other.Token == e.Token || other.State != ledger.Fresh {
		t.Errorf("another effect: %v, the same token: %t", err, other.Token == e.Token)
	}
	r.must(r.Settle(t.Context(), j, "status", ledger.Undone, ""))
	if again := r.begin(j, ledger.Doubtful); again.Token != e.Token {
		t.Error("the same effect has another token")
	}
	r.Add(time.Hour)
	j = r.claim() // as after a crash
	if again := r.begin(j, ledger.Doubtful); again.Token != e.Token {
		t.Error("the next attempt has another token")
	}
	r.must(r.Settle(t.Context(), j, "reply", ledger.Undone, ""))
	if again := r.begin(j, ledger.Fresh); again.Token != e.Token {
		t.Error("begun again, it has another token")
	}
	r.must(r.Settle(t.Context(), j, "reply", ledger.Done, "17.5"))
	if done := r.begin(j, ledger.Done); done.External != "17.5" || done.Token != e.Token {
		t.Errorf("done, it is %q", done.External)
	}
	r.Add(time.Hour)
	j = r.claim()
	r.begin(j, ledger.Done)
	second := r.working(ask(2))
	if e2 := r.begin(second, ledger.Fresh); e2.Token == e.Token {
		t.Error("two events have one token")
	}
	r.must(r.Finish(t.Context(), j, "answered"))
}
