package retrieval

import (
	"context"
	"fmt"
	"strings"

	"github.com/everycategory/advocate/corpus"
)

// EmbeddingText is what an Embedder is given of passage i of s: what it
// stands under, and its words.
func EmbeddingText(s *corpus.Source, i int) string {
	p := &s.Passages[i]
	var parts []string
	for _, part := range []string{s.Title, p.Heading, p.Context, p.Text} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n")
}

// Embed makes documents of sources, with a vector for each passage.
func Embed(ctx context.Context, e Embedder, sources []*corpus.Source) ([]Document, error) {
	var texts []string
	for _, s := range sources {
		for i := range s.Passages {
			texts = append(texts, EmbeddingText(s, i))
		}
	}
	vectors, err := e.Embed(ctx, texts)
	if err != nil {
		return nil, err
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("retrieval: embed: %d vectors for %d texts", len(vectors), len(texts))
	}
	docs := make([]Document, len(sources))
	for i, s := range sources {
		n := len(s.Passages)
		docs[i] = Document{Source: s}
		if n > 0 {
			docs[i].Vectors, docs[i].Embedder = vectors[:n:n], e.Name()
		}
		vectors = vectors[n:]
	}
	return docs, nil
}
