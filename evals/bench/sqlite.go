package main

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver
	_ "modernc.org/sqlite/vec"
)

// sqliteEngine is SQLite's full-text table FTS5 beside sqlite-vec's table
// vec0 in one file, by the driver called driver. It is set up as kindly as
// its documents tell: a tag among the words filters faster than a join, a
// partition key faster than another column, the plain distance of unit
// vectors orders them as the cosine does and is cheaper, the file is mapped,
// and the full-text index is merged when it is full.
func sqliteEngine(name, what, driver string) engine {
	open := func(ctx context.Context, dir string) (*sql.DB, error) {
		return openSQLite(ctx, driver, filepath.Join(dir, "passages.db"))
	}
	return engine{name, what, true, true,
		func(ctx context.Context, dir string, all iter.Seq[passage]) error {
			db, err := open(ctx, dir)
			if err != nil {
				return err
			}
			defer db.Close()
			return fillSQLite(ctx, db, all)
		},
		func(ctx context.Context, dir string) (index, error) {
			db, err := open(ctx, dir)
			if err != nil {
				return nil, err
			}
			return prepareSQLite(ctx, db)
		}}
}

func openSQLite(ctx context.Context, driver, file string) (*sql.DB, error) {
	db, err := sql.Open(driver, file)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // for the settings are a connection's
	for _, s := range []string{"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA cache_size = -200000", "PRAGMA mmap_size = 2147483648"} {
		if _, err := db.ExecContext(ctx, s); err != nil {
			db.Close()
			return nil, err
		}
	}
	return db, nil
}

func fillSQLite(ctx context.Context, db *sql.DB, all iter.Seq[passage]) error {
	for _, s := range []string{
		"CREATE VIRTUAL TABLE words USING fts5(body, tag)",
		fmt.Sprintf("CREATE VIRTUAL TABLE near USING vec0(scope integer partition key, vector float[%d])", dim),
	} {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	for some := range batches(all) {
		if err := putSQLite(ctx, db, some); err != nil {
			return err
		}
	}
	for _, s := range []string{"INSERT INTO words(words) VALUES ('optimize')", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func putSQLite(ctx context.Context, db *sql.DB, some []passage) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	words, err := tx.PrepareContext(ctx, "INSERT INTO words (rowid, body, tag) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	near, err := tx.PrepareContext(ctx, "INSERT INTO near (rowid, scope, vector) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	for _, p := range some {
		if _, err := words.ExecContext(ctx, p.id+1, p.text, scopeName(p.scope)); err != nil {
			return err
		}
		if _, err := near.ExecContext(ctx, p.id+1, p.scope, blob(p.vector)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// blob is a vector as vec0 takes it.
func blob(v []float32) []byte {
	out := make([]byte, 0, 4*len(v))
	for _, x := range v {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
	}
	return out
}

type sqliteIndex struct {
	db                   *sql.DB
	words, near, nearAll *sql.Stmt
}

func prepareSQLite(ctx context.Context, db *sql.DB) (index, error) {
	x := sqliteIndex{db: db}
	for _, s := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&x.words, "SELECT rowid, bm25(words, 1, 0) AS score FROM words WHERE words MATCH ? ORDER BY score LIMIT 10"},
		{&x.near, "SELECT rowid, distance FROM near WHERE vector MATCH ? AND k = 10 AND scope = ?"},
		{&x.nearAll, "SELECT rowid, distance FROM near WHERE vector MATCH ? AND k = 10"},
	} {
		var err error
		if *s.to, err = db.PrepareContext(ctx, s.query); err != nil {
			db.Close()
			return nil, err
		}
	}
	return x, nil
}

func (x sqliteIndex) Close() error { return x.db.Close() }

func (x sqliteIndex) Words(ctx context.Context, q question) ([]int, error) {
	match := "body : (" + strings.Join(q.words, " OR ") + ")"
	if q.scope != everywhere {
		match = "tag : " + scopeName(q.scope) + " AND " + match
	}
	return rows(x.words.QueryContext(ctx, match))
}

func (x sqliteIndex) Near(ctx context.Context, q question) ([]int, error) {
	if q.scope == everywhere {
		return rows(x.nearAll.QueryContext(ctx, blob(q.vector)))
	}
	return rows(x.near.QueryContext(ctx, blob(q.vector), q.scope))
}

func (x sqliteIndex) Both(ctx context.Context, q question) (words, near []int, err error) {
	if words, err = x.Words(ctx, q); err == nil {
		near, err = x.Near(ctx, q)
	}
	return words, near, err
}

// rows reads places with their scores.
func rows(r *sql.Rows, err error) (out []int, _ error) {
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for r.Next() {
		var id int
		var score float64
		if err := r.Scan(&id, &score); err != nil {
			return nil, err
		}
		out = append(out, id-1)
	}
	return out, r.Err()
}
