package bot

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/viterin/vek/vek32"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// The cosine from which two questions mean the same, and how much nearer than
// the first hit's another hit's question has to be to take its place. The
// nearness in words from which a question is surely one that a source lists,
// whatever it means. Set on the open questions of evals/golden.
const (
	alikeCosine  = 0.62
	nearerCosine = 0.10
	surelyAsked  = 0.60
)

// meantMore is the hit whose question means clearly more nearly what is asked
// than that of the first, which words alone put there; 0 if there is none.
func (a *Assistant) meantMore(hits []retrieval.Hit, r retrieval.Reading) int {
	if len(hits) < 2 || len(r.Citations) > 0 || hits[0].Cited {
		return 0
	}
	if near, _ := a.nearest(hits[0].Source, r); near >= surelyAsked {
		return 0
	}
	best := 0
	for i, h := range hits {
		if h.Cosine > hits[best].Cosine {
			best = i
		}
	}
	if hits[best].Cosine < alikeCosine || hits[best].Cosine < hits[0].Cosine+nearerCosine {
		return 0
	}
	return best
}

// meanings keeps the vectors of sources' sentences. The zero value is ready
// for use.
type meanings struct {
	sources sync.Map // *corpus.Source to []sentence
}

// A sentence is one of a source that may answer: its place and its vector.
type sentence struct {
	pin    citation.Pinpoint
	at     int // among the sentences of its passage
	vector []float32
}

// sentences are those of a source that may answer.
func (a *Assistant) sentences(s *corpus.Source) []sentence {
	if all, ok := a.meanings.sources.Load(s); ok {
		return all.([]sentence)
	}
	var all []sentence
	var texts []string
	for _, p := range s.Passages {
		if p.Pin == pinAsOf || p.Pin == pinDo {
			continue
		}
		for i, say := range p.Sentences() {
			all = append(all, sentence{pin: p.Pin, at: i})
			texts = append(texts, say)
		}
	}
	vectors, err := a.Retriever.Asks.Embed(context.Background(), texts...)
	if err != nil {
		return nil
	}
	for i := range all {
		all[i].vector = vectors[i]
	}
	a.meanings.sources.Store(s, all)
	return all
}

// clearlyNearer is how much nearer in meaning a sentence has to be than what
// words found, to be taken in its place.
const clearlyNearer = 0.06

// leastMeant is the cosine from which a sentence may answer a question.
const leastMeant = 0.40

// meant is the sentence of a source that is nearest in meaning to the
// question, where it is clearly nearer than all that stands at pin and in
// what the source begins with.
func (a *Assistant) meant(s *corpus.Source, pin citation.Pinpoint, question []float32) (best sentence, ok bool) {
	if a.Retriever.Asks == nil || question == nil || s.Kind == corpus.Manual {
		return sentence{}, false
	}
	var top, here float32
	for _, x := range a.sentences(s) {
		c := vek32.Dot(x.vector, question)
		if c > top {
			top, best = c, x
		}
		if x.pin == pin || x.pin == "" {
			here = max(here, c)
		}
	}
	return best, top > here+clearlyNearer && top > leastMeant && !silent(best.pin) && !remarks[best.pin]
}

// starts is the first sentence to show of a passage so that the one at best
// is understood: one that leans on what stands before it takes that along.
func starts(says []string, best int) int {
	for best > 0 && leansBack(says[best]) {
		best--
	}
	return best
}

func leansBack(say string) bool {
	return slices.Contains(leaning, opening(say)) || strings.HasPrefix(say, "The other ") || strings.HasPrefix(say, "The same ") || strings.HasPrefix(say, "Each ")
}
