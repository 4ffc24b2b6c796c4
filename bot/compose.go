package bot

import (
	"cmp"
	"math"
	"slices"

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
	points     []point
	question   *coverage.Question
	followups  []string
	answered   []string            // the questions that the topic answers
	enclosures []string            // papers that go along
	spoke      []citation.Citation // every authority considered, shown or not
	note       string              // what a reader has to know of what is shown; else ""
}

// A point is one sentence of a draft.
type point struct {
	say    string
	cites  []citation.Citation
	part   Part
	branch string
	quote  string // all of what say quotes, where that is an official text's words or an added document's; else ""
}

// How much of each part an answer shows: short enough to be read whole.
const (
	maxWhole  = 4 // sentences of an answer that is not divided
	maxCommon = 1 // sentences that hold in either branch
	maxBranch = 2 // sentences a branch
	maxLimits = 1
	maxNext   = 1
)

// cardBoost is how much a card's score counts for: its points are prepared
// for the question, a digest's sentences are not.
const cardBoost = 1.1

// nearBoost is what nearness to a question that a source answers adds to its
// score, codeBoost what naming its code does. Both, and nearAsk, were set on
// open questions: the first source was one that answers 369 of 435 instead of
// 357, and 91 of 112 fresh ones instead of 89.
const (
	nearBoost = 2
	codeBoost = 1.5
)

// citedShare is how much nearer than a cited source a card that speaks of it
// must be, to be what the question is about.
const citedShare = 1.25

// compose arranges, for the best hit that can be answered from, the prepared
// points of a card or the sentences of a digest.
func (a *Assistant) compose(question string, found retrieval.Found, k known) *draft {
	for i, h := range a.byCode(question, a.order(found)) {
		var d *draft
		if card := a.reach(question, h.Source, naming(question, found.Reading), k); i == 0 && card != nil && card.Source.ID != h.Source.ID {
			d = a.fromCard(card, a.topicOf(card, retrieval.Hit{Source: card.Source, Ask: -1, NearAsk: -1}, found.Reading), k, found.Reading)
			a.reasonFirst(d, question, naming(question, found.Reading), k)
			if len(d.points) > 0 && d.points[0].part == Lead {
				d.spoke = append(d.spoke, found.Reading.Citations...)
				a.answerTo(d, question, h, naming(question, found.Reading))
				return d
			}
		}
		if card := a.Catalog.Card(h.Source.ID); card != nil {
			topic := a.topicOf(card, h, found.Reading)
			d = a.fromCard(card, topic, k, found.Reading)
			if card.Source.Kind == corpus.CardKind { // a correction begins with its own verdict
				a.reasonFirst(d, question, found.Reading, k)
				a.whyNoLead(d, topic, k)
			}
		} else {
			if h.Pin = a.place(h, found.Reading); h.Source.Kind == corpus.Case && a.otherCases(question) != "" {
				h.Pin = "" // which decision it is comes first
			}
			from := 0
			if x, ok := figured(h.Source, found.Reading); ok && !h.Cited {
				h.Pin, from = x.pin, x.at
			}
			d = a.fromDigest(question, h, from, k, found.Reading)
		}
		if len(d.points) > 0 && d.points[0].part == Lead {
			a.answerTo(d, question, h, found.Reading)
			if card := a.Catalog.Card(h.Source.ID); card != nil && card.Source.Kind == corpus.CardKind {
				d.leadWithAction(question)
			}
			return d
		}
	}
	return &draft{}
}

// vagueCard is the card that answers who says no more than that something was
// not paid.
const vagueCard = "denied"

// order is the hits as they are tried, by weight.
func (a *Assistant) order(found retrieval.Found) []retrieval.Hit {
	if card := a.Catalog.Card(vagueCard); found.Reading.Vague && card != nil {
		return []retrieval.Hit{{Source: card.Source, Ask: -1, NearAsk: -1}}
	}
	hits := slices.DeleteFunc(slices.Clone(found.Hits), func(h retrieval.Hit) bool { return a.besideIt(h, found.Reading) })
	weights := make(map[retrieval.Hit]float32, len(hits))
	for _, h := range hits {
		weights[h] = a.weight(h, found)
	}
	slices.SortStableFunc(hits, func(x, y retrieval.Hit) int { return cmp.Compare(weights[y], weights[x]) })
	if i := a.meantMore(hits, found.Reading); i > 0 {
		meant := hits[i]
		hits = slices.Insert(slices.Delete(hits, i, i+1), 0, meant)
	}
	return hits
}

// weight is what a hit counts for. What the question cites comes first,
// unless a source is asked for in nearly the same words, or a card speaks of
// what is cited and the question says more than the citation. A billing or
// diagnosis code is cited by the way where more is said.
func (a *Assistant) weight(h retrieval.Hit, found retrieval.Found) float32 {
	const above = math.MaxFloat32 / 2
	card := a.Catalog.Card(h.Source.ID)
	near, ask := a.nearest(h.Source, found.Reading)
	switch code := isCode(h.Source.Cite) && found.Reading.Asks(); {
	case card != nil && (near >= nearAsk || ask >= 0 && near >= bothCodes && allCodes(found.Reading.Citations)):
		return above * (1 + near)
	case h.Cited && !code:
		return above
	}
	worth := h.Score * (1 + nearBoost*near)
	if h.Cited {
		return codeBoost * worth
	}
	if card == nil {
		return worth
	}
	for _, other := range found.Hits {
		if other.Cited && citedShare*other.Score < h.Score && found.Reading.Asks() && near >= halfAsk && speaksOf(card, other.Source.Cite) {
			return above * (1 + nearAsk)
		}
	}
	return cardBoost * worth
}

// bothCodes is the nearness from which a card answers a question on several
// billing codes, if it lists one on all of them: each code's own digest speaks
// of that code alone.
const bothCodes = 0.4

func allCodes(cites []citation.Citation) bool {
	return len(cites) > 1 && !slices.ContainsFunc(cites, func(c citation.Citation) bool { return !isCode(c) })
}

// nearAsk is the nearness at which a question counts as one that the source
// lists.
const nearAsk = 0.8

// halfAsk is the nearness below which a card that speaks of what is cited is
// about something else in it.
const halfAsk = 0.25

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

// add appends points as part, at most so many of each branch.
func (d *draft) add(points []point, part Part, most int) {
	shown := map[string]int{}
	for _, p := range points {
		if part == Lead && d.says(p.say) {
			continue
		}
		if shown[p.branch]++; shown[p.branch] <= most {
			p.part = part
			d.points = append(d.points, p)
		}
	}
}

// isCode reports whether c is a billing or diagnosis code.
func isCode(c citation.Citation) bool {
	return c.System == citation.CPT || c.System == citation.ICD10CM
}
