package coverage

import (
	"maps"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Reason is a sentence that StatusOn can give.
type Reason struct {
	Cite   citation.Citation
	Status Status
	Why    string
	Facts  Facts // some under which it is given
}

// Reasons are the sentences that StatusOn can give for what binds, what does
// not and what is not verified, each once for each authority, in the data's
// order. They are found by trying each condition with every value of the
// facts that its sentences turn on, and each rule with every value that
// fulfils its conditions.
func (r *Rules) Reasons() []Reason {
	var out []Reason
	for _, rule := range r.rules {
		seen := map[string]bool{}
		try := func(f Facts, on corpus.Date) {
			v := r.ruling(rule, r.Complete(f), on)
			if v.status != Depends && !seen[v.why] {
				seen[v.why] = true
				out = append(out, Reason{rule.Cite, v.status, v.why, f})
			}
		}
		now := func(f Facts) { try(f, "") }
		binding := map[string][]string{}
		for _, c := range rule.when {
			turns := map[string][]string{c.Fact: r.values(c.Fact)}
			r.turnsOn(turns, append(slices.Clone(c.Otherwise), rule.Open...))
			for name := range c.Where {
				turns[name] = r.values(name)
			}
			combine(turns, now)
			binding[c.Fact] = slices.DeleteFunc(r.values(c.Fact), func(v string) bool { return v == "" || !c.admits(v) })
		}
		more := maps.Clone(binding)
		r.turnsOn(more, rule.Why)
		maps.Copy(more, binding)
		combine(more, now)
		if rule.From != nil {
			try(Facts{}, "1900-01-01")
		}
	}
	return out
}

// turnsOn adds to turns the facts that decide which of s is said and how.
func (r *Rules) turnsOn(turns map[string][]string, s sayings) {
	for _, say := range s {
		for name := range say.If {
			turns[name] = r.values(name)
		}
		for _, name := range []string{factPlan, factState, "visit"} {
			if strings.Contains(say.Say, "{"+name+"}") {
				turns[name] = r.values(name)
			}
		}
	}
}

// values are the values that a fact can have, and "" for unknown.
func (r *Rules) values(name string) []string {
	out := []string{""}
	switch spec := r.byName[name]; spec.Kind {
	case "state":
		return append(append(out, r.stateCodes()...), other)
	case "number":
		return append(out, "1", "6", "7", "8", "12")
	default:
		return append(out, spec.Values...)
	}
}

// combine calls do with every choice of one value for each fact.
func combine(values map[string][]string, do func(Facts)) {
	names := slices.Sorted(maps.Keys(values))
	var next func(i int, f Facts)
	next = func(i int, f Facts) {
		if i == len(names) {
			do(maps.Clone(f))
			return
		}
		for _, v := range values[names[i]] {
			delete(f, names[i])
			if v != "" {
				f[names[i]] = v
			}
			next(i+1, f)
		}
		delete(f, names[i])
	}
	next(0, Facts{})
}
