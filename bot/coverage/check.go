package coverage

import (
	"maps"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// maxSentence is the most words of a sentence that says why.
const maxSentence = 45

// checkRules joins the rules with their conditions and checks both.
func (l *loader) checkRules() {
	covered := map[citation.Citation]bool{}
	for _, r := range l.all.Rules {
		if r.Cite.IsZero() || len(r.When) == 0 {
			l.wrong("rule %q: want cite and when", r.Cite)
			continue
		}
		for _, c := range append([]citation.Citation{r.Cite}, r.Covers...) {
			if covered[c] {
				l.wrong("rule %s: %s is ruled on twice", r.Cite, c)
			}
			covered[c] = true
			if !slices.Contains(l.r.byCite[c.Base()], r) {
				l.r.byCite[c.Base()] = append(l.r.byCite[c.Base()], r)
			}
		}
		for _, name := range r.When {
			c := l.all.Conditions[name]
			if c == nil {
				l.wrong("rule %s: there is no condition %q", r.Cite, name)
				continue
			}
			l.used[name] = true
			r.when = append(r.when, c)
			l.checkSays(r, c.Otherwise)
		}
		l.checkRule(r)
	}
	for _, name := range slices.Sorted(maps.Keys(l.all.Conditions)) {
		l.checkCondition(name, l.all.Conditions[name])
		if !l.used[name] {
			l.wrong("condition %s is never used", name)
		}
	}
}

// checkRule checks a rule's own sentences and limits.
func (l *loader) checkRule(r *rule) {
	at := "rule " + r.Cite.String()
	for _, s := range []sayings{r.Why, r.Open} {
		l.checkCases(at, s)
		l.checkSays(r, s)
	}
	if n := len(r.Why); n == 0 || r.Why[n-1].If != nil {
		l.wrong("%s: why: want a last sentence without if", at)
	}
	for _, limit := range []*limit{r.From, r.Until} {
		if limit != nil {
			l.checkSay(r, limit.Say)
			if !limit.Date.Valid() {
				l.wrong("%s: %q is no date", at, limit.Date)
			}
		}
	}
	for _, n := range r.Notes {
		l.checkSay(r, n.Say)
		if l.r.byName[n.Fact] == nil {
			l.wrong("%s: notes: there is no fact %q", at, n.Fact)
		}
	}
}

// checkCondition checks that a condition can be asked and that it has a
// sentence for every value that fails it.
func (l *loader) checkCondition(name string, c *condition) {
	at := "condition " + name
	spec := l.r.byName[c.Fact]
	if spec == nil {
		l.wrong("%s: there is no fact %q", at, c.Fact)
		return
	}
	kinds := 0
	for _, has := range []bool{c.Is != nil, c.Not != nil, c.AtMost > 0} {
		if has {
			kinds++
		}
	}
	if kinds != 1 || c.AtMost > 0 && spec.Kind != "number" {
		l.wrong("%s: want one of is, not, and (for a number) at_most", at)
	}
	l.checkWhere(at, map[string][]string{c.Fact: append(slices.Clone(c.Is), c.Not...)})
	l.checkWhere(at, c.Where)
	l.checkCases(at, c.Otherwise)
	values := spec.Values
	switch spec.Kind {
	case "state":
		values = append(l.r.stateCodes(), other)
	case "number":
		values = []string{"1", "999"}
	}
	for _, v := range values {
		f := Facts{}
		for guard, allowed := range c.Where {
			f[guard] = allowed[0]
		}
		f[c.Fact] = v
		if c.counts(f) && !c.admits(v) && c.Otherwise.pick(f) == nil {
			l.wrong("%s: no sentence for %s=%s", at, c.Fact, v)
		}
	}
}

func (l *loader) checkSays(r *rule, s sayings) {
	for _, say := range s {
		l.checkSay(r, say.Say)
	}
}

// checkSay checks that a sentence is one, is short, and names law that can
// be cited.
func (l *loader) checkSay(r *rule, say string) {
	full := l.r.filler(r, Facts{factPlan: "medicare", factState: "WA", "visit": "9"})(say)
	cites := citation.Find(full)
	switch {
	case full == "" || strings.ContainsAny(full, "\n{}") || !strings.HasSuffix(full, "."):
		l.wrong("rule %s: %q: want one sentence with a full stop, and no braces but {cite}, {plan}, {state}, {visit}", r.Cite, say)
	case len(strings.Fields(full)) > maxSentence:
		l.wrong("rule %s: %q: more than %d words", r.Cite, say, maxSentence)
	case len(cites) == 0:
		l.wrong("rule %s: %q cites nothing", r.Cite, say)
	}
	for _, c := range cites {
		if c.Err != nil {
			l.wrong("rule %s: %q: %v: %s", r.Cite, say, c.Err, c.Text)
		}
	}
}

func (r *Rules) stateCodes() []string {
	var out []string
	for _, s := range r.states.list {
		out = append(out, s.Code)
	}
	return out
}
