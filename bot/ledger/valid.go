package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// rules are Options with their defaults, and what may be stored under them.
type rules struct{ Options }

func newRules(o Options) (rules, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Noteless = append([]string{"rewrite"}, o.Noteless...)
	for _, d := range []struct {
		value *int
		usual int
	}{{&o.Attempts, 5}, {&o.Turns, 6}, {&o.TurnBytes, 32 << 10}} {
		if *d.value == 0 {
			*d.value = d.usual
		}
		if *d.value < 0 {
			return rules{}, invalid("a bound in the options is negative")
		}
	}
	if o.TurnTime == 0 {
		o.TurnTime = 24 * time.Hour
	}
	switch {
	case o.Grace == 0:
		o.Grace = graceTime
	case o.Grace < 0:
		o.Grace = 0
	case o.Grace > maxGrace:
		return rules{}, invalid("a grace of more than %s", maxGrace)
	}
	return rules{o}, nil
}

// ms is the time in milliseconds, as it is stored.
func (r *rules) ms() int64 { return r.Now().UnixMilli() }

// timeOf is the time that is stored as ms; 0 is none.
func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// claimable says whether an event that is due at due may be claimed: also
// when due is further ahead than any can be, because the clock was set back.
func claimable(due, now int64) bool { return due <= now || due > now+horizon }

const horizon = int64((MaxLease + 2*maxGrace) / time.Millisecond)

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
}

// id checks an id that a platform gave: no control characters, so that ids
// can be joined, and so that they are text.
func id(what, s string, empty bool) error {
	switch {
	case s == "" && !empty:
		return invalid("%s is empty", what)
	case len(s) > MaxID:
		return invalid("%s has %d bytes, more than %d", what, len(s), MaxID)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return invalid("%s is not plain text", what)
	}
	return nil
}

// name checks a word of the program's own.
func name(what, s string) error {
	if s == "" || len(s) > MaxName || strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.')
	}) {
		return invalid("%s is not a word of a-z, 0-9, dot and dash with at most %d letters", what, MaxName)
	}
	return nil
}

func size(what string, t Text, most int) error {
	if len(t) > most {
		return invalid("%s has %d bytes, more than %d", what, len(t), most)
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (p Principal) check() error {
	return first(name("the platform", p.Platform), id("the workspace", p.Workspace, true), id("the user", p.User, false))
}

func (p Place) check() error {
	err := first(name("the platform", p.Platform), id("the workspace", p.Workspace, true), id("the channel", p.Channel, true), id("the thread", p.Thread, true))
	if err == nil && p.Thread != "" && p.Channel == "" {
		err = invalid("a thread without a channel")
	}
	return err
}

// workspace fails unless the place is a workspace as a whole.
func (p Place) workspace() error {
	if err := p.check(); err != nil {
		return err
	}
	if p.Workspace == "" || p.Channel != "" {
		return invalid("the place is no workspace as a whole")
	}
	return nil
}

func (r *rules) event(e Event) error {
	if err := first(e.From.check(), e.At.check(), name("the kind", e.Kind), size("the text", e.Text, MaxText), size("the reply", e.Reply, MaxReply)); err != nil {
		return err
	}
	if len(e.Keys) == 0 || len(e.Keys) > MaxKeys {
		return invalid("%d keys; an event has 1 to %d", len(e.Keys), MaxKeys)
	}
	for _, k := range e.Keys {
		if err := id("a key", string(k), false); err != nil {
			return err
		}
	}
	if e.From.Platform != e.At.Platform {
		return invalid("person and place are on different platforms")
	}
	if len(e.Text) > 0 {
		return r.texts(e.Kind)
	}
	return nil
}

// texts says whether texts of a kind are kept.
func (r *rules) texts(kind string) error {
	if slices.Contains(r.Noteless, kind) {
		return ErrNoteless
	}
	return nil
}

func duration(what string, d time.Duration) error {
	if d < 0 || d > MaxLease {
		return invalid("%s of %s, not from 0 to %s", what, d, MaxLease)
	}
	return nil
}

func (w *Want) check() error {
	if w.Lease == 0 {
		w.Lease = leaseTime
	}
	return first(name("the platform", w.Platform), duration("a lease", w.Lease))
}

func (r *rules) turn(j Job, question, answer Text) error {
	if j.At.Thread == "" {
		return invalid("the event is in no thread")
	}
	if n := len(question) + len(answer); n > r.TurnBytes {
		return invalid("the turn has %d bytes, more than %d", n, r.TurnBytes)
	}
	return r.texts(j.Kind)
}

func (f Feedback) check() error {
	return first(f.From.check(), id("the message", string(f.Message), false), name("the verdict", f.Verdict), size("the reasons", f.Reasons, MaxText))
}

func (s Share) check() error {
	return first(s.From.check(), id("the message", string(s.Message), false), s.To.check())
}

func (h HandOff) check() error { return first(h.From.check(), h.To.check(), h.By.check()) }

func (s Setting) check() error {
	return first(s.At.check(), s.By.check(), name("the key", s.Key), size("the value", s.Value, MaxText))
}

func settleCheck(effect string, as State, external string) error {
	if as != Done && as != Undone && as != Unsure {
		return invalid("an effect is settled as done, undone or unsure")
	}
	return first(name("the effect", effect), id("the external name", external, true))
}

// hashes are what the ledger keeps of an event's keys, each once.
func hashes(platform string, keys []Key) (out [][sha256.Size]byte) {
	for _, k := range keys {
		h := sha256.Sum256([]byte(platform + unit + string(k)))
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

// newToken returns 24 random letters and digits, of 120 bits.
func newToken() string { return strings.ToLower(rand.Text()[:24]) }
