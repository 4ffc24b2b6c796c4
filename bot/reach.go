package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// The cards that say to whom a law applies: whatever the plan, and where
// ERISA is set against a state's law.
const (
	cardBinds   = "which-law-binds"
	cardPreempt = "erisa-preemption"
)

var (
	// asksReach matches a question whether a law reaches a plan.
	asksReach = regexp.MustCompile(`(?i)\b(?:binds?|bound|appl(?:y|ies)|reach(?:es)?|govern(?:s|ed)?|subject to|exempt|block(?:s|ed)?|preempt\w*|override\w*|trump\w*|fall under|under ERISA|ERISA plan\?|(?:is|are) (?:it|this|that|they|we|he|she) (?:an? )?ERISA|ERISA or not)\b`)
	// namesErisa matches what is said of that law, by its name or by its clauses.
	namesErisa = regexp.MustCompile(`(?i)\bERISA\b|\b(?:deemer|saving|savings|preemption) clause\b|\bpreempt\w*`)
)

// byName matches Washington's every-category law where it is named and not
// cited.
var byName = regexp.MustCompile(`(?i)\bevery[- ]category\b`)

// naming is a reading that cites the law which a question names alone.
func naming(question string, r retrieval.Reading) retrieval.Reading {
	if len(r.Citations) == 0 && byName.MatchString(question) {
		r.Citations = []citation.Citation{everyCategory}
	}
	return r
}

// everyCategory is Washington's every-category law.
var everyCategory = citation.Citation{System: citation.RCW, Number: "48.43.045"}

// reach is the card that says to whom a law applies, where a question asks
// that and its best source does not say it: where ERISA is set against a
// state's law that is cited; where a plan is named that ERISA may not cover;
// and where the law that is cited does not bind the plan, or may not,
// for what it asks of others would be read as if it held for this
// one. Else it is nil; a digest that is answered from begins with the reason.
func (a *Assistant) reach(question string, best *corpus.Source, r retrieval.Reading, k known) *corpus.Card {
	if !asksReach.MatchString(question) {
		return nil
	}
	stateLaw := false
	for _, c := range r.Citations {
		if s, _ := a.Catalog.Resolve(c.Base()); s != nil && len(s.Jurisdiction) == 2 && s.Jurisdiction != "US" {
			stateLaw = true
		}
	}
	erisa := namesErisa.MatchString(question)
	switch sponsor := k.facts["sponsor"]; {
	case erisa && stateLaw:
		return a.Catalog.Card(cardPreempt)
	case erisa && (sponsor == "church" || sponsor == "public-employer") && !a.speaksOfCoverage(best):
		return a.Catalog.Card(cardBinds)
	}
	if k.facts["plan"] == "" || a.saysItself(best, r.Citations) {
		return nil
	}
	if slices.ContainsFunc(r.Citations, func(c citation.Citation) bool {
		status, _, _ := a.Rules.StatusOn(c, k.facts, k.day)
		return status == coverage.NotVerified || status == coverage.DoesNotBind
	}) {
		return a.Catalog.Card(cardBinds)
	}
	return nil
}

// reaches reports whether a question is on whom a law binds, whatever its best
// source is on.
func (a *Assistant) reaches(question string, found retrieval.Found, k known) bool {
	hits := a.order(found)
	return len(hits) > 0 && a.reach(question, hits[0].Source, naming(question, found.Reading), k) != nil
}

// saysItself reports whether a source is a correction, or a card that speaks of
// the laws asked about: it says whom they bind.
func (a *Assistant) saysItself(s *corpus.Source, laws []citation.Citation) bool {
	card := a.Catalog.Card(s.ID)
	return card != nil && (s.Kind == corpus.Correction || slices.ContainsFunc(laws, func(c citation.Citation) bool { return speaksOf(card, c) }))
}

// erisaCoverage is the place that says which plans ERISA covers.
var erisaCoverage = citation.Citation{System: citation.USC, Number: "29 1003"}

// speaksOfCoverage reports whether a source says which plans ERISA covers.
func (a *Assistant) speaksOfCoverage(s *corpus.Source) bool {
	if card := a.Catalog.Card(s.ID); card != nil {
		return card.Source.ID == cardBinds || speaksOf(card, erisaCoverage)
	}
	return s.Cite.Base() == erisaCoverage || s.ID == "erisa-plan-types"
}

// reasonFirst puts before what a card says, where a question asks whether the
// one law that it cites reaches a plan and that law does not, or this library
// does not settle it, the sentence that says so; a card's "No" is left to say
// it. A card's own "Yes" or "No" answers another question then.
func (a *Assistant) reasonFirst(d *draft, question string, r retrieval.Reading, k known) {
	if len(d.points) == 0 || len(r.Citations) != 1 || !asksReach.MatchString(question) {
		return
	}
	s, _ := a.Catalog.Resolve(r.Citations[0].Base())
	if s == nil {
		return
	}
	status, _, _ := a.Rules.StatusOn(s.Cite, k.facts, k.day)
	if status != coverage.NotVerified && (status != coverage.DoesNotBind || strings.HasPrefix(d.points[0].say, "No")) {
		return
	}
	reason := a.reason(question, s, k)
	if len(reason) == 0 {
		return
	}
	for i := range d.points {
		d.points[i].say = withoutVerdict(d.points[i].say)
	}
	d.points = append(reason, d.points...)
	d.spoke = append(d.spoke, cited(s, ""))
}

// whyNoLead puts first, where the law that a topic begins with does not bind
// the plan and nothing is left that holds in every branch, why it does not.
func (a *Assistant) whyNoLead(d *draft, topic corpus.Topic, k known) {
	if len(d.points) == 0 || d.points[0].branch == "" {
		return
	}
	for _, c := range topic.Answer[0].Cites {
		s, _ := a.Catalog.Resolve(c.Base())
		if s == nil {
			continue
		}
		if status, _, _ := a.Rules.StatusOn(s.Cite, k.facts, k.day); status == coverage.DoesNotBind {
			d.points = append(a.reason("", s, k), d.points...)
			d.spoke = append(d.spoke, cited(s, ""))
			return
		}
	}
}
