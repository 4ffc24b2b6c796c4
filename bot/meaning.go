package bot

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/viterin/vek/vek32"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

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
	return best, top > here+clearlyNearer && best.pin != pin
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
