package main

import (
	"context"
	"iter"
	"runtime"
	"strconv"

	"github.com/philippgille/chromem-go"
)

// chromemEngine is chromem-go, which ranks by vectors alone.
func chromemEngine() engine {
	return engine{"chromem-go", "chromem-go, vectors alone", false, true, fillChromem, openChromem}
}

// never is how chromem-go embeds texts here: it is given vectors.
func never(context.Context, string) ([]float32, error) { return nil, errUnable }

func collection(dir string) (*chromem.Collection, error) {
	db, err := chromem.NewPersistentDB(dir, false)
	if err != nil {
		return nil, err
	}
	return db.GetOrCreateCollection("passages", nil, never)
}

func fillChromem(ctx context.Context, dir string, all iter.Seq[passage]) error {
	c, err := collection(dir)
	if err != nil {
		return err
	}
	for some := range batches(all) {
		docs := make([]chromem.Document, len(some))
		for i, p := range some {
			docs[i] = chromem.Document{ID: strconv.Itoa(p.id), Metadata: map[string]string{"scope": scopeName(p.scope)}, Embedding: p.vector, Content: p.text}
		}
		if err := c.AddDocuments(ctx, docs, runtime.NumCPU()); err != nil {
			return err
		}
	}
	return nil
}

func openChromem(_ context.Context, dir string) (index, error) {
	c, err := collection(dir)
	if err != nil {
		return nil, err
	}
	return chromemIndex{c}, nil
}

type chromemIndex struct{ c *chromem.Collection }

func (chromemIndex) Close() error { return nil }

func (chromemIndex) Words(context.Context, question) ([]int, error) { return nil, errUnable }

func (chromemIndex) Both(context.Context, question) (words, near []int, err error) {
	return nil, nil, errUnable
}

func (x chromemIndex) Near(ctx context.Context, q question) ([]int, error) {
	var where map[string]string
	if q.scope != everywhere {
		where = map[string]string{"scope": scopeName(q.scope)}
	}
	res, err := x.c.QueryEmbedding(ctx, q.vector, limit, where, nil)
	if err != nil {
		return nil, err
	}
	var out []int
	for _, r := range res {
		id, err := strconv.Atoi(r.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}
