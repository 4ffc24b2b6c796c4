package local

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

// readOnlyDisk mounts a disk that holds files (by name), and can only be
// read. That takes root.
func readOnlyDisk(t *testing.T, files map[string][]byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no disk can be mounted here (%v): run as root to see that a read-only one serves", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	for name, data := range files {
		write(t, filepath.Join(dir, name), data)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err == nil {
		t.Fatal("the disk can be written")
	}
	return dir
}

func TestReadOnlyDisk(t *testing.T) {
	t.Parallel()
	_, crashed := committed(t, "second")
	whole := read(t, func() string {
		file := filepath.Join(t.TempDir(), "index.db")
		put(t, open(t, file), doc("first", "kidney"))
		return file
	}())
	for _, c := range []struct {
		name  string
		files map[string][]byte
		want  []string
	}{
		{"a file", map[string][]byte{"index.db": whole}, []string{"first"}},
		{"with a free lock file", map[string][]byte{"index.db": whole, "index.db.lock": {}}, []string{"first"}},
		{"with a log", map[string][]byte{"index.db": crashed[""], "index.db-wal": crashed[logSuffix], "index.db-shm": crashed[shmSuffix]}, []string{"first", "second"}},
		{"with an empty log", map[string][]byte{"index.db": whole, "index.db-wal": {}}, []string{"first"}},
		{"no file", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := readOnlyDisk(t, c.files)
			file := filepath.Join(dir, "index.db")
			x := open(t, file, doc("base", "ledger"))
			if got := ids(t, x, "kidney"); !slices.Equal(got, c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
			if got := ids(t, x, "ledger"); len(got) != 1 {
				t.Errorf("of the base, found %q", got)
			}
			err := x.Put(t.Context(), []retrieval.Document{doc("third", "kidney")})
			if !errors.Is(err, retrieval.ErrReadOnly) {
				t.Errorf("Put: %v, want ErrReadOnly", err)
			}
			err = x.Delete(t.Context(), "public", []string{"first"})
			if !errors.Is(err, retrieval.ErrReadOnly) {
				t.Errorf("Delete: %v, want ErrReadOnly", err)
			}
			if got := ids(t, x, "kidney"); !slices.Equal(got, c.want) {
				t.Errorf("after refused changes, found %q, want %q", got, c.want)
			}
		})
	}
}

// TestReadOnlyLog has a log that cannot be read without its companion file,
// which cannot be made: better no answer than one without the last change.
func TestReadOnlyLog(t *testing.T) {
	t.Parallel()
	_, crashed := committed(t, "second")
	dir := readOnlyDisk(t, map[string][]byte{"index.db": crashed[""], "index.db-wal": crashed[logSuffix]})
	_, err := Open(t.Context(), filepath.Join(dir, "index.db"), nil, Options{})
	if !errors.Is(err, retrieval.ErrReadOnly) || !strings.Contains(err.Error(), "index.db-wal: open it once where") {
		t.Errorf("%v; want ErrReadOnly, and what to do", err)
	}
}

// TestReadOnlyFile has a file that cannot be written in a folder that can.
func TestReadOnlyFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	put(t, open(t, file), doc("first", "kidney"))
	if err := syscall.Mount(file, file, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("no file can be mounted here (%v): run as root to see that a read-only one serves", err)
	}
	t.Cleanup(func() { syscall.Unmount(file, syscall.MNT_DETACH) })
	if err := syscall.Mount("", file, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	x := open(t, file)
	if err := x.Put(t.Context(), []retrieval.Document{doc("second", "kidney")}); !errors.Is(err, retrieval.ErrReadOnly) {
		t.Errorf("Put: %v, want ErrReadOnly", err)
	}
	if got := ids(t, x, "kidney"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}

// TestDiskFull fills the disk amid Put.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("no disk can be mounted here (%v): run as root to see what a full one does", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	file := filepath.Join(dir, "index.db")
	x := open(t, file)
	put(t, x, doc("a", "kidney"))
	before := revision(t, x)
	big := doc("a", strings.Repeat("ledger ", 100_000))
	if err := x.Put(t.Context(), []retrieval.Document{big, doc("b", "kidney")}); err == nil {
		t.Error("a Put larger than the disk gave no error")
	}
	if revision(t, x) != before || revision(t, open(t, file)) != before {
		t.Error("a Put that failed changed the index")
	}
	put(t, x, doc("c", "kidney"))
	if got := ids(t, open(t, file), "kidney"); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("after the disk was full, found %q", got)
	}
}

// TestPipe makes sure that opening does not wait for a pipe's other end.
func TestPipe(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	if err := syscall.Mkfifo(file, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := Open(t.Context(), file, nil, Options{}); !errors.Is(err, ErrForeign) {
		t.Errorf("%v, want ErrForeign", err)
	}
}

// TestManyReaders opens one file many times at once.
func TestManyReaders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "index.db")
	write(t, file, sample(t))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			x, err := Open(t.Context(), file, nil, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := x.Info(t.Context()); err != nil {
				t.Error(err)
			}
			x.Close()
		})
	}
	all.Wait()
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("reading left %q", got)
	}
}
