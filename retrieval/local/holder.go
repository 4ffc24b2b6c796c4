package local

import (
	"context"
	"fmt"
	"slices"

	"github.com/everycategory/advocate/retrieval"
)

var _ retrieval.Holder = (*Index)(nil)

// Documents implements retrieval.Holder. Base documents are handed out too.
func (x *Index) Documents(ctx context.Context, scope string, ids []string) ([]retrieval.Document, error) {
	if scope == "" {
		return nil, fmt.Errorf("local: documents: %w", retrieval.ErrNoScope)
	}
	m, done, err := x.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var out []retrieval.Document
	for _, id := range ids {
		n, ok := m.numbers[key{scope, id}]
		if !ok {
			continue
		}
		d := retrieval.Document{}
		if d.Source, err = m.sections[n].source(); err != nil {
			return nil, fmt.Errorf("local: documents: %w", err)
		}
		if m.vectors.holds(n) {
			d.Vectors = retrieval.Vectors(m.vectors.Dim, slices.Clone(m.vectors.rows(n)))
			d.Embedder = m.vectors.Embedder
		}
		out = append(out, d)
	}
	return out, nil
}

// Added are the sources that were put, and not the base documents, by id.
func (x *Index) Added(ctx context.Context) ([]retrieval.Key, error) {
	m, done, err := x.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var out []retrieval.Key
	for k, n := range m.numbers {
		if !m.sections[n].base {
			out = append(out, retrieval.Key{Scope: k.scope, ID: k.id})
		}
	}
	slices.SortFunc(out, retrieval.Key.Compare)
	return out, nil
}
