package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

// File is a Ledger in one SQLite file. One process has it open at a time, so
// that no lease outlives its process: what was leased may be claimed at once
// after a restart. A call that is waiting for the disk cannot be interrupted.
type File struct {
	rules
	file string
	db   *sql.DB
	lock *flock.Flock

	mu     sync.Mutex
	closed bool
	calls  sync.WaitGroup // at work; under mu while it is zero
}

var _ Ledger = (*File)(nil)

// Open opens the ledger in file, creating it and its folder if there is none.
// It fails with ErrInvalid, ErrLocked, ErrDamaged, ErrForeign, ErrNewer,
// ErrReadOnly or ErrFull.
func Open(ctx context.Context, file string, o Options) (*File, error) {
	r, err := newRules(o)
	if err != nil {
		return nil, fmt.Errorf("ledger: open: %w", err)
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real // SQLite keeps its log beside the real file
	}
	f := &File{rules: r, file: file}
	if err := f.open(ctx); err != nil {
		f.release()
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, fmt.Errorf("ledger: open %s: %w", file, err)
	}
	return f, nil
}

func (f *File) open(ctx context.Context) (err error) {
	if err := os.MkdirAll(filepath.Dir(f.file), 0o700); err != nil {
		return explain(err)
	}
	if err := identify(f.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // and no lock file is made
	}
	if f.lock, err = acquire(ctx, f.file+lockSuffix, f.Wait); err != nil {
		return err
	}
	if _, err := os.Stat(f.file); errors.Is(err, fs.ErrNotExist) {
		if err := create(ctx, f.file); err != nil {
			return explain(err)
		}
	}
	if f.db, err = connect(f.file, "rw"); err != nil {
		return err
	}
	if err := checkFile(ctx, f.db); err != nil {
		return err
	}
	return explain(f.freeLeases(ctx))
}

// freeLeases ends the leases of a process that is gone. Events with a begun
// effect rest.
func (f *File) freeLeases(ctx context.Context) error {
	_, err := f.db.ExecContext(ctx, `UPDATE event SET lease = NULL, due = ? +
		CASE WHEN EXISTS (SELECT 1 FROM effect WHERE effect.event = event.id AND state = 'begun') THEN ? ELSE 0 END
		WHERE lease IS NOT NULL AND finished IS NULL`, f.ms(), f.Grace.Milliseconds())
	return err
}

// release lets go of the file.
func (f *File) release() (err error) {
	if f.db != nil {
		err = f.db.Close()
	}
	if f.lock != nil {
		free(f.lock)
	}
	return err
}

// Close implements Ledger.
func (f *File) Close() error {
	f.mu.Lock()
	was := f.closed
	f.closed = true
	f.mu.Unlock()
	f.calls.Wait()
	if was {
		return nil
	}
	if err := f.release(); err != nil {
		return fmt.Errorf("ledger: close %s: %w", f.file, explain(err))
	}
	return nil
}

// enter notes a call at work.
func (f *File) enter() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return ErrClosed
	}
	f.calls.Add(1)
	return nil
}

// do runs work in one transaction that nobody else's is beside. What it did
// is on the disk when do returns nil, and undone otherwise.
func (f *File) do(ctx context.Context, op string, work func(t tx) error) error {
	if err := f.enter(); err != nil {
		return fmt.Errorf("ledger: %s: %w", op, err)
	}
	defer f.calls.Done()
	err := f.transact(ctx, work)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // whatever name database/sql has for it
	}
	if err != nil {
		return fmt.Errorf("ledger: %s: %w", op, explain(err))
	}
	return nil
}

func (f *File) transact(ctx context.Context, work func(t tx) error) error {
	t, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	if err := work(tx{ctx, t}); err != nil {
		return err
	}
	return t.Commit()
}

// connect opens the file for one connection. Every commit is on the disk
// before it returns (synchronous FULL), and what is deleted is overwritten.
func connect(file, mode string) (*sql.DB, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	if file = filepath.ToSlash(file); !strings.HasPrefix(file, "/") {
		file = "/" + file // C:/…
	}
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "trusted_schema(0)", "cell_size_check(1)", "temp_store(2)", "foreign_keys(1)", "secure_delete(1)", "synchronous(FULL)"}}
	if mode == fixed {
		q.Set("mode", "ro")
		q.Set("immutable", "1")
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: file, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// fixed is the mode that reads a file as it lies there, without a log.
const fixed = "fixed"

// A tx is a transaction with its context.
type tx struct {
	ctx context.Context
	*sql.Tx
}

// exec runs a statement and returns how many rows it changed.
func (t tx) exec(statement string, args ...any) (int, error) {
	done, err := t.ExecContext(t.ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// row scans the only row of a query and reports whether there is one.
func (t tx) row(into []any, query string, args ...any) (bool, error) {
	err := t.QueryRowContext(t.ctx, query, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// list scans all rows of a query.
func list[T any](t tx, scan func(row *sql.Rows) (T, error), query string, args ...any) (out []T, err error) {
	rows, err := t.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, rows.Err()
}
