package chat

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
)

// answers are the parts of answers that were sent.
func answers(all []message) (out []message) {
	for _, m := range all {
		if m.said.Answer != nil {
			out = append(out, m)
		}
	}
	return out
}

// TestOnce: whatever goes wrong while an answer of three parts is sent, each
// part is sent once, or the person is told that one may be lost.
func TestOnce(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset")
	for _, tt := range []struct {
		name   string
		change func(p *platform)
		want   []Notice
		parts  int
	}{
		{"nothing", func(*platform) {}, nil, 3},
		{"lost before it was sent", func(p *platform) { p.before = first(broken) }, nil, 3},
		{"lost after it was sent", func(p *platform) { p.after = firstAfter(broken) }, nil, 3},
		{"to be tried later", func(p *platform) { p.before = first(&LaterError{After: 7 * time.Second}) }, nil, 3},
		{"cannot be looked for", func(p *platform) { p.after, p.lost = firstAfter(broken), true }, []Notice{NoticeUnsent}, 3},
		{"refused", func(p *platform) { p.before = func(To, Post, string) error { return ErrRefused } }, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(w *world, _ *Options) { w.door.parts = 3; tt.change(w.door) })
			if _, err := w.Accept(t.Context(), w.order(Ask, nil)); err != nil {
				t.Fatal(err)
			}
			w.until("the end", func() bool { w.tick(time.Second); return w.Backlog() == 0 })
			if got := answers(w.door.all()); len(got) != tt.parts {
				t.Errorf("%d parts were sent, want %d", len(got), tt.parts)
			}
			if got := w.door.notices(); !slices.Equal(got, tt.want) {
				t.Errorf("notices %q, want %q", got, tt.want)
			}
		})
	}
}

// first fails the first send.
func first(err error) func(To, Post, string) error {
	done := false
	return func(To, Post, string) error {
		if done {
			return nil
		}
		done = true
		return err
	}
}

func firstAfter(err error) func(Post) error {
	f := first(err)
	return func(p Post) error { return f(To{}, p, "") }
}

// TestLater: what the platform asks to wait for is not tried before; where it
// asks for long, the order is given back until then.
func TestLater(t *testing.T) {
	t.Parallel()
	for _, after := range []time.Duration{7 * time.Second, 10 * time.Minute} {
		var tries []time.Time
		w := newWorld(t, func(w *world, _ *Options) {
			fails := first(&LaterError{After: after})
			w.door.before = func(to To, p Post, over string) error {
				w.door.mu.Lock()
				tries = append(tries, w.now())
				w.door.mu.Unlock()
				return fails(to, p, over)
			}
		})
		if _, err := w.Accept(t.Context(), w.order(Ask, nil)); err != nil {
			t.Fatal(err)
		}
		w.until("the end", func() bool { w.tick(time.Second); return w.Backlog() == 0 })
		if len(tries) != 2 || tries[1].Sub(tries[0]) < after || w.mind.count() != 1 {
			t.Errorf("tried at %v, %d questions to the assistant", tries, w.mind.count())
		}
	}
}

// TestFailing: an assistant that fails, or panics, is tried again, and in the
// end the person is told.
func TestFailing(t *testing.T) {
	t.Parallel()
	for name, think := range map[string]func(context.Context, bot.Request) error{
		"fails":  func(context.Context, bot.Request) error { return errors.New("index: gone") },
		"panics": func(context.Context, bot.Request) error { panic("a question of somebody") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(w *world, _ *Options) { w.mind.think = think })
			if _, err := w.Accept(t.Context(), w.order(Ask, nil)); err != nil {
				t.Fatal(err)
			}
			w.until("the end", func() bool { w.tick(10 * time.Second); return w.Backlog() == 0 })
			if got := w.door.notices(); !slices.Equal(got, []Notice{NoticeFailed}) || w.mind.count() != 5 {
				t.Errorf("notices %q after %d tries", got, w.mind.count())
			}
		})
	}
}

