package bot

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// known is what an answer is composed for: the facts, and the day.
type known struct {
	facts coverage.Facts
	day   corpus.Date
}

// A draft is an answer before it is checked.
type draft struct {
	points    []point
	question  *coverage.Question
	followups []string
	spoke     []citation.Citation // every authority considered, shown or not
}

// A point is one sentence of a draft.
type point struct {
	say    string
	quote  string // the words of an added document in say, or ""
	cites  []citation.Citation
	part   Part
	branch string
}

// How much of each part an answer shows: short enough to be read whole.
const (
	maxCommon = 5 // sentences that hold whatever the open fact
	maxBranch = 4 // sentences a branch
	maxLimits = 2
	maxNext   = 1
)

// cardBoost is how much a card's score counts for: its points are prepared
// for the question, a digest's sentences are not.
const cardBoost = 1.2

// citedShare is how much nearer than a cited source a card that speaks of it
// must be, to be what the question is about.
const citedShare = 1.25

// compose arranges, for the best hit that can be answered from, the prepared
// points of a card or the sentences of a digest.
func (a *Assistant) compose(found retrieval.Found, k known) *draft {
	hits := slices.Clone(found.Hits)
	slices.SortStableFunc(hits, func(x, y retrieval.Hit) int { return cmp.Compare(a.weight(y, found), a.weight(x, found)) })
	for _, h := range hits {
		var d *draft
		if card := a.Catalog.Card(h.Source.ID); card != nil {
			d = a.fromCard(card, k, found.Reading)
		} else {
			d = a.fromDigest(h, k, found.Reading)
		}
		if len(d.points) > 0 && d.points[0].part == Lead {
			d.answerTo(found.Reading)
			return d
		}
	}
	return &draft{}
}

// answerTo drops the "No; " of a prepared answer to a yes-or-no question
// where something else was asked.
func (d *draft) answerTo(r retrieval.Reading) {
	for i, p := range d.points {
		if rest, ok := strings.CutPrefix(p.say, "No; "); ok && r.Open {
			d.points[i].say = strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
}

// weight is what a hit counts for. What the question cites comes first,
// unless a card speaks of it and the question says more than the citation.
func (a *Assistant) weight(h retrieval.Hit, found retrieval.Found) float32 {
	card := a.Catalog.Card(h.Source.ID)
	switch {
	case h.Cited:
		return math.MaxFloat32 / 2
	case card == nil:
		return h.Score
	}
	for _, other := range found.Hits {
		if other.Cited && citedShare*other.Score < h.Score && found.Reading.Asks() && speaksOf(card, other.Source.Cite) {
			return math.MaxFloat32
		}
	}
	return cardBoost * h.Score
}

// speaksOf reports whether the card cites the source.
func speaksOf(card *corpus.Card, source citation.Citation) bool {
	for _, p := range card.Points() {
		for _, c := range p.Cites {
			if c.Base() == source.Base() {
				return true
			}
		}
	}
	return false
}

// fromCard shows the card's points that can apply: the direct answer, what
// holds in each branch, and what holds in all.
func (a *Assistant) fromCard(card *corpus.Card, k known, r retrieval.Reading) *draft {
	d := &draft{followups: card.Followups}
	for _, p := range card.Points() {
		if possible(p, k.facts) {
			d.spoke = append(d.spoke, p.Cites...)
		}
	}
	branches := []coverage.Branch{{Facts: k.facts}}
	if q, ok := a.Rules.Question(k.facts, d.spoke); ok && card.Source.Kind != corpus.Correction {
		if b := a.Rules.Branches(q, k.facts); len(b) > 1 {
			d.question, branches = &q, b
		}
	}
	var direct, rest []corpus.Point
	for _, p := range fitting(card.Answer, r) {
		switch {
		case !p.Lead:
			rest = append(rest, p)
		case a.applies(p, k):
			direct = append(direct, p)
		}
	}
	common, own := a.spread(rest, branches, k)
	if len(branches) == 1 || len(own) == 0 {
		d.question = nil
	}
	for _, p := range direct {
		d.points = append(d.points, point{say: p.Say, cites: p.Cites, part: Lead})
	}
	if len(common) > 0 && common[0].say == rest[0].Say && len(direct) == 0 {
		d.question = nil // the answer does not turn on it
		d.add(common, Lead, maxCommon)
		d.add(own, Lead, maxBranch)
	} else {
		d.add(own, Lead, maxBranch)
		d.add(common, Lead, maxCommon)
	}
	common, own = a.spread(card.Weak, branches, k)
	d.add(once(append(common, own...)), Limits, maxLimits)
	common, own = a.spread(card.Next, branches, k)
	d.add(append(common, own...), Next, maxNext)
	if k.facts["plan"] == "" { // what is for other plans was not spoken of
		d.spoke = nil
		for _, p := range d.points {
			d.spoke = append(d.spoke, p.cites...)
		}
	}
	return d
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

// fitting puts the point first that shares most words with the question, if
// it shares clearly more than the card's own first one.
func fitting(points []corpus.Point, r retrieval.Reading) []corpus.Point {
	asked := askedWords(r)
	const clearly = 2
	best, most := 0, shared(asked, contentWords(points[0].Say))+clearly-1
	for i, p := range points {
		if n := shared(asked, contentWords(p.Say)); n > most {
			best, most = i, n
		}
	}
	out := []corpus.Point{points[best]}
	out = append(out, points[:best]...)
	return append(out, points[best+1:]...)
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
// and nothing it cites is known not to bind the plan. Advice on what to do
// binds nobody, and whom a law binds may be said to all.
func (a *Assistant) applies(p corpus.Point, k known) bool {
	for name, values := range p.If {
		if !slices.Contains(values, cmp.Or(k.facts[name], "unknown")) {
			return false
		}
	}
	for _, c := range p.Cites {
		status, _, _ := a.Rules.StatusOn(c, k.facts, k.day)
		if a.elsewhere(c, k.facts) || status == coverage.DoesNotBind && c.Pin != pinDo && c.Pin != pinBinds {
			return false
		}
	}
	return true
}

// possible reports whether no fact that is known speaks against p.
func possible(p corpus.Point, facts coverage.Facts) bool {
	for name, values := range p.If {
		if facts[name] != "" && !slices.Contains(values, facts[name]) {
			return false
		}
	}
	return true
}

// elsewhere reports whether c is of another state than the plan's.
func (a *Assistant) elsewhere(c citation.Citation, facts coverage.Facts) bool {
	s, _ := a.Catalog.Resolve(c)
	state := facts["state"]
	return s != nil && state != "" && !slices.Contains([]string{"US", "any", state}, s.Jurisdiction)
}

// add appends points as part, at most so many of each branch.
func (d *draft) add(points []point, part Part, most int) {
	shown := map[string]int{}
	for _, p := range points {
		if shown[p.branch]++; shown[p.branch] <= most {
			p.part = part
			d.points = append(d.points, p)
		}
	}
}
