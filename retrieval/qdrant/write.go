package qdrant

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// A prepared is a document made ready to be written.
type prepared struct {
	retrieval.Content
	source *corpus.Source
	json   retrieval.Digest // of the JSON alone
	bags   bags
}

func (d *prepared) key() retrieval.Key { return retrieval.Key{Scope: d.source.Scope, ID: d.source.ID} }

func (d *prepared) sized() *sized {
	return &sized{d.Hash, len(d.source.Passages), len(d.bags.pieces), d.bags.whole.all}
}

// prepare checks and readies docs. Two of one scope and id are an error.
func prepare(ctx context.Context, docs []retrieval.Document) ([]*prepared, error) {
	out := make([]*prepared, len(docs))
	seen := map[retrieval.Key]bool{}
	for i, d := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c, err := retrieval.NewContent(d)
		if err != nil {
			return nil, err
		}
		p := &prepared{Content: c, json: sha256.Sum256(c.JSON)}
		if p.source, err = c.ReadBack(d.Source); err != nil {
			return nil, err
		}
		if seen[p.key()] {
			return nil, fmt.Errorf("two sources in scope %q are called %q: give each once", d.Source.Scope, d.Source.ID)
		}
		seen[p.key()] = true
		out[i] = p
	}
	return out, nil
}

// Put implements retrieval.Index; the package says what it promises. It
// fails with ErrLocked while others write, and with retrieval.ErrReadOnly,
// writing nothing, where a document ships with the program.
func (x *Index) Put(ctx context.Context, docs []retrieval.Document) error {
	if err := x.ready(ctx); err != nil {
		return err
	}
	all, err := prepare(ctx, docs)
	if err != nil {
		return fmt.Errorf("qdrant: put: %w", err)
	}
	return x.change(ctx, &change{op: "put", puts: all})
}

// Delete implements retrieval.Index. It fails as Put does.
func (x *Index) Delete(ctx context.Context, scope string, ids []string) error {
	if err := x.ready(ctx); err != nil {
		return err
	}
	if scope == "" {
		return fmt.Errorf("qdrant: delete: %w", retrieval.ErrNoScope)
	}
	c := &change{op: "delete"}
	for _, id := range ids {
		c.deletes = append(c.deletes, retrieval.Key{Scope: scope, ID: id})
	}
	return x.change(ctx, c)
}

// ship brings the documents that ship with the program up to date.
func (x *Index) ship(ctx context.Context, docs []retrieval.Document) error {
	all, err := prepare(ctx, docs)
	if err != nil {
		return fmt.Errorf("qdrant: open: %w", err)
	}
	t := x.table()
	held, err := t.heads(ctx, "open", sections(api.NewMatchBool(fShipped, true)))
	if err != nil && !t.absent(err) {
		return err
	}
	c := &change{op: "open", puts: all, shipped: true, lenient: true}
	stays := map[retrieval.Key]bool{}
	for _, d := range all {
		stays[d.key()] = true
	}
	for _, h := range held {
		if !stays[h.Key] {
			c.deletes = append(c.deletes, h.Key)
		}
	}
	if err := x.change(ctx, c); err != nil {
		return err
	}
	for _, d := range all { // no need to fetch what everyone has
		x.cache.put(&loaded{head: head{Key: d.key(), hash: d.Hash, dim: d.Dim, embedder: d.Embedder, size: len(d.source.Passages), shipped: true},
			source: d.source, bytes: len(d.JSON)})
	}
	return nil
}

// A change is what one call writes.
type change struct {
	op      string
	puts    []*prepared
	deletes []retrieval.Key
	shipped bool // it may change documents that ship, and what it puts does
	lenient bool // what is held with the same words keeps its vectors, and what others put stays
}

