package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
	"github.com/everycategory/advocate/retrieval/qdrant"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
)

// leastOverlap is the bar: of the ten best of one index, so many are among
// those of the other, and the first is the same.
const leastOverlap = 0.98

// TestRealQdrantParity asks the embedded index and one on the Qdrant that
// TEST_QDRANT names every question that the library lists.
func TestRealQdrantParity(t *testing.T) {
	t.Parallel()
	at := os.Getenv("TEST_QDRANT")
	if at == "" {
		t.Skip("parity of the embedded index and a real Qdrant: not measured; TEST_QDRANT=host:port names one")
	}
	c, err := qdrant.Parse("qdrant:" + at + "/advocate-test-" + strings.ToLower(rand.Text()[:8]))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		client, err := api.NewClient(&api.Config{Host: c.Host, Port: c.Port, SkipCompatibilityCheck: true})
		if err != nil {
			t.Error(err)
			return
		}
		defer client.Close()
		names, err := client.ListCollections(ctx)
		for _, name := range names {
			if strings.HasPrefix(name, c.Name+"-") {
				client.DeleteCollection(ctx, name)
			}
		}
		if err != nil {
			t.Error(err)
		}
	})
	t.Log(parity(t, c, 1))
}

// TestParityIsMeasured runs the measuring against the server of tests, which
// shows that it can be done and claims nothing of a real one.
func TestParityIsMeasured(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	t.Log("no real Qdrant: " + parity(t, qdrant.Config{Host: s.Host, Port: s.Port, Name: "parity"}, 200))
}

// A tally counts how far two indexes agree on one ranking.
type tally struct {
	asked, first  int
	shared, wants int
}

func (y *tally) add(got, want []string) {
	got, want = got[:min(10, len(got))], want[:min(10, len(want))]
	y.asked++
	if len(want) == 0 && len(got) == 0 || len(want) > 0 && len(got) > 0 && got[0] == want[0] {
		y.first++
	}
	y.wants += max(len(want), len(got))
	for _, w := range want {
		for _, g := range got {
			if g == w {
				y.shared++
				break
			}
		}
	}
}

func (y *tally) check(t *testing.T, what string) string {
	overlap := float64(y.shared) / float64(max(1, y.wants))
	if overlap < leastOverlap || y.first < y.asked || y.asked == 0 {
		t.Errorf("%s: of %d questions the first hit is the same for %d; overlap of the ten best %.4f, want %.2f", what, y.asked, y.first, overlap, leastOverlap)
	}
	return fmt.Sprintf("%s: n %d, same first hit %d, top-ten overlap %.4f. ", what, y.asked, y.first, overlap)
}

// parity fills both indexes with the library and its vectors, asks both each
// step-th of the library's questions, and returns the figures.
func parity(t *testing.T, c qdrant.Config, step int) string {
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	static, err := embed.NewStatic()
	if err != nil {
		t.Fatal(err)
	}
	docs, err := retrieval.Embed(t.Context(), static, lib.Sources)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := local.New(docs...)
	if err != nil {
		t.Fatal(err)
	}
	x, err := qdrant.Open(t.Context(), c, docs)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	a, _ := embedded.Info(t.Context())
	if b, err := x.Info(t.Context()); err != nil || a != b {
		t.Errorf("Info is %+v, the embedded index's %+v, %v", b, a, err)
	}
	lexicon, err := retrieval.LoadLexicon(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	var words, vectors, fused tally
	n := 0
	for _, s := range lib.Sources {
		for _, ask := range s.Asks {
			if n++; n%step != 0 {
				continue
			}
			v, err := static.Embed(t.Context(), []string{ask})
			if err != nil {
				t.Fatal(err)
			}
			q := retrieval.Query{Vector: v[0], Embedder: static.Name(), Filter: retrieval.Filter{Scopes: []string{corpus.PublicScope}}, Limit: 10}
			for _, tok := range retrieval.Analyze(ask) {
				q.Terms = append(q.Terms, retrieval.Term{Token: tok.Stem, Weight: 1})
			}
			want, got := ranked(t, embedded, q), ranked(t, x, q)
			words.add(got[0], want[0])
			vectors.add(got[1], want[1])
			fused.add(asked10(t, x, lexicon, static, ask), asked10(t, embedded, lexicon, static, ask))
		}
	}
	return words.check(t, "words") + vectors.check(t, "vectors") + fused.check(t, "fused")
}

// ranked are the names of what is found, by words and by vector.
func ranked(t *testing.T, x retrieval.Index, q retrieval.Query) (out [2][]string) {
	res, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Words {
		out[0] = append(out[0], h.Source.ID)
	}
	for _, h := range res.Vectors {
		out[1] = append(out[1], fmt.Sprintf("%s#%d", h.Source.ID, h.Passage))
	}
	return out
}

// asked10 are the sources that a Retriever over x finds.
func asked10(t *testing.T, x retrieval.Index, lexicon *retrieval.Lexicon, e retrieval.Embedder, ask string) (out []string) {
	r := &retrieval.Retriever{Index: x, Lexicon: lexicon, Embedder: e}
	found, err := r.Find(t.Context(), retrieval.Question{Text: ask, Scopes: []string{corpus.PublicScope}})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range found.Hits {
		out = append(out, h.Source.ID)
	}
	return out
}
