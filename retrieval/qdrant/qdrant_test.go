package qdrant_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/qdrant"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// TestIndex holds the index to the contract, on a server of this process.
func TestIndex(t *testing.T) {
	t.Parallel()
	retrievaltest.TestIndex(t, retrievaltest.Backend{
		Open: func(t testing.TB) retrieval.Index { return open(t, config(qdranttest.New(t, qdranttest.Options{}))) },
		Reopen: func(t testing.TB, ix retrieval.Index) retrieval.Index {
			ix.Close()
			return open(t, ix.(*qdrant.Index).Config)
		},
	})
}

func config(s *qdranttest.Server) qdrant.Config {
	return qdrant.Config{Host: s.Host, Port: s.Port, Name: "advocate"}
}

func open(t testing.TB, c qdrant.Config, shipped ...retrieval.Document) *qdrant.Index {
	t.Helper()
	x, err := qdrant.Open(t.Context(), c, shipped)
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

// by is a document of one passage with a vector by an embedder.
func by(id, embedder string, v ...float32) retrieval.Document {
	d := doc(id, "text "+id)
	d.Vectors, d.Embedder = [][]float32{v}, embedder
	return d
}

func public() retrieval.Filter { return retrieval.Filter{Scopes: []string{corpus.PublicScope}} }

func put(t testing.TB, x retrieval.Index, docs ...retrieval.Document) {
	t.Helper()
	if err := x.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
}

func info(t testing.TB, x retrieval.Index) retrieval.Info {
	t.Helper()
	in, err := x.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// found are the ids of the sources that hold words of text.
func found(t testing.TB, x retrieval.Index, text string) string {
	t.Helper()
	res, err := x.Search(t.Context(), retrieval.Query{Terms: asked(text), Filter: public(), Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range res.Words {
		ids = append(ids, h.Source.ID)
	}
	return strings.Join(ids, " ")
}

func asked(text string) []retrieval.Term {
	var out []retrieval.Term
	for _, t := range retrieval.Analyze(text) {
		out = append(out, retrieval.Term{Token: t.Stem, Weight: 1})
	}
	return out
}
