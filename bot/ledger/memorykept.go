package ledger

import (
	"context"
	"slices"
	"time"
)

// Begin implements Queue.
func (m *Memory) Begin(ctx context.Context, j Job, effect string) (f Effect, err error) {
	err = m.do(ctx, "begin", func() error {
		if err := name("the effect", effect); err != nil {
			return err
		}
		e, err := m.held(j)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(e.effects, func(f Effect) bool { return f.Name == effect })
		if i < 0 {
			i = len(e.effects)
			e.effects = append(e.effects, Effect{Name: effect, Token: newToken(), State: Undone})
		}
		f = e.effects[i]
		if f.State = beginning(f.State); f.State == Fresh {
			e.effects[i].State = begun
		}
		return nil
	})
	return f, err
}

// Settle implements Queue.
func (m *Memory) Settle(ctx context.Context, j Job, effect string, as State, external string) error {
	return m.do(ctx, "settle", func() error {
		if err := settleCheck(effect, as, external); err != nil {
			return err
		}
		e, err := m.held(j)
		if as == Done {
			if e = m.find(j.ID); e != nil {
				err = nil
			}
		}
		if err != nil {
			return err
		}
		i := slices.IndexFunc(e.effects, func(f Effect) bool { return f.Name == effect })
		if i < 0 {
			return invalid("the effect was never begun")
		}
		change, ok := e.effects[i].State.settles(as)
		if !ok {
			return invalid("the effect is settled as %s", e.effects[i].State)
		}
		if change {
			e.effects[i].State = as
			if as == Done {
				e.effects[i].External = external
			}
		}
		return nil
	})
}

// Remember implements Threads.
func (m *Memory) Remember(ctx context.Context, j Job, question, answer Text) error {
	return m.do(ctx, "remember", func() error {
		e, err := m.held(j)
		if err != nil {
			return err
		}
		if err := m.turn(e.Job, question, answer); err != nil || e.Forgotten {
			return err
		}
		m.turns = slices.DeleteFunc(m.turns, func(t memoryTurn) bool { return t.event == j.ID })
		t := Turn{e.From, question.copy(), answer.copy(), timeOf(m.ms())}
		at, _ := slices.BinarySearchFunc(m.turns, j.ID, func(t memoryTurn, id int64) int { return int(t.event - id) })
		m.turns = slices.Insert(m.turns, at, memoryTurn{t, j.ID, e.At})
		left, bytes := m.Turns, m.TurnBytes
		kept := m.turns[:0:0]
		for _, t := range slices.Backward(m.turns) {
			if t.place == e.At {
				left, bytes = left-1, bytes-len(t.Question)-len(t.Answer)
				if left < 0 || bytes < 0 || m.expired(t) {
					continue
				}
			}
			kept = append(kept, t)
		}
		slices.Reverse(kept)
		m.turns = kept
		return nil
	})
}

func (m *Memory) expired(t memoryTurn) bool {
	return t.At.UnixMilli() < m.ms()-m.TurnTime.Milliseconds()
}

// Thread implements Threads.
func (m *Memory) Thread(ctx context.Context, at Place) (out []Turn, err error) {
	err = m.do(ctx, "thread", func() error {
		for _, t := range m.turns {
			if t.place == at && !m.expired(t) {
				t.Question, t.Answer = t.Question.copy(), t.Answer.copy()
				out = append(out, t.Turn)
			}
		}
		return at.check()
	})
	return out, err
}

// ForgetThread implements Threads.
func (m *Memory) ForgetThread(ctx context.Context, at Place) (n int, err error) {
	err = m.do(ctx, "forget thread", func() error {
		n = drop(&m.turns, func(t memoryTurn) bool { return t.place == at })
		return at.check()
	})
	return n, err
}

// drop deletes what is gone and counts it.
func drop[T any](from *[]T, gone func(T) bool) int {
	before := len(*from)
	*from = slices.DeleteFunc(*from, gone)
	return before - len(*from)
}

// PutFeedback implements Voices.
func (m *Memory) PutFeedback(ctx context.Context, f Feedback) error {
	return m.do(ctx, "feedback", func() error {
		if err := f.check(); err != nil {
			return err
		}
		drop(&m.feedback, func(o Feedback) bool { return o.Message == f.Message && o.From == f.From })
		f.Reasons, f.At = f.Reasons.copy(), timeOf(m.ms())
		m.feedback = append(m.feedback, f)
		return nil
	})
}

// Feedback implements Voices.
func (m *Memory) Feedback(ctx context.Context, platform string, message Key) (out []Feedback, err error) {
	err = m.do(ctx, "feedback", func() error {
		for _, f := range m.feedback {
			if f.From.Platform == platform && f.Message == message {
				f.Reasons = f.Reasons.copy()
				out = append(out, f)
			}
		}
		return nil
	})
	return out, err
}

// PutShare implements Voices.
func (m *Memory) PutShare(ctx context.Context, s Share) error {
	return m.do(ctx, "share", func() error {
		if err := s.check(); err != nil {
			return err
		}
		s.At = time.Time{}
		if slices.ContainsFunc(m.shares, func(o Share) bool { o.At = s.At; return o == s }) {
			return nil
		}
		s.At = timeOf(m.ms())
		m.shares = append(m.shares, s)
		return nil
	})
}

// Shares implements Voices.
func (m *Memory) Shares(ctx context.Context, platform string, message Key) (out []Share, err error) {
	err = m.do(ctx, "shares", func() error {
		for _, s := range m.shares {
			if s.From.Platform == platform && s.Message == message {
				out = append(out, s)
			}
		}
		return nil
	})
	return out, err
}
