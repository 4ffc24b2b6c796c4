package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// retry is how often a waiting process looks whether the lock file is free.
const retry = 20 * time.Millisecond

// acquire waits for the lock file. The system frees it when its holder ends,
// however that comes about; it is never removed.
func acquire(ctx context.Context, file string, wait time.Duration) (*flock.Flock, error) {
	if wait == 0 {
		wait = 10 * time.Second
	}
	f := flock.New(file)
	locked, err := f.TryLock()
	if err == nil && !locked && wait > 0 {
		limited, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		locked, err = f.TryLockContext(limited, retry)
	}
	switch {
	case ctx.Err() != nil:
		f.Close()
		return nil, ctx.Err()
	case locked:
		record(file)
		return f, nil
	case err == nil || errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("%w: %s; waited %s, end it or try again later", ErrLocked, holderOf(file), max(0, wait))
	}
	return nil, explain(err)
}

// free lets go of the lock file.
func free(f *flock.Flock) {
	os.Truncate(f.Path(), 0) // nobody's any more
	f.Unlock()
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
	text, err := json.Marshal(holder{os.Getpid(), host, filepath.Base(os.Args[0]), time.Now().Truncate(time.Second)})
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
	return fmt.Sprintf("%s (process %d on %s) has it since %s", h.Program, h.PID, h.Host, h.Since.Format(time.DateTime))
}
