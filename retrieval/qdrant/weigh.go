package qdrant

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// BM25's parameters, as retrieval.SectionHit fixes them.
const (
	k1          = 1.2
	lengthShare = 0.75 // usually called b
)

// A bag is how often each word occurs in a text, and how many there are.
type bag struct {
	n   map[string]int
	all int
}

func (b *bag) add(tokens []string) {
	if b.n == nil {
		b.n = make(map[string]int, len(tokens))
	}
	for _, t := range tokens {
		b.n[t]++
	}
	b.all += len(tokens)
}

// bags are a source's words, by piece and together.
type bags struct {
	pieces []bag
	whole  bag
}

func bagsOf(s *corpus.Source) bags {
	b := bags{pieces: make([]bag, retrieval.Pieces(s))}
	for i := range b.pieces {
		tokens := retrieval.IndexTokens(s, i)
		b.pieces[i].add(tokens)
		b.whole.add(tokens)
	}
	return b
}

// slot is a word's place in sparse vectors. Two words may share one: that
// makes candidates of sources that are none, and no score wrong, for every
// candidate is scored by its words.
func slot(token string) uint32 {
	h := sha256.Sum256([]byte(token))
	return binary.BigEndian.Uint32(h[:])
}

// A norm is BM25's length normalisation where texts have a mean of words:
// fixed + perWord times the length. All is in 32 bits and in the order of
// the embedded index: the scores are the same to the last bit.
type norm struct{ fixed, perWord float32 }

func newNorm(mean float64) norm {
	return norm{k1 * (1 - lengthShare), float32(k1 * lengthShare / mean)}
}

// saturate is the weight of n occurrences in a text of so many words.
func (f norm) saturate(n, words int) float32 {
	tf := float32(n)
	return tf / (tf + f.fixed + f.perWord*float32(words))
}

// vector is the bag as a sparse vector: the part of BM25 that is a
// document's, under a fixed mean. The question has the other, idf and k1+1.
func (b *bag) vector(mean float64) (at []uint32, values []float32) {
	norm := newNorm(mean)
	weights := make(map[uint32]float32, len(b.n))
	for t, n := range b.n {
		weights[slot(t)] += norm.saturate(n, b.all)
	}
	return laid(weights)
}

// A weighted is a word of the question that some source holds, with its
// weight times its idf times k1+1.
type weighted struct {
	token  string
	weight float32
}

// weigh looks up the words that sources hold, leaving out the others.
func (s *statistics) weigh(terms []retrieval.Term) []weighted {
	var out []weighted
	for _, t := range terms {
		n := s.holders[t.Token]
		if n == 0 || !(t.Weight > 0) { // not NaN either
			continue
		}
		out = append(out, weighted{t.Token, float32(float64(t.Weight) * s.idf(n) * (k1 + 1))})
	}
	return out
}

// idf is Lucene's for a word that n of all sources hold.
func (s *statistics) idf(n int) float64 {
	held := float64(n)
	return math.Log(1 + (float64(s.Sources)-held+0.5)/(held+0.5))
}

// sparse is the question's part of BM25.
func sparse(query []weighted) (at []uint32, values []float32) {
	weights := map[uint32]float32{}
	for _, w := range query {
		weights[slot(w.token)] += w.weight
	}
	return laid(weights)
}

// laid are weights in the order of their slots.
func laid(weights map[uint32]float32) (at []uint32, values []float32) {
	at = slices.Sorted(maps.Keys(weights))
	for _, s := range at {
		values = append(values, weights[s])
	}
	return at, values
}

// score is the BM25 score of a text.
func (b *bag) score(query []weighted, norm norm) float32 {
	var score float32
	for _, w := range query {
		if n := b.n[w.token]; n > 0 {
			score += w.weight * norm.saturate(n, b.all)
		}
	}
	return score
}
