package bot

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// The named parts that every digest may have.
const (
	pinBinds  citation.Pinpoint = "whom it binds"
	pinSilent citation.Pinpoint = "what it does not say"
	pinDo     citation.Pinpoint = "what to do with it"
	pinWrong  citation.Pinpoint = "how it is misread"
	pinAsOf   citation.Pinpoint = "as of"
)

// remarks are the parts whose sentences do not hang together.
var remarks = map[citation.Pinpoint]bool{pinBinds: true, pinSilent: true, pinDo: true, pinWrong: true, pinAsOf: true}

// aboutTime are words of a question about a text's age.
const aboutTime = "amended enacted effective date current history version newest changed updated 1995 repealed superseded"

// fromDigest answers from a source: the place that fits, what the source
// does, whom it binds, what it does not say, what to do. Of a place that is
// a list of remarks only those that fit the question are taken. From is the
// number of the sentence of that place to begin with. Before them all stands
// whether the source binds the plan that is known, where that has to be said.
func (a *Assistant) fromDigest(question string, hit retrieval.Hit, from int, k known, r retrieval.Reading) *draft {
	d := &draft{}
	s := hit.Source
	d.spoke = []citation.Citation{cited(s, "")}
	asked := askedWords(r)
	d.points = append(d.points, a.reason(question, s, k)...)
	if hit.Pin == pinAsOf && shared(asked, contentWords(aboutTime)) == 0 {
		hit.Pin = "" // how the copy was read answers nothing else
	}
	if hit.Pin == pinDo {
		hit.Pin = "" // the next step comes after the answer
	}
	if silent(hit.Pin) && shared(asked, contentWords(denials)) == 0 && !hit.Cited {
		hit.Pin = "" // what a source does not say answers no other question
	}
	switch {
	case from > 0:
		d.from(s, hit.Pin, from, 2)
		d.take(s, "", Lead, 1, nil)
	case remarks[hit.Pin]:
		d.take(s, hit.Pin, Lead, 1, asked)
		d.take(s, "", Lead, 2, nil)
	case hit.Pin != "":
		d.take(s, hit.Pin, Lead, 4, nil)
		if s.ID != glossaryID { // what a glossary is needs no saying
			d.take(s, "", Lead, 1, nil)
		}
	default:
		d.take(s, "", Lead, 4, nil)
	}
	d.take(s, pinBinds, Lead, 1, asked)
	d.take(s, pinSilent, Limits, maxLimits, asked)
	d.take(s, pinDo, Next, maxNext, asked)
	return d
}

// reason is the sentence that says whether a source binds the plan that is
// known: always where it does not, because its own words would read as if it
// did; where this library does not settle it; and where it does, if that is
// asked.
func (a *Assistant) reason(question string, s *corpus.Source, k known) []point {
	status, why, _ := a.Rules.StatusOn(s.Cite, k.facts, k.day)
	planned := k.facts["plan"] != ""
	switch {
	case status == coverage.DoesNotBind:
	case status == coverage.NotVerified && planned:
	case status == coverage.Binds && planned && asksReach.MatchString(question):
	default:
		return nil
	}
	refs := a.reasonRefs(why)
	if len(refs) == 0 {
		return nil
	}
	return []point{{say: why, cites: refs, part: Lead}}
}

// place is the place of a hit that answers: the one found, unless what the
// source begins with has more of the question.
func (a *Assistant) place(h retrieval.Hit, r retrieval.Reading) citation.Pinpoint {
	found, first := h.Source.Passage(h.Pin), h.Source.Passage("")
	if h.Cited || found == nil || first == nil {
		return h.Pin
	}
	here, there := a.told(first, r), a.told(found, r)
	if here > there || here == there && remarks[h.Pin] {
		return ""
	}
	return h.Pin
}

// told is what the words that a passage shares with the question tell.
func (a *Assistant) told(p *corpus.Passage, r retrieval.Reading) float32 {
	a.askings.load(a.Catalog)
	has := contentWords(p.Heading + "\n" + p.Text)
	both := map[string]bool{}
	for w := range askedWords(r) {
		if has[w] {
			both[w] = true
		}
	}
	return a.askings.weight(both)
}

// take appends n sentences of the passage at pin that are not there yet, in
// their order: the first ones, or those that share clearly more words with
// asked.
func (d *draft) take(s *corpus.Source, pin citation.Pinpoint, part Part, n int, asked map[string]bool) {
	p := s.Passage(pin)
	if p == nil {
		return
	}
	says := p.Sentences()
	best := make([]int, len(says))
	for i := range best {
		best[i] = i
	}
	if asked != nil {
		fit := func(i int) int { return shared(asked, contentWords(says[i])) / clearly }
		slices.SortStableFunc(best, func(x, y int) int { return fit(y) - fit(x) })
	}
	best = best[:min(n, len(best))]
	slices.Sort(best)
	for _, i := range best {
		if !slices.ContainsFunc(d.points, func(p point) bool { return p.say == says[i] }) {
			d.points = append(d.points, point{say: says[i], cites: []citation.Citation{cited(s, pin)}, part: part})
		}
	}
}

// silent reports whether a place is about what its source does not say or
// decide.
func silent(pin citation.Pinpoint) bool { return strings.Contains(string(pin), "not ") }

// denials are words of a question that may be about what a source does not say.
const denials = "not no never only limit limits force forces require requires mandate mandates guarantee guarantees contract cover covers every any all must doesn't don't"

// from appends n sentences of the passage at pin, from the one at first on.
func (d *draft) from(s *corpus.Source, pin citation.Pinpoint, first, n int) {
	p := s.Passage(pin)
	if p == nil {
		return
	}
	says := p.Sentences()
	for _, say := range says[min(first, len(says)):min(first+n, len(says))] {
		d.points = append(d.points, point{say: say, cites: []citation.Citation{cited(s, pin)}, part: Lead})
	}
}

// cited is how a passage of s is cited.
func cited(s *corpus.Source, pin citation.Pinpoint) citation.Citation { return s.Cite.At(pin) }

// refs are the held places that a sentence of ours names.
func (a *Assistant) refs(sentence string) []citation.Citation {
	var out []citation.Citation
	for _, f := range citation.Find(sentence) {
		if f.Err != nil {
			continue
		}
		c := f.Citation
		if _, p := a.Catalog.Resolve(c); p == nil {
			c = c.Base()
		}
		if _, p := a.Catalog.Resolve(c); p != nil {
			out = append(out, c)
		}
	}
	return out
}

// reasonRefs are the places that carry a reason: the one, of those it names
// and of their sources, that says it in its own words; else those it names.
func (a *Assistant) reasonRefs(why string) []citation.Citation {
	refs := a.refs(why)
	for _, c := range refs {
		s, _ := a.Catalog.Resolve(c.Base())
		if s == nil {
			continue
		}
		for i := range s.Passages {
			if slices.Contains(s.Passages[i].Sentences(), why) {
				return []citation.Citation{cited(s, s.Passages[i].Pin)}
			}
		}
	}
	return refs
}
