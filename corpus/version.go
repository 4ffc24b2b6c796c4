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
// up to Until; where two overlap, the one seen later is right: it knew of a
// retroactive change, or that a change announced earlier did not come. Of two
// seen on one day the one that begins later follows the other.
//
// A day is Known only between a version's effective day and the last day the
// publisher showed it, so that an amendment that nobody captured is never
// overlooked. Where Effective is a month or a year, or not stated, the days
// that are uncertain for that are not Known either. A retroactive change that
// came and went between two captures leaves no trace and is not seen.
func LawOn(versions []*Source, day Date) Standing {
	if len(day) != len("2006-01-02") || !day.Valid() {
		return Standing{}
	}
	order := bySeen(versions)
	var on *Source
	unsure := false // a later version may have begun by day, or not
	for _, v := range order {
		switch {
		case day < firstDay(v) || v.Capture.Until != "" && day >= v.Capture.Until.First():
		case day < surelyFrom(v):
			unsure = true
		default:
			on, unsure = v, false
		}
	}
	switch {
	case on == nil:
		return Standing{}
	case day <= on.Capture.Seen:
		return Standing{on, Known}
	case !unsure && on.Capture.Seen == order[len(order)-1].Capture.Seen:
		return Standing{on, Presumed}
	}
	return Standing{}
}

// bySeen orders versions by the day they were seen last, then by effect.
func bySeen(versions []*Source) []*Source {
	var out []*Source
	for _, v := range versions {
		if v.Capture != nil {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b *Source) int {
		return cmp.Or(cmp.Compare(a.Capture.Seen, b.Capture.Seen),
			cmp.Compare(firstDay(a), firstDay(b)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

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
	if v.Capture.Captured >= v.Capture.Effective.First() {
		return min(v.Capture.Captured, v.Capture.Effective.Last())
	}
	return v.Capture.Effective.Last()
}

// KnowsMore reports whether a digest was read in a later copy than text was
// seen last, so that it may tell of a change that text does not show.
func (s *Source) KnowsMore(text *Source) bool {
	return text.Capture != nil && s.Form == Digest && s.AsOf.First() > text.Capture.Seen
}
