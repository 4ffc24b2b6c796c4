package ledger

import (
	"fmt"
	"strings"
)

// A Principal is a person as a platform knows them. The ledger compares
// principals and reads nothing in them. Workspace is empty where a platform's
// user ids are its own throughout. It prints as a word, whatever the verb.
type Principal struct{ Platform, Workspace, User string }

// A Place is where something was said. Channel is empty for a workspace as a
// whole, Thread where there is no thread. It prints as a word, whatever the
// verb.
type Place struct{ Platform, Workspace, Channel, Thread string }

// A Text is redacted by whoever hands it over; to the ledger it is bytes. It
// prints as its length, whatever the verb.
type Text []byte

// A Key is what a platform calls an event or a message. It prints as a word,
// whatever the verb.
type Key string

// Format hides who it is.
func (p Principal) Format(s fmt.State, _ rune) { fmt.Fprint(s, "[principal]") }

// MarshalText hides who it is, in JSON and structured logs.
func (p Principal) MarshalText() ([]byte, error) { return fmt.Append(nil, p), nil }

// Format hides where it is.
func (p Place) Format(s fmt.State, _ rune) { fmt.Fprint(s, "[place]") }

// MarshalText hides where it is, in JSON and structured logs.
func (p Place) MarshalText() ([]byte, error) { return fmt.Append(nil, p), nil }

// Format hides the text.
func (t Text) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "[%d bytes]", len(t)) }

// MarshalText hides the text, in JSON and structured logs.
func (t Text) MarshalText() ([]byte, error) { return fmt.Append(nil, t), nil }

// Format hides the key.
func (k Key) Format(s fmt.State, _ rune) { fmt.Fprint(s, "[key]") }

// MarshalText hides the key, in JSON and structured logs.
func (k Key) MarshalText() ([]byte, error) { return fmt.Append(nil, k), nil }

// unit joins the parts of a stored id; no part holds a control character.
const (
	unit      = "\x1f"
	afterUnit = "\x20" // the next character
)

func (p Principal) join() string {
	if p == (Principal{}) {
		return ""
	}
	return strings.Join([]string{p.Platform, p.Workspace, p.User}, unit)
}

func principalOf(joined string) Principal {
	if part := strings.Split(joined, unit); len(part) == 3 {
		return Principal{part[0], part[1], part[2]}
	}
	return Principal{}
}

func (p Place) join() string {
	return strings.Join([]string{p.Platform, p.Workspace, p.Channel, p.Thread}, unit)
}

func placeOf(joined string) Place {
	if part := strings.Split(joined, unit); len(part) == 4 {
		return Place{part[0], part[1], part[2], part[3]}
	}
	return Place{}
}

// around are the place and those that hold it, the nearest first.
func (p Place) around() []Place {
	out := []Place{p}
	if p.Thread != "" {
		p.Thread = ""
		out = append(out, p)
	}
	if p.Channel != "" {
		p.Channel = ""
		out = append(out, p)
	}
	return out
}

// copy is the text in memory of its own; nil if it is empty.
func (t Text) copy() Text { return append(Text(nil), t...) }
