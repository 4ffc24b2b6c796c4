package ledger

import (
	"context"
	"errors"
	"time"
)

// Errors that callers tell apart. Each comes with a text that names the
// operation, and the file where there is one, and says what to do; none
// holds a text, a person or a place.
var (
	// ErrClosed: the ledger was closed.
	ErrClosed = errors.New("the ledger is closed")
	// ErrInvalid: what was given cannot be stored. Nothing was.
	ErrInvalid = errors.New("not valid")
	// ErrNoteless: a text was given for a kind of event of which no text is
	// ever kept. Nothing was stored.
	ErrNoteless = errors.New("no text of this kind is kept")
	// ErrLost: the lease is no longer this job's, or its event is gone.
	ErrLost = errors.New("the lease is lost")
	// ErrUnsettled: an effect was begun, and it is not said how it ended.
	ErrUnsettled = errors.New("an effect is not settled")

	// ErrLocked: another process has the file open.
	ErrLocked = errors.New("ledger is in use by another process")
	// ErrDamaged: the file is one of ours, and not sound. It is left as it is.
	ErrDamaged = errors.New("ledger file is damaged")
	// ErrForeign: the file is not a ledger. It is left as it is.
	ErrForeign = errors.New("not a ledger file of this program")
	// ErrNewer: a later version of the program wrote the file. It is left
	// as it is.
	ErrNewer = errors.New("ledger file of a newer version")
	// ErrReadOnly: the file or its folder cannot be written.
	ErrReadOnly = errors.New("ledger cannot be written here")
	// ErrFull: the disk is full.
	ErrFull = errors.New("the disk is full")
)

// A Ledger is the whole record. Implementations are safe for concurrent use.
// A method is done whole or not at all, and says which: what it returned nil
// for is stored, with a file on the disk; after an error nothing is changed.
// Every method returns promptly with ctx.Err() once ctx is done. Slices
// handed in are not kept, those handed out are the caller's.
type Ledger interface {
	Queue
	Threads
	Voices
	HandOffs
	Settings
	// Forget deletes what is kept of a person: their finished events, turns,
	// feedback and shares go, and their name in hand-offs and settings.
	// Their unfinished events lose their text and go when they are finished;
	// till then they are claimed as ever, as Job.Forgotten. What tells
	// duplicates stays; no person can be read from it. With a file, the bytes
	// are gone from it and its log when Forget returns nil. For that the file
	// is written anew; Accept waits meanwhile. An error beside counts says
	// that all is deleted and copies are left, as when another process reads
	// the file (ErrLocked) or the disk is full: call again.
	Forget(ctx context.Context, who Principal) (Forgotten, error)
	// ForgetWorkspace deletes what is kept of a workspace that let the program
	// go, as Forget does of a person: its finished events, turns, shares,
	// hand-offs and settings go, with those who set them; its unfinished events
	// become Job.Forgotten. At has no channel and no thread, and is not empty.
	// Feedback has no place, and stays until Forget or Purge takes it.
	ForgetWorkspace(ctx context.Context, at Place) (Forgotten, error)
	// Purge deletes what is old. First the texts of events received before
	// texts and turns past their time; an unfinished event becomes
	// Job.Forgotten by it. Then whole rows from before rows: finished events,
	// feedback, shares, hand-offs and replaced settings. What tells
	// duplicates stays for KeyTime since it was last delivered, at least.
	// Many rows are deleted some at a time, between which Accept goes on;
	// after an error some are. With a file it ends as Forget does.
	Purge(ctx context.Context, texts, rows time.Time) (Purged, error)
	// Stats counts. It reads all rows: call it now and then.
	Stats(ctx context.Context) (Stats, error)
	// Close waits for calls at work and releases what the ledger holds.
	// Closing twice is no error. Leases end with it.
	Close() error
}

// A Queue holds events from their acceptance until they are finished, and
// the effects each one has. The package says how to use it.
type Queue interface {
	// Accept stores an event and reports whether it is new. It is not if any
	// of its keys is known on its platform; the others are then known too.
	Accept(ctx context.Context, e Event) (accepted bool, err error)
	// Recall reads an event by Job.ID, finished or not, without leasing it:
	// Lease is empty, and Attempt how often it was claimed. It reports false
	// where there is none, or no more.
	Recall(ctx context.Context, id int64) (job Job, ok bool, err error)
	// Claim leases the event that waits longest among those that may be
	// worked on. It reports false when there is none.
	Claim(ctx context.Context, w Want) (job Job, ok bool, err error)
	// Extend renews a lease to last for d from now.
	Extend(ctx context.Context, j Job, d time.Duration) (Job, error)
	// Release gives an event back untried, as a process does that stops: its
	// attempt does not count.
	Release(ctx context.Context, j Job) error
	// Retry gives an event back to be claimed again after d, at most MaxLease.
	Retry(ctx context.Context, j Job, d time.Duration) error
	// Begin notes that the job is about to do the effect called name, and
	// says in Effect.State whether to.
	Begin(ctx context.Context, j Job, name string) (Effect, error)
	// Settle says how a begun effect ended: Done, with what the platform
	// calls the result; Undone, if it certainly did not happen; or Unsure,
	// if nobody can know and it shall not be tried again. Done is noted
	// whoever has the lease, and stays: of two, the first counts.
	Settle(ctx context.Context, j Job, name string, as State, external string) error
	// Finish ends an event; outcome is a word for statistics, such as
	// "answered". It fails with ErrUnsettled while an effect is begun.
	Finish(ctx context.Context, j Job, outcome string) error
}

