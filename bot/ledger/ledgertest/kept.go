package ledgertest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// turns are the questions and answers of a thread.
func (r rig) turns(at ledger.Place) (out []string) {
	r.Helper()
	all, err := r.Thread(r.Context(), at)
	r.must(err)
	for _, t := range all {
		out = append(out, string(t.Question)+"|"+string(t.Answer))
	}
	return out
}

// tell accepts an event of who's at a place and remembers it.
func (r rig) tell(n int, who ledger.Principal, at ledger.Place, answer string) {
	r.Helper()
	j := r.working(asks(n, who, at))
	r.must(r.Remember(r.Context(), j, ledger.Text(fmt.Sprint("q", n)), ledger.Text(answer)))
	r.must(r.Finish(r.Context(), j, "answered"))
}

func threads(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	a := thread("a")
	r.tell(1, ann, a, "one")
	r.Add(time.Second)
	r.tell(2, ben, a, "two")
	r.tell(3, ann, thread("b"), "else")
	if got := r.turns(a); !slices.Equal(got, []string{"q1|one", "q2|two"}) {
		t.Errorf("the thread has %q", got)
	}
	all, err := r.Thread(t.Context(), a)
	if err != nil || all[1].From != ben || !all[1].At.Equal(r.Now()) {
		t.Errorf("the second turn is not its author's of now; %v", err)
	}
	j := r.working(asks(4, ann, a))
	for _, answer := range []string{"first draft", "final"} {
		r.must(r.Remember(t.Context(), j, ledger.Text("q4"), ledger.Text(answer)))
	}
	if got := r.turns(a); !slices.Equal(got, []string{"q1|one", "q2|two", "q4|final"}) {
		t.Errorf("with a turn remembered twice, the thread has %q", got)
	}
	r.must(r.Finish(t.Context(), j, "answered"))
	j = r.working(asks(5, ann, room))
	if err := r.Remember(t.Context(), j, nil, nil); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("a turn in no thread: %v, want ErrInvalid", err)
	}
	if n, err := r.ForgetThread(t.Context(), a); err != nil || n != 3 {
		t.Errorf("forgot %d turns, %v; want 3", n, err)
	}
	if n, err := r.ForgetThread(t.Context(), a); err != nil || n != 0 {
		t.Errorf("forgot %d turns again, %v", n, err)
	}
	if a, b := r.turns(a), r.turns(thread("b")); len(a) != 0 || len(b) != 1 {
		t.Errorf("one thread forgotten: %q, and the other %q", a, b)
	}
}

func threadBounds(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Turns: 3, TurnBytes: 100, TurnTime: time.Hour})
	a := thread("a")
	for i := range 5 {
		r.tell(i, ann, a, "x")
		r.tell(i+10, ann, thread("b"), "y")
	}
	if got := r.turns(a); !slices.Equal(got, []string{"q2|x", "q3|x", "q4|x"}) {
		t.Errorf("of three turns at most, there are %q", got)
	}
	long := strings.Repeat("x", 94)
	r.tell(5, ann, a, long)
	if got := r.turns(a); !slices.Equal(got, []string{"q4|x", "q5|" + long}) {
		t.Errorf("of 100 bytes at most, there are %d turns", len(got))
	}
	j := r.working(asks(6, ann, a))
	if err := r.Remember(t.Context(), j, ledger.Text("0123456"), ledger.Text(long)); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("a turn of 101 bytes: %v, want ErrInvalid", err)
	}
	if got := r.turns(a); len(got) != 2 {
		t.Errorf("a turn that was refused leaves %d", len(got))
	}
	if got := r.turns(thread("b")); len(got) != 3 {
		t.Errorf("another thread has %d turns", len(got))
	}
	r.Add(time.Hour)
	r.must(r.Finish(t.Context(), j, "answered"))
	r.tell(7, ann, a, "n")
	if got := r.turns(a); len(got) != 2 {
		t.Errorf("after an hour, of 100 bytes, there are %d turns", len(got))
	}
	r.Add(time.Millisecond)
	if got := r.turns(a); !slices.Equal(got, []string{"q7|n"}) {
		t.Errorf("after more than an hour, there are %q", got)
	}
	r.tell(8, ann, thread("b"), "n") // and the rest of that thread is not only passed over
	if s := r.stats(); s.Turns != 3 {
		t.Errorf("%d turns are kept, want 1, and 2 of the other thread", s.Turns)
	}
}

func feedback(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	put := func(f ledger.Feedback) {
		t.Helper()
		r.must(r.PutFeedback(t.Context(), f))
		r.Add(time.Second)
	}
	put(ledger.Feedback{Message: "m1", From: ann, Verdict: "up"})
	put(ledger.Feedback{Message: "m1", From: ben, Verdict: "down", Reasons: ledger.Text("wrong state")})
	put(ledger.Feedback{Message: "m2", From: ben, Verdict: "up"})
	changed := r.Now()
	put(ledger.Feedback{Message: "m1", From: ann, Verdict: "down", Reasons: ledger.Text("too long")})
	got, err := r.Feedback(t.Context(), "slack", "m1")
	want := []ledger.Feedback{
		{Message: "m1", From: ben, Verdict: "down", Reasons: ledger.Text("wrong state"), At: changed.Add(-2 * time.Second)},
		{Message: "m1", From: ann, Verdict: "down", Reasons: ledger.Text("too long"), At: changed},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("feedback %v, %v; want %v", got, err, want)
	}
	if got, err := r.Feedback(t.Context(), "discord", "m1"); err != nil || len(got) != 0 {
		t.Errorf("another platform's message has %v, %v", got, err)
	}
	if s := r.stats(); !reflect.DeepEqual(s.Feedback, map[string]int{"up": 1, "down": 2}) {
		t.Errorf("counted %v", s.Feedback)
	}
}

