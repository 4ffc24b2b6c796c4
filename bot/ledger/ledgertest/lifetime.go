package ledgertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// calls are all methods that take a context, with a job that has a lease.
func calls(l ledger.Ledger, ctx context.Context, j ledger.Job) map[string]error {
	err := map[string]error{}
	_, err["Accept"] = l.Accept(ctx, ask(77))
	_, _, err["Claim"] = l.Claim(ctx, want)
	_, err["Extend"] = l.Extend(ctx, j, time.Minute)
	_, err["Begin"] = l.Begin(ctx, j, "reply")
	err["Settle"] = l.Settle(ctx, j, "reply", ledger.Done, "1")
	err["Remember"] = l.Remember(ctx, j, ledger.Text("q"), ledger.Text("a"))
	_, err["Thread"] = l.Thread(ctx, j.At)
	_, err["ForgetThread"] = l.ForgetThread(ctx, j.At)
	err["Release"] = l.Release(ctx, j)
	err["Retry"] = l.Retry(ctx, j, 0)
	err["Finish"] = l.Finish(ctx, j, "answered")
	err["PutFeedback"] = l.PutFeedback(ctx, ledger.Feedback{Message: "m", From: ann, Verdict: "up"})
	_, err["Feedback"] = l.Feedback(ctx, "slack", "m")
	err["PutShare"] = l.PutShare(ctx, ledger.Share{Message: "m", From: ann, To: desk})
	_, err["Shares"] = l.Shares(ctx, "slack", "m")
	_, _, err["OpenHandOff"] = l.OpenHandOff(ctx, ledger.HandOff{From: j.At, To: desk, By: ann})
	_, _, err["AnswerHandOff"] = l.AnswerHandOff(ctx, desk, ann)
	_, err["CloseHandOff"] = l.CloseHandOff(ctx, j.At)
	_, err["Quiet"] = l.Quiet(ctx, j.At)
	err["Set"] = l.Set(ctx, ledger.Setting{At: room, Key: "mode", Value: ledger.Text("x"), By: ann})
	_, _, err["Setting"] = l.Setting(ctx, room, "mode")
	_, err["SettingHistory"] = l.SettingHistory(ctx, room, "mode")
	_, err["Forget"] = l.Forget(ctx, ann)
	_, err["ForgetWorkspace"] = l.ForgetWorkspace(ctx, ledger.Place{Platform: "slack", Workspace: "T1"})
	_, err["Purge"] = l.Purge(ctx, time.Now(), time.Now())
	_, err["Stats"] = l.Stats(ctx)
	return err
}

func cancelled(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	r.fill()
	j := r.working(ask(70))
	before := fmt.Sprint(r.stats())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range calls(r, ctx, j) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v", name, err)
		}
	}
	late, cancel := context.WithTimeout(t.Context(), -1)
	defer cancel()
	for name, err := range calls(r, late, j) {
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s after its deadline: %v", name, err)
		}
	}
	if got := fmt.Sprint(r.stats()); got != before {
		t.Errorf("cancelled calls changed %s to %s", before, got)
	}
	r.must(r.Finish(t.Context(), j, "answered"))
}

func closed(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	j := r.working(ask(1))
	for range 2 {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	for name, err := range calls(r, t.Context(), j) {
		if !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("%s of a closed ledger: %v", name, err)
		}
	}
}

// copies changes what was handed in and out.
func copies(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	e := asks(1, ann, thread("a"))
	r.add(e)
	clear(e.Text)
	clear(e.Keys)
	j := r.claim()
	if string(j.Text) != "question 1" {
		t.Errorf("the event's text became %q", []byte(j.Text))
	}
	answer := ledger.Text("answer")
	r.must(r.Remember(t.Context(), j, j.Text, answer))
	clear(answer)
	clear(j.Text)
	for range 2 {
		turns, err := r.Thread(t.Context(), j.At)
		if r.must(err); string(turns[0].Question)+string(turns[0].Answer) != "question 1answer" {
			t.Errorf("the turn became %q", []byte(turns[0].Question))
		}
		clear(turns[0].Question)
	}
	r.must(r.Retry(t.Context(), j, 0))
	if j = r.claim(); string(j.Text) != "question 1" {
		t.Errorf("the text became %q", []byte(j.Text))
	}
	why, value := ledger.Text("why"), ledger.Text("loud")
	r.must(r.PutFeedback(t.Context(), ledger.Feedback{Message: "m", From: ann, Verdict: "up", Reasons: why}))
	r.must(r.Set(t.Context(), ledger.Setting{At: room, Key: "mode", Value: value, By: ann}))
	clear(why)
	clear(value)
	for range 2 {
		f, err := r.Feedback(t.Context(), "slack", "m")
		r.must(err)
		s, _, err := r.Setting(t.Context(), room, "mode")
		if r.must(err); string(f[0].Reasons) != "why" || string(s.Value) != "loud" {
			t.Errorf("reasons became %q, a setting %q", []byte(f[0].Reasons), []byte(s.Value))
		}
		clear(f[0].Reasons)
		clear(s.Value)
	}
}

// canary is in no error and in nothing printed.
const canary = "CANARY-7b1f"

