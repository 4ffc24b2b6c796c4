package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/ledger/ledgertest"
)

// TestAlike does the same random things to a file and to memory: both must
// answer alike.
func TestAlike(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2 * min(scale, 25)) {
		d := newDuo(t, seed)
		for step := range 500 {
			d.step(step)
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
	}
}

// A duo is a file and a memory that hold the same.
type duo struct {
	*testing.T
	*rand.Rand
	*ledgertest.Clock
	both [2]ledger.Ledger
	held [][2]ledger.Job
}

func newDuo(t *testing.T, seed uint64) *duo {
	d := &duo{T: t, Rand: rand.New(rand.NewPCG(seed, 4)), Clock: ledgertest.NewClock()}
	o := ledger.Options{Now: d.Now, Attempts: 2, Turns: 3, TurnBytes: 60, TurnTime: 6 * time.Hour}
	memory, err := ledger.NewMemory(o)
	if err != nil {
		t.Fatal(err)
	}
	d.both = [2]ledger.Ledger{open(t, filepath.Join(t.TempDir(), "ledger.db"), o), memory}
	return d
}

// kinds of errors that both must have in common.
var kinds = []error{ledger.ErrInvalid, ledger.ErrNoteless, ledger.ErrLost, ledger.ErrUnsettled}

// same does one thing to both and compares what comes back.
func (d *duo) same(what string, do func(i int, l ledger.Ledger) (any, error)) {
	d.Helper()
	var got [2]any
	var errs [2]error
	for i, l := range d.both {
		got[i], errs[i] = do(i, l)
	}
	for _, kind := range kinds {
		if errors.Is(errs[0], kind) != errors.Is(errs[1], kind) {
			d.Errorf("%s: %v, and %v", what, errs[0], errs[1])
		}
	}
	if (errs[0] == nil) != (errs[1] == nil) || errs[0] == nil && !reflect.DeepEqual(got[0], got[1]) {
		d.Errorf("%s: %+v, %v, and %+v, %v", what, got[0], errs[0], got[1], errs[1])
	}
}

func (d *duo) who() ledger.Principal {
	return ledger.Principal{Platform: "slack", Workspace: "T1", User: fmt.Sprint("U", d.IntN(3))}
}

func (d *duo) place() ledger.Place {
	p := ledger.Place{Platform: "slack", Workspace: "T1"}
	if d.IntN(5) > 0 {
		p.Channel = fmt.Sprint("C", d.IntN(2))
		if d.IntN(3) > 0 {
			p.Thread = fmt.Sprint(d.IntN(2))
		}
	}
	return p
}

func (d *duo) text() ledger.Text {
	return ledger.Text([]string{"", "short", "a text of some length", "a text of a length that is more"}[d.IntN(4)])
}

func (d *duo) step(n int) {
	d.Add(time.Duration(d.IntN(100)) * time.Second)
	ctx := d.Context()
	switch d.IntN(14) {
	case 0, 1:
		e := ledger.Event{From: d.who(), At: d.place(), Kind: []string{"ask", "ask", "rewrite"}[d.IntN(3)], Text: d.text(), Reply: d.text()}
		for range 1 + d.IntN(3) {
			e.Keys = append(e.Keys, ledger.Key(fmt.Sprint(d.IntN(60))))
		}
		d.same("Accept", func(_ int, l ledger.Ledger) (any, error) { return l.Accept(ctx, e) })
	case 2, 3:
		w := ledger.Want{Platform: "slack", Lease: time.Duration(1+d.IntN(300)) * time.Second, Unordered: d.IntN(4) == 0}
		var got [2]ledger.Job
		d.same("Claim", func(i int, l ledger.Ledger) (any, error) {
			j, ok, err := l.Claim(ctx, w)
			got[i], j.Lease = j, ""
			return []any{j, ok}, err
		})
		d.held = append(d.held, got)
	case 4, 5, 6, 7, 8:
		if len(d.held) > 0 {
			d.work(ctx, d.held[len(d.held)-1-d.IntN(min(4, len(d.held)))])
		}
	case 9, 10:
		d.say(ctx)
	case 11:
		d.set(ctx)
	case 12:
		d.upkeep(ctx)
	default:
		d.same("Stats", func(_ int, l ledger.Ledger) (any, error) {
			s, err := l.Stats(ctx)
			s.Bytes = 0
			return s, err
		})
	}
}

