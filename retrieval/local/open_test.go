package local

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

// sample is an index file of several pages, with texts, vectors and free
// pages.
func sample(t testing.TB) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "index.db")
	x := open(t, file)
	r := rand.New(rand.NewPCG(1, 2))
	var docs []retrieval.Document
	for i := range 12 {
		d := doc(fmt.Sprint("source ", i), strings.Repeat("kidney ", 1+r.IntN(1000)), "ledger")
		d.Vectors = [][]float32{{r.Float32(), 1, 2}, {r.Float32(), 3, 4}}
		docs = append(docs, d)
	}
	put(t, x, docs...)
	var most []string
	for i := 1; i < 9; i++ {
		most = append(most, fmt.Sprint("source ", i))
	}
	if err := x.Delete(t.Context(), "public", most); err != nil {
		t.Fatal(err)
	}
	put(t, x, doc("large", strings.Repeat("ledger ", 4000))) // a segment of its own
	if err := x.Delete(t.Context(), "public", []string{"source 0"}); err != nil {
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

// edited returns data with changes made.
func edited(data []byte, change func(b []byte) []byte) []byte { return change(bytes.Clone(data)) }

// refused opens data as a file and checks that it is refused as it should
// be, by name, with the file and its folder left as they are.
func refused(t *testing.T, data []byte, want error) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "my index.db")
	write(t, file, data)
	_, err := Open(t.Context(), file, nil, Options{})
	if !errors.Is(err, want) || !strings.Contains(err.Error(), file) {
		t.Errorf("%v; want %v, and the file's name", err, want)
	}
	if got := names(t, dir); !bytes.Equal(read(t, file), data) || len(got) != 1 {
		t.Errorf("opening changed the file, or left %q", got)
	}
}

// scrambled puts random bytes in place of some.
func scrambled(b []byte, from, to int) []byte {
	r := rand.New(rand.NewPCG(3, 4))
	for i := from; i < to; i++ {
		b[i] = byte(r.Uint32())
	}
	return b
}

// freePage is the number, from 0, of the first page that SQLite lists as free.
func freePage(file []byte) int { return int(binary.BigEndian.Uint32(file[32:])) - 1 }

func TestDamaged(t *testing.T) {
	t.Parallel()
	good := sample(t)
	page := int(binary.BigEndian.Uint16(good[16:]))
	if freePage(good) < 2 {
		t.Fatal("the sample has no free page")
	}
	cases := map[string][]byte{
		"empty":                     {},
		"its last page cut off":     good[:len(good)-page],
		"a page flipped":            edited(good, func(b []byte) []byte { slices.Reverse(b[page : 2*page]); return b }),
		"a page of random bytes":    edited(good, func(b []byte) []byte { return scrambled(b, 2*page, 3*page) }),
		"random after the header":   edited(good, func(b []byte) []byte { return scrambled(b, 100, len(b)) }),
		"pages of zeros":            edited(good, func(b []byte) []byte { clear(b[page:]); return b }),
		"a letter of a text":        bytes.Replace(good, []byte("kidney kidney"), []byte("kidney kidneX"), -1),
		"an id of another length":   bytes.Replace(good, []byte("source 11"), []byte("source 1!"), -1),
		"a free page":               edited(good, func(b []byte) []byte { at := freePage(b) * page; return scrambled(b, at, at+page) }),
		"a page moved onto another": edited(good, func(b []byte) []byte { copy(b[3*page:4*page], b[2*page:]); return b }),
	}
	for _, n := range []int{1, 15, 16, 99, 100, 512, page, len(good) / 2, len(good) - 1} {
		cases[fmt.Sprintf("cut off after %d bytes", n)] = good[:n]
	}
	for name, data := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, data, ErrDamaged)
		})
	}
}

