package chat

import (
	"context"
	"errors"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
)

// A Notice is something to be said that is no answer: what happened, and what
// to do next. Doors have the words, for they name what is on the screen.
type Notice string

// The notices.
const (
	NoticeBusy        Notice = "busy"        // too many questions at once
	NoticeOften       Notice = "often"       // this person or channel asked too often
	NoticeFailed      Notice = "failed"      // all attempts failed
	NoticeStopped     Notice = "stopped"     // somebody pressed Stop
	NoticeLate        Notice = "late"        // it took too long
	NoticeFacts       Notice = "facts"       // a state, plan or fact is not known
	NoticeDay         Notice = "day"         // a day cannot be read
	NoticeUnreadable  Notice = "unreadable"  // no text, or too long
	NoticeEmpty       Notice = "empty"       // a mention or command without words
	NoticeNoNotes     Notice = "no-notes"    // notes and denials are not taken here
	NoticeNoteSlash   Notice = "note-slash"  // a note came after a command
	NoticeNoDesk      Notice = "no-desk"     // denials or testimony are not done here
	NoticeIdentifiers Notice = "identifiers" // a public question names somebody
	NoticePrivate     Notice = "private"     // it was answered to the person alone, elsewhere
	NoticeNotYours    Notice = "not-yours"   // somebody else's button
	NoticeExpired     Notice = "expired"     // a button of an answer that is no longer known
	NoticeDone        Notice = "done"        // a button pressed twice
	NoticeThanks      Notice = "thanks"      // feedback was taken
	NoticeShared      Notice = "shared"      // a private answer was shown to all
	NoticeSent        Notice = "sent"        // it was sent to the person directly
	NoticeHanded      Notice = "handed"      // the committee was asked
	NoticeNoCommittee Notice = "no-committee"
	NoticeQuiet       Notice = "quiet"     // a person answers in this thread
	NoticeOff         Notice = "off"       // questions are not answered in this channel
	NoticeForgotten   Notice = "forgotten" // what was kept is deleted
	NoticeLost        Notice = "lost"      // a crash: what is never kept has to be given again
	NoticeFile        Notice = "file"      // a file could not be read
	NoticeNoFile      Notice = "no-file"   // a file could not be made; its text follows
	NoticeForm        Notice = "form"      // a form could not be opened
	NoticeHere        Notice = "here"      // a command where it does not work
	NoticeBot         Notice = "bot"       // a shortcut on a message without a person's words
	NoticeNotAdmin    Notice = "not-admin" // settings are for admins
	NoticeSetting     Notice = "setting"   // a setting or its value is not known
	NoticeGuest       Notice = "guest"     // a guest or shared channel: public documents only
	NoticeUnsent      Notice = "unsent"    // an answer may have been lost on its way
)

// NoticeOf is the notice that an error of the assistant asks for. No word of
// the error is shown.
func NoticeOf(err error) Notice {
	switch {
	case errors.Is(err, ErrFile):
		return NoticeFile
	case errors.Is(err, coverage.ErrFact):
		return NoticeFacts
	case errors.Is(err, bot.ErrDay):
		return NoticeDay
	case errors.Is(err, bot.ErrUnreadable):
		return NoticeUnreadable
	case errors.Is(err, bot.ErrNotes):
		return NoticeNoNotes
	case errors.Is(err, bot.ErrDesk), errors.Is(err, bot.ErrTestimony):
		return NoticeNoDesk
	case errors.Is(err, context.DeadlineExceeded):
		return NoticeLate
	case errors.Is(err, context.Canceled):
		return NoticeStopped
	}
	return NoticeFailed
}
