package chat

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/corpus"
)

// answer does what the assistant does, and says it.
func (w *work) answer(ctx context.Context, kind Kind) (string, error) {
	if quiet, err := w.quiet(ctx); err != nil || quiet != "" {
		if err != nil {
			return "", err
		}
		return string(quiet), w.tell(ctx, quiet)
	}
	order, ok := w.order(kind)
	if t, held := w.held.get(refOf(w.job.ID)); held && t.result != nil {
		order, ok = t.result.order, true // it was worked on, and not said
	}
	if !ok {
		return "lost", w.tell(ctx, NoticeLost)
	}
	res, progress, err := w.result(ctx, order)
	if err != nil {
		n := NoticeOf(err)
		switch {
		case errors.Is(err, errStopped):
			n = NoticeStopped
		case n == NoticeFailed, errors.Is(err, errClosing):
			return "", err
		}
		return string(n), w.instead(ctx, n, progress)
	}
	if w.note.Named {
		if err := w.say(ctx, "named", w.to, Saying{Notice: NoticeIdentifiers}, Shape{Private: true}); err != nil {
			return "", err
		}
	}
	if err := w.deliver(ctx, kind, res, progress); err != nil {
		return "", err
	}
	return "answered", w.remember(ctx, kind, res)
}

// instead says a notice where a line of progress stands, or anew.
func (w *work) instead(ctx context.Context, n Notice, progress string) error {
	to := w.to
	to.Private = to.Private || progress == "" && !w.note.Direct
	return w.posts(ctx, "reply", to, w.Door.Lay(Saying{Notice: n}, Shape{Ref: refOf(w.job.ID), Private: to.Private}), progress)
}

// order is what is wanted, with its words: from memory, or as stored.
func (w *work) order(kind Kind) (Order, bool) {
	if t, ok := w.held.get(w.note.Held); ok && t.order != nil {
		return *t.order, true
	}
	if kind != Ask {
		return Order{}, false
	}
	r, err := readRequest(w.job.Text)
	return Order{Kind: Ask, Ask: r}, err == nil
}

// quiet is the notice that stands for an answer where people answer, or where
// none is wanted; "" where there is to be one.
func (w *work) quiet(ctx context.Context) (Notice, error) {
	at := w.job.At
	if at.Thread != "" {
		if quiet, err := w.Ledger.Quiet(ctx, at); err != nil || quiet {
			return NoticeQuiet, err
		}
	}
	if !w.note.Public && !w.note.Named {
		return "", nil // it was asked in a way that others do not see
	}
	if s, ok, err := w.Ledger.Setting(ctx, at, settingAnswers); err != nil || ok && string(s.Value) == "off" {
		return NoticeOff, err
	}
	if s, ok, err := w.Ledger.Setting(ctx, at, settingMentions); err != nil || ok && string(s.Value) == "private" {
		w.to.Private = true
		return "", err
	}
	return "", nil
}

// result is what the assistant makes of an order, once for as long as it is
// held; and the line of progress that stands, if any does.
func (w *work) result(ctx context.Context, o Order) (*result, string, error) {
	ref := refOf(w.job.ID)
	if t, ok := w.held.get(ref); ok && t.result != nil {
		id, err := w.standing(ctx)
		return t.result, id, err
	}
	standing, err := w.standing(ctx)
	if err != nil {
		return nil, "", err
	}
	thinking, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	limited, end := context.WithTimeout(thinking, w.Longest)
	defer end()
	w.setStop(stop)
	tell, progress := w.watch(ctx, standing)
	progress = sync.OnceValue(progress)
	defer progress() // after a panic too
	res, err := w.think(limited, o, tell)
	w.setStop(nil)
	standing = progress()
	w.line = standing != ""
	switch cause := context.Cause(limited); {
	case errors.Is(cause, errStopped), errors.Is(cause, errClosing):
		return nil, standing, cause
	case err != nil && limited.Err() != nil:
		return nil, standing, limited.Err()
	case err != nil:
		return nil, standing, err
	}
	res.job, res.order, res.named = w.job, o, w.note.Named
	if o.Kind == Ask {
		kept, err := readRequest(w.job.Text)
		if err != nil {
			return nil, standing, err
		}
		res.asked = kept.Text
	}
	w.held.put(ref, thing{result: res, from: w.job.From})
	w.held.drop(w.note.Held)
	return res, standing, nil
}

// setStop says how the thinking is stopped.
func (w *work) setStop(stop context.CancelCauseFunc) {
	w.working.mu.Lock()
	defer w.working.mu.Unlock()
	w.stop = stop
}

