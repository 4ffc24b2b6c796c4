package ledgertest

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

func accept(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	r.none("an empty ledger")
	e := ask(1)
	e.Text, e.Reply = ledger.Text("\x00 quêstion\n\xff"), ledger.Text("ts\x00")
	received := r.Now()
	r.add(e)
	r.Add(time.Second)
	got := r.claim()
	e.Keys = nil
	want := ledger.Job{ID: got.ID, Event: e, Received: received, Attempt: 1, Until: r.Now().Add(2 * time.Minute), Lease: got.Lease}
	if !reflect.DeepEqual(got, want) || got.ID < 1 || got.Lease == "" {
		t.Errorf("claimed %+v (%q, %q), want %+v", got, []byte(got.Text), []byte(got.Reply), want)
	}
	r.none("while it is leased")
	r.must(r.Finish(t.Context(), got, "answered"))
	r.Add(time.Hour)
	r.none("once it is finished")
	bare := ask(2)
	bare.Text, bare.Reply, bare.Kind = nil, nil, "rewrite"
	if got := r.working(bare); got.Text != nil || got.Reply != nil || got.Kind != "rewrite" {
		t.Errorf("an event without a text has %d bytes and %d", len(got.Text), len(got.Reply))
	}
}

func recall(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	e := ask(1)
	e.Text, e.Reply = ledger.Text("a question"), ledger.Text("ts")
	received := r.Now()
	r.add(e)
	job := r.claim()
	e.Keys = nil
	want := ledger.Job{ID: job.ID, Event: e, Received: received, Attempt: 1}
	for _, when := range []string{"leased", "finished"} {
		got, ok, err := r.Recall(t.Context(), job.ID)
		if err != nil || !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: recalled %+v, %t, %v; want %+v", when, got, ok, err, want)
		}
		if when == "leased" {
			r.must(r.Finish(t.Context(), job, "answered"))
		}
	}
	if _, err := r.Forget(t.Context(), e.From); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{job.ID, job.ID + 1, 0, -1} {
		if got, ok, err := r.Recall(t.Context(), id); ok || err != nil {
			t.Errorf("recalled %+v of %d, %v; want none", got, id, err)
		}
	}
}

func keys(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	for _, c := range []struct {
		keys []ledger.Key
		want bool
	}{
		{[]ledger.Key{"Ev1", "C1:1"}, true},
		{[]ledger.Key{"Ev1", "C1:1"}, false},
		{[]ledger.Key{"Ev2", "C1:1"}, false}, // the same message under another event id
		{[]ledger.Key{"Ev2"}, false},         // which is known since
		{[]ledger.Key{"Ev3", "C1:3", "Ev3"}, true},
		{[]ledger.Key{"C1:3", "Ev4", "C1:1"}, false},
		{[]ledger.Key{"Ev4"}, false},
		{[]ledger.Key{"ev1"}, true},
		{[]ledger.Key{"Ev1 "}, true},
	} {
		e := ask(1)
		e.Keys = c.keys
		if got, err := r.Accept(t.Context(), e); err != nil || got != c.want {
			t.Errorf("%q: accepted %t, %v; want %t", []string{string(c.keys[0])}, got, err, c.want)
		}
	}
	other := ask(1)
	other.From.Platform, other.At.Platform = "discord", "discord"
	if got, err := r.Accept(t.Context(), other); err != nil || !got {
		t.Errorf("the same key on another platform: accepted %t, %v", got, err)
	}
	j := r.claim()
	r.must(r.Finish(t.Context(), j, "answered"))
	if got, err := r.Accept(t.Context(), ask(1)); err != nil || got {
		t.Errorf("delivered again when it is finished: accepted %t, %v", got, err)
	}
	if s := r.stats(); s.Keys != 10 {
		t.Errorf("%d keys are known, want 10", s.Keys)
	}
}

// broken are events that cannot be stored.
func broken() map[string]func(e *ledger.Event) {
	long := strings.Repeat("x", ledger.MaxID+1)
	return map[string]func(e *ledger.Event){
		"no key":            func(e *ledger.Event) { e.Keys = nil },
		"an empty key":      func(e *ledger.Event) { e.Keys = append(e.Keys, "") },
		"a long key":        func(e *ledger.Event) { e.Keys = []ledger.Key{ledger.Key(long)} },
		"a binary key":      func(e *ledger.Event) { e.Keys = []ledger.Key{"a\x1fb"} },
		"a key not in text": func(e *ledger.Event) { e.Keys = []ledger.Key{"a\xff"} },
		"many keys":         func(e *ledger.Event) { e.Keys = make([]ledger.Key, ledger.MaxKeys+1) },
		"nobody":            func(e *ledger.Event) { e.From = blank },
		"no user":           func(e *ledger.Event) { e.From.User = "" },
		"a long user":       func(e *ledger.Event) { e.From.User = long },
		"no platform":       func(e *ledger.Event) { e.From.Platform, e.At.Platform = "", "" },
		"two platforms":     func(e *ledger.Event) { e.At.Platform = "discord" },
		"a thread nowhere":  func(e *ledger.Event) { e.At.Channel = "" },
		"a line in a place": func(e *ledger.Event) { e.At.Channel = "C\n1" },
		"no kind":           func(e *ledger.Event) { e.Kind = "" },
		"a kind in words":   func(e *ledger.Event) { e.Kind = "Ask this" },
		"a large text":      func(e *ledger.Event) { e.Text = make([]byte, ledger.MaxText+1) },
		"a large reply":     func(e *ledger.Event) { e.Reply = make([]byte, ledger.MaxReply+1) },
	}
}

