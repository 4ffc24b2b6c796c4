package main

import (
	"context"
	"iter"
)

// An engine is one way to keep passages in a folder and to find them.
type engine struct {
	name  string
	what  string // it is, with its version
	words bool   // it ranks by words
	near  bool   // it ranks by vectors
	// fill makes an index of all in dir, which is empty.
	fill func(ctx context.Context, dir string, all iter.Seq[passage]) error
	// open opens the index in dir, as a later process does.
	open func(ctx context.Context, dir string) (index, error)
}

// An index answers questions with the places of passages, best first.
type index interface {
	// Words ranks by the words of q, Near by its vector, both under its
	// scope. An index is asked only what its engine can.
	Words(ctx context.Context, q question) ([]int, error)
	Near(ctx context.Context, q question) ([]int, error)
	// Both does the two in the way that is quickest for the engine.
	Both(ctx context.Context, q question) (words, near []int, err error)
	Close() error
}

// engines are all that there are, ours first.
func engines() []engine {
	return append([]engine{ours(), sqliteEngine("sqlite", "modernc.org/sqlite, FTS5 and vec0, pure Go", "sqlite"), bleveEngine(), chromemEngine()}, more()...)
}

func engineCalled(name string) (engine, bool) {
	for _, e := range append(engines(), exact()) {
		if e.name == name {
			return e, true
		}
	}
	return engine{}, false
}

// An op is one thing that is timed.
type op struct {
	name        string
	words, near bool // it ranks by them
	rarer, all  bool // questions of rarer words; no filter
}

// ops are in the order of the table. The filter keeps a tenth.
var ops = []op{
	{name: "words", words: true},
	{name: "rarer words", words: true, rarer: true},
	{name: "vectors", near: true},
	{name: "vectors, no filter", near: true, all: true},
	{name: "both", words: true, near: true},
}

func (e engine) can(o op) bool { return (e.words || !o.words) && (e.near || !o.near) }

func (o op) questions(n int) []question {
	qs := questions(n, o.rarer)
	if o.all {
		for i := range qs {
			qs[i].scope = everywhere
		}
	}
	return qs
}

// ask puts q to x.
func (o op) ask(ctx context.Context, x index, q question) (words, near []int, err error) {
	switch {
	case o.words && o.near:
		return x.Both(ctx, q)
	case o.words:
		words, err = x.Words(ctx, q)
	default:
		near, err = x.Near(ctx, q)
	}
	return words, near, err
}
