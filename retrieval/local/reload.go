package local

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// look is how long a search relies on what it last saw of the file.
const look = 500 * time.Millisecond

// refresh brings into memory what other processes wrote, if it is time to
// look again and nobody else is at it.
func (x *Index) refresh(ctx context.Context) error {
	now := int64(time.Since(x.opened))
	if x.store == nil || now-x.checked.Load() < int64(look) || !x.changing.try() {
		return nil
	}
	defer x.changing.leave()
	x.checked.Store(now)
	if x.memory == nil {
		return nil // closed; the caller will see
	}
	if err := x.reload(ctx); ctx.Err() != nil {
		return err
	}
	return nil // x.failed has what else there may be
}

// reload brings the file's state into memory if it is another than the one
// that was seen. The caller holds x.changing. What goes wrong stays in
// x.failed until the file changes again.
func (x *Index) reload(ctx context.Context) error {
	if x.store == nil {
		return nil
	}
	now, err := x.store.stamp()
	if err == nil && now == x.seen {
		return x.failed
	}
	if err == nil {
		var c contents
		c, now, err = x.store.load(ctx, x.layout.known)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			err = x.follow(c)
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", x.store.file, err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.seen, x.failed = now, err
	return err
}

// known returns the entries of a segment that was read before, else nil.
func (l *layout) known(n int64, hash digest) []entry {
	if p := l.parts[n]; p != nil && p.hash == hash {
		return p.entries
	}
	return nil
}

// follow makes memory hold what the file does. Sources that did not change
// stay the values they are, wherever the file has them now.
func (x *Index) follow(c contents) error {
	var gone []key
	for k, n := range x.memory.numbers {
		if _, ok := c.layout.places[k]; !ok && !x.memory.sections[n].base {
			gone = append(gone, k)
		}
	}
	slices.SortFunc(gone, func(a, b key) int { return cmp.Or(strings.Compare(a.scope, b.scope), strings.Compare(a.id, b.id)) })
	fresh := slices.DeleteFunc(c.fresh, func(d document) bool {
		n, ok := x.memory.numbers[d.key]
		return ok && !x.memory.sections[n].base && x.memory.sections[n].hash == d.hash
	})
	plan, err := x.plan(fresh, gone)
	if err == nil {
		x.bring(plan)
		x.layout = c.layout
	}
	return err
}
