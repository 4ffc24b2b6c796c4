package clinical

import (
	"slices"
	"strings"
)

// quantity is the number at token i with its unit, and what it is of: the
// nearest finding, measure or technique, and when. Of "8/10 → 4/10" the first
// carries the whole change and the second none of it, so that an exchange
// shows.
func (r *reading) quantity(i int) Fact {
	t := r.tokens[i]
	f := Fact{Type: Number, Value: t.fold, Negated: t.negated, Certainty: t.certainty}
	unit, k := r.unit(i)
	if t.times {
		unit = "times"
	}
	switch {
	case t.kind == score:
		f.Type = Score
	case strings.HasPrefix(t.fold, "$"):
	case unit == "minutes", unit == "hours":
		f.Type = Minutes
		f.Value += " " + unit
		if r.spell(i) {
			f.Type = Duration
		}
	case unit == "units":
		f.Type, f.Value = Units, f.Value+" units"
	case unit == "visits", unit == "treatments", unit == "times":
		f.Type, f.Value = Visits, f.Value+" "+unit
	case unit == "days", unit == "weeks", unit == "months", unit == "years":
		f.Type, f.Value = Duration, f.Value+" "+unit
	case unit != "":
		f.Value += " " + unit
	}
	if period, _ := r.per(k); f.Type == Visits || f.Type == Minutes || f.Type == Duration {
		f.Value += period
	}
	f.Role = r.of(i, f.Type)
	if f.Type == Score || f.Type == Number {
		f.Site = r.place(i)
	}
	if j := r.turns(i); j > 0 {
		f.Value += "→" + r.tokens[j].fold
		f.Type = Score
	} else if r.turned(i) {
		f.Role = "changed to"
	}
	return f
}

// unit is the unit behind the number at i, and where it stands.
func (r *reading) unit(i int) (string, int) {
	k := i + 1
	for k < len(r.tokens) && (r.tokens[k].fold == "-" || r.tokens[k].concept.group == "severity") && k < i+2 {
		k++
	}
	if k < len(r.tokens) && r.tokens[k].concept.group == "unit" {
		return r.tokens[k].concept.name, k
	}
	if i > 0 && i+1 < len(r.tokens) && r.tokens[i+1].concept.name == "massage" && r.tokens[i].clause == r.tokens[i+1].clause && k == i+1 {
		for j := i + 2; j < len(r.tokens) && j < i+4; j++ { // "12 massage visits"
			if r.tokens[j].concept.group == "unit" {
				return r.tokens[j].concept.name, j
			}
		}
	}
	return "", i
}

// spell reports whether a time is how long something has lasted: "for 30
// minutes", "x 30 min" behind an activity or finding.
func (r *reading) spell(i int) bool {
	before := r.nearest(i, "activity", "technique", "finding")
	return before != "" && slices.ContainsFunc(r.tokens, func(t token) bool {
		return t.clause == r.tokens[i].clause && t.concept.group == "activity" && t.concept.name == before
	})
}

// per is the period of a frequency, and where it stands: "2x/wk", "twice a
// week", "2 visits per week", "10 min/day".
func (r *reading) per(k int) (string, int) {
	for j := k + 1; j < len(r.tokens) && j <= k+3 && r.tokens[j].clause == r.tokens[k].clause; j++ {
		switch t := r.tokens[j]; {
		case t.concept.name == "weekly", t.concept.name == "daily", t.concept.name == "monthly":
			return " " + t.concept.name, j
		case j > k+1 && t.concept.name == "weeks":
			return " weekly", j
		case j > k+1 && t.concept.name == "days":
			return " daily", j
		case j > k+1 && t.concept.name == "months":
			return " monthly", j
		case t.kind == number:
			return "", k
		}
	}
	return "", k
}

// spend marks the units and periods that numbers take.
func (r *reading) spend() {
	for i, t := range r.tokens {
		if t.kind != number {
			continue
		}
		unit, k := r.unit(i)
		if unit == "" && !t.times {
			continue
		}
		_, j := r.per(k)
		if k != i {
			r.tokens[k].spent = true
		}
		if j != k {
			r.tokens[j].spent = true
		}
	}
}