// silent checks that no error says a text, a person or a place, nor does
// a value that is printed, whichever way.
func silent(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	who := ledger.Principal{Platform: "slack", Workspace: canary, User: canary}
	at := ledger.Place{Platform: "slack", Workspace: canary, Channel: canary, Thread: canary}
	e := ledger.Event{Keys: []ledger.Key{canary}, From: who, At: at, Kind: "ask", Text: ledger.Text(canary), Reply: ledger.Text(canary)}
	hush := func(what string, err error) {
		t.Helper()
		if err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for name, spoil := range broken() {
		bad := e
		spoil(&bad)
		if len(bad.Keys) == 1 && len(bad.Keys[0]) > ledger.MaxID {
			bad.Keys = []ledger.Key{ledger.Key(strings.Repeat(canary, 100))}
		}
		_, err := r.Accept(t.Context(), bad)
		hush(name, err)
	}
	note := e
	note.Kind = "rewrite"
	_, err := r.Accept(t.Context(), note)
	hush("a note", err)
	bad := at
	bad.Channel += "\n"
	_, err = r.Thread(t.Context(), bad)
	hush("a bad place", err)
	hush("a bad key", r.Set(t.Context(), ledger.Setting{At: at, Key: canary, Value: ledger.Text(canary), By: who}))
	j := r.working(e)
	hush("a bad effect", r.Settle(t.Context(), j, canary, ledger.Done, canary))
	hush("not begun", r.Settle(t.Context(), j, "reply", ledger.Done, canary))
	hush("no outcome", r.Finish(t.Context(), j, canary))
	r.begin(j, ledger.Fresh)
	hush("unsettled", r.Finish(t.Context(), j, "answered"))
	r.must(r.Settle(t.Context(), j, "reply", ledger.Done, "1"))
	r.must(r.Remember(t.Context(), j, ledger.Text(canary), ledger.Text(canary)))
	r.must(r.PutFeedback(t.Context(), ledger.Feedback{Message: canary, From: who, Verdict: "up", Reasons: ledger.Text(canary)}))
	turns, _ := r.Thread(t.Context(), at)
	said, _ := r.Feedback(t.Context(), "slack", canary)
	for _, v := range []any{e, j, &j, turns, said, ledger.Share{Message: canary, From: who, To: at}, ledger.HandOff{From: at, To: at, By: who, Answerer: who},
		ledger.Setting{At: at, Key: "mode", Value: ledger.Text(canary), By: who}, r.stats()} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, canary) || strings.Contains(got, fmt.Sprintf("%x", canary)) || strings.Contains(got, fmt.Sprint([]byte(canary))) {
				t.Errorf("%s of %T shows it: %s", verb, v, got)
			}
		}
		if got, err := json.Marshal(v); err != nil || strings.Contains(string(got), canary) {
			t.Errorf("JSON of %T shows it: %s, %v", v, got, err)
		}
	}
	r.must(r.Close())
	for name, err := range calls(r, t.Context(), j) {
		hush(name, err)
	}
}

// concurrent has workers finish what others accept; run it with the race
// detector.
func concurrent(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	const each, people, workers = 20, 3, 3
	errs := make(chan error, 1000)
	done := make(chan int64, 1000)
	var all sync.WaitGroup
	for p := range people {
		all.Go(func() {
			for i := range each {
				if _, err := r.Accept(t.Context(), asks(p*100+i, ann, thread(fmt.Sprint(p)))); err != nil {
					errs <- err
				}
			}
		})
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	for range workers {
		all.Go(func() {
			for len(done) < each*people && ctx.Err() == nil {
				j, ok, err := r.Claim(ctx, want)
				if err == nil && ok {
					if _, err = r.Begin(ctx, j, "reply"); err == nil {
						err = r.Settle(ctx, j, "reply", ledger.Done, "x")
					}
					if err == nil {
						err = r.Remember(ctx, j, j.Text, j.Text)
					}
					if err == nil {
						err = r.Finish(ctx, j, "answered")
					}
					done <- j.ID
				}
				if err != nil {
					errs <- err
				}
			}
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	close(done)
	seen := map[int64]bool{}
	for id := range done {
		if seen[id] {
			t.Errorf("event %d was claimed twice", id)
		}
		seen[id] = true
	}
	if s := r.stats(); s.Finished != each*people || len(seen) != each*people {
		t.Errorf("%d claimed; %+v", len(seen), s)
	}
}

// reopen ends the ledger amid its work.
func reopen(t testing.TB, b Backend) {
	if b.Reopen == nil {
		return
	}
	c := NewClock()
	o := ledger.Options{Now: c.Now, Grace: 10 * time.Second}
	r := rig{t, b.Open(t, o), c}
	r.fill()
	sending, working := r.working(ask(10)), r.working(ask(11))
	token := r.begin(sending, ledger.Fresh).Token
	r.add(ask(12))
	before := r.stats()
	r.Ledger = b.Reopen(t, r.Ledger, o)
	before.Waiting, before.Working = 3, 0
	if got := r.stats(); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("reopened: %+v, want %+v", got, before)
	}
	r.lost("of an ended process", working)
	if j := r.claim(); j.ID != working.ID || j.Attempt != 2 || string(j.Text) != "question 11" {
		t.Errorf("claimed event %d, attempt %d, want %d at once", j.ID, j.Attempt, working.ID)
	}
	r.claim()
	r.none("with a begun effect, within the grace")
	r.Add(10 * time.Second)
	j := r.claim()
	if e := r.begin(j, ledger.Doubtful); j.ID != sending.ID || e.Token != token {
		t.Errorf("claimed event %d, want %d with its token", j.ID, sending.ID)
	}
	for n := range 13 {
		if n > 1 && n < 10 {
			continue
		}
		if ok, err := r.Accept(t.Context(), ask(n)); ok || err != nil {
			t.Errorf("event %d delivered again after reopening: accepted %t, %v", n, ok, err)
		}
	}
	if got := r.turns(thread("a")); len(got) != 2 {
		t.Errorf("turns %q", got)
	}
	if quiet, err := r.Quiet(t.Context(), thread("a")); err != nil || !quiet {
		t.Errorf("quiet %t, %v", quiet, err)
	}
	if s, ok, err := r.Setting(t.Context(), room, "mode"); err != nil || !ok || s.By != ben {
		t.Errorf("setting %t, %v", ok, err)
	}
}
