package local

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// TestNoticed has a second index on the same file stand for another process.
func TestNoticed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	synctest.Test(t, func(t *testing.T) {
		x, other := open(t, file, doc("base", "kidney")), open(t, file)
		want := func(what string, want ...string) {
			t.Helper()
			time.Sleep(look)
			if got := ids(t, x, "kidney"); !slices.Equal(got, want) {
				t.Errorf("%s: found %q, want %q", what, got, want)
			}
		}
		want("no file yet", "base")
		put(t, other, doc("a", "kidney"), doc("b", "kidney"))
		want("created", "a", "b", "base")
		first, _ := x.Sources(t.Context(), retrieval.Filter{Scopes: []string{"public"}, Sources: []string{"b"}})
		put(t, other, doc("a", "ledger"), doc("base", "taken over"))
		want("changed", "b")
		again, _ := x.Sources(t.Context(), retrieval.Filter{Scopes: []string{"public"}, Sources: []string{"b"}})
		if first[0] != again[0] {
			t.Error("a source that did not change was read again")
		}
		if err := other.Delete(t.Context(), "public", []string{"b", "base"}); err != nil {
			t.Fatal(err)
		}
		want("deleted", "base")

		put(t, x, doc("c", "kidney")) // both write, without looking first
		put(t, other, doc("d", "kidney"))
		put(t, x, doc("e", "kidney"))
		want("written by both", "base", "c", "d", "e")
		if got := ids(t, open(t, file), "kidney"); !slices.Equal(got, []string{"c", "d", "e"}) {
			t.Errorf("the file holds %q", got)
		}

		good, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile(file, []byte("a letter"), 0o600)
		time.Sleep(look)
		for range 2 {
			if _, err := x.Info(t.Context()); !errors.Is(err, ErrForeign) {
				t.Errorf("with the file overwritten: %v, want ErrForeign", err)
			}
		}
		if err := x.Put(t.Context(), []retrieval.Document{doc("f", "kidney")}); !errors.Is(err, ErrForeign) {
			t.Errorf("Put with the file overwritten: %v, want ErrForeign", err)
		}
		os.WriteFile(file, good, 0o600)
		want("put back", "base", "c", "d", "e")
		os.Remove(file)
		want("removed", "base")
		put(t, x, doc("g", "kidney"))
		want("begun anew", "base", "g")
	})
}

// TestReadAmidWriting opens a file again and again while it is written: what
// it sees must be some state that Put left.
func TestReadAmidWriting(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	w := open(t, file)
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for v := 0; ; v++ {
			select {
			case <-stop:
				return
			default:
			}
			var docs []retrieval.Document
			for i := range 20 {
				docs = append(docs, doc(fmt.Sprint("s", i), fmt.Sprintf("version%d kidney", v)))
			}
			if err := w.Put(t.Context(), docs); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 60 {
		x, err := Open(t.Context(), file, nil, Options{})
		if err != nil {
			t.Error(err)
			break
		}
		texts := map[string]int{}
		all, err := x.Sources(t.Context(), retrieval.Filter{Scopes: []string{"public"}})
		if err != nil {
			t.Error(err)
		}
		for _, s := range all {
			texts[s.Passages[0].Text]++
		}
		if len(texts) > 1 || len(all) != 0 && len(all) != 20 {
			t.Errorf("opened amid writing, it holds %v", texts)
		}
		x.Close()
	}
	close(stop)
	writing.Wait()
}

// TestTornRead changes the file in the very middle of reading it.
func TestTornRead(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	w := open(t, file)
	version := func(v int) (docs []retrieval.Document) {
		for i := range 50 {
			docs = append(docs, doc(fmt.Sprint("s", i), fmt.Sprint("version", v), strings.Repeat("kidney ", 500)))
		}
		return docs
	}
	put(t, w, version(0)...)
	for _, changes := range []int{1, 3} { // the last reading goes by way of SQLite's protocol
		left := changes
		c, _, err := w.store.load(t.Context(), func(int64, digest) []entry {
			if left > 0 {
				left--
				put(t, w, version(changes*100+left)...)
			}
			return nil
		})
		if err != nil || len(c.fresh) != 50 {
			t.Errorf("changed amid reading, it gave %d sources, %v", len(c.fresh), err)
		}
		texts := map[string]bool{}
		for _, d := range c.fresh {
			s, err := d.text.get(d.head)
			if err != nil {
				t.Fatal(err)
			}
			texts[s.Passages[0].Text] = true
		}
		if len(texts) != 1 {
			t.Errorf("changed amid reading, it mixes %v", texts)
		}
	}
}

// TestWhole checks that a search sees all of a Put or none of it, in memory
// that changes in place and that is rebuilt.
func TestWhole(t *testing.T) {
	t.Parallel()
	for _, n := range []int{10, 200} {
		x := must(New())
		var writing sync.WaitGroup
		done := make(chan struct{})
		writing.Go(func() {
			defer close(done)
			for v := range 25 {
				var docs []retrieval.Document
				for i := range n {
					docs = append(docs, doc(fmt.Sprint("s", i), "kidney", fmt.Sprintf("version%d", v)))
				}
				put(t, x, docs...)
			}
		})
		for v := 0; ; v = (v + 1) % 25 {
			if got := len(ids(t, x, fmt.Sprintf("version%d", v))); got != 0 && got != n {
				t.Errorf("a search saw %d of %d", got, n)
			}
			select {
			case <-done:
			default:
				continue
			}
			break
		}
		writing.Wait()
		if have := len(x.memory.sections); have > n+n/8+65 {
			t.Errorf("%d sections for %d sources: the removed ones pile up", have, n)
		}
	}
}