// Threads keep the last turns of a thread, for follow-up questions.
type Threads interface {
	// Remember adds a turn of the job's event to its place, or replaces it:
	// an event has one. The oldest turns go where a thread grows beyond its
	// bounds; a turn larger than those is ErrInvalid. Of a forgotten event
	// nothing is kept, which is no error; nor is there a thread where
	// Place.Thread is empty (ErrInvalid).
	Remember(ctx context.Context, j Job, question, answer Text) error
	// Thread returns the turns at a place, oldest first.
	Thread(ctx context.Context, at Place) ([]Turn, error)
	// ForgetThread deletes them and says how many there were.
	ForgetThread(ctx context.Context, at Place) (int, error)
}

// Voices are what people say of messages, and pass on.
type Voices interface {
	// PutFeedback stores what one person says of one message; it takes the
	// place of what they said before.
	PutFeedback(ctx context.Context, f Feedback) error
	// Feedback returns all that was said of a message, oldest first.
	Feedback(ctx context.Context, platform string, message Key) ([]Feedback, error)
	// PutShare notes a share; one that is known keeps its time.
	PutShare(ctx context.Context, s Share) error
	// Shares returns the shares of a message, oldest first.
	Shares(ctx context.Context, platform string, message Key) ([]Share, error)
}

// HandOffs are threads that people were asked to take over.
type HandOffs interface {
	// OpenHandOff notes that h.From was handed to h.To. Where it already was,
	// that stays and is returned.
	OpenHandOff(ctx context.Context, h HandOff) (now HandOff, opened bool, err error)
	// AnswerHandOff notes that by, a person, wrote at a place. It returns
	// the hand-off from or to that place and whether there is one; the
	// first answer counts.
	AnswerHandOff(ctx context.Context, at Place, by Principal) (h HandOff, ok bool, err error)
	// CloseHandOff deletes the hand-off from a place and reports whether
	// there was one.
	CloseHandOff(ctx context.Context, from Place) (bool, error)
	// Quiet reports whether a person answered the hand-off from a place: the
	// program then says nothing there until it is closed.
	Quiet(ctx context.Context, from Place) (bool, error)
}

// Settings are opaque values that people set for places.
type Settings interface {
	// Set stores a setting; one without value takes it away.
	Set(ctx context.Context, s Setting) error
	// Setting returns the value of key that is set nearest to a place: for
	// the thread, the channel or the workspace. It reports false where none is.
	Setting(ctx context.Context, at Place, key string) (Setting, bool, error)
	// SettingHistory returns who set key to what for just this place, newest
	// first, at most 100.
	SettingHistory(ctx context.Context, at Place, key string) ([]Setting, error)
}

// Options vary a ledger. The zero value is for everyday use.
type Options struct {
	// Now is the clock; nil is time.Now. Times are kept in milliseconds.
	Now func() time.Time
	// Noteless are the kinds of which no text is kept, besides "rewrite",
	// of which none ever is.
	Noteless []string
	// Attempts is how often an event is tried before it is Job.Failed, and
	// how often then. Zero means 5.
	Attempts int
	// Grace is how long after a lease ended an event with a begun effect
	// rests before it is claimed again: what was on its way when a process
	// ended may arrive still. Zero means 5 seconds, negative none. At most
	// a minute.
	Grace time.Duration
	// Turns, TurnBytes and TurnTime bound a thread: how many turns, of how
	// many bytes together, for how long. Zero means 6, 32 KiB, 24 hours.
	Turns     int
	TurnBytes int
	TurnTime  time.Duration
	// Wait is how long Open waits for another process that has the file.
	// Zero means 10 seconds; a negative Wait does not wait.
	Wait time.Duration
}

// Bounds of what is stored.
const (
	MaxKeys    = 8         // keys of one event
	MaxID      = 255       // bytes in a key, an id, an external name
	MaxName    = 64        // bytes in a platform, kind, effect, outcome, verdict or setting's key
	MaxText    = 64 << 10  // bytes in a text
	MaxReply   = 1 << 10   // bytes in Event.Reply
	MaxLease   = time.Hour // of a lease, and of a delay
	KeyTime    = 25 * time.Hour
	leaseTime  = 2 * time.Minute
	graceTime  = 5 * time.Second
	maxGrace   = time.Minute
	keyRenewal = time.Hour // a known key's time is renewed when it is older
	historyMax = 100
)
