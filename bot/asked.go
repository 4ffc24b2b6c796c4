package bot

import (
	"math"
	"regexp"
	"slices"
	"sync"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// askings are the questions that the library's sources say they answer, and
// what each word of them tells. The zero value is ready for use.
type askings struct {
	once   sync.Once
	source map[string][]asking // by the source's id
	tells  map[string]float32  // a stem's weight: the fewer sources are asked for with it, the more
	most   float32             // weight of a stem that no question has
}

// An asking is one question.
type asking struct {
	words map[string]bool // of content
	rest  map[string]bool // those beside its citations
	cites []citation.Citation
}

func (q *askings) load(c *corpus.Catalog) {
	q.once.Do(func() {
		q.source, q.tells = map[string][]asking{}, map[string]float32{}
		for _, s := range c.Sources {
			all := map[string]bool{}
			for _, ask := range s.Asks {
				rest, cites := cutCitations(ask)
				k := asking{contentWords(ask), contentWords(rest), cites}
				q.source[s.ID] = append(q.source[s.ID], k)
				for w := range k.words {
					all[w] = true
				}
			}
			for w := range all {
				q.tells[w]++
			}
		}
		n := float64(len(q.source))
		// In steps of 1/1024 their sums are exact, in whatever order they are
		// added up: the same question has the same answer.
		weigh := func(sources float64) float32 { return float32(math.Round(1024*math.Log(1+n/sources)) / 1024) }
		for w, sources := range q.tells {
			q.tells[w] = weigh(float64(sources))
		}
		q.most = weigh(0.5)
	})
}

// weight is what words tell together.
func (q *askings) weight(words map[string]bool) float32 {
	var sum float32
	for w := range words {
		if t, ok := q.tells[w]; ok {
			sum += t
		} else {
			sum += q.most
		}
	}
	return sum
}

// askedWeight is the weight above which a term is one of the question's own
// words, and not a meaning that the thesaurus added.
const askedWeight = 0.6

// nearest is the question of those the source answers that is nearest to the
// one read, and how near: how much of what their words tell they share, 0 to
// 1 (Dice's coefficient, weighted). It has to cite what the question cites;
// citations themselves are no words. Without such a question it is -1.
func (a *Assistant) nearest(s *corpus.Source, r retrieval.Reading) (near float32, ask int) {
	q := &a.askings
	q.load(a.Catalog)
	asked := map[string]bool{}
	for _, t := range r.Terms {
		if t.Weight > askedWeight {
			asked[t.Token] = true
		}
	}
	whole := q.weight(asked)
	ask = -1
	for i, k := range q.source[s.ID] {
		words := k.words
		if len(r.Citations) > 0 {
			words = k.rest
		}
		if slices.ContainsFunc(r.Citations, func(want citation.Citation) bool { return !slices.Contains(k.cites, want.Base()) }) {
			continue
		}
		both := map[string]bool{}
		for w := range asked {
			if words[w] {
				both[w] = true
			}
		}
		if n := 2 * q.weight(both) / max(1, whole+q.weight(words)); n > near {
			near, ask = n, i
		}
	}
	return near, ask
}

// sameAsk is how much of what their words tell two questions share when one
// needs no asking after the other.
const sameAsk = 0.6

// aboutWashington matches a question about its law or programs.
var aboutWashington = regexp.MustCompile(`Washington|RCW|WAC|L&I|Apple Health|UMP`)

// further are the questions to ask next that are not the one asked, nor one
// that the topic answered already.
func (a *Assistant) further(followups []string, question string, answered []string, facts coverage.Facts) []string {
	a.askings.load(a.Catalog)
	asked := contentWords(question)
	return slices.DeleteFunc(slices.Clone(followups), func(next string) bool {
		words := contentWords(next)
		both := map[string]bool{}
		for w := range words {
			if asked[w] {
				both[w] = true
			}
		}
		same := func(ask string) bool { return termForm(ask) == termForm(next) }
		shared := 2 * a.askings.weight(both) / max(1, a.askings.weight(words)+a.askings.weight(asked))
		if st := facts["state"]; st != "" && st != "WA" && aboutWashington.MatchString(next) {
			return true
		}
		return shared >= sameAsk || slices.ContainsFunc(answered, same)
	})
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
