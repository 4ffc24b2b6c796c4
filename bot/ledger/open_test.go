package ledger_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/ledger"
)

// sample is a ledger's file of some pages.
func sample(t testing.TB, statements ...string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file, ledger.Options{})
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 12 {
		person(t, l, r, i, fmt.Sprint("person", i))
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	db := raw(t, file)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return read(t, file)
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t testing.TB, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// names lists a folder.
func names(t testing.TB, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// refused opens data as a file, and peeks into it: both must refuse it by
// name, with the file left as it is.
func refused(t *testing.T, data []byte, want error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "my ledger.db")
	write(t, file, data)
	_, opened := ledger.Open(t.Context(), file, ledger.Options{})
	_, peeked := ledger.Peek(t.Context(), file, ledger.Options{})
	for _, err := range []error{opened, peeked} {
		if !errors.Is(err, want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%v; want %v, and the file's name", err, want)
		}
	}
	if !bytes.Equal(read(t, file), data) {
		t.Error("opening changed the file")
	}
}

func edited(data []byte, change func(b []byte)) []byte {
	data = bytes.Clone(data)
	change(data)
	return data
}

func TestDamaged(t *testing.T) {
	t.Parallel()
	good := sample(t)
	page := int(binary.BigEndian.Uint16(good[16:]))
	cases := map[string][]byte{
		"empty":                  {},
		"its last page cut off":  good[:len(good)-page],
		"a page flipped":         edited(good, func(b []byte) { slices.Reverse(b[page : 2*page]) }),
		"pages of zeros":         edited(good, func(b []byte) { clear(b[page:]) }),
		"a page copied on other": edited(good, func(b []byte) { copy(b[3*page:4*page], b[2*page:]) }),
	}
	for _, n := range []int{1, 15, 16, 99, 100, page, len(good) / 2} {
		cases[fmt.Sprintf("cut off after %d bytes", n)] = good[:n]
	}
	for name, data := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, data, ledger.ErrDamaged)
		})
	}
}

func TestForeign(t *testing.T) {
	t.Parallel()
	good := sample(t)
	for name, data := range map[string][]byte{
		"a text":               []byte("Dear Ms. Example,\n"),
		"a picture":            append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), bytes.Repeat([]byte{7}, 5000)...),
		"another program's":    sample(t, "PRAGMA application_id = 7"),
		"format 0":             sample(t, "PRAGMA user_version = 0"),
		"with a table more":    sample(t, "CREATE TABLE more (x)"),
		"with a trigger":       sample(t, "CREATE TRIGGER tr AFTER INSERT ON event BEGIN DELETE FROM event; END"),
		"with an index less":   sample(t, "DROP INDEX event_who"),
		"without its magic":    append([]byte("SQLite format 4"), good[15:]...),
		"with a column more":   sample(t, "ALTER TABLE event ADD COLUMN more TEXT"),
		"of another's format":  {0},
		"a view called sqlite": sample(t, "CREATE VIEW sqlit AS SELECT 1"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, data, ledger.ErrForeign)
		})
	}
	dir := t.TempDir()
	if _, err := ledger.Open(t.Context(), dir, ledger.Options{}); !errors.Is(err, ledger.ErrForeign) || !strings.Contains(err.Error(), dir) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := ledger.Open(t.Context(), filepath.Join(dir, "\x00"), ledger.Options{}); err == nil {
		t.Error("a name no file can have gave no error")
	}
}

func TestNewer(t *testing.T) {
	t.Parallel()
	refused(t, sample(t, "PRAGMA user_version = 2"), ledger.ErrNewer)
}

// TestAnyByte changes single bytes all over the file: each time it is refused
// or can be used.
func TestAnyByte(t *testing.T) {
	t.Parallel()
	good := sample(t)
	noticed := 0
	for at := 0; at < len(good); at += len(good) / (30 * scale) {
		file := filepath.Join(t.TempDir(), "ledger.db")
		write(t, file, edited(good, func(b []byte) { b[at] ^= 1 << (at % 8) }))
		l, err := ledger.Open(t.Context(), file, ledger.Options{})
		switch {
		case err == nil:
			if _, err := l.Stats(t.Context()); err != nil {
				t.Errorf("byte %d: opened, and then %v", at, err)
			}
			l.Close()
		case errors.Is(err, ledger.ErrDamaged), errors.Is(err, ledger.ErrForeign), errors.Is(err, ledger.ErrNewer):
			noticed++
		default:
			t.Errorf("byte %d: %v", at, err)
		}
	}
	if noticed == 0 {
		t.Error("no change was noticed")
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "a", "b", "100% [x] #1?.db")
	if _, err := ledger.Peek(t.Context(), file, ledger.Options{}); !errors.Is(err, fs.ErrNotExist) || len(names(t, dir)) != 0 {
		t.Errorf("peeking where there is no file: %v; the folder holds %q", err, names(t, dir))
	}
	l := open(t, file, ledger.Options{})
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v; want it for its owner alone", info.Mode(), err)
	}
	person(t, l, rand.New(rand.NewPCG(1, 1)), 1, "x")
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if got, base := names(t, filepath.Dir(file)), filepath.Base(file); !slices.Equal(got, []string{base, base + ".lock"}) {
		t.Errorf("closed, the folder holds %q", got)
	}
}

