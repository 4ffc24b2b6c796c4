package ledgertest

import (
	"context"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// faulty is a ledger that does one thing wrong.
type faulty struct {
	ledger.Ledger
	now  func() time.Time
	file string

	leave       func(ctx context.Context, at ledger.Place) (ledger.Forgotten, error)
	accept      func(ctx context.Context, e ledger.Event) (bool, error)
	claim       func(ctx context.Context, w ledger.Want) (ledger.Job, bool, error)
	extend      func(j ledger.Job, d time.Duration) (ledger.Job, error)
	release     func(ctx context.Context, j ledger.Job) error
	delay       func(d time.Duration) time.Duration
	begun       func(e *ledger.Effect)
	settled     func(err error) error
	finished    func(ctx context.Context, j ledger.Job, err error) error
	thread      func(turns []ledger.Turn) []ledger.Turn
	putFeedback func(ctx context.Context, v ledger.Feedback) error
	shares      func(s []ledger.Share) []ledger.Share
	opened      func(ctx context.Context, h ledger.HandOff)
	setting     func(at ledger.Place, s ledger.Setting, ok bool) (ledger.Setting, bool)
	forget      func(ctx context.Context, who ledger.Principal) (ledger.Forgotten, error)
	purge       func(ctx context.Context, texts, rows time.Time) (ledger.Purged, error)
	stats       func(s *ledger.Stats)
	ctx         func(ctx context.Context) context.Context
	recall      func(j *ledger.Job, ok *bool)
	leak        bool
}

func (f *faulty) Recall(ctx context.Context, id int64) (ledger.Job, bool, error) {
	j, ok, err := f.Ledger.Recall(ctx, id)
	if f.recall != nil {
		f.recall(&j, &ok)
	}
	return j, ok, err
}

func (f *faulty) Accept(ctx context.Context, e ledger.Event) (bool, error) {
	if f.accept != nil {
		return f.accept(ctx, e)
	}
	return f.Ledger.Accept(ctx, e)
}

func (f *faulty) Claim(ctx context.Context, w ledger.Want) (ledger.Job, bool, error) {
	if f.claim != nil {
		return f.claim(ctx, w)
	}
	return f.Ledger.Claim(ctx, w)
}

func (f *faulty) Extend(ctx context.Context, j ledger.Job, d time.Duration) (ledger.Job, error) {
	if f.extend != nil {
		return f.extend(j, d)
	}
	return f.Ledger.Extend(ctx, j, d)
}

func (f *faulty) Release(ctx context.Context, j ledger.Job) error {
	if f.release != nil {
		return f.release(ctx, j)
	}
	return f.Ledger.Release(ctx, j)
}

func (f *faulty) Retry(ctx context.Context, j ledger.Job, d time.Duration) error {
	if f.delay != nil {
		d = f.delay(d)
	}
	return f.Ledger.Retry(ctx, j, d)
}

func (f *faulty) Begin(ctx context.Context, j ledger.Job, name string) (ledger.Effect, error) {
	e, err := f.Ledger.Begin(ctx, j, name)
	if f.begun != nil {
		f.begun(&e)
	}
	return e, err
}

func (f *faulty) Settle(ctx context.Context, j ledger.Job, name string, as ledger.State, external string) error {
	err := f.Ledger.Settle(ctx, j, name, as, external)
	if f.settled != nil {
		err = f.settled(err)
	}
	return err
}

func (f *faulty) Finish(ctx context.Context, j ledger.Job, outcome string) error {
	err := f.Ledger.Finish(ctx, j, outcome)
	if f.finished != nil {
		err = f.finished(ctx, j, err)
	}
	return err
}

func (f *faulty) Thread(ctx context.Context, at ledger.Place) ([]ledger.Turn, error) {
	turns, err := f.Ledger.Thread(ctx, at)
	if f.thread != nil {
		turns = f.thread(turns)
	}
	return turns, err
}

func (f *faulty) PutFeedback(ctx context.Context, v ledger.Feedback) error {
	if f.putFeedback != nil {
		return f.putFeedback(ctx, v)
	}
	return f.Ledger.PutFeedback(ctx, v)
}

func (f *faulty) Shares(ctx context.Context, platform string, message ledger.Key) ([]ledger.Share, error) {
	s, err := f.Ledger.Shares(ctx, platform, message)
	if f.shares != nil {
		s = f.shares(s)
	}
	return s, err
}

func (f *faulty) OpenHandOff(ctx context.Context, h ledger.HandOff) (ledger.HandOff, bool, error) {
	now, ok, err := f.Ledger.OpenHandOff(ctx, h)
	if f.opened != nil {
		f.opened(ctx, h)
	}
	return now, ok, err
}

func (f *faulty) Quiet(ctx context.Context, from ledger.Place) (bool, error) {
	if f.ctx != nil {
		ctx = f.ctx(ctx)
	}
	return f.Ledger.Quiet(ctx, from)
}

func (f *faulty) Setting(ctx context.Context, at ledger.Place, key string) (ledger.Setting, bool, error) {
	s, ok, err := f.Ledger.Setting(ctx, at, key)
	if f.setting != nil {
		s, ok = f.setting(at, s, ok)
	}
	return s, ok, err
}

func (f *faulty) ForgetWorkspace(ctx context.Context, at ledger.Place) (ledger.Forgotten, error) {
	if f.leave != nil {
		return f.leave(ctx, at)
	}
	return f.Ledger.ForgetWorkspace(ctx, at)
}

func (f *faulty) Forget(ctx context.Context, who ledger.Principal) (ledger.Forgotten, error) {
	if f.forget != nil {
		return f.forget(ctx, who)
	}
	return f.Ledger.Forget(ctx, who)
}

func (f *faulty) Purge(ctx context.Context, texts, rows time.Time) (ledger.Purged, error) {
	if f.purge != nil {
		return f.purge(ctx, texts, rows)
	}
	return f.Ledger.Purge(ctx, texts, rows)
}

func (f *faulty) Stats(ctx context.Context) (ledger.Stats, error) {
	s, err := f.Ledger.Stats(ctx)
	if f.stats != nil {
		f.stats(&s)
	}
	return s, err
}

func (f *faulty) Close() error {
	if f.leak {
		return nil
	}
	return f.Ledger.Close()
}
