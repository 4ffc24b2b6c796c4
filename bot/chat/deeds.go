package chat

import (
	"bytes"
	"context"
	"errors"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
)

// of is the result that a button belongs to: as it is held, or of the stored
// question, asked again. A notice says why there is none.
func (w *work) of(ctx context.Context) (*result, Notice, error) {
	id, ok := idOf(w.note.Ref)
	if !ok {
		return nil, NoticeExpired, nil
	}
	job, ok, err := w.Ledger.Recall(ctx, id)
	if err != nil {
		return nil, "", err
	}
	n, err := noteOf(job)
	if !ok || err != nil || job.Forgotten || job.At.Workspace != w.job.At.Workspace {
		return nil, NoticeExpired, nil
	}
	if !n.Public && job.From != w.job.From {
		return nil, NoticeNotYours, nil
	}
	if t, ok := w.held.get(w.note.Ref); ok && t.result != nil {
		return t.result, "", nil
	}
	if Kind(job.Kind) != Ask {
		return nil, NoticeExpired, nil
	}
	r, err := readRequest(job.Text)
	if err != nil {
		return nil, NoticeExpired, nil
	}
	asked := &work{Dispatcher: w.Dispatcher, job: job, note: n, to: w.to}
	res, err := asked.think(ctx, Order{Kind: Ask, Ask: r}, nil)
	if err != nil {
		return nil, "", err
	}
	res.job, res.order, res.asked, res.named = job, Order{Kind: Ask, Ask: r}, r.Text, n.Named
	w.held.put(w.note.Ref, thing{result: res, from: job.From})
	return res, "", nil
}

// shownAt is a result as all of a place may see it: of public documents alone,
// where others than members do.
func (w *work) shownAt(ctx context.Context, res *result, to To) (*result, error) {
	if w.Scopes == nil || len(w.scopes(ctx, to)) > 0 {
		return res, nil
	}
	asked := &work{Dispatcher: w.Dispatcher, job: res.job, to: to}
	public, err := asked.think(ctx, res.order, nil)
	if err != nil {
		return nil, err
	}
	public.job, public.order, public.asked = res.job, res.order, res.asked
	return public, nil
}

// share shows a private answer or draft to all of the place it was asked in.
func (w *work) share(ctx context.Context) (string, error) {
	res, n, err := w.of(ctx)
	switch {
	case err != nil:
		return "", err
	case n != "":
		return string(n), w.tell(ctx, n)
	case res.job.From != w.job.From, res.rewritten != nil, res.order.Rebut.Restore:
		return "not-yours", w.tell(ctx, NoticeNotYours)
	}
	to := w.to
	to.At, to.Private = res.job.At, false // where it was asked
	if res, err = w.shownAt(ctx, res, to); err != nil {
		return "", err
	}
	said := Saying{Answer: res.answer, Rebuttal: res.rebuttal, Testimony: res.testimony, Checked: res.checked}
	posts := w.Door.Lay(said, Shape{Ref: w.note.Ref, Asked: res.asked, By: w.Door.Mention(w.job.From), Committee: w.committee(ctx)})
	err = w.posts(ctx, "share", to, posts, "")
	switch {
	case errors.Is(err, ErrRefused): // the program is not in that place
		return string(NoticeHere), w.tell(ctx, NoticeHere)
	case err != nil:
		return "", err
	}
	e, err := w.Ledger.Begin(ctx, w.job, "share")
	if err != nil {
		return "", err
	}
	if e.State == ledger.Done && e.External != "" {
		if err := w.Ledger.PutShare(ctx, ledger.Share{Message: ledger.Key(e.External), From: w.job.From, To: to.At}); err != nil {
			return "", err
		}
	}
	return "shared", w.tell(ctx, NoticeShared)
}

// document makes a file of a draft and sends it to the person directly.
func (w *work) document(ctx context.Context) (string, error) {
	res, n, err := w.of(ctx)
	if err != nil {
		return "", err
	}
	var doc *bot.Document
	copied := Copy{}
	if n == "" {
		doc, copied = documentOf(res, w.note.Value)
		if doc == nil {
			n = NoticeExpired
		}
	}
	switch {
	case n != "":
		return string(n), w.tell(ctx, n)
	case res.job.From != w.job.From:
		return "not-yours", w.tell(ctx, NoticeNotYours)
	}
	to := w.to
	if to.Private && w.Directly {
		to = w.directly()
	}
	if w.Export != nil {
		var b bytes.Buffer
		if err := w.Export(&b, doc, "docx"); err == nil {
			_, err = w.once(ctx, "reply", to, Post{File: &File{Name: w.note.Value + ".docx", Title: copied.Title, MediaType: docx, Bytes: b.Bytes()}}, "")
			if err == nil || !errors.Is(err, ErrRefused) && !errors.Is(err, errUnsure) {
				return "sent", err
			}
		}
	}
	if err := w.say(ctx, "no-file", to, Saying{Notice: NoticeNoFile}, Shape{Private: true}); err != nil {
		return "", err
	}
	return "as-text", w.say(ctx, "text", to, Saying{Copy: &copied}, Shape{Ref: w.note.Ref, Private: true, Kept: true})
}

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// documentOf is a document of a draft, and its words; nil where it has none.
func documentOf(res *result, which string) (*bot.Document, Copy) {
	switch t := res.testimony; {
	case which == DocumentLetter && res.rebuttal != nil:
		return res.rebuttal.Document(), Copy{"The letter", res.rebuttal.Letter}
	case which == DocumentScript && t != nil:
		return t.ScriptDocument(), Copy{"The script", t.Script}
	case which == DocumentWritten && t != nil:
		return t.WrittenDocument(), Copy{"The written version", t.Written}
	case which == DocumentHandout && t != nil:
		return t.HandoutDocument(), Copy{"The handout", t.Handout}
	}
	return nil, Copy{}
}

// forget deletes what is kept of the person.
func (w *work) forget(ctx context.Context) (string, error) {
	w.held.forget(w.job.From)
	if _, err := w.Ledger.Forget(ctx, w.job.From); err != nil && !errors.Is(err, ledger.ErrLocked) && !errors.Is(err, ledger.ErrFull) {
		return "", err
	}
	return "forgotten", w.tell(ctx, NoticeForgotten)
}

// Left deletes what is kept of a workspace that let the program go for good:
// nothing can be said there any more, and nobody there can ask to delete it.
// Doors call it when the platform says so, and never for an outage.
func (d *Dispatcher) Left(ctx context.Context, platform, workspace string) error {
	d.held.forgetWorkspace(platform, workspace)
	n, err := d.Ledger.ForgetWorkspace(ctx, ledger.Place{Platform: platform, Workspace: workspace})
	if deleted := n != (ledger.Forgotten{}); deleted && (errors.Is(err, ledger.ErrLocked) || errors.Is(err, ledger.ErrFull)) {
		err = nil // it is deleted; the next purge takes the copies
	}
	return err
}
