package ledgertest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// fill has ann and ben do one of everything.
func (r rig) fill() {
	r.Helper()
	ctx := r.Context()
	for i, who := range []ledger.Principal{ann, ben} {
		j := r.working(asks(i, who, thread("a")))
		r.begin(j, ledger.Fresh)
		r.must(r.Settle(ctx, j, "reply", ledger.Done, "9.9"))
		r.must(r.Remember(ctx, j, j.Text, ledger.Text("answer")))
		r.must(r.Finish(ctx, j, "answered"))
		r.must(r.PutFeedback(ctx, ledger.Feedback{Message: "m", From: who, Verdict: "up", Reasons: ledger.Text("why")}))
		r.must(r.PutShare(ctx, ledger.Share{Message: "m", From: who, To: desk}))
		r.must(r.Set(ctx, ledger.Setting{At: room, Key: "mode", Value: ledger.Text("soft"), By: who}))
	}
	_, _, err := r.OpenHandOff(ctx, ledger.HandOff{From: thread("a"), To: desk, By: ann})
	r.must(err)
	_, _, err = r.AnswerHandOff(ctx, desk, ben)
	r.must(err)
}

func forget(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	r.fill()
	n, err := r.Forget(t.Context(), ann)
	if want := (ledger.Forgotten{Events: 1, Turns: 1, Feedback: 1, Shares: 1, Names: 2}); err != nil || n != want {
		t.Errorf("forgot %+v, %v; want %+v", n, err, want)
	}
	if got := r.turns(thread("a")); len(got) != 1 {
		t.Errorf("turns %q", got)
	}
	f, _ := r.Feedback(t.Context(), "slack", "m")
	s, _ := r.Shares(t.Context(), "slack", "m")
	if len(f) != 1 || f[0].From != ben || len(s) != 1 || s[0].From != ben {
		t.Error("the other's feedback or shares are gone, or the person's are not")
	}
	h, _, err := r.OpenHandOff(t.Context(), ledger.HandOff{From: thread("a"), To: desk, By: ann})
	if err != nil || h.By != blank || h.Answerer != ben {
		t.Errorf("the hand-off: %v", err)
	}
	if quiet, err := r.Quiet(t.Context(), thread("a")); err != nil || !quiet {
		t.Errorf("quiet %t, %v", quiet, err)
	}
	history, err := r.SettingHistory(t.Context(), room, "mode")
	if err != nil || len(history) != 2 || history[1].By != blank || history[0].By != ben || len(history[1].Value) == 0 {
		t.Errorf("of the setting's history: %v", err)
	}
	if ok, err := r.Accept(t.Context(), asks(0, ann, thread("a"))); ok || err != nil {
		t.Errorf("delivered again after it was forgotten: accepted %t, %v", ok, err)
	}
	if n, err := r.Forget(t.Context(), ann); err != nil || n != (ledger.Forgotten{}) {
		t.Errorf("forgot again %+v, %v", n, err)
	}
	if n, err := r.Forget(t.Context(), ledger.Principal{Platform: "slack", Workspace: "T2", User: "U2"}); err != nil || n != (ledger.Forgotten{}) {
		t.Errorf("forgot the like of another workspace: %+v, %v", n, err)
	}
	if n, err := r.Forget(t.Context(), ben); err != nil || n.Names != 2 || n.Events != 1 {
		t.Errorf("forgot the other %+v, %v", n, err)
	}
	if s := r.stats(); s.Finished != 0 || s.Turns != 0 || len(s.Feedback) != 0 || s.Shares != 0 || s.HandOffs != 1 || s.Keys != 4 {
		t.Errorf("left: %+v", s)
	}
}

func forgetUnfinished(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	working := r.working(ask(1))
	r.begin(working, ledger.Fresh)
	r.add(ask(2))
	n, err := r.Forget(t.Context(), ann)
	if err != nil || n != (ledger.Forgotten{Unfinished: 2}) {
		t.Errorf("forgot %+v, %v; want two unfinished", n, err)
	}
	r.must(r.Remember(t.Context(), working, ledger.Text("q"), ledger.Text("a")))
	if got := r.turns(working.At); len(got) != 0 {
		t.Errorf("of a forgotten event is remembered %q", got)
	}
	r.must(r.Settle(t.Context(), working, "reply", ledger.Done, ""))
	r.must(r.Finish(t.Context(), working, "answered"))
	next := r.claim()
	if !next.Forgotten || next.Text != nil || string(next.Reply) != "ts 2" || next.From != ann || next.At != thread("2") {
		t.Errorf("forgotten %t, with %d bytes", next.Forgotten, len(next.Text))
	}
	r.must(r.Finish(t.Context(), next, "forgotten"))
	if s := r.stats(); s.Finished+s.Waiting+s.Working != 0 || s.Keys != 4 {
		t.Errorf("left: %+v", s)
	}
	if n, err := r.Forget(t.Context(), ann); err != nil || n != (ledger.Forgotten{}) {
		t.Errorf("left of the person: %+v, %v", n, err)
	}
}

