package local

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/everycategory/advocate/retrieval"
)

// A weighted is a term of the question that some section holds, with its
// weight times its idf times k1+1.
type weighted struct {
	term   uint32
	weight float32
}

// searchWords ranks the sections in s.allowed by BM25.
func (m *memory) searchWords(ctx context.Context, q retrieval.Query, s *scratch) ([]retrieval.SectionHit, error) {
	query := m.words.weigh(q.Terms)
	first, found := s.allowed.NextSet(0)
	last, _ := s.allowed.PreviousSet(s.allowed.Len() - 1)
	if len(query) == 0 || !found {
		return nil, nil
	}
	if n := len(m.sections); len(s.scores) < n {
		s.scores = make([]float32, n+n/8)
	}
	allowed := s.allowed.Words()
	for _, t := range query {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m.words.score(t, allowed, uint32(first), uint32(last), s.scores)
	}
	best := newTop(m, q.Limit)
	for n := range members(&s.allowed) {
		if score := s.scores[n]; score > 0 {
			best.offer(ranked{section: n, score: score})
			s.scores[n] = 0
		}
	}
	hits := make([]retrieval.SectionHit, 0, len(best.heap))
	for _, r := range best.best() {
		source, err := m.sections[r.section].source()
		if err != nil {
			return nil, fmt.Errorf("local: search: %w", err)
		}
		hits = append(hits, retrieval.SectionHit{Source: source, Score: r.score,
			Passages: m.words.scorePassages(query, r.section)})
	}
	return hits, nil
}

// weigh looks up the terms that sections hold, leaving out the others.
func (w *words) weigh(terms []retrieval.Term) []weighted {
	var out []weighted
	for _, t := range terms {
		n, ok := w.terms.ids[t.Token]
		if !ok || w.holders[n] == 0 || !(t.Weight > 0) { // not NaN either
			continue
		}
		out = append(out, weighted{n, float32(float64(t.Weight) * w.idf(w.holders[n]) * (k1 + 1))})
	}
	return out
}

// score adds what t contributes to the scores of the allowed sections, all
// of which lie from first to last.
func (w *words) score(t weighted, allowed []uint64, first, last uint32, scores []float32) {
	norm := newNorm(w.total, w.sections)
	list := w.postings[t.term]
	from, _ := slices.BinarySearchFunc(list, first, func(p posting, n uint32) int { return cmp.Compare(p.section, n) })
	for _, p := range list[from:] {
		if p.section > last {
			break
		}
		if allowed[p.section/64]>>(p.section%64)&1 != 0 {
			scores[p.section] += t.weight * norm.saturate(p.n, w.lengths[p.section])
		}
	}
}

// scorePassages ranks those passages of a section that hold any of the terms.
func (w *words) scorePassages(query []weighted, section uint32) []retrieval.PassageHit {
	norm := newNorm(w.total, w.passages)
	var hits []retrieval.PassageHit
	for i, p := range w.forward[section] {
		var score float32
		for _, t := range query {
			at, ok := slices.BinarySearchFunc(p.counts, t.term, func(c count, term uint32) int { return cmp.Compare(c.term, term) })
			if ok {
				score += t.weight * norm.saturate(p.counts[at].n, float32(p.length))
			}
		}
		if score > 0 {
			hits = append(hits, retrieval.PassageHit{Passage: i, Score: score})
		}
	}
	slices.SortStableFunc(hits, func(a, b retrieval.PassageHit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// A norm is BM25's length normalisation: fixed + perWord times the length.
type norm struct{ fixed, perWord float32 }

func newNorm(words float64, units int) norm {
	mean := words / float64(units)
	return norm{k1 * (1 - lengthShare), float32(k1 * lengthShare / mean)}
}

// saturate is the weight of n occurrences in a text of so many words.
func (f norm) saturate(n uint32, words float32) float32 {
	tf := float32(n)
	return tf / (tf + f.fixed + f.perWord*words)
}