func invalid(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	for name, spoil := range broken() {
		e := ask(1)
		spoil(&e)
		if ok, err := r.Accept(t.Context(), e); ok || !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("%s: accepted %t, %v; want ErrInvalid", name, ok, err)
		}
	}
	r.none("what is not valid")
	r.add(ask(1)) // and no key of it is known
	for name, w := range map[string]ledger.Want{
		"no platform": {}, "a long lease": {Platform: "slack", Lease: ledger.MaxLease + 1}, "a negative lease": {Platform: "slack", Lease: -1},
	} {
		if _, ok, err := r.Claim(t.Context(), w); ok || !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("%s: claimed %t, %v; want ErrInvalid", name, ok, err)
		}
	}
	j := r.claim()
	_, begun := r.Begin(t.Context(), j, "")
	for name, err := range map[string]error{
		"Begin":    begun,
		"Finish":   r.Finish(t.Context(), j, "It went well"),
		"Retry":    r.Retry(t.Context(), j, 2*ledger.MaxLease),
		"feedback": r.PutFeedback(t.Context(), ledger.Feedback{Message: "m", From: ann, Verdict: ""}),
		"share":    r.PutShare(t.Context(), ledger.Share{Message: "", From: ann, To: desk}),
		"set":      r.Set(t.Context(), ledger.Setting{At: room, Key: "mode", Value: ledger.Text("x")}),
	} {
		if !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
	r.must(r.Finish(t.Context(), j, "answered"))
}

func noteless(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Noteless: []string{"dictate"}})
	for _, kind := range []string{"rewrite", "dictate"} {
		e := asks(1, ann, thread("1"))
		e.Kind = kind
		if ok, err := r.Accept(t.Context(), e); ok || !errors.Is(err, ledger.ErrNoteless) {
			t.Errorf("a text of kind %s: accepted %t, %v; want ErrNoteless", kind, ok, err)
		}
		e.Text = nil
		e.Keys = []ledger.Key{ledger.Key(kind)}
		j := r.working(e)
		if err := r.Remember(t.Context(), j, ledger.Text("q"), ledger.Text("a")); !errors.Is(err, ledger.ErrNoteless) {
			t.Errorf("a turn of kind %s: %v, want ErrNoteless", kind, err)
		}
		j.Kind = "ask" // what counts is what was accepted
		if err := r.Remember(t.Context(), j, ledger.Text("q"), nil); !errors.Is(err, ledger.ErrNoteless) {
			t.Errorf("a turn of kind %s under another: %v, want ErrNoteless", kind, err)
		}
		r.must(r.Finish(t.Context(), j, "answered"))
	}
	if got, err := r.Thread(t.Context(), thread("1")); err != nil || len(got) != 0 {
		t.Errorf("the thread has %d turns, %v", len(got), err)
	}
}

func oldestFirst(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	for i := range 5 {
		e := ask(i)
		if i == 0 {
			e.From.Platform, e.At.Platform = "discord", "discord"
		}
		r.add(e)
	}
	var last int64
	for i := 1; i < 5; i++ {
		j := r.claim()
		if want := ask(i); string(j.Text) != string(want.Text) || j.ID <= last {
			t.Errorf("claimed %q as %d after %d, want %q", []byte(j.Text), j.ID, last, []byte(want.Text))
		}
		last = j.ID
	}
	r.none("with another platform's left")
	if j, ok, err := r.Claim(t.Context(), ledger.Want{Platform: "discord"}); err != nil || !ok || j.At.Platform != "discord" {
		t.Errorf("for the other platform, claimed %t, %v", ok, err)
	}
}

func threadOrder(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	for i, at := range []ledger.Place{thread("a"), thread("a"), thread("b"), room, room} {
		r.add(asks(i, ann, at))
	}
	first, other := r.claim(), r.claim()
	if string(first.Text) != "question 0" || string(other.Text) != "question 2" {
		t.Errorf("claimed %q and %q, want one of each thread", []byte(first.Text), []byte(other.Text))
	}
	if a, b := r.claim(), r.claim(); a.At != room || b.At != room {
		t.Error("a place without a thread has an order")
	}
	r.none("while the thread's first is worked on")
	r.must(r.Retry(t.Context(), first, time.Minute))
	r.none("while the thread's first rests")
	j, ok, err := r.Claim(t.Context(), ledger.Want{Platform: "slack", Unordered: true})
	if err != nil || !ok || string(j.Text) != "question 1" {
		t.Errorf("without order, claimed %t, %v", ok, err)
	}
	r.must(r.Release(t.Context(), j))
	r.Add(time.Minute)
	first = r.claim()
	r.must(r.Finish(t.Context(), first, "answered"))
	if j := r.claim(); string(j.Text) != "question 1" {
		t.Errorf("after the first, claimed %q", []byte(j.Text))
	}
}
