package local

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// TestLeftovers begins anew beside what a crash and a careless hand left.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	s, crashed := committed(t, "old")
	for name := range crashed {
		if name != "" {
			write(t, s.file+name, crashed[name])
		}
	}
	write(t, s.file+makeSuffix, []byte("half a"))
	write(t, s.file+makeSuffix+logSuffix, crashed[logSuffix])
	x := open(t, s.file)
	put(t, x, doc("new", "kidney"))
	if got := ids(t, open(t, s.file), "kidney"); !slices.Equal(got, []string{"new"}) {
		t.Errorf("found %q, want what was put alone", got)
	}
}

// committed is a place for a file, and the bytes (by suffix) of one whose
// writer died between committing a document and moving it into the file.
func committed(t testing.TB, id string) (elsewhere store, files map[string][]byte) {
	t.Helper()
	s := store{filepath.Join(t.TempDir(), "index.db")}
	put(t, open(t, s.file), doc("first", "kidney"))
	docs, err := prepare([]retrieval.Document{doc("first", "kidney"), doc(id, "kidney")}, false, t.Context().Err)
	if err != nil {
		t.Fatal(err)
	}
	db, err := s.open("rw", false)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	e := edit{segments: segments(docs[1:])}
	e.sum.Add(docs[0].hash)
	e.sum.Add(docs[1].hash)
	if _, err := s.commit(context.Background(), db, &e); err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, suffix := range []string{"", logSuffix, shmSuffix} {
		files[suffix] = read(t, s.file+suffix)
	}
	return store{filepath.Join(t.TempDir(), "index.db")}, files
}

// TestLog opens what a writer left that died before its change was moved
// from SQLite's log into the file.
func TestLog(t *testing.T) {
	t.Parallel()
	for _, with := range [][]string{{logSuffix, shmSuffix}, {logSuffix}} {
		s, files := committed(t, "second")
		write(t, s.file, files[""])
		for _, suffix := range with {
			write(t, s.file+suffix, files[suffix])
		}
		x := open(t, s.file)
		if got := ids(t, x, "kidney"); !slices.Equal(got, []string{"first", "second"}) {
			t.Errorf("with %q: found %q", with, got)
		}
		put(t, x, doc("third", "kidney"))
		if got := ids(t, open(t, s.file), "kidney"); len(got) != 3 {
			t.Errorf("with %q, and one put: found %q", with, got)
		}
		if got := names(t, filepath.Dir(s.file)); len(got) != 2 {
			t.Errorf("with %q, and one put: the folder holds %q", with, got)
		}
	}
}

// TestStamp checks that each commit alters what a stamp reads of the file's
// content, whatever clock and size say.
func TestStamp(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	x := open(t, file)
	seen := map[stamp]bool{}
	for i := range 5 {
		put(t, x, doc("a", []string{"kidney", "ledger"}[i%2]))
		st, err := x.store.stamp()
		if err != nil {
			t.Fatal(err)
		}
		if st.modified, st.size = 0, 0; seen[st] {
			t.Errorf("put %d left no trace in the header", i)
		}
		seen[st] = true
	}
}

// TestBesideSQLite writes while other connections, as of a person at the
// SQLite shell, read and write.
func TestBesideSQLite(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	x := open(t, file)
	put(t, x, doc("a", "kidney"))
	reader, err := x.store.open("ro", false)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var n int
	if err := reader.QueryRow("SELECT count(*) FROM segment").Scan(&n); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	put(t, x, doc("b", "kidney"))
	if info, err := os.Stat(file + logSuffix); err == nil && info.Size() > 0 {
		t.Errorf("beside a reader, Put left %d bytes in the log", info.Size())
	}

	writer, err := x.store.open("rw", false)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	tx, err := writer.Begin() // immediate: it has the lock of SQLite itself
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(50*time.Millisecond, func() { tx.Rollback() })
	put(t, x, doc("c", "kidney"))
	if got := ids(t, open(t, file), "kidney"); len(got) != 3 {
		t.Errorf("found %q", got)
	}
}

// TestSymlink writes a file by another name: log and lock stand beside the
// file itself.
func TestSymlink(t *testing.T) {
	t.Parallel()
	s, crashed := committed(t, "second")
	for suffix, data := range crashed {
		write(t, s.file+suffix, data)
	}
	dir := t.TempDir()
	link := filepath.Join(dir, "link.db")
	if err := os.Symlink(s.file, link); err != nil {
		t.Skip(err)
	}
	x := open(t, link)
	if got := ids(t, x, "kidney"); len(got) != 2 {
		t.Errorf("found %q", got)
	}
	put(t, x, doc("third", "kidney"))
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("beside the link there is %q", got)
	}
	if got := ids(t, open(t, s.file), "kidney"); len(got) != 3 {
		t.Errorf("by its own name, found %q", got)
	}
}
