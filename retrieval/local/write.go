package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// write makes the changes in one transaction, creating the file if there is
// none, and returns the numbers of the segments it added. The caller holds
// the writer's lock. When write returns, all is in the file and on the disk.
func (s *store) write(ctx context.Context, r *edit) ([]int64, error) {
	if _, err := os.Stat(s.file); errors.Is(err, fs.ErrNotExist) {
		if err := s.create(ctx); err != nil {
			return nil, fmt.Errorf("%s: create: %w", s.file, err)
		}
	}
	db, err := s.open("rw", false)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.file, err)
	}
	numbers, err := s.commit(ctx, db, r)
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("%s: %w", s.file, damaged(err))
	}
	// The change is in SQLite's log and safe from here on. Moving it into
	// the file, which waits for readers of the log, puts it on the disk and
	// leaves one file; if that fails, the log stays and is read.
	db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	db.Close()
	return numbers, nil
}

func (s *store) commit(ctx context.Context, db *sql.DB, r *edit) ([]int64, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	for _, n := range r.dropped {
		for _, q := range []string{"DELETE FROM segment WHERE n = ?", "DELETE FROM gone WHERE segment = ?"} {
			if _, err := tx.ExecContext(ctx, q, n); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range r.gone {
		if _, err := tx.ExecContext(ctx, "INSERT INTO gone (segment, place) VALUES (?, ?)", p.segment, p.at); err != nil {
			return nil, err
		}
	}
	var numbers []int64
	for i := range r.segments {
		g := &r.segments[i]
		hash := g.hash()
		done, err := tx.ExecContext(ctx, "INSERT INTO segment (hash, analysis, heads, words, vectors) VALUES (?, ?, ?, ?, ?)",
			hash[:], g.analysis, orEmpty(g.heads), orEmpty(g.words), orEmpty(g.vectors))
		if err != nil {
			return nil, err
		}
		n, err := done.LastInsertId()
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	if _, err := tx.ExecContext(ctx, "UPDATE total SET sum = ?", r.sum.Bytes()); err != nil {
		return nil, err
	}
	// Writing the header moves its change counter, which a stamp reads; in
	// this journal mode SQLite leaves it alone otherwise.
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return nil, err
	}
	return numbers, tx.Commit()
}

// orEmpty is b, or for nil, which SQLite takes for NULL, no bytes.
func orEmpty(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// create makes an empty index under another name and moves it into place: a
// file that exists is always whole.
func (s *store) create(ctx context.Context) error {
	tmp := store{s.file + makeSuffix}
	for _, suffix := range []string{"", logSuffix, shmSuffix, "-journal"} {
		// Left over, by us in tmp, or of a file that someone took away.
		for _, old := range []string{tmp.file + suffix, s.file + suffix} {
			if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return readOnly(err)
			}
		}
	}
	f, err := os.OpenFile(tmp.file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return readOnly(err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := tmp.open("rw", false)
	if err != nil {
		return err
	}
	steps := append([]string{"PRAGMA journal_mode = WAL", fmt.Sprintf("PRAGMA application_id = %d", appID),
		fmt.Sprintf("PRAGMA user_version = %d", version)}, schema...)
	steps = append(steps, "INSERT INTO total (sum) VALUES (zeroblob(32))")
	for _, step := range steps {
		if _, err := db.ExecContext(ctx, step); err != nil {
			db.Close()
			return damaged(err)
		}
	}
	if err := db.Close(); err != nil {
		return err
	}
	if err := os.Rename(tmp.file, s.file); err != nil {
		return readOnly(err)
	}
	if dir, err := os.Open(filepath.Dir(s.file)); err == nil {
		dir.Sync() // the name, too, is on the disk; not every system can
		dir.Close()
	}
	return nil
}
