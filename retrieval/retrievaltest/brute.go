package retrievaltest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// brute is the contract in its plainest form: every question reads every
// document. Other indexes are measured against it.
type brute struct {
	mu     sync.Mutex
	docs   []held // by id, then scope
	closed bool
}

// held is a document with its words, by passage and together.
type held struct {
	retrieval.Document
	passages []bag
	words    bag
}

// A bag is how often each word occurs in a text, and how many there are.
type bag struct {
	n   map[string]float64
	all float64
}

func (b *bag) add(words []string) {
	if b.n == nil {
		b.n = map[string]float64{}
	}
	for _, w := range words {
		b.n[w]++
		b.all++
	}
}

func hold(d retrieval.Document) held {
	h := held{Document: d}
	for i := range retrieval.Pieces(d.Source) {
		words := retrieval.IndexTokens(d.Source, i)
		var p bag
		p.add(words)
		h.passages = append(h.passages, p)
		h.words.add(words)
	}
	return h
}

// New returns an empty index that is the contract in its plainest form:
// every question reads every document. Tests measure others against it.
func New() retrieval.Index { return new(brute) }

func (b *brute) enter(ctx context.Context) (leave func(), err error) {
	b.mu.Lock()
	if err = ctx.Err(); err == nil && b.closed {
		err = retrieval.ErrClosed
	}
	if err != nil {
		b.mu.Unlock()
		return nil, err
	}
	return b.mu.Unlock, nil
}

func same(a, b *corpus.Source) bool { return a.ID == b.ID && a.Scope == b.Scope }

func (b *brute) Put(ctx context.Context, docs []retrieval.Document) error {
	leave, err := b.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	var all []held
	for i, d := range docs {
		if d.Source == nil || d.Source.ID == "" || d.Source.Scope == "" {
			return errors.New("no source, id or scope")
		}
		if slices.ContainsFunc(docs[:i], func(o retrieval.Document) bool { return same(o.Source, d.Source) }) {
			return errors.New("twice")
		}
		if d.Vectors != nil && len(d.Vectors) != len(d.Source.Passages) {
			return retrieval.ErrDimension
		}
		for _, v := range d.Vectors {
			if l := norm(v); math.IsNaN(l) || math.IsInf(l, 0) {
				return errors.New("not finite")
			}
		}
		all = append(all, hold(d))
	}
	for _, d := range b.docs {
		if !slices.ContainsFunc(docs, func(o retrieval.Document) bool { return same(o.Source, d.Source) }) {
			all = append(all, d)
		}
	}
	dim := dimension(all)
	if embedder, mixed := embedderOf(all); mixed {
		return fmt.Errorf("%w: not all by %q", retrieval.ErrEmbedder, embedder)
	}
	for _, d := range all {
		for _, v := range d.Vectors {
			if len(v) != dim || dim == 0 {
				return retrieval.ErrDimension
			}
		}
	}
	slices.SortFunc(all, func(a, b held) int {
		return cmp.Or(strings.Compare(a.Source.ID, b.Source.ID), strings.Compare(a.Source.Scope, b.Source.Scope))
	})
	b.docs = all
	return nil
}

func (b *brute) Delete(ctx context.Context, scope string, ids []string) error {
	leave, err := b.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if scope == "" {
		return retrieval.ErrNoScope
	}
	b.docs = slices.DeleteFunc(slices.Clone(b.docs), func(d held) bool {
		return d.Source.Scope == scope && slices.Contains(ids, d.Source.ID)
	})
	return nil
}

func (b *brute) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	leave, err := b.enter(ctx)
	if err != nil {
		return retrieval.Results{}, err
	}
	defer leave()
	if len(q.Filter.Scopes) == 0 {
		return retrieval.Results{}, retrieval.ErrNoScope
	}
	if q.Limit < 1 {
		return retrieval.Results{}, fmt.Errorf("limit is %d", q.Limit)
	}
	if dim := dimension(b.docs); len(q.Vector) > 0 && dim > 0 && len(q.Vector) != dim {
		return retrieval.Results{}, retrieval.ErrDimension
	}
	if by, _ := embedderOf(b.docs); len(q.Vector) > 0 && by != "" && q.Embedder != "" && q.Embedder != by {
		return retrieval.Results{}, retrieval.ErrEmbedder
	}
	res := retrieval.Results{Words: b.words(q), Vectors: b.vectors(q)}
	res.Words = res.Words[:min(q.Limit, len(res.Words))]
	res.Vectors = res.Vectors[:min(q.Limit, len(res.Vectors))]
	return res, nil
}

func (b *brute) list(ctx context.Context, f retrieval.Filter, keep func(*corpus.Source) bool) ([]*corpus.Source, error) {
	leave, err := b.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if len(f.Scopes) == 0 {
		return nil, retrieval.ErrNoScope
	}
	var out []*corpus.Source
	for _, d := range b.docs {
		if passes(f, d.Source) && keep(d.Source) {
			out = append(out, d.Source)
		}
	}
	return out, nil
}

func (b *brute) Lookup(ctx context.Context, c citation.Citation, f retrieval.Filter) ([]*corpus.Source, error) {
	return b.list(ctx, f, func(s *corpus.Source) bool { return slices.Contains(s.Carried(), c.Base()) })
}

func (b *brute) Sources(ctx context.Context, f retrieval.Filter) ([]*corpus.Source, error) {
	return b.list(ctx, f, func(*corpus.Source) bool { return true })
}

func (b *brute) Idf(ctx context.Context, tokens []string) ([]float32, []bool, error) {
	leave, err := b.enter(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer leave()
	idf, known := make([]float32, len(tokens)), make([]bool, len(tokens))
	for i, t := range tokens {
		idf[i], known[i] = float32(b.idf(t)), b.holders(t) > 0
	}
	return idf, known, nil
}

func (b *brute) Info(ctx context.Context) (retrieval.Info, error) {
	leave, err := b.enter(ctx)
	if err != nil {
		return retrieval.Info{}, err
	}
	defer leave()
	info := retrieval.Info{Sources: len(b.docs), Dimension: dimension(b.docs)}
	info.Embedder, _ = embedderOf(b.docs)
	h := sha256.New()
	for _, d := range b.docs {
		info.Passages += len(d.Source.Passages)
		json.NewEncoder(h).Encode(d.Document)
	}
	info.Revision = hex.EncodeToString(h.Sum(nil))
	return info, nil
}

func dimension(docs []held) int {
	for _, d := range docs {
		for _, v := range d.Vectors {
			return len(v)
		}
	}
	return 0
}

// embedderOf is the one that made the vectors, and whether others did too.
func embedderOf(docs []held) (embedder string, mixed bool) {
	any := false
	for _, d := range docs {
		if len(d.Vectors) > 0 {
			mixed = mixed || any && d.Embedder != embedder
			embedder, any = d.Embedder, true
		}
	}
	return embedder, mixed
}

func (b *brute) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return nil
}
