// Package local is the embedded retrieval.Index: the truth of added
// documents in one SQLite file, and everything a search reads in memory over
// it, exact: a BM25 inverted index and a flat matrix of vectors.
//
// An index may stand on base documents (the library that ships with the
// program). They are searched like any other and never written: Put of the
// same scope and id takes a base document's place, Delete of that gives the
// place back, and Delete of a base document itself is ErrReadOnly.
//
// Any number of processes may read and write one file. Reading takes no
// lock and writes nothing, so it works on a read-only disk and where there
// is no file yet. Put and Delete take turns by a lock file beside it. What
// another process wrote is noticed within half a second, by the next call.
// Within one process, open a file once.
package local

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// Errors that callers of Open, Put and Delete tell apart. Each comes with a
// text that names the file and says what to do.
var (
	// ErrLocked: another process is writing the index.
	ErrLocked = errors.New("index is locked by another writer")
	// ErrDamaged: the file is one of ours, and its content is not what was
	// written. It is left as it is.
	ErrDamaged = errors.New("index file is damaged")
	// ErrForeign: the file is not an index of this version of the program.
	// It is left as it is.
	ErrForeign = errors.New("not an index file of this program")
)

// Options vary an index. The zero value is for everyday use.
type Options struct {
	// Wait is how long Put and Delete wait for another process that is
	// writing, before ErrLocked. Zero means 10 seconds; a negative Wait
	// does not wait.
	Wait time.Duration
}

// Index is a retrieval.Index, safe for concurrent use. Searches run beside
// each other and beside the slow parts of Put: they wait only while a
// finished change is brought into memory.
type Index struct {
	base  map[key]retrieval.Document // not modified
	store *store                     // nil: memory only
	lock  writerLock

	// changing is held by whoever changes memory or reads the file.
	changing gate
	seen     stamp        // of the file that memory holds; under changing
	layout   layout       // of that file; under changing
	opened   time.Time    // where checked counts from: no change of the clock moves it
	checked  atomic.Int64 // when the file was last looked at, in ns

	mu     sync.RWMutex
	memory *memory // modified under changing and mu both; nil once closed
	failed error   // why memory is not what the file holds, or nil

	scratch sync.Pool // of *scratch
}

var _ retrieval.Index = (*Index)(nil)

// New returns an index in memory that holds base. What is put into it is
// gone when the program ends.
func New(base ...retrieval.Document) (*Index, error) {
	return newIndex(nil, base, Options{}, func() error { return nil })
}

// Open returns the index in file, standing on base. A file that does not
// exist is an empty index; the first Put creates it, and its folder. Open
// fails with ErrDamaged or ErrForeign, and retrieval.ErrDimension where the
// vectors in file and base differ in length.
func Open(ctx context.Context, file string, base []retrieval.Document, opts Options) (*Index, error) {
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real // SQLite keeps its log beside the real file
	}
	x, err := newIndex(&store{file: file}, base, opts, ctx.Err)
	if err != nil {
		return nil, err
	}
	if err := x.reload(ctx); err != nil {
		return nil, fmt.Errorf("local: open: %w", err)
	}
	return x, nil
}

func newIndex(st *store, base []retrieval.Document, opts Options, stopped func() error) (*Index, error) {
	docs, err := prepare(base, true, stopped)
	if err != nil {
		return nil, fmt.Errorf("local: base: %w", err)
	}
	x := &Index{store: st, lock: newWriterLock(st, opts.Wait), changing: newGate(), opened: time.Now(),
		layout: newLayout(), base: map[key]retrieval.Document{}}
	for i := range docs {
		x.base[docs[i].key] = base[i]
	}
	x.memory = newMemory()
	c := changes{added: docs}
	if err := x.memory.fits(c); err != nil {
		return nil, fmt.Errorf("local: base: %w", err)
	}
	x.memory = x.memory.rebuilt(c)
	return x, nil
}

// Close waits for a Put or Delete that is at work and releases the memory.
// Closing twice is no error.
func (x *Index) Close() error {
	x.changing <- struct{}{}
	defer x.changing.leave()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.memory = nil
	return nil
}

func (x *Index) closed() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.memory == nil
}

// A gate lets one in at a time; unlike a mutex, waiting for it can be given
// up.
type gate chan struct{}

func newGate() gate { return make(gate, 1) }

func (g gate) enter(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g gate) try() bool {
	select {
	case g <- struct{}{}:
		return true
	default:
		return false
	}
}

func (g gate) leave() { <-g }