// TestRowsMissing takes a source away by SQL: each row left is sound.
func TestRowsMissing(t *testing.T) {
	t.Parallel()
	good := sample(t)
	for _, tamper := range []string{
		"DELETE FROM segment", "DELETE FROM gone", "DELETE FROM total", "UPDATE total SET sum = x'00'",
		"INSERT INTO gone SELECT n, 1 FROM segment", "UPDATE segment SET hash = zeroblob(32)", "UPDATE segment SET vectors = x'000000'",
		"INSERT INTO segment (hash, analysis, heads, words, vectors) SELECT hash, analysis, heads, words, vectors FROM segment",
		"UPDATE segment SET analysis = 'other'", "UPDATE segment SET heads = substr(heads, 2)",
	} {
		refused(t, tampered(t, good, tamper), ErrDamaged)
	}
}

// tampered is a file after some SQL.
func tampered(t testing.TB, file []byte, statements ...string) []byte {
	t.Helper()
	s := store{filepath.Join(t.TempDir(), "index.db")}
	write(t, s.file, file)
	db, err := s.open("rw", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range statements {
		if _, err := db.Exec(st); err != nil {
			t.Fatalf("%s: %v", st, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return read(t, s.file)
}

func TestForeign(t *testing.T) {
	t.Parallel()
	good := sample(t)
	for name, data := range map[string][]byte{
		"a text":                       []byte("Dear Ms. Example,\n"),
		"a picture":                    append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), bytes.Repeat([]byte{7}, 5000)...),
		"another program's":            tampered(t, good, "PRAGMA application_id = 7"),
		"no program's":                 tampered(t, good, "PRAGMA application_id = 0"),
		"a newer format":               tampered(t, good, "PRAGMA user_version = 3"),
		"with a table more":            tampered(t, good, "CREATE TABLE more (x)"),
		"with a trigger":               tampered(t, good, "CREATE TRIGGER tr AFTER INSERT ON segment BEGIN DELETE FROM segment; END"),
		"with a column more":           tampered(t, good, "ALTER TABLE segment ADD COLUMN more TEXT"),
		"without its magic":            append([]byte("SQLite format 4"), good[15:]...),
		"of another database's format": {0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, data, ErrForeign)
		})
	}
	dir := t.TempDir()
	if _, err := Open(t.Context(), dir, nil, Options{}); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), dir) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(t.Context(), filepath.Join(dir, "\x00"), nil, Options{}); err == nil {
		t.Error("a name no file can have gave no error")
	}
}

// TestAnyByte changes single bytes all over the file: each time it is either
// refused or holds what it held.
func TestAnyByte(t *testing.T) {
	t.Parallel()
	good := sample(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "good"), good)
	want := revision(t, open(t, filepath.Join(dir, "good")))
	noticed := 0
	for at := 0; at < len(good); at += len(good) / (120 * scale) {
		file := filepath.Join(dir, fmt.Sprint(at))
		write(t, file, edited(good, func(b []byte) []byte { b[at] ^= 1 << (at % 8); return b }))
		x, err := Open(t.Context(), file, nil, Options{})
		switch {
		case errors.Is(err, ErrDamaged) || errors.Is(err, ErrForeign):
			noticed++
		case err != nil:
			t.Errorf("byte %d: %v", at, err)
		case revision(t, x) != want:
			t.Errorf("byte %d: opened with other content", at)
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
	x := open(t, file, doc("base", "kidney"))
	if got := ids(t, x, "kidney"); len(got) != 1 || len(names(t, dir)) != 0 {
		t.Errorf("without a file, found %q; the folder holds %q", got, names(t, dir))
	}
	if err := x.Delete(t.Context(), "public", []string{"a"}); err != nil {
		t.Fatal(err)
	}
	put(t, x, doc("a", "kidney"))
	if got := names(t, filepath.Dir(file)); !slices.Equal(got, []string{filepath.Base(file), filepath.Base(file) + ".lock"}) {
		t.Errorf("after Put, the folder holds %q", got)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v; want it for its owner alone", info.Mode(), err)
	}
}
