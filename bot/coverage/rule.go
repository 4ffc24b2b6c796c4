package coverage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A rule is the law on one authority: it binds a plan if all its conditions
// are fulfilled.
type rule struct {
	Cite citation.Citation `yaml:"cite"`
	// Covers are other places that the same holds for.
	Covers []citation.Citation `yaml:"covers"`
	When   []string            `yaml:"when"` // names of conditions
	Why    sayings             `yaml:"why"`  // why it binds
	From   *limit              `yaml:"from"`
	Until  *limit              `yaml:"until"`
	// Notes are facts that do not decide whether it binds, but how.
	Notes []note `yaml:"notes"`
	// Open are cases that the library does not settle for this rule alone:
	// they suspend the conditions on the facts that they name.
	Open sayings `yaml:"open"`

	when []*condition
}

// A limit is a day on which an authority begins or ends, and what is said of
// a day on its other side.
type limit struct {
	Date corpus.Date `yaml:"date"`
	Say  string      `yaml:"say"`
}

// A note says what a missing fact would change about how a rule binds.
type note struct {
	Fact string `yaml:"fact"`
	Say  string `yaml:"say"`
}

// A condition asks one fact for one of some values, or for none of them, or
// for a number not above one. Where is an exception's guard: the condition
// counts only once all facts named there are known to have one of their
// values, so that an exception nobody spoke of raises no doubt.
type condition struct {
	Fact      string              `yaml:"fact"`
	Is        []string            `yaml:"is"`
	Not       []string            `yaml:"not"`
	AtMost    int                 `yaml:"at_most"`
	Where     map[string][]string `yaml:"where"`
	Otherwise sayings             `yaml:"otherwise"`
}

// admits reports whether value fulfils c.
func (c *condition) admits(value string) bool {
	switch {
	case c.AtMost > 0:
		n, err := strconv.Atoi(value)
		return err == nil && n <= c.AtMost
	case c.Is != nil:
		return slices.Contains(c.Is, value)
	}
	return !slices.Contains(c.Not, value)
}

// counts reports whether c's guard is known to hold.
func (c *condition) counts(f Facts) bool { return all(c.Where, f) }

// all reports whether every fact named in want is known to have one of its
// values.
func all(want map[string][]string, f Facts) bool {
	for name, values := range want {
		if !slices.Contains(values, f[name]) {
			return false
		}
	}
	return true
}

// Sayings are sentences for cases; the first whose case holds is said.
type sayings []saying

// A saying is one sentence. {cite}, {plan}, {state} and {visit} stand for
// the rule's citation and for those facts in words.
type saying struct {
	If  map[string][]string `yaml:"if"`
	Say string              `yaml:"say"`
	// Unverified marks, among a condition's sentences, a case of which the
	// library does not say whether the authority binds.
	Unverified bool `yaml:"unverified"`
}

func (s sayings) pick(f Facts) *saying {
	for i := range s {
		if all(s[i].If, f) {
			return &s[i]
		}
	}
	return nil
}

// A verdict is a rule's on some facts.
type verdict struct {
	status  Status
	why     string
	missing []string // facts, in the order of the conditions
}

// judge evaluates r in three-valued logic: one condition known to fail is
// enough not to bind; else a case that the library does not settle leaves
// the rule unverified; else a missing fact leaves it open.
func (r *rule) judge(f Facts, fill func(string) string) verdict {
	v := verdict{status: Binds}
	for _, c := range r.when {
		value, known := f[c.Fact]
		switch {
		case !c.counts(f):
		case !known:
			v.missing = append(v.missing, c.Fact)
		case !c.admits(value):
			s, open := c.Otherwise.pick(f), r.Open.pick(f)
			if open != nil && open.If[c.Fact] != nil {
				s = open
			} else if !s.Unverified {
				return verdict{status: DoesNotBind, why: fill(s.Say)}
			}
			if v.status == Binds {
				v.status, v.why = NotVerified, fill(s.Say)
			}
		}
	}
	switch {
	case v.status == NotVerified:
		v.missing = nil
	case len(v.missing) > 0:
		v.status = Depends
	default:
		v.why = fill(r.Why.pick(f).Say)
	}
	return v
}

// in reports whether the authority is in force on a day, and if not, why.
// The empty day is now, as far as the library knows.
func (r *rule) in(on corpus.Date) (bool, string) {
	if r.From != nil && on != "" && on < r.From.Date && !strings.HasPrefix(string(r.From.Date), string(on)) {
		return false, r.From.Say
	}
	if r.Until != nil && (on == "" || on >= r.Until.Date) {
		return false, r.Until.Say
	}
	return true, ""
}
