package retrievaltest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

const (
	BenchDim   = 384 // how many numbers a vector has
	BenchLimit = 10  // how many passages a question asks for
)

// BenchData are passages and questions to time an index with, the same for
// every index. Each passage is a section of its own: the most sections for
// the size. Texts are 60 words drawn from 20,000 by Zipf's law, questions 5
// words drawn the same way.
type BenchData struct {
	Texts     []string
	Scopes    []int         // N for the scope tN; a tenth of the passages each
	Rows      []float32     // vectors of length 1, one after the other
	Gathered  [10][]float32 // the same, by scope
	Questions []BenchQuestion
}

// A BenchQuestion asks within one scope.
type BenchQuestion struct {
	Words  []string
	Scope  int
	Vector []float32
}

// NewBenchData makes n passages and 32 questions, always the same for n.
func NewBenchData(n int) *BenchData {
	r := rand.New(rand.NewPCG(7, 8))
	zipf := rand.NewZipf(r, 1.1, 3, 20_000)
	text := func(words int) []string {
		out := make([]string, words)
		for i := range out {
			out[i] = fmt.Sprintf("w%dx", zipf.Uint64())
		}
		return out
	}
	vector := func() []float32 {
		v := make([]float32, BenchDim)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		v, _ = retrieval.AppendUnit(nil, v)
		return v
	}
	d := &BenchData{}
	for range n {
		d.Texts = append(d.Texts, strings.Join(text(60), " "))
		d.Scopes = append(d.Scopes, r.IntN(10))
		v, scope := vector(), d.Scopes[len(d.Scopes)-1]
		d.Rows = append(d.Rows, v...)
		d.Gathered[scope] = append(d.Gathered[scope], v...)
	}
	for len(d.Questions) < 32 {
		d.Questions = append(d.Questions, BenchQuestion{text(5), r.IntN(10), vector()})
	}
	return d
}

// Documents are the passages to put, each with its vector.
func (d *BenchData) Documents() (docs []retrieval.Document) {
	for i, text := range d.Texts {
		s := &corpus.Source{ID: fmt.Sprintf("s%06d", i), Scope: fmt.Sprint("t", d.Scopes[i]),
			Kind: corpus.Guide, Jurisdiction: "any", Form: corpus.Digest}
		s.Passages = []corpus.Passage{{Pin: citation.Pinpoint("(" + text + ")"), Text: text}}
		docs = append(docs, retrieval.Document{Source: s, Vectors: [][]float32{d.Rows[i*BenchDim : (i+1)*BenchDim]}})
	}
	return docs
}

// ByWords is q without its vector.
func (q BenchQuestion) ByWords() BenchQuestion { return BenchQuestion{Words: q.Words, Scope: q.Scope} }

// ByVector is q without its words.
func (q BenchQuestion) ByVector() BenchQuestion {
	return BenchQuestion{Vector: q.Vector, Scope: q.Scope}
}

// Query asks for BenchLimit passages, by what q holds.
func (q BenchQuestion) Query() retrieval.Query {
	query := retrieval.Query{Vector: q.Vector, Limit: BenchLimit, Filter: retrieval.Filter{Scopes: []string{fmt.Sprint("t", q.Scope)}}}
	for _, w := range q.Words {
		query.Terms = append(query.Terms, retrieval.Term{Token: w, Weight: 1})
	}
	return query
}
