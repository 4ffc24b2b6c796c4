package local

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bits-and-blooms/bitset"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// view gives memory to one reader, who must call done. It has noticed what
// other processes wrote.
func (x *Index) view(ctx context.Context) (m *memory, done func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := x.refresh(ctx); err != nil {
		return nil, nil, err
	}
	x.mu.RLock()
	switch {
	case x.memory == nil:
		err = retrieval.ErrClosed
	case x.failed != nil:
		err = x.failed
	default:
		return x.memory, x.mu.RUnlock, nil
	}
	x.mu.RUnlock()
	return nil, nil, err
}

// scratch is what a search needs and gives back.
type scratch struct {
	allowed bitset.BitSet
	scores  []float32 // by section; all zero between searches
}

// Search implements retrieval.Index. Limit must be positive. A term whose
// weight is not is left out; of equal terms the weights add up. A section
// without a passage is found by no search. The cosine of a vector is
// exact: every row that the filter lets through is looked at.
func (x *Index) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	m, done, err := x.view(ctx)
	if err != nil {
		return retrieval.Results{}, err
	}
	defer done()
	if q.Limit <= 0 {
		return retrieval.Results{}, fmt.Errorf("local: search: limit is %d; want at least 1", q.Limit)
	}
	s, ok := x.scratch.Get().(*scratch)
	if !ok {
		s = new(scratch)
	}
	if err := m.allowed(q.Filter, &s.allowed); err != nil {
		return retrieval.Results{}, err
	}
	var res retrieval.Results
	if res.Words, err = m.searchWords(ctx, q, s); err != nil {
		return retrieval.Results{}, err // s is not given back: its scores are not zero
	}
	if res.Vectors, err = m.searchVectors(ctx, q, s); err != nil {
		return retrieval.Results{}, err
	}
	x.scratch.Put(s)
	return res, nil
}

// Lookup implements retrieval.Index. The zero citation is carried by none.
func (x *Index) Lookup(ctx context.Context, cite citation.Citation, f retrieval.Filter) ([]*corpus.Source, error) {
	return x.list(ctx, f, func(m *memory, allowed *bitset.BitSet) {
		carriers := new(bitset.BitSet)
		for _, n := range m.cites[cite.Base()] {
			carriers.Set(uint(n))
		}
		allowed.InPlaceIntersection(carriers)
	})
}

// Sources implements retrieval.Index.
func (x *Index) Sources(ctx context.Context, f retrieval.Filter) ([]*corpus.Source, error) {
	return x.list(ctx, f, func(*memory, *bitset.BitSet) {})
}

// list returns the sources under f that narrow leaves, by id.
func (x *Index) list(ctx context.Context, f retrieval.Filter, narrow func(*memory, *bitset.BitSet)) ([]*corpus.Source, error) {
	m, done, err := x.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var allowed bitset.BitSet
	if err := m.allowed(f, &allowed); err != nil {
		return nil, err
	}
	narrow(m, &allowed)
	var out []*corpus.Source
	for n := range members(&allowed) {
		s, err := m.sections[n].source()
		if err != nil {
			return nil, fmt.Errorf("local: %w", err)
		}
		out = append(out, s)
	}
	slices.SortFunc(out, byID)
	return out, nil
}

func byID(a, b *corpus.Source) int {
	if c := strings.Compare(a.ID, b.ID); c != 0 {
		return c
	}
	return strings.Compare(a.Scope, b.Scope)
}

// Idf implements retrieval.Index.
func (x *Index) Idf(ctx context.Context, tokens []string) (idf []float32, known []bool, err error) {
	m, done, err := x.view(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	idf, known = make([]float32, len(tokens)), make([]bool, len(tokens))
	for i, t := range tokens {
		var holders uint32
		if n, ok := m.words.terms.ids[t]; ok {
			holders = m.words.holders[n]
		}
		idf[i], known[i] = float32(m.words.idf(holders)), holders > 0
	}
	return idf, known, nil
}

// Info implements retrieval.Index. The revision is that of the content:
// equal contents have equal revisions, in other files too.
func (x *Index) Info(ctx context.Context) (retrieval.Info, error) {
	m, done, err := x.view(ctx)
	if err != nil {
		return retrieval.Info{}, err
	}
	defer done()
	return retrieval.Info{
		Sources: len(m.numbers), Passages: m.passages,
		Dimension: m.vectors.Dim, Embedder: m.vectors.Embedder, Revision: m.revision.String(),
	}, nil
}
