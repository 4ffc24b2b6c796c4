package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// branchAlso labels what answers the second question of two.
const branchAlso = "Also"

// maxSecond is how many sentences answer it.
const maxSecond = 2

// secondPart finds where a second question begins: behind a question mark, or
// behind "and" before a word that asks.
var secondPart = regexp.MustCompile(`(?i)(?:[?.!]\s+(?:and |also |or )?|,?\s+and (?:also )?|,?\s+also,? |,\s+)((?:how (?:long|many|much|often|do|can|should|fast|soon)|what|who|when|where|which|can (?:i|we|they|he|she|my|the|it)|do (?:i|we|they)|does|is (?:it|that|there|this|my|the)|are (?:they|there|we)|should (?:i|we)|must (?:i|we|they)|will (?:they|it|i)|may (?:i|we|they)|by when)\b.+)$`)

// leansBack matches a question that says "it" of what the first one named.
var leansBack = regexp.MustCompile(`(?i)\b(?:it|them|they|this|that|those|these|both|one|ones)\b`)

// asksFirst matches a text that begins as a question, or ends as one.
var asksFirst = regexp.MustCompile(`(?i)^\W*(?:(?:so|and|hi|hello|ok|also|please|quick question)[,:]? )*(?:what|whats|what's|how|who|when|where|which|why|can|could|do|does|did|is|are|was|should|must|may|will|would|if)\b|\?$`)

// about matches a first question that only says what the second one is about.
var about = regexp.MustCompile(`(?i)^\W*(?:(?:and|so) )?(?:what|how) about\b`)

// twoQuestions cuts a text before its second question; ok is false where
// there is one only.
func twoQuestions(text string) (first, second string, ok bool) {
	cut, next := -1, -1
	if m := secondPart.FindStringSubmatchIndex(text); m != nil {
		cut, next = m[0], m[2]
		if text[cut] == '?' {
			cut++
		}
	}
	if i := strings.Index(text, "? "); i >= 0 && (cut < 0 || i < cut) {
		cut, next = i+1, i+2
	}
	if cut < 0 {
		return "", "", false
	}
	first, second = strings.TrimSpace(text[:cut]), strings.TrimSpace(text[next:])
	return first, second, asksFirst.MatchString(first) && asksFirst.MatchString(second) && len(strings.Fields(first)) >= 3 && len(strings.Fields(second)) >= 3
}

// second adds what answers the second question of the text where the answer
// does not hold it; or, where it holds that only, puts what answers the first
// one before it.
func (a *Assistant) second(ctx context.Context, d *draft, r Request, k known) error {
	first, part, ok := twoQuestions(r.Text)
	if !ok || len(d.points) == 0 {
		return nil
	}
	leads, err := a.leadsOf(ctx, part, first, r, k, a.answersClearly)
	if err != nil {
		return err
	}
	if len(leads) > 0 && about.MatchString(first) && withoutVerdict(leads[0].say) == d.points[0].say {
		d.points[0].say = leads[0].say // it is what is asked
		return nil
	}
	if len(leads) > 0 && !d.says(leads[0].say) {
		for i := range leads {
			leads[i].branch = branchAlso
		}
		d.lead(leads, d.lastLead()+1)
		return nil
	}
	if about.MatchString(first) {
		return nil
	}
	if leads, err = a.leadsOf(ctx, first, "", r, k, a.listsIt); err == nil && len(leads) > 0 && !d.says(leads[0].say) {
		d.lead(leads[:1], 0)
	}
	return err
}

// leadsOf are the sentences that answer a part of a text first, where it is
// sure that a source answers it; before is what stood before it, for a part that leans
// on it.
func (a *Assistant) leadsOf(ctx context.Context, part, before string, r Request, k known, sure func(retrieval.Hit, retrieval.Reading) bool) ([]point, error) {
	texts := []string{part}
	if before != "" && leansBack.MatchString(part) {
		texts = append(texts, part+" "+before)
	}
	for _, text := range texts {
		q := a.question(r, k.facts, 10)
		q.Text = text
		found, err := a.Retriever.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		hits := a.byCode(part, a.order(found))
		if len(hits) == 0 || found.Declined != "" || !sure(hits[0], found.Reading) {
			continue
		}
		var leads []point
		for _, p := range a.compose(part, found, k).points {
			if p.part == Lead && p.branch == "" && len(leads) < maxSecond {
				leads = append(leads, p)
			}
		}
		return leads, nil
	}
	return nil, nil
}

// says reports whether the draft holds a sentence, a verdict before it or
// not, or the same one about another code.
func (d *draft) says(say string) bool {
	bare := func(s string) string { return fiveDigits.ReplaceAllString(withoutVerdict(s), "") }
	return slices.ContainsFunc(d.points, func(p point) bool { return bare(p.say) == bare(say) })
}

// lastLead is the place of the last point of the answer itself.
func (d *draft) lastLead() int {
	at := -1
	for i, p := range d.points {
		if p.part == Lead {
			at = i
		}
	}
	return at
}

// lead puts points into the draft at a place, each once.
func (d *draft) lead(points []point, at int) {
	points = slices.DeleteFunc(points, func(p point) bool { return d.says(p.say) })
	for _, p := range points {
		d.spoke = append(d.spoke, p.cites...)
	}
	d.points = slices.Insert(d.points, at, points...)
}

// clearlyNear and clearlyMeant are how near a listed question has to be, in
// words or in meaning, for a part of a text to be answered from it.
const (
	clearlyNear  = 0.55
	clearlyMeant = 0.74
)

// answersClearly reports whether a hit lists a question near to the one read,
// by its words or by its meaning.
func (a *Assistant) answersClearly(h retrieval.Hit, r retrieval.Reading) bool {
	near, _ := a.nearest(h.Source, r)
	return h.Source.Status != corpus.NotHeld && (near >= clearlyNear || h.Cosine >= clearlyMeant)
}

// listsIt reports whether a hit lists nearly the question that was read.
func (a *Assistant) listsIt(h retrieval.Hit, r retrieval.Reading) bool {
	near, _ := a.nearest(h.Source, r)
	return h.Source.Status != corpus.NotHeld && (near >= nearAsk || h.Cosine >= sameCosine)
}
