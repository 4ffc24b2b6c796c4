package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/retrieval"
)

// factOutside names a program that the library holds no law on.
const factOutside = "outside"

// sentenceOurs is the topicality of a sentence that is asked though what stands
// beside it is of no source.
const sentenceOurs = 2

// mostSentences is how many are looked at: each costs a search.
const mostSentences = 8

// find is what is found for a text. Where the whole would be declined for its
// words alone, it is what is found for the first of its sentences that is of
// this field: people put much beside what they ask.
func (a *Assistant) find(ctx context.Context, r Request, facts coverage.Facts) (retrieval.Found, error) {
	q := a.question(r, facts, 10)
	whole, err := a.Retriever.Find(ctx, q)
	if err != nil || whole.Declined != retrieval.OffTopic && whole.Declined != retrieval.NothingNear {
		return whole, err
	}
	sentences := sentenceEnd.Split(q.Text, -1)
	if len(sentences) == 1 {
		return whole, nil
	}
	for _, s := range sentences[:min(mostSentences, len(sentences))] {
		if len(strings.Fields(s)) < 4 {
			continue
		}
		q.Text = s
		part, err := a.Retriever.Find(ctx, q)
		if err != nil {
			return whole, err
		}
		if part.Declined == "" && part.Reading.Topicality >= sentenceOurs && a.notHeld(part) == nil {
			return part, nil
		}
	}
	return whole, nil
}

// beside takes out of facts the program that the library holds no law on, and
// gives its name, where one of the sentences asks about another plan: what a
// program did is told there, and not asked. Else, and where the program was
// given and not read, the name is "".
func (a *Assistant) beside(r Request, facts coverage.Facts) string {
	program := facts[factOutside]
	if program == "" || a.Rules.Read(r.Text)[factOutside] != program || slices.Contains(r.Facts, factOutside+"="+program) {
		return ""
	}
	for _, s := range sentenceEnd.Split(r.Text, -1) {
		if read := a.Rules.Read(s); asksFirst.MatchString(s) && read["plan"] != "" && read[factOutside] == "" {
			delete(facts, factOutside)
			return a.Rules.Label(factOutside, program)
		}
	}
	return ""
}
