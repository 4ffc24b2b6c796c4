package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A Vectored says of what length and by which embedder the vectors of an
// index are, and how many documents have some.
type Vectored struct {
	Dim      int
	Embedder string
	Held     int
}

// Without is v after a document with vectors has gone; one without changes
// nothing.
func (v Vectored) Without(dim int) Vectored {
	if dim > 0 {
		v.Held--
	}
	if v.Held <= 0 {
		v = Vectored{}
	}
	return v
}

// With is v after document id has come, and ErrDimension or ErrEmbedder
// where its vectors are not like the others.
func (v Vectored) With(id string, dim int, embedder string) (Vectored, error) {
	switch {
	case dim == 0:
		return v, nil
	case v.Held == 0:
		v = Vectored{dim, embedder, 0}
	case v.Dim != dim:
		return v, fmt.Errorf("source %q: %w: its vectors have %d numbers, the index's %d; embed everything with one model", id, ErrDimension, dim, v.Dim)
	case v.Embedder != embedder:
		return v, fmt.Errorf("source %q: %w: its vectors are by %s, the index's by %s; embed everything with one model, into a new index",
			id, ErrEmbedder, named(embedder), named(v.Embedder))
	}
	v.Held++
	return v, nil
}

// Asked is ErrDimension or ErrEmbedder where q's vector is not like those of
// v, which must be some.
func (v Vectored) Asked(q Query) error {
	switch {
	case len(q.Vector) != v.Dim:
		return fmt.Errorf("%w: the question has %d numbers, the index's vectors %d; embed both with one model", ErrDimension, len(q.Vector), v.Dim)
	case q.Embedder != "" && v.Embedder != "" && q.Embedder != v.Embedder:
		return fmt.Errorf("%w: the question was embedded by %s, the index by %s; ask with that one, or embed the index anew", ErrEmbedder, q.Embedder, v.Embedder)
	}
	return nil
}

func named(embedder string) string {
	if embedder == "" {
		return "an embedder without a name"
	}
	return embedder
}

// A Holder is an index that hands out its documents with their vectors, as
// copying one index into another needs.
type Holder interface {
	// Documents returns those of ids that scope has, in the order of ids
	// (ErrNoScope if scope is empty).
	Documents(ctx context.Context, scope string, ids []string) ([]Document, error)
	// Added are the documents that were put, in order; those that ship with
	// the program are not.
	Added(ctx context.Context) ([]Key, error)
}

// A Key names a source among those of all scopes.
type Key struct{ Scope, ID string }

// Compare orders by id, then by scope.
func (k Key) Compare(o Key) int {
	return cmp.Or(cmp.Compare(k.ID, o.ID), cmp.Compare(k.Scope, o.Scope))
}

// Vectors cuts rows of dim numbers each; nil for none.
func Vectors(dim int, rows []float32) [][]float32 {
	if dim == 0 {
		return nil
	}
	return slices.Collect(slices.Chunk(rows, dim))
}
