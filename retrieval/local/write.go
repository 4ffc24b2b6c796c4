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
// none; sum is the total of all rows afterwards. The caller holds the
// writer's lock. When write returns nil, all is in the file and on the disk.
func (s *store) write(ctx context.Context, sum total, puts []document, deletes []key) error {
	if _, err := os.Stat(s.file); errors.Is(err, fs.ErrNotExist) {
		if err := s.create(ctx); err != nil {
			return fmt.Errorf("%s: create: %w", s.file, err)
		}
	}
	db, err := s.open("rw", false)
	if err != nil {
		return fmt.Errorf("%s: %w", s.file, err)
	}
	if err := s.commit(ctx, db, sum, puts, deletes); err != nil {
		db.Close()
		return fmt.Errorf("%s: %w", s.file, damaged(err))
	}
	// The change is in SQLite's log and safe from here on. Moving it into
	// the file, which waits for readers of the log, puts it on the disk and
	// leaves one file; if that fails, the log stays and is read.
	db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	db.Close()
	return nil
}

func (s *store) commit(ctx context.Context, db *sql.DB, sum total, puts []document, deletes []key) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, k := range deletes {
		if _, err := tx.ExecContext(ctx, "DELETE FROM source WHERE scope = ? AND id = ?", k.scope, k.id); err != nil {
			return err
		}
	}
	put, err := tx.PrepareContext(ctx, "REPLACE INTO source (scope, id, hash, dim, json, vectors) VALUES (?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer put.Close()
	for i := range puts {
		d := &puts[i]
		k := d.key()
		if _, err := put.ExecContext(ctx, k.scope, k.id, d.hash[:], d.dim, d.json, encodeVectors(d.vectors)); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "UPDATE total SET sum = ?", sum.bytes()); err != nil {
		return err
	}
	// Writing the header moves its change counter, which a stamp reads; in
	// this journal mode SQLite leaves it alone otherwise.
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return tx.Commit()
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
