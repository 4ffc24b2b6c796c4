package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/everycategory/advocate/retrieval"
)

// schema is all there is in the file: the segments, which of their documents
// no longer count, and one row that sums up those that do, by which what went
// missing is noticed.
var schema = []string{
	`CREATE TABLE gone (
	segment INTEGER NOT NULL,
	place   INTEGER NOT NULL, -- in the segment, from 0
	PRIMARY KEY (segment, place)
) STRICT, WITHOUT ROWID`,
	`CREATE TABLE segment (
	n        INTEGER PRIMARY KEY,
	hash     BLOB NOT NULL, -- SHA-256 of all the rest, see segment.hash
	analysis TEXT NOT NULL, -- what made the words
	heads    BLOB NOT NULL,
	words    BLOB NOT NULL,
	vectors  BLOB NOT NULL
) STRICT`,
	`CREATE TABLE total (
	sum BLOB NOT NULL -- of all documents' hashes, see total
) STRICT`,
}

// A store is the file of an index. No connection to it stays open.
type store struct{ file string }

// open connects to the file. Mode ro with fixed reads it as it lies there,
// without regard to a log or to anyone who writes.
func (s *store) open(mode string, fixed bool) (*sql.DB, error) {
	file, err := filepath.Abs(s.file)
	if err != nil {
		return nil, err
	}
	if file = filepath.ToSlash(file); !strings.HasPrefix(file, "/") {
		file = "/" + file // C:/…
	}
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "trusted_schema(0)", "cell_size_check(1)", "synchronous(NORMAL)"}}
	if fixed {
		q.Set("immutable", "1")
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: file, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// load reads the file and checks it: the tables, SQLite's own check, the hash
// of each segment that is not known, and the total. It returns the stamp of
// the state it read.
func (s *store) load(ctx context.Context, known func(int64, digest) []entry) (contents, stamp, error) {
	for attempt := 0; ; attempt++ {
		before, err := s.stamp()
		if err != nil || !before.exists {
			return contents{layout: newLayout()}, before, err
		}
		if err := before.identify(); err != nil {
			return contents{}, before, err
		}
		// Without a log the file is whole, and is read as it lies there,
		// which writes nothing; if it changes meanwhile, what was read does
		// not count. With a log, or when it changes again and again,
		// SQLite's own protocol is needed.
		fixed := before.logSize == 0 && attempt < 3
		c, err := s.read(ctx, fixed, known)
		if ctx.Err() != nil {
			return contents{}, unknown, ctx.Err()
		}
		if before.logSize > 0 && errors.Is(err, retrieval.ErrReadOnly) {
			err = fmt.Errorf("the last change is still in %s: open it once where its folder can be written: %w", filepath.Base(s.file)+logSuffix, err)
		}
		if after, e := s.stamp(); e == nil && (after == before || err == nil && !fixed) || attempt == 10 {
			return c, before, err
		}
	}
}

func (s *store) read(ctx context.Context, fixed bool, known func(int64, digest) []entry) (contents, error) {
	db, err := s.open("ro", fixed)
	if err != nil {
		return contents{}, err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state for all that follows
	if err != nil {
		return contents{}, damaged(err)
	}
	defer tx.Rollback()
	if err := checkSchema(ctx, tx); err != nil {
		return contents{}, err
	}
	var verdict string
	if err := tx.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return contents{}, damaged(err)
	}
	if verdict != "ok" {
		return contents{}, fmt.Errorf("%w: %s; put a copy in its place", ErrDamaged, verdict)
	}
	return readSegments(ctx, tx, known)
}

// damaged adds ErrDamaged to what SQLite says of a file that is no longer
// sound, and retrieval.ErrReadOnly to what it says of one it may not write.
func damaged(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return readOnly(err)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT:
		return fmt.Errorf("%w: %w; put a copy in its place", ErrDamaged, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: %w", retrieval.ErrReadOnly, err)
	}
	return err
}
