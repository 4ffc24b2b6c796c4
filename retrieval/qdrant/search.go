package qdrant

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/retrieval"
)

// Search implements retrieval.Index in two requests, and a third for sources
// that this process has not seen: the statistics of the question's words;
// both searches, by words and by vector, under one filter; the texts.
//
// What Qdrant ranks by words is a candidate only. Its weights rest on a mean
// length that is held fixed, and the true one moves with every Put: each
// candidate is scored anew, and more are asked for until none that was left
// out could stand among the best. So scores and order are those of the
// embedded index. Of vectors, the cosine is Qdrant's, and so is the order
// but for equal ones.
func (x *Index) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	var res retrieval.Results
	if err := x.ready(ctx); err != nil {
		return res, err
	}
	if _, err := under(aSection, q.Filter); err != nil {
		return res, err
	}
	if q.Limit < 1 {
		return res, fmt.Errorf("qdrant: search: limit is %d; want at least 1", q.Limit)
	}
	for range attempts {
		s, err := x.statistics(ctx, "search", tokens(q.Terms))
		if err == nil && !s.missing {
			err = s.fresh(x.Name)
		}
		if err != nil || s.missing {
			return retrieval.Results{}, err
		}
		var changed bool
		res, changed, err = x.find(ctx, q, s)
		if errors.Is(err, errMissing) {
			changed, err = true, nil // its alias goes over to another
		}
		if err != nil || !changed {
			return res, err
		}
	}
	return res, nil
}

// attempts is how often a search is made while what it finds is being
// replaced. After the last, what fits together is returned.
const attempts = 4

func tokens(terms []retrieval.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.Token
	}
	return out
}

// A ranking is one of the two searches.
type ranking struct {
	request *api.QueryPoints
	limit   int // hits wanted
	asked   int // of Qdrant, which is more
	most    int // that are ever asked of it
	done    bool
	take    func(ctx context.Context, hits []*api.ScoredPoint, r *ranking) error
}

// slack is how many more candidates are asked for than hits are wanted, and
// farthest how many more at the very most: beyond that, sources of one score
// are no longer put in order among each other.
const (
	slack    = 16
	farthest = 16 << 10
)

// find makes both searches in one request, and again for what is not
// complete. It reports whether something was replaced meanwhile.
func (x *Index) find(ctx context.Context, q retrieval.Query, s *statistics) (res retrieval.Results, changed bool, err error) {
	var all []*ranking
	w := &wordSearch{x: x, s: s, query: s.weigh(q.Terms)}
	if len(w.query) > 0 {
		at, values := sparse(w.query)
		all = append(all, x.ranking(q, aSection, vWords, s.Sources, api.NewVectorInputSparse(at, values), w.take))
	}
	v := &vectorSearch{x: x}
	if len(q.Vector) > 0 && s.Held > 0 {
		if err := s.Asked(q); err != nil {
			return res, false, fmt.Errorf("qdrant: search: %w", err)
		}
		unit, err := retrieval.AppendUnit(make([]float32, 0, len(q.Vector)), q.Vector)
		if err != nil {
			return res, false, fmt.Errorf("qdrant: search: %w", err)
		}
		if !zero(unit) {
			all = append(all, x.ranking(q, aPassage, vMeaning, s.Passages, api.NewVectorInputDense(unit), v.take))
		}
	}
	for {
		all = slices.DeleteFunc(all, func(r *ranking) bool { return r.done })
		if len(all) == 0 {
			return retrieval.Results{Words: w.hits, Vectors: v.hits}, w.changed || v.changed, nil
		}
		if err := x.round(ctx, all); err != nil {
			return res, false, err
		}
	}
}

func (x *Index) ranking(q retrieval.Query, what, using string, held int, vector *api.VectorInput,
	take func(context.Context, []*api.ScoredPoint, *ranking) error) *ranking {
	f, _ := under(what, q.Filter) // looked at by Search
	limit := max(1, min(q.Limit, held))
	r := &ranking{limit: limit, asked: limit + slack, most: limit + farthest, take: take, request: &api.QueryPoints{
		CollectionName: x.Name, Query: api.NewQueryNearest(vector), Using: &using, Filter: f,
		WithPayload: api.NewWithPayloadInclude(fScope, fSource, fHash, fPassage)}}
	if what == aPassage {
		beam := uint64(max(x.Beam, r.asked))
		r.request.Params = &api.SearchParams{HnswEf: &beam, Exact: &x.Exact}
	}
	return r
}

