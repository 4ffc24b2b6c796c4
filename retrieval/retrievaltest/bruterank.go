package retrievaltest

import (
	"cmp"
	"math"
	"slices"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// words ranks by the textbook formula, in 64 bits.
func (b *brute) words(q retrieval.Query) []retrieval.SectionHit {
	var total float64
	passages := 0
	for _, d := range b.docs {
		total += d.words.all
		passages += len(d.passages)
	}
	weigh := make([]float64, len(q.Terms))
	for i, t := range q.Terms {
		weigh[i] = float64(t.Weight) * b.idf(t.Token)
	}
	var hits []retrieval.SectionHit
	for _, d := range b.docs {
		if !passes(q.Filter, d.Source) {
			continue
		}
		hit := retrieval.SectionHit{Source: d.Source, Score: bm25(q.Terms, weigh, d.words, total/float64(len(b.docs)))}
		for i, p := range d.passages {
			if s := bm25(q.Terms, weigh, p, total/float64(passages)); s > 0 {
				hit.Passages = append(hit.Passages, retrieval.PassageHit{Passage: i, Score: s})
			}
		}
		slices.SortStableFunc(hit.Passages, func(a, b retrieval.PassageHit) int { return cmp.Compare(b.Score, a.Score) })
		if hit.Score > 0 {
			hits = append(hits, hit)
		}
	}
	slices.SortStableFunc(hits, func(a, b retrieval.SectionHit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// bm25 scores a text of which the terms weigh so much.
func bm25(terms []retrieval.Term, weigh []float64, text bag, mean float64) float32 {
	const k1, b = 1.2, 0.75
	var score float64
	for i, t := range terms {
		if tf := text.n[t.Token]; tf > 0 {
			score += weigh[i] * tf * (k1 + 1) / (tf + k1*(1-b+b*text.all/mean))
		}
	}
	return float32(score)
}

func (b *brute) idf(token string) float64 {
	n, all := float64(b.holders(token)), float64(len(b.docs))
	return math.Log(1 + (all-n+0.5)/(n+0.5))
}

func (b *brute) holders(token string) (n int) {
	for _, d := range b.docs {
		if d.words.n[token] > 0 {
			n++
		}
	}
	return n
}

// vectors ranks by the cosine, in 64 bits.
func (b *brute) vectors(q retrieval.Query) []retrieval.VectorHit {
	var hits []retrieval.VectorHit
	if len(q.Vector) == 0 || norm(q.Vector) == 0 {
		return nil
	}
	for _, d := range b.docs {
		for i, v := range d.Vectors {
			if norm(v) > 0 && passes(q.Filter, d.Source) {
				hits = append(hits, retrieval.VectorHit{Source: d.Source,
					PassageHit: retrieval.PassageHit{Passage: i, Score: float32(dot(v, q.Vector) / norm(v) / norm(q.Vector))}})
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b retrieval.VectorHit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

func dot(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func norm(v []float32) float64 { return math.Sqrt(dot(v, v)) }

func passes(f retrieval.Filter, s *corpus.Source) bool {
	return slices.Contains(f.Scopes, s.Scope) &&
		(len(f.Jurisdictions) == 0 || slices.Contains(f.Jurisdictions, s.Jurisdiction)) &&
		(len(f.Kinds) == 0 || slices.Contains(f.Kinds, s.Kind)) &&
		(len(f.Sources) == 0 || slices.Contains(f.Sources, s.ID))
}