// TestLeftovers begins anew beside what a crash and a careless hand left.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	for _, suffix := range []string{"-wal", "-shm", ".new", ".new-wal"} {
		write(t, file+suffix, []byte("left over"))
	}
	l := open(t, file, ledger.Options{})
	person(t, l, rand.New(rand.NewPCG(1, 1)), 1, "x")
}

func TestLocked(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file, ledger.Options{})
	_, err := ledger.Open(t.Context(), file, ledger.Options{Wait: -1})
	if !errors.Is(err, ledger.ErrLocked) {
		t.Fatalf("%v, want ErrLocked", err)
	}
	for _, part := range []string{file, fmt.Sprint("process ", os.Getpid()), filepath.Base(os.Args[0])} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := ledger.Open(ctx, file, ledger.Options{}); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ledger.ErrLocked) {
		t.Errorf("given up while waiting: %v", err)
	}
	time.AfterFunc(50*time.Millisecond, func() { l.Close() })
	next := open(t, file, ledger.Options{})
	person(t, next, rand.New(rand.NewPCG(1, 1)), 1, "x")
}

// TestPeek counts beside an open ledger and without one, leaving nothing.
func TestPeek(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "ledger.db")
	l := open(t, file, ledger.Options{})
	r := rand.New(rand.NewPCG(1, 1))
	check := func() {
		t.Helper()
		want, err := l.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := ledger.Peek(t.Context(), file, ledger.Options{})
		if err != nil || !reflect.DeepEqual(got, want) || got.Bytes == 0 {
			t.Errorf("peeked %+v, %v; want %+v", got, err, want)
		}
	}
	check()
	for i := range 5 {
		who := person(t, l, r, i, fmt.Sprint("x", i))
		check()
		if i == 3 {
			if _, err := l.Forget(t.Context(), who); err != nil { // which empties the log
				t.Fatal(err)
			}
			check()
		}
	}
	want, _ := l.Stats(t.Context())
	l.Close()
	before := names(t, dir)
	got, err := ledger.Peek(t.Context(), file, ledger.Options{})
	if got.Bytes, want.Bytes = 0, 0; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("without a ledger, peeked %+v, %v; want %+v", got, err, want)
	}
	if after := names(t, dir); !slices.Equal(before, after) {
		t.Errorf("peeking left %q of %q", after, before)
	}
}

// TestOptions refuses what makes no sense.
func TestOptions(t *testing.T) {
	t.Parallel()
	for _, o := range []ledger.Options{{Attempts: -1}, {Turns: -1}, {TurnBytes: -1}, {Grace: time.Hour}} {
		file := filepath.Join(t.TempDir(), "ledger.db")
		if _, err := ledger.Open(t.Context(), file, o); !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("%+v: %v", o, err)
		}
		if _, err := ledger.NewMemory(o); !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("%+v in memory: %v", o, err)
		}
	}
}

// TestStopped ends the context at many moments of Accept: it is done, or it
// is not, and it says so.
func TestStopped(t *testing.T) {
	t.Parallel()
	l := open(t, filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{})
	accepted := 0
	for i := range 60 * scale {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i%30)*100*time.Microsecond)
		ok, err := l.Accept(ctx, question(i))
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		again, err := l.Accept(t.Context(), question(i))
		if err != nil || ok == again {
			t.Errorf("accepted %t, and then %t, %v", ok, again, err)
		}
		accepted++
	}
	if s, err := l.Stats(t.Context()); err != nil || s.Waiting != accepted {
		t.Errorf("%d events wait of %d, %v", s.Waiting, accepted, err)
	}
}

// question is an event in a thread of its own.
func question(n int) ledger.Event {
	return ledger.Event{
		Keys: []ledger.Key{ledger.Key(fmt.Sprint("Ev", n))}, Kind: "ask", Text: ledger.Text(fmt.Sprint(n)),
		From: ledger.Principal{Platform: "slack", Workspace: "T1", User: "U1"},
		At:   ledger.Place{Platform: "slack", Workspace: "T1", Channel: "C1", Thread: fmt.Sprint(n)},
	}
}
