package remote

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// Index is a retrieval.Index over the replicas of a retrieval service. It is
// safe for concurrent use.
//
// What is put through one Index is found by its later searches where the
// replicas have one store. Idf may lag half a second behind what others write.
type Index struct {
	config   Config
	replicas []*replica
	turn     atomic.Uint64
	closed   atomic.Bool
	scopes   []string
	weighed  weighed

	mu   sync.Mutex
	held map[key]hashed // sources that were sent, as they were last
	base map[key]hashed // those in the binary; not modified
}

var _ retrieval.Index = (*Index)(nil)

// Dial returns an index over the service, once at least one replica is found
// to be of c's version and to take its key.
func Dial(ctx context.Context, c Config) (*Index, error) {
	x, err := New(c)
	if err != nil {
		return nil, err
	}
	states := x.Replicas(ctx)
	var errs []error
	for _, s := range states {
		switch {
		case s.Err != nil:
			errs = append(errs, s.Err)
		case x.scopes == nil:
			x.scopes = s.Scopes
		default:
			x.scopes = slices.DeleteFunc(x.scopes, func(scope string) bool { return !slices.Contains(s.Scopes, scope) })
		}
	}
	if len(errs) == len(states) {
		return nil, fmt.Errorf("remote: %w: %w", ErrUnavailable, joined(errs))
	}
	return x, nil
}

// joined is errs on one line.
func joined(errs []error) error {
	out := errs[0]
	for _, err := range errs[1:] {
		out = fmt.Errorf("%w; %w", out, err)
	}
	return out
}

// New returns an index over the service and asks nothing of it yet.
func New(c Config) (*Index, error) {
	if err := c.settle(); err != nil {
		return nil, err
	}
	x := &Index{config: c, held: map[key]hashed{}, base: map[key]hashed{}}
	for _, u := range c.URLs {
		x.replicas = append(x.replicas, &replica{base: u})
	}
	for _, s := range c.Library {
		x.base[key{s.Scope, s.ID}] = hashed{s, s.Hash()}
	}
	return x, nil
}

// A State is what a replica says of itself, or why it cannot be used.
type State struct {
	URL    string
	Info   retrieval.Info
	Scopes []string // that the key may search; AllScopes for every one
	Write  bool
	Err    error
}

// Replicas asks each replica, once.
func (x *Index) Replicas(ctx context.Context) []State {
	out := make([]State, len(x.replicas))
	var all sync.WaitGroup
	for i, r := range x.replicas {
		all.Go(func() {
			out[i].URL = r.base
			c := call{name: "info", route: infoRoute, in: struct{}{}, take: func(body []byte, _ string) error {
				in, err := decode[infoReply](body)
				if err == nil {
					out[i].Info, out[i].Scopes, out[i].Write = in.Info, in.Scopes, in.Write
				}
				return err
			}}
			ctx, cancel := context.WithTimeout(ctx, x.config.Total)
			defer cancel()
			out[i].Err = x.try(ctx, r, c, []byte("{}"))
		})
	}
	all.Wait()
	return out
}

// Scopes are those that the key may search, as Dial found; AllScopes stands
// for every one.
func (x *Index) Scopes() []string { return x.scopes }

// Answers reports whether a replica answered when it was asked last. It asks
// none.
func (x *Index) Answers() bool {
	return slices.ContainsFunc(x.replicas, func(r *replica) bool { return r.trouble() == "" })
}

// Search implements retrieval.Index.
func (x *Index) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	if err := valid(q); err != nil {
		return retrieval.Results{}, fmt.Errorf("remote: search: %w", err)
	}
	var out retrieval.Results
	err := x.gather(func(want wanting) (refs []ref, done func([]*corpus.Source) error, err error) {
		var reply *searchReply
		began := x.weighed.begin(x.config.Now())
		err = x.do(ctx, call{name: "search", route: searchRoute, in: searchRequest{q, want}, long: want.Whole, take: func(body []byte, revision string) error {
			r, err := decode[searchReply](body)
			if err != nil {
				return err
			}
			if err := r.check(q); err != nil {
				return err
			}
			reply = r
			x.weighed.put(began, revision, tokensOf(q.Terms), &r.weights)
			return nil
		}})
		if err != nil {
			return nil, nil, err
		}
		return reply.Sources, func(sources []*corpus.Source) error {
			out, err = reply.results(sources)
			return err
		}, nil
	})
	return out, err
}

