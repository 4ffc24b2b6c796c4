package cite

import "strings"

// A mode says how a sentence speaks of what a word names. A word may stand
// under more than one ("may require a referral": leave, and a duty); two
// sets agree when they have a mode in common, or as agree allows.
type mode uint8

const (
	plain  mode = 1 << iota // it is so
	duty                    // must, shall, requires
	leave                   // may, can, permits
	ban                     // may not, must not, prohibits
	noDuty                  // need not, does not require
	neg                     // is not so
	should                  // advice
)

const negative = ban | noDuty | neg

func (m mode) String() string {
	var out []string
	for i, name := range []string{"plainly", "as a duty", "as allowed", "as barred", "as no duty", "negated", "as advice"} {
		if m&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return strings.Join(out, " or ")
}

// under is what m becomes inside the reach of outer: a verb of duty under
// "not" is no duty, a verb of leave under "may not" a ban.
func (m mode) under(outer mode) mode {
	var out mode
	for o := plain; o <= should; o <<= 1 {
		if outer&o == 0 {
			continue
		}
		switch {
		case o == plain || o == should:
			out |= m
		case o == duty && m == leave, o == leave && m == duty:
			out |= leave | duty
		case o == duty && m == neg:
			out |= ban | neg
		case o == duty:
			out |= m
		case o == leave:
			out |= leave | m
		case m == duty: // below: under a ban, no duty or a negation
			out |= noDuty
		case m == leave && o == noDuty:
			out |= noDuty | neg
		case m == leave:
			out |= ban
		case m == ban:
			out |= leave
		case m == neg, m == noDuty:
			out |= plain
		default:
			out |= o
		}
	}
	return out
}

// agree reports whether a claim may say in mode c what its source says in
// mode s: the same mode; plainly what is a duty; "does not" for "may not".
func agree(c, s mode) bool {
	switch {
	case c&s != 0:
		return true
	case c&plain != 0 && s&duty != 0:
		return true
	case c&neg != 0 && s&(ban|noDuty) != 0:
		return true
	}
	return false
}

// near reports whether modes agree where the two do not share their verb, so
// that the shade of a negation cannot be told.
func near(c, s mode) bool { return agree(c, s) || c&negative != 0 && s&(neg|c&negative) != 0 }

// with adds the operator m to those read since the last word, which come to
// before: "may" and "not" to a ban, "not" and "have to" to no duty.
func (m mode) with(before mode) mode {
	switch {
	case m == neg && before == ban:
		return leave
	case m == neg && before == noDuty:
		return duty
	case m == neg && before == neg:
		return plain
	case m == neg && before&(duty|leave) != 0:
		return ban
	case m == neg:
		return neg
	case before == neg && m == duty:
		return noDuty
	case before == neg && m == leave:
		return ban
	}
	return m
}
