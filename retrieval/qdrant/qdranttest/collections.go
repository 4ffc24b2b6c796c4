package qdranttest

import (
	"context"
	"maps"
	"slices"

	api "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// A collection holds points, by id.
type collection struct {
	made    *api.CreateCollection
	indexes map[string]*api.CreateFieldIndexCollection
	points  map[string]*point
}

// A point has at most one vector of each name.
type point struct {
	id      *api.PointId
	payload map[string]*api.Value
	dense   map[string][]float32 // of length 1
	sparse  map[string]map[uint32]float32
}

// Collections are the names of all collections, in order.
func (s *Server) Collections() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.collections))
}

// Indexes are the fields of a collection that have an index, with its kind.
func (s *Server) Indexes(name string) map[string]*api.CreateFieldIndexCollection {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.find(name)
	if err != nil {
		return nil
	}
	return maps.Clone(c.indexes)
}

// Made is how a collection was made.
func (s *Server) Made(name string) *api.CreateCollection {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.find(name)
	if err != nil {
		return nil
	}
	return c.made
}

// Edit has f change the payloads of a collection's points behind everyone's
// back; one that becomes nil is deleted.
func (s *Server) Edit(name string, f func(payload map[string]*api.Value) map[string]*api.Value) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.find(name)
	if err != nil {
		return
	}
	for id, p := range c.points {
		if p.payload = f(p.payload); p.payload == nil {
			delete(c.points, id)
		}
	}
}

type collectionsServer struct {
	api.UnimplementedCollectionsServer
	s *Server
}

func done(ok bool) *api.CollectionOperationResponse {
	return &api.CollectionOperationResponse{Result: ok}
}

func (c *collectionsServer) Create(_ context.Context, r *api.CreateCollection) (*api.CollectionOperationResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.s.collections[r.GetCollectionName()] != nil {
		return nil, status.Errorf(codes.AlreadyExists, "Wrong input: Collection `%s` already exists!", r.GetCollectionName())
	}
	if c.s.aliases[r.GetCollectionName()] != "" {
		return nil, wrong("Can't create collection with name %s. Alias with the same name already exists", r.GetCollectionName())
	}
	c.s.collections[r.GetCollectionName()] = &collection{made: r, indexes: map[string]*api.CreateFieldIndexCollection{}, points: map[string]*point{}}
	return done(true), nil
}

func (c *collectionsServer) Delete(_ context.Context, r *api.DeleteCollection) (*api.CollectionOperationResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	name := r.GetCollectionName()
	if c.s.collections[name] == nil {
		return done(false), nil
	}
	delete(c.s.collections, name)
	maps.DeleteFunc(c.s.aliases, func(_, to string) bool { return to == name })
	return done(true), nil
}

func (c *collectionsServer) List(context.Context, *api.ListCollectionsRequest) (*api.ListCollectionsResponse, error) {
	out := &api.ListCollectionsResponse{}
	for _, name := range c.s.Collections() {
		out.Collections = append(out.Collections, &api.CollectionDescription{Name: name})
	}
	return out, nil
}

func (c *collectionsServer) CollectionExists(_ context.Context, r *api.CollectionExistsRequest) (*api.CollectionExistsResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	_, err := c.s.find(r.GetCollectionName())
	return &api.CollectionExistsResponse{Result: &api.CollectionExists{Exists: err == nil}}, nil
}

func (c *collectionsServer) Get(_ context.Context, r *api.GetCollectionInfoRequest) (*api.GetCollectionInfoResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	got, err := c.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	n := uint64(len(got.points))
	return &api.GetCollectionInfoResponse{Result: &api.CollectionInfo{Status: api.CollectionStatus_Green, PointsCount: &n,
		Config: &api.CollectionConfig{Params: &api.CollectionParams{ShardNumber: 1, VectorsConfig: got.made.VectorsConfig,
			SparseVectorsConfig: got.made.SparseVectorsConfig, ReplicationFactor: got.made.ReplicationFactor, WriteConsistencyFactor: got.made.WriteConsistencyFactor}}}}, nil
}

func (c *collectionsServer) ListAliases(context.Context, *api.ListAliasesRequest) (*api.ListAliasesResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	out := &api.ListAliasesResponse{}
	for _, alias := range slices.Sorted(maps.Keys(c.s.aliases)) {
		out.Aliases = append(out.Aliases, &api.AliasDescription{AliasName: alias, CollectionName: c.s.aliases[alias]})
	}
	return out, nil
}

// UpdateAliases makes all changes at once, or none.
func (c *collectionsServer) UpdateAliases(_ context.Context, r *api.ChangeAliases) (*api.CollectionOperationResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	next := maps.Clone(c.s.aliases)
	for _, a := range r.GetActions() {
		switch make, drop := a.GetCreateAlias(), a.GetDeleteAlias(); {
		case make != nil:
			if c.s.collections[make.GetCollectionName()] == nil {
				return nil, status.Errorf(codes.NotFound, "Not found: Collection `%s` doesn't exist!", make.GetCollectionName())
			}
			if c.s.collections[make.GetAliasName()] != nil {
				return nil, wrong("Can't create alias with name %s. Collection with the same name already exists", make.GetAliasName())
			}
			next[make.GetAliasName()] = make.GetCollectionName()
		case drop != nil:
			delete(next, drop.GetAliasName())
		default:
			return nil, wrong("this server renames no alias")
		}
	}
	c.s.aliases = next
	return done(true), nil
}

// CreateFieldIndex notes an index, without which no filter may use a field.
func (p *pointsServer) CreateFieldIndex(_ context.Context, r *api.CreateFieldIndexCollection) (*api.PointsOperationResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	c.indexes[r.GetFieldName()] = r
	return &api.PointsOperationResponse{Result: completed()}, nil
}

func completed() *api.UpdateResult { return &api.UpdateResult{Status: api.UpdateStatus_Completed} }
