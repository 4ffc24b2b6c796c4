package ledger_test

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
)

// disk mounts a disk of some kilobytes. That takes root.
func disk(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no disk can be mounted here (%v): run as root to see what a full or read-only one does", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// TestDiskFull fills the disk by Accept: what was accepted stays, the rest
// says that the disk is full, also when it is opened anew.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	file := filepath.Join(disk(t, "600k"), "ledger.db")
	l := open(t, file, ledger.Options{})
	accepted := 0
	var full error
	for i := 0; full == nil && i < 1000; i++ {
		e := question(i)
		e.Text = ledger.Text(strings.Repeat("CANARY", 2000))
		var ok bool
		if ok, full = l.Accept(t.Context(), e); ok {
			accepted++
		}
	}
	if !errors.Is(full, ledger.ErrFull) || !strings.Contains(full.Error(), "make room") || strings.Contains(full.Error(), "CANARY") {
		t.Errorf("%v, want ErrFull, and what to do", full)
	}
	for range 3 {
		if s, err := l.Stats(t.Context()); err != nil || s.Waiting != accepted || accepted == 0 {
			t.Errorf("%d events wait of %d, %v", s.Waiting, accepted, err)
		}
		l.Close()
		l = open(t, file, ledger.Options{})
	}
}

// TestNoRoom has no room for the file itself.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	dir := disk(t, "40k")
	if _, err := ledger.Open(t.Context(), filepath.Join(dir, "ledger.db"), ledger.Options{}); !errors.Is(err, ledger.ErrFull) {
		t.Errorf("%v, want ErrFull", err)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	t.Parallel()
	dir := disk(t, "4m")
	file := filepath.Join(dir, "ledger.db")
	l := open(t, file, ledger.Options{})
	person(t, l, rand.New(rand.NewPCG(1, 1)), 1, "x")
	want, err := l.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, filepath.Join(dir, "none.db"), filepath.Join(dir, "deep", "none.db")} {
		if _, err := ledger.Open(t.Context(), name, ledger.Options{}); !errors.Is(err, ledger.ErrReadOnly) {
			t.Errorf("%v, want ErrReadOnly", err)
		}
	}
	if got, err := ledger.Peek(t.Context(), file, ledger.Options{}); err != nil || got.Finished != want.Finished {
		t.Errorf("peeked %+v, %v", got, err)
	}
}

// TestReadOnlyFile has a file that cannot be written in a folder that can.
func TestReadOnlyFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	open(t, file, ledger.Options{}).Close()
	if err := syscall.Mount(file, file, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("no file can be mounted here (%v)", err)
	}
	t.Cleanup(func() { syscall.Unmount(file, syscall.MNT_DETACH) })
	if err := syscall.Mount("", file, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Open(t.Context(), file, ledger.Options{}); !errors.Is(err, ledger.ErrReadOnly) {
		t.Errorf("%v, want ErrReadOnly", err)
	}
}

// TestPipe makes sure that opening does not wait for a pipe's other end.
func TestPipe(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	if err := syscall.Mkfifo(file, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := ledger.Open(t.Context(), file, ledger.Options{}); !errors.Is(err, ledger.ErrForeign) {
		t.Errorf("%v, want ErrForeign", err)
	}
}