// news leaves out what would change nothing.
func (c *change) news(held map[retrieval.Key]head) (*change, error) {
	out := &change{op: c.op, shipped: c.shipped, lenient: c.lenient}
	refused := func(h head) error {
		return fmt.Errorf("qdrant: %s: source %q ships with the program and stays: %w", c.op, h.ID, retrieval.ErrReadOnly)
	}
	for _, d := range c.puts {
		h, ok := held[d.key()]
		switch {
		case ok && h.shipped && !c.shipped:
			return nil, refused(h)
		case ok && c.lenient && (!h.shipped || h.json == d.json): // what somebody put in its place stays
		case !ok || h.hash != d.Hash || h.shipped != c.shipped:
			out.puts = append(out.puts, d)
		}
	}
	seen := map[retrieval.Key]bool{}
	for _, k := range c.deletes {
		h, ok := held[k]
		switch {
		case !ok || seen[k]:
		case h.shipped && !c.shipped:
			return nil, refused(h)
		default:
			seen[k] = true
			out.deletes = append(out.deletes, k)
		}
	}
	return out, nil
}

func (c *change) empty() bool { return len(c.puts)+len(c.deletes) == 0 }

func (c *change) keys() []retrieval.Key {
	keys := slices.Clone(c.deletes)
	for _, d := range c.puts {
		keys = append(keys, d.key())
	}
	return keys
}

// dim is that of the vectors it puts; 0 without.
func (c *change) dim() int {
	for _, d := range c.puts {
		if d.Dim > 0 {
			return d.Dim
		}
	}
	return 0
}

// change makes a change, alone of all writers.
func (x *Index) change(ctx context.Context, c *change) error {
	if c.empty() {
		return nil
	}
	if err := x.changing.enter(ctx); err != nil {
		return err
	}
	defer x.changing.leave()
	s, err := x.statistics(ctx, c.op, nil)
	if err != nil {
		return err
	}
	t := x.table()
	held, err := t.headsOf(ctx, c.op, c.keys())
	if err != nil && !t.absent(err) {
		return err
	}
	news, err := c.news(held)
	if err != nil || news.empty() && (s.Clean || s.missing) {
		return err // without taking the lease
	}
	if err := fits(totals{}, news, nil); err != nil {
		return fmt.Errorf("qdrant: %s: %w", c.op, err) // before a collection is made for it
	}
	at, err := x.ensure(ctx, c.op, c.dim())
	if err != nil {
		return err
	}
	for range 3 {
		moved, err := x.alone(ctx, c.op, func(ctx context.Context) (bool, error) {
			if at, err = x.resolve(ctx, c.op); err != nil {
				return false, err
			}
			w := &writer{x: x, t: x.table(), op: c.op}
			return w.make(ctx, c, at)
		})
		if err != nil || !moved {
			return err
		}
	}
	return fmt.Errorf("qdrant: %s: %w: others change what kind of vectors the index holds", c.op, ErrLocked)
}

// alone calls do with the lease held, and with a context that ends with it.
func (x *Index) alone(ctx context.Context, op string, do func(context.Context) (moved bool, err error)) (bool, error) {
	l, err := x.acquire(ctx, op)
	if err != nil {
		return false, err
	}
	held, stop := l.keep(ctx)
	moved, err := do(held)
	lost := context.Cause(held)
	stop()
	l.release(ctx)
	switch {
	case err != nil && ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil && lost != nil:
		return false, lost
	}
	return moved, err
}

// fits reports with ErrDimension or ErrEmbedder whether the vectors after
// the change would not be of one kind. Removed are what it takes away.
func fits(t totals, c *change, removed map[retrieval.Key]*loaded) error {
	_, err := after(t.Vectored, c, removed)
	return err
}

func after(v retrieval.Vectored, c *change, removed map[retrieval.Key]*loaded) (retrieval.Vectored, error) {
	for _, l := range removed {
		v = v.Without(l.dim)
	}
	for _, d := range c.puts {
		var err error
		if v, err = v.With(d.source.ID, d.Dim, d.Embedder); err != nil {
			return v, err
		}
	}
	return v, nil
}