func shares(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	first := r.Now()
	s := ledger.Share{Message: "m1", From: ann, To: room}
	r.must(r.PutShare(t.Context(), s))
	r.Add(time.Second)
	r.must(r.PutShare(t.Context(), s))
	s.To = desk
	r.must(r.PutShare(t.Context(), s))
	s.Message = "m2"
	r.must(r.PutShare(t.Context(), s))
	got, err := r.Shares(t.Context(), "slack", "m1")
	want := []ledger.Share{{Message: "m1", From: ann, To: room, At: first}, {Message: "m1", From: ann, To: desk, At: r.Now()}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("shares %+v, %v", got, err)
	}
	if got, err := r.Shares(t.Context(), "discord", "m1"); err != nil || len(got) != 0 {
		t.Errorf("another platform's message was shared %d times, %v", len(got), err)
	}
}

func handOffs(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	a := thread("a")
	quiet := func(at ledger.Place, want bool) {
		t.Helper()
		if got, err := r.Quiet(t.Context(), at); err != nil || got != want {
			t.Errorf("quiet %t, %v; want %t", got, err, want)
		}
	}
	quiet(a, false)
	opened := r.Now()
	h, ok, err := r.OpenHandOff(t.Context(), ledger.HandOff{From: a, To: desk, By: ann})
	if want := (ledger.HandOff{From: a, To: desk, By: ann, Opened: opened}); err != nil || !ok || h != want {
		t.Errorf("opened %t %+v, %v", ok, h, err)
	}
	r.Add(time.Minute)
	if h, ok, err = r.OpenHandOff(t.Context(), ledger.HandOff{From: a, To: room, By: ben}); err != nil || ok || h.To != desk || !h.Opened.Equal(opened) {
		t.Errorf("opened again %t, %v", ok, err)
	}
	quiet(a, false)
	if _, ok, err := r.AnswerHandOff(t.Context(), thread("b"), ben); err != nil || ok {
		t.Errorf("an answer elsewhere: %t, %v", ok, err)
	}
	quiet(a, false)
	answered := r.Now()
	for i, at := range []ledger.Place{desk, a} {
		h, ok, err = r.AnswerHandOff(t.Context(), at, []ledger.Principal{ben, ann}[i])
		if err != nil || !ok || h.From != a || h.Answerer != ben || !h.Answered.Equal(answered) {
			t.Errorf("answer %d: %t %+v, %v", i, ok, h, err)
		}
		r.Add(time.Minute)
	}
	quiet(a, true)
	quiet(desk, false)
	quiet(thread("b"), false)
	if s := r.stats(); s.HandOffs != 1 {
		t.Errorf("%d hand-offs", s.HandOffs)
	}
	for _, want := range []bool{true, false} {
		if ok, err := r.CloseHandOff(t.Context(), a); err != nil || ok != want {
			t.Errorf("closed %t, %v; want %t", ok, err, want)
		}
	}
	quiet(a, false)
	if _, ok, err := r.OpenHandOff(t.Context(), ledger.HandOff{From: a, To: desk, By: ann}); err != nil || !ok {
		t.Errorf("opened anew %t, %v", ok, err)
	}
	quiet(a, false)
}

func settings(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	space := ledger.Place{Platform: "slack", Workspace: "T1"}
	set := func(at ledger.Place, value string, by ledger.Principal) {
		t.Helper()
		r.must(r.Set(t.Context(), ledger.Setting{At: at, Key: "mode", Value: ledger.Text(value), By: by}))
		r.Add(time.Second)
	}
	get := func(at ledger.Place, want string) {
		t.Helper()
		s, ok, err := r.Setting(t.Context(), at, "mode")
		if err != nil || ok != (want != "") || string(s.Value) != want {
			t.Errorf("the setting is %q (%t), %v; want %q", []byte(s.Value), ok, err, want)
		}
	}
	get(thread("a"), "")
	set(space, "loud", ann)
	get(thread("a"), "loud")
	get(space, "loud")
	first := r.Now()
	set(room, "soft", ann)
	set(room, "softer", ben)
	get(thread("a"), "softer")
	get(room, "softer")
	get(desk, "loud")
	set(thread("a"), "silent", ann)
	get(thread("a"), "silent")
	get(thread("b"), "softer")
	if _, ok, err := r.Setting(t.Context(), room, "other"); ok || err != nil {
		t.Errorf("another key: %t, %v", ok, err)
	}
	set(room, "", ben)
	get(room, "loud")
	get(thread("b"), "loud")
	got, err := r.SettingHistory(t.Context(), room, "mode")
	want := []ledger.Setting{
		{At: room, Key: "mode", By: ben, Set: first.Add(3 * time.Second)},
		{At: room, Key: "mode", Value: ledger.Text("softer"), By: ben, Set: first.Add(time.Second)},
		{At: room, Key: "mode", Value: ledger.Text("soft"), By: ann, Set: first},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("history %+v, %v", got, err)
	}
	if s := r.stats(); s.Settings != 2 {
		t.Errorf("%d settings have a value, want 2", s.Settings)
	}
}
