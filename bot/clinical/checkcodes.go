package clinical

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// billed are the procedure codes that the note names and does not deny, in
// their order.
func (d *desk) billed() []string {
	var out []string
	for _, facts := range d.facts {
		for _, f := range facts {
			if f.Type == Code && !f.Negated && len(f.Value) >= 5 && f.Value[0] == '9' && !slices.Contains(out, f.Value[:5]) {
				out = append(out, f.Value[:5])
			}
		}
	}
	return out
}

// techniques are those that the note says were done.
func (d *desk) techniques() []string {
	var out []string
	for i, facts := range d.facts {
		if d.note.Sentences[i].Section == Subjective && d.note.Sentences[i].Speaker != Therapist {
			continue
		}
		for _, f := range facts {
			if f.Type == Technique && !f.Negated && f.Certainty == "" && !slices.Contains(out, f.Value) {
				out = append(out, f.Value)
			}
		}
	}
	return out
}

// billing holds the codes of the note against its techniques.
func (d *desk) billing() {
	codes, done := d.billed(), d.techniques()
	reeducation := slices.Contains(done, "neuromuscular reeducation") || slices.Contains(codes, "97112")
	if reeducation && !slices.ContainsFunc(d.note.Sentences, func(s Sentence) bool { return d.retraining.MatchString(s.Text) }) {
		d.add("code-reeducation")
	}
	for _, code := range codes {
		s, ok := d.supports[code]
		if !ok || code == "97112" || slices.ContainsFunc(done, func(t string) bool { return slices.Contains(s.Techniques, t) }) {
			continue
		}
		named := "no technique"
		if len(done) > 0 {
			named = strings.Join(done, ", ")
		}
		d.add("code-technique", "code", code, "what", s.What, "named", named)
	}
	if slices.Contains(codes, "97124") && slices.Contains(codes, "97140") {
		d.add("same-day")
	}
}

// A spell is minutes of direct contact that the note gives.
type spell struct {
	minutes int
	code    string // of its technique, where only one fits; else ""
	total   bool
	generic bool // of no technique but massage
}

// time holds units against minutes, and minutes against each other.
func (d *desk) time() {
	spells := d.spells()
	total, sum, parts := totals(spells)
	units := d.units()
	switch {
	case total == 0 && !d.has["clock"] && !d.has["minutes"]:
		if units > 0 || slices.ContainsFunc(d.billed(), func(c string) bool { return slices.Contains(d.timed, c) }) {
			d.add("time")
		}
		return
	case total == 0:
		return
	case parts > 0 && total != sum:
		d.add("minutes-sum", "sum", strconv.Itoa(sum), "total", strconv.Itoa(total))
	}
	if units == 0 || total == 0 {
		return
	}
	eight, midpoint := eightMinuteUnits(total), d.midpointUnits(spells, total)
	if units != eight || units != midpoint {
		d.add("units", "stated", plural(units, "unit is", "units are"), "minutes", strconv.Itoa(total), "eight", plural(eight, "unit", "units"), "midpoint", plural(midpoint, "unit", "units"))
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// eightMinuteUnits are the units of a day's minutes by Medicare's rule.
func eightMinuteUnits(minutes int) int { return (minutes + 7) / 15 }

// midpointUnits counts each service alone.
func (d *desk) midpointUnits(spells []spell, total int) int {
	services := map[string]int{}
	known := 0
	for _, s := range spells {
		if !s.total {
			services[s.code] += s.minutes
			known += s.minutes
		}
	}
	if known != total {
		return eightMinuteUnits(total) // one service, as far as the note says
	}
	n := 0
	for _, m := range services {
		n += m/15 + min(1, m%15/8)
	}
	return n
}

// spells are the minutes of treatment in the note.
func (d *desk) spells() []spell {
	var out []spell
	for i, s := range d.note.Sentences {
		if s.Section == Subjective || later.MatchString(s.Text) {
			continue
		}
		runes := []rune(s.Text)
		for _, f := range d.facts[i] {
			if f.Type != Minutes || f.Negated || f.Certainty != "" {
				continue
			}
			n := inMinutes(f.Value)
			if n == 0 {
				continue
			}
			technique, _, _ := strings.Cut(f.Role, ",")
			if slices.Contains(d.untimed, technique) {
				continue
			}
			around := nearby(runes, f.Start, f.End)
			out = append(out, spell{n, d.codeOf(technique), whole.MatchString(around), technique == "" || technique == "massage" || technique == "visits"})
		}
	}
	return out
}

// nearby is what stands around a place of a text in its stretch between
// marks; a label before it ("hands-on time: 60 minutes") goes with it.
func nearby(text []rune, start, end int) string {
	before, after := strings.TrimRight(string(text[max(0, start-28):start]), ": "), string(text[end:min(len(text), end+34)])
	if i := strings.LastIndexAny(before, ",;:(."); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.IndexAny(after, ",;:()."); i >= 0 {
		after = after[:i]
	}
	return before + " " + after
}

var (
	later = regexp.MustCompile(`(?i)\b(?:next (?:visit|session|appt|appointment|time|week|wk)|will|goal|home|hep|daily|per day|every day|return)\b`)
	whole = regexp.MustCompile(`(?i)\b(?:total|session|visit|appointment|appt|hands[- ]on|direct contact|in all|full[- ]body|altogether)\b`)
)

// inMinutes is a value such as "45 minutes" or "1.5 hours"; 0 for a range or a
// frequency.
func inMinutes(value string) int {
	number, unit, _ := strings.Cut(value, " ")
	f, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil || f <= 0 || f > 600:
		return 0
	case unit == "hours":
		return int(f*60 + 0.5)
	case unit == "minutes":
		return int(f + 0.5)
	}
	return 0
}

// codeOf is the code that a technique supports, where it is one.
func (d *desk) codeOf(technique string) string {
	found := ""
	for code, s := range d.supports {
		if slices.Contains(s.Techniques, technique) {
			if found != "" {
				return ""
			}
			found = code
		}
	}
	return found
}

// totals is the session's time, that of its parts, and how many parts there
// are beside a total. A spell of massage that is as long as all others
// together is the session.
func totals(spells []spell) (total, sum, parts int) {
	for _, s := range spells {
		if s.total {
			total = max(total, s.minutes)
		} else {
			sum += s.minutes
			parts++
		}
	}
	if total > 0 {
		return total, sum, parts
	}
	for _, s := range spells {
		if parts > 2 && s.generic && 2*s.minutes == sum {
			return s.minutes, s.minutes, 0
		}
	}
	return sum, sum, 0
}

// units is how many units the note states in all; 0 for none. A code with a
// count is that many.
func (d *desk) units() int {
	n := 0
	for _, s := range d.note.Sentences {
		counted := false
		for _, m := range coded.FindAllStringSubmatch(s.Text, -1) {
			u, _ := strconv.Atoi(m[1] + m[2])
			n, counted = n+u, true
		}
		if counted {
			continue
		}
		for _, m := range unitsOf.FindAllStringSubmatch(s.Text, -1) {
			u, _ := strconv.Atoi(m[1])
			n += u
		}
	}
	return n
}

var (
	coded   = regexp.MustCompile(`(?i)\b97\d{3}(?:-[0-9A-Z]{2})?,? ?(?:(?:x|×|\*) ?(\d{1,2})\b|[(:,-]? ?(\d{1,2}) units?\b)`)
	unitsOf = regexp.MustCompile(`(?i)\b(\d{1,2}) units?\b`)
)
