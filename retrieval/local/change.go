package local

import (
	"context"
	"fmt"
	"slices"

	"github.com/everycategory/advocate/retrieval"
)

// Put implements retrieval.Index. With a file, it returns once the
// documents are on the disk. It fails with ErrLocked while another process
// writes, and with retrieval.ErrReadOnly where the file or its folder cannot
// be written. Sources are stored as JSON, and found as that says.
func (x *Index) Put(ctx context.Context, docs []retrieval.Document) error {
	puts, err := prepare(docs, false, ctx.Err)
	if err == nil {
		err = x.change(ctx, puts, nil)
	}
	if err != nil {
		return fmt.Errorf("local: put: %w", err)
	}
	return nil
}

// Delete implements retrieval.Index. It fails as Put does, and with
// retrieval.ErrReadOnly, deleting nothing, where an id is a base document's.
func (x *Index) Delete(ctx context.Context, scope string, ids []string) error {
	if scope == "" {
		return fmt.Errorf("local: delete: %w", retrieval.ErrNoScope)
	}
	keys := make([]key, len(ids))
	for i, id := range ids {
		keys[i] = key{scope, id}
	}
	if err := x.change(ctx, nil, keys); err != nil {
		return fmt.Errorf("local: delete: %w", err)
	}
	return nil
}

// change writes puts and deletes to the file, then brings them into memory.
func (x *Index) change(ctx context.Context, puts []document, deletes []key) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if x.closed() {
		return retrieval.ErrClosed // and no lock file is made
	}
	release, err := x.lock.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := x.changing.enter(ctx); err != nil {
		return err
	}
	defer x.changing.leave()
	if x.memory == nil {
		return retrieval.ErrClosed
	}
	if err := x.reload(ctx); err != nil {
		return err
	}
	puts, deletes, err = x.memory.news(puts, deletes)
	if err != nil || len(puts)+len(deletes) == 0 {
		return err
	}
	layTogether(puts)
	c, err := x.plan(puts, deletes)
	if err != nil {
		return err
	}
	if x.store != nil {
		r := x.layout.revise(puts, deletes, func(k key) document { return x.memory.document(x.memory.numbers[k]) })
		r.sum = x.memory.storedAfter(c)
		if err := ctx.Err(); err != nil {
			return err
		}
		numbers, err := x.store.write(ctx, &r)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err() // whatever name database/sql has for it
			}
			return err
		}
		x.layout.apply(&r, numbers)
		if x.seen, err = x.store.stamp(); err != nil {
			x.seen = unknown // written all the same; the next call looks again
		}
	}
	x.bring(c)
	return nil
}

// news leaves out what would change nothing. To delete what only the base
// holds is an error.
func (m *memory) news(puts []document, deletes []key) (newPuts []document, newDeletes []key, err error) {
	for _, d := range puts {
		n, ok := m.numbers[d.key]
		if !ok || m.sections[n].base || m.sections[n].hash != d.hash {
			newPuts = append(newPuts, d)
		}
	}
	seen := map[key]bool{}
	for _, k := range deletes {
		n, ok := m.numbers[k]
		if !ok || seen[k] {
			continue
		}
		if m.sections[n].base {
			return nil, nil, fmt.Errorf("source %q ships with the program and stays: %w", k.id, retrieval.ErrReadOnly)
		}
		seen[k] = true
		newDeletes = append(newDeletes, k)
	}
	return newPuts, newDeletes, nil
}

// plan turns puts and deletes into changes to memory: a base document comes
// back where what took its place is deleted.
func (x *Index) plan(puts []document, deletes []key) (changes, error) {
	c := changes{removed: slices.Clone(deletes), added: puts}
	for i := range puts {
		c.removed = append(c.removed, puts[i].key)
	}
	var back []retrieval.Document
	for _, k := range deletes {
		if d, ok := x.base[k]; ok {
			back = append(back, d)
		}
	}
	docs, err := prepare(back, true, func() error { return nil })
	if err != nil {
		return changes{}, err
	}
	c.added = append(docs, c.added...)
	return c, x.memory.fits(c)
}

// bring makes the changes in memory. Searches wait only for changes that are
// made in place; rebuilding happens beside them.
func (x *Index) bring(c changes) {
	var next *memory
	if x.memory.crowded(c) {
		next = x.memory.rebuilt(c)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if next != nil {
		x.memory = next
	} else {
		x.memory.apply(c)
	}
}
