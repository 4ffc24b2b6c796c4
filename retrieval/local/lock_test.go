package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

func TestLocked(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "deep", "index.db")
	synctest.Test(t, func(t *testing.T) {
		x, other := open(t, file, doc("base", "kidney")), open(t, file)
		release, err := other.lock.acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		err = x.Put(t.Context(), []retrieval.Document{doc("a", "kidney")})
		if !errors.Is(err, ErrLocked) || time.Since(start) != 10*time.Second {
			t.Errorf("after %v: %v; want ErrLocked after 10 s", time.Since(start), err)
		}
		for _, part := range []string{file, fmt.Sprint("process ", os.Getpid()), filepath.Base(os.Args[0]), start.Format(time.DateTime)} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
		if got := ids(t, x, "kidney"); len(got) != 1 {
			t.Errorf("while another writes, found %q", got)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if err := x.Delete(ctx, "public", []string{"a"}); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrLocked) {
			t.Errorf("given up while waiting: %v", err)
		}
		time.AfterFunc(3*time.Second, release)
		start = time.Now()
		if err := x.Put(t.Context(), []retrieval.Document{doc("a", "kidney")}); err != nil || time.Since(start) > 4*time.Second {
			t.Errorf("freed after 3 s, Put returned %v after %v", err, time.Since(start))
		}
		if text, err := os.ReadFile(file + ".lock"); err != nil || len(text) != 0 {
			t.Errorf("a free lock file says %q, %v", text, err)
		}
	})
}

func TestNotWaiting(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	x, err := Open(t.Context(), file, nil, Options{Wait: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	other := open(t, file)
	release, err := other.lock.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	os.Truncate(file+".lock", 0) // its holder did not come to write itself in
	if err := x.Put(t.Context(), []retrieval.Document{doc("a", "text")}); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "not known") {
		t.Errorf("locked by an unknown holder: %v", err)
	}
	release()
	put(t, x, doc("a", "text"))
}

// TestQueue checks that writers of one process wait their turn, as long as
// that takes, and can give up.
func TestQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := must(New())
		release, err := x.lock.acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := x.Put(ctx, []retrieval.Document{doc("a", "text")}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("giving up the queue: %v", err)
		}
		time.AfterFunc(time.Hour, release)
		put(t, x, doc("a", "text"))
	})
}
