package web

import (
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// An Ask is the body of POST /v1/ask.
type Ask struct {
	Question string            `json:"question"`
	State    string            `json:"state,omitempty"` // two capitals; "": as the question says
	Plan     string            `json:"plan,omitempty"`
	Facts    map[string]string `json:"facts,omitempty"`
	On       string            `json:"on,omitempty"` // YYYY-MM-DD
	Plain    bool              `json:"plain,omitempty"`
}

// A Search is the body of POST /v1/search.
type Search struct {
	Query string `json:"query"`
	State string `json:"state,omitempty"`
	On    string `json:"on,omitempty"`
	Count int    `json:"count,omitempty"` // 1 to 100; 0: 10
}

// A Check is the body of POST /v1/check.
type Check struct {
	Text  string            `json:"text"`
	State string            `json:"state,omitempty"`
	Plan  string            `json:"plan,omitempty"`
	Facts map[string]string `json:"facts,omitempty"`
	On    string            `json:"on,omitempty"`
}

// decode reads a body into v: one JSON value in UTF-8 of the right types, with
// no field that v lacks and no field twice.
func decode(r *http.Request, v any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return problem{Status: http.StatusUnsupportedMediaType, Detail: "Send JSON, with the header \"Content-Type: application/json\"."}
	}
	body, err := io.ReadAll(r.Body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return problem{Status: http.StatusRequestEntityTooLarge, Detail: "That is too large: at most 2 MB."}
	case err != nil:
		return problem{Status: http.StatusRequestTimeout, Detail: "The body did not arrive whole in time. Send it again."}
	case !utf8.Valid(body):
		return problem{Status: http.StatusBadRequest, Detail: "The body is not UTF-8."}
	}
	return unmarshal(body, v)
}

func unmarshal(body []byte, v any) error {
	dec := json.NewDecoder(strings.NewReader(string(body)))
	dec.DisallowUnknownFields()
	err := dec.Decode(v)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("more than one value")
		}
	}
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return problem{Status: http.StatusUnprocessableEntity, Detail: "The field " + field(wrong.Field) + " has a value of the wrong type."}
	case err != nil && strings.HasPrefix(err.Error(), "json: unknown field"):
		return problem{Status: http.StatusUnprocessableEntity, Detail: "There is a field that this call does not have. Its fields are in /v1/openapi.json."}
	case err != nil:
		return problem{Status: http.StatusBadRequest, Detail: "The body is not one JSON value."}
	}
	return nil
}

// field names a field, unless a client made its name up.
func field(name string) string {
	if slices.Contains([]string{"question", "state", "plan", "facts", "on", "plain", "query", "count", "text", "previous", "signed", "restore", "received", "position", "minutes", "bill", "committee", "audience", "name", "about", "story", "topic"}, name) {
		return name
	}
	return "at the top"
}

// request is what the assistant is asked.
func (s *Server) request(r *http.Request, text, state, plan, on string, facts map[string]string) bot.Request {
	req := bot.Request{Text: text, State: state, Plan: plan, On: corpus.Date(on), Scopes: s.scopes(), Person: s.person(r)}
	for name, value := range facts {
		req.Facts = append(req.Facts, name+"="+value)
	}
	slices.Sort(req.Facts)
	return req
}

// post answers a call: it reads the body, waits for its turn, and writes what
// do gives, or the problem that tell makes of an error. Allowed refuses before
// a word is read.
func post[In, Out any](s *Server, allowed func() error, tell func(error) problem, do func(*http.Request, In) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		err := allowed()
		if err == nil {
			err = decode(r, &in)
		}
		if err != nil {
			asProblem(err).write(w)
			return
		}
		done, ok := s.turn(w, r)
		if !ok {
			return
		}
		defer done()
		out, err := do(r, in)
		if err != nil {
			tell(err).write(w)
			return
		}
		writeJSON(w, http.StatusOK, out)
	}
}

// anybody lets every call through that was let in.
func anybody() error { return nil }

func (s *Server) ask(r *http.Request, in Ask) (*bot.Answer, error) {
	req := s.request(r, in.Question, in.State, in.Plan, in.On, in.Facts)
	req.Plain = in.Plain
	return s.Assistant.Ask(r.Context(), req)
}

