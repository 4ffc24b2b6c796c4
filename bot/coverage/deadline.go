package coverage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// An Event is what a clock is counted from, by its name in
// coverage/deadlines.yaml, such as "denial-received".
type Event string

// A Deadline is one clock. Exactly one of Days, Months, Years, Hours and
// BusinessDays is not zero.
type Deadline struct {
	What         string            `json:"what"` // "contest the refund request in writing"
	Who          string            `json:"who"`  // enrollee, provider, plan or reviewer
	Days         int               `json:"days,omitempty"`
	Months       int               `json:"months,omitempty"`
	Years        int               `json:"years,omitempty"`
	Hours        int               `json:"hours,omitempty"`
	BusinessDays int               `json:"business_days,omitempty"`
	From         string            `json:"from"`            // the event, in words
	Event        Event             `json:"event"`           // and by name
	Date         corpus.Date       `json:"date,omitempty"`  // the last day of the time; "" if not known
	Opens        bool              `json:"opens,omitempty"` // it may be done after the time, instead of within it
	Least        bool              `json:"least,omitempty"` // a plan may give more
	Cite         citation.Citation `json:"cite"`
	Turns        []string          `json:"turns_on,omitempty"` // facts not known that decide whether it holds
}

// A clock is a deadline as the data has it.
type clock struct {
	What         string              `yaml:"what"`
	Who          string              `yaml:"who"`
	Days         int                 `yaml:"days"`
	Months       int                 `yaml:"months"`
	Years        int                 `yaml:"years"`
	Hours        int                 `yaml:"hours"`
	BusinessDays int                 `yaml:"business_days"`
	From         Event               `yaml:"from"`
	If           map[string][]string `yaml:"if"`
	Cite         citation.Citation   `yaml:"cite"`
	Opens        bool                `yaml:"opens"`
	Least        bool                `yaml:"least"`
}

// An event is one thing that starts clocks.
type event struct {
	Name  Event    `yaml:"name"`
	Words string   `yaml:"words"`
	Says  []string `yaml:"says"`
}

// Deadlines lists the clocks that hold, or may hold, for a plan with facts
// f: those of which the citation is not known not to bind and no fact speaks
// against. happened are the days of events; a day not written YYYY-MM-DD is
// not known. Those with a date come first, the earliest before the others;
// the data's order breaks ties.
//
// A date counts the day after the event as the first. It errs on the side
// that costs nothing: it is not moved off a weekend or holiday, and where a
// month is too short for the day, a limit ends on its last day and a wait on
// the first of the next. Hours and business days have no date.
func (r *Rules) Deadlines(f Facts, happened map[Event]corpus.Date) []Deadline {
	f = r.Complete(f)
	var out []Deadline
	for _, c := range r.clocks {
		turns, ok := r.holds(c, f)
		if !ok {
			continue
		}
		d := Deadline{What: c.What, Who: c.Who, Days: c.Days, Months: c.Months, Years: c.Years, Hours: c.Hours, BusinessDays: c.BusinessDays,
			From: r.eventWords(c.From), Event: c.From, Opens: c.Opens, Least: c.Least, Cite: c.Cite, Turns: turns}
		if day, err := time.Parse(time.DateOnly, string(happened[c.From])); err == nil {
			d.Date = c.end(day)
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Deadline) int {
		if (a.Date == "") != (b.Date == "") {
			return strings.Compare(string(b.Date), string(a.Date))
		}
		return strings.Compare(string(a.Date), string(b.Date))
	})
	return out
}

// holds reports whether c may hold under f, and the missing facts that
// decide it.
func (r *Rules) holds(c *clock, f Facts) (turns []string, ok bool) {
	status, _, missing := r.Status(c.Cite, f)
	if status == DoesNotBind || status == NotVerified {
		return nil, false
	}
	for _, spec := range r.facts {
		values, asked := c.If[spec.Name]
		have, known := f[spec.Name]
		switch {
		case asked && known && !slices.Contains(values, have):
			return nil, false
		case asked && !known || slices.Contains(missing, spec.Name):
			turns = append(turns, spec.Name)
		}
	}
	return turns, true
}

// end is the last day of c counted from day, or "".
func (c *clock) end(day time.Time) corpus.Date {
	switch {
	case c.Days > 0:
		day = day.AddDate(0, 0, c.Days)
	case c.Months > 0 || c.Years > 0:
		day = addMonths(day, c.Months+12*c.Years, c.Opens)
	default:
		return ""
	}
	return corpus.Date(day.Format(time.DateOnly))
}

// addMonths is the same day n months later; where that month is too short,
// its last day, or with over the day after that.
func addMonths(day time.Time, n int, over bool) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	if over && day.Day() > last {
		return first.AddDate(0, 1, 0)
	}
	return first.AddDate(0, 0, min(day.Day(), last)-1)
}

// In is the time in words: "30 days", "4 months".
func (d Deadline) In() string {
	for _, u := range []struct {
		n    int
		unit string
	}{{d.Days, "day"}, {d.Months, "month"}, {d.Years, "year"}, {d.Hours, "hour"}, {d.BusinessDays, "business day"}} {
		if u.n == 1 {
			return "1 " + u.unit
		} else if u.n > 0 {
			return fmt.Sprintf("%d %ss", u.n, u.unit)
		}
	}
	return ""
}

func (r *Rules) eventWords(name Event) string {
	i := slices.IndexFunc(r.events, func(e event) bool { return e.Name == name })
	return cmp.Or(r.events[max(i, 0)].Words, string(name))
}

// checkClocks checks the deadlines against the events and facts.
func (l *loader) checkClocks() {
	seen := map[Event]bool{}
	for _, e := range l.all.Events {
		if e.Name == "" || e.Words == "" || seen[e.Name] {
			l.wrong("event %q: want a name, once, and words", e.Name)
		}
		seen[e.Name] = true
	}
	for _, c := range l.all.Deadlines {
		at := fmt.Sprintf("deadline %q", c.What)
		units := 0
		for _, n := range []int{c.Days, c.Months, c.Years, c.Hours, c.BusinessDays} {
			if n != 0 {
				units++
			}
			if n < 0 {
				units = -9
			}
		}
		if units != 1 || c.What == "" || c.Cite.IsZero() {
			l.wrong("%s: want what, cite, and one of days, months, years, hours and business_days", at)
		}
		if !slices.Contains([]string{"enrollee", "provider", "plan", "reviewer"}, c.Who) {
			l.wrong("%s: who is %q: want enrollee, provider, plan or reviewer", at, c.Who)
		}
		if !seen[c.From] {
			l.wrong("%s: there is no event %q", at, c.From)
		}
		l.checkWhere(at, c.If)
	}
}
