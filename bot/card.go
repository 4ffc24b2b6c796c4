package bot

import (
	"cmp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// topicOf is the topic of the card that the question asks about: that of the
// nearest question which the card answers, else of the one that was found.
func (a *Assistant) topicOf(card *corpus.Card, h retrieval.Hit, r retrieval.Reading) corpus.Topic {
	near, ask := a.nearest(card.Source, r)
	if h.Cosine >= alikeCosine && near < halfAsk && h.NearAsk >= 0 && len(r.Citations) == 0 {
		return card.Topic(h.NearAsk)
	}
	if ask >= 0 {
		return card.Topic(ask)
	}
	return card.Topic(h.Ask)
}

// fromCard shows the points of a card's topic that can apply: the direct
// answer, what holds in each branch, and what holds in all.
func (a *Assistant) fromCard(card *corpus.Card, c corpus.Topic, k known, r retrieval.Reading) *draft {
	d := &draft{followups: c.Followups, enclosures: c.Enclosures, answered: c.Asks}
	d.spoke = cites(slices.Concat(c.Answer, c.Weak, c.Next), k)
	branches := []coverage.Branch{{Facts: k.facts}}
	if q, ok := a.Rules.Question(k.facts, cites(c.Answer, k)); ok && card.Source.Kind != corpus.Correction {
		if b := usual(q.Fact, a.Rules.Branches(q, k.facts, a.shown(c.Answer, k))); len(b) > 1 {
			d.question, branches = &q, b
		}
	}
	var direct, rest []corpus.Point
	for _, p := range fitting(c.Answer, r) {
		if p.Lead && a.applies(p, k) {
			direct = append(direct, p)
		} else {
			rest = append(rest, p) // it may lead one of the branches
		}
	}
	common, own := a.spread(rest, branches, k)
	if !branched(own) {
		d.question = nil
	}
	for _, p := range direct {
		d.points = append(d.points, point{say: p.Say, cites: p.Cites, part: Lead})
	}
	switch most := maxWhole - len(direct); {
	case len(own) == 0:
		d.add(common, Lead, most)
	case len(common) > 0 && common[0].say == rest[0].Say && len(direct) == 0:
		d.question = nil // the answer does not turn on it
		d.add(common, Lead, maxCommon+1)
		d.add(own, Lead, maxBranch)
	case len(direct) > 1:
		d.add(own, Lead, maxBranch-1)
		d.add(common, Lead, maxCommon)
	default:
		d.add(own, Lead, maxBranch)
		d.add(common, Lead, maxCommon)
	}
	common, own = a.spread(c.Weak, branches, k)
	d.add(once(append(common, own...)), Limits, maxLimits)
	common, own = a.spread(c.Next, branches, k)
	if len(common) > 0 {
		own = nil // one next step
	}
	d.add(append(common, own...), Next, maxNext)
	if k.facts["plan"] == "" { // what is for other plans was not spoken of
		d.spoke = nil
		for _, p := range d.points {
			d.spoke = append(d.spoke, p.cites...)
		}
	}
	return d
}

// usual leaves out the branches of plans that nobody spoke of: what holds for
// a public employer's plan or for workers' compensation answers who says that
// it is one.
func usual(fact string, branches []coverage.Branch) []coverage.Branch {
	if fact != "plan" {
		return branches
	}
	return slices.DeleteFunc(branches, func(b coverage.Branch) bool {
		plan := corpus.Plan(b.Facts["plan"])
		return plan != corpus.FullyInsured && plan != corpus.SelfFunded
	})
}

// branched reports whether points differ between branches: two of them say
// something of their own.
func branched(own []point) bool {
	return slices.ContainsFunc(own, func(p point) bool { return p.branch != own[0].branch })
}

// cites are what the points that may yet apply rest on.
func cites(points []corpus.Point, k known) []citation.Citation {
	var out []citation.Citation
	for _, p := range points {
		if possible(p, k.facts) {
			out = append(out, p.Cites...)
		}
	}
	return out
}

// shown reports which of points apply under facts, in their order.
func (a *Assistant) shown(points []corpus.Point, k known) func(coverage.Facts) []bool {
	return func(facts coverage.Facts) []bool {
		out := make([]bool, len(points))
		for i, p := range points {
			out[i] = a.applies(p, known{facts, k.day})
		}
		return out
	}
}

// once keeps each sentence once and takes it out of its branch.
func once(points []point) []point {
	var out []point
	for _, p := range points {
		p.branch = ""
		if !slices.ContainsFunc(out, func(q point) bool { return q.say == p.say }) {
			out = append(out, p)
		}
	}
	return out
}

// clearly is how many more shared words make one sentence fit a question
// better than another.
const clearly = 2

// fitting puts the point first that shares most words with the question, if
// it shares clearly more than the card's own first one.
func fitting(points []corpus.Point, r retrieval.Reading) []corpus.Point {
	asked := askedWords(r)
	best, most := 0, shared(asked, contentWords(points[0].Say))+clearly-1
	for i, p := range points {
		if n := shared(asked, contentWords(p.Say)); n > most && !ofOtherNumbers(p.Say, asked) {
			best, most = i, n
		}
	}
	out := []corpus.Point{points[best]}
	out = append(out, points[:best]...)
	return append(out, points[best+1:]...)
}

// ofOtherNumbers reports whether a sentence is about numbers, and the
// question about others.
func ofOtherNumbers(say string, asked map[string]bool) bool {
	numbers := false
	for w := range contentWords(say) {
		if number(w) {
			if asked[w] {
				return false
			}
			numbers = true
		}
	}
	if !numbers {
		return false
	}
	for w := range asked {
		if number(w) {
			return true
		}
	}
	return false
}

// number reports whether a word is one of at most three digits, so that no
// code or section counts.
func number(w string) bool {
	return len(w) <= 3 && strings.Trim(w, "0123456789") == ""
}

func askedWords(r retrieval.Reading) map[string]bool {
	asked := map[string]bool{}
	for _, t := range r.Terms {
		asked[t.Token] = true
	}
	return asked
}

// spread decides which of points each branch shows. A point that every
// branch shows is common and gets the branch "".
func (a *Assistant) spread(points []corpus.Point, branches []coverage.Branch, k known) (common, own []point) {
	for _, p := range points {
		var in []string
		for _, b := range branches {
			if a.applies(p, known{b.Facts, k.day}) {
				in = append(in, b.Label)
			}
		}
		if len(in) == len(branches) {
			common = append(common, point{say: p.Say, cites: p.Cites})
			continue
		}
		for _, label := range in {
			own = append(own, point{say: p.Say, cites: p.Cites, branch: label})
		}
	}
	slices.SortStableFunc(own, func(x, y point) int {
		return branchAt(branches, x.branch) - branchAt(branches, y.branch)
	})
	return common, own
}

func branchAt(branches []coverage.Branch, label string) int {
	return slices.IndexFunc(branches, func(b coverage.Branch) bool { return b.Label == label })
}

// applies reports whether p may be shown under facts: each fact it asks for
// has one of the values it names ("unknown" is the value of one not known),
// and nothing it cites is known not to bind the plan, or is another state's
// law, unless the point itself names its states. Advice on what to do binds
// nobody, and whom a law binds may be said to all.
func (a *Assistant) applies(p corpus.Point, k known) bool {
	for name, values := range p.If {
		if !holds(values, cmp.Or(k.facts[name], "unknown")) {
			return false
		}
	}
	for _, c := range p.Cites {
		status, _, _ := a.Rules.StatusOn(c, k.facts, k.day)
		if p.If["state"] == nil && a.elsewhere(c, k.facts) || status == coverage.DoesNotBind && c.Pin != pinDo && c.Pin != pinBinds {
			return false
		}
		if status == coverage.General && p.If["plan"] == nil && a.othersBound(c, k.facts) {
			return false
		}
	}
	return true
}

// possible reports whether no fact that is known speaks against p.
func possible(p corpus.Point, facts coverage.Facts) bool {
	for name, values := range p.If {
		if facts[name] != "" && !holds(values, facts[name]) {
			return false
		}
	}
	return true
}

// holds reports whether value is among values, where "not WA" stands for
// every known value but WA.
func holds(values []string, value string) bool {
	return slices.ContainsFunc(values, func(want string) bool {
		if other, not := strings.CutPrefix(want, "not "); not {
			return value != "unknown" && value != other
		}
		return want == value
	})
}

// othersBound reports whether c is a state's own page that says what plans it
// is for, and the plan is none of them. It decides where no rule does.
func (a *Assistant) othersBound(c citation.Citation, facts coverage.Facts) bool {
	s, _ := a.Catalog.Resolve(c)
	plan := corpus.Plan(facts["plan"])
	return s != nil && plan != "" && s.Jurisdiction != "US" && s.Jurisdiction != "any" && len(s.Binds) > 0 && !slices.Contains(s.Binds, plan) && c.Pin != pinDo && c.Pin != pinBinds
}

// elsewhere reports whether c is of another state than the plan's.
func (a *Assistant) elsewhere(c citation.Citation, facts coverage.Facts) bool {
	s, _ := a.Catalog.Resolve(c)
	state := facts["state"]
	return s != nil && state != "" && !slices.Contains([]string{"US", "any", state}, s.Jurisdiction)
}
