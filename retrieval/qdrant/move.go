package qdrant

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/retrieval"
)

// Documents implements retrieval.Holder.
func (x *Index) Documents(ctx context.Context, scope string, ids []string) ([]retrieval.Document, error) {
	if err := x.ready(ctx); err != nil {
		return nil, err
	}
	if scope == "" {
		return nil, fmt.Errorf("qdrant: documents: %w", retrieval.ErrNoScope)
	}
	return x.documents(ctx, x.table(), "documents", scope, ids)
}

func (x *Index) documents(ctx context.Context, t table, op, scope string, ids []string) ([]retrieval.Document, error) {
	keys := make([]retrieval.Key, len(ids))
	for i, id := range ids {
		keys[i] = retrieval.Key{Scope: scope, ID: id}
	}
	heads, err := t.headsOf(ctx, op, keys)
	if t.absent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []wanted
	for _, k := range keys {
		if h, ok := heads[k]; ok {
			all = append(all, h.wanted())
		}
	}
	sources, err := x.load(ctx, t, op, all)
	if err != nil {
		return nil, err
	}
	var out []retrieval.Document
	for _, k := range keys {
		l := sources[k]
		if l == nil {
			continue
		}
		d := retrieval.Document{Source: l.source, Embedder: l.embedder}
		if d.Vectors, err = t.vectors(ctx, op, l); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// vectors are a source's, as they were written: those of zeros have no point.
func (t table) vectors(ctx context.Context, op string, l *loaded) ([][]float32, error) {
	if l.dim == 0 {
		return nil, nil
	}
	out := retrieval.Vectors(l.dim, make([]float32, l.dim*l.size))
	places := make(map[string]int, l.size)
	ids := make([]*api.PointId, l.size)
	for i := range out {
		ids[i] = passageID(l.Key, i)
		places[ids[i].GetUuid()] = i
	}
	for some := range slices.Chunk(ids, maxPoints) {
		r, err := request(ctx, t.link, op, true, t.client.GetPointsClient().Get, &api.GetPoints{CollectionName: t.name, Ids: some,
			WithPayload: api.NewWithPayload(false), WithVectors: api.NewWithVectorsInclude(vMeaning), ReadConsistency: t.consistency()})
		if err != nil {
			return nil, err
		}
		for _, p := range r.GetResult() {
			v := p.GetVectors().GetVectors().GetVectors()[vMeaning]
			row := v.GetDense().GetData()
			if row == nil {
				//lint:ignore SA1019 servers before 1.17 answer in this place
				row = v.GetData()
			}
			if len(row) != l.dim {
				return nil, fmt.Errorf("qdrant: %s: %w: a vector of source %q has %d numbers, of %d", op, ErrForeign, l.ID, len(row), l.dim)
			}
			copy(out[places[p.GetId().GetUuid()]], row)
		}
	}
	return out, nil
}

// Added implements retrieval.Holder.
func (x *Index) Added(ctx context.Context) ([]retrieval.Key, error) {
	if err := x.ready(ctx); err != nil {
		return nil, err
	}
	t := x.table()
	heads, err := t.heads(ctx, "added", sections(api.NewMatchBool(fShipped, false)))
	if err != nil && !t.absent(err) {
		return nil, err
	}
	var out []retrieval.Key
	for _, h := range heads {
		out = append(out, h.Key)
	}
	slices.SortFunc(out, retrieval.Key.Compare)
	return out, nil
}

// A Reindexing makes an index anew.
type Reindexing struct {
	// Embed embeds documents anew; nil leaves their vectors as they are.
	// Embedder is its name, and Dimension how many numbers its vectors have.
	Embed     func(context.Context, []retrieval.Document) ([]retrieval.Document, error)
	Embedder  string
	Dimension int
	Progress  func(done, of int) // documents; may be nil
}

// Reindex fills a new collection with what the index holds and has its name
// stand for that, in one step: searches go on all the while, writers wait or
// get ErrLocked. One that was broken off goes on where it was when it is
// called again with the same.
func (x *Index) Reindex(ctx context.Context, r Reindexing) error {
	const op = "reindex"
	if err := x.ready(ctx); err != nil {
		return err
	}
	if err := x.changing.enter(ctx); err != nil {
		return err
	}
	defer x.changing.leave()
	at, err := x.resolve(ctx, op)
	if err != nil || at.collection == "" {
		return err
	}
	_, err = x.alone(ctx, op, func(ctx context.Context) (bool, error) {
		if at, err = x.resolve(ctx, op); err != nil {
			return false, err
		}
		m := moving{dim: at.dim, progress: r.Progress}
		if r.Embed != nil {
			m.embed, m.dim, m.embedder = r.Embed, r.Dimension, r.Embedder
		}
		return true, x.move(ctx, op, at, m)
	})
	return err
}

// A moving is how one collection becomes another.
type moving struct {
	dim      int
	embedder string
	embed    func(context.Context, []retrieval.Document) ([]retrieval.Document, error)
	words    bool // without the vectors that are there: they are about to be replaced
	progress func(done, of int)
}

// move fills another collection from the one at a place, checks that it
// holds as many, has the name stand for it, and deletes the first. The
// caller holds the lease of the first.
func (x *Index) move(ctx context.Context, op string, at place, m moving) error {
	name := x.another(at.collection, m.dim, m.embedder)
	if err := x.create(ctx, op, name, m.dim); err != nil {
		return err
	}
	if p, err := x.inspect(ctx, op, name); err != nil || p.dim != m.dim {
		if err != nil && !errors.Is(err, ErrForeign) {
			return err
		}
		if err := x.drop(ctx, op, name); err != nil {
			return err
		}
		if err := x.create(ctx, op, name, m.dim); err != nil {
			return err
		}
	}
	from := &writer{x, table{x.link, at.collection, x.majority.Load(), true}, op}
	to := &writer{x, table{x.link, name, x.majority.Load(), true}, op}
	heads, err := from.t.heads(ctx, op, sections())
	if err != nil {
		return err
	}
	slices.SortFunc(heads, func(a, b head) int { // of one scope, and of one kind of document, together
		if a.shipped != b.shipped {
			return map[bool]int{true: 1, false: -1}[a.shipped]
		}
		return strings.Compare(a.Scope+"\x00"+a.ID, b.Scope+"\x00"+b.ID)
	})
	if err := to.clear(ctx, heads, m.dim); err != nil {
		return err
	}
	for i := 0; i < len(heads); {
		n := i + 1
		for n < len(heads) && n-i < textPage && heads[n].Scope == heads[i].Scope && heads[n].shipped == heads[i].shipped {
			n++
		}
		if err := to.copy(ctx, from, heads[i:n], m); err != nil {
			return err
		}
		if i = n; m.progress != nil {
			m.progress(i, len(heads))
		}
	}
	if err := to.holds(ctx, len(heads)); err != nil {
		return err
	}
	if err := x.point(ctx, op, api.NewAliasDelete(x.Name), api.NewAliasCreate(x.Name, name)); err != nil {
		return err
	}
	return x.drop(ctx, op, at.collection)
}

// clear takes away what an earlier move left that is not to come.
func (w *writer) clear(ctx context.Context, heads []head, dim int) error {
	stays := map[retrieval.Key]bool{}
	for _, h := range heads {
		stays[h.Key] = true
	}
	there, err := w.t.heads(ctx, w.op, sections())
	if err != nil {
		return err
	}
	c := &change{op: w.op, shipped: true}
	for _, h := range there {
		if !stays[h.Key] {
			c.deletes = append(c.deletes, h.Key)
		}
	}
	if c.empty() {
		return nil
	}
	_, err = w.make(ctx, c, place{w.t.name, dim})
	return err
}

// copy copies some documents of one scope, but for those that are there.
func (w *writer) copy(ctx context.Context, from *writer, heads []head, m moving) error {
	ids := make([]string, len(heads))
	for i, h := range heads {
		ids[i] = h.ID
	}
	docs, err := w.x.documents(ctx, from.t, w.op, heads[0].Scope, ids)
	if err != nil {
		return err
	}
	for i := range docs {
		if m.words {
			docs[i].Vectors, docs[i].Embedder = nil, ""
		}
	}
	if m.embed != nil {
		if docs, err = w.embed(ctx, docs, m); err != nil {
			return err
		}
	}
	all, err := prepare(ctx, docs)
	if err != nil {
		return fmt.Errorf("qdrant: %s: %w", w.op, err)
	}
	c := &change{op: w.op, puts: all, shipped: true}
	held, err := w.t.headsOf(ctx, w.op, c.keys())
	if err != nil {
		return err
	}
	c.puts = slices.DeleteFunc(c.puts, func(d *prepared) bool { h, ok := held[d.key()]; return ok && h.hash == d.Hash })
	if c.empty() {
		return nil
	}
	c.shipped = heads[0].shipped
	_, err = w.make(ctx, c, place{w.t.name, m.dim})
	return err
}

// embed embeds documents anew, but for those that an earlier move did.
func (w *writer) embed(ctx context.Context, docs []retrieval.Document, m moving) ([]retrieval.Document, error) {
	var fresh, out []retrieval.Document
	for _, d := range docs {
		done, err := w.x.documents(ctx, w.t, w.op, d.Source.Scope, []string{d.Source.ID})
		if err != nil {
			return nil, err
		}
		if len(done) == 1 && done[0].Embedder == m.embedder && done[0].Source.Hash() == d.Source.Hash() {
			out = append(out, done[0])
		} else {
			fresh = append(fresh, d)
		}
	}
	if len(fresh) == 0 {
		return out, nil
	}
	fresh, err := m.embed(ctx, fresh)
	if err != nil {
		return nil, fmt.Errorf("qdrant: %s: %w", w.op, err)
	}
	return append(out, fresh...), nil
}

// holds is an error where the collection does not hold n sources, counted
// and by its totals.
func (w *writer) holds(ctx context.Context, n int) error {
	exact := true
	r, err := request(ctx, w.t.link, w.op, true, w.t.client.GetPointsClient().Count, &api.CountPoints{CollectionName: w.t.name, Filter: sections(), Exact: &exact, ReadConsistency: w.t.consistency()})
	if err != nil {
		return err
	}
	s, err := w.t.statistics(ctx, w.op, nil)
	if err != nil {
		return err
	}
	if r.GetResult().GetCount() != uint64(n) || s.Sources != n {
		return fmt.Errorf("qdrant: %s: the new collection %s counts %d sources and holds %d, of %d: nothing was changed; do the same again", w.op, w.t.name, s.Sources, r.GetResult().GetCount(), n)
	}
	return nil
}
