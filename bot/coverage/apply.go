package coverage

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Apply rules on every authority the rules know, for a plan with facts f, on
// a day; the empty day is now. f is completed first.
func (r *Rules) Apply(f Facts, on corpus.Date) Applicability {
	f = r.Complete(f)
	a := Applicability{Plan: corpus.UnknownPlan, State: f[factState], Facts: maps.Clone(f),
		Binds: []Ruling{}, DoesNotBind: []Ruling{}, WouldChange: []Change{}, rules: r}
	if p, ok := f[factPlan]; ok {
		a.Plan = corpus.Plan(p)
	}
	delete(a.Facts, factPlan)
	delete(a.Facts, factState)
	if out, ok := f[factOutside]; ok {
		name := r.label(factOutside, out)
		a.Outside = strings.ToUpper(name[:1]) + name[1:]
		return a
	}
	changes := map[string]*Change{}
	change := func(name string) *Change {
		if changes[name] == nil {
			changes[name] = &Change{Fact: name, notes: map[citation.Citation]string{}}
		}
		return changes[name]
	}
	for _, rule := range r.rules {
		v := r.ruling(rule, f, on)
		switch v.status {
		case Binds:
			a.Binds = append(a.Binds, Ruling{rule.Cite, v.why})
		case DoesNotBind:
			a.DoesNotBind = append(a.DoesNotBind, Ruling{rule.Cite, v.why})
			continue
		case Depends:
			a.Depends = append(a.Depends, Ruling{rule.Cite, v.why})
		case NotVerified:
			a.Unverified = append(a.Unverified, Ruling{rule.Cite, v.why})
		}
		for _, name := range v.missing {
			c := change(name)
			c.cites = append(c.cites, rule.Cite)
		}
		for _, n := range rule.Notes {
			if _, known := f[n.Fact]; !known {
				change(n.Fact).notes[rule.Cite] = n.Say
			}
		}
	}
	for _, spec := range r.facts {
		if c := changes[spec.Name]; c != nil {
			c.Effect = r.effect(*c)
			a.WouldChange = append(a.WouldChange, *c)
		}
	}
	return a
}

// Status rules on one authority as it stands now. The most specific rule
// that covers the place decides. Why is a sentence for every status but
// General; missing names, for Depends alone, the facts that it turns on.
func (r *Rules) Status(cite citation.Citation, f Facts) (s Status, why string, missing []string) {
	return r.StatusOn(cite, f, "")
}

// StatusOn is Status as the law stood on a day; "" is now.
func (r *Rules) StatusOn(cite citation.Citation, f Facts, on corpus.Date) (s Status, why string, missing []string) {
	rule := r.find(cite)
	if rule == nil {
		return General, "", nil
	}
	f = r.Complete(f)
	if out, ok := f[factOutside]; ok {
		return NotVerified, fmt.Sprintf("Whether %s reaches %s is not in this library.", cite, r.label(factOutside, out)), nil
	}
	v := r.ruling(rule, f, on)
	return v.status, v.why, v.missing
}

// find returns the rule with the longest place that contains cite, or nil.
func (r *Rules) find(cite citation.Citation) *rule {
	var best *rule
	longest := -1
	for _, rule := range r.byCite[cite.Base()] {
		for _, c := range append([]citation.Citation{rule.Cite}, rule.Covers...) {
			if c.Base() == cite.Base() && c.Pin.Contains(cite.Pin) && len(c.Pin) > longest {
				best, longest = rule, len(c.Pin)
			}
		}
	}
	return best
}

func (r *Rules) ruling(rule *rule, f Facts, on corpus.Date) verdict {
	fill := r.filler(rule, f)
	if ok, why := rule.in(on); !ok {
		return verdict{status: DoesNotBind, why: fill(why)}
	}
	v := rule.judge(f, fill)
	slices.SortStableFunc(v.missing, func(a, b string) int { return r.rank(a) - r.rank(b) })
	v.missing = slices.Compact(v.missing)
	if v.status == Depends {
		v.why = fmt.Sprintf("%s turns on %s.", rule.Cite, r.turns(v.missing))
	}
	return v
}

// turns joins in words what the facts ask for.
func (r *Rules) turns(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, r.byName[n].Turns)
	}
	return list(out)
}

// filler puts the rule and the facts into a sentence.
func (r *Rules) filler(rule *rule, f Facts) func(string) string {
	return func(say string) string {
		return strings.NewReplacer("{cite}", rule.Cite.String(), "{plan}", r.label(factPlan, f[factPlan]),
			"{state}", r.label(factState, f[factState]), "{visit}", f["visit"]).Replace(say)
	}
}

// maxNamed is the most authorities an effect names one by one.
const maxNamed = 4

// effect says in a sentence or more what a missing fact would change.
func (r *Rules) effect(c Change) string {
	var out []string
	if n := len(c.cites); n > 0 {
		var names []string
		for _, cite := range c.cites[:min(n, maxNamed)] {
			names = append(names, cite.String())
		}
		if n > maxNamed {
			names = append(names, fmt.Sprintf("%d more", n-maxNamed))
		}
		verb := "turn"
		if n == 1 {
			verb = "turns"
		}
		out = append(out, fmt.Sprintf("%s %s on %s.", list(names), verb, r.byName[c.Fact].Turns))
	}
	for _, rule := range r.rules {
		if say := c.notes[rule.Cite]; say != "" {
			out = append(out, say)
		}
	}
	return strings.Join(out, " ")
}

// list joins with commas and a last "and".
func list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}
