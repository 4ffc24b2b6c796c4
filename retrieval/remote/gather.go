package remote

import (
	"errors"
	"fmt"

	"github.com/everycategory/advocate/corpus"
)

// gather asks until the words of all sources of one reply are here, and hands
// those to done. Most are from the start; the first question is asked for
// names alone, and further ones say which are held.
func (x *Index) gather(ask func(wanting) ([]ref, func([]*corpus.Source) error, error)) error {
	var want wanting
	local := map[string]*corpus.Source{} // by hash: what one question needs stays until it is answered
	for {
		refs, done, err := ask(want)
		if err != nil {
			return err
		}
		fresh, err := x.learn(refs, local)
		if err != nil {
			return err
		}
		asked := want.Whole
		sources := make([]*corpus.Source, len(refs))
		missing := false
		want = wanting{Whole: true}
		for i, r := range refs {
			if sources[i] = x.source(r, local); sources[i] == nil {
				missing = true
				continue
			}
			want.Have = append(want.Have, r.Hash)
		}
		switch {
		case !missing:
			return done(sources)
		case asked && !fresh:
			return errNothingCame
		}
	}
}

var errNothingCame = errors.New("remote: the service names sources and does not send their words")

// learn keeps the sources that came with refs, and reports whether some did.
func (x *Index) learn(refs []ref, local map[string]*corpus.Source) (fresh bool, err error) {
	for _, r := range refs {
		s := r.Source
		if s == nil {
			continue
		}
		if s.Scope != r.Scope || s.ID != r.ID || s.Hash() != r.Hash {
			return false, fmt.Errorf("remote: source %q: its words are not those that the service names", r.ID)
		}
		fresh = true
		local[r.Hash] = s
		x.mu.Lock()
		if h, ok := x.held[key{r.Scope, r.ID}]; ok && h.hash == r.Hash {
			local[r.Hash] = h.source // one value for one source
		} else {
			x.held[key{r.Scope, r.ID}] = hashed{s, r.Hash}
		}
		x.mu.Unlock()
	}
	return fresh, nil
}

// source is the source that r names, or nil.
func (x *Index) source(r ref, local map[string]*corpus.Source) *corpus.Source {
	k := key{r.Scope, r.ID}
	if h, ok := x.base[k]; ok && h.hash == r.Hash {
		return h.source
	}
	if s := local[r.Hash]; s != nil && s.ID == r.ID && s.Scope == r.Scope {
		return s
	}
	x.mu.Lock()
	h, ok := x.held[k]
	x.mu.Unlock()
	if !ok || h.hash != r.Hash {
		return nil
	}
	local[r.Hash] = h.source // another question may put a newer one into its place
	return h.source
}
