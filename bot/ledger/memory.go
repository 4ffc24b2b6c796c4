package ledger

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Memory is a Ledger that is gone when the program ends.
type Memory struct {
	rules

	mu       sync.Mutex
	closed   bool
	last     int64          // id given out
	open     []*memoryEvent // not finished, by id
	finished map[int64]*memoryEvent
	seen     map[[sha256.Size]byte]int64
	turns    []memoryTurn // in the order of their storage
	feedback []Feedback
	shares   []Share
	handOffs []HandOff
	settings []Setting // in the order of their storage
}

type memoryEvent struct {
	Job            // without Attempt's meaning of the moment: Failed and Until are set by Claim
	due      int64 // when it may be claimed
	finished int64 // 0: not
	outcome  string
	effects  []Effect // State as stored
}

type memoryTurn struct {
	Turn
	event int64
	place Place
}

var _ Ledger = (*Memory)(nil)

// NewMemory returns an empty ledger in memory. It fails with ErrInvalid
// where options are out of their bounds.
func NewMemory(o Options) (*Memory, error) {
	r, err := newRules(o)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return &Memory{rules: r, seen: map[[sha256.Size]byte]int64{}, finished: map[int64]*memoryEvent{}}, nil
}

// do runs work alone.
func (m *Memory) do(ctx context.Context, op string, work func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	err := ctx.Err()
	if m.closed {
		err = ErrClosed
	}
	if err == nil {
		err = work()
	}
	if err != nil {
		return fmt.Errorf("ledger: %s: %w", op, err)
	}
	return nil
}

// Close implements Ledger.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	m.open, m.finished, m.seen, m.turns, m.feedback, m.shares, m.handOffs, m.settings = nil, nil, nil, nil, nil, nil, nil, nil
	return nil
}

// Accept implements Queue.
func (m *Memory) Accept(ctx context.Context, e Event) (accepted bool, err error) {
	err = m.do(ctx, "accept", func() error {
		if err := m.event(e); err != nil {
			return err
		}
		now, keys := m.ms(), hashes(e.At.Platform, e.Keys)
		accepted = !slices.ContainsFunc(keys, func(k [sha256.Size]byte) bool { _, ok := m.seen[k]; return ok })
		for _, k := range keys {
			if at, ok := m.seen[k]; !ok || at < now-keyRenewal.Milliseconds() {
				m.seen[k] = now
			}
		}
		if accepted {
			m.last++
			e.Keys, e.Text, e.Reply = nil, e.Text.copy(), e.Reply.copy()
			m.open = append(m.open, &memoryEvent{Job: Job{ID: m.last, Event: e, Received: timeOf(now)}, due: now})
		}
		return nil
	})
	return accepted, err
}

// Recall implements Queue.
func (m *Memory) Recall(ctx context.Context, id int64) (job Job, ok bool, err error) {
	err = m.do(ctx, "recall", func() error {
		if e := m.find(id); e != nil {
			job, ok = e.job(m.Attempts), true
			job.Lease, job.Failed, job.Until = "", false, time.Time{}
		}
		return nil
	})
	return job, ok, err
}

// Claim implements Queue.
func (m *Memory) Claim(ctx context.Context, w Want) (job Job, ok bool, err error) {
	err = m.do(ctx, "claim", func() error {
		if err := w.check(); err != nil {
			return err
		}
		now := m.ms()
		for {
			e := m.next(w, now)
			if e == nil {
				return nil
			}
			if e.Attempt >= 2*m.Attempts {
				m.end(e, now, abandoned)
				continue
			}
			e.Attempt++
			e.Lease, e.due = newToken(), now+(w.Lease+m.Grace).Milliseconds()
			job, ok = e.job(m.Attempts), true
			job.Until = timeOf(now + w.Lease.Milliseconds())
			return nil
		}
	})
	return job, ok, err
}

// next is the event that Claim takes, or nil.
func (m *Memory) next(w Want, now int64) *memoryEvent {
	busy := map[Place]bool{} // with an earlier event that is not finished
	for _, e := range m.open {
		if e.At.Platform == w.Platform && claimable(e.due, now) && (w.Unordered || !busy[e.At]) {
			return e
		}
		busy[e.At] = e.At.Thread != ""
	}
	return nil
}

func (e *memoryEvent) job(attempts int) Job {
	j := e.Job
	j.Text, j.Reply = j.Text.copy(), j.Reply.copy()
	j.Failed = j.Attempt > attempts
	return j
}

// end finishes an event. Effects that are not settled then never are.
func (m *Memory) end(e *memoryEvent, now int64, outcome string) {
	e.finished, e.outcome, e.Lease = now, outcome, ""
	for i := range e.effects {
		if e.effects[i].State == begun {
			e.effects[i].State = Unsure
		}
	}
	m.open = slices.DeleteFunc(m.open, func(o *memoryEvent) bool { return o == e })
	if !e.Forgotten {
		m.finished[e.ID] = e
	}
}

// held is the event of a job whose lease is good.
func (m *Memory) held(j Job) (*memoryEvent, error) {
	e := m.find(j.ID)
	if e == nil || e.finished != 0 || j.Lease == "" || e.Lease != j.Lease {
		return nil, ErrLost
	}
	return e, nil
}

func (m *Memory) find(id int64) *memoryEvent {
	i, ok := slices.BinarySearchFunc(m.open, id, func(e *memoryEvent, id int64) int { return int(e.ID - id) })
	if !ok {
		return m.finished[id]
	}
	return m.open[i]
}

// Extend implements Queue.
func (m *Memory) Extend(ctx context.Context, j Job, d time.Duration) (Job, error) {
	err := m.do(ctx, "extend", func() error {
		if err := duration("a lease", d); err != nil {
			return err
		}
		e, err := m.held(j)
		if err != nil {
			return err
		}
		now := m.ms()
		e.due, j.Until = now+(d+m.Grace).Milliseconds(), timeOf(now+d.Milliseconds())
		return nil
	})
	return j, err
}

// Release implements Queue.
func (m *Memory) Release(ctx context.Context, j Job) error {
	return m.do(ctx, "release", func() error {
		e, err := m.held(j)
		if err == nil {
			e.Attempt--
			m.giveBack(e, 0)
		}
		return err
	})
}

// Retry implements Queue.
func (m *Memory) Retry(ctx context.Context, j Job, d time.Duration) error {
	return m.do(ctx, "retry", func() error {
		if err := duration("a delay", d); err != nil {
			return err
		}
		e, err := m.held(j)
		if err == nil {
			m.giveBack(e, d)
		}
		return err
	})
}

// giveBack ends a lease. With a begun effect the event rests.
func (m *Memory) giveBack(e *memoryEvent, d time.Duration) {
	if slices.ContainsFunc(e.effects, func(f Effect) bool { return f.State == begun }) {
		d = max(d, m.Grace)
	}
	e.Lease, e.due = "", m.ms()+d.Milliseconds()
}

// Finish implements Queue.
func (m *Memory) Finish(ctx context.Context, j Job, outcome string) error {
	return m.do(ctx, "finish", func() error {
		if err := name("the outcome", outcome); err != nil {
			return err
		}
		e, err := m.held(j)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(e.effects, func(f Effect) bool { return f.State == begun }) {
			return ErrUnsettled
		}
		m.end(e, m.ms(), outcome)
		return nil
	})
}
