package qdrant

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/retrieval"
)

// A place is the collection behind an index's name.
type place struct {
	collection string // "" where there is none yet
	dim        int    // of its dense vectors; 0 without
}

// resolve finds the collection behind the name, and looks whether it is one
// of ours. Qdrant says of an alias too that such a collection exists: one that
// another writer has made since the aliases were read is looked for again.
func (x *Index) resolve(ctx context.Context, op string) (place, error) {
	collections := x.client.GetCollectionsClient()
	for again := false; ; again = true {
		aliases, err := request(ctx, x.link, op, true, collections.ListAliases, &api.ListAliasesRequest{})
		if err != nil {
			return place{}, err
		}
		for _, a := range aliases.GetAliases() {
			if a.GetAliasName() == x.Name {
				x.known.Store(true)
				return x.inspect(ctx, op, a.GetCollectionName())
			}
		}
		there, err := request(ctx, x.link, op, true, collections.CollectionExists, &api.CollectionExistsRequest{CollectionName: x.Name})
		switch {
		case err != nil || !there.GetResult().GetExists():
			return place{}, err
		case again:
			return place{}, fmt.Errorf("qdrant: %s: %w: %s has a collection called %s, and an index is an alias: choose another name for it", op, ErrForeign, x.server, x.Name)
		}
	}
}

// inspect reads what a collection is made for.
func (x *Index) inspect(ctx context.Context, op, name string) (place, error) {
	r, err := request(ctx, x.link, op, true, x.client.GetCollectionsClient().Get, &api.GetCollectionInfoRequest{CollectionName: name})
	if err != nil {
		return place{}, err
	}
	params := r.GetResult().GetConfig().GetParams()
	dense, sparse := params.GetVectorsConfig().GetParamsMap().GetMap(), params.GetSparseVectorsConfig().GetMap()
	if m := dense[vMeaning]; sparse[vWords] == nil || sparse[vWords].GetModifier() != api.Modifier_None || len(sparse) != 1 ||
		len(dense) > 1 || len(dense) == 1 && (m == nil || m.GetDistance() != api.Distance_Cosine) || params.GetVectorsConfig().GetParams() != nil {
		return place{}, fmt.Errorf("qdrant: %s: %w: the collection %s of %s has other vectors than an index has: choose another name for the index", op, ErrForeign, name, x.server)
	}
	x.majority.Store(params.GetReplicationFactor() > 1)
	return place{name, int(dense[vMeaning].GetSize())}, nil
}

// ensure makes the collection and its alias, if they are not there, for
// dense vectors of dim numbers. All who do so at once make the same.
func (x *Index) ensure(ctx context.Context, op string, dim int) (place, error) {
	p, err := x.resolve(ctx, op)
	if err != nil || p.collection != "" {
		return p, err
	}
	name := x.Name + "-" + signature()
	if err := x.create(ctx, op, name, dim); err != nil {
		return place{}, err
	}
	if p, err = x.resolve(ctx, op); err != nil || p.collection != "" {
		return p, err // another was quicker, and may have gone on
	}
	if err := x.point(ctx, op, api.NewAliasCreate(x.Name, name)); err != nil {
		return place{}, err
	}
	return x.resolve(ctx, op)
}

// point changes aliases, all at once.
func (x *Index) point(ctx context.Context, op string, actions ...*api.AliasOperations) error {
	r, err := request(ctx, x.link, op, false, x.client.GetCollectionsClient().UpdateAliases, &api.ChangeAliases{Actions: actions})
	if err == nil && !r.GetResult() {
		err = fmt.Errorf("qdrant: %s: %s did not change the alias %s", op, x.server, x.Name)
	}
	return err
}