// work does something with a job, which may have lost its lease.
func (d *duo) work(ctx context.Context, j [2]ledger.Job) {
	name, length := []string{"reply", "status"}[d.IntN(2)], time.Duration(d.IntN(300))*time.Second
	state := []ledger.State{ledger.Done, ledger.Undone, ledger.Unsure}[d.IntN(3)]
	q, a, op := d.text(), d.text(), d.IntN(9)
	d.same(fmt.Sprint("work ", op), func(i int, l ledger.Ledger) (any, error) {
		switch op {
		case 0, 1:
			e, err := l.Begin(ctx, j[i], name)
			e.Token = ""
			return e, err
		case 2, 3:
			return nil, l.Settle(ctx, j[i], name, state, name)
		case 4:
			return nil, l.Remember(ctx, j[i], q, a)
		case 5:
			e, err := l.Extend(ctx, j[i], length)
			e.Lease = ""
			return e, err
		case 6:
			return nil, l.Release(ctx, j[i])
		case 7:
			return nil, l.Retry(ctx, j[i], length)
		}
		return nil, l.Finish(ctx, j[i], "answered")
	})
}

func (d *duo) say(ctx context.Context) {
	who, at, to, message := d.who(), d.place(), d.place(), ledger.Key(fmt.Sprint("m", d.IntN(3)))
	text, op := d.text(), d.IntN(8)
	d.same(fmt.Sprint("say ", op), func(_ int, l ledger.Ledger) (any, error) {
		switch op {
		case 0:
			return nil, l.PutFeedback(ctx, ledger.Feedback{Message: message, From: who, Verdict: fmt.Sprint("v", len(text)), Reasons: text})
		case 1:
			return l.Feedback(ctx, "slack", message)
		case 2:
			return nil, l.PutShare(ctx, ledger.Share{Message: message, From: who, To: to})
		case 3:
			return l.Shares(ctx, "slack", message)
		case 4:
			h, ok, err := l.OpenHandOff(ctx, ledger.HandOff{From: at, To: to, By: who})
			return []any{h, ok}, err
		case 5:
			h, ok, err := l.AnswerHandOff(ctx, at, who)
			return []any{h, ok}, err
		case 6:
			return l.CloseHandOff(ctx, at)
		}
		return l.Quiet(ctx, at)
	})
}

func (d *duo) set(ctx context.Context) {
	s := ledger.Setting{At: d.place(), Key: fmt.Sprint("k", d.IntN(2)), Value: d.text(), By: d.who()}
	op := d.IntN(5)
	d.same(fmt.Sprint("set ", op), func(_ int, l ledger.Ledger) (any, error) {
		switch op {
		case 0:
			return nil, l.Set(ctx, s)
		case 1:
			got, ok, err := l.Setting(ctx, s.At, s.Key)
			return []any{got, ok}, err
		case 2:
			return l.SettingHistory(ctx, s.At, s.Key)
		case 3:
			return l.ForgetThread(ctx, s.At)
		}
		return l.Thread(ctx, s.At)
	})
}

func (d *duo) upkeep(ctx context.Context) {
	switch d.IntN(6) {
	case 0:
		who := d.who()
		d.same("Forget", func(_ int, l ledger.Ledger) (any, error) { return l.Forget(ctx, who) })
	case 1, 2:
		texts := d.Now().Add(-time.Duration(d.IntN(10)) * time.Hour)
		rows := texts.Add(-time.Duration(d.IntN(10)) * time.Hour)
		d.same("Purge", func(_ int, l ledger.Ledger) (any, error) { return l.Purge(ctx, texts, rows) })
	case 3:
		d.Add(time.Duration(d.IntN(20)-5) * time.Hour)
	}
}
