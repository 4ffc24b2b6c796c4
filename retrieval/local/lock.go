package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"github.com/everycategory/advocate/retrieval"
)

// A writerLock lets one writer at a time work on a file: the writers of this
// process queue, those of several processes try the lock file again and
// again. The system frees the lock file when its holder ends, however that
// comes about. It is never removed, and readers do not look at it.
type writerLock struct {
	turn gate
	file string        // beside the index; "" in memory
	wait time.Duration // for other processes
}

// retry is how often a waiting writer looks whether the lock file is free.
const retry = 20 * time.Millisecond

func newWriterLock(st *store, wait time.Duration) writerLock {
	l := writerLock{turn: newGate(), wait: wait}
	if st != nil {
		l.file = st.file + ".lock"
	}
	if wait == 0 {
		l.wait = 10 * time.Second
	}
	return l
}

// acquire waits for the writer's turn. Its error is ctx's, or matches
// ErrLocked and names the holder, or matches retrieval.ErrReadOnly.
func (l *writerLock) acquire(ctx context.Context) (release func(), err error) {
	if err := l.turn.enter(ctx); err != nil {
		return nil, err
	}
	if l.file == "" {
		return l.turn.leave, nil
	}
	f, err := l.acquireFile(ctx)
	if err != nil {
		l.turn.leave()
		return nil, err
	}
	record(l.file)
	return func() {
		os.Truncate(l.file, 0) // nobody's any more
		f.Unlock()
		l.turn.leave()
	}, nil
}

func (l *writerLock) acquireFile(ctx context.Context) (*flock.Flock, error) {
	if err := os.MkdirAll(filepath.Dir(l.file), 0o700); err != nil {
		return nil, readOnly(err)
	}
	f := flock.New(l.file)
	locked, err := f.TryLock()
	if err == nil && !locked && l.wait > 0 {
		limited, cancel := context.WithTimeout(ctx, l.wait)
		defer cancel()
		locked, err = f.TryLockContext(limited, retry)
	}
	switch {
	case ctx.Err() != nil:
		f.Close()
		return nil, ctx.Err()
	case locked:
		return f, nil
	case err == nil || errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("%s: %w: %s; waited %s, try again later", l.file, ErrLocked, holderOf(l.file), max(0, l.wait))
	}
	return nil, readOnly(err)
}

// readOnly adds retrieval.ErrReadOnly to an error that says so.
func readOnly(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: %w", retrieval.ErrReadOnly, err)
	}
	return err
}

// A holder is who holds a lock file, as its text says.
type holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Program string    `json:"program"`
	Since   time.Time `json:"since"`
}

// record writes this process into the lock file, from the second byte on:
// the first is what is locked, and on some systems nobody may read it then.
// The record is for people; a lock without one holds just as well.
func record(file string) {
	host, _ := os.Hostname()
	h := holder{os.Getpid(), host, filepath.Base(os.Args[0]), time.Now().Truncate(time.Second)}
	text, err := json.Marshal(h)
	if err != nil {
		return
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer f.Close()
	f.Truncate(0)
	f.WriteAt(append(text, '\n'), 1)
}

// holderOf says in words who holds the lock file.
func holderOf(file string) string {
	f, err := os.Open(file)
	if err != nil {
		return "its holder is not known"
	}
	defer f.Close()
	text := make([]byte, 4096)
	n, err := f.ReadAt(text, 1)
	var h holder
	if err != nil && err != io.EOF || json.Unmarshal(text[:n], &h) != nil {
		return "its holder is not known"
	}
	return fmt.Sprintf("%s (process %d on %s) holds it since %s", h.Program, h.PID, h.Host, h.Since.Format(time.DateTime))
}
