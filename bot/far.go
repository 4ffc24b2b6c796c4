package bot

import (
	"fmt"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// A question is far from its best source where none that the source lists is
// near to it, in words or in meaning, and none is held in it. Set on 159
// questions whose answers were read: of 69 never seen before it marks 16, of
// which one was answered to the point; of the other 90, one.
const (
	farNear   = 0.45
	farCosine = 0.78
	farHeld   = 0.50
)

// It is far too where what it means is nowhere near, though it shares words:
// "why did they pay only 60 percent" is not about the share of workers in
// self-funded plans. That the rarest word of the question is missing from the
// source says less: it is so in a third of the questions that were answered to
// the point, for people name their insurer, their job and their town.
const (
	offNear   = 0.60
	offCosine = 0.60
	offHeld   = 0.75
)

// far says so where the question is far from what answers it; else "".
func (a *Assistant) far(found retrieval.Found) string {
	hits := a.order(found)
	if len(hits) == 0 || found.Reading.Vague || len(found.Reading.Citations) > 0 || hits[0].Cited {
		return ""
	}
	s := hits[0].Source
	near, _ := a.nearest(s, found.Reading)
	held, cosine := a.holds(s.ID, found.Reading), hits[0].Cosine
	off := near < offNear && cosine < offCosine && held < offHeld
	if !off && (near >= farNear || cosine >= farCosine || held >= farHeld) {
		return ""
	}
	return fmt.Sprintf("Nothing in this library is on exactly that. The nearest it holds is “%s”:", s.Title)
}

// nowhereNear reports whether a question that says something is far from its
// best source, in meaning too, and has no word of this field: then what is near
// is no answer, and is shown as the nearest only. One that has such a word may
// have been put in words that no source lists, and gets what is near with a
// warning before it; and what somebody added may be of any field.
func (a *Assistant) nowhereNear(found retrieval.Found) bool {
	if found.Reading.Topicality > 0 || !found.Reading.Asks() || a.far(found) == "" {
		return false
	}
	best := a.order(found)[0]
	return best.Cosine < offCosine && best.Source.Scope == corpus.PublicScope
}

// holds is how much of a question that the source lists stands in the one
// read, by what its words tell: the most of any, 0 to 1.
func (a *Assistant) holds(source string, r retrieval.Reading) float32 {
	a.askings.load(a.Catalog)
	asked := map[string]bool{}
	for _, t := range r.Terms {
		if t.Weight > askedWeight {
			asked[t.Token] = true
		}
	}
	var most float32
	for _, k := range a.askings.source[source] {
		if len(k.words) < 2 {
			continue
		}
		both := map[string]bool{}
		for w := range k.words {
			if asked[w] {
				both[w] = true
			}
		}
		most = max(most, a.askings.weight(both)/max(1, a.askings.weight(k.words)))
	}
	return most
}

// brief leaves of a draft the first sentences of the answer and what to do.
func (d *draft) brief() {
	var out []point
	leads := 0
	for _, p := range d.points {
		switch {
		case p.part == Lead && p.branch == "" && leads < maxSecond:
			p.say = withoutVerdict(p.say) // it answers something else
			leads++
		case p.part == Lead && leads == 0:
			leads = maxSecond
		case p.part == Next:
		default:
			continue
		}
		out = append(out, p)
	}
	d.points, d.question, d.enclosures, d.followups, d.spoke = out, nil, nil, nil, nil
}