func (s *Server) search(r *http.Request, in Search) (map[string]any, error) {
	if in.Count < 0 || in.Count > 100 {
		return nil, problem{Status: http.StatusUnprocessableEntity, Detail: "The field count is out of range: want 1 to 100."}
	}
	if in.Count == 0 {
		in.Count = 10
	}
	found, err := s.Assistant.Search(r.Context(), s.request(r, in.Query, in.State, "", in.On, nil), in.Count)
	if err != nil {
		return nil, err
	}
	return map[string]any{"hits": bot.Hits(found)}, nil
}

func (s *Server) check(r *http.Request, in Check) (*bot.Checked, error) {
	return s.Assistant.Check(r.Context(), s.request(r, in.Text, in.State, in.Plan, in.On, in.Facts))
}

// A Listed is a source in a list.
type Listed struct {
	ID           string      `json:"id"`
	Cite         string      `json:"cite"`
	Title        string      `json:"title"`
	Kind         corpus.Kind `json:"kind"`
	Jurisdiction string      `json:"jurisdiction"`
	AsOf         corpus.Date `json:"as_of"`
	URL          string      `json:"url"`
}

func (s *Server) getSources(w http.ResponseWriter, r *http.Request) {
	all, err := s.sources(r, r.URL.Query().Get("kind"), r.URL.Query().Get("jurisdiction"))
	if err != nil {
		asProblem(err).write(w)
		return
	}
	out := []Listed{}
	for _, x := range all {
		out = append(out, Listed{x.ID, x.Cite.String(), x.Title, x.Kind, x.Jurisdiction, x.AsOf, x.URL})
	}
	writeJSON(w, http.StatusOK, map[string]any{"sources": out})
}

// sources lists what may be searched, of one kind or jurisdiction where they
// are given.
func (s *Server) sources(r *http.Request, kind, jurisdiction string) ([]*corpus.Source, error) {
	f := retrieval.Filter{Scopes: s.scopes()}
	if kind != "" {
		f.Kinds = []corpus.Kind{corpus.Kind(kind)}
	}
	if jurisdiction != "" {
		f.Jurisdictions = []string{jurisdiction}
	}
	return s.Assistant.Retriever.Index.Sources(r.Context(), f)
}

// source finds a source by its id, or by a citation in any spelling.
func (s *Server) source(r *http.Request) (*corpus.Source, error) {
	id := chi.URLParam(r, "id")
	f := retrieval.Filter{Scopes: s.scopes(), Sources: []string{id}}
	found, err := s.Assistant.Retriever.Index.Sources(r.Context(), f)
	if err == nil && len(found) == 0 {
		if c, e := citation.Parse(id); e == nil {
			found, err = s.Assistant.Retriever.Index.Lookup(r.Context(), c, retrieval.Filter{Scopes: s.scopes()})
		}
	}
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, problem{Status: http.StatusNotFound, Detail: "That is not in this library. /library and /v1/sources list what is."}
	}
	return found[0], nil
}

func (s *Server) getSource(w http.ResponseWriter, r *http.Request) {
	x, err := s.source(r)
	if err != nil {
		asProblem(err).write(w)
		return
	}
	writeJSON(w, http.StatusOK, shown(x))
}

// shown is a source as far as its licence lets it be shown: of a document
// that is not public only its name and its headings.
func shown(x *corpus.Source) *corpus.Source {
	if x.Licence == "public" {
		return x
	}
	y := *x
	y.Passages = slices.Clone(x.Passages)
	for i := range y.Passages {
		y.Passages[i].Text, y.Passages[i].Context = "", ""
	}
	return &y
}

var receiptName = regexp.MustCompile(`^r-[0-9a-f]{12}$`)

func (s *Server) getReceipt(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	if s.Assistant.Receipts == nil || !receiptName.MatchString(id) {
		asProblem(bot.ErrNoReceipt).write(w)
		return
	}
	re, err := s.Assistant.Recheck(id)
	if err != nil {
		asProblem(err).write(w)
		return
	}
	writeJSON(w, http.StatusOK, re)
}

//go:embed openapi.json
var openAPI []byte

func (s *Server) getOpenAPI(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Write(openAPI)
}
