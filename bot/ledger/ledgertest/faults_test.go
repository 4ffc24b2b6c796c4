package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// A fault is a way to break a ledger, and the check that is there for it.
type fault struct {
	name, check string
	options     func(o *ledger.Options)
	inject      func(f *faulty)
	forgets     bool // when it is reopened
}

// faults on their own; those of the methods of a queue are in queueFaults.
func faults() []fault {
	return append(queueFaults(), []fault{
		{"no grace", "Rest", func(o *ledger.Options) { o.Grace = -1 }, nil, false},
		{"threads without end", "ThreadBounds", func(o *ledger.Options) { o.Turns = 100 }, nil, false},
		{"threads of any length", "ThreadBounds", func(o *ledger.Options) { o.TurnBytes = 1 << 20 }, nil, false},
		{"threads for ever", "ThreadBounds", func(o *ledger.Options) { o.TurnTime *= 1000 }, nil, false},
		{"nothing kept", "Reopen", nil, nil, true},
		{"what is forgotten is recalled", "Recall", nil, func(f *faulty) { f.recall = func(_ *ledger.Job, ok *bool) { *ok = true } }, false},
		{"what is recalled is leased", "Recall", nil, func(f *faulty) { f.recall = func(j *ledger.Job, _ *bool) { j.Lease = "lease" } }, false},
		{"newest first", "Threads", nil, func(f *faulty) {
			f.thread = func(turns []ledger.Turn) []ledger.Turn { slices.Reverse(turns); return turns }
		}, false},
		{"the first word counts", "Feedback", nil, func(f *faulty) {
			f.putFeedback = func(ctx context.Context, v ledger.Feedback) error {
				old, _ := f.Ledger.Feedback(ctx, v.From.Platform, v.Message)
				if slices.ContainsFunc(old, func(o ledger.Feedback) bool { return o.From == v.From }) {
					return nil
				}
				return f.Ledger.PutFeedback(ctx, v)
			}
		}, false},
		{"one share of a message", "Shares", nil, func(f *faulty) {
			f.shares = func(s []ledger.Share) []ledger.Share { return s[:min(1, len(s))] }
		}, false},
		{"quiet at once", "HandOffs", nil, func(f *faulty) {
			f.opened = func(ctx context.Context, h ledger.HandOff) { f.Ledger.AnswerHandOff(ctx, h.From, h.By) }
		}, false},
		{"settings of one place", "Settings", nil, func(f *faulty) {
			f.setting = func(at ledger.Place, s ledger.Setting, ok bool) (ledger.Setting, bool) { return s, ok && s.At == at }
		}, false},
		{"nothing forgotten", "Forget", nil, func(f *faulty) {
			f.forget = func(context.Context, ledger.Principal) (ledger.Forgotten, error) { return ledger.Forgotten{}, nil }
		}, false},
		{"turns not forgotten", "Forget", nil, func(f *faulty) {
			f.forget = func(ctx context.Context, who ledger.Principal) (ledger.Forgotten, error) {
				n, err := f.Ledger.Forget(ctx, who)
				n.Turns = 0
				return n, err
			}
		}, false},
		{"no workspace forgotten", "ForgetWorkspace", nil, func(f *faulty) {
			f.leave = func(context.Context, ledger.Place) (ledger.Forgotten, error) { return ledger.Forgotten{}, nil }
		}, false},
		{"another workspace forgotten too", "ForgetWorkspace", nil, func(f *faulty) {
			f.leave = func(ctx context.Context, at ledger.Place) (ledger.Forgotten, error) {
				n, err := f.Ledger.ForgetWorkspace(ctx, at)
				if err == nil {
					at.Workspace += "0"
					_, err = f.Ledger.ForgetWorkspace(ctx, at)
				}
				return n, err
			}
		}, false},
		{"rows with texts", "Purge", nil, func(f *faulty) {
			f.purge = func(ctx context.Context, texts, rows time.Time) (ledger.Purged, error) {
				return f.Ledger.Purge(ctx, texts, texts)
			}
		}, false},
		{"keys with rows", "PurgeKeys", nil, func(f *faulty) {
			purged := false
			f.purge = func(ctx context.Context, texts, rows time.Time) (ledger.Purged, error) {
				purged = true
				return f.Ledger.Purge(ctx, texts, rows)
			}
			f.accept = func(ctx context.Context, e ledger.Event) (bool, error) {
				ok, err := f.Ledger.Accept(ctx, e)
				return ok || purged, err
			}
		}, false},
		{"what was taken away comes back", "PurgeSettings", nil, func(f *faulty) {
			purged := false
			f.purge = func(ctx context.Context, texts, rows time.Time) (ledger.Purged, error) {
				purged = true
				return f.Ledger.Purge(ctx, texts, rows)
			}
			f.setting = func(_ ledger.Place, s ledger.Setting, ok bool) (ledger.Setting, bool) { return s, ok || purged }
		}, false},
		{"working counted as waiting", "Stats", nil, func(f *faulty) {
			f.stats = func(s *ledger.Stats) { s.Waiting, s.Working = s.Waiting+s.Working, 0 }
		}, false},
		{"a context unread", "Cancelled", nil, func(f *faulty) { f.ctx = context.WithoutCancel }, false},
		{"open for ever", "Closed", nil, func(f *faulty) { f.leak = true }, false},
	}...)
}

