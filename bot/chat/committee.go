package chat

import (
	"context"
	"errors"
	"slices"

	"github.com/everycategory/advocate/bot/ledger"
)

// handOver tells the people of a committee of an answer.
func (w *work) handOver(ctx context.Context) (string, error) {
	res, n, err := w.of(ctx)
	if err != nil {
		return "", err
	}
	s, ok, err := w.Ledger.Setting(ctx, w.job.At, settingCommittee)
	switch {
	case err != nil:
		return "", err
	case n != "":
		return string(n), w.tell(ctx, n)
	case !ok || len(s.Value) == 0:
		return string(NoticeNoCommittee), w.tell(ctx, NoticeNoCommittee)
	case res.answer == nil:
		return string(NoticeHere), w.tell(ctx, NoticeHere)
	}
	there := To{At: ledger.Place{Platform: w.job.At.Platform, Workspace: w.job.At.Workspace, Channel: string(s.Value)}, From: w.job.From}
	if res, err = w.shownAt(ctx, res, there); err != nil {
		return "", err
	}
	told := &HandOff{Asked: res.asked, Answer: res.answer, From: w.job.At, Of: w.job.From}
	id, err := w.once(ctx, "hand-over", there, w.Door.Lay(Saying{HandOff: told}, Shape{Ref: w.note.Ref, Committee: true})[0], "")
	switch {
	case errors.Is(err, ErrRefused):
		return string(NoticeNoCommittee), w.tell(ctx, NoticeNoCommittee)
	case err != nil && !errors.Is(err, errUnsure):
		return "", err
	}
	if id != "" && w.job.At.Thread != "" {
		to := there.At
		to.Thread = id
		if _, _, err := w.Ledger.OpenHandOff(ctx, ledger.HandOff{From: w.job.At, To: to, By: w.job.From}); err != nil {
			return "", err
		}
	}
	return "handed", w.tell(ctx, NoticeHanded)
}

// taken notes that a person answers what was handed over: there, the controls
// give way to who it is, and where it was asked the program is quiet.
func (w *work) taken(ctx context.Context) (string, error) {
	text, at := "", w.job.At
	if id, ok := idOf(w.note.Ref); ok {
		job, ok, err := w.Ledger.Recall(ctx, id)
		if err != nil {
			return "", err
		}
		if r, err := readRequest(job.Text); ok && err == nil {
			text = r.Text
		}
		if ok && job.At.Thread != "" { // they may be quicker than what notes the hand-over
			if _, _, err := w.Ledger.OpenHandOff(ctx, ledger.HandOff{From: job.At, To: w.job.At, By: job.From}); err != nil {
				return "", err
			}
			at = job.At
		}
	}
	if _, _, err := w.Ledger.AnswerHandOff(ctx, at, w.job.From); err != nil {
		return "", err
	}
	to := w.to
	to.Private = false
	posts := w.Door.Lay(Saying{Taken: &Taken{Asked: text, By: w.job.From}}, Shape{})
	return "taken", w.posts(ctx, "reply", to, posts[:1], w.job.At.Thread)
}

// Heard notes that a person wrote in a thread. Where it was handed over and
// they asked nothing in it, they answer it, and the program is quiet from then
// on. Doors that hear what people write to each other call it.
func (d *Dispatcher) Heard(ctx context.Context, at ledger.Place, by ledger.Principal) error {
	if at.Thread == "" {
		return nil
	}
	turns, err := d.Ledger.Thread(ctx, at)
	if err != nil || slices.ContainsFunc(turns, func(t ledger.Turn) bool { return t.From == by }) {
		return err
	}
	_, _, err = d.Ledger.AnswerHandOff(ctx, at, by)
	return err
}

// Feedback stores what a person says of an answer, their words redacted.
func (d *Dispatcher) Feedback(ctx context.Context, f ledger.Feedback, words string) error {
	if words != "" {
		text, _ := d.redact(words)
		f.Reasons = append(append(f.Reasons, '\n'), text...)
	}
	return d.Ledger.PutFeedback(ctx, f)
}
