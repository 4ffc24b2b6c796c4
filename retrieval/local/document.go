package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
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
	hash     digest    // of the source's JSON, dim and vectors
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
	s := d.Source
	switch {
	case s == nil:
		return document{}, errors.New("a document has no source")
	case s.ID == "":
		return document{}, fmt.Errorf("source %q has no id", s.Title)
	case s.Scope == "":
		return document{}, fmt.Errorf("source %q: %w", s.ID, retrieval.ErrNoScope)
	}
	doc := document{head: headOf(s), cites: s.Carried()}
	var err error
	if doc.vectors, doc.dim, err = rows(d); err != nil {
		return document{}, fmt.Errorf("source %q: %w", s.ID, err)
	}
	text, err := json.Marshal(s)
	if err != nil {
		return document{}, fmt.Errorf("source %q: %w", s.ID, err)
	}
	doc.text = newText(s, text)
	doc.hash = sum(text, doc.dim, encodeVectors(doc.vectors))
	return doc, nil
}

// rows lays the vectors of d out one after the other, normalised.
func rows(d retrieval.Document) (flat []float32, dim int, err error) {
	if d.Vectors == nil || len(d.Vectors) == 0 && len(d.Source.Passages) == 0 {
		return nil, 0, nil
	}
	if len(d.Vectors) != len(d.Source.Passages) {
		return nil, 0, fmt.Errorf("%w: %d vectors for %d passages", retrieval.ErrDimension, len(d.Vectors), len(d.Source.Passages))
	}
	dim = len(d.Vectors[0])
	flat = make([]float32, 0, dim*len(d.Vectors))
	for i, v := range d.Vectors {
		if len(v) != dim || dim == 0 {
			return nil, 0, fmt.Errorf("%w: passage %d has a vector of %d numbers, the first of %d", retrieval.ErrDimension, i, len(v), dim)
		}
		if flat, err = appendUnit(flat, v); err != nil {
			return nil, 0, fmt.Errorf("passage %d: %w", i, err)
		}
	}
	return flat, dim, nil
}

// appendUnit appends v, scaled to length 1; a zero vector stays one.
func appendUnit(to, v []float32) ([]float32, error) {
	var norm float64
	for _, f := range v {
		norm += float64(f) * float64(f)
	}
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return nil, errors.New("a vector holds a number that is not finite")
	}
	norm = math.Sqrt(norm)
	if norm == 0 {
		norm = 1
	}
	for _, f := range v {
		to = append(to, float32(float64(f)/norm))
	}
	return to, nil
}

// readBack replaces the source by what its JSON says, so that an index is
// the same before and after it is reopened.
func (d *document) readBack() error {
	given := d.text.source.Load()
	back := &text{json: d.text.json}
	s, err := back.get(d.head)
	if err != nil || s.Hash() != given.Hash() || s.SupersededBy != given.SupersededBy {
		return fmt.Errorf("source %q cannot be stored: a text is not UTF-8, or a citation is not written the way it is read", d.id)
	}
	d.text = back
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