func queueFaults() []fault {
	accept := func(name, check string, do func(f *faulty, ctx context.Context, e ledger.Event) (bool, error)) fault {
		return fault{name, check, nil, func(f *faulty) {
			f.accept = func(ctx context.Context, e ledger.Event) (bool, error) { return do(f, ctx, e) }
		}, false}
	}
	claimed := func(name, check string, do func(j *ledger.Job)) fault {
		return fault{name, check, nil, func(f *faulty) {
			f.claim = func(ctx context.Context, w ledger.Want) (ledger.Job, bool, error) {
				j, ok, err := f.Ledger.Claim(ctx, w)
				do(&j)
				return j, ok, err
			}
		}, false}
	}
	firstKey := func(f *faulty, ctx context.Context, e ledger.Event) (bool, error) {
		if len(e.Keys) > 0 {
			e.Keys = e.Keys[:1]
		}
		return f.Ledger.Accept(ctx, e)
	}
	return []fault{
		claimed("the reply's address lost", "Accept", func(j *ledger.Job) { j.Reply = nil }),
		claimed("another lease than was asked for", "Lease", func(j *ledger.Job) { j.Until = j.Until.Add(1) }),
		accept("the first key counts", "Keys", firstKey),
		accept("the first key counts, among many", "Deliveries", firstKey),
		accept("what is not valid passed over", "Invalid", func(f *faulty, ctx context.Context, e ledger.Event) (bool, error) {
			ok, err := f.Ledger.Accept(ctx, e)
			if errors.Is(err, ledger.ErrInvalid) {
				err = nil
			}
			return ok, err
		}),
		accept("notes accepted", "Noteless", func(f *faulty, ctx context.Context, e ledger.Event) (bool, error) {
			if e.Kind == "rewrite" {
				e.Text = nil
			}
			return f.Ledger.Accept(ctx, e)
		}),
		accept("errors that say who", "Silent", func(f *faulty, ctx context.Context, e ledger.Event) (bool, error) {
			ok, err := f.Ledger.Accept(ctx, e)
			if err != nil {
				err = fmt.Errorf("%w: %s", err, e.From.User)
			}
			return ok, err
		}),
		claimed("failed is not said", "Attempts", func(j *ledger.Job) { j.Failed = false }),
		claimed("forgotten is not said", "ForgetUnfinished", func(j *ledger.Job) { j.Forgotten = false }),
		{"another order", "OldestFirst", nil, func(f *faulty) {
			f.claim = func(ctx context.Context, w ledger.Want) (ledger.Job, bool, error) {
				first, ok, err := f.Ledger.Claim(ctx, w)
				if next, also, _ := f.Ledger.Claim(ctx, w); also {
					f.Ledger.Release(ctx, first)
					return next, also, err
				}
				return first, ok, err
			}
		}, false},
		{"threads without order", "ThreadOrder", nil, func(f *faulty) {
			f.claim = func(ctx context.Context, w ledger.Want) (ledger.Job, bool, error) {
				w.Unordered = true
				return f.Ledger.Claim(ctx, w)
			}
		}, false},
		{"what is given back rests till a clock set back is there again", "ClockBack", nil, func(f *faulty) {
			var latest time.Time
			f.claim = func(ctx context.Context, w ledger.Want) (ledger.Job, bool, error) {
				now := f.now()
				if now.Before(latest) {
					return ledger.Job{}, false, nil
				}
				latest = now
				return f.Ledger.Claim(ctx, w)
			}
		}, false},
		{"one job for two", "Concurrent", nil, func(f *faulty) {
			var mu sync.Mutex
			var n int
			var last ledger.Job
			f.claim = func(ctx context.Context, w ledger.Want) (ledger.Job, bool, error) {
				mu.Lock()
				defer mu.Unlock()
				if n++; n%10 == 0 && last.ID > 0 {
					return last, true, nil
				}
				j, ok, err := f.Ledger.Claim(ctx, w)
				if ok {
					last = j
				}
				return j, ok, err
			}
		}, false},
		{"texts shared", "Copies", nil, func(f *faulty) {
			var last ledger.Text
			f.accept = func(ctx context.Context, e ledger.Event) (bool, error) {
				last = e.Text
				return f.Ledger.Accept(ctx, e)
			}
			f.claim = func(ctx context.Context, w ledger.Want) (ledger.Job, bool, error) {
				j, ok, err := f.Ledger.Claim(ctx, w)
				j.Text = last
				return j, ok, err
			}
		}, false},
		{"finished by whoever comes", "Lease", nil, func(f *faulty) {
			f.finished = func(ctx context.Context, j ledger.Job, err error) error {
				if errors.Is(err, ledger.ErrLost) {
					return nil
				}
				return err
			}
		}, false},
		{"finished with a doubt", "Unsettled", nil, func(f *faulty) {
			f.finished = func(ctx context.Context, j ledger.Job, err error) error {
				if errors.Is(err, ledger.ErrUnsettled) {
					f.Ledger.Settle(ctx, j, "reply", ledger.Unsure, "")
					return f.Ledger.Finish(ctx, j, "answered")
				}
				return err
			}
		}, false},
		{"leases not extended", "Extend", nil, func(f *faulty) {
			f.extend = func(j ledger.Job, d time.Duration) (ledger.Job, error) {
				j.Until = f.now().Add(d)
				return j, nil
			}
		}, false},
		{"a release that counts", "Release", nil, func(f *faulty) {
			f.release = func(ctx context.Context, j ledger.Job) error { return f.Ledger.Retry(ctx, j, 0) }
		}, false},
		{"no delay", "Retry", nil, func(f *faulty) {
			f.delay = func(time.Duration) time.Duration { return 0 }
		}, false},
		{"a token each time", "Effects", nil, func(f *faulty) {
			n := 0
			f.begun = func(e *ledger.Effect) { n++; e.Token = fmt.Sprintf("%024d", n) }
		}, false},
		{"what was begun is fresh", "Effects", nil, func(f *faulty) {
			f.begun = func(e *ledger.Effect) {
				if e.State == ledger.Doubtful {
					e.State = ledger.Fresh
				}
			}
		}, false},
		{"settled in any way", "Settle", nil, func(f *faulty) {
			f.settled = func(err error) error {
				if errors.Is(err, ledger.ErrInvalid) {
					return nil
				}
				return err
			}
		}, false},
	}
}