// TestStop: whoever asked stops the work, and is told; nobody else can.
func TestStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, _ *Options) {
		w.mind.think = func(ctx context.Context, _ bot.Request) error { <-ctx.Done(); return ctx.Err() }
	})
	if _, err := w.Accept(t.Context(), w.order(Ask, nil)); err != nil {
		t.Fatal(err)
	}
	w.until("the work", func() bool { return w.mind.count() == 1 })
	if w.Stop("", place, ben) != NoticeNotYours || w.Stop(refOf(99), place, ann) != NoticeDone {
		t.Error("it was stopped by somebody else, or for another answer")
	}
	if w.Stop(refOf(1), ledger.Place{}, ann) != NoticeStopped {
		t.Error("it was not stopped")
	}
	w.idle()
	if got := w.door.notices(); !slices.Equal(got, []Notice{NoticeStopped}) {
		t.Errorf("notices %q", got)
	}
	if w.Stop("", place, ann) != NoticeDone {
		t.Error("there was something to stop afterwards")
	}
}

// TestLongest: what takes too long is given up, and said to be.
func TestLongest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, o *Options) {
		o.Longest = 20 * time.Millisecond
		w.mind.think = func(ctx context.Context, _ bot.Request) error { <-ctx.Done(); return ctx.Err() }
	})
	w.gives(Ask, nil)
	if got := w.door.notices(); !slices.Equal(got, []Notice{NoticeLate}) {
		t.Errorf("notices %q", got)
	}
}

// TestProgress: what takes a while has a line that says so, whose place the
// answer takes.
func TestProgress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, o *Options) {
		o.Slow = time.Millisecond
		w.mind.think = func(context.Context, bot.Request) error {
			w.until("the line", func() bool { return len(w.door.all()) == 1 })
			return nil
		}
	})
	w.gives(Ask, func(o *Order) { o.Public = true })
	all := w.door.all()
	if len(all) != 2 || all[0].said.Progress == "" || all[1].said.Answer == nil || all[1].over != all[0].id {
		t.Errorf("sent %+v", all)
	}
	w.door.mu.Lock()
	defer w.door.mu.Unlock()
	if s := w.door.stages; len(s) < 2 || s[0] != bot.StageReading || s[len(s)-1] != "" {
		t.Errorf("stages %q", s)
	}
}

// TestClosing: told to stop, it lets those at work finish; what takes longer
// is given back, and answered by the next process.
func TestClosing(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	w := newWorld(t, func(w *world, o *Options) {
		o.Drain = 20 * time.Millisecond
		w.mind.think = func(ctx context.Context, r bot.Request) error {
			if r.Text == "quick" {
				<-release
				return nil
			}
			<-ctx.Done()
			return ctx.Err()
		}
	})
	for _, text := range []string{"quick", "slow"} {
		if _, err := w.Accept(t.Context(), w.order(Ask, func(o *Order) { o.Ask.Text, o.At.Thread = text, text })); err != nil {
			t.Fatal(err)
		}
	}
	w.until("both", func() bool { return w.mind.count() == 2 })
	time.AfterFunc(2*time.Millisecond, func() { close(release) })
	w.stop()
	if got := answers(w.door.all()); len(got) != 1 || got[0].said.Answer.Text != "quick" {
		t.Errorf("answered %+v", got)
	}
	w.mind.mu.Lock()
	w.mind.think = nil
	w.mind.mu.Unlock()
	w.run()
	w.idle()
	if got := answers(w.door.all()); len(got) != 2 || got[1].said.Answer.Text != "slow" {
		t.Errorf("answered %+v", got)
	}
}

// TestNothingIsLeftBegun: what one attempt began and the next goes without
// ends with it.
func TestNothingIsLeftBegun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, _ *Options) {
		n := 0
		w.door.before = func(_ To, p Post, _ string) error {
			n++
			switch l, _ := p.Body.(laid); {
			case l.said.Checked != nil && n == 1:
				return ErrRefused
			case l.said.Notice == NoticeUnsent:
				return errors.New("connection reset")
			}
			return nil
		}
	})
	w.gives0(Check, func(o *Order) { o.Ask.Text = "a draft" })
	w.until("the end", func() bool { w.tick(time.Second); return w.Backlog() == 0 })
	s, err := w.Ledger.Stats(t.Context())
	if err != nil || s.Finished != 1 || s.Abandoned != 0 || s.Unsettled != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if all := w.door.all(); len(all) != 2 || all[0].said.Checked == nil {
		t.Errorf("sent %+v", all)
	}
}
