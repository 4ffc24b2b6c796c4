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
	note      string              // what a reader has to know of what is shown; else ""
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
	maxWhole  = 5 // sentences of an answer that is not divided
	maxCommon = 2 // sentences that hold in either branch
	maxBranch = 3 // sentences a branch
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
			d = a.fromCard(card, a.topicOf(card, h, found.Reading), k, found.Reading)
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
// unless a card is asked for in nearly the same words, or speaks of what is
// cited and the question says more than the citation.
func (a *Assistant) weight(h retrieval.Hit, found retrieval.Found) float32 {
	const above = math.MaxFloat32 / 2
	card := a.Catalog.Card(h.Source.ID)
	switch {
	case h.Cited:
		return above
	case card == nil:
		return h.Score
	}
	near := nearness(card, found.Reading)
	if near >= nearAsk {
		return above * (1 + near)
	}
	for _, other := range found.Hits {
		if other.Cited && citedShare*other.Score < h.Score && found.Reading.Asks() && near >= halfAsk && speaksOf(card, other.Source.Cite) {
			return above * (1 + nearAsk)
		}
	}
	return cardBoost * h.Score
}

// nearAsk is the nearness at which a question counts as one that the card
// lists.
const nearAsk = 0.75

// halfAsk is the nearness below which a card that speaks of what is cited is
// about something else in it.
const halfAsk = 0.25

// askedWeight is the weight above which a term is one of the question's own
// words, and not a meaning that the thesaurus added.
const askedWeight = 0.6

// nearness is how much of its words the question shares with the nearest way
// to ask for the card, 0 to 1 (Dice's coefficient), among those that cite
// what the question cites. Citations themselves are no words.
func nearness(card *corpus.Card, r retrieval.Reading) float32 {
	asked := map[string]bool{}
	for _, t := range r.Terms {
		if t.Weight > askedWeight {
			asked[t.Token] = true
		}
	}
	var best float32
	for _, ask := range card.Source.Asks {
		rest, cites := ask, []citation.Citation(nil)
		if len(r.Citations) > 0 {
			rest, cites = cutCitations(ask)
		}
		if slices.ContainsFunc(r.Citations, func(want citation.Citation) bool { return !slices.Contains(cites, want.Base()) }) {
			continue
		}
		words := contentWords(rest)
		best = max(best, 2*float32(shared(asked, words))/float32(max(1, len(asked)+len(words))))
	}
	return best
}

// cutCitations takes the citations out of a text and lists their sections.
func cutCitations(text string) (rest string, cites []citation.Citation) {
	found := citation.Find(text)
	for i := len(found) - 1; i >= 0; i-- { // from the back: offsets stay true
		if f := found[i]; f.Err == nil {
			text = text[:f.Start] + " " + text[f.End:]
			cites = append(cites, f.Citation.Base())
		}
	}
	return text, cites
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
