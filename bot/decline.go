package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// What a declined question is told: what happened, and what would settle it.
const (
	sayEmpty    = "There is no question here that I can read. Ask in a sentence, for example: \"can they refuse me because I'm an LMT?\""
	sayLanguage = "I can only read English questions, and citations or billing codes in any language. Ask in English, or name the law or code you mean. / Solo leo preguntas en inglés, y citas de leyes o códigos de facturación en cualquier idioma. Pregunte en inglés, o escriba la ley o el código de la carta, por ejemplo CO-50."
	sayTopic    = "That is outside this library. It holds health insurance law, billing and evidence for massage therapy, and I do not answer from anything else."
	sayNothing  = "I do not know: nothing in this library answers that closely enough. The words on the denial, the name of the law, or the plan type would help me look again."
	sayWithheld = "I found something near, but no sentence on it passed the citation check, so I withhold it rather than guess. Read the sources below themselves."
	sayLicence  = "A document that was added here speaks of this, and its licence allows no more of its words to be shown."
	sayNearest  = "The nearest sources in the library are listed below; none of them is an answer."
)

// whyNot is the sentence a question is declined with, or "".
func whyNot(found retrieval.Found, app coverage.Applicability) string {
	if found.Declined == retrieval.Empty {
		return sayEmpty
	}
	if app.Outside != "" {
		return fmt.Sprintf("%s is outside this library: I hold no law on it, nor on who hears complaints about it, and do not guess. Ask the plan for its own rules on who may bill, in writing.", app.Outside)
	}
	switch found.Declined {
	case retrieval.OtherLanguage:
		return sayLanguage
	case retrieval.OffTopic:
		return sayTopic
	case retrieval.OtherProfession:
		return fmt.Sprintf("That asks about another profession (%s). This library is about massage therapists and does not answer for others.", found.Reading.Profession)
	case retrieval.NothingNear:
		return sayNothing
	}
	return ""
}

// notHeld is the guide that names what is asked for as something the library
// has nothing on; nil where the best source is another.
func (a *Assistant) notHeld(found retrieval.Found) *corpus.Source {
	if best := a.order(found); len(best) > 0 && best[0].Source.Status == corpus.NotHeld {
		return best[0].Source
	}
	return nil
}

// heldMost and meantMost are how much of a question that a source lists has to
// stand in the one asked, and how near it has to be in meaning, for the
// question to be answered though most of its own words are in no source. Set on
// the open questions of evals/golden: of those to be declined that have a word
// of this field the nearest has .60 and .70, or .73 and .57.
const (
	heldMost  = 0.62
	meantMost = 0.65
)

// asksListed reports whether a question that was declined for its words alone,
// and has a word of this field, holds most of one that one of its three best
// sources lists, in words and in meaning: people put much beside what they ask.
func (a *Assistant) asksListed(found retrieval.Found) bool {
	r := found.Reading
	if found.Declined != retrieval.OffTopic && found.Declined != retrieval.NothingNear || r.Topicality == 0 {
		return false
	}
	hits := a.order(found)
	return slices.ContainsFunc(hits[:min(3, len(hits))], func(h retrieval.Hit) bool {
		if r.Outside != "" { // "election" may be a church's, but seldom is
			return a.listsIt(h, r)
		}
		return h.Source.Status != corpus.NotHeld && h.Cosine >= meantMost && a.holds(h.Source.ID, r) >= heldMost
	})
}

// namedNear and namedMeant are how near a question has to be, in words or in
// meaning, to one that a guide of status not-held lists: a word that both have
// says nothing yet. Set on the open questions of evals/golden.
const (
	namedNear  = 0.30
	namedMeant = 0.45
	// Where the question is surely of this field, at sureOurs or above:
	sureOurs  = 3
	sureNear  = 0.45
	sureMeant = 0.65
)

// besideIt reports whether a hit names things that the library has nothing on,
// and the question asks for none of them.
func (a *Assistant) besideIt(h retrieval.Hit, r retrieval.Reading) bool {
	if h.Source.Status != corpus.NotHeld || h.Cited {
		return false
	}
	near, _ := a.nearest(h.Source, r)
	if r.Topicality >= sureOurs {
		return near < sureNear && h.Cosine < sureMeant
	}
	return near < namedNear && h.Cosine < namedMeant
}

// worthNear and worthMeant are how near a listed question has to be, in words
// or in meaning, for its source to be named where nothing answers.
const (
	worthNear  = 0.35
	worthMeant = 0.75
)

// decline makes ans say that it does not know, with the nearest sources.
func (a *Assistant) decline(ans *Answer, found retrieval.Found, app coverage.Applicability, why string) {
	ans.Abstained = true
	ans.Claims = []Claim{}
	ans.Citations = []Citation{}
	ans.Applicability = app.About(nil)
	ans.Warnings = append(ans.Warnings, why)
	if app.Outside != "" || slices.Contains([]retrieval.Reason{retrieval.Empty, retrieval.OtherLanguage, retrieval.OffTopic}, found.Declined) {
		return // what is near is about something else
	}
	for _, h := range found.Hits {
		if near, _ := a.nearest(h.Source, found.Reading); near < worthNear && h.Cosine < worthMeant && !h.Cited {
			continue
		}
		if len(ans.Nearest) < 3 && !h.Source.Cite.IsZero() && h.Source.Status != corpus.NotHeld {
			ans.Nearest = append(ans.Nearest, Nearest{h.Source.Cite.At(h.Pin).String(), h.Source.Title, h.Source.URL})
		}
	}
}

// readings says how slips of spelling were read, in the person's own words:
// for the person alone, never for a receipt.
func readings(found retrieval.Found) []string {
	var out []string
	for _, slip := range slices.Sorted(maps.Keys(found.Reading.Corrected)) {
		out = append(out, fmt.Sprintf("I read %q as %q.", slip, found.Reading.Corrected[slip]))
	}
	return out
}

// elsewhereNote is what the reader should know of the law of a state that is
// not Washington: that no more of it was verified.
func (a *Assistant) elsewhereNote(ans *Answer, facts coverage.Facts) []string {
	st := facts["state"]
	if st == "" || st == "WA" {
		return nil
	}
	name := a.Rules.Label("state", st)
	if st == "other" {
		name = "that state"
	}
	spoken := slices.ContainsFunc(ans.Claims, func(c Claim) bool { return strings.Contains(c.Text, name) })
	if spoken || slices.ContainsFunc(ans.Citations, func(c Citation) bool { return c.Jurisdiction == st }) {
		return []string{fmt.Sprintf("Of the law of %s no more than is cited here was verified. Its insurance department and massage board can say what else it holds.", name)}
	}
	return []string{fmt.Sprintf("The law of %s is not verified in this library. Its insurance department and massage board can say what it holds.", name)}
}

// unheld names what the question cites that the library does not have and
// that d does not speak of, so that nobody takes the answer to be about it:
// for the person alone, never for a receipt. A number that can be a postal
// code is named only beside a word of billing.
func (a *Assistant) unheld(r retrieval.Reading, d *draft) []string {
	billing := shared(askedWords(r), contentWords("cpt code billing")) > 0
	var out []string
	for _, c := range r.Citations {
		s, _ := a.Catalog.Resolve(c.Base())
		spoken := slices.ContainsFunc(d.points, func(p point) bool { return strings.Contains(p.say, c.Number) })
		if s == nil && !spoken && (c.System != citation.CPT || billing) {
			out = append(out, fmt.Sprintf("%s is not in this library, so nothing above is about it.", c.Base()))
		}
	}
	return out
}
