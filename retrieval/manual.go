package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
)

// A ManualHit is the passage of an added document that explains most of a
// question.
type ManualHit struct {
	Hit
	// Share is how much of the question's weight stands in this one
	// passage, 0 to 1; Found.Share says the same of the law's nearest
	// sections.
	Share float32
	// Words are how many different words of the question stand there.
	Words int
}

// mostManuals is how many added documents are looked into.
const mostManuals = 8

// Manuals finds the best passage of each added document, best first. Its
// documents are long, and so are searched apart: in Find one of them would
// hold nearly every word of any question. Ranking is BM25 over the passages
// of one document, for a word that is rare in the law may stand on every
// page of a manual.
func (r *Retriever) Manuals(ctx context.Context, q Question, reading Reading) ([]ManualHit, error) {
	if len(reading.Terms) == 0 {
		return nil, nil
	}
	res, err := r.Index.Search(ctx, Query{Terms: reading.Terms, Limit: mostManuals,
		Filter: Filter{Scopes: q.Scopes, Jurisdictions: jurisdictions(q.States, reading.Citations), Kinds: []corpus.Kind{corpus.Manual}}})
	if err != nil || len(res.Words) == 0 {
		return nil, err
	}
	tokens := make([]string, len(reading.Terms))
	for i, t := range reading.Terms {
		tokens[i] = t.Token
	}
	idf, _, err := r.Index.Idf(ctx, tokens)
	if err != nil {
		return nil, err
	}
	var out []ManualHit
	for _, w := range res.Words {
		p := r.pages(w.Source)
		best, score := p.best(reading.Terms)
		h := ManualHit{Hit: Hit{Source: w.Source, Pin: w.Source.Passages[best].Pin, Score: score}}
		var all, got float32
		for i, t := range reading.Terms {
			weight := t.Weight * idf[i]
			own := i < len(reading.own)
			if own {
				all += weight
			}
			if p.counts[best][t.Token] > 0 {
				got += weight
				if own {
					h.Words++
				}
			}
		}
		if all > 0 {
			h.Share = min(1, got/all)
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b ManualHit) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(b.Score, a.Score), strings.Compare(a.Source.ID, b.Source.ID))
	})
	return out, nil
}

// pages are the words of a long document, passage by passage.
type pages struct {
	source  *corpus.Source
	counts  []map[string]int
	lengths []int
	mean    float64
	holders map[string]int // passages that hold a word
}

// pages counts a document's words, once for each document.
func (r *Retriever) pages(s *corpus.Source) *pages {
	if p, ok := r.manuals.Load(keyOf(s)); ok && p.(*pages).source == s {
		return p.(*pages)
	}
	p := &pages{source: s, holders: map[string]int{}}
	total := 0
	for i := range s.Passages {
		counts := map[string]int{}
		tokens := IndexTokens(s, i)
		for _, t := range tokens {
			if counts[t]++; counts[t] == 1 {
				p.holders[t]++
			}
		}
		p.counts = append(p.counts, counts)
		p.lengths = append(p.lengths, len(tokens))
		total += len(tokens)
	}
	p.mean = float64(total) / float64(max(1, len(s.Passages)))
	r.manuals.Store(keyOf(s), p)
	return p
}

// best is the passage with the highest BM25 score (k1 1.2, b 0.75), the
// first of equals.
func (p *pages) best(terms []Term) (at int, score float32) {
	n := float64(len(p.counts))
	for i, counts := range p.counts {
		var sum float64
		for _, t := range terms {
			tf := float64(counts[t.Token])
			if tf == 0 {
				continue
			}
			df := float64(p.holders[t.Token])
			idf := math.Log(1 + (n-df+0.5)/(df+0.5))
			sum += float64(t.Weight) * idf * tf * 2.2 / (tf + 1.2*(0.25+0.75*float64(p.lengths[i])/p.mean))
		}
		if float32(sum) > score {
			at, score = i, float32(sum)
		}
	}
	return at, score
}
