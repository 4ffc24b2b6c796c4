package local

import (
	"path/filepath"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	retrievaltest.TestIndex(t, retrievaltest.Backend{Open: func(t testing.TB) retrieval.Index {
		x, err := New()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}})
}

func TestFile(t *testing.T) {
	t.Parallel()
	retrievaltest.TestIndex(t, retrievaltest.Backend{
		Open: func(t testing.TB) retrieval.Index { return open(t, filepath.Join(t.TempDir(), "index.db")) },
		Reopen: func(t testing.TB, ix retrieval.Index) retrieval.Index {
			if err := ix.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, ix.(*Index).store.file)
		},
	})
}

// open opens file over base and closes it when the test ends.
func open(t testing.TB, file string, base ...retrieval.Document) *Index {
	t.Helper()
	x, err := Open(t.Context(), file, base, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// doc is a public document of one passage for each text.
func doc(id string, texts ...string) retrieval.Document {
	s := &corpus.Source{ID: id, Scope: corpus.PublicScope, Kind: corpus.Guide, Jurisdiction: "any", Form: corpus.Digest}
	for _, text := range texts {
		s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint("(" + text + ")"), Text: text})
	}
	return retrieval.Document{Source: s}
}
