package chat

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// Why work ends before its time.
var (
	errClosing = errors.New("the program is stopping")
	errStopped = errors.New("somebody pressed stop")
	errPanic   = errors.New("a panic")
)

// work is one order that is worked on.
type work struct {
	*Dispatcher
	job  ledger.Job
	note note
	to   To
	// stop ends the thinking about it.
	stop context.CancelCauseFunc
	line bool // a line of progress stands
}

// working are the orders that are worked on.
type working struct {
	mu sync.Mutex
	at map[int64]*work
}

func (w *working) add(x *work) func() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at[x.job.ID] = x
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.at, x.job.ID)
	}
}

// Stop stops the work on an answer, or where ref is "" on what is asked at a
// place by whoever says so. It returns NoticeStopped, which the answer then is
// too; or NoticeNotYours or NoticeDone, and nothing is stopped.
func (d *Dispatcher) Stop(ref string, at ledger.Place, who ledger.Principal) Notice {
	id, byRef := idOf(ref)
	d.working.mu.Lock()
	defer d.working.mu.Unlock()
	out := NoticeDone
	for _, w := range d.working.at {
		switch meant := byRef && w.job.ID == id || ref == "" && w.job.At == at; {
		case !meant || w.stop == nil:
		case w.job.From == who:
			w.stop(errStopped)
			out = NoticeStopped
		case out == NoticeDone:
			out = NoticeNotYours
		}
	}
	return out
}

// work does a job and ends it in the ledger.
func (d *Dispatcher) work(base context.Context, job ledger.Job) {
	start := d.Now()
	w := &work{Dispatcher: d, job: job}
	outcome, err := w.do(base)
	ctx := context.WithoutCancel(base)
	done := false
	var later *LaterError
	switch {
	case errors.Is(err, ledger.ErrLost):
	case err == nil:
		if err = d.Ledger.Finish(ctx, job, outcome); errors.Is(err, ledger.ErrUnsettled) {
			if err = w.leave(ctx); err == nil {
				err = d.Ledger.Finish(ctx, job, outcome)
			}
		}
		done = err == nil
	case context.Cause(base) == errClosing && w.line: // a second attempt looks for the line
		outcome, err = "given back", d.Ledger.Retry(ctx, job, time.Second)
	case context.Cause(base) == errClosing:
		outcome, err = "given back", d.Ledger.Release(ctx, job)
	case errors.As(err, &later):
		outcome, err = "later", d.Ledger.Retry(ctx, job, min(max(later.After, time.Second), ledger.MaxLease))
	default:
		outcome = "again"
		d.Log.Warn("chat: will be tried again", "kind", job.Kind, "attempt", job.Attempt, "error", err)
		err = d.Ledger.Retry(ctx, job, time.Second<<min(job.Attempt, 6))
	}
	if done {
		d.held.end(w.note.Held)
	}
	if done && Kind(job.Kind) == Forget {
		d.tidy(ctx) // the order to forget named them too: what is left of it in the file goes
	}
	if err != nil && !errors.Is(err, ledger.ErrLost) {
		d.Log.Error("chat: ending an order", "kind", job.Kind, "error", err)
	}
	d.Log.Info("chat", "kind", job.Kind, "outcome", outcome, "attempt", job.Attempt, "took", d.Now().Sub(start).Round(time.Millisecond).String())
}

// leave gives up what an earlier attempt began on another way than this one
// went: nobody can tell any more whether it was done.
func (w *work) leave(ctx context.Context) error {
	for _, name := range []string{"reply", "unsent", progressEffect, "named", "where", "elsewhere", "share", "hand-over", "no-file", "text", "not-known"} {
		for part := 1; part <= maxParts; part++ {
			effect := name
			if part > 1 {
				effect += "-" + strconv.Itoa(part)
			}
			e, err := w.Ledger.Begin(ctx, w.job, effect)
			if err != nil {
				return err
			}
			switch e.State {
			case ledger.Doubtful:
				err = w.Ledger.Settle(ctx, w.job, effect, ledger.Unsure, "")
			case ledger.Fresh:
				err = w.Ledger.Settle(ctx, w.job, effect, ledger.Undone, "")
				part = maxParts // there are no further ones
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// maxParts is more than an answer has.
const maxParts = 40

// do does what is wanted and says what came of it, in a word.
func (w *work) do(base context.Context) (outcome string, err error) {
	defer func() {
		if r := recover(); r != nil {
			outcome, err = "", fmt.Errorf("%w of type %T", errPanic, r) // its text may hold a person's
		}
	}()
	if w.note, err = noteOf(w.job); err != nil {
		return "unreadable", nil
	}
	w.to = To{At: w.job.At, From: w.job.From, Private: !w.note.Public && !w.note.Direct, Reply: w.note.Door}
	if w.note.Thread != "" {
		w.to.At.Thread = w.note.Thread
	}
	ctx, cancel := context.WithTimeout(base, lease-10*time.Second)
	defer cancel()
	defer w.working.add(w)()
	outcome, err = w.does(ctx, Kind(w.job.Kind))
	if errors.Is(err, ErrRefused) {
		w.Log.Error("chat: refused", "kind", w.job.Kind, "error", err)
		if outcome, err = "refused", w.unsent(ctx); errors.Is(err, ErrRefused) {
			err = nil // there is no way to the person
		}
	}
	return outcome, err
}

func (w *work) does(ctx context.Context, kind Kind) (string, error) {
	switch {
	case w.job.Failed:
		return "failed", w.failed(ctx)
	case w.job.Forgotten && kind != Forget:
		return "forgotten", nil
	}
	switch kind {
	case Ask, Rebut, Testify, Check, Rewrite:
		return w.answer(ctx, kind)
	case Share:
		return w.share(ctx)
	case Document:
		return w.document(ctx)
	case Committee:
		return w.handOver(ctx)
	case Take:
		return w.taken(ctx)
	case Forget:
		return w.forget(ctx)
	case Settings:
		return w.settings(ctx)
	case Help:
		return "said", w.say(ctx, "reply", w.to, Saying{Help: true}, Shape{})
	case Privacy:
		return "said", w.say(ctx, "reply", w.to, Saying{Privacy: true}, Shape{})
	case Forgetting:
		return "said", w.say(ctx, "reply", w.to, Saying{Forgetting: true}, Shape{})
	case Say:
		return string(w.note.Notice), w.tell(ctx, w.note.Notice)
	}
	return "unknown", w.tell(ctx, NoticeHere)
}

// failed says that all attempts failed, where a line of progress stands or
// anew, and takes the sign of work away.
func (w *work) failed(ctx context.Context) error {
	progress, err := w.standing(ctx)
	if err != nil {
		return err
	}
	w.react(ctx, "")
	return w.instead(ctx, NoticeFailed, progress)
}

// tell says a notice as the reply, to whoever asked.
func (w *work) tell(ctx context.Context, n Notice) error {
	to := w.to
	to.Private = !w.note.Direct
	return w.say(ctx, "reply", to, Saying{Notice: n}, Shape{Ref: refOf(w.job.ID), Private: to.Private})
}
