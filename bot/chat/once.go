package chat

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// sendTime is how long one call may take, patience how long it is waited in
// all where the platform asks to wait: an order that is given back instead
// has one attempt less, and many at once would have none left.
const (
	sendTime = 25 * time.Second
	patience = time.Minute
)

// errUnsure: it may have been sent, and nobody can tell.
var errUnsure = errors.New("it may have been sent")

// say says something in as many posts as it needs, each once. Where nobody
// can tell whether one arrived, the person is told directly.
func (w *work) say(ctx context.Context, name string, to To, s Saying, sh Shape) error {
	return w.posts(ctx, name, to, w.Door.Lay(s, sh), "")
}

// posts sends posts, the first in the place of the message over.
func (w *work) posts(ctx context.Context, name string, to To, posts []Post, over string) error {
	unsure := false
	for i, p := range posts {
		part := name
		if i > 0 {
			part, over = name+"-"+strconv.Itoa(i+1), ""
		}
		_, err := w.once(ctx, part, to, p, over)
		if errors.Is(err, errUnsure) {
			unsure, err = true, nil
		}
		if err != nil {
			return err
		}
	}
	if !unsure {
		return nil
	}
	return w.unsent(ctx)
}

// unsent tells the person directly that an answer may have been lost.
func (w *work) unsent(ctx context.Context) error {
	_, err := w.once(ctx, "unsent", w.directly(), w.Door.Lay(Saying{Notice: NoticeUnsent}, Shape{Private: true})[0], "")
	if errors.Is(err, errUnsure) {
		err = nil
	}
	return err
}

// directly is the way to the person alone, wherever they asked.
func (w *work) directly() To {
	return To{At: ledger.Place{Platform: w.job.At.Platform, Workspace: w.job.At.Workspace}, From: w.job.From, Private: true}
}

// once sends a post as an effect of the job, and returns what it is called.
// Where the platform asks to wait, it waits.
func (w *work) once(ctx context.Context, name string, to To, p Post, over string) (string, error) {
	for waited := time.Duration(0); ; {
		id, err := w.try(ctx, name, to, p, over)
		var later *LaterError
		if !errors.As(err, &later) {
			return id, err
		}
		wait := max(later.After, time.Second)
		if waited += wait; waited > patience || w.Sleep(ctx, wait) != nil {
			return "", err
		}
	}
}

// try is once without waiting.
func (w *work) try(ctx context.Context, name string, to To, p Post, over string) (string, error) {
	e, err := w.Ledger.Begin(ctx, w.job, name)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	settle := func(as ledger.State, id string) error {
		return w.Ledger.Settle(context.WithoutCancel(ctx), w.job, name, as, id)
	}
	switch e.State {
	case ledger.Done:
		return e.External, nil
	case ledger.Unsure:
		return "", errUnsure
	case ledger.Doubtful:
		id, found, err := w.Door.Find(ctx, to, p, e.Token)
		switch {
		case errors.Is(err, ErrUnfindable):
			return "", errors.Join(settle(ledger.Unsure, ""), errUnsure)
		case err != nil:
			return "", err
		case found:
			return id, settle(ledger.Done, id)
		}
	}
	id, err := w.Door.Send(ctx, to, p, e.Token, over)
	var later *LaterError
	switch {
	case err == nil:
		return id, settle(ledger.Done, id)
	case errors.Is(err, ErrRefused), errors.As(err, &later):
		return "", errors.Join(settle(ledger.Undone, ""), err)
	}
	return "", err
}