// signature tells collections of one index apart.
func signature(parts ...string) string {
	h := sha256.New()
	for _, p := range append([]string{layout, retrieval.Analysis}, parts...) {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return fmt.Sprintf("%.8x", h.Sum(nil)[:4])
}

// create makes a collection with its indexes, if it is not there, and the
// points that every collection has, if they are not there.
func (x *Index) create(ctx context.Context, op, name string, dim int) error {
	collections := x.client.GetCollectionsClient()
	exists := func() (bool, error) {
		r, err := request(ctx, x.link, op, true, collections.CollectionExists, &api.CollectionExistsRequest{CollectionName: name})
		return r.GetResult().GetExists(), err
	}
	there, err := exists()
	if err != nil {
		return err
	}
	if !there {
		replicas, most, payloadOnDisk := uint32(x.Replicas), uint32(x.Replicas/2+1), true
		//lint:ignore SA1019 the field that takes its place is unknown to the oldest server that is taken
		make := &api.CreateCollection{CollectionName: name, ReplicationFactor: &replicas, WriteConsistencyFactor: &most, OnDiskPayload: &payloadOnDisk,
			SparseVectorsConfig: api.NewSparseVectorsConfig(map[string]*api.SparseVectorParams{vWords: {}})}
		if dim > 0 {
			make.VectorsConfig = api.NewVectorsConfigMap(map[string]*api.VectorParams{vMeaning: {Size: uint64(dim), Distance: api.Distance_Cosine}})
		}
		_, err := request(ctx, x.link, op, false, collections.Create, make)
		if again, err2 := exists(); err != nil && (err2 != nil || !again) {
			return err
		}
	}
	if err := x.index(ctx, op, name); err != nil {
		return err
	}
	return x.begin(ctx, op, name)
}

// index has the fields indexed that requests filter by.
func (x *Index) index(ctx context.Context, op, name string) error {
	yes := true
	word := func(tenant *bool) *api.PayloadIndexParams {
		return api.NewPayloadIndexParamsKeyword(&api.KeywordIndexParams{IsTenant: tenant})
	}
	number := api.NewPayloadIndexParamsInt(&api.IntegerIndexParams{Lookup: &yes, Range: &yes})
	for _, f := range []struct {
		name string
		kind api.FieldType
		as   *api.PayloadIndexParams
	}{
		{fScope, api.FieldType_FieldTypeKeyword, word(&yes)},
		{fWhat, api.FieldType_FieldTypeKeyword, word(nil)},
		{fJurisdiction, api.FieldType_FieldTypeKeyword, word(nil)},
		{fKind, api.FieldType_FieldTypeKeyword, word(nil)},
		{fSource, api.FieldType_FieldTypeKeyword, word(nil)},
		{fCites, api.FieldType_FieldTypeKeyword, word(nil)},
		{fOwner, api.FieldType_FieldTypeKeyword, word(nil)},
		{fDate, api.FieldType_FieldTypeInteger, number},
		{fUntil, api.FieldType_FieldTypeInteger, number},
		{fShipped, api.FieldType_FieldTypeBool, nil},
	} {
		_, err := request(ctx, x.link, op, false, x.client.GetPointsClient().CreateFieldIndex, &api.CreateFieldIndexCollection{
			CollectionName: name, Wait: &yes, FieldName: f.name, FieldType: &f.kind, FieldIndexParams: f.as, Ordering: strong()})
		if err != nil {
			return err
		}
	}
	return nil
}

// begin writes the points that every collection has. Those that are there
// stay: an update is for points that match its filter, and none does.
func (x *Index) begin(ctx context.Context, op, name string) error {
	yes := true
	none := &totals{Analysis: retrieval.Analysis, Clean: true}
	lock := &api.PointStruct{Id: lockID(), Vectors: api.NewVectorsMap(map[string]*api.Vector{}), Payload: map[string]*api.Value{
		fWhat: api.NewValueString(aLock), fOwner: api.NewValueString(nobody), fUntil: api.NewValueInt(0)}}
	never := &api.Filter{Must: []*api.Condition{api.NewMatch(fWhat, "nothing")}}
	_, err := request(ctx, x.link, op, false, x.client.GetPointsClient().Upsert, &api.UpsertPoints{CollectionName: name, Wait: &yes,
		Ordering: strong(), Points: []*api.PointStruct{none.point(), lock}, UpdateFilter: never})
	return err
}

// another is a name for a collection to move to from the one that the index
// has: always the same for what is to be in it, so that a move that was
// broken off goes on.
func (x *Index) another(from string, dim int, embedder string) string {
	for n := 0; ; n++ {
		name := x.Name + "-" + signature(strconv.Itoa(dim), embedder, strconv.Itoa(n))
		if name != from {
			return name
		}
	}
}

// drop deletes a collection; one that is not there is no error.
func (x *Index) drop(ctx context.Context, op, name string) error {
	_, err := request(ctx, x.link, op, false, x.client.GetCollectionsClient().Delete, &api.DeleteCollection{CollectionName: name})
	if errors.Is(err, errMissing) {
		return nil
	}
	return err
}
