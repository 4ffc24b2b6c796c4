package local

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// TestStopped checks that opening and searching end with their context.
func TestStopped(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	write(t, file, sample(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, file, nil, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open: %v", err)
	}
	var docs []retrieval.Document
	for i := range 3000 {
		d := doc(fmt.Sprint(i), "kidney")
		d.Vectors = [][]float32{{1, float32(i)}}
		docs = append(docs, d)
	}
	x := must(New(docs...))
	for name, q := range map[string]retrieval.Query{
		"words":  {Terms: []retrieval.Term{{Token: "kidney", Weight: 1}, {Token: "kidney", Weight: 1}}},
		"vector": {Vector: []float32{1, 1}},
	} {
		q.Limit, q.Filter.Scopes = 1, []string{"public"}
		if _, err := x.Search(&countdown{t.Context(), 2}, q); !errors.Is(err, context.Canceled) {
			t.Errorf("a search by %s, stopped midway: %v", name, err)
		}
		if _, err := x.Search(t.Context(), q); err != nil {
			t.Error(err)
		}
	}
}

// A countdown is a context that ends after it was asked a number of times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestPutStopped ends the context at many moments of Put: it is done, or it
// is not, and it says so.
func TestPutStopped(t *testing.T) {
	t.Parallel()
	x := open(t, filepath.Join(t.TempDir(), "index.db"))
	for i := range 20 * scale {
		var docs []retrieval.Document
		word := fmt.Sprintf("word%d", i)
		for n := range 50 {
			docs = append(docs, doc(fmt.Sprint(i, "-", n), word))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i%20)*400*time.Microsecond)
		err := x.Put(ctx, docs)
		cancel()
		want := 0
		if err == nil {
			want = len(docs)
		} else if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if got := len(ids(t, x, word)); got != want {
			t.Errorf("Put returned %v and left %d of %d", err, got, len(docs))
		}
	}
	if a, b := revision(t, x), revision(t, open(t, x.store.file)); a != b {
		t.Error("memory and file differ")
	}
}

// TestClosedWritesNothing checks that not even a lock file is made.
func TestClosedWritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := open(t, filepath.Join(dir, "index.db"))
	x.Close()
	if err := x.Put(t.Context(), []retrieval.Document{doc("a", "text")}); !errors.Is(err, retrieval.ErrClosed) {
		t.Error(err)
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("a closed index made %q", got)
	}
}
