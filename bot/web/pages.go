package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
)

//go:embed templates/*.html static/*
var files embed.FS

// pages are the parsed templates, one for each page.
type pages struct{ byName map[string]*template.Template }

func loadPages() (*pages, error) {
	p := &pages{byName: map[string]*template.Template{}}
	for _, name := range []string{"home", "answer", "library", "source", "proof", "problem", "rewrite", "rewritten", "rebut", "rebutted", "testify", "testified", "check", "checked"} {
		t, err := template.New("layout.html").Funcs(template.FuncMap{"anchor": Anchor, "link": sourceLink, "words": words}).
			ParseFS(files, "templates/layout.html", "templates/ask.html", "templates/result.html", "templates/noteform.html", "templates/rebutform.html", "templates/checkform.html", "templates/testifyform.html", "templates/filldoc.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("web: page %s: %w", name, err)
		}
		p.byName[name] = t
	}
	return p, nil
}

// words writes a name of the program's as words: "would_change", "self-funded".
func words(s any) string { return strings.NewReplacer("_", " ", "-", " ").Replace(fmt.Sprint(s)) }

// A page is what every template is given.
type page struct {
	Title   string
	Here    string // "ask", "rewrite", "check", "library", "proof"
	Notes   bool   // notes are taken
	Version string
	Form    form
	Result  *result
	Problem string
	Body    any
}

// A form is what the question was asked with, and what may be chosen.
type form struct {
	Question, State, Plan string
	Plain                 bool
	Facts                 []kv
	States                []coverage.State
	Plans                 []kv
}

// A kv is a name and a value, or a value and its label.
type kv struct{ Name, Value string }

func (s *Server) form() form {
	f := form{States: s.Assistant.Rules.States()}
	for _, p := range corpus.Plans() {
		f.Plans = append(f.Plans, kv{string(p), planNames[p]})
	}
	return f
}

// planNames are the plan types as a person chooses among them.
var planNames = map[corpus.Plan]string{
	corpus.FullyInsured: "Insured: an insurance company pays the claims",
	corpus.SelfFunded:   "Self-funded: a private employer or trust pays the claims",
	corpus.Public:       "A public employer's own plan",
	corpus.Medicare:     "Medicare",
	corpus.Medicaid:     "Medicaid, such as Apple Health",
	corpus.WorkersComp:  "Workers' compensation, such as L&I",
	corpus.Auto:         "Auto insurance, PIP",
	corpus.VA:           "Veterans' care",
}

// show renders a page whole before anything of it is sent.
func (s *Server) show(w http.ResponseWriter, status int, name string, p page) {
	p.Version, p.Notes = s.Version, s.notes() == nil
	if p.Form.States == nil {
		p.Form = s.form()
	}
	var b bytes.Buffer
	if err := s.pages.byName[name].Execute(&b, p); err != nil {
		s.Log.Error("page", "name", name, "error", err)
		problem{Status: http.StatusInternalServerError, Detail: "The page cannot be shown."}.write(w)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

func (s *Server) pageHome(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "home", page{Title: "Ask", Here: "ask"})
}

// pageAsk answers a form. A browser with our script asks for lines of JSON:
// each stage as it begins, then the checked answer as HTML; any other gets
// the page.
func (s *Server) pageAsk(w http.ResponseWriter, r *http.Request) {
	f, err := s.readForm(r)
	if err != nil {
		s.showProblem(w, asProblem(err), f)
		return
	}
	done, ok := s.turn(w, r)
	if !ok {
		return
	}
	defer done()
	facts := map[string]string{}
	for _, x := range f.Facts {
		facts[x.Name] = x.Value
	}
	req := s.request(r, f.Question, f.State, f.Plan, "", facts)
	req.Plain = f.Plain
	if wantsLines(r) {
		s.streamAnswer(w, r, req, f)
		return
	}
	ans, err := s.Assistant.Ask(r.Context(), req)
	if err != nil {
		s.showProblem(w, asProblem(err), f)
		return
	}
	s.show(w, http.StatusOK, "answer", page{Title: "Answer", Here: "ask", Form: f, Result: s.result(ans, f)})
}

func wantsLines(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Accept"))
	return err == nil && kind == "application/x-ndjson"
}

// streamAnswer sends one JSON value a line: {"stage": …} as each begins, then
// {"html": …} or {"problem": …}.
func (s *Server) streamAnswer(w http.ResponseWriter, r *http.Request, req bot.Request, f form) {
	w.Header().Set("Content-Type", "application/x-ndjson; charset=utf-8")
	out := http.NewResponseController(w)
	send := func(v any) {
		if line, err := json.Marshal(v); err == nil {
			w.Write(append(line, '\n'))
			out.Flush()
		}
	}
	req.Progress = func(stage bot.Stage) { send(map[string]bot.Stage{"stage": stage}) }
	ans, err := s.Assistant.Ask(r.Context(), req)
	if err != nil {
		send(map[string]string{"problem": asProblem(err).Detail})
		return
	}
	var b bytes.Buffer
	if err := s.pages.byName["answer"].ExecuteTemplate(&b, "result", page{Form: f, Result: s.result(ans, f)}); err != nil {
		send(map[string]string{"problem": "The answer cannot be shown."})
		return
	}
	send(map[string]string{"html": b.String()})
}

// readForm reads a posted question. Facts come as fact=name=value.
func (s *Server) readForm(r *http.Request) (form, error) {
	f := s.form()
	if err := parseForm(r, "That is too large: at most 2 MB."); err != nil {
		return f, err
	}
	f.Question, f.State, f.Plan = r.PostForm.Get("question"), r.PostForm.Get("state"), r.PostForm.Get("plan")
	f.Plain = r.PostForm.Get("plain") != ""
	for _, x := range r.PostForm["fact"] {
		name, value, ok := strings.Cut(x, "=")
		if !ok || len(f.Facts) >= maxFacts {
			return f, problem{Status: http.StatusUnprocessableEntity, Detail: "A fact of the form cannot be read."}
		}
		f.Facts = append(f.Facts, kv{name, value})
	}
	return f, nil
}

// parseForm reads a form that a page of ours posts.
func parseForm(r *http.Request, large string) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return problem{Status: http.StatusUnsupportedMediaType, Detail: "This page takes what its own form sends; programs use the calls of /v1."}
	}
	var tooLarge *http.MaxBytesError
	switch err := r.ParseForm(); {
	case errors.As(err, &tooLarge):
		return problem{Status: http.StatusRequestEntityTooLarge, Detail: large}
	case err != nil:
		return problem{Status: http.StatusBadRequest, Detail: "The form did not arrive whole. Send it again."}
	}
	return nil
}

