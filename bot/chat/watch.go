package chat

import (
	"context"
	"errors"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
)

// watch shows that there is work: at once and at each stage by React, after
// Options.Slow by a line with a button that stops it. tell takes the stages;
// end ends it and returns the line that stands, or "". standing is one that
// stood before.
func (w *work) watch(ctx context.Context, standing string) (tell func(bot.Stage), end func() string) {
	stages, done, line := make(chan bot.Stage, 1), make(chan struct{}), make(chan string)
	first := bot.StageReading
	w.react(ctx, first)
	go func() {
		stage, id := first, standing
		slow, beat := time.NewTimer(w.Slow), time.NewTicker(w.Beat)
		defer slow.Stop()
		defer beat.Stop()
		for {
			select {
			case <-done:
				w.react(context.WithoutCancel(ctx), "")
				line <- id
				return
			case s := <-stages:
				if s != stage {
					stage = s
					w.react(ctx, stage)
				}
			case <-beat.C:
				w.react(ctx, stage)
			case <-slow.C:
				if id == "" {
					id = w.progress(ctx, stage)
				}
			}
		}
	}()
	tell = func(s bot.Stage) {
		select {
		case <-stages: // the one before was not shown: it is over
		default:
		}
		select {
		case stages <- s:
		default:
		}
	}
	return tell, func() string {
		close(done)
		return <-line
	}
}

func (w *work) react(ctx context.Context, stage bot.Stage) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := w.Door.React(ctx, w.to, stage); err != nil {
		w.Log.Debug("chat: status", "error", err)
	}
}

const progressEffect = "progress"

// progress sends the line that stands while there is work. It is no harm if
// it does not come, so what nobody can tell of is left.
func (w *work) progress(ctx context.Context, stage bot.Stage) string {
	post := w.Door.Lay(Saying{Progress: stage}, Shape{Ref: refOf(w.job.ID), Private: w.to.Private})[0]
	id, err := w.try(ctx, progressEffect, w.to, post, "")
	if err != nil && !errors.Is(err, errUnsure) {
		err = w.Ledger.Settle(context.WithoutCancel(ctx), w.job, progressEffect, ledger.Unsure, "")
		if err != nil {
			w.Log.Debug("chat: progress", "error", err)
		}
	}
	return id
}

// standing is the line that an earlier attempt left, or "".
func (w *work) standing(ctx context.Context) (string, error) {
	if w.job.Attempt < 2 {
		return "", nil
	}
	e, err := w.Ledger.Begin(ctx, w.job, progressEffect)
	if err != nil {
		return "", err
	}
	id, as := e.External, ledger.Undone
	switch e.State {
	case ledger.Done, ledger.Unsure:
		return id, nil
	case ledger.Doubtful:
		ctx, cancel := context.WithTimeout(ctx, sendTime)
		defer cancel()
		found := false
		post := w.Door.Lay(Saying{Progress: bot.StageReading}, Shape{Ref: refOf(w.job.ID), Private: w.to.Private})[0]
		if id, found, err = w.Door.Find(ctx, w.to, post, e.Token); err != nil {
			id, as = "", ledger.Unsure
		} else if found {
			as = ledger.Done
		}
	}
	return id, w.Ledger.Settle(ctx, w.job, progressEffect, as, id)
}
