package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Where SQLite's header says what a file is, and what it says in ours.
const (
	magic      = "SQLite format 3\x00"
	versionAt  = 60 // user_version
	appAt      = 68 // application_id
	headSize   = 100
	appID      = 0x4144564c // "ADVL"
	version    = 1          // of the tables
	logSuffix  = "-wal"
	shmSuffix  = "-shm"
	makeSuffix = ".new" // a file being created
	lockSuffix = ".lock"
)

// identify reports whether a file is a ledger of ours. It changes nothing.
func identify(file string) error {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return explain(err)
	case info.IsDir():
		return fmt.Errorf("%w: it is a folder", ErrForeign)
	case !info.Mode().IsRegular(): // opening a pipe would wait
		return fmt.Errorf("%w: it is no ordinary file", ErrForeign)
	}
	f, err := os.Open(file)
	if err != nil {
		return explain(err)
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return explain(err)
	}
	app, v := binary.BigEndian.Uint32(head[appAt:]), binary.BigEndian.Uint32(head[versionAt:])
	switch {
	case n == 0:
		return fmt.Errorf("%w: it is empty; put a copy in its place, or remove it to begin anew", ErrDamaged)
	case n < headSize && bytes.HasPrefix([]byte(magic), head[:min(n, len(magic))]):
		return fmt.Errorf("%w: it ends after %d bytes; put a copy in its place", ErrDamaged, n)
	case !bytes.HasPrefix(head, []byte(magic)):
		return fmt.Errorf("%w: it does not begin as one", ErrForeign)
	case app != appID:
		return fmt.Errorf("%w: another program's SQLite database (application id %#x)", ErrForeign, app)
	case v > version:
		return fmt.Errorf("%w: it has format %d, this version reads %d; use the version that wrote it", ErrNewer, v, version)
	case v != version:
		return fmt.Errorf("%w: it has format %d, of which no version is", ErrForeign, v)
	}
	return nil
}

// create makes an empty ledger under another name and moves it into place: a
// file that exists is always whole.
func create(ctx context.Context, file string) error {
	tmp := file + makeSuffix
	for _, suffix := range []string{"", logSuffix, shmSuffix, "-journal"} {
		// Left over, by us in tmp, or of a file that someone took away.
		for _, old := range []string{tmp + suffix, file + suffix} {
			if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := connect(tmp, "rw")
	if err != nil {
		return err
	}
	for _, step := range append([]string{"PRAGMA journal_mode = WAL", fmt.Sprintf("PRAGMA application_id = %d", appID),
		fmt.Sprintf("PRAGMA user_version = %d", version)}, schema...) {
		if _, err := db.ExecContext(ctx, step); err != nil {
			db.Close()
			return err
		}
	}
	if err := db.Close(); err != nil {
		return err
	}
	if err := os.Rename(tmp, file); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(file)); err == nil {
		dir.Sync() // the name, too, is on the disk; not every system can
		dir.Close()
	}
	return nil
}

// explain adds to an error of SQLite or the system which of ours it is, and
// what to do. It adds nothing twice.
func explain(err error) error {
	var e *sqlite.Error
	switch {
	case err == nil || errors.Is(err, ErrDamaged) || errors.Is(err, ErrReadOnly) || errors.Is(err, ErrFull) || errors.Is(err, ErrLocked):
		return err
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w; make room", ErrFull, err)
	case !errors.As(err, &e):
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT:
		return fmt.Errorf("%w: %w; put a copy in its place", ErrDamaged, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %w; make room", ErrFull, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%w: %w; close what else reads or writes it", ErrLocked, err)
	}
	if e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for the log's index
		return fmt.Errorf("%w: %w; make room", ErrFull, err)
	}
	return err
}