// of is what a number is of: the nearest finding, measure, technique or
// activity, and the words of time beside it.
func (r *reading) of(i int, typ FactType) string {
	want := []string{"finding", "measure", "activity", "medication"}
	switch typ {
	case Minutes, Units:
		want = []string{"technique"}
	case Visits, Duration:
		want = []string{"technique", "finding", "activity", "plan"}
	}
	role := r.nearest(i, want...)
	for k := i; role == "" && typ == Minutes && k >= 0; k-- {
		if r.tokens[k].concept.group == "technique" {
			role = r.tokens[k].concept.name // of a clause before
		}
	}
	if typ == Duration && i > 0 && r.tokens[i-1].fold == "in" {
		role += ", in" // no "for"
	}
	if side := r.side(i); side != "" && !strings.HasPrefix(r.place(i), side+" ") {
		role += ", " + side
	}
	if typ == Score || typ == Number {
		if when := r.nearest(i, "time"); when != "" {
			role += ", " + when
		}
		for _, at := range []string{"worst", "best", "rest"} {
			if r.near(i, at) {
				role += ", at " + at
			}
		}
	}
	return role
}

// side is the side that stands beside the number at i and is of no site
// behind it: "rotation left 45°", "45° on the left".
func (r *reading) side(i int) string {
	_, unit := r.unit(i)
	for _, k := range []int{i - 1, unit + 1, unit + 3} {
		if r.sidedBy(i, k) {
			return r.tokens[k].concept.name
		}
	}
	return ""
}

// sidedBy reports whether the word at k is a side of the number at i.
func (r *reading) sidedBy(i, k int) bool {
	_, unit := r.unit(i)
	switch {
	case k < 0, k >= len(r.tokens), r.tokens[k].concept.group != "side", r.tokens[k].clause != r.tokens[i].clause:
		return false
	case k != i-1 && k != unit+1 && (k != unit+3 || r.tokens[unit+1].fold != "on"):
		return false
	case k > i && k+1 < len(r.tokens) && (r.tokens[k+1].kind == number || r.tokens[k+1].kind == score):
		return false // it is the next number's
	}
	return r.bearer(k) < k
}

// spoken reports whether a number has the side at k.
func (r *reading) spoken(k int) bool {
	for i := max(0, k-4); i < len(r.tokens) && i <= k+1; i++ {
		if kind := r.tokens[i].kind; (kind == number || kind == score) && r.sidedBy(i, k) {
			return true
		}
	}
	return false
}

// near reports whether a word stands within three tokens of i, and no other
// number is nearer to it.
func (r *reading) near(i int, fold string) bool {
	for k, t := range r.tokens {
		if t.fold != fold || t.clause != r.tokens[i].clause || distance(i, k) > 3 {
			continue
		}
		closer := false
		for j, u := range r.tokens {
			d, to := distance(j, k), distance(i, k)
			closer = closer || j != i && (u.kind == score || u.kind == number) && (d < to || d == to && j < i)
		}
		return !closer
	}
	return false
}

// turns is the number that the one at i changes to: behind an arrow or
// "to", "from 8/10 to 4/10"; 0 if there is none.
func (r *reading) turns(i int) int {
	for k := i + 1; k < len(r.tokens) && k <= i+4 && r.tokens[k].clause == r.tokens[i].clause; k++ {
		t := r.tokens[k]
		if t.kind == arrow || t.fold == "to" {
			if k+1 < len(r.tokens) && (r.tokens[k+1].kind == score || r.tokens[k+1].kind == number) {
				return k + 1
			}
			return 0
		}
		if t.concept.group != "unit" && t.kind != mark && !t.spent && t.fold != "down" && t.fold != "up" {
			return 0
		}
	}
	return 0
}

// turned reports whether the number at i is what another changes to.
func (r *reading) turned(i int) bool {
	for k := max(0, i-5); k < i; k++ {
		if (r.tokens[k].kind == score || r.tokens[k].kind == number) && r.turns(k) == i {
			return true
		}
	}
	return false
}
