package qdrant

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	api "github.com/qdrant/go-client/qdrant"
	"google.golang.org/protobuf/proto"

	"github.com/everycategory/advocate/retrieval"
)

// A table is a collection, by its name or its alias.
type table struct {
	*link
	name     string
	majority bool // read what most replicas agree on
	known    bool // it was seen to be there
}

// consistency is that of reads. Of a shard's n replicas a write waits for
// n/2+1, and a read goes by as many: one of them saw every write that
// returned.
func (t table) consistency() *api.ReadConsistency {
	if !t.majority {
		return nil
	}
	return api.NewReadConsistencyType(api.ReadConsistencyType_Majority)
}

// strong has all writes go through one replica in one order: a writer's
// statistics rest on what the last one wrote.
func strong() *api.WriteOrdering { return &api.WriteOrdering{Type: api.WriteOrderingType_Strong} }

// maxGet is how many points are asked for at once.
const maxGet = 512

// get returns the fields of those points that are there, by id.
func (t table) get(ctx context.Context, op string, ids []*api.PointId, fields ...string) (map[string]map[string]*api.Value, error) {
	out := make(map[string]map[string]*api.Value, len(ids))
	for some := range slices.Chunk(ids, maxGet) {
		err := t.steady(ctx, func() error {
			r, err := request(ctx, t.link, op, true, t.client.GetPointsClient().Get, &api.GetPoints{CollectionName: t.name, Ids: some,
				WithPayload: api.NewWithPayloadInclude(fields...), ReadConsistency: t.consistency()})
			for _, p := range r.GetResult() {
				out[p.GetId().GetUuid()] = p.GetPayload()
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// steady reads again where a collection that was there is missing: its alias
// may just have gone over to another.
func (t table) steady(ctx context.Context, read func() error) error {
	tries := 0
	if t.known { // another node may not have heard of it yet
		tries = 20
	}
	err := read()
	for ; tries > 0 && errors.Is(err, errMissing); tries-- {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(again):
			err = read()
		}
	}
	return err
}

// absent reports whether err says that there is no index yet. One that was
// there and is gone is no empty one.
func (t table) absent(err error) bool { return errors.Is(err, errMissing) && !t.known }

// scroll hands out all points under a filter, page by page, in the order of
// their ids.
func (t table) scroll(ctx context.Context, op string, f *api.Filter, page uint32, fields []string, each func([]*api.RetrievedPoint) error) error {
	var from *api.PointId
	for {
		var r *api.ScrollResponse
		err := t.steady(ctx, func() (err error) {
			r, err = request(ctx, t.link, op, true, t.client.GetPointsClient().Scroll, &api.ScrollPoints{CollectionName: t.name, Filter: f,
				Limit: &page, Offset: from, WithPayload: api.NewWithPayloadInclude(fields...), ReadConsistency: t.consistency()})
			return err
		})
		if err != nil {
			return err
		}
		if err := each(r.GetResult()); err != nil {
			return err
		}
		if from = r.GetNextPageOffset(); from == nil {
			return nil
		}
	}
}

// Pages of scrolling: of heads, and of whole sources.
const (
	headPage = 512
	textPage = 32
)

// heads are the sections under a filter.
func (t table) heads(ctx context.Context, op string, f *api.Filter) ([]head, error) {
	var out []head
	err := t.scroll(ctx, op, f, headPage, headFields, func(points []*api.RetrievedPoint) error {
		for _, p := range points {
			h, err := readHead(p.GetPayload())
			if err != nil {
				return fmt.Errorf("qdrant: %s: %w", op, err)
			}
			out = append(out, h)
		}
		return nil
	})
	return out, err
}

// headsOf are those of keys that are there.
func (t table) headsOf(ctx context.Context, op string, keys []retrieval.Key) (map[retrieval.Key]head, error) {
	ids := make([]*api.PointId, len(keys))
	for i, k := range keys {
		ids[i] = sectionID(k)
	}
	points, err := t.get(ctx, op, ids, headFields...)
	if err != nil {
		return nil, err
	}
	out := make(map[retrieval.Key]head, len(points))
	for _, p := range points {
		h, err := readHead(p)
		if err != nil {
			return nil, fmt.Errorf("qdrant: %s: %w", op, err)
		}
		out[h.Key] = h
	}
	return out, nil
}

// What one request that writes holds at most, unless one point is more.
const (
	maxBytes  = 4 << 20
	maxPoints = 256
)

// update makes the changes in order, in as few requests as their size
// allows, and waits until each is applied.
func (t table) update(ctx context.Context, op string, changes []*api.PointsUpdateOperation) error {
	for len(changes) > 0 {
		n, bytes := 0, 0
		for n < len(changes) && (n == 0 || bytes+proto.Size(changes[n]) <= 2*maxBytes) {
			bytes += proto.Size(changes[n])
			n++
		}
		wait := true
		r, err := request(ctx, t.link, op, false, t.client.GetPointsClient().UpdateBatch,
			&api.UpdateBatchPoints{CollectionName: t.name, Wait: &wait, Ordering: strong(), Operations: changes[:n]})
		if err != nil {
			return err
		}
		for _, done := range r.GetResult() {
			if done.GetStatus() != api.UpdateStatus_Completed {
				return fmt.Errorf("qdrant: %s: %w: %s took a change and has not applied it yet: the same once more is safe", op, ErrSlow, t.server)
			}
		}
		changes = changes[n:]
	}
	return nil
}

// upserts write points, in parts of bounded size.
func upserts(points []*api.PointStruct) (out []*api.PointsUpdateOperation) {
	for len(points) > 0 {
		n, bytes := 0, 0
		for n < len(points) && (n == 0 || n < maxPoints && bytes+proto.Size(points[n]) <= maxBytes) {
			bytes += proto.Size(points[n])
			n++
		}
		out = append(out, api.NewPointsUpdateUpsert(&api.PointsUpdateOperation_PointStructList{Points: points[:n]}))
		points = points[n:]
	}
	return out
}

// deletes take points away.
func deletes(ids []*api.PointId) (out []*api.PointsUpdateOperation) {
	for some := range slices.Chunk(ids, 10*maxPoints) {
		out = append(out, api.NewPointsUpdateDeletePoints(&api.PointsUpdateOperation_DeletePoints{Points: api.NewPointsSelectorIDs(some)}))
	}
	return out
}

// sections is the filter for sources.
func sections(more ...*api.Condition) *api.Filter {
	return &api.Filter{Must: append([]*api.Condition{api.NewMatch(fWhat, aSection)}, more...)}
}

// under is f as conditions of the request itself: nothing that it leaves out
// is ever looked at. There is none without a scope.
func under(kind string, f retrieval.Filter) (*api.Filter, error) {
	if len(f.Scopes) == 0 || slices.Contains(f.Scopes, "") {
		return nil, retrieval.ErrNoScope
	}
	must := []*api.Condition{api.NewMatch(fWhat, kind), api.NewMatchKeywords(fScope, f.Scopes...)}
	if len(f.Jurisdictions) > 0 {
		must = append(must, api.NewMatchKeywords(fJurisdiction, f.Jurisdictions...))
	}
	if len(f.Kinds) > 0 {
		kinds := make([]string, len(f.Kinds))
		for i, k := range f.Kinds {
			kinds[i] = string(k)
		}
		must = append(must, api.NewMatchKeywords(fKind, kinds...))
	}
	if len(f.Sources) > 0 {
		must = append(must, api.NewMatchKeywords(fSource, f.Sources...))
	}
	return &api.Filter{Must: must}, nil
}
