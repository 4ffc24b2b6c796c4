package retrievaltest

import (
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// faulty is an index that does one thing wrong.
type faulty struct {
	retrieval.Index
	put      func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error
	delete   func(ctx context.Context, next retrieval.Index, scope string, ids []string) error
	ask      func(q *retrieval.Query)
	answer   func(q retrieval.Query, r *retrieval.Results)
	failed   func(q retrieval.Query, err error) error
	filter   func(f *retrieval.Filter)
	listed   func(s []*corpus.Source) []*corpus.Source
	cite     func(c citation.Citation) citation.Citation
	idf      func(idf []float32, known []bool)
	info     func(i *retrieval.Info)
	ctx      func(ctx context.Context) context.Context
	reopened func(b *brute)
	leak     bool
}

func (f *faulty) in(ctx context.Context) context.Context {
	if f.ctx != nil {
		return f.ctx(ctx)
	}
	return ctx
}

func (f *faulty) Put(ctx context.Context, docs []retrieval.Document) error {
	if f.put != nil {
		return f.put(f.in(ctx), f.Index, docs)
	}
	return f.Index.Put(f.in(ctx), docs)
}

func (f *faulty) Delete(ctx context.Context, scope string, ids []string) error {
	if f.delete != nil {
		return f.delete(f.in(ctx), f.Index, scope, ids)
	}
	return f.Index.Delete(f.in(ctx), scope, ids)
}

func (f *faulty) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	asked := q
	if f.ask != nil {
		f.ask(&q)
	}
	if f.filter != nil {
		f.filter(&q.Filter)
	}
	r, err := f.Index.Search(f.in(ctx), q)
	if f.failed != nil {
		err = f.failed(asked, err)
	}
	if f.answer != nil {
		r = retrieval.Results{Words: slices.Clone(r.Words), Vectors: slices.Clone(r.Vectors)}
		for i := range r.Words {
			r.Words[i].Passages = slices.Clone(r.Words[i].Passages)
		}
		f.answer(asked, &r)
	}
	return r, err
}

func (f *faulty) list(s []*corpus.Source, err error) ([]*corpus.Source, error) {
	if f.listed != nil {
		s = f.listed(slices.Clone(s))
	}
	return s, err
}

func (f *faulty) Sources(ctx context.Context, q retrieval.Filter) ([]*corpus.Source, error) {
	if f.filter != nil {
		f.filter(&q)
	}
	return f.list(f.Index.Sources(f.in(ctx), q))
}

func (f *faulty) Lookup(ctx context.Context, c citation.Citation, q retrieval.Filter) ([]*corpus.Source, error) {
	if f.cite != nil {
		c = f.cite(c)
	}
	if f.filter != nil {
		f.filter(&q)
	}
	return f.list(f.Index.Lookup(f.in(ctx), c, q))
}

func (f *faulty) Idf(ctx context.Context, tokens []string) ([]float32, []bool, error) {
	idf, known, err := f.Index.Idf(f.in(ctx), tokens)
	if f.idf != nil {
		f.idf(idf, known)
	}
	return idf, known, err
}

func (f *faulty) Info(ctx context.Context) (retrieval.Info, error) {
	i, err := f.Index.Info(f.in(ctx))
	if f.info != nil {
		f.info(&i)
	}
	return i, err
}

func (f *faulty) Close() error {
	if f.leak {
		return nil
	}
	return f.Index.Close()
}

// A fault is a way to break an index, and the check that is there for it.
type fault struct {
	name, check string
	inject      func(f *faulty) *faulty
}

