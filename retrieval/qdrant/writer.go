package qdrant

import (
	"context"
	"fmt"
	"slices"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/retrieval"
)

// A writer changes one collection, of which it holds the lease.
type writer struct {
	x  *Index
	t  table
	op string
}

// drift is by how much the mean length of sources may differ from that of
// the sparse weights before these are made anew: the further, the more
// candidates a search needs.
const drift = 1.5

// make makes the change. It reports instead that the index has moved to a
// collection that can hold the vectors, and that the lease has to be taken
// there.
func (w *writer) make(ctx context.Context, c *change, at place) (moved bool, err error) {
	s, err := w.t.statistics(ctx, w.op, nil)
	if err != nil {
		return false, err
	}
	if err := s.fresh(w.x.Name); err != nil {
		return false, err
	}
	if !s.Clean {
		if err := w.recount(ctx, &s.totals); err != nil {
			return false, err
		}
	}
	held, err := w.t.headsOf(ctx, w.op, c.keys())
	if err != nil {
		return false, err
	}
	if c, err = c.news(held); err != nil || c.empty() {
		return false, err
	}
	var replaced []wanted
	for _, k := range c.keys() {
		if h, ok := held[k]; ok {
			replaced = append(replaced, h.wanted())
		}
	}
	removed, err := w.x.load(ctx, w.t, w.op, replaced)
	if err != nil {
		return false, err
	}
	kind, err := after(s.Vectored, c, removed)
	if err != nil {
		return false, fmt.Errorf("qdrant: %s: %w", w.op, err)
	}
	if kind.Dim > 0 && kind.Dim != at.dim {
		return true, w.x.move(ctx, w.op, at, moving{dim: kind.Dim, embedder: kind.Embedder, words: true})
	}
	return false, w.write(ctx, &s.totals, c, removed, kind)
}

// write writes the change, and what all sources come to after it. A reader
// in the middle finds documents old or new, never none.
func (w *writer) write(ctx context.Context, t *totals, c *change, removed map[retrieval.Key]*loaded, kind retrieval.Vectored) error {
	next := *t
	next.Vectored = kind
	words := map[string]int{}
	for _, l := range removed {
		next.remove(l.sized())
		for token := range l.words().whole.n {
			words[token]--
		}
	}
	for _, d := range c.puts {
		d.bags = bagsOf(d.source)
		next.add(d.sized())
		for token := range d.bags.whole.n {
			words[token]++
		}
	}
	if t.Sources == 0 || t.Mean == 0 {
		next.Mean = next.mean()
	}
	holders, err := w.holders(ctx, words)
	if err != nil {
		return err
	}
	began := *t
	began.Mean = next.Mean
	changes := began.write(false)
	changes = append(changes, points(c, removed, next.Mean)...)
	changes = append(changes, holders...)
	changes = append(changes, next.write(true)...)
	if err := w.t.update(ctx, w.op, changes); err != nil {
		return err
	}
	if mean := next.mean(); mean > next.Mean*drift || mean < next.Mean/drift {
		return w.reweigh(ctx, &next)
	}
	return nil
}

// points are the changes of documents: new passages, then their sources,
// then what is over of the old.
func points(c *change, removed map[retrieval.Key]*loaded, mean float64) []*api.PointsUpdateOperation {
	var passages, sources []*api.PointStruct
	var gone []*api.PointId
	left := map[retrieval.Key]map[string]bool{}
	for _, d := range c.puts {
		of := passagePoints(d)
		left[d.key()] = map[string]bool{}
		for _, p := range of {
			left[d.key()][p.GetId().GetUuid()] = true
		}
		passages = append(passages, of...)
		sources = append(sources, sectionPoint(d, c.shipped, mean))
	}
	for k, l := range removed {
		if _, replaced := left[k]; !replaced {
			gone = append(gone, sectionID(k))
		}
		for i := range l.size {
			if id := passageID(k, i); l.dim > 0 && !left[k][id.GetUuid()] {
				gone = append(gone, id)
			}
		}
	}
	return slices.Concat(upserts(passages), upserts(sources), deletes(gone))
}

// holders are the changes that add to how many sources hold words.
func (w *writer) holders(ctx context.Context, add map[string]int) ([]*api.PointsUpdateOperation, error) {
	var changed []string
	for token, n := range add {
		if n != 0 {
			changed = append(changed, token)
		}
	}
	s, err := w.t.statistics(ctx, w.op, changed)
	if err != nil {
		return nil, err
	}
	after := make(map[string]int, len(changed))
	for _, token := range changed {
		after[token] = s.holders[token] + add[token]
	}
	return wordPoints(after), nil
}
