package main

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// The passages and questions that every engine gets: made up, and the same
// in every run.
const (
	dim         = 384
	limit       = 10     // hits that are asked for
	scopes      = 10     // a filter keeps one of them
	vocabulary  = 20_000 // words, drawn by Zipf's law
	wordsOfText = 60
	wordsAsked  = 5
	common      = 50 // the most frequent words, which "rarer words" leave out
	seed        = 20261128
)

// A passage is a text of one scope with a unit vector. Its slices are the
// reader's to keep.
type passage struct {
	id     int
	text   string
	scope  int
	vector []float32
}

// everywhere is the scope of a question that has no filter.
const everywhere = -1

// A question asks by words and by a vector, within a scope.
type question struct {
	words  []string
	vector []float32
	scope  int
}

// passages yields the first n passages.
func passages(n int) iter.Seq[passage] {
	return func(yield func(passage) bool) {
		m := newMaker(1)
		for i := range n {
			p := passage{i, strings.Join(m.words(wordsOfText, 0), " "), m.r.IntN(scopes), m.vector()}
			if !yield(p) {
				return
			}
		}
	}
}

// questions are n questions; those of the rarer words have none of the most
// frequent ones, as if every engine dropped what stands everywhere.
func questions(n int, rarer bool) []question {
	m := newMaker(2)
	var out []question
	for range n {
		q := question{m.words(wordsAsked, 0), m.vector(), m.r.IntN(scopes)}
		if rare := m.words(wordsAsked, common); rarer {
			q.words = rare
		}
		out = append(out, q)
	}
	return out
}

// A maker draws words and vectors.
type maker struct {
	r    *rand.Rand
	zipf *rand.Zipf
}

func newMaker(stream uint64) maker {
	r := rand.New(rand.NewPCG(seed, stream))
	return maker{r, rand.NewZipf(r, 1.1, 3, vocabulary-1)}
}

// words draws n words that are not among the most frequent so many.
func (m maker) words(n int, but uint64) []string {
	out := make([]string, 0, n)
	for len(out) < n {
		if w := m.zipf.Uint64(); w >= but {
			out = append(out, fmt.Sprintf("w%dx", w))
		}
	}
	return out
}

func (m maker) vector() []float32 {
	v := make([]float32, dim)
	sum := 0.0
	for i := range v {
		x := m.r.NormFloat64()
		v[i], sum = float32(x), sum+x*x
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v
}

// untimed yields what seq yields and adds to spent the time that seq took
// for it, so that making the data is not counted as indexing it.
func untimed[T any](seq iter.Seq[T], spent *time.Duration) iter.Seq[T] {
	return func(yield func(T) bool) {
		begun := time.Now()
		for v := range seq {
			*spent += time.Since(begun)
			if !yield(v) {
				return
			}
			begun = time.Now()
		}
		*spent += time.Since(begun)
	}
}
