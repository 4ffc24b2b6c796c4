// Package coverage says to whom a law applies. From the facts of a plan (its
// type, its state and the others that decide) it rules which authority binds
// it, which does not and why, and which fact is missing. The rules, the
// facts and the ways people say them are data; nothing here knows a statute.
package coverage

import (
	"maps"
	"slices"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Facts are what is known of a plan and a visit, by name: "plan", "state",
// "sponsor", … An absent fact is unknown. The names and values are those of
// the library's coverage/facts.yaml.
type Facts map[string]string

// The two facts that every applicability names.
const (
	factPlan  = "plan"
	factState = "state"
	// factOutside names a program that this library holds no law on.
	factOutside = "outside"
)

// A Status says whether an authority binds a plan.
type Status string

// The statuses.
const (
	Binds       Status = "binds"
	DoesNotBind Status = "does-not-bind"
	Depends     Status = "depends"      // on facts that are missing
	NotVerified Status = "not-verified" // the library does not say, and we do not guess
	General     Status = "general"      // binds no plan in particular: a code, a study, a definition
)

// A Ruling is one authority and, in one sentence that names the law which
// carries it, why it binds or does not.
type Ruling struct {
	Cite citation.Citation `json:"cite"`
	Why  string            `json:"why"`
}

// A Change is a missing fact and what it would decide.
type Change struct {
	Fact   string `json:"fact"`
	Effect string `json:"effect"`
	// cites are the authorities that turn on the fact, in the data's order.
	cites []citation.Citation
	notes map[citation.Citation]string
}

// Applicability says for one plan what binds it. Its JSON names are stable;
// Binds, DoesNotBind and WouldChange are never nil.
type Applicability struct {
	Plan        corpus.Plan `json:"plan"`  // "unknown" if not known
	State       string      `json:"state"` // two capitals, "other", or "" if not known
	Facts       Facts       `json:"facts"` // the other facts, given, read and derived
	Binds       []Ruling    `json:"binds"`
	DoesNotBind []Ruling    `json:"does_not_bind"`
	// Depends are authorities that turn on a missing fact; why names it.
	Depends []Ruling `json:"depends,omitempty"`
	// Unverified are authorities of which the library cannot say it.
	Unverified  []Ruling `json:"not_verified,omitempty"`
	WouldChange []Change `json:"would_change"`
	// Outside names the program, where the coverage is one that this
	// library holds no law on; then there are no rulings.
	Outside string `json:"outside,omitempty"`

	rules *Rules
}

// About returns a copy of a that speaks only of the sources of cites: their
// rulings, and the missing facts that they turn on.
func (a Applicability) About(cites []citation.Citation) Applicability {
	speaks := map[citation.Citation]bool{}
	for _, c := range cites {
		speaks[c.Base()] = true
	}
	keep := func(in []Ruling) []Ruling {
		out := []Ruling{}
		for _, r := range in {
			if speaks[r.Cite.Base()] {
				out = append(out, r)
			}
		}
		return out
	}
	a.Binds, a.DoesNotBind, a.Depends, a.Unverified = keep(a.Binds), keep(a.DoesNotBind), keep(a.Depends), keep(a.Unverified)
	changes := []Change{}
	for _, c := range a.WouldChange {
		c.cites = slices.DeleteFunc(slices.Clone(c.cites), func(c citation.Citation) bool { return !speaks[c.Base()] })
		c.notes = maps.Clone(c.notes)
		maps.DeleteFunc(c.notes, func(c citation.Citation, _ string) bool { return !speaks[c.Base()] })
		if len(c.cites)+len(c.notes) > 0 {
			c.Effect = a.rules.effect(c)
			changes = append(changes, c)
		}
	}
	a.WouldChange = changes
	return a
}

// A Question asks for the one missing fact that decides most.
type Question struct {
	Text    string   `json:"text"`
	Fact    string   `json:"fact"`
	Options []string `json:"options"` // values of the fact
	// relevant are the authorities it was asked for; Branches prefers the
	// options under which one of them can bind.
	relevant []citation.Citation
}

// A Branch is one possible answer to a Question.
type Branch struct {
	Label string // "If the employer self-funds"
	Facts Facts  // with the answer, and what follows from it
}

// Rules rule. They are not modified after Load, and so safe for concurrent
// use.
type Rules struct {
	facts   []*fact
	byName  map[string]*fact
	implies []implication
	rules   []*rule
	byCite  map[citation.Citation][]*rule // by base
	states  states
	reader  *reader
	events  []event
	clocks  []*clock
}
