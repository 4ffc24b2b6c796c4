package ledgertest

import (
	"errors"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// settle settles an effect twice: what was done stays done, and what is
// given up is only ever found to be done.
func settle(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	all := []ledger.State{ledger.Done, ledger.Undone, ledger.Unsure}
	allowed := map[[2]ledger.State]bool{
		{ledger.Done, ledger.Done}: true, {ledger.Undone, ledger.Done}: true, {ledger.Unsure, ledger.Done}: true,
		{ledger.Undone, ledger.Undone}: true, {ledger.Unsure, ledger.Unsure}: true,
	}
	n := 0
	for _, first := range all {
		for _, second := range all {
			n++
			j := r.working(ask(n))
			r.begin(j, ledger.Fresh)
			r.must(r.Settle(t.Context(), j, "reply", first, "first"))
			err := r.Settle(t.Context(), j, "reply", second, "second")
			if ok := allowed[[2]ledger.State{first, second}]; ok != (err == nil) || !ok && !errors.Is(err, ledger.ErrInvalid) {
				t.Errorf("%s, then %s: %v", first, second, err)
			}
			state := first
			if err == nil {
				state = second
			}
			if state == ledger.Undone {
				r.begin(j, ledger.Fresh)
				continue
			}
			e := r.begin(j, state)
			if want := map[ledger.State]string{ledger.Done: "first"}[first]; state == ledger.Done && want == "" && e.External != "second" ||
				first == ledger.Done && e.External != want || state != ledger.Done && e.External != "" {
				t.Errorf("%s, then %s: it is called %q", first, second, e.External)
			}
			r.must(r.Finish(t.Context(), j, "answered"))
		}
	}
	j := r.working(ask(99))
	if err := r.Settle(t.Context(), j, "reply", ledger.Done, ""); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("settling what was never begun: %v, want ErrInvalid", err)
	}
	r.begin(j, ledger.Fresh)
	for _, as := range []ledger.State{ledger.Fresh, ledger.Doubtful, "", "begun"} {
		if err := r.Settle(t.Context(), j, "reply", as, ""); !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("settled as %q: %v, want ErrInvalid", as, err)
		}
	}
	r.begin(j, ledger.Doubtful)
	r.Add(time.Hour)
	next := r.claim()
	for next.ID != j.ID {
		next = r.claim()
	}
	r.must(r.Settle(t.Context(), j, "reply", ledger.Done, "late")) // the first one's news, though it lost its lease
	if e := r.begin(next, ledger.Done); e.External != "late" {
		t.Errorf("told by who lost the lease, it is %q", e.External)
	}
	j.ID += 1000
	if err := r.Settle(t.Context(), j, "reply", ledger.Done, ""); !errors.Is(err, ledger.ErrLost) {
		t.Errorf("an effect of no event: %v, want ErrLost", err)
	}
}

func unsettled(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	j := r.working(ask(1))
	r.begin(j, ledger.Fresh)
	if err := r.Finish(t.Context(), j, "answered"); !errors.Is(err, ledger.ErrUnsettled) {
		t.Errorf("finished with a begun effect: %v, want ErrUnsettled", err)
	}
	if s := r.stats(); s.Unsettled != 1 || s.Finished != 0 {
		t.Errorf("%+v", s)
	}
	r.must(r.Settle(t.Context(), j, "reply", ledger.Unsure, ""))
	if _, err := r.Begin(t.Context(), j, "apology"); err != nil {
		t.Error(err)
	}
	r.must(r.Settle(t.Context(), j, "apology", ledger.Undone, ""))
	r.must(r.Finish(t.Context(), j, "declined"))
	if s := r.stats(); s.Unsettled != 0 || s.Unsure != 1 || s.Finished != 1 {
		t.Errorf("%+v", s)
	}
}

// rest has an event with a begun effect given back: it rests for the grace.
func rest(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Grace: 10 * time.Second})
	for name, giveBack := range map[string]func(j ledger.Job) error{
		"Release": func(j ledger.Job) error { return r.Release(t.Context(), j) },
		"Retry":   func(j ledger.Job) error { return r.Retry(t.Context(), j, time.Second) },
	} {
		e := ask(1)
		e.Keys = []ledger.Key{ledger.Key(name)}
		j := r.working(e)
		r.begin(j, ledger.Fresh)
		r.must(giveBack(j))
		r.Add(10*time.Second - time.Millisecond)
		r.none(name + ", within the grace")
		r.Add(time.Millisecond)
		j = r.claim()
		r.begin(j, ledger.Doubtful)
		r.must(r.Settle(t.Context(), j, "reply", ledger.Undone, ""))
		r.must(giveBack(j))
		r.Add(time.Second)
		r.must(r.Finish(t.Context(), r.claim(), "answered"))
	}
}
