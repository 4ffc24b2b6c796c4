package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
)

// A Rewrite is the body of POST /v1/rewrite.
type Rewrite struct {
	Text     string `json:"text"`               // the note, at most 64 kB
	Previous string `json:"previous,omitempty"` // an earlier note of the same person
	State    string `json:"state,omitempty"`    // two capitals: whose charting rule is looked at
	On       string `json:"on,omitempty"`       // day of service, YYYY-MM-DD
	Signed   bool   `json:"signed,omitempty"`   // the note is signed or sent: the result is an addendum
	Restore  bool   `json:"restore,omitempty"`  // put identifiers back, in this answer
}

func (in Rewrite) request() bot.RewriteRequest {
	return bot.RewriteRequest{Text: in.Text, Previous: in.Previous, State: in.State, On: corpus.Date(in.On), Signed: in.Signed, Restore: in.Restore}
}

// notes refuses where notes are not taken.
func (s *Server) notes() error {
	if s.Notes && s.Assistant.Clinical != nil && s.Assistant.Gate != nil {
		return nil
	}
	return problem{Status: http.StatusForbidden, Detail: sayNoNotes}
}

const sayNoNotes = "Notes are not taken here, because this server can be reached from other machines and whoever runs it has not stated that the agreements for health information are signed (--phi-agreements). Nothing you send is read. On your own machine 'advocate serve' and 'advocate rewrite' do it, and nothing leaves that machine."

func (s *Server) rewrite(r *http.Request, in Rewrite) (*bot.Rewritten, error) {
	return s.Assistant.Rewrite(r.Context(), in.request())
}

// noteProblem says of a note that cannot be read why; no such reason holds a
// word of it.
func noteProblem(err error) problem {
	if !errors.Is(err, bot.ErrUnreadable) {
		return asProblem(err)
	}
	return problem{Status: http.StatusUnprocessableEntity, Detail: strings.TrimPrefix(err.Error(), bot.ErrUnreadable.Error()+": ")}
}

func (s *Server) pageRewrite(w http.ResponseWriter, r *http.Request) {
	if err := s.notes(); err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	s.show(w, http.StatusOK, "rewrite", page{Title: "Rewrite a note", Here: "rewrite", Body: s.noteForm(Rewrite{})})
}

// pageRewritten answers the form with a page. The form goes with it, so that
// the note can be mended and sent again: it is kept nowhere else.
func (s *Server) pageRewritten(w http.ResponseWriter, r *http.Request) {
	err := s.notes()
	if err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	in, err := readNoteForm(r)
	if err != nil {
		s.showNoteProblem(w, asProblem(err), in)
		return
	}
	done, ok := s.turn(w, r)
	if !ok {
		return
	}
	defer done()
	out, err := s.Assistant.Rewrite(r.Context(), in.request())
	if err != nil {
		s.showNoteProblem(w, noteProblem(err), in)
		return
	}
	body := s.noteForm(in)
	body.Result = s.noteView(out, in)
	s.show(w, http.StatusOK, "rewritten", page{Title: "Chart note", Here: "rewrite", Body: body})
}

func (s *Server) showNoteProblem(w http.ResponseWriter, p problem, in Rewrite) {
	s.show(w, p.Status, "rewrite", page{Title: "That did not work", Here: "rewrite", Problem: p.Detail, Body: s.noteForm(in)})
}

// readNoteForm reads a posted note. The switch on the result page overrides
// the one of the form.
func readNoteForm(r *http.Request) (Rewrite, error) {
	if err := parseForm(r, "That is too large. Send the note of one session, at most 64 kB."); err != nil {
		return Rewrite{}, err
	}
	f := r.PostForm
	in := Rewrite{Text: f.Get("text"), Previous: f.Get("previous"), State: f.Get("state"), On: f.Get("on"),
		Signed: f.Get("signed") != "", Restore: f.Get("restore") != ""}
	switch f.Get("show") {
	case "names":
		in.Restore = true
	case "placeholders":
		in.Restore = false
	}
	return in, nil
}
