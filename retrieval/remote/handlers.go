package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// reading is the handler of a call that changes nothing.
func reading[In any](s *Server, answer func(context.Context, *holder, *In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in, p := body[In](w, r, maxRead)
		if p != nil {
			p.write(w)
			return
		}
		done, p := s.turn(r.Context(), s.slots)
		if p != nil {
			p.write(w)
			return
		}
		defer done()
		before := s.revision(r.Context())
		out, err := answer(r.Context(), asker(r), in)
		if err != nil {
			asProblem(r.Context(), err, false).write(w)
			return
		}
		if before != "" && before == s.revision(r.Context()) {
			w.Header().Set(revisionHeader, before)
		}
		write(w, out)
	}
}

// changing is the handler of a call that writes: one at a time, for bodies
// are large.
func changing[In any](s *Server, answer func(context.Context, *holder, *In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if h := asker(r); !h.Write {
			notAllowed.write(w)
			return
		}
		done, p := s.turn(r.Context(), s.writing)
		if p != nil {
			p.write(w)
			return
		}
		defer done()
		in, p := body[In](w, r, maxWrite)
		if p != nil {
			p.write(w)
			return
		}
		out, err := answer(r.Context(), asker(r), in)
		if err != nil {
			asProblem(r.Context(), err, true).write(w)
			return
		}
		write(w, out)
	}
}

// revision is the index's, or "" where it cannot be had.
func (s *Server) revision(ctx context.Context) string {
	info, err := s.config.Index.Info(ctx)
	if err != nil {
		return ""
	}
	return info.Revision
}

// asker is who holds the request's key.
func asker(r *http.Request) *holder {
	h, ok := r.Context().Value(holderKey{}).(*holder)
	if !ok {
		return new(holder) // never: authorized comes before
	}
	return h
}

// body reads a request's JSON of at most so many bytes.
func body[In any](w http.ResponseWriter, r *http.Request, most int64) (*In, *problem) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	http.NewResponseController(w).SetReadDeadline(time.Time{}) // else it ends the work on what has come
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, &problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("A request has at most %d MB.", most>>20)}
	case err != nil:
		return nil, &problem{Status: http.StatusBadRequest, Detail: "The request broke off."}
	}
	in, err := decode[In](data)
	if err != nil {
		return nil, &problem{Status: http.StatusBadRequest, Detail: "The request cannot be read: " + err.Error() + "."}
	}
	return in, nil
}

