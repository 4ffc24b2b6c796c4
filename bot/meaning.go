package bot

import (
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// How a question that a source lists is weighed: by its cosine, by how much
// of what its words tell it shares, and a little more for a card. Below
// alikeCosine meaning decides nothing. Set on the open questions of
// evals/golden.
const (
	alikeCosine = 0.66
	wordsShare  = 0.25
	cardShare   = 0.03
	nearerBy    = 0.08
	sameCosine  = 0.90
	halfAsked   = 0.50 // nearness in words from which only sameCosine takes the first hit's place
)

// meantMore is the hit whose question is clearly nearer in meaning and words
// to what is asked than that of the first, which words alone put there; 0 if
// there is none.
func (a *Assistant) meantMore(hits []retrieval.Hit, r retrieval.Reading) int {
	if len(hits) < 2 || len(r.Citations) > 0 || hits[0].Cited {
		return 0
	}
	weigh := func(h retrieval.Hit) float32 {
		near, _ := a.nearest(h.Source, r)
		w := h.Cosine + wordsShare*near
		if a.Catalog.Card(h.Source.ID) != nil {
			w += cardShare
		}
		return w
	}
	least := float32(alikeCosine)
	if near, _ := a.nearest(hits[0].Source, r); near >= halfAsked {
		least = sameCosine
	}
	best, most := 0, weigh(hits[0])+nearerBy
	if hits[0].Source.Status == corpus.NotHeld {
		most += nearerBy // it says that it does not know
	}
	for i, h := range hits[1:] {
		if w := weigh(h); h.Cosine >= least && w > most {
			best, most = i+1, w
		}
	}
	return best
}
