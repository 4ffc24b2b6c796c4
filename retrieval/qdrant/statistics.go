package qdrant

import (
	"context"
	"fmt"
	"maps"
	"slices"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/retrieval"
)

// Totals are what all sources come to, whatever their scope. They stand in
// a point of their own, which each writer brings up to date.
type totals struct {
	Sources, Passages, Pieces, Words int
	retrieval.Vectored
	Revision retrieval.Revision
	Mean     float64 // words of a source by which the sparse vectors were made; no smaller one is in use
	Analysis string  // that made the words
	Clean    bool    // no writer broke off: the rest is right
}

// The fields of totals, beside those that points have too.
const (
	fSources  = "sources"
	fPassages = "passages"
	fPieces   = "pieces"
	fWords    = "words"
	fHeld     = "held"
	fRevision = "revision"
	fMean     = "mean"
	fAnalysis = "analysis"
	fLayout   = "layout"
	fClean    = "clean"
)

var totalFields = []string{fSources, fPassages, fPieces, fWords, fHeld, fDim, fEmbedder, fRevision, fMean, fAnalysis, fLayout, fClean}

// point is a collection's one point of its kind.
func (t *totals) point() *api.PointStruct {
	return &api.PointStruct{Id: totalID(), Vectors: api.NewVectorsMap(map[string]*api.Vector{}), Payload: map[string]*api.Value{
		fWhat:    api.NewValueString(aTotal),
		fSources: api.NewValueInt(int64(t.Sources)), fPassages: api.NewValueInt(int64(t.Passages)), fPieces: api.NewValueInt(int64(t.Pieces)),
		fWords: api.NewValueInt(int64(t.Words)), fHeld: api.NewValueInt(int64(t.Held)), fDim: api.NewValueInt(int64(t.Dim)),
		fEmbedder: api.NewValueString(t.Embedder), fRevision: api.NewValueString(t.Revision.String()), fMean: api.NewValueDouble(t.Mean),
		fAnalysis: api.NewValueString(t.Analysis), fLayout: api.NewValueString(layout), fClean: api.NewValueBool(t.Clean),
	}}
}

// write is the change that writes t, as right or as being changed.
func (t *totals) write(clean bool) []*api.PointsUpdateOperation {
	t.Clean = clean
	return upserts([]*api.PointStruct{t.point()})
}

func readTotals(p map[string]*api.Value) (t totals, err error) {
	n := func(field string) int { return int(p[field].GetIntegerValue()) }
	t = totals{Sources: n(fSources), Passages: n(fPassages), Pieces: n(fPieces), Words: n(fWords),
		Vectored: retrieval.Vectored{Dim: n(fDim), Embedder: p[fEmbedder].GetStringValue(), Held: n(fHeld)},
		Mean:     p[fMean].GetDoubleValue(), Analysis: p[fAnalysis].GetStringValue(), Clean: p[fClean].GetBoolValue()}
	if got := p[fLayout].GetStringValue(); got != layout {
		return t, fmt.Errorf("%w: its layout is %q, this version's %q: use the version that wrote it, or copy into an index of another name", ErrForeign, got, layout)
	}
	t.Revision, err = retrieval.ParseRevision(p[fRevision].GetStringValue())
	return t, err
}

// add and remove count a source with its words.
func (t *totals) add(s *sized) {
	t.Sources, t.Passages, t.Pieces, t.Words = t.Sources+1, t.Passages+s.passages, t.Pieces+s.pieces, t.Words+s.words
	t.Revision.Add(s.hash)
}

func (t *totals) remove(s *sized) {
	t.Sources, t.Passages, t.Pieces, t.Words = t.Sources-1, t.Passages-s.passages, t.Pieces-s.pieces, t.Words-s.words
	t.Revision.Subtract(s.hash)
}

// A sized is what a source counts for.
type sized struct {
	hash                    retrieval.Digest
	passages, pieces, words int
}

// mean is how many words a source has; 1 where there are none.
func (t *totals) mean() float64 { return mean(t.Words, t.Sources) }

func mean(words, texts int) float64 {
	if words == 0 || texts == 0 {
		return 1
	}
	return float64(words) / float64(texts)
}

// Statistics are the totals, and how many sources hold each of some words.
type statistics struct {
	totals
	holders map[string]int // words that none holds are left out
	missing bool           // there is no index yet
}

// statistics reads those of tokens in one request. Where there is no
// collection, or one that is just being made, they are zero.
func (t table) statistics(ctx context.Context, op string, tokens []string) (*statistics, error) {
	s := &statistics{holders: map[string]int{}}
	byID := map[string]string{}
	ids := []*api.PointId{totalID()}
	for _, token := range tokens {
		if id := wordID(token); byID[id.GetUuid()] == "" && token != "" {
			byID[id.GetUuid()] = token
			ids = append(ids, id)
		}
	}
	points, err := t.get(ctx, op, ids, slices.Concat(totalFields, []string{fHolders})...)
	if t.absent(err) {
		s.missing = true
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	p, ok := points[totalID().GetUuid()]
	if !ok {
		s.missing = true
		return s, nil
	}
	if s.totals, err = readTotals(p); err != nil {
		return nil, fmt.Errorf("qdrant: %s: %w", op, err)
	}
	for id, token := range byID {
		if n := int(points[id][fHolders].GetIntegerValue()); n > 0 {
			s.holders[token] = n
		}
	}
	return s, nil
}

// fresh is ErrStale where another version analysed the words: this one's
// questions would miss them.
func (t *totals) fresh(name string) error {
	if t.Analysis == retrieval.Analysis {
		return nil
	}
	return fmt.Errorf("%w: it analysed words in way %q, this one does in way %q: with the newer version run 'advocate corpus copy STORE STORE', which makes %s anew while it answers",
		ErrStale, t.Analysis, retrieval.Analysis, name)
}

// wordPoints write how many sources hold each word, and take away those of
// words that none holds any more.
func wordPoints(holders map[string]int) []*api.PointsUpdateOperation {
	var points []*api.PointStruct
	var gone []*api.PointId
	for _, token := range slices.Sorted(maps.Keys(holders)) {
		if n := holders[token]; n <= 0 {
			gone = append(gone, wordID(token))
		} else {
			points = append(points, &api.PointStruct{Id: wordID(token), Vectors: api.NewVectorsMap(map[string]*api.Vector{}), Payload: map[string]*api.Value{
				fWhat: api.NewValueString(aWord), fWord: api.NewValueString(token), fHolders: api.NewValueInt(int64(n))}})
		}
	}
	return slices.Concat(upserts(points), deletes(gone))
}