// round sends what is not done in one request.
func (x *Index) round(ctx context.Context, all []*ranking) error {
	batch := &api.QueryBatchPoints{CollectionName: x.Name, ReadConsistency: x.table().consistency()}
	for _, r := range all {
		limit := uint64(r.asked)
		r.request.Limit = &limit
		batch.QueryPoints = append(batch.QueryPoints, r.request)
	}
	answer, err := request(ctx, x.link, "search", true, x.client.GetPointsClient().QueryBatch, batch)
	if err != nil {
		return err
	}
	if len(answer.GetResult()) != len(all) {
		return fmt.Errorf("qdrant: search: %s answered %d of %d searches", x.server, len(answer.GetResult()), len(all))
	}
	for i, r := range all {
		hits := answer.GetResult()[i].GetResult()
		if err := r.take(ctx, hits, r); err != nil {
			return err
		}
		if len(hits) < r.asked || r.asked >= r.most {
			r.done = true
		}
		r.asked = min(4*r.asked, r.most)
	}
	return nil
}

// wantedOf are the sources of hits.
func wantedOf(hits []*api.ScoredPoint) ([]wanted, error) {
	out := make([]wanted, len(hits))
	for i, h := range hits {
		read, err := readHead(h.GetPayload())
		if err != nil {
			return nil, fmt.Errorf("qdrant: search: %w", err)
		}
		out[i] = read.wanted()
	}
	return out, nil
}

// A wordSearch scores the candidates by words.
type wordSearch struct {
	x       *Index
	s       *statistics
	query   []weighted
	hits    []retrieval.SectionHit
	changed bool
}

// tolerance is what 32-bit arithmetic may lose of a score.
const tolerance = 1e-4

func (w *wordSearch) take(ctx context.Context, points []*api.ScoredPoint, r *ranking) error {
	all, err := wantedOf(points)
	if err != nil {
		return err
	}
	sources, err := w.x.load(ctx, w.x.table(), "search", all)
	if err != nil {
		return err
	}
	w.hits, w.changed = nil, false
	long := w.s.mean()
	norm := newNorm(long)
	for _, want := range all {
		l := sources[want.Key]
		if l == nil || l.hash != want.hash {
			w.changed = true
			continue
		}
		if score := l.words().whole.score(w.query, norm); score > 0 {
			w.hits = append(w.hits, retrieval.SectionHit{Source: l.source, Score: score})
		}
	}
	slices.SortFunc(w.hits, func(a, b retrieval.SectionHit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Source.ID, b.Source.ID), cmp.Compare(a.Source.Scope, b.Source.Scope))
	})
	if len(w.hits) >= r.limit && len(points) > 0 {
		// A longer mean than that of the weights makes every score at most
		// so much greater.
		bound := float64(points[len(points)-1].GetScore()) * max(1, long/w.s.Mean) * (1 + tolerance)
		r.done = float64(w.hits[r.limit-1].Score) > bound
	}
	w.hits = w.hits[:min(r.limit, len(w.hits))]
	short := newNorm(mean(w.s.Words, w.s.Pieces))
	for i := range w.hits {
		h := &w.hits[i]
		h.Passages = passages(sources[retrieval.Key{Scope: h.Source.Scope, ID: h.Source.ID}].words(), w.query, short)
	}
	return nil
}

// passages ranks those pieces that hold any of the words.
func passages(b *bags, query []weighted, norm norm) []retrieval.PassageHit {
	var hits []retrieval.PassageHit
	for i := range b.pieces {
		if score := b.pieces[i].score(query, norm); score > 0 {
			hits = append(hits, retrieval.PassageHit{Passage: i, Score: score})
		}
	}
	slices.SortStableFunc(hits, func(a, b retrieval.PassageHit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// A vectorSearch puts the passages found by vector in order.
type vectorSearch struct {
	x       *Index
	hits    []retrieval.VectorHit
	changed bool
}

func (v *vectorSearch) take(ctx context.Context, points []*api.ScoredPoint, r *ranking) error {
	all, err := wantedOf(points)
	if err != nil {
		return err
	}
	order := make([]int, len(points))
	for i := range order {
		order[i] = i
	}
	place := func(i int) int64 { return points[i].GetPayload()[fPassage].GetIntegerValue() }
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(points[j].GetScore(), points[i].GetScore()), all[i].Compare(all[j].Key), cmp.Compare(place(i), place(j)))
	})
	order = order[:min(r.limit, len(order))]
	best := make([]wanted, len(order))
	for k, i := range order {
		best[k] = all[i]
	}
	sources, err := v.x.load(ctx, v.x.table(), "search", best)
	if err != nil {
		return err
	}
	v.hits, v.changed = nil, false
	for _, i := range order {
		l, at := sources[all[i].Key], place(i)
		if l == nil || l.hash != all[i].hash || at < 0 || at >= int64(l.size) {
			v.changed = true
			continue
		}
		score := float32(math.Max(-1, math.Min(1, float64(points[i].GetScore()))))
		v.hits = append(v.hits, retrieval.VectorHit{Source: l.source, PassageHit: retrieval.PassageHit{Passage: int(at), Score: score}})
	}
	if len(order) > 0 && len(order) == r.limit {
		r.done = points[order[len(order)-1]].GetScore() > points[len(points)-1].GetScore()
	}
	return nil
}
