package retrieval_test

import (
	"context"
	"errors"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// counting embeds a text as its place.
type counting struct {
	texts []string
	lacks int
}

func (c *counting) Name() string { return "counting" }

func (c *counting) Embed(_ context.Context, texts []string) ([][]float32, error) {
	var out [][]float32
	for i := range len(texts) - c.lacks {
		out = append(out, []float32{1, float32(i)})
	}
	c.texts = texts
	return out, nil
}

func TestEmbed(t *testing.T) {
	t.Parallel()
	one := &corpus.Source{ID: "one", Title: "Title", Passages: []corpus.Passage{{Text: "a"}, {Heading: "Head", Context: "under", Text: "b"}}}
	none, two := &corpus.Source{ID: "none"}, &corpus.Source{ID: "two", Passages: []corpus.Passage{{Text: "c"}}}
	e := new(counting)
	docs, err := retrieval.Embed(t.Context(), e, []*corpus.Source{one, none, two})
	if err != nil || len(docs) != 3 {
		t.Fatal(docs, err)
	}
	if len(docs[0].Vectors) != 2 || docs[1].Vectors != nil || docs[1].Embedder != "" || docs[2].Vectors[0][1] != 2 || docs[2].Embedder != "counting" {
		t.Errorf("%+v", docs)
	}
	if want := "Title\nHead\nunder\nb"; e.texts[1] != want {
		t.Errorf("embedded %q, want %q", e.texts[1], want)
	}
	for i, d := range docs {
		if _, err := retrieval.NewContent(retrieval.Document{Source: &corpus.Source{ID: "x", Scope: "s", Passages: d.Source.Passages}, Vectors: d.Vectors}); err != nil {
			t.Errorf("document %d: %v", i, err)
		}
	}
	if _, err := retrieval.Embed(t.Context(), &counting{lacks: 1}, []*corpus.Source{one}); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("a vector too few: %v", err)
	}
}
