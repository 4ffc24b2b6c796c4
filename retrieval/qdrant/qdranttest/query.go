package qdranttest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	api "github.com/qdrant/go-client/qdrant"
)

// Get returns the points of ids that are there, in no order to rely on.
func (p *pointsServer) Get(_ context.Context, r *api.GetPoints) (*api.GetResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	out := &api.GetResponse{}
	for _, id := range slices.Backward(r.GetIds()) {
		if at := c.points[id.GetUuid()]; at != nil {
			out.Result = append(out.Result, retrieved(at, r.GetWithPayload(), r.GetWithVectors()))
		}
	}
	return out, nil
}

// Scroll returns points by their ids, a page at a time.
func (p *pointsServer) Scroll(_ context.Context, r *api.ScrollPoints) (*api.ScrollResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err == nil {
		err = c.usable(r.GetFilter())
	}
	if err != nil {
		return nil, err
	}
	limit := 10
	if r.Limit != nil {
		limit = int(r.GetLimit())
	}
	if limit < 1 {
		return nil, wrong("Limit cannot be 0")
	}
	out := &api.ScrollResponse{}
	for _, id := range slices.Sorted(maps.Keys(c.points)) {
		at := c.points[id]
		if id < r.GetOffset().GetUuid() || !passes(r.GetFilter(), at) {
			continue
		}
		if len(out.Result) == limit {
			out.NextPageOffset = at.id
			break
		}
		out.Result = append(out.Result, retrieved(at, r.GetWithPayload(), r.GetWithVectors()))
	}
	return out, nil
}

// Count counts points.
func (p *pointsServer) Count(_ context.Context, r *api.CountPoints) (*api.CountResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err == nil {
		err = c.usable(r.GetFilter())
	}
	if err != nil {
		return nil, err
	}
	var n uint64
	for _, at := range c.points {
		if passes(r.GetFilter(), at) {
			n++
		}
	}
	return &api.CountResponse{Result: &api.CountResult{Count: n}}, nil
}

// QueryBatch makes searches for nearest points, each exactly.
func (p *pointsServer) QueryBatch(_ context.Context, r *api.QueryBatchPoints) (*api.QueryBatchResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	out := &api.QueryBatchResponse{}
	for _, q := range r.GetQueryPoints() {
		c, err := p.s.find(r.GetCollectionName())
		if err == nil {
			err = c.usable(q.GetFilter())
		}
		if err != nil {
			return nil, err
		}
		hits, err := c.nearest(q)
		if err != nil {
			return nil, err
		}
		out.Result = append(out.Result, &api.BatchResult{Result: hits})
	}
	return out, nil
}

// nearest ranks the points that have the vector and pass the filter. Equal
// scores go by id, which means nothing.
func (c *collection) nearest(q *api.QueryPoints) ([]*api.ScoredPoint, error) {
	in := q.GetQuery().GetNearest()
	score, err := c.scorer(q.GetUsing(), in)
	if err != nil {
		return nil, err
	}
	if q.Limit == nil || q.GetLimit() < 1 || q.GetLimit() > 1<<31 {
		return nil, wrong("Limit must be from 1 to what memory holds")
	}
	var hits []*api.ScoredPoint
	for _, at := range c.points {
		if s, ok := score(at); ok && passes(q.GetFilter(), at) {
			hits = append(hits, &api.ScoredPoint{Id: at.id, Score: s, Payload: chosen(at.payload, q.GetWithPayload())})
		}
	}
	slices.SortFunc(hits, func(a, b *api.ScoredPoint) int {
		return cmp.Or(cmp.Compare(b.GetScore(), a.GetScore()), strings.Compare(a.GetId().GetUuid(), b.GetId().GetUuid()))
	})
	return hits[:min(len(hits), int(q.GetLimit()))], nil
}

// scorer scores points: by the dot product of what sparse vectors share, if
// they share anything, or by the cosine.
func (c *collection) scorer(name string, in *api.VectorInput) (func(*point) (float32, bool), error) {
	if in.GetSparse() != nil {
		asked, err := c.sparse(name, in.GetSparse())
		return func(p *point) (score float32, ok bool) {
			for at, v := range p.sparse[name] {
				if w, both := asked[at]; both {
					score, ok = score+v*w, true
				}
			}
			return score, ok
		}, err
	}
	asked, err := c.dense(name, in.GetDense().GetData())
	return func(p *point) (score float32, ok bool) {
		v := p.dense[name]
		for i := range v {
			score += v[i] * asked[i]
		}
		return score, v != nil
	}, err
}

func retrieved(p *point, payload *api.WithPayloadSelector, vectors *api.WithVectorsSelector) *api.RetrievedPoint {
	out := &api.RetrievedPoint{Id: p.id, Payload: chosen(p.payload, payload)}
	named := map[string]*api.VectorOutput{}
	for _, name := range vectors.GetInclude().GetNames() {
		if v := p.dense[name]; v != nil {
			named[name] = &api.VectorOutput{Vector: &api.VectorOutput_Dense{Dense: &api.DenseVector{Data: v}}}
		}
	}
	if len(named) > 0 {
		out.Vectors = &api.VectorsOutput{VectorsOptions: &api.VectorsOutput_Vectors{Vectors: &api.NamedVectorsOutput{Vectors: named}}}
	}
	return out
}

func chosen(payload map[string]*api.Value, which *api.WithPayloadSelector) map[string]*api.Value {
	if which.GetEnable() {
		return payload
	}
	out := map[string]*api.Value{}
	for _, f := range which.GetInclude().GetFields() {
		if v, ok := payload[f]; ok {
			out[f] = v
		}
	}
	return out
}
