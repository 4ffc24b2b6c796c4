package local

import (
	"context"
	"fmt"

	"github.com/viterin/vek/vek32"

	"github.com/everycategory/advocate/retrieval"
)

// searchVectors ranks the passages of the sections in s.allowed by cosine,
// looking at every row. An index without vectors finds nothing.
func (m *memory) searchVectors(ctx context.Context, q retrieval.Query, s *scratch) ([]retrieval.VectorHit, error) {
	if len(q.Vector) == 0 || m.vectors.Held == 0 {
		return nil, nil
	}
	if err := m.vectors.Asked(q); err != nil {
		return nil, fmt.Errorf("local: search: %w", err)
	}
	unit, err := retrieval.AppendUnit(make([]float32, 0, len(q.Vector)), q.Vector)
	if err != nil {
		return nil, fmt.Errorf("local: search: %w", err)
	}
	if zero(unit) {
		return nil, nil
	}
	best := newTop(m, q.Limit)
	looked := 0
	for n := range members(&s.allowed) {
		if looked++; looked%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m.vectors.nearest(n, unit, best)
	}
	hits := make([]retrieval.VectorHit, 0, len(best.heap))
	for _, r := range best.best() {
		source, err := m.sections[r.section].source()
		if err != nil {
			return nil, fmt.Errorf("local: search: %w", err)
		}
		hits = append(hits, retrieval.VectorHit{Source: source,
			PassageHit: retrieval.PassageHit{Passage: int(r.passage), Score: r.score}})
	}
	return hits, nil
}

// nearest offers the passages of section n to best.
func (x *matrix) nearest(n uint32, unit []float32, best *top) {
	rows := x.rows(n)
	for i := uint32(0); len(rows) > 0; i, rows = i+1, rows[x.Dim:] {
		row := rows[:x.Dim]
		score := vek32.Dot(row, unit)
		if score == 0 && zero(row) {
			continue
		}
		best.offer(ranked{n, i, max(-1, min(1, score))})
	}
}

func zero(v []float32) bool {
	for _, f := range v {
		if f != 0 {
			return false
		}
	}
	return true
}