// forgetWorkspace forgets one whose name another's begins with.
func forgetWorkspace(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	ctx := t.Context()
	r.fill()
	other := ledger.Place{Platform: "slack", Workspace: "T10", Channel: "C1", Thread: "a"}
	j := r.working(asks(5, ann, other))
	r.must(r.Remember(ctx, j, j.Text, ledger.Text("answer")))
	r.must(r.Finish(ctx, j, "answered"))
	r.must(r.PutShare(ctx, ledger.Share{Message: "m", From: ann, To: other}))
	r.must(r.Set(ctx, ledger.Setting{At: other, Key: "mode", Value: ledger.Text("loud"), By: ann}))
	_, _, err := r.OpenHandOff(ctx, ledger.HandOff{From: other, To: ledger.Place{Platform: "slack", Workspace: "T10", Channel: "C9"}, By: ann})
	r.must(err)
	r.add(ask(7))
	for _, wrong := range []ledger.Place{{}, {Platform: "slack"}, {Workspace: "T1"}, room, desk} {
		if n, err := r.ForgetWorkspace(ctx, wrong); !errors.Is(err, ledger.ErrInvalid) || n != (ledger.Forgotten{}) {
			t.Errorf("what is no workspace: %+v, %v, want ErrInvalid", n, err)
		}
	}
	for _, none := range []ledger.Place{{Platform: "slack", Workspace: "T"}, {Platform: "discord", Workspace: "T1"}} {
		if n, err := r.ForgetWorkspace(ctx, none); err != nil || n != (ledger.Forgotten{}) {
			t.Errorf("forgot of another workspace %+v, %v", n, err)
		}
	}
	n, err := r.ForgetWorkspace(ctx, ledger.Place{Platform: "slack", Workspace: "T1"})
	if want := (ledger.Forgotten{Events: 2, Unfinished: 1, Turns: 2, Shares: 2, HandOffs: 1, Settings: 2}); err != nil || n != want {
		t.Errorf("forgot %+v, %v; want %+v", n, err, want)
	}
	if s := r.stats(); s.Finished != 1 || s.Waiting != 1 || s.Turns != 1 || s.Shares != 1 || s.HandOffs != 1 || s.Settings != 1 || s.Keys != 8 || s.Feedback["up"] != 2 {
		t.Errorf("left: %+v", s)
	}
	if j := r.claim(); !j.Forgotten || len(j.Text) != 0 {
		t.Errorf("an unfinished event: forgotten %t, with %d bytes", j.Forgotten, len(j.Text))
	} else {
		r.must(r.Finish(ctx, j, "forgotten"))
	}
	if ok, err := r.Accept(ctx, asks(0, ann, thread("a"))); ok || err != nil {
		t.Errorf("delivered again after it was forgotten: accepted %t, %v", ok, err)
	}
}

func purge(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{TurnTime: 1000 * time.Hour})
	r.fill()
	r.add(ask(10))
	r.Add(time.Hour)
	middle := r.Now()
	n, err := r.Purge(t.Context(), middle.Add(-time.Hour), middle.Add(-time.Hour))
	if err != nil || n != (ledger.Purged{}) {
		t.Errorf("purged of what is not older: %+v, %v", n, err)
	}
	n, err = r.Purge(t.Context(), middle, middle.Add(-time.Hour))
	if want := (ledger.Purged{Texts: 3, Turns: 2}); err != nil || n != want {
		t.Errorf("purged %+v, %v; want %+v", n, err, want)
	}
	r.add(ask(11))
	if s := r.stats(); s.Finished != 2 || s.Waiting != 2 || s.Feedback["up"] != 2 || s.Turns != 0 {
		t.Errorf("after the texts: %+v", s)
	}
	j := r.claim()
	if !j.Forgotten || len(j.Text) != 0 || len(j.Reply) == 0 {
		t.Errorf("an unfinished event: forgotten %t, with %d bytes", j.Forgotten, len(j.Text))
	}
	n, err = r.Purge(t.Context(), middle, middle)
	if want := (ledger.Purged{Events: 2, Feedback: 2, Shares: 2, HandOffs: 1, Settings: 1}); err != nil || n != want {
		t.Errorf("purged %+v, %v; want %+v", n, err, want)
	}
	r.must(r.Finish(t.Context(), j, "forgotten"))
	if j := r.claim(); j.Forgotten || len(j.Text) == 0 {
		t.Error("a later event was purged too")
	}
	if s := r.stats(); s.Finished != 0 || s.Working != 1 || len(s.Feedback) != 0 || s.Settings != 1 {
		t.Errorf("after the rows: %+v", s)
	}
}

