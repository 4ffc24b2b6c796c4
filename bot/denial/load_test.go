package denial

import (
	"os"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
)

const libraryRoot = "../../corpus/library"

var catalog = sync.OnceValues(func() (*corpus.Catalog, error) { return corpus.Load(os.DirFS(libraryRoot)) })

var load = sync.OnceValues(func() (*Reader, error) {
	c, err := catalog()
	if err != nil {
		return nil, err
	}
	return Load(os.DirFS(libraryRoot), c)
})

// reader is the library's.
func reader(t testing.TB) *Reader {
	t.Helper()
	r, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// today is the day on which the tests read.
var today = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
