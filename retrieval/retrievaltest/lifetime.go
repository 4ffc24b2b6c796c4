package retrievaltest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// calls are all methods that take a context.
func calls(ix retrieval.Index, ctx context.Context) map[string]error {
	q := retrieval.Query{Terms: asked("kidney"), Vector: []float32{1}, Filter: public(), Limit: 1}
	_, searched := ix.Search(ctx, q)
	_, looked := ix.Lookup(ctx, citation.Citation{System: citation.RCW, Number: "48.43.045"}, public())
	_, listed := ix.Sources(ctx, public())
	_, _, weighed := ix.Idf(ctx, []string{"kidney"})
	_, described := ix.Info(ctx)
	return map[string]error{
		"Search": searched, "Lookup": looked, "Sources": listed, "Idf": weighed, "Info": described,
		"Put":    ix.Put(ctx, docs(plain("b", "more"))),
		"Delete": ix.Delete(ctx, "public", []string{"a"}),
	}
}

func cancelled(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, docs(plain("a", "kidney"))...)
	before := info(t, ix)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range calls(ix, ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v", name, err)
		}
	}
	late, cancel := context.WithTimeout(t.Context(), -1)
	defer cancel()
	for name, err := range calls(ix, late) {
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s after its deadline: %v", name, err)
		}
	}
	if got := info(t, ix); got != before {
		t.Errorf("cancelled calls changed %+v to %+v", before, got)
	}
}

func closed(t testing.TB, b Backend) {
	ix := b.Open(t)
	put(t, ix, docs(plain("a", "kidney"))...)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	for name, err := range calls(ix, t.Context()) {
		if !errors.Is(err, retrieval.ErrClosed) {
			t.Errorf("%s of a closed index: %v", name, err)
		}
	}
}

// concurrent has writers, each with ids of its own, beside readers; run it
// with the race detector.
func concurrent(t testing.TB, b Backend) {
	const writers, rounds = 3, 5
	ix, want := b.Open(t), new(brute)
	errs := make(chan error, 100)
	stop := make(chan struct{})
	var writing, reading sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			m := newMaker(uint64(20 + w))
			for r := range rounds {
				batch := []retrieval.Document{
					m.document(fmt.Sprintf("w%d-%d", w, r), "guild"), m.document(fmt.Sprintf("w%d-again", w), "guild")}
				gone := fmt.Sprintf("w%d-%d", w, r-2)
				for _, x := range []retrieval.Index{ix, want} {
					if err := x.Put(t.Context(), batch); err != nil {
						errs <- err
						return
					}
					if err := x.Delete(t.Context(), "guild", []string{gone}); err != nil {
						errs <- err
						return
					}
				}
			}
		})
	}
	for r := range 2 {
		reading.Go(func() {
			for m := newMaker(uint64(30 + r)); ; {
				select {
				case <-stop:
					return
				default:
				}
				if err := readSome(t.Context(), ix, m); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	writing.Wait()
	close(stop)
	reading.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	m := newMaker(40)
	for range 40 {
		agree(t, ix, want, m.query())
	}
	sameSources(t, list(t, ix, everywhere()), list(t, want, everywhere()))
}

// readSome searches once and checks what holds whatever others write.
func readSome(ctx context.Context, ix retrieval.Index, m *maker) error {
	q := m.query()
	res, err := ix.Search(ctx, q)
	if err != nil {
		return err
	}
	for i, h := range res.Words {
		if !passes(q.Filter, h.Source) || i > 0 && h.Score > res.Words[i-1].Score || len(h.Passages) == 0 {
			return fmt.Errorf("amid writing, section %v is out of place", nameOf(h.Source))
		}
	}
	for i, h := range res.Vectors {
		if !passes(q.Filter, h.Source) || i > 0 && h.Score > res.Vectors[i-1].Score || h.Passage >= len(h.Source.Passages) {
			return fmt.Errorf("amid writing, passage %d of %v is out of place", h.Passage, nameOf(h.Source))
		}
	}
	if _, err := ix.Sources(ctx, q.Filter); err != nil {
		return err
	}
	_, err = ix.Info(ctx)
	return err
}

// reopened returns ix anew, or skips the test.
func (b Backend) reopened(t testing.TB, ix retrieval.Index) retrieval.Index {
	t.Helper()
	if b.Reopen == nil {
		t.Skip("this index keeps nothing: it cannot be reopened")
	}
	return b.Reopen(t, ix)
}

// reopen checks that what Put and Delete returned for is there afterwards.
func reopen(t testing.TB, b Backend) {
	m := newMaker(11)
	ix, want := filled(t, b, m, 60)
	for range 3 {
		before := info(t, ix)
		ix = b.reopened(t, ix)
		if got := info(t, ix); got != before {
			t.Errorf("reopened, Info is %+v, was %+v", got, before)
		}
		sameSources(t, list(t, ix, everywhere()), list(t, want, everywhere()))
		for range 30 {
			agree(t, ix, want, m.query())
		}
		ids := []string{fmt.Sprintf("s%03d", m.IntN(30)), fmt.Sprintf("s%03d", m.IntN(30))}
		d := m.document(fmt.Sprintf("s%03d", m.IntN(30)), "clinic")
		for _, x := range []retrieval.Index{ix, want} {
			remove(t, x, "guild", ids...)
			put(t, x, d)
		}
	}
}

// twins are ids whose hashes begin with the same 32 bits: SHA-256, SHA-1,
// MD5, 64-bit FNV-1a; or are the same 32 bits: FNV-1a, CRC-32.
var twins = [][2]string{
	{"source-345387185", "source-504266082"},
	{"source-880537367", "source-1151771036"},
	{"source-61966175", "source-130489282"},
	{"source-431910179", "source-583479839"},
	{"source-137283784", "source-462493357"},
	{"source-979524867", "source-1016142323"},
}

// hashPrefixes checks that a store that goes by a part of a hash does not
// take one source for another.
func hashPrefixes(t testing.TB, b Backend) {
	ix := b.Open(t)
	for _, pair := range twins {
		put(t, ix, docs(plain(pair[0], "kidney "+pair[0]), plain(pair[1], "ledger "+pair[1]))...)
	}
	check := func(what string) {
		t.Helper()
		for _, pair := range twins {
			for i, word := range []string{"kidney", "ledger"} {
				f := public()
				f.Sources = pair[:]
				if ids := found(t, ix, f, word); len(ids) != 1 || ids[0] != pair[i] {
					t.Errorf("%s: %q is found in %q, want %q", what, word, ids, pair[i])
				}
			}
		}
	}
	check("written")
	ix = b.reopened(t, ix)
	check("reopened")
	for _, pair := range twins {
		remove(t, ix, "public", pair[0])
	}
	if got := info(t, ix).Sources; got != len(twins) {
		t.Errorf("%d sources left, want %d", got, len(twins))
	}
}
