package discordtest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

type obj = map[string]any

// A problem is an answer that is not well.
type problem struct {
	status, code int
	message      string
	fields       []wrong
	retry        time.Duration // of a 429
	scope        string
}

func (p *problem) Error() string { return fmt.Sprintf("%d: %s", p.code, p.message) }

// messages are Discord's words for its codes.
var messages = map[int]string{
	0: "404: Not Found", 10002: "Unknown Application", 10003: "Unknown Channel", 10004: "Unknown Guild", 10007: "Unknown Member",
	10008: "Unknown Message", 10013: "Unknown User", 10014: "Unknown Emoji", 10015: "Unknown Webhook", 10062: "Unknown interaction",
	10063: "Unknown application command", 20012: "You are not authorized to perform this action on this application",
	30034: "Max number of daily application command creates has been reached (200)",
	40005: "Request entity too large", 40060: "Interaction has already been acknowledged.",
	40094: "This interaction has reached the maximum number of follow up messages",
	50001: "Missing Access", 50005: "Cannot edit a message authored by another user", 50006: "Cannot send an empty message",
	50007: "Cannot send messages to this user", 50013: "Missing Permissions", 50024: "Cannot execute action on this channel type",
	50027: "Invalid Webhook Token", 50035: "Invalid Form Body", 50083: "Thread is archived", 50109: "The request body contains invalid JSON.",
	90001: "Reaction was blocked", 160004: "A thread has already been created for this message", 160005: "Thread is locked",
}

func fail(status, code int) error {
	return &problem{status: status, code: code, message: messages[code]}
}

func unauthorized() error { return &problem{status: 401, message: "401: Unauthorized"} }

// wrong is what is wrong with one field.
type wrong struct {
	path          string // "embeds.0.title"
	code, message string
}

// A form gathers what is wrong with a body, and which of its fields Discord
// does not know.
type form struct {
	wrong   []wrong
	strange []string
}

func (f *form) add(path, code, message string) {
	f.wrong = append(f.wrong, wrong{path, code, message})
}

// err is Discord's refusal, or nil.
func (f *form) err() error {
	if len(f.wrong) == 0 {
		return nil
	}
	return &problem{status: 400, code: 50035, message: messages[50035], fields: f.wrong}
}

// formError is the refusal of one field.
func formError(path, code, message string) error {
	f := form{}
	f.add(path, code, message)
	return f.err()
}

// length fails unless the text is from low to high long.
func (f *form) length(path, text string, low, high int) {
	switch n := size(text); {
	case n > high:
		f.add(path, "BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", high))
	case n < low && n == 0:
		f.add(path, "BASE_TYPE_REQUIRED", "This field is required")
	case n < low:
		f.add(path, "BASE_TYPE_MIN_LENGTH", fmt.Sprintf("Must be %d or more in length.", low))
	}
}

// count fails unless n is from low to high.
func (f *form) count(path string, n, low, high int) {
	if n < low || n > high {
		f.add(path, "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", low, high))
	}
}

func (f *form) required(path string) { f.add(path, "BASE_TYPE_REQUIRED", "This field is required") }

func (f *form) choices(path string) {
	f.add(path, "BASE_TYPE_CHOICES", "The value is not one of those.")
}

// known notes the fields that are not among names, a list with spaces.
func (f *form) known(path string, o obj, names string) {
	all := " " + names + " "
	for _, k := range sortedKeys(o) {
		if !strings.Contains(all, " "+k+" ") {
			f.strange = append(f.strange, at(path, k))
		}
	}
}

func at(path string, key any) string {
	if path == "" {
		return fmt.Sprint(key)
	}
	return fmt.Sprintf("%s.%v", path, key)
}

// size counts in UTF-16, which never counts less than code points.
func size(text string) int {
	n := 0
	for _, r := range text {
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}

// body is the answer's, with the errors as a tree.
func (p *problem) body() obj {
	if p.status == 429 {
		return obj{"message": p.message, "code": p.code, "retry_after": p.retry.Seconds(), "global": p.scope == "global"}
	}
	out := obj{"code": p.code, "message": p.message}
	if p.fields == nil {
		return out
	}
	tree := obj{}
	for _, w := range p.fields {
		node := tree
		for part := range strings.SplitSeq(w.path, ".") {
			if part == "" {
				continue
			}
			next, ok := node[part].(obj)
			if !ok {
				next = obj{}
				node[part] = next
			}
			node = next
		}
		list, _ := node["_errors"].([]obj)
		node["_errors"] = append(list, obj{"code": w.code, "message": w.message})
	}
	out["errors"] = tree
	return out
}

// details are the fields and what is wrong with them.
func (p *problem) details() []string {
	var out []string
	for _, w := range p.fields {
		out = append(out, w.path+": "+w.message)
	}
	return out
}

func problemOf(err error) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	return &problem{status: 500, message: err.Error()}
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
