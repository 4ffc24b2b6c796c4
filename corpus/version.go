package corpus

import (
	"cmp"
	"slices"
)

// A Capture says when an official text was taken from its publisher and
// when, as far as the publisher says, it is the law.
type Capture struct {
	Captured Date `json:"captured"` // the day the publisher showed it
	// Seen is the last day the publisher showed the same text; never before
	// Captured.
	Seen Date `json:"seen"`
	// Effective is when it began to be the law: "" where the publisher does
	// not say, a year where only the year of the enactment is known.
	Effective Date     `json:"effective"`
	Until     Date     `json:"until"`   // the first day it is the law no more; "" for none stated
	History   string   `json:"history"` // the enactments, as the publisher lists them
	Notes     []string `json:"notes"`   // the publisher's notes, which are no law
}

// The statuses of a text that ends a provision. It holds no passages.
const (
	Repealed   = "repealed"
	Superseded = "superseded" // renumbered: SupersededBy has its new number
)

// A Basis says how surely a version was the law on a day.
type Basis int

const (
	// Unknown: no version held shows what was the law that day.
	Unknown Basis = iota
	// Presumed: the day is after the last capture, which showed this.
	Presumed
	// Known: the captures show that it was the law that day.
	Known
)

// A Standing is the version that was the law on a day.
type Standing struct {
	Text  *Source // nil where Basis is Unknown
	Basis Basis
}

// LawOn returns which of the versions of one provision was the law on day.
// Each version is the law over the half-open interval from its effective day
// up to Until; of versions that overlap, the one captured later is right
// (it knew of a retroactive change), but for what was announced before its
// capture and began after it. A day is Known only between a version's
// effective day and the last day the publisher showed it, so that an
// amendment that nobody captured is never overlooked; where Effective is
// a month or a year, or not stated, the uncertain days are not Known either.
func LawOn(versions []*Source, day Date) Standing {
	if len(day) != len("2006-01-02") || !day.Valid() {
		return Standing{}
	}
	order := byCapture(versions)
	var newest Date // the last day any version was seen
	for _, v := range order {
		newest = max(newest, v.Capture.Seen)
	}
	var on *Source
	var since Date
	for i, v := range order {
		from := firstDay(v)
		if day < from || v.Capture.Until != "" && day >= v.Capture.Until.First() {
			continue
		}
		if on != nil && pending(order[:i], v, day) {
			continue // it was announced that another would follow by this day
		}
		on, since = v, surelyFrom(v)
	}
	switch {
	case on == nil || day < since:
		return Standing{}
	case day <= on.Capture.Seen:
		return Standing{on, Known}
	case day > newest && (on.Capture.Seen == newest || announced(on)):
		return Standing{on, Presumed}
	}
	return Standing{}
}

// byCapture orders versions by the day of capture, then by effect.
func byCapture(versions []*Source) []*Source {
	var out []*Source
	for _, v := range versions {
		if v.Capture != nil {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b *Source) int {
		return cmp.Or(cmp.Compare(a.Capture.Captured, b.Capture.Captured),
			cmp.Compare(firstDay(a), firstDay(b)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// pending reports whether one of earlier began after v was captured and by
// day: it was law to come when v was shown.
func pending(earlier []*Source, v *Source, day Date) bool {
	for _, w := range earlier {
		if from := firstDay(w); from > v.Capture.Captured && from <= day && firstDay(v) <= v.Capture.Captured {
			return true
		}
	}
	return false
}

// announced reports whether v was shown before it took effect.
func announced(v *Source) bool { return firstDay(v) > v.Capture.Captured }

// firstDay is the first day that v may be the law.
func firstDay(v *Source) Date {
	if v.Capture.Effective == "" {
		return v.Capture.Captured
	}
	return v.Capture.Effective.First()
}

// surelyFrom is the first day that v is the law for sure: the last of a
// month or year, unless it was captured before that ends.
func surelyFrom(v *Source) Date {
	if v.Capture.Effective == "" {
		return v.Capture.Captured
	}
	last := v.Capture.Effective.Last()
	if v.Capture.Captured < last && v.Capture.Captured >= v.Capture.Effective.First() && len(v.Capture.Effective) < len("2006-01-02") {
		return v.Capture.Captured
	}
	return last
}