// purgeKeys purges everything, again and again: what was delivered within
// ledger.KeyTime is still known.
func purgeKeys(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	all := func() ledger.Purged {
		t.Helper()
		later := r.Now().Add(time.Hour)
		n, err := r.Purge(t.Context(), later, later)
		r.must(err)
		return n
	}
	again := func(want bool) {
		t.Helper()
		if ok, err := r.Accept(t.Context(), ask(1)); err != nil || ok != want {
			t.Errorf("accepted %t, %v; want %t", ok, err, want)
		}
	}
	r.must(r.Finish(t.Context(), r.working(ask(1)), "answered"))
	if n := all(); n.Events != 1 || n.Keys != 0 {
		t.Errorf("purged %+v", n)
	}
	again(false)
	r.Add(24 * time.Hour)
	all()
	again(false) // an hourly retry of the last day, which counts as a delivery
	r.Add(24 * time.Hour)
	all()
	again(false)
	r.Add(ledger.KeyTime)
	all()
	again(false)
	r.Add(ledger.KeyTime + time.Hour)
	if n := all(); n.Keys != 2 {
		t.Errorf("purged %+v, want two keys", n)
	}
	again(true)
	r.Add(1000 * time.Hour)
	if n, err := r.Purge(t.Context(), r.Now().Add(-2000*time.Hour), r.Now().Add(-2000*time.Hour)); err != nil || n.Keys != 0 {
		t.Errorf("purged %+v, %v; keys stay as long as rows", n, err)
	}
}

// purgeSettings takes a setting away and purges, with the clock set back in
// between: the value it had does not come back.
func purgeSettings(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{})
	r.must(r.Set(t.Context(), ledger.Setting{At: room, Key: "mode", Value: ledger.Text("loud"), By: ann}))
	r.Add(-time.Hour)
	r.must(r.Set(t.Context(), ledger.Setting{At: room, Key: "mode", By: ann}))
	for range 3 {
		r.Add(time.Minute)
		if _, err := r.Purge(t.Context(), r.Now(), r.Now()); err != nil {
			t.Fatal(err)
		}
		if s, ok, err := r.Setting(t.Context(), room, "mode"); err != nil || ok {
			t.Errorf("taken away and purged, it is %q, %v", []byte(s.Value), err)
		}
		r.Add(time.Hour)
	}
	if got, err := r.SettingHistory(t.Context(), room, "mode"); err != nil || len(got) != 0 {
		t.Errorf("%d old settings are left, %v", len(got), err)
	}
}

func stats(t testing.TB, b Backend) {
	r := newRig(t, b, ledger.Options{Attempts: 1})
	if got := r.stats(); !reflect.DeepEqual(got, ledger.Stats{Feedback: map[string]int{}}) {
		t.Errorf("an empty ledger counts %+v", got)
	}
	start := r.Now()
	for i := range 5 {
		r.add(ask(i))
		r.Add(time.Second)
	}
	finished, working, failed := r.claim(), r.claim(), r.claim()
	r.must(r.Finish(t.Context(), finished, "answered"))
	r.begin(working, ledger.Fresh)
	r.must(r.Retry(t.Context(), failed, time.Minute))
	r.must(r.PutShare(t.Context(), ledger.Share{Message: "m", From: ann, To: desk}))
	want := ledger.Stats{Waiting: 2, Working: 1, Failed: 1, Finished: 1, Oldest: start.Add(time.Second),
		Unsettled: 1, Keys: 10, Feedback: map[string]int{}, Shares: 1}
	if got := r.stats(); !reflect.DeepEqual(got, want) {
		t.Errorf("counted %+v, want %+v", got, want)
	}
	if _, err := r.Forget(t.Context(), blank); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("forgetting nobody: %v, want ErrInvalid", err)
	}
}