// maxFacts is more than there are.
const maxFacts = 32

func (s *Server) showProblem(w http.ResponseWriter, p problem, f form) {
	s.show(w, p.Status, "problem", page{Title: "That did not work", Here: "ask", Form: f, Problem: p.Detail})
}

// pageLibrary lists the sources by kind and jurisdiction.
func (s *Server) pageLibrary(w http.ResponseWriter, r *http.Request) {
	kind, place := r.URL.Query().Get("kind"), r.URL.Query().Get("jurisdiction")
	all, err := s.sources(r, "", "")
	if err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	type group struct {
		Kind    corpus.Kind
		Sources []*corpus.Source
	}
	body := struct {
		Kinds         []corpus.Kind
		Jurisdictions []string
		Kind, Place   string
		Groups        []group
		Count         int
	}{Kinds: corpus.Kinds(), Kind: kind, Place: place}
	for _, k := range corpus.Kinds() {
		g := group{Kind: k}
		for _, x := range all {
			if !slices.Contains(body.Jurisdictions, x.Jurisdiction) {
				body.Jurisdictions = append(body.Jurisdictions, x.Jurisdiction)
			}
			if x.Kind == k && (kind == "" || kind == string(k)) && (place == "" || place == x.Jurisdiction) {
				g.Sources = append(g.Sources, x)
			}
		}
		if len(g.Sources) > 0 {
			body.Groups = append(body.Groups, g)
			body.Count += len(g.Sources)
		}
	}
	slices.Sort(body.Jurisdictions)
	s.show(w, http.StatusOK, "library", page{Title: "Library", Here: "library", Body: body})
}

// pageSource shows one source, each place under its own anchor.
func (s *Server) pageSource(w http.ResponseWriter, r *http.Request) {
	x, err := s.source(r)
	if err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	s.show(w, http.StatusOK, "source", page{Title: x.Title, Here: "library", Body: sourceView(shown(x))})
}

func (s *Server) pageProof(w http.ResponseWriter, r *http.Request) {
	info, err := s.Assistant.Retriever.Index.Info(r.Context())
	if err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	s.show(w, http.StatusOK, "proof", page{Title: "What is proved", Here: "proof", Body: map[string]any{
		"Sources": info.Sources, "Hash": s.Assistant.Catalog.Hash()[:12]}})
}

// static serves the style and the script, and nothing else.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "name")
	data, err := fs.ReadFile(files, "static/"+path.Base(name))
	if err != nil {
		s.notFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Header().Set("Cache-Control", "max-age=300")
	w.Write(data)
}
