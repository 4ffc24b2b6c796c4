package local

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// A document is a source made ready to be indexed and stored.
type document struct {
	head
	cites    []citation.Citation // that it carries, by base
	text     *text
	dim      int       // numbers in each vector; 0 without vectors
	vectors  []float32 // one row for each passage, of length 1 or zero
	embedder string    // that made them; "" where it is not known
	hash     digest    // of the source's JSON, dim, vectors and embedder
	words    *vocabulary
	passages [][]count // how often each piece holds which of words
	base     bool      // ships with the program
}

// A count says how often a passage holds a term of some vocabulary.
type count struct{ term, n uint32 }

// prepare checks and readies docs, on all processors. Base documents keep
// their sources, others get what their encoding says. It stops with the
// error that stopped returns. Two of one scope and id are an error.
func prepare(docs []retrieval.Document, base bool, stopped func() error) ([]document, error) {
	out := make([]document, len(docs))
	err := parallel(len(docs), func(i int) error {
		if err := stopped(); err != nil {
			return err
		}
		d, err := newDocument(docs[i])
		if err == nil && !base {
			err = d.readBack()
		}
		if err == nil {
			err = d.analyze()
		}
		if d.base = base; base && err == nil {
			d.text.json = nil // never written
		}
		out[i] = d
		return err
	})
	if err != nil {
		return nil, err
	}
	seen := map[key]bool{}
	for i := range out {
		if k := out[i].key; seen[k] {
			return nil, fmt.Errorf("two sources in scope %q are called %q: give each once", k.scope, k.id)
		} else {
			seen[k] = true
		}
	}
	return out, nil
}

// parallel calls f for 0 to n-1 on all processors and returns one error, if
// there is any.
func parallel(n int, f func(i int) error) error {
	workers := min(n, runtime.GOMAXPROCS(0))
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n && errs[w] == nil; i += workers {
				errs[w] = f(i)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// newDocument checks d, encodes its source and normalises its vectors.
func newDocument(d retrieval.Document) (document, error) {
	c, err := retrieval.NewContent(d)
	if err != nil {
		return document{}, err
	}
	return document{head: headOf(d.Source), cites: d.Source.Carried(), text: newText(d.Source, c.JSON),
		dim: c.Dim, vectors: c.Rows, embedder: c.Embedder, hash: c.Hash}, nil
}

// readBack replaces the source by what its JSON says, so that an index is
// the same before and after it is reopened.
func (d *document) readBack() error {
	c := retrieval.Content{JSON: d.text.json}
	s, err := c.ReadBack(d.text.source.Load())
	if err != nil {
		return err
	}
	d.text = newText(s, d.text.json)
	return nil
}

// analyze splits the source's passages into words.
func (d *document) analyze() error {
	s, err := d.text.get(d.head)
	if err != nil {
		return err
	}
	d.words = newVocabulary()
	d.passages = make([][]count, retrieval.Pieces(s))
	for i := range d.passages {
		at := map[uint32]int{}
		for _, w := range retrieval.IndexTokens(s, i) {
			t := d.words.id(w)
			j, ok := at[t]
			if !ok {
				j = len(d.passages[i])
				at[t] = j
				d.passages[i] = append(d.passages[i], count{term: t})
			}
			d.passages[i][j].n++
		}
	}
	return nil
}
