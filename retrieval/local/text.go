package local

import (
	"encoding/json"
	"fmt"
	"sync/atomic"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// A key names a source among those of all scopes.
type key struct{ scope, id string }

// A head is what searches need to know of a source before they show it.
type head struct {
	key
	jurisdiction string
	kind         corpus.Kind
	size, asks   int // passages, and questions that the source answers
}

func headOf(s *corpus.Source) head {
	return head{key{s.Scope, s.ID}, s.Jurisdiction, s.Kind, len(s.Passages), retrieval.Pieces(s) - len(s.Passages)}
}

// A text is a source that is read from its JSON when it is first asked for:
// most of a large index is never shown. Safe for concurrent use.
type text struct {
	json   []byte // nil where the source is held from the start
	source atomic.Pointer[corpus.Source]
}

func newText(s *corpus.Source, json []byte) *text {
	t := &text{json: json}
	t.source.Store(s)
	return t
}

// get returns the source, the same value each time. It fails with ErrDamaged
// where the JSON is not of the source that h says.
func (t *text) get(h head) (*corpus.Source, error) {
	if s := t.source.Load(); s != nil {
		return s, nil
	}
	s := new(corpus.Source)
	if err := json.Unmarshal(t.json, s); err != nil {
		return nil, fmt.Errorf("%w: source %q cannot be read: %w; use the version that wrote it", ErrForeign, h.id, err)
	}
	if headOf(s) != h {
		return nil, fmt.Errorf("%w: source %q is not what its segment says; put a copy of the file in its place", ErrDamaged, h.id)
	}
	t.source.CompareAndSwap(nil, s)
	return t.source.Load(), nil
}
