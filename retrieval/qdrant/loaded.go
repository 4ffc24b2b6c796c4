package qdrant

import (
	"container/list"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// A loaded is a source with what its point says.
type loaded struct {
	head
	source *corpus.Source
	bytes  int // of its JSON
	once   sync.Once
	split  bags
}

// words are the source's, split when they are first asked for.
func (l *loaded) words() *bags {
	l.once.Do(func() { l.split = bagsOf(l.source) })
	return &l.split
}

// size is what the source counts for.
func (l *loaded) sized() *sized {
	w := l.words()
	return &sized{l.hash, l.size, len(w.pieces), w.whole.all}
}

func readLoaded(p map[string]*api.Value) (*loaded, error) {
	h, err := readHead(p)
	if err != nil {
		return nil, err
	}
	data := p[fText].GetStringValue()
	l := &loaded{head: h, source: new(corpus.Source), bytes: len(data)}
	if err := json.Unmarshal([]byte(data), l.source); err != nil {
		return nil, fmt.Errorf("%w: source %q cannot be read (%v): use the version that wrote it", ErrForeign, h.ID, err)
	}
	if l.source.ID != h.ID || l.source.Scope != h.Scope || len(l.source.Passages) != h.size {
		return nil, fmt.Errorf("%w: source %q is not what its point says: put it again", ErrForeign, h.ID)
	}
	return l, nil
}

// A wanted is a source as a request found it.
type wanted struct {
	retrieval.Key
	hash retrieval.Digest
}

func (h *head) wanted() wanted { return wanted{h.Key, h.hash} }

// A cache keeps the sources that were used last. Safe for concurrent use.
type cache struct {
	most int // bytes of JSON

	mu    sync.Mutex
	held  map[wanted]*list.Element // of *loaded
	order *list.List               // used last in front
	bytes int
}

func newCache(most int) *cache {
	return &cache{most: most, held: map[wanted]*list.Element{}, order: list.New()}
}

func (c *cache) get(w wanted) *loaded {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.held[w]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*loaded)
}

// put keeps l, and returns what is kept under its name: the same value for
// all, if it is still there.
func (c *cache) put(l *loaded) *loaded {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.held[l.wanted()]; e != nil {
		return e.Value.(*loaded)
	}
	c.held[l.wanted()] = c.order.PushFront(l)
	c.bytes += l.bytes
	for c.bytes > c.most && c.order.Len() > 1 {
		last := c.order.Back()
		old := c.order.Remove(last).(*loaded)
		delete(c.held, old.wanted())
		c.bytes -= old.bytes
	}
	return l
}

// load returns the sources as they are by now: one that was replaced has
// another hash than was wanted, one that was removed is missing.
func (x *Index) load(ctx context.Context, t table, op string, all []wanted) (map[retrieval.Key]*loaded, error) {
	out := make(map[retrieval.Key]*loaded, len(all))
	var missing []*api.PointId
	for _, w := range all {
		if _, twice := out[w.Key]; twice {
			continue
		}
		out[w.Key] = x.cache.get(w)
		if out[w.Key] == nil {
			missing = append(missing, sectionID(w.Key))
		}
	}
	for some := range slices.Chunk(missing, textPage) {
		points, err := t.get(ctx, op, some, append(slices.Clone(headFields), fText)...)
		if err != nil {
			return nil, err
		}
		for _, p := range points {
			l, err := readLoaded(p)
			if err != nil {
				return nil, fmt.Errorf("qdrant: %s: %w", op, err)
			}
			out[l.Key] = x.cache.put(l)
		}
	}
	for k, l := range out {
		if l == nil {
			delete(out, k)
		}
	}
	return out, nil
}
