// Package remote is the retrieval service and its client. Server answers the
// calls of any retrieval.Index over HTTP, in JSON, under /retrieval/v1; Index
// is a retrieval.Index over one or more such servers, its replicas.
//
// A search answers with the names and hashes of sources, not with their words:
// the client has the library's in its own binary, and keeps what else it was
// sent. Replicas answer from one store, or from copies of it.
//
// Both sides name their Version in every request and reply, and neither uses
// what is of another: while an update rolls, a client goes on with the
// replicas that are like it. Reads are tried at another replica whenever one
// does not answer; writes only where it is certain that nothing was done.
//
// No error and no log holds a word of a question.
package remote

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// The headers that both sides know.
const (
	versionHeader  = "Advocate-Version"  // of whoever sends it
	revisionHeader = "Advocate-Revision" // of the index that was asked; none where it changed meanwhile
	timeoutHeader  = "Advocate-Timeout"  // how long the client waits, in ms
)

// The routes.
const (
	root         = "/retrieval/v1"
	searchRoute  = root + "/search"
	lookupRoute  = root + "/lookup"
	sourcesRoute = root + "/sources"
	idfRoute     = root + "/idf"
	infoRoute    = root + "/info"
	putRoute     = root + "/put"
	deleteRoute  = root + "/delete"
)

// A ref names a source as it is: equal hashes mean equal sources.
type ref struct {
	Scope  string         `json:"scope"`
	ID     string         `json:"id"`
	Hash   string         `json:"hash"`
	Source *corpus.Source `json:"source,omitempty"` // where the client asked for it
}

// A wanting says which sources a reply brings with it: none, or with Whole
// those whose hashes are not among Have, as many as fit.
type wanting struct {
	Whole bool     `json:"whole,omitempty"`
	Have  []string `json:"have,omitempty"`
}

type searchRequest struct {
	Query retrieval.Query `json:"query"`
	wanting
}

// A section is a retrieval.SectionHit: Source is a place in searchReply.Sources.
type section struct {
	Source   int       `json:"source"`
	Score    float32   `json:"score"`
	Passages []int     `json:"passages"`
	Scores   []float32 `json:"scores"` // of the passages
}

// A vectorHit is a retrieval.VectorHit.
type vectorHit struct {
	Source  int     `json:"source"`
	Passage int     `json:"passage"`
	Score   float32 `json:"score"`
}

// A searchReply has what the terms weigh with it, which is asked next.
type searchReply struct {
	Sources []ref       `json:"sources"`
	Words   []section   `json:"words"`
	Vectors []vectorHit `json:"vectors"`
	weights
}

// A listRequest is one of lookup, with Cite, or of sources. A citation that
// is looked up need not be one that parses.
type listRequest struct {
	Filter retrieval.Filter   `json:"filter"`
	Cite   *citationReference `json:"cite,omitempty"`
	wanting
}

type citationReference struct {
	System citation.System   `json:"system"`
	Number string            `json:"number"`
	Pin    citation.Pinpoint `json:"pin,omitempty"`
}

type listReply struct {
	Sources []ref `json:"sources"`
}

type idfRequest struct {
	Tokens []string `json:"tokens"`
}

// weights are what retrieval.Index.Idf returns.
type weights struct {
	Idf   []float32 `json:"idf"`
	Known []bool    `json:"known"`
}

type infoReply struct {
	Info   retrieval.Info `json:"info"`
	Scopes []string       `json:"scopes"` // that the key may search
	Write  bool           `json:"write"`
}

// A putRequest has the hashes of its sources, so that what does not survive
// JSON is refused.
type putRequest struct {
	Documents []retrieval.Document `json:"documents"`
	Hashes    []string             `json:"hashes"`
}

type deleteRequest struct {
	Scope string   `json:"scope"`
	IDs   []string `json:"ids"`
}

type doneReply struct {
	Done bool `json:"done"`
}

// decode reads one JSON value and nothing behind it. Fields that are not
// known are errors: they would be lost.
func decode[T any](data []byte) (*T, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	v := new(T)
	if err := d.Decode(v); err != nil {
		return nil, errNotJSON
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errNotJSON
	}
	return v, nil
}

// errNotJSON stands for the decoder's errors, which may hold words.
var errNotJSON = errors.New("it is not the JSON that is expected")

// encode writes v, without escaping for HTML.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// errUnsound is of a reply that contradicts itself or the question.
var errUnsound = errors.New("the reply does not hold together")

// check refuses a reply that does not answer q. Where a passage is one that
// its source has is seen by results.
func (r *searchReply) check(q retrieval.Query) error {
	if len(r.Words) > q.Limit || len(r.Vectors) > q.Limit || !r.weights.of(len(q.Terms)) {
		return fmt.Errorf("%w: more or less than was asked for", errUnsound)
	}
	for _, w := range r.Words {
		if w.Source < 0 || w.Source >= len(r.Sources) || len(w.Passages) != len(w.Scores) {
			return fmt.Errorf("%w: a section without its source", errUnsound)
		}
	}
	for _, v := range r.Vectors {
		if v.Source < 0 || v.Source >= len(r.Sources) {
			return fmt.Errorf("%w: a passage without its source", errUnsound)
		}
	}
	return checkRefs(r.Sources, q.Filter)
}

// checkRefs refuses sources of scopes that were not asked for.
func checkRefs(refs []ref, f retrieval.Filter) error {
	for _, r := range refs {
		if !slices.Contains(f.Scopes, r.Scope) || r.ID == "" || len(r.Hash) != hashLen {
			return fmt.Errorf("%w: a source that was not asked for", errUnsound)
		}
	}
	return nil
}

// hashLen is the length of a source's hash.
const hashLen = 64

// of reports whether w is of n tokens.
func (w *weights) of(n int) bool {
	return len(w.Idf) == n && len(w.Known) == n
}

// results puts the sources, which are those of r.Sources, into r's hits.
func (r *searchReply) results(sources []*corpus.Source) (retrieval.Results, error) {
	var out retrieval.Results
	for _, w := range r.Words {
		h := retrieval.SectionHit{Source: sources[w.Source], Score: w.Score}
		for i, p := range w.Passages {
			if p < 0 || p >= retrieval.Pieces(h.Source) {
				return retrieval.Results{}, fmt.Errorf("%w: a passage that its source does not have", errUnsound)
			}
			h.Passages = append(h.Passages, retrieval.PassageHit{Passage: p, Score: w.Scores[i]})
		}
		out.Words = append(out.Words, h)
	}
	for _, v := range r.Vectors {
		h := retrieval.VectorHit{Source: sources[v.Source], PassageHit: retrieval.PassageHit{Passage: v.Passage, Score: v.Score}}
		if v.Passage < 0 || v.Passage >= len(h.Source.Passages) {
			return retrieval.Results{}, fmt.Errorf("%w: a passage that its source does not have", errUnsound)
		}
		out.Vectors = append(out.Vectors, h)
	}
	return out, nil
}
