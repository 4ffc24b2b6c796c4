// Package retrieval finds the passages that bear on a question. It owns the
// Index and Embedder contracts (implementations are siblings), the analysis
// of words that every index shares, the reading of a question, and the
// Retriever, which ranks sections, places the pinpoint inside, and declines
// below a cut-off.
package retrieval

import (
	"context"
	"errors"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Errors that callers of an Index tell apart.
var (
	// ErrNoScope: a query or lookup named no scope. There is no "all".
	ErrNoScope = errors.New("retrieval: no scope given")
	// ErrDimension: a vector's length differs from the index's, or only
	// some of a document's passages have one.
	ErrDimension = errors.New("retrieval: vector dimension does not fit")
	// ErrEmbedder: vectors of another embedder than the index's.
	ErrEmbedder = errors.New("retrieval: vectors of two embedders do not mix")
	// ErrReadOnly: the index cannot be written here.
	ErrReadOnly = errors.New("retrieval: index is read-only")
	// ErrClosed: the index was closed.
	ErrClosed = errors.New("retrieval: index is closed")
)

// A Document is a source as an index takes it.
type Document struct {
	Source *corpus.Source
	// Vectors is nil, or holds one unit vector for each passage, in order.
	// Put normalises them; a zero vector matches nothing.
	Vectors [][]float32
	// Embedder is the Name of the Embedder that made Vectors; "" where it is
	// not known. An index holds vectors of one name only.
	Embedder string
}

// A Filter restricts a search. Every non-empty field must match.
type Filter struct {
	Scopes        []string      // required: ErrNoScope if empty
	Jurisdictions []string      // any of
	Kinds         []corpus.Kind // any of
	// Sources restricts to these source ids.
	Sources []string
}

// A Term is an analysed word with its weight in the question; 1 is plain.
type Term struct {
	Token  string // as Analyze returns it
	Weight float32
}

// A Query asks by words, by a vector, or by both in one round trip.
type Query struct {
	Terms  []Term
	Vector []float32 // nil: words only
	// Embedder is the Name of the Embedder that made Vector; "" where it is
	// not known. A search with vectors of another than the index's is
	// ErrEmbedder.
	Embedder string
	Filter   Filter
	Limit    int // at most this many sections, and passages by vector; at least 1
}

// A PassageHit is a passage (by its place in Source.Passages) and its score;
// found by words, it may be a question the source answers (a place from
// len(Source.Passages) on, see Pieces).
type PassageHit struct {
	Passage int
	Score   float32
}

// A SectionHit is a source found by words. Score is the BM25 score of the
// whole source (k1 1.2, b 0.75, with the factor k1+1, Lucene's idf
// ln(1+(N-n+.5)/(n+.5)), term weights multiply; statistics are those of all
// scopes together); Passages are those of its pieces that hold any of
// the terms, best first, by their BM25 scores under the same idf and the
// mean length of a piece.
type SectionHit struct {
	Source   *corpus.Source
	Score    float32
	Passages []PassageHit
}

// A VectorHit is a passage found by its vector; Score is the cosine.
type VectorHit struct {
	Source *corpus.Source
	PassageHit
}

// Results are the two rankings, best first; equal scores order by source id
// and then by passage.
type Results struct {
	Words   []SectionHit
	Vectors []VectorHit
}

// Info describes what an index holds.
type Info struct {
	Sources, Passages int
	Dimension         int    // of the vectors; 0 where there are none
	Embedder          string // that made them; "" where there are none, or it is not known
	Revision          string // changes whenever the content does
}

// An Index stores sources with their passages and vectors and finds the
// nearest. Implementations are safe for concurrent use. Every method
// returns promptly with ctx.Err() once ctx is done. Returned sources are
// shared: the caller must not modify them, nor what it handed to Put.
type Index interface {
	// Put stores documents, replacing those of the same scope and id whole.
	// It is idempotent, and all or nothing per call: a document given twice,
	// or with a number that is not finite, refuses it whole. What Put
	// returned nil for is found by every later search, and after reopening.
	Put(ctx context.Context, docs []Document) error
	// Delete removes the sources called ids from scope (ErrNoScope if it is
	// empty); ids that are not there are no error.
	Delete(ctx context.Context, scope string, ids []string) error
	// Search ranks by words and by vector, under one filter that applies
	// inside the search: Limit results are returned if so many match.
	Search(ctx context.Context, q Query) (Results, error)
	// Lookup returns the sources that carry or cover cite's base, by id; the zero
	// citation is carried by none.
	Lookup(ctx context.Context, cite citation.Citation, f Filter) ([]*corpus.Source, error)
	// Sources returns all sources under f, by id.
	Sources(ctx context.Context, f Filter) ([]*corpus.Source, error)
	// Idf returns, for each token, Lucene's idf over the sources, and
	// whether any source holds it: what the words of a question weigh.
	Idf(ctx context.Context, tokens []string) (idf []float32, known []bool, err error)
	// Info describes the index.
	Info(ctx context.Context) (Info, error)
	// Close releases what the index holds. A closed index returns ErrClosed.
	Close() error
}

// An Embedder turns texts into unit vectors of one dimension. Its first
// implementation decides nothing here: an Index takes vectors from anyone.
type Embedder interface {
	// Name identifies the model; vectors of two names do not mix.
	Name() string
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}
