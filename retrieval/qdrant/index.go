// Package qdrant is the retrieval.Index for when one machine is not enough:
// a collection of a Qdrant server or cluster, reached over gRPC. It answers
// as the embedded index does, from the same BM25 and cosines.
//
// # What stands where
//
// One collection holds it all, under an alias which is the index's name. A
// source is one point: its JSON, and its words as a sparse vector of our own
// BM25 weights (Qdrant's idf is not used: it would be that of a shard, and
// could not be told apart from the rest of a score). A passage is one point
// with its dense vector. A word is one point that says how many sources hold
// it; one more has the totals; one says who may write. Ids are made from
// scope, source and passage, so that writing twice is writing once.
//
// Every search names its scopes in the filter that Qdrant evaluates; there
// is no way to ask without. Scope is indexed as the tenant, so that what
// belongs to one lies together; jurisdiction, kind, source, citation and
// date are indexed too.
//
// # What is promised
//
// Writers take turns by a lease in the collection, wherever they run. A Put
// or Delete returns once all its changes are applied (wait) on most replicas
// (a write consistency factor of n/2+1), in the order in which they were
// sent (ordering strong); where there are several replicas, reads go by most
// of them. So what Put returned nil for is found by every later search.
//
// What is refused is refused whole, before anything is written. A Put that
// breaks off in the middle (the connection, the server) has an error, and
// some of its documents may be there already, each of them whole once its
// section is: the same Put again is safe and completes it. Until then word
// statistics may be off; whoever writes next counts them anew.
//
// A write is never sent twice by this package. A read is, once, where the
// server was not there. Each request has a deadline of its own within the
// caller's.
package qdrant

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"

	api "github.com/qdrant/go-client/qdrant"
)

// Index is a retrieval.Index, safe for concurrent use.
type Index struct {
	Config
	*link
	cache    *cache
	changing gate // held by the one of this process that writes
	majority atomic.Bool
	known    atomic.Bool // the index was seen to be there
}

var (
	_ retrieval.Index  = (*Index)(nil)
	_ retrieval.Holder = (*Index)(nil)
)

// Open connects to the index. One that does not exist is empty; the first
// Put creates it. Base are the documents that ship with the program: Open
// brings those of the index up to date, and takes away those that no longer
// ship, so that every program of one version sees the same; those that are
// there in the same words keep their vectors. Nil leaves them
// as they are. Open fails with ErrAway, ErrSlow, ErrRefused, ErrOld,
// ErrForeign and ErrStale.
func Open(ctx context.Context, c Config, shipped []retrieval.Document) (*Index, error) {
	x, err := Connect(ctx, c)
	if err != nil {
		return nil, err
	}
	s, err := x.statistics(ctx, "open", nil)
	if err == nil && !s.missing {
		err = s.fresh(x.Name)
	}
	if err == nil && shipped != nil {
		err = x.ship(ctx, shipped)
	}
	if err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// Connect is Open without looking at what the index holds: Reindex makes
// anew also what another version filled.
func Connect(ctx context.Context, c Config) (*Index, error) {
	c = c.filled()
	if !nameForm.MatchString(c.Name) {
		return nil, fmt.Errorf("qdrant: open: %q is no name of an index", c.Name)
	}
	l, err := dial(c)
	if err != nil {
		return nil, err
	}
	c.Key = "" // the connection has it
	x := &Index{Config: c, link: l, cache: newCache(c.Cache), changing: make(gate, 1)}
	if err = x.greet(ctx); err == nil {
		_, err = x.resolve(ctx, "open")
	}
	if err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// table is the collection that the index's name stands for.
func (x *Index) table() table { return table{x.link, x.Name, x.majority.Load(), x.known.Load()} }

func (x *Index) statistics(ctx context.Context, op string, tokens []string) (*statistics, error) {
	s, err := x.table().statistics(ctx, op, tokens)
	if err == nil && !s.missing {
		x.known.Store(true)
	}
	return s, err
}

// ready is why nothing can be asked: the context is done, or the index
// closed.
func (x *Index) ready(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if x.closed.Load() {
		return retrieval.ErrClosed
	}
	return nil
}

// Close closes the connections. Closing twice is no error.
func (x *Index) Close() error { return x.close() }

// Sources implements retrieval.Index.
func (x *Index) Sources(ctx context.Context, f retrieval.Filter) ([]*corpus.Source, error) {
	return x.list(ctx, "sources", f)
}

// Lookup implements retrieval.Index.
func (x *Index) Lookup(ctx context.Context, cite citation.Citation, f retrieval.Filter) ([]*corpus.Source, error) {
	if cite.IsZero() {
		if err := x.ready(ctx); err != nil {
			return nil, err
		}
		_, err := under(aSection, f)
		return nil, err
	}
	return x.list(ctx, "lookup", f, api.NewMatch(fCites, citeKey(cite.Base())))
}

// list returns the sources under f and more, by id.
func (x *Index) list(ctx context.Context, op string, f retrieval.Filter, more ...*api.Condition) ([]*corpus.Source, error) {
	if err := x.ready(ctx); err != nil {
		return nil, err
	}
	filter, err := under(aSection, f)
	if err != nil {
		return nil, err
	}
	filter.Must = append(filter.Must, more...)
	t := x.table()
	heads, err := t.heads(ctx, op, filter)
	if t.absent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := make([]wanted, len(heads))
	for i := range heads {
		all[i] = heads[i].wanted()
	}
	found, err := x.load(ctx, t, op, all)
	if err != nil {
		return nil, err
	}
	var out []*corpus.Source
	for _, l := range found {
		out = append(out, l.source)
	}
	slices.SortFunc(out, func(a, b *corpus.Source) int {
		if c := strings.Compare(a.ID, b.ID); c != 0 {
			return c
		}
		return strings.Compare(a.Scope, b.Scope)
	})
	return out, nil
}

// Idf implements retrieval.Index.
func (x *Index) Idf(ctx context.Context, tokens []string) (idf []float32, known []bool, err error) {
	if err := x.ready(ctx); err != nil {
		return nil, nil, err
	}
	s, err := x.statistics(ctx, "idf", tokens)
	if err != nil {
		return nil, nil, err
	}
	idf, known = make([]float32, len(tokens)), make([]bool, len(tokens))
	for i, t := range tokens {
		idf[i], known[i] = float32(s.idf(s.holders[t])), s.holders[t] > 0
	}
	return idf, known, nil
}

// Info implements retrieval.Index. The revision is that of the content, and
// the embedded index's with the same.
func (x *Index) Info(ctx context.Context) (retrieval.Info, error) {
	if err := x.ready(ctx); err != nil {
		return retrieval.Info{}, err
	}
	s, err := x.statistics(ctx, "info", nil)
	if err != nil {
		return retrieval.Info{}, err
	}
	return retrieval.Info{Sources: s.Sources, Passages: s.Passages, Dimension: s.Dim, Embedder: s.Embedder, Revision: s.Revision.String()}, nil
}

// A gate lets one in at a time; unlike a mutex, waiting for it can be given
// up.
type gate chan struct{}

func (g gate) enter(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g gate) leave() { <-g }
