package main

import (
	"context"
	"iter"
	"math"
	"slices"
	"strings"
)

// exact is no rival: it computes every score, and grades what others find.
func exact() engine {
	return engine{name: "exact", words: true, near: true,
		fill: func(context.Context, string, iter.Seq[passage]) error { return nil }}
}

// An oracle holds all passages.
type oracle struct {
	all []passage
	has []map[string]int // how often each word stands in each
	df  map[string]int
}

func newOracle(all iter.Seq[passage]) *oracle {
	o := &oracle{df: map[string]int{}}
	for p := range all {
		has := map[string]int{}
		for w := range strings.FieldsSeq(p.text) {
			has[w]++
		}
		for w := range has {
			o.df[w]++
		}
		o.all, o.has = append(o.all, p), append(o.has, has)
	}
	return o
}

// byWords are the BM25 scores of all passages of q's scope that hold a word:
// k1 1.2, b .75, Lucene's idf. All texts are of the same length.
func (o *oracle) byWords(q question) map[int]float64 {
	const k1 = 1.2
	out := map[int]float64{}
	for i, has := range o.has {
		if q.scope != everywhere && o.all[i].scope != q.scope {
			continue
		}
		score := 0.0
		for _, w := range q.words {
			if tf := float64(has[w]); tf > 0 {
				n, df := float64(len(o.all)), float64(o.df[w])
				score += math.Log(1+(n-df+.5)/(df+.5)) * tf * (k1 + 1) / (tf + k1)
			}
		}
		if score > 0 {
			out[i] = score
		}
	}
	return out
}

// byVector are the cosines.
func (o *oracle) byVector(q question) map[int]float64 {
	out := map[int]float64{}
	for i, p := range o.all {
		if q.scope != everywhere && p.scope != q.scope {
			continue
		}
		dot := 0.0
		for j, x := range p.vector {
			dot += float64(x) * float64(q.vector[j])
		}
		out[i] = dot
	}
	return out
}

// grade says how many of the hits are among the best by exact scores, of how
// many there are to find. A tie with the last of the best counts as among
// them; a hit given twice, or not under the filter, counts as none.
func grade(scores map[int]float64, hits []int) (right, of int) {
	const tie = 1e-5 // 32-bit floats
	best := make([]float64, 0, len(scores))
	for _, s := range scores {
		best = append(best, s)
	}
	slices.Sort(best)
	slices.Reverse(best)
	of = min(limit, len(best))
	if of == 0 {
		return 0, 0
	}
	seen := map[int]bool{}
	for _, id := range hits {
		if s, ok := scores[id]; ok && !seen[id] && s >= best[of-1]-tie {
			right++
		}
		seen[id] = true
	}
	return min(right, of), of
}

// under says how many of the hits are under q's filter.
func (o *oracle) under(q question, hits []int) (n int) {
	for _, id := range hits {
		if id >= 0 && id < len(o.all) && (q.scope == everywhere || o.all[id].scope == q.scope) {
			n++
		}
	}
	return n
}
