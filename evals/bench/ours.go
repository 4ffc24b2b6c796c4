package main

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"strconv"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/local"
)

// ours is the product's own index, by way of its file.
func ours() engine {
	return engine{"advocate", "retrieval/local of this commit", true, true, fillOurs, openOurs}
}

func openOurs(ctx context.Context, dir string) (index, error) {
	x, err := local.Open(ctx, filepath.Join(dir, "index.db"), nil, local.Options{})
	if err != nil {
		return nil, err
	}
	return oursIndex{x}, nil
}

func fillOurs(ctx context.Context, dir string, all iter.Seq[passage]) error {
	x, err := local.Open(ctx, filepath.Join(dir, "index.db"), nil, local.Options{})
	if err != nil {
		return err
	}
	defer x.Close()
	for some := range batches(all) {
		docs := make([]retrieval.Document, len(some))
		for i, p := range some {
			docs[i] = retrieval.Document{Vectors: [][]float32{p.vector}, Source: &corpus.Source{
				ID: strconv.Itoa(p.id), Scope: scopeName(p.scope), Kind: corpus.Guide, Jurisdiction: "any", Form: corpus.Digest,
				Passages: []corpus.Passage{{Pin: citation.Pinpoint("(1)"), Text: p.text}}}}
		}
		if err := x.Put(ctx, docs); err != nil {
			return err
		}
	}
	return nil
}

// batch is how many passages every engine is given at a time.
const batch = 1000

func batches(all iter.Seq[passage]) iter.Seq[[]passage] {
	return func(yield func([]passage) bool) {
		var some []passage
		for p := range all {
			if some = append(some, p); len(some) == batch {
				if !yield(some) {
					return
				}
				some = nil
			}
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}

func scopeName(n int) string { return fmt.Sprintf("t%d", n) }

type oursIndex struct{ x *local.Index }

func (o oursIndex) Close() error { return o.x.Close() }

func (o oursIndex) Words(ctx context.Context, q question) ([]int, error) {
	words, _, err := o.search(ctx, q, true, false)
	return words, err
}

func (o oursIndex) Near(ctx context.Context, q question) ([]int, error) {
	_, near, err := o.search(ctx, q, false, true)
	return near, err
}

func (o oursIndex) Both(ctx context.Context, q question) (words, near []int, err error) {
	return o.search(ctx, q, true, true)
}

func (o oursIndex) search(ctx context.Context, q question, words, near bool) (byWords, byVector []int, err error) {
	ask := retrieval.Query{Limit: limit}
	for n := range scopes {
		if q.scope == everywhere || q.scope == n {
			ask.Filter.Scopes = append(ask.Filter.Scopes, scopeName(n))
		}
	}
	if words {
		for _, w := range q.words {
			ask.Terms = append(ask.Terms, retrieval.Term{Token: w, Weight: 1})
		}
	}
	if near {
		ask.Vector = q.vector
	}
	res, err := o.x.Search(ctx, ask)
	if err != nil {
		return nil, nil, err
	}
	for _, h := range res.Words {
		id, err := strconv.Atoi(h.Source.ID)
		if err != nil {
			return nil, nil, err
		}
		byWords = append(byWords, id)
	}
	for _, h := range res.Vectors {
		id, err := strconv.Atoi(h.Source.ID)
		if err != nil {
			return nil, nil, err
		}
		byVector = append(byVector, id)
	}
	return byWords, byVector, nil
}
