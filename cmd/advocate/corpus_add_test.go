package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stopper ends a context when something is written that holds a word.
type stopper struct {
	all  strings.Builder
	word string
	stop context.CancelFunc
}

func (s *stopper) Write(p []byte) (int, error) {
	if strings.Contains(string(p), s.word) {
		s.stop()
	}
	return s.all.Write(p)
}

// TestAddStopsAndGoesOn: what was added before a stop is kept and said, and
// the same command adds the rest.
func TestAddStopsAndGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env := []string{"HOME=" + filepath.Join(dir, "home")}
	var names []string
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte("A sample sentence of "+name+".\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	add := func(ctx context.Context, out interface{ Write([]byte) (int, error) }, files ...string) (int, string) {
		var errs strings.Builder
		code := run(ctx, append([]string{"corpus", "add", "--yes"}, files...), env, strings.NewReader(""), out, &errs)
		return code, errs.String()
	}
	var out strings.Builder
	if code, errs := add(t.Context(), &out, names[0]); code != exitDone {
		t.Fatal(errs)
	}
	ctx, stop := context.WithCancel(t.Context())
	code, errs := add(ctx, &stopper{word: "already", stop: stop}, names...)
	if code != exitStopped || !strings.Contains(errs, "Run the same command again") || strings.Contains(errs, "nothing was changed") {
		t.Errorf("exit %d: %s", code, errs)
	}
	out.Reset()
	if code, errs := add(t.Context(), &out, names...); code != exitDone || !strings.Contains(out.String(), "Added 2. Held already 1.") {
		t.Errorf("exit %d: %s%s", code, out.String(), errs)
	}
}

func TestProgressLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		done, of int
		took     time.Duration
		want     string
	}{
		{0, 200, 0, "m.pdf: page 0 of 200"},
		{50, 200, time.Second, "m.pdf: page 50 of 200, 50 pages/s, 3s left"},
		{200, 200, 4 * time.Second, "m.pdf: page 200 of 200, 50 pages/s, 0s left"},
	} {
		if got := progressLine("m.pdf", "page", c.done, c.of, c.took); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