// valid refuses what no replica can answer.
func valid(q retrieval.Query) error {
	if q.Limit < 1 {
		return fmt.Errorf("limit is %d; want at least 1", q.Limit)
	}
	return nil
}

func tokensOf(terms []retrieval.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.Token
	}
	return out
}

// Lookup implements retrieval.Index.
func (x *Index) Lookup(ctx context.Context, cite citation.Citation, f retrieval.Filter) ([]*corpus.Source, error) {
	c := citationReference(cite)
	return x.list(ctx, "lookup", lookupRoute, listRequest{Filter: f, Cite: &c})
}

// Sources implements retrieval.Index.
func (x *Index) Sources(ctx context.Context, f retrieval.Filter) ([]*corpus.Source, error) {
	return x.list(ctx, "sources", sourcesRoute, listRequest{Filter: f})
}

func (x *Index) list(ctx context.Context, name, route string, in listRequest) ([]*corpus.Source, error) {
	var out []*corpus.Source
	err := x.gather(func(want wanting) (refs []ref, done func([]*corpus.Source) error, err error) {
		in.wanting = want
		err = x.do(ctx, call{name: name, route: route, in: in, long: want.Whole, take: func(body []byte, _ string) error {
			r, err := decode[listReply](body)
			if err == nil {
				err = checkRefs(r.Sources, in.Filter)
			}
			if err == nil {
				refs = r.Sources
			}
			return err
		}})
		return refs, func(sources []*corpus.Source) error {
			out = sources
			return nil
		}, err
	})
	return out, err
}

// Idf implements retrieval.Index.
func (x *Index) Idf(ctx context.Context, tokens []string) (idf []float32, known []bool, err error) {
	if ctx.Err() == nil && !x.closed.Load() {
		if w, ok := x.weighed.get(x.config.Now(), tokens); ok {
			return w.Idf, w.Known, nil
		}
	}
	began := x.weighed.begin(x.config.Now())
	var out *weights
	err = x.do(ctx, call{name: "idf", route: idfRoute, in: idfRequest{tokens}, take: func(body []byte, revision string) error {
		w, err := decode[weights](body)
		if err == nil && !w.of(len(tokens)) {
			err = errUnsound
		}
		if err == nil {
			x.weighed.put(began, revision, tokens, w)
			out = w
		}
		return err
	}})
	if err != nil {
		return nil, nil, err
	}
	return out.Idf, out.Known, nil
}

// Info implements retrieval.Index.
func (x *Index) Info(ctx context.Context) (retrieval.Info, error) {
	var out retrieval.Info
	err := x.do(ctx, call{name: "info", route: infoRoute, in: struct{}{}, take: func(body []byte, _ string) error {
		r, err := decode[infoReply](body)
		if err == nil {
			out = r.Info
		}
		return err
	}})
	return out, err
}

// Put implements retrieval.Index. It is sent to one replica; ErrUnsure where
// that did not answer.
func (x *Index) Put(ctx context.Context, docs []retrieval.Document) error {
	in := putRequest{Documents: docs, Hashes: make([]string, len(docs))}
	for i, d := range docs {
		if d.Source != nil {
			in.Hashes[i] = d.Source.Hash()
		}
	}
	return x.change(ctx, call{name: "put", route: putRoute, in: in})
}

// Delete implements retrieval.Index, as Put does.
func (x *Index) Delete(ctx context.Context, scope string, ids []string) error {
	return x.change(ctx, call{name: "delete", route: deleteRoute, in: deleteRequest{scope, ids}})
}

func (x *Index) change(ctx context.Context, c call) error {
	c.write, c.long = true, true
	c.take = func(body []byte, _ string) error {
		r, err := decode[doneReply](body)
		if err == nil && !r.Done {
			err = errUnsound
		}
		return err
	}
	x.config.HTTP.CloseIdleConnections() // one that the server left would leave it unsure what was done
	err := x.do(ctx, c)
	x.weighed.forget()
	var f *fault
	switch {
	case !errors.As(err, &f) || f.unsent:
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w: %w", ErrUnsure, ctx.Err(), err)
	}
	return fmt.Errorf("%w: %w", ErrUnsure, err)
}

// Close releases the connections. Closing twice is no error.
func (x *Index) Close() error {
	x.closed.Store(true)
	x.config.HTTP.CloseIdleConnections()
	return nil
}