func faults() []fault {
	answer := func(name, check string, do func(q retrieval.Query, r *retrieval.Results)) fault {
		return fault{name, check, func(f *faulty) *faulty { f.answer = do; return f }}
	}
	ask := func(name, check string, do func(q *retrieval.Query)) fault {
		return fault{name, check, func(f *faulty) *faulty { f.ask = do; return f }}
	}
	filter := func(name, check string, do func(f *retrieval.Filter)) fault {
		return fault{name, check, func(f *faulty) *faulty { f.filter = do; return f }}
	}
	put := func(name, check string, do func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error) fault {
		return fault{name, check, func(f *faulty) *faulty { f.put = do; return f }}
	}
	info := func(name, check string, do func(i *retrieval.Info)) fault {
		return fault{name, check, func(f *faulty) *faulty { f.info = do; return f }}
	}
	first := func(all []retrieval.Document, keep func(retrieval.Document) bool) []retrieval.Document {
		return slices.DeleteFunc(slices.Clone(all), func(d retrieval.Document) bool { return !keep(d) })
	}
	without := func(n retrieval.Index, docs []retrieval.Document, gone func(d held) bool) {
		b := n.(*brute)
		b.docs = slices.DeleteFunc(slices.Clone(b.docs), gone)
	}
	return []fault{
		answer("scores off by a thousandth", "Words", func(_ retrieval.Query, r *retrieval.Results) {
			for i := range r.Words {
				r.Words[i].Score *= 1.001
			}
		}),
		answer("the last section missing", "Words", func(_ retrieval.Query, r *retrieval.Results) {
			r.Words = r.Words[:max(0, len(r.Words)-1)]
		}),
		answer("a section twice", "Words", func(_ retrieval.Query, r *retrieval.Results) {
			if len(r.Words) > 1 {
				r.Words[1] = r.Words[0]
			}
		}),
		answer("worst first", "Words", func(_ retrieval.Query, r *retrieval.Results) { slices.Reverse(r.Words) }),
		answer("passages worst first", "WordsOfOnePassage", func(_ retrieval.Query, r *retrieval.Results) {
			for _, h := range r.Words {
				slices.Reverse(h.Passages)
			}
		}),
		answer("passages scored alike", "Words", func(_ retrieval.Query, r *retrieval.Results) {
			for _, h := range r.Words {
				for i := range h.Passages {
					h.Passages[i].Score = h.Score
				}
			}
		}),
		answer("without the factor k1+1", "WordsOfOnePassage", func(_ retrieval.Query, r *retrieval.Results) {
			for i := range r.Words {
				r.Words[i].Score /= 2.2
			}
		}),
		ask("weights ignored", "Weights", func(q *retrieval.Query) {
			q.Terms = slices.Clone(q.Terms)
			for i := range q.Terms {
				q.Terms[i].Weight = 1
			}
		}),
		ask("equal terms count once", "Weights", func(q *retrieval.Query) { q.Terms = slices.Compact(slices.Clone(q.Terms)) }),
		{"idf off", "Idf", func(f *faulty) *faulty {
			f.idf = func(idf []float32, _ []bool) { idf[0] *= 1.01 }
			return f
		}},
		{"every word known", "Idf", func(f *faulty) *faulty {
			f.idf = func(_ []float32, known []bool) { known[len(known)-2] = true }
			return f
		}},
		answer("ties backwards", "Ties", func(_ retrieval.Query, r *retrieval.Results) { slices.Reverse(r.Words) }),
		answer("vector ties backwards", "Ties", func(_ retrieval.Query, r *retrieval.Results) { slices.Reverse(r.Vectors) }),
		answer("a neighbour missed", "Vectors", func(q retrieval.Query, r *retrieval.Results) {
			if len(r.Vectors) > 2 {
				r.Vectors = slices.Delete(r.Vectors, 1, 2)
			}
		}),
		answer("a dot product for a cosine", "Cosine", func(q retrieval.Query, r *retrieval.Results) {
			for i := range r.Vectors {
				r.Vectors[i].Score *= float32(norm(q.Vector))
			}
		}),
		answer("no negative cosines", "Cosine", func(q retrieval.Query, r *retrieval.Results) {
			r.Vectors = slices.DeleteFunc(r.Vectors, func(h retrieval.VectorHit) bool { return h.Score < 0 })
		}),
		answer("zero vectors found", "ZeroVector", func(q retrieval.Query, r *retrieval.Results) {
			if len(q.Vector) > 0 && len(r.Vectors) > 0 {
				h := r.Vectors[0]
				h.Passage, h.Score = 0, 0
				r.Vectors = append(r.Vectors, h)
			}
		}),
		answer("words or vectors, not both", "WordsAndVectors", func(q retrieval.Query, r *retrieval.Results) {
			if len(q.Vector) > 0 {
				r.Words = nil
			}
		}),
		filter("jurisdictions ignored", "Filter", func(f *retrieval.Filter) { f.Jurisdictions = nil }),
		filter("kinds ignored", "Filter", func(f *retrieval.Filter) { f.Kinds = nil }),
		filter("sources ignored", "Filter", func(f *retrieval.Filter) { f.Sources = nil }),
		filter("only the first value", "Filter", func(f *retrieval.Filter) { f.Scopes = f.Scopes[:min(1, len(f.Scopes))] }),
		filter("every scope where none is given", "NoScope", func(f *retrieval.Filter) {
			if len(f.Scopes) == 0 {
				f.Scopes = append(scopeNames, "mine", "theirs")
			}
		}),
		{"filtered afterwards", "FilterInside", func(f *faulty) *faulty {
			f.filter = func(f *retrieval.Filter) { f.Jurisdictions = nil }
			f.answer = func(q retrieval.Query, r *retrieval.Results) {
				r.Words = slices.DeleteFunc(r.Words, func(h retrieval.SectionHit) bool { return !passes(q.Filter, h.Source) })
				r.Vectors = slices.DeleteFunc(r.Vectors, func(h retrieval.VectorHit) bool { return !passes(q.Filter, h.Source) })
			}
			return f
		}},
		filter("values compared without case", "FilterOddValues", func(f *retrieval.Filter) {
			if len(f.Jurisdictions) == 1 && f.Jurisdictions[0] == "plain" {
				f.Jurisdictions = []string{"plain", "Plain"}
			}
		}),
		answer("more than the limit", "Limit", func(q retrieval.Query, r *retrieval.Results) {
			if len(r.Words) > 0 {
				r.Words = append(r.Words, r.Words[0])
			}
		}),
		ask("limit 0 means all", "Limit", func(q *retrieval.Query) {
			if q.Limit < 1 {
				q.Limit = 1000
			}
		}),
		{"pinpoints not dropped", "Lookup", func(f *faulty) *faulty {
			f.cite = func(c citation.Citation) citation.Citation {
				if c.Pin != "" {
					c.Number += string(c.Pin)
				}
				return c
			}
			return f
		}},
		{"not by id", "Sources", func(f *faulty) *faulty {
			f.listed = func(s []*corpus.Source) []*corpus.Source { slices.Reverse(s); return s }
			return f
		}},
		{"only ASCII", "Unicode", func(f *faulty) *faulty {
			f.put = func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error {
				return next.Put(ctx, first(docs, func(d retrieval.Document) bool { return !strings.Contains(d.Source.ID, "日") }))
			}
			return f
		}},
		{"deleting from every scope", "Scopes", func(f *faulty) *faulty {
			f.delete = func(ctx context.Context, next retrieval.Index, scope string, ids []string) error {
				without(next, nil, func(d held) bool { return slices.Contains(ids, d.Source.ID) })
				return nil
			}
			return f
		}},
		put("an id in one scope only", "Scopes", func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error {
			without(next, nil, func(d held) bool {
				return slices.ContainsFunc(docs, func(n retrieval.Document) bool { return n.Source.ID == d.Source.ID })
			})
			return next.Put(ctx, docs)
		}),
		put("the first stays", "Replace", func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error {
			return next.Put(ctx, first(docs, func(d retrieval.Document) bool {
				return !slices.ContainsFunc(next.(*brute).docs, func(h held) bool { return same(h.Source, d.Source) })
			}))
		}),
		put("old vectors stay", "Replace", func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error {
			docs = slices.Clone(docs)
			for i := range docs {
				for _, h := range next.(*brute).docs {
					if same(h.Source, docs[i].Source) && docs[i].Vectors == nil && len(docs[i].Source.Passages) <= len(h.Vectors) {
						docs[i].Vectors = h.Vectors[:len(docs[i].Source.Passages)]
					}
				}
			}
			return next.Put(ctx, docs)
		}),
		{"a missing id is an error", "Delete", func(f *faulty) *faulty {
			f.delete = func(ctx context.Context, next retrieval.Index, scope string, ids []string) error {
				if slices.Contains(ids, "not there") {
					return errors.New("not there")
				}
				return next.Delete(ctx, scope, ids)
			}
			return f
		}},
		{"deletes that do nothing", "Delete", func(f *faulty) *faulty {
			f.delete = func(context.Context, retrieval.Index, string, []string) error { return nil }
			return f
		}},
		{"statistics that count what is gone", "Statistics", func(f *faulty) *faulty {
			f.delete = func(ctx context.Context, next retrieval.Index, scope string, ids []string) error {
				b := next.(*brute)
				for _, id := range ids {
					for _, h := range b.docs {
						if h.Source.Scope == scope && h.Source.ID == id {
							ghost := h
							s := *h.Source
							s.Scope = "ghosts"
							ghost.Source = &s
							b.docs = append(slices.Clone(b.docs), ghost)
						}
					}
				}
				return next.Delete(ctx, scope, ids)
			}
			return f
		}},
		info("one revision for ever", "Revision", func(i *retrieval.Info) { i.Revision = "1" }),
		info("a revision for every question", "Revision", func(i *retrieval.Info) { i.Revision = time.Now().String() }),
		info("no dimension", "Dimension", func(i *retrieval.Info) { i.Dimension = 0 }),
		info("passages not counted", "Delete", func(i *retrieval.Info) { i.Passages = i.Sources + 1 }),
		put("vectors of another length dropped", "Dimension", func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error {
			if err := next.Put(ctx, docs); !errors.Is(err, retrieval.ErrDimension) {
				return err
			}
			return nil
		}),
		info("no embedder", "Embedder", func(i *retrieval.Info) { i.Embedder = "" }),
		put("another embedder's vectors dropped", "Embedder", func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error {
			if err := next.Put(ctx, docs); !errors.Is(err, retrieval.ErrEmbedder) {
				return err
			}
			return nil
		}),
		{"a question by any embedder", "Embedder", func(f *faulty) *faulty {
			f.ask = func(q *retrieval.Query) { q.Embedder = "" }
			return f
		}},
		{"a question of any length", "Dimension", func(f *faulty) *faulty {
			f.failed = func(_ retrieval.Query, err error) error { return nil }
			return f
		}},
		put("one document at a time", "BadDocuments", func(ctx context.Context, next retrieval.Index, docs []retrieval.Document) error {
			for _, d := range docs {
				if err := next.Put(ctx, []retrieval.Document{d}); err != nil {
					return err
				}
			}
			return nil
		}),
		{"a context unread", "Cancelled", func(f *faulty) *faulty { f.ctx = context.WithoutCancel; return f }},
		{"open for ever", "Closed", func(f *faulty) *faulty { f.leak = true; return f }},
		{"a write lost", "Reopen", func(f *faulty) *faulty {
			f.reopened = func(b *brute) { b.docs = b.docs[1:] }
			return f
		}},
		{"a delete lost amid others", "Concurrent", func(f *faulty) *faulty {
			f.delete = func(ctx context.Context, next retrieval.Index, scope string, ids []string) error {
				if slices.Contains(ids, "w2-2") {
					return nil
				}
				return next.Delete(ctx, scope, ids)
			}
			return f
		}},
		{"files named by a short hash", "HashPrefixes", func(f *faulty) *faulty {
			f.reopened = func(b *brute) {
				byHash := map[uint32]held{}
				for _, d := range b.docs {
					h := fnv.New32a()
					h.Write([]byte(d.Source.ID))
					byHash[h.Sum32()] = d
				}
				b.docs = slices.DeleteFunc(slices.Clone(b.docs), func(d held) bool {
					h := fnv.New32a()
					h.Write([]byte(d.Source.ID))
					return byHash[h.Sum32()].Source != d.Source
				})
			}
			return f
		}},
		put("nothing kept", "Empty", func(context.Context, retrieval.Index, []retrieval.Document) error { return nil }),
	}
}
