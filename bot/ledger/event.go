package ledger

import "time"

// An Event is something a person did that asks for a reply.
type Event struct {
	// Keys are what tells the event's deliveries: at least one.
	Keys []Key
	From Principal
	At   Place  // on the platform of From
	Kind string // such as "ask"
	// Text is what the person wrote, redacted; empty for noteless kinds.
	Text Text
	// Reply is what the adapter needs besides At in order to reply, such as
	// the name of the message or a response URL. Never what a person wrote.
	Reply Text
}

// A Want says what may be claimed.
type Want struct {
	Platform string
	// Lease is how long the job is the claimer's alone. Zero means 2 minutes.
	Lease time.Duration
	// Unordered lets the events of one thread be worked on at once, and
	// later ones before one that waits to be tried again. Events without a
	// thread always are.
	Unordered bool
}

// A Job is an event that is leased. Event.Keys is empty: keys are kept as
// hashes.
type Job struct {
	ID int64 // never used twice; in the order of acceptance
	Event
	Received time.Time
	Attempt  int       // from 1
	Until    time.Time // the end of the lease
	Lease    string    // what tells it from other leases of the event
	// Failed: all attempts were used up. What is left is to say so: Begin
	// the reply as ever, which may have been sent, and Finish.
	Failed bool
	// Forgotten: the text was deleted, by Forget or by Purge. What is left
	// is to say so, or nothing, and Finish.
	Forgotten bool
}

// A State is how it stands with an effect.
type State string

// The states of an effect. Begin says which of the first four it is, Settle
// takes one of the last three.
const (
	Fresh    State = "fresh"    // not done: do it now
	Doubtful State = "doubtful" // begun before, by whomever: find out by the token
	Done     State = "done"     // it is done; nothing is to do
	Unsure   State = "unsure"   // given up: it may be done or not
	Undone   State = "undone"   // it did not happen, and may be begun again
)

// begun is how an effect is stored that was begun and not settled.
const begun State = "begun"

// An Effect is something done for an event that others see.
type Effect struct {
	Name string
	// Token goes along with the effect, so that the platform can be asked
	// for it: 24 lower-case letters and digits, the same each time.
	Token    string
	State    State
	External string // what the platform calls the result, if Done
}

// beginning is what Begin says of a stored state.
func beginning(s State) State {
	switch s {
	case begun:
		return Doubtful
	case Undone:
		return Fresh
	}
	return s
}

// settles says whether an effect stored as s may be settled as as, and
// whether that changes it.
func (s State) settles(as State) (change, ok bool) {
	switch {
	case s == as:
		return false, true
	case s == begun:
		return true, true
	}
	return true, as == Done
}