// write sends v, whole or not at all.
func write(w http.ResponseWriter, v any) {
	data, err := encode(v)
	if err != nil {
		(&problem{Status: http.StatusInternalServerError, Detail: "The reply cannot be written."}).write(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(data)
}

var (
	notYours   = &problem{http.StatusForbidden, scopeCode, "This key may not search a scope that was asked for."}
	notAllowed = &problem{http.StatusForbidden, scopeCode, "This key may not change that."}
)

// may refuses a filter with a scope that h may not search; nothing is
// narrowed without a word.
func may(h *holder, f retrieval.Filter) error {
	for _, scope := range f.Scopes {
		if !h.searches(scope) {
			return notYours
		}
		if scope == "" {
			return retrieval.ErrNoScope
		}
	}
	return nil
}

func (s *Server) search(ctx context.Context, h *holder, in *searchRequest) (any, error) {
	if err := may(h, in.Query.Filter); err != nil {
		return nil, err
	}
	if in.Query.Limit < 1 {
		return nil, &problem{Status: http.StatusBadRequest, Detail: fmt.Sprintf("The limit is %d: want at least 1.", in.Query.Limit)}
	}
	found, err := s.config.Index.Search(ctx, in.Query)
	if err != nil {
		return nil, err
	}
	out := &searchReply{Sources: []ref{}, Words: []section{}, Vectors: []vectorHit{}}
	tokens := make([]string, len(in.Query.Terms))
	for i, t := range in.Query.Terms {
		tokens[i] = t.Token
	}
	if out.Idf, out.Known, err = s.config.Index.Idf(ctx, tokens); err != nil {
		return nil, err
	}
	var sources []*corpus.Source
	at := map[*corpus.Source]int{}
	place := func(source *corpus.Source) int {
		i, ok := at[source]
		if !ok {
			i = len(sources)
			at[source], sources = i, append(sources, source)
		}
		return i
	}
	for _, w := range found.Words {
		sec := section{Source: place(w.Source), Score: w.Score}
		for _, p := range w.Passages {
			sec.Passages, sec.Scores = append(sec.Passages, p.Passage), append(sec.Scores, p.Score)
		}
		out.Words = append(out.Words, sec)
	}
	for _, v := range found.Vectors {
		out.Vectors = append(out.Vectors, vectorHit{place(v.Source), v.Passage, v.Score})
	}
	out.Sources = s.refs(sources, in.wanting)
	return out, nil
}

func (s *Server) lookup(ctx context.Context, h *holder, in *listRequest) (any, error) {
	if err := may(h, in.Filter); err != nil {
		return nil, err
	}
	if in.Cite == nil {
		return nil, &problem{Status: http.StatusBadRequest, Detail: "There is no citation to look up."}
	}
	found, err := s.config.Index.Lookup(ctx, citation.Citation(*in.Cite), in.Filter)
	if err != nil {
		return nil, err
	}
	return &listReply{s.refs(found, in.wanting)}, nil
}

func (s *Server) sources(ctx context.Context, h *holder, in *listRequest) (any, error) {
	if err := may(h, in.Filter); err != nil {
		return nil, err
	}
	found, err := s.config.Index.Sources(ctx, in.Filter)
	if err != nil {
		return nil, err
	}
	return &listReply{s.refs(found, in.wanting)}, nil
}

func (s *Server) idf(ctx context.Context, _ *holder, in *idfRequest) (any, error) {
	out := new(weights)
	var err error
	out.Idf, out.Known, err = s.config.Index.Idf(ctx, in.Tokens)
	return out, err
}

func (s *Server) info(ctx context.Context, h *holder, _ *struct{}) (any, error) {
	info, err := s.config.Index.Info(ctx)
	return &infoReply{info, h.scopes(), h.Write}, err
}

func (s *Server) put(ctx context.Context, h *holder, in *putRequest) (any, error) {
	if len(in.Hashes) != len(in.Documents) {
		return nil, &problem{Status: http.StatusBadRequest, Detail: "There is not one hash for each document."}
	}
	for i, d := range in.Documents {
		switch {
		case d.Source == nil: // the index says so
		case !h.writes(d.Source.Scope):
			return nil, notAllowed
		case d.Source.Hash() != in.Hashes[i]:
			return nil, &problem{Status: http.StatusUnprocessableEntity,
				Detail: fmt.Sprintf("source %q cannot be sent: a text is not UTF-8, or a citation is not written the way it is read", d.Source.ID)}
		}
	}
	return &doneReply{true}, s.config.Index.Put(ctx, in.Documents)
}

func (s *Server) delete(ctx context.Context, h *holder, in *deleteRequest) (any, error) {
	if !h.writes(in.Scope) {
		return nil, notAllowed
	}
	return &doneReply{true}, s.config.Index.Delete(ctx, in.Scope, in.IDs)
}

// sentAtOnce is about how many bytes of sources one reply brings; one source
// always fits.
const sentAtOnce = 4 << 20

// refs names sources, with the words of those that are wanted.
func (s *Server) refs(sources []*corpus.Source, want wanting) []ref {
	have := map[string]bool{}
	for _, h := range want.Have {
		have[h] = true
	}
	out := make([]ref, 0, len(sources))
	room := sentAtOnce
	for _, source := range sources {
		r := ref{Scope: source.Scope, ID: source.ID, Hash: s.hash(source)}
		if want.Whole && !have[r.Hash] && room > 0 {
			r.Source = source
			for i := range source.Passages {
				room -= len(source.Passages[i].Text) + len(source.Passages[i].Context) + 64
			}
		}
		out = append(out, r)
	}
	return out
}

// A key names a source among those of all scopes; hashed is one with its hash.
type (
	key    struct{ scope, id string }
	hashed struct {
		source *corpus.Source
		hash   string
	}
)

// hash is a source's hash, worked out once for each value.
func (s *Server) hash(source *corpus.Source) string {
	k := key{source.Scope, source.ID}
	if h, ok := s.hashes.Load(k); ok && h.(hashed).source == source {
		return h.(hashed).hash
	}
	h := hashed{source, source.Hash()}
	s.hashes.Store(k, h)
	return h.hash
}
