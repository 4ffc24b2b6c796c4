package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/corpus"
)

// A Kind is what is wanted. It is the kind of the event in the ledger.
type Kind string

// The kinds.
const (
	Ask        Kind = "ask"
	Rebut      Kind = "rebut"
	Testify    Kind = "testify"
	Check      Kind = "check"
	Rewrite    Kind = "rewrite"
	Share      Kind = "share"     // shows a private answer to all of a place
	Document   Kind = "document"  // makes a file; Value says which
	Committee  Kind = "committee" // hands an answer to people
	Take       Kind = "take"      // a person answers what was handed over
	Forget     Kind = "forget"
	Help       Kind = "help"
	Privacy    Kind = "privacy"
	Forgetting Kind = "forgetting" // asks whether to forget
	Settings   Kind = "settings"   // Value is what stands behind the command
	Say        Kind = "say"        // says Notice and nothing else
)

// noteless are the kinds of which no words are kept.
var noteless = []string{string(Rebut), string(Testify), string(Check), string(Rewrite)}

// Noteless are the kinds of which no words are kept: the ledger is opened
// with them (ledger.Options.Noteless).
func Noteless() []string { return append([]string(nil), noteless...) }

// The values of Document.
const (
	DocumentLetter  = "letter"
	DocumentScript  = "script"
	DocumentWritten = "written"
	DocumentHandout = "handout"
)

// An Order is what a person wants, as a door read it.
type Order struct {
	// Keys tell its deliveries, as ledger.Event.Keys: all names that the
	// platform has for it.
	Keys []ledger.Key
	From ledger.Principal
	// At is where the reply goes; its thread is empty where there is none.
	At   ledger.Place
	Kind Kind
	// Reply is what the door needs besides At to reply, at most MaxReply
	// bytes: names and addresses, never what a person wrote.
	Reply []byte
	// Public says that others see the reply, Direct that At is the person's
	// own conversation with the program. Neither: a reply to them alone, where
	// others are.
	Public, Direct bool

	// One of these, by Kind. What the dispatcher decides (Scopes, Person,
	// Progress) is empty in them.
	Ask     bot.Request // of Ask and Check
	Rebut   bot.RebutRequest
	Testify bot.TestifyRequest
	Rewrite bot.RewriteRequest
	// File reads words that were given as a file, at most MaxFile bytes, when
	// the order is worked on; nil where there are none. Of Rebut and Check.
	File func(ctx context.Context) (string, error)

	// Ref is the answer whose button was pressed, as Shape.Ref, for Ask,
	// Share, Document, Committee and Take. An Ask with a Ref and no words
	// asks its question again, with what Ask.Facts adds.
	Ref    string
	Value  string // of the button, or the words of Settings
	Notice Notice // of Say
}

// MaxReply bounds Order.Reply, MaxFile the words of a file.
const (
	MaxReply = 600
	MaxFile  = 64 << 10
)

// ErrFile: a file that was given is no text, or too long.
var ErrFile = errors.New("the file cannot be read")

// note is what the ledger keeps in Event.Reply.
type note struct {
	Door   []byte `json:"d,omitempty"`
	Held   string `json:"h,omitempty"` // what the order, and its words, are called in memory
	Ref    string `json:"r,omitempty"`
	Value  string `json:"v,omitempty"`
	Notice Notice `json:"n,omitempty"`
	Thread string `json:"t,omitempty"` // of Say, which in the ledger stands in none
	Public bool   `json:"p,omitempty"`
	Direct bool   `json:"o,omitempty"`
	// Named says that the question named somebody, and was meant to be public.
	Named bool `json:"i,omitempty"`
}

// asked is what the ledger keeps in Event.Text: a question, redacted.
type asked struct {
	Text  string      `json:"q"`
	State string      `json:"s,omitempty"`
	Plan  string      `json:"p,omitempty"`
	Facts []string    `json:"f,omitempty"`
	On    corpus.Date `json:"on,omitempty"`
	Plain bool        `json:"pl,omitempty"`
}

func keepRequest(r bot.Request) (ledger.Text, error) {
	return json.Marshal(asked{r.Text, r.State, r.Plan, r.Facts, r.On, r.Plain})
}

// readRequest reads what keepRequest wrote.
func readRequest(t ledger.Text) (bot.Request, error) {
	var a asked
	if err := json.Unmarshal(t, &a); err != nil {
		return bot.Request{}, fmt.Errorf("chat: a stored question cannot be read: %w", err)
	}
	return bot.Request{Text: a.Text, State: a.State, Plan: a.Plan, Facts: a.Facts, On: a.On, Plain: a.Plain}, nil
}
