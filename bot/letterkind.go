package bot

import (
	"cmp"
	"slices"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A LetterKind is what a letter does about a denial.
type LetterKind string

// The kinds of letters; "" where there is none.
const (
	Appeal        LetterKind = "appeal"      // something supports reversal
	RequestLetter LetterKind = "request"     // it asks for what the plan has to give, or may be asked for
	Explanation   LetterKind = "explanation" // it says why the decision stands and what remains
)

// letterKind is what the letter does about an objection: an appeal where a
// ground is left, else a request, else an explanation, else nothing.
func letterKind(grounds, requests, explains int) LetterKind {
	switch {
	case grounds > 0:
		return Appeal
	case requests > 0:
		return RequestLetter
	case explains > 0:
		return Explanation
	}
	return ""
}

// letterKnown is what a letter is written for: the facts of the plan, the
// day, and what an "if" of the data may name beside them. Of extra a name may
// have several values at once.
type letterKnown struct {
	known
	extra map[string][]string
}

// letterKnown joins the facts with what the denial says of the care.
func (a *Assistant) letterKnown(facts coverage.Facts, day corpus.Date, d denial.Denial) letterKnown {
	k := letterKnown{known: known{facts, day}, extra: map[string][]string{}}
	add := func(name string, values ...string) {
		if len(values) > 0 && values[0] != "" {
			k.extra[name] = values
		}
	}
	add("condition", d.Conditions...)
	add("procedure", d.Procedures...)
	if d.Final {
		add("final", "yes")
	}
	return k
}

// usable are the points that a letter may state.
func (a *Assistant) usable(points []corpus.Point, k letterKnown) []corpus.Point {
	var out []corpus.Point
	for _, p := range points {
		if a.letterPoint(p, k) {
			out = append(out, p)
		}
	}
	return out
}

// asks are what a letter may ask for, each thing once: of several requests for
// the same, the first whose law may be put to the plan.
func (a *Assistant) asks(requests []request, k letterKnown) []request {
	var out []request
	for _, q := range requests {
		if !slices.ContainsFunc(out, func(o request) bool { return o.Ask == q.Ask }) && a.letterPoint(q.Point, k) {
			out = append(out, q)
		}
	}
	return out
}

// letterPoint reports whether a letter may state p: what its "if" names holds,
// and each authority that it cites may be put to the plan.
func (a *Assistant) letterPoint(p corpus.Point, k letterKnown) bool {
	for name, values := range p.If {
		have := k.extra[name]
		if have == nil {
			have = []string{cmp.Or(k.facts[name], "unknown")}
		}
		if !slices.ContainsFunc(have, func(v string) bool { return holds(values, v) }) {
			return false
		}
	}
	return !slices.ContainsFunc(p.Cites, func(c citation.Citation) bool { return !a.putTo(c, p.If, k) })
}

// putTo reports whether an authority may be put to the plan: it binds it for
// certain, or it binds nobody in particular and is of no state that is not
// known to be the plan's. One that turns on missing facts may be put where the
// point's own "if" lets each of them be unknown, because its sentence says the
// condition itself ("unless the plan is grandfathered"). Whom a law binds may
// be said to all.
func (a *Assistant) putTo(c citation.Citation, in map[string][]string, k letterKnown) bool {
	s, _ := a.Catalog.Resolve(c)
	if s == nil || in["state"] == nil && a.elsewhere(c, k.facts) {
		return false
	}
	switch status, _, missing := a.Rules.StatusOn(c, k.facts, k.day); status {
	case coverage.Binds:
		return true
	case coverage.General:
		return slices.Contains([]string{"US", "any", k.facts["state"]}, s.Jurisdiction)
	case coverage.Depends:
		return !slices.ContainsFunc(missing, func(fact string) bool { return !slices.Contains(in[fact], "unknown") })
	case coverage.DoesNotBind:
		return c.Pin == pinBinds
	}
	return false
}
