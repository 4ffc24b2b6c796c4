package local

import (
	"cmp"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/viterin/vek/vek32"

	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// benchFTS does the same with a full-text table and a table of blobs.
type benchFTS struct {
	b                     *testing.B
	join, tag, vectorRows *sql.Stmt
}

func newBenchFTS(b *testing.B, d *retrievaltest.BenchData) benchFTS {
	db, err := (&store{filepath.Join(b.TempDir(), "fts.db")}).open("rwc", false)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	do := func(q string, args ...any) {
		if _, err := db.Exec(q, args...); err != nil {
			b.Fatal(err)
		}
	}
	do("PRAGMA journal_mode = WAL")
	do("PRAGMA cache_size = -200000") // all in SQLite's own memory
	do("CREATE TABLE passage (id INTEGER PRIMARY KEY, scope TEXT, vector BLOB)")
	do("CREATE INDEX by_scope ON passage (scope)")
	do("CREATE VIRTUAL TABLE words USING fts5(body, tag)")
	do("BEGIN")
	for i, text := range d.Texts {
		scope := fmt.Sprint("t", d.Scopes[i])
		do("INSERT INTO passage VALUES (?, ?, ?)", i, scope, encodeVectors(d.Rows[i*benchDim:(i+1)*benchDim]))
		do("INSERT INTO words (rowid, body, tag) VALUES (?, ?, ?)", i, text, scope)
	}
	do("COMMIT")
	do("INSERT INTO words(words) VALUES ('optimize')")
	do("ANALYZE")
	stmt := func(q string) *sql.Stmt {
		s, err := db.Prepare(q)
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	return benchFTS{b,
		stmt("SELECT words.rowid, bm25(words, 1, 0) AS score FROM words JOIN passage ON passage.id = words.rowid WHERE words MATCH ? AND passage.scope = ? ORDER BY score LIMIT 10"),
		stmt("SELECT rowid, bm25(words, 1, 0) AS score FROM words WHERE words MATCH ? ORDER BY score LIMIT 10"),
		stmt("SELECT id, vector FROM passage WHERE scope = ?")}
}

func (f benchFTS) joined(q retrievaltest.BenchQuestion) int {
	return f.rank(f.join, "body : ("+strings.Join(q.Words, " OR ")+")", fmt.Sprint("t", q.Scope)) + f.nearest(q)
}

func (f benchFTS) tagged(q retrievaltest.BenchQuestion) int {
	return f.rank(f.tag, fmt.Sprintf("tag : t%d AND body : (%s)", q.Scope, strings.Join(q.Words, " OR "))) + f.nearest(q)
}

func (f benchFTS) rank(s *sql.Stmt, args ...any) (n int) {
	rows, err := s.Query(args...)
	if err != nil {
		f.b.Fatal(err)
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		var id int
		var score float64
		if err := rows.Scan(&id, &score); err != nil {
			f.b.Fatal(err)
		}
	}
	return n
}

func (f benchFTS) nearest(q retrievaltest.BenchQuestion) int {
	rows, err := f.vectorRows.Query(fmt.Sprint("t", q.Scope))
	if err != nil {
		f.b.Fatal(err)
	}
	defer rows.Close()
	type hit struct {
		id    int
		score float32
	}
	var best []hit
	var id int
	var blob sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&id, &blob); err != nil {
			f.b.Fatal(err)
		}
		// Without copying: kinder to this side than the usual way.
		row := unsafe.Slice((*float32)(unsafe.Pointer(&blob[0])), len(blob)/4)
		if s := vek32.Dot(row, q.Vector); len(best) < benchLimit || s > best[benchLimit-1].score {
			at, _ := slices.BinarySearchFunc(best, s, func(h hit, s float32) int { return cmp.Compare(s, h.score) })
			best = slices.Insert(best, at, hit{id, s})
			best = best[:min(len(best), benchLimit)]
		}
	}
	return len(best)
}