// think asks the assistant.
func (w *work) think(ctx context.Context, o Order, tell func(bot.Stage)) (res *result, err error) {
	res = &result{}
	scopes := w.scopes(ctx, w.to)
	if o.File != nil {
		if o, err = withFile(ctx, o); err != nil {
			return nil, err
		}
	}
	switch o.Kind {
	case Ask:
		var r bot.Request
		if r, err = w.follow(ctx, o.Ask); err != nil {
			return nil, err
		}
		r.Scopes, r.Person, r.Progress = scopes, person(w.job.From), tell
		res.answer, err = w.Assistant.Ask(ctx, r)
	case Check:
		o.Ask.Scopes, o.Ask.Person, o.Ask.Progress = scopes, person(w.job.From), tell
		res.checked, err = w.Assistant.Check(ctx, o.Ask)
	case Rebut:
		o.Rebut.Scopes, o.Rebut.Person, o.Rebut.Progress = scopes, person(w.job.From), tell
		res.rebuttal, err = w.Assistant.Rebut(ctx, o.Rebut)
	case Testify:
		o.Testify.Progress = tell
		res.testimony, err = w.Assistant.Testify(ctx, o.Testify)
	case Rewrite:
		o.Rewrite.Progress = tell
		res.rewritten, err = w.Assistant.Rewrite(ctx, o.Rewrite)
	}
	return res, err
}

// withFile is an order with the words of its file.
func withFile(ctx context.Context, o Order) (Order, error) {
	text, err := o.File(ctx)
	if err != nil {
		return o, err
	}
	join := func(words string) string { return strings.TrimSpace(words + "\n" + text) }
	o.Ask.Text, o.Rebut.Text, o.File = join(o.Ask.Text), join(o.Rebut.Text), nil
	return o, nil
}

// scopes are whose documents are searched for whoever asks, to be shown at a
// place; nil, where the platform does not tell, are the public ones.
func (w *work) scopes(ctx context.Context, to To) []string {
	if w.Scopes == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	who, err := w.Door.Who(ctx, w.job.From, to)
	if err != nil || who.Outside {
		return nil
	}
	return append([]string{corpus.PublicScope}, w.Dispatcher.Scopes(w.job.From.Workspace)...)
}

// deliver says a result. Drafts go to the person directly: what one person
// alone sees in a channel is gone when they look again.
func (w *work) deliver(ctx context.Context, kind Kind, res *result, progress string) error {
	s := Saying{Answer: res.answer, Rebuttal: res.rebuttal, Testimony: res.testimony, Checked: res.checked, Rewritten: res.rewritten}
	sh := Shape{Ref: refOf(w.job.ID), Private: w.to.Private, Committee: w.committee(ctx)}
	if kind == Ask {
		if w.to.Private {
			sh.Asked = res.asked
		}
		err := w.posts(ctx, "reply", w.to, w.Door.Lay(s, sh), progress)
		if errors.Is(err, ErrRefused) && !w.note.Direct { // the place is gone, or closed to us
			sh.Private, sh.Asked = true, res.asked
			return w.posts(ctx, "elsewhere", w.directly(), w.Door.Lay(s, sh), "")
		}
		return err
	}
	// A draft is its owner's, wherever it stands; there is somewhere to share it
	// to where others are, and nothing in it that was put back.
	sh.Private = !w.note.Public
	sh.Kept = kind == Rewrite || w.note.Direct || res.order.Rebut.Restore
	to := w.to
	if to.Private && w.Directly {
		to, progress = w.directly(), "" // where the line does not stand
	}
	if err := w.posts(ctx, "reply", to, w.Door.Lay(s, sh), progress); err != nil || !w.to.Private || !w.Directly {
		return err
	}
	return w.say(ctx, "where", w.to, Saying{Notice: NoticeSent}, Shape{Private: true})
}

// committee says whether there are people to ask from where the job is.
func (w *work) committee(ctx context.Context) bool {
	s, ok, err := w.Ledger.Setting(ctx, w.job.At, settingCommittee)
	return err == nil && ok && len(s.Value) > 0
}

// remember keeps a question of a thread, for those that follow.
func (w *work) remember(ctx context.Context, kind Kind, res *result) error {
	if kind != Ask || w.job.At.Thread == "" {
		return nil
	}
	kept := res.order.Ask
	kept.Text = res.asked
	turn, err := turnOf(w.Rules, kept)
	if err != nil {
		return err
	}
	err = w.Ledger.Remember(ctx, w.job, ledger.Text(kept.Text), turn)
	if errors.Is(err, ledger.ErrInvalid) { // larger than a thread may be
		return nil
	}
	return err
}
