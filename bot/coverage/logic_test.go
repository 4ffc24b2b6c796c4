package coverage

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// asIs leaves a sentence's braces in place.
func asIs(s string) string { return s }

// domain lists the facts a rule looks at, each with the values its
// conditions tell apart and one more.
func (r *Rules) domain(rule *rule) map[string][]string {
	out := map[string][]string{}
	add := func(where map[string][]string) {
		for name, values := range where {
			out[name] = append(out[name], values...)
		}
	}
	for _, c := range rule.when {
		add(c.Where)
		add(map[string][]string{c.Fact: append(slices.Clone(c.Is), c.Not...)})
		for _, s := range c.Otherwise {
			add(s.If)
		}
		if c.AtMost > 0 {
			add(map[string][]string{c.Fact: {"1", "6", "8"}})
		}
	}
	for _, s := range rule.Open {
		add(s.If)
	}
	for name, values := range out {
		slices.Sort(values)
		values = slices.Compact(values)
		if name == factState {
			values = append(values, other)
		}
		for _, v := range r.byName[name].Values {
			if !slices.Contains(values, v) {
				values = append(values, v)
				break
			}
		}
		out[name] = values
	}
	return out
}

// each calls fn with every partial choice of facts from domain that stands
// together, completed, or, where there are more than most, with that many
// at random.
func (r *Rules) each(domain map[string][]string, most int, rng *rand.Rand, fn func(Facts)) {
	names := slices.Sorted(maps.Keys(domain))
	total := 1
	for _, n := range names {
		total = min(total*(len(domain[n])+1), 1<<30)
	}
	for i := range min(total, most) {
		f, at := Facts{}, i
		for _, n := range names {
			pick := at % (len(domain[n]) + 1)
			at /= len(domain[n]) + 1
			if total > most {
				pick = rng.IntN(len(domain[n]) + 1)
			}
			if pick < len(domain[n]) {
				f[n] = domain[n][pick]
			}
		}
		if f = r.Complete(f); r.contradiction(f) == "" {
			fn(f)
		}
	}
}

// TestMonotone: one more known fact never turns a ruling into its opposite.
// What bound may be suspended, by an exception that the fact raises; what
// was open may go either way.
func TestMonotone(t *testing.T) {
	t.Parallel()
	r := rules(t)
	rng := rand.New(rand.NewPCG(1, 2))
	settled := 0
	for _, rule := range r.rules {
		domain := r.domain(rule)
		r.each(domain, 500, rng, func(f Facts) {
			before := rule.judge(f, asIs).status
			for name, values := range domain {
				if _, known := f[name]; known {
					continue
				}
				for _, v := range values {
					next := r.possible(f, name, v)
					if next == nil || len(next) > len(f)+1 {
						continue // a fact that brings others along is tested through its parts
					}
					after := rule.judge(next, asIs).status
					if before == Depends && after != Depends {
						settled++
					}
					if before == after || before == Depends || after == NotVerified || before == NotVerified && after == DoesNotBind {
						continue
					}
					if before == Binds && after == Depends && r.raises(rule, name, v) {
						continue
					}
					t.Fatalf("%s: with %v it %s; with %s=%s too it %s", rule.Cite, f, before, name, v, after)
				}
			}
		})
	}
	if settled == 0 {
		t.Error("no fact ever settled anything")
	}
}

// raises reports whether name=value is part of an exception's guard.
func (r *Rules) raises(rule *rule, name, value string) bool {
	return slices.ContainsFunc(rule.when, func(c *condition) bool { return slices.Contains(c.Where[name], value) })
}

// TestDepends: what is open names missing facts, and one value of one of them
// settles it.
func TestDepends(t *testing.T) {
	t.Parallel()
	r := rules(t)
	rng := rand.New(rand.NewPCG(3, 4))
	open := 0
	for _, rule := range r.rules {
		domain := r.domain(rule)
		r.each(domain, 500, rng, func(f Facts) {
			v := rule.judge(f, asIs)
			if (v.status == Depends) != (len(v.missing) > 0) {
				t.Fatalf("%s: with %v it %s and misses %v", rule.Cite, f, v.status, v.missing)
			}
			if v.status != Depends {
				return
			}
			open++
			settles := false
			for _, name := range v.missing {
				if _, known := f[name]; known {
					t.Fatalf("%s: with %v it misses %s, which is known", rule.Cite, f, name)
				}
				for _, value := range domain[name] {
					if next := r.possible(f, name, value); next != nil {
						s := rule.judge(next, asIs).status
						settles = settles || s == Binds || s == DoesNotBind
					}
				}
			}
			if !settles {
				t.Fatalf("%s: with %v it misses %v, and no value of these settles it", rule.Cite, f, v.missing)
			}
		})
	}
	if open == 0 {
		t.Error("nothing was ever open")
	}
}

// TestWalk adds consistent facts one at a time, as a conversation does, and
// watches every authority through Status's own path.
func TestWalk(t *testing.T) {
	t.Parallel()
	r := rules(t)
	rng := rand.New(rand.NewPCG(5, 6))
	values := map[string][]string{factState: {"WA", "OR", "CO", "FL", "KY", other}, "visit": {"1", "7", "9"}}
	names := []string{}
	for _, spec := range r.facts {
		if spec.Name != factOutside {
			names = append(names, spec.Name)
		}
		if spec.Values != nil {
			values[spec.Name] = spec.Values
		}
	}
	for range 250 {
		f := Facts{}
		before := map[*rule]Status{}
		for range 6 {
			name := names[rng.IntN(len(names))]
			if _, known := f[name]; known {
				continue
			}
			next := r.possible(f, name, values[name][rng.IntN(len(values[name]))])
			if next == nil {
				continue
			}
			for _, rule := range r.rules {
				after := r.ruling(rule, next, "").status
				if was := before[rule]; len(next) == len(f)+1 && (was == Binds && after == DoesNotBind || was == DoesNotBind && after == Binds) {
					t.Fatalf("%s: with %v it %s, then with %v it %s", rule.Cite, f, was, next, after)
				}
				before[rule] = after
			}
			f = next
		}
	}
}
