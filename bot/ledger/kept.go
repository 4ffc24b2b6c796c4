package ledger

import "time"

// A Turn is a question with its answer, as a thread remembers it.
type Turn struct {
	From     Principal
	Question Text
	Answer   Text
	At       time.Time
}

// Feedback is what one person says of one message.
type Feedback struct {
	Message Key // on the platform of From
	From    Principal
	Verdict string // such as "up"
	Reasons Text
	At      time.Time // set by the ledger
}

// A Share is a message that one person passed on to a place.
type Share struct {
	Message Key // on the platform of From
	From    Principal
	To      Place
	At      time.Time // set by the ledger
}

// A HandOff is a thread that people were asked to take over.
type HandOff struct {
	From, To Place
	By       Principal // who asked for it; zero once forgotten
	Opened   time.Time // set by the ledger
	Answered time.Time // zero until a person answers
	Answerer Principal // zero until then, and once forgotten
}

// A Setting is a value with who set it. Channel and Thread of At are empty
// for a whole workspace.
type Setting struct {
	At    Place
	Key   string
	Value Text      // empty: taken away
	By    Principal // zero once forgotten
	Set   time.Time // set by the ledger
}

// Forgotten counts what Forget and ForgetWorkspace deleted.
type Forgotten struct {
	Events     int // deleted whole
	Unfinished int // without text now, deleted when they are finished
	Turns      int
	Feedback   int
	Shares     int
	Names      int // taken out of hand-offs and settings
	HandOffs   int // of a workspace
	Settings   int // of a workspace, with those they replaced
}

// Purged counts what Purge deleted.
type Purged struct {
	Texts    int // of events
	Turns    int
	Events   int
	Keys     int
	Feedback int
	Shares   int
	HandOffs int
	Settings int // replaced or taken away
}

// Stats counts what there is. It holds no text and no one's name.
type Stats struct {
	Waiting   int // unfinished, not leased, attempts left
	Working   int // leased; the lease may have run out
	Failed    int // unfinished, not leased, attempts used up: to be apologised for
	Finished  int
	Abandoned int       // given up after the apology failed as often
	Oldest    time.Time // when the oldest unfinished event was received; zero if none is
	Unsettled int       // effects that were begun: under way, or doubtful
	Unsure    int       // effects of which nobody will know
	Keys      int
	Turns     int
	Feedback  map[string]int // by verdict
	Shares    int
	HandOffs  int   // open, answered or not
	Settings  int   // that have a value
	Bytes     int64 // of the file and its log; 0 in memory
}

// abandoned is the outcome of an event that was given up.
const abandoned = "abandoned"
