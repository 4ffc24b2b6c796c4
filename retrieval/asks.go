package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/viterin/vek/vek32"

	"github.com/everycategory/advocate/corpus"
)

// Asks are the titles of sources, and the questions that they say they
// answer, as vectors: what is asked in other words is found by what it means.
// They are embedded when the first question comes. Safe for concurrent use.
type Asks struct {
	embedder Embedder
	sources  []*corpus.Source

	once sync.Once
	err  error
	of   []asked
	dim  int
	rows []float32 // one of dim numbers for each
}

type asked struct {
	source *corpus.Source
	ask    int // its place in Source.Asks; -1 for the title
}

// NewAsks are the questions of sources, which must not be modified any more.
func NewAsks(e Embedder, sources []*corpus.Source) *Asks { return &Asks{embedder: e, sources: sources} }

// load embeds the questions.
func (a *Asks) load(ctx context.Context) {
	var texts []string
	for _, s := range a.sources {
		a.of, texts = append(a.of, asked{s, -1}), append(texts, s.Title)
		for i, q := range s.Asks {
			a.of, texts = append(a.of, asked{s, i}), append(texts, q)
		}
	}
	var vectors [][]float32
	if vectors, a.err = a.embedder.Embed(ctx, texts); a.err != nil {
		return
	}
	for _, v := range vectors {
		if a.dim = cmp.Or(a.dim, len(v)); len(v) != a.dim {
			a.err = fmt.Errorf("%w: %d numbers, and %d in the first", ErrDimension, len(v), a.dim)
			return
		}
		a.rows = append(a.rows, v...)
	}
}

// A Near is a source with the question of it that is nearest to one asked.
type Near struct {
	Source *corpus.Source
	Ask    int     // place in Source.Asks; -1 for its title
	Cosine float32 // to the vector of the question asked
}

// Nearest are the sources whose nearest question has at least a cosine of
// least to text, best first; equal ones by id.
func (a *Asks) Nearest(ctx context.Context, text string, least float32) ([]Near, error) {
	a.once.Do(func() { a.load(context.WithoutCancel(ctx)) })
	if a.err != nil {
		return nil, fmt.Errorf("retrieval: questions: %w", a.err)
	}
	vectors, err := a.embedder.Embed(ctx, []string{text})
	if err != nil {
		return nil, fmt.Errorf("retrieval: question: %w", err)
	}
	v := vectors[0]
	if len(v) != a.dim {
		return nil, fmt.Errorf("retrieval: question: %w: %d numbers, and %d in what the sources ask", ErrDimension, len(v), a.dim)
	}
	var out []Near
	at := map[*corpus.Source]int{}
	for i, q := range a.of {
		c := vek32.Dot(a.rows[i*a.dim:(i+1)*a.dim], v)
		if c < least {
			continue
		}
		if k, ok := at[q.source]; !ok {
			at[q.source] = len(out)
			out = append(out, Near{q.source, q.ask, c})
		} else if c > out[k].Cosine {
			out[k].Ask, out[k].Cosine = q.ask, c
		}
	}
	slices.SortStableFunc(out, func(x, y Near) int {
		return cmp.Or(cmp.Compare(y.Cosine, x.Cosine), cmp.Compare(x.Source.ID, y.Source.ID))
	})
	return out, nil
}

// leastCosine is the cosine from which a question may mean what another does,
// and nearShare what a question of a cosine of leastCosine plus a half adds to
// a source's score, in that of the best source by words. Set on the open
// questions of evals/golden; evals/README.md has the figures.
const (
	leastCosine = 0.40
	nearShare   = 0.45
)

// mostNear is how many sources are found by meaning alone.
const mostNear = 10

// closer adds to the scores of hits how near their questions are, and the
// sources that no word found. What is cited stays in front.
func closer(hits []Hit, near []Near) []Hit {
	var top float32 = 1
	at := map[sourceKey]int{}
	for i, h := range hits {
		top = max(top, h.Score)
		at[keyOf(h.Source)] = i
	}
	for k, n := range near {
		i, ok := at[keyOf(n.Source)]
		if !ok && k >= mostNear {
			continue
		}
		if !ok {
			i = len(hits)
			hits = append(hits, Hit{Source: n.Source, Ask: -1})
		}
		hits[i].Cosine, hits[i].NearAsk = n.Cosine, n.Ask
		hits[i].Score += nearShare * top * 2 * (n.Cosine - leastCosine)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		switch {
		case a.Cited != b.Cited && a.Cited:
			return -1
		case a.Cited != b.Cited:
			return 1
		case a.Cited:
			return 0
		}
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Source.ID, b.Source.ID))
	})
	return hits
}

// keeps reports whether a source passes a filter.
func (f Filter) keeps(s *corpus.Source) bool {
	return slices.Contains(f.Scopes, s.Scope) && (len(f.Jurisdictions) == 0 || slices.Contains(f.Jurisdictions, s.Jurisdiction)) &&
		(len(f.Kinds) == 0 || slices.Contains(f.Kinds, s.Kind)) && (len(f.Sources) == 0 || slices.Contains(f.Sources, s.ID))
}
