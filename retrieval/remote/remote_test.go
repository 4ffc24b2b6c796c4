package remote

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// officeKey may do everything.
const officeKey = "sample-key-0123456789-0123456789"

var office = Key{Name: "office", Key: officeKey, Scopes: []string{AllScopes}, Write: true}

var sampleVersion = Version{Library: fmt.Sprintf("%064d", 7), Embedder: "sample-embedder"}

// serve serves idx on loopback until the test ends.
func serve(t testing.TB, idx retrieval.Index, keys ...Key) *httptest.Server {
	t.Helper()
	return serveAs(t, ServerConfig{Index: idx, Version: sampleVersion, Keys: keys})
}

func serveAs(t testing.TB, c ServerConfig) *httptest.Server {
	t.Helper()
	s, err := NewServer(c)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return h
}

// dial returns a client with the office's key; nil for Config's rest.
func dial(t testing.TB, vary func(*Config), urls ...string) *Index {
	t.Helper()
	c := Config{URLs: urls, Key: officeKey, Version: sampleVersion}
	if vary != nil {
		vary(&c)
	}
	x, err := Dial(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// memory is an index in memory that holds docs.
func memory(t testing.TB, docs ...retrieval.Document) retrieval.Index {
	t.Helper()
	idx := retrievaltest.New()
	if err := idx.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { idx.Close() })
	return idx
}

// TestIndex: an index over two replicas of one store is an index.
func TestIndex(t *testing.T) {
	t.Parallel()
	retrievaltest.TestIndex(t, retrievaltest.Backend{Open: func(t testing.TB) retrieval.Index {
		idx := memory(t)
		return dial(t, nil, serve(t, idx, office).URL, serve(t, idx, office).URL)
	}})
}

// doc is a document of one passage for each text.
func doc(scope, id string, texts ...string) retrieval.Document {
	s := &corpus.Source{ID: id, Scope: scope, Kind: corpus.Guide, Jurisdiction: "any", Form: corpus.Digest, Title: "Title of " + id}
	for i, text := range texts {
		s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("(%d)", i+1)), Text: text})
	}
	return retrieval.Document{Source: s}
}

// asking asks for words in the public scope.
func asking(words string) retrieval.Query {
	q := retrieval.Query{Limit: 9, Filter: retrieval.Filter{Scopes: []string{corpus.PublicScope}}}
	for _, t := range retrieval.Analyze(words) {
		q.Terms = append(q.Terms, retrieval.Term{Token: t.Stem, Weight: 1})
	}
	return q
}

// found are the ids that words find, or why not.
func found(ctx context.Context, x retrieval.Index, words string) (ids []string, err error) {
	res, err := x.Search(ctx, asking(words))
	for _, h := range res.Words {
		ids = append(ids, h.Source.ID)
	}
	return ids, err
}

// handler serves f on loopback until the test ends.
func handler(t testing.TB, f http.HandlerFunc) string {
	h := httptest.NewServer(f)
	t.Cleanup(h.Close)
	return h.URL
}
