package qdranttest

import (
	"context"
	"maps"
	"math"

	api "github.com/qdrant/go-client/qdrant"
)

type pointsServer struct {
	api.UnimplementedPointsServer
	s *Server
}

// Upsert writes points. What is there already is changed only where it
// passes the update filter.
func (p *pointsServer) Upsert(_ context.Context, r *api.UpsertPoints) (*api.PointsOperationResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err == nil {
		err = c.upsert(r.GetPoints(), r.GetUpdateFilter())
	}
	if err != nil {
		return nil, err
	}
	return &api.PointsOperationResponse{Result: completed()}, nil
}

// UpdateBatch makes changes one after another; at the first that is wrong it
// stops, and those before it stay made.
func (p *pointsServer) UpdateBatch(ctx context.Context, r *api.UpdateBatchPoints) (*api.UpdateBatchResponse, error) {
	out := &api.UpdateBatchResponse{}
	for _, op := range r.GetOperations() {
		p.s.mu.Lock()
		c, err := p.s.find(r.GetCollectionName())
		if err == nil {
			switch {
			case op.GetUpsert() != nil:
				err = c.upsert(op.GetUpsert().GetPoints(), op.GetUpsert().GetUpdateFilter())
			case op.GetDeletePoints() != nil:
				err = c.delete(op.GetDeletePoints().GetPoints())
			case op.GetUpdateVectors() != nil:
				err = c.updateVectors(op.GetUpdateVectors().GetPoints())
			default:
				err = wrong("this server does not know a change")
			}
		}
		p.s.mu.Unlock() // searches see what is made of it by now
		if err != nil {
			return nil, err
		}
		out.Result = append(out.Result, completed())
	}
	return out, nil
}

// SetPayload sets fields of the points that are selected.
func (p *pointsServer) SetPayload(_ context.Context, r *api.SetPayloadPoints) (*api.PointsOperationResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	selected, err := c.selected(r.GetPointsSelector())
	if err != nil {
		return nil, err
	}
	for _, at := range selected {
		at.payload = maps.Clone(at.payload)
		maps.Copy(at.payload, r.GetPayload())
	}
	return &api.PointsOperationResponse{Result: completed()}, nil
}

func (c *collection) selected(s *api.PointsSelector) (out []*point, err error) {
	if f := s.GetFilter(); f != nil {
		if err := c.usable(f); err != nil {
			return nil, err
		}
		for _, p := range c.points {
			if passes(f, p) {
				out = append(out, p)
			}
		}
		return out, nil
	}
	for _, id := range s.GetPoints().GetIds() {
		if p := c.points[id.GetUuid()]; p != nil {
			out = append(out, p)
		}
	}
	return out, nil
}

func (c *collection) delete(s *api.PointsSelector) error {
	selected, err := c.selected(s)
	for _, p := range selected {
		delete(c.points, p.id.GetUuid())
	}
	return err
}

func (c *collection) upsert(points []*api.PointStruct, where *api.Filter) error {
	if err := c.usable(where); err != nil {
		return err
	}
	all := make([]*point, len(points))
	for i, s := range points { // one that is wrong refuses the change whole
		p := &point{id: s.GetId(), payload: s.GetPayload(), dense: map[string][]float32{}, sparse: map[string]map[uint32]float32{}}
		if s.GetId().GetUuid() == "" || s.GetVectors() == nil {
			return wrong("a point wants a UUID and vectors, if only none by name")
		}
		if err := c.vectors(p, s.GetVectors()); err != nil {
			return err
		}
		all[i] = p
	}
	for _, p := range all {
		if old := c.points[p.id.GetUuid()]; old == nil || where == nil || passes(where, old) {
			c.points[p.id.GetUuid()] = p
		}
	}
	return nil
}

func (c *collection) updateVectors(all []*api.PointVectors) error {
	for _, v := range all {
		p := c.points[v.GetId().GetUuid()]
		if p == nil {
			return wrong("No point with id %s found", v.GetId().GetUuid())
		}
		next := &point{id: p.id, payload: p.payload, dense: maps.Clone(p.dense), sparse: maps.Clone(p.sparse)}
		if err := c.vectors(next, v.GetVectors()); err != nil {
			return err
		}
		c.points[v.GetId().GetUuid()] = next
	}
	return nil
}

// vectors puts named vectors into p, which must be like the collection's.
func (c *collection) vectors(p *point, v *api.Vectors) error {
	if v.GetVectors() == nil {
		return wrong("Not existing vector name error: ")
	}
	for name, v := range v.GetVectors().GetVectors() {
		if s := v.GetSparse(); s != nil {
			sparse, err := c.sparse(name, s)
			if err != nil {
				return err
			}
			p.sparse[name] = sparse
			continue
		}
		dense, err := c.dense(name, v.GetDense().GetData())
		if err != nil {
			return err
		}
		p.dense[name] = dense
	}
	return nil
}

func (c *collection) sparse(name string, v *api.SparseVector) (map[uint32]float32, error) {
	if c.made.GetSparseVectorsConfig().GetMap()[name] == nil {
		return nil, wrong("Not existing vector name error: %s", name)
	}
	out := map[uint32]float32{}
	for i, at := range v.GetIndices() {
		if _, twice := out[at]; twice || len(v.GetValues()) != len(v.GetIndices()) {
			return nil, wrong("Validation error in sparse vector: must be unique, as many values as indices")
		}
		out[at] = v.GetValues()[i]
	}
	return out, nil
}

// dense checks a vector and, as for cosine, scales it to length 1.
func (c *collection) dense(name string, v []float32) ([]float32, error) {
	params := c.made.GetVectorsConfig().GetParamsMap().GetMap()[name]
	if params == nil {
		return nil, wrong("Not existing vector name error: %s", name)
	}
	if params.GetSize() != uint64(len(v)) {
		return nil, wrong("Vector dimension error: expected dim: %d, got %d", params.GetSize(), len(v))
	}
	var sum float64
	for _, f := range v {
		sum += float64(f) * float64(f)
	}
	if sum == 0 || math.Abs(sum-1) < 1e-6 {
		return v, nil
	}
	out := make([]float32, len(v))
	for i, f := range v {
		out[i] = float32(float64(f) / math.Sqrt(sum))
	}
	return out, nil
}
