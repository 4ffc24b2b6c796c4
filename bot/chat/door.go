package chat

import (
	"context"
	"errors"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
)

// A Door is one platform: it lays out, sends, finds, and tells who somebody
// is. It is safe for concurrent use.
type Door interface {
	// Platform is its name, as in ledger.Place.
	Platform() string
	// Lay lays a saying out as posts, in their order, each of which one call
	// sends. There is at least one.
	Lay(s Saying, sh Shape) []Post
	// Send sends a post with a token by which Find finds it, and returns what
	// the platform calls it. Where over is not "" it takes the place of that
	// message, if the platform can; else it is sent anew. Errors: ErrRefused,
	// *LaterError; after any other, nobody can tell whether it was sent.
	Send(ctx context.Context, to To, p Post, token, over string) (id string, err error)
	// Find looks for a post that was sent with a token. Errors: ErrUnfindable
	// where the platform does not tell.
	Find(ctx context.Context, to To, p Post, token string) (id string, found bool, err error)
	// React shows at once that there is work, and at which stage; stage "" is
	// that it is over. It may be called again, and failing does no harm.
	React(ctx context.Context, to To, stage bot.Stage) error
	// Who tells who somebody is, as seen from a place.
	Who(ctx context.Context, who ledger.Principal, at To) (Who, error)
	// Mention is a person as the platform writes a link to one.
	Mention(who ledger.Principal) string
}

// Errors of a door.
var (
	// ErrRefused: it was not sent, and never will be.
	ErrRefused = errors.New("the platform refuses it")
	// ErrUnfindable: what was sent there cannot be looked for.
	ErrUnfindable = errors.New("what was sent cannot be looked for")
)

// A LaterError says that something was not sent, and when to try again.
type LaterError struct{ After time.Duration }

// Error says so.
func (e *LaterError) Error() string {
	return "the platform asks to wait " + e.After.String()
}

// A To is where something is sent, and on behalf of whom.
type To struct {
	At      ledger.Place
	From    ledger.Principal
	Private bool   // From alone may see it
	Reply   []byte // as in Order
}

// A Post is what one call sends: the door's own, or a file.
type Post struct {
	Body any
	File *File
}

// A File is one to be sent.
type File struct {
	Name, Title, MediaType string
	Bytes                  []byte
}

// Who is what a platform tells of a person.
type Who struct {
	Admin bool // may change settings
	// Outside says that the person, or the place, is not of the workspace
	// alone: a guest, another organisation, a shared channel.
	Outside bool
}

// A Shape says how one answer is shown.
type Shape struct {
	// Ref is what the dispatcher calls the answer, opaque and without words of
	// anybody: buttons carry it, and it comes back in Order.Ref.
	Ref     string
	Private bool // only the person who asked sees it
	// Kept keeps a private answer private: there is no button to share it.
	Kept      bool
	Asked     string // the question, redacted, to be shown above; "" for none
	By        string // who shares it, as the platform calls them; "" for nobody
	Committee bool   // there are people to ask
}

// A Saying is one thing to be said: one of its fields is set.
type Saying struct {
	Notice     Notice
	Answer     *bot.Answer
	Rebuttal   *bot.Rebuttal
	Testimony  *bot.Testimony
	Checked    *bot.Checked
	Rewritten  *bot.Rewritten
	Progress   bot.Stage
	HandOff    *HandOff
	Taken      *Taken
	Settings   []Setting
	Copy       *Copy
	Help       bool
	Privacy    bool
	Forgetting bool
}

// A HandOff is what the people of a committee are told.
type HandOff struct {
	Asked  string // redacted
	Answer *bot.Answer
	From   ledger.Place
	Of     ledger.Principal // who asks them
}

// A Taken takes the place of a HandOff once a person answers.
type Taken struct {
	Asked string
	By    ledger.Principal
}

// A Copy is a text to be copied as it is.
type Copy struct{ Title, Text string }

// A Setting is one as it stands for a place; Value is "" where none is set.
type Setting struct {
	Name, Says, Value string
	By                ledger.Principal
	Set               time.Time
	Wide              bool // it is of the whole workspace
}
