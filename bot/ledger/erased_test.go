package ledger_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
)

// leftOf counts a canary in the raw files of a ledger.
func leftOf(t testing.TB, file, canary string) (n int) {
	t.Helper()
	all, err := filepath.Glob(file + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		n += bytes.Count(data, []byte(canary))
	}
	return n
}

// person does one of everything, of random sizes, with canaries in all that
// may say who it is or what was said.
func person(t testing.TB, l ledger.Ledger, r *rand.Rand, n int, canary string) ledger.Principal {
	t.Helper()
	who := ledger.Principal{Platform: "slack", Workspace: "T1", User: canary + "user"}
	at := ledger.Place{Platform: "slack", Workspace: "T1", Channel: "C1", Thread: fmt.Sprint(n)}
	text := func() ledger.Text {
		size := []int{0, 10, 100, 300, 600, 1500, 9000}[r.IntN(7)]
		return ledger.Text(strings.Repeat("x", r.IntN(size+1)) + canary + strings.Repeat("y", r.IntN(size+1)))
	}
	e := ledger.Event{Keys: []ledger.Key{ledger.Key(fmt.Sprint(canary, n))}, From: who, At: at, Kind: "ask", Text: text(), Reply: ledger.Text(canary)}
	_, err := l.Accept(t.Context(), e)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(err)
	j, ok, err := l.Claim(t.Context(), ledger.Want{Platform: "slack"})
	if check(err); !ok {
		t.Fatal("no job")
	}
	_, err = l.Begin(t.Context(), j, "reply")
	check(err)
	check(l.Settle(t.Context(), j, "reply", ledger.Done, canary))
	check(l.Remember(t.Context(), j, text(), text()))
	check(l.Finish(t.Context(), j, "answered"))
	check(l.PutFeedback(t.Context(), ledger.Feedback{Message: ledger.Key(canary), From: who, Verdict: "up", Reasons: text()}))
	check(l.PutShare(t.Context(), ledger.Share{Message: ledger.Key(canary), From: who, To: at}))
	_, _, err = l.OpenHandOff(t.Context(), ledger.HandOff{From: at, To: at, By: who})
	check(err)
	check(l.Set(t.Context(), ledger.Setting{At: at, Key: "mode", Value: ledger.Text("loud"), By: who}))
	return who
}

func canaryOf(i int) string { return fmt.Sprintf("CANARY-%02d-", i) }

// TestForgotten looks for what was forgotten in the raw files: it must be
// there before, and be gone at once, with the ledger open. With these random
// numbers some is left where the file is not written anew.
func TestForgotten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file, ledger.Options{TurnBytes: 60 << 10})
	r := rand.New(rand.NewPCG(2, 8))
	const crowd = 10
	for round := range 2 * min(scale, 10) {
		people := map[string]ledger.Principal{}
		for i := range 100 {
			canary := canaryOf(i % crowd)
			people[canary] = person(t, l, r, round*100+i, canary)
		}
		for _, i := range r.Perm(crowd) {
			canary := canaryOf(i)
			who := people[canary]
			if leftOf(t, file, canary) == 0 {
				t.Fatalf("%s is not in the files in the first place", canary)
			}
			n, err := l.Forget(t.Context(), who)
			if err != nil || n.Events == 0 || n.Names == 0 {
				t.Fatalf("forgot %+v, %v", n, err)
			}
			if left := leftOf(t, file, canary); left != 0 {
				t.Errorf("round %d: after Forget, the files hold %s %d times", round, canary, left)
			}
		}
	}
}

// TestPurged looks for purged texts, and then for purged people.
func TestPurged(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	clock := newClock()
	l := open(t, file, ledger.Options{Now: clock.Now, TurnBytes: 60 << 10})
	r := rand.New(rand.NewPCG(9, 10))
	for i := range 600 {
		if i < 40 {
			person(t, l, r, i, "CANARY-")
			continue
		}
		// More than are purged at a time.
		who := ledger.Principal{Platform: "slack", User: "CANARY-"}
		e := ledger.Event{Keys: []ledger.Key{ledger.Key(fmt.Sprint(i))}, From: who, At: ledger.Place{Platform: "slack"}, Kind: "ask", Text: ledger.Text("CANARY-text")}
		if ok, err := l.Accept(t.Context(), e); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	clock.Add(1)
	n, err := l.Purge(t.Context(), clock.Now().Add(1e9), clock.Now().Add(-1e9))
	if err != nil || n.Texts != 600 || n.Turns != 40 {
		t.Errorf("purged %+v, %v", n, err)
	}
	if left := leftOf(t, file, "CANARY-text"); left != 0 {
		t.Errorf("purged texts are in the files %d times", left)
	}
	for {
		j, ok, err := l.Claim(t.Context(), ledger.Want{Platform: "slack"})
		if err != nil || !ok {
			break
		}
		if err := l.Finish(t.Context(), j, "forgotten"); err != nil || !j.Forgotten {
			t.Fatal(err)
		}
	}
	n, err = l.Purge(t.Context(), clock.Now().Add(1e9), clock.Now().Add(1e9))
	if err != nil || n.Events != 40 || n.Feedback != 1 || n.HandOffs != 40 {
		t.Errorf("purged %+v, %v", n, err)
	}
	if left := leftOf(t, file, "CANARY-text"); left != 0 {
		t.Errorf("purged people are in the files %d times", left)
	}
}

// TestForgetBesideReader has another process read the file: its copy of the
// past stays in the log, and Forget says so.
func TestForgetBesideReader(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file, ledger.Options{})
	who := person(t, l, rand.New(rand.NewPCG(1, 1)), 1, "CANARY-")
	db := raw(t, file)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM event").Scan(&n); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	forgot, err := l.Forget(t.Context(), who)
	if !errors.Is(err, ledger.ErrLocked) || forgot.Events != 1 || !strings.Contains(err.Error(), "call again") {
		t.Errorf("beside a reader, forgot %+v, %v; want one, and ErrLocked", forgot, err)
	}
	tx.Rollback()
	if _, err := l.Forget(t.Context(), who); err != nil || leftOf(t, file, "CANARY-") != 0 {
		t.Errorf("called again: %v", err)
	}
}
