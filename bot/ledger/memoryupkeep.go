package ledger

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"
)

// OpenHandOff implements HandOffs.
func (m *Memory) OpenHandOff(ctx context.Context, h HandOff) (now HandOff, opened bool, err error) {
	err = m.do(ctx, "open hand-off", func() error {
		if err := h.check(); err != nil {
			return err
		}
		i := slices.IndexFunc(m.handOffs, func(o HandOff) bool { return o.From == h.From })
		if opened = i < 0; opened {
			i = len(m.handOffs)
			m.handOffs = append(m.handOffs, HandOff{From: h.From, To: h.To, By: h.By, Opened: timeOf(m.ms())})
		}
		now = m.handOffs[i]
		return nil
	})
	return now, opened, err
}

// AnswerHandOff implements HandOffs.
func (m *Memory) AnswerHandOff(ctx context.Context, at Place, by Principal) (h HandOff, ok bool, err error) {
	err = m.do(ctx, "answer hand-off", func() error {
		if err := first(at.check(), by.check()); err != nil {
			return err
		}
		i := slices.IndexFunc(m.handOffs, func(o HandOff) bool { return o.From == at })
		if i < 0 {
			i = slices.IndexFunc(m.handOffs, func(o HandOff) bool { return o.To == at })
		}
		if ok = i >= 0; ok {
			if m.handOffs[i].Answered.IsZero() {
				m.handOffs[i].Answered, m.handOffs[i].Answerer = timeOf(m.ms()), by
			}
			h = m.handOffs[i]
		}
		return nil
	})
	return h, ok, err
}

// CloseHandOff implements HandOffs.
func (m *Memory) CloseHandOff(ctx context.Context, from Place) (closed bool, err error) {
	err = m.do(ctx, "close hand-off", func() error {
		closed = drop(&m.handOffs, func(h HandOff) bool { return h.From == from }) > 0
		return from.check()
	})
	return closed, err
}

// Quiet implements HandOffs.
func (m *Memory) Quiet(ctx context.Context, from Place) (quiet bool, err error) {
	err = m.do(ctx, "quiet", func() error {
		quiet = slices.ContainsFunc(m.handOffs, func(h HandOff) bool { return h.From == from && !h.Answered.IsZero() })
		return from.check()
	})
	return quiet, err
}

// Set implements Settings.
func (m *Memory) Set(ctx context.Context, s Setting) error {
	return m.do(ctx, "set", func() error {
		if err := s.check(); err != nil {
			return err
		}
		s.Value, s.Set = s.Value.copy(), timeOf(m.ms())
		m.settings = append(m.settings, s)
		return nil
	})
}

// Setting implements Settings.
func (m *Memory) Setting(ctx context.Context, at Place, key string) (s Setting, ok bool, err error) {
	err = m.do(ctx, "setting", func() error {
		for _, p := range at.around() {
			for _, o := range slices.Backward(m.settings) {
				if o.At == p && o.Key == key {
					if ok = len(o.Value) > 0; ok {
						s = o
						s.Value = s.Value.copy()
						return nil
					}
					break
				}
			}
		}
		return at.check()
	})
	return s, ok, err
}

// SettingHistory implements Settings.
func (m *Memory) SettingHistory(ctx context.Context, at Place, key string) (out []Setting, err error) {
	err = m.do(ctx, "setting history", func() error {
		for _, o := range slices.Backward(m.settings) {
			if o.At == at && o.Key == key && len(out) < historyMax {
				o.Value = o.Value.copy()
				out = append(out, o)
			}
		}
		return at.check()
	})
	return out, err
}

// Forget implements Ledger.
func (m *Memory) Forget(ctx context.Context, who Principal) (n Forgotten, err error) {
	err = m.do(ctx, "forget", func() error {
		if err := who.check(); err != nil {
			return err
		}
		n.Events = m.dropFinished(func(e *memoryEvent) bool { return e.From == who })
		for _, e := range m.open {
			if e.From == who {
				e.Text, e.Forgotten = nil, true
				n.Unfinished++
			}
		}
		n.Turns = drop(&m.turns, func(t memoryTurn) bool { return t.From == who })
		n.Feedback = drop(&m.feedback, func(f Feedback) bool { return f.From == who })
		n.Shares = drop(&m.shares, func(s Share) bool { return s.From == who })
		blank := func(p *Principal) {
			if *p == who {
				*p = Principal{}
				n.Names++
			}
		}
		for i := range m.handOffs {
			blank(&m.handOffs[i].By)
			blank(&m.handOffs[i].Answerer)
		}
		for i := range m.settings {
			blank(&m.settings[i].By)
		}
		return nil
	})
	return n, err
}

