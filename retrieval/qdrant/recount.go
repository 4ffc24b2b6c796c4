package qdrant

import (
	"context"
	"fmt"
	"slices"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/retrieval"
)

// sources hands out all that the collection holds, page by page.
func (w *writer) sources(ctx context.Context, each func([]*loaded) error) error {
	return w.t.scroll(ctx, w.op, sections(), textPage, append(slices.Clone(headFields), fText), func(points []*api.RetrievedPoint) error {
		page := make([]*loaded, len(points))
		for i, p := range points {
			var err error
			if page[i], err = readLoaded(p.GetPayload()); err != nil {
				return fmt.Errorf("qdrant: %s: %w", w.op, err)
			}
		}
		return each(page)
	})
}

// recount counts anew what all sources come to: a writer broke off before it
// had written that.
func (w *writer) recount(ctx context.Context, t *totals) error {
	next := totals{Mean: t.Mean, Analysis: t.Analysis}
	words, held := map[string]int{}, map[retrieval.Key]retrieval.Digest{}
	err := w.sources(ctx, func(page []*loaded) error {
		for _, l := range page {
			next.add(l.sized())
			held[l.Key] = l.hash
			if l.dim > 0 {
				next.Vectored = retrieval.Vectored{Dim: l.dim, Embedder: l.embedder, Held: next.Held + 1}
			}
			for token := range l.words().whole.n {
				words[token]++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	of := &api.Filter{Must: []*api.Condition{api.NewMatch(fWhat, aWord)}}
	err = w.t.scroll(ctx, w.op, of, headPage, []string{fWord, fHolders}, func(points []*api.RetrievedPoint) error {
		for _, p := range points {
			token := p.GetPayload()[fWord].GetStringValue()
			if n := int(p.GetPayload()[fHolders].GetIntegerValue()); n == words[token] {
				delete(words, token) // right as it is
			} else if _, ok := words[token]; !ok {
				words[token] = 0
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	orphans, err := w.orphans(ctx, held)
	if err != nil {
		return err
	}
	*t = next
	return w.t.update(ctx, w.op, slices.Concat(deletes(orphans), wordPoints(words), t.write(true)))
}

// orphans are the passages that belong to no source as it is held.
func (w *writer) orphans(ctx context.Context, held map[retrieval.Key]retrieval.Digest) (out []*api.PointId, err error) {
	of := &api.Filter{Must: []*api.Condition{api.NewMatch(fWhat, aPassage)}}
	err = w.t.scroll(ctx, w.op, of, headPage, headFields, func(points []*api.RetrievedPoint) error {
		for _, p := range points {
			if h, err := readHead(p.GetPayload()); err != nil || held[h.Key] != h.hash {
				out = append(out, p.GetId())
			}
		}
		return nil
	})
	return out, err
}

// reweigh makes the sparse weights of all sources anew, by the mean of now.
func (w *writer) reweigh(ctx context.Context, t *totals) error {
	mean := t.mean()
	t.Mean = min(t.Mean, mean) // both are in use until all are written
	if err := w.t.update(ctx, w.op, t.write(true)); err != nil {
		return err
	}
	err := w.sources(ctx, func(page []*loaded) error {
		var changed []*api.PointVectors
		for _, l := range page {
			if at, values := l.words().whole.vector(mean); len(at) > 0 {
				changed = append(changed, &api.PointVectors{Id: sectionID(l.Key),
					Vectors: api.NewVectorsMap(map[string]*api.Vector{vWords: api.NewVectorSparse(at, values)})})
			}
		}
		if len(changed) == 0 {
			return nil
		}
		return w.t.update(ctx, w.op, []*api.PointsUpdateOperation{
			api.NewPointsUpdateUpdateVectors(&api.PointsUpdateOperation_UpdateVectors{Points: changed})})
	})
	if err != nil {
		return err
	}
	t.Mean = mean
	return w.t.update(ctx, w.op, t.write(true))
}