// ForgetWorkspace implements Ledger.
func (m *Memory) ForgetWorkspace(ctx context.Context, at Place) (n Forgotten, err error) {
	err = m.do(ctx, "forget workspace", func() error {
		if err := at.workspace(); err != nil {
			return err
		}
		of := func(p Place) bool { return p.Platform == at.Platform && p.Workspace == at.Workspace }
		n.Events = m.dropFinished(func(e *memoryEvent) bool { return of(e.At) })
		for _, e := range m.open {
			if of(e.At) {
				e.Text, e.Forgotten = nil, true
				n.Unfinished++
			}
		}
		n.Turns = drop(&m.turns, func(t memoryTurn) bool { return of(t.place) })
		n.Shares = drop(&m.shares, func(s Share) bool { return of(s.To) })
		n.HandOffs = drop(&m.handOffs, func(h HandOff) bool { return of(h.From) || of(h.To) })
		n.Settings = drop(&m.settings, func(s Setting) bool { return of(s.At) })
		return nil
	})
	return n, err
}

// Purge implements Ledger.
func (m *Memory) Purge(ctx context.Context, texts, rows time.Time) (n Purged, err error) {
	err = m.do(ctx, "purge", func() error {
		for e := range m.all() {
			if e.Received.Before(texts) && len(e.Text) > 0 {
				e.Text, e.Forgotten = nil, e.finished == 0
				n.Texts++
			}
			if e.Received.Before(texts) && e.finished != 0 {
				e.Reply = nil
			}
		}
		n.Turns = drop(&m.turns, func(t memoryTurn) bool { return t.At.Before(texts) || m.expired(t) })
		n.Events = m.dropFinished(func(e *memoryEvent) bool { return e.Received.Before(rows) })
		n.Feedback = drop(&m.feedback, func(f Feedback) bool { return f.At.Before(rows) })
		n.Shares = drop(&m.shares, func(s Share) bool { return s.At.Before(rows) })
		n.HandOffs = drop(&m.handOffs, func(h HandOff) bool { return h.Opened.Before(rows) })
		n.Settings = m.purgeSettings(rows)
		last := min(m.ms()-KeyTime.Milliseconds(), rows.UnixMilli())
		for k, at := range m.seen {
			if at < last {
				delete(m.seen, k)
				n.Keys++
			}
		}
		return nil
	})
	return n, err
}

// all are the events, the finished ones first.
func (m *Memory) all() iter.Seq[*memoryEvent] {
	return func(yield func(*memoryEvent) bool) {
		for _, e := range m.finished {
			if !yield(e) {
				return
			}
		}
		for _, e := range m.open {
			if !yield(e) {
				return
			}
		}
	}
}

// dropFinished deletes finished events and counts them.
func (m *Memory) dropFinished(gone func(*memoryEvent) bool) int {
	before := len(m.finished)
	maps.DeleteFunc(m.finished, func(_ int64, e *memoryEvent) bool { return gone(e) })
	return before - len(m.finished)
}

// purgeSettings deletes old settings that a later one replaced, and those
// taken away of which nothing earlier is left that would come back.
func (m *Memory) purgeSettings(rows time.Time) int {
	type named struct {
		at  Place
		key string
	}
	first, last := map[named]int{}, map[named]int{}
	for i, s := range m.settings {
		k := named{s.At, s.Key}
		if last[k] = i; !slices.ContainsFunc(m.settings[:i], func(o Setting) bool { return k == named{o.At, o.Key} }) {
			first[k] = i
		}
	}
	i := -1
	return drop(&m.settings, func(s Setting) bool {
		i++
		k := named{s.At, s.Key}
		return s.Set.Before(rows) && (last[k] != i || len(s.Value) == 0 && first[k] == i)
	})
}

// Stats implements Ledger.
func (m *Memory) Stats(ctx context.Context) (s Stats, err error) {
	err = m.do(ctx, "stats", func() error {
		for e := range m.all() {
			switch {
			case e.outcome == abandoned:
				s.Abandoned++
			case e.finished != 0:
				s.Finished++
			case e.Lease != "":
				s.Working++
			case e.Attempt >= m.Attempts:
				s.Failed++
			default:
				s.Waiting++
			}
			if e.finished == 0 && (s.Oldest.IsZero() || e.Received.Before(s.Oldest)) {
				s.Oldest = e.Received
			}
			for _, f := range e.effects {
				switch f.State {
				case begun:
					s.Unsettled++
				case Unsure:
					s.Unsure++
				}
			}
		}
		s.Keys, s.Turns, s.Shares, s.HandOffs = len(m.seen), len(m.turns), len(m.shares), len(m.handOffs)
		s.Feedback = map[string]int{}
		for _, f := range m.feedback {
			s.Feedback[f.Verdict]++
		}
		s.Settings = m.setNow()
		return nil
	})
	return s, err
}

// setNow counts the settings that have a value.
func (m *Memory) setNow() (n int) {
	now := map[[2]string]bool{}
	for _, s := range m.settings {
		now[[2]string{s.At.join(), s.Key}] = len(s.Value) > 0
	}
	for _, set := range now {
		if set {
			n++
		}
	}
	return n
}
