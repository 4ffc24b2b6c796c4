package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
)

// A Rebut is the body of POST /v1/rebut.
type Rebut struct {
	Text     string            `json:"text"`            // the denial, at most 64 kB
	State    string            `json:"state,omitempty"` // two capitals; "": as the denial says
	Plan     string            `json:"plan,omitempty"`
	Facts    map[string]string `json:"facts,omitempty"` // "writer" says who writes
	On       string            `json:"on,omitempty"`
	Received string            `json:"received,omitempty"` // day the denial arrived, YYYY-MM-DD
	Restore  bool              `json:"restore,omitempty"`  // put identifiers back, in this answer
}

func (s *Server) rebut(r *http.Request, in Rebut) (*bot.Rebuttal, error) {
	return s.Assistant.Rebut(r.Context(), bot.RebutRequest{Request: s.request(r, in.Text, in.State, in.Plan, in.On, in.Facts),
		Received: corpus.Date(in.Received), Restore: in.Restore})
}

// denials refuses where denials are not taken: they hold health information
// as notes do.
func (s *Server) denials() error {
	if s.Notes && s.Assistant.Denials != nil && s.Assistant.Letters != nil && s.Assistant.Gate != nil {
		return nil
	}
	return problem{Status: http.StatusForbidden, Detail: sayNoDenials}
}

const sayNoDenials = "Denials are not taken here, because they hold health information, this server can be reached from other machines, and whoever runs it has not stated that the agreements for it are signed (--phi-agreements). Nothing you send is read. On your own machine 'advocate serve' and 'advocate rebut' do it, and nothing leaves that machine."

func (s *Server) pageRebut(w http.ResponseWriter, r *http.Request) {
	if err := s.denials(); err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	s.show(w, http.StatusOK, "rebut", page{Title: "Answer a denial", Here: "rebut", Body: s.rebutForm(Rebut{})})
}

// pageRebutted answers the form with a page. The form goes with it, so that
// it can be mended and sent again: the denial is kept nowhere else.
func (s *Server) pageRebutted(w http.ResponseWriter, r *http.Request) {
	err := s.denials()
	if err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	in, err := readRebutForm(r)
	if err != nil {
		s.showRebutProblem(w, asProblem(err), in)
		return
	}
	done, ok := s.turn(w, r)
	if !ok {
		return
	}
	defer done()
	out, err := s.rebut(r, in)
	body := s.rebutForm(in)
	if err == nil {
		body.Result, err = s.rebutView(out, in)
	}
	if err != nil {
		s.showRebutProblem(w, noteProblem(err), in)
		return
	}
	s.show(w, http.StatusOK, "rebutted", page{Title: "Letter", Here: "rebut", Body: body})
}

func (s *Server) showRebutProblem(w http.ResponseWriter, p problem, in Rebut) {
	s.show(w, p.Status, "rebut", page{Title: "That did not work", Here: "rebut", Problem: p.Detail, Body: s.rebutForm(in)})
}

// rebutFacts are those that the form asks for, beside plan and state.
var rebutFacts = []string{"writer", "in_network", "new_episode", "visit", "market", "grandfathered"}

// readRebutForm reads a posted denial. A fact that a button of the result
// page sends overrides the form's.
func readRebutForm(r *http.Request) (Rebut, error) {
	if err := parseForm(r, "That is too large. Send the letter or remittance of one claim, at most 64 kB."); err != nil {
		return Rebut{}, err
	}
	f := r.PostForm
	in := Rebut{Text: strings.ReplaceAll(f.Get("text"), "\r\n", "\n"), State: f.Get("state"), Plan: f.Get("plan"), Received: f.Get("received"), Restore: f.Get("restore") != "", Facts: map[string]string{}}
	for _, name := range rebutFacts {
		if v := f.Get(name); v != "" {
			in.Facts[name] = v
		}
	}
	for _, kv := range f["fact"] {
		name, value, _ := strings.Cut(kv, "=")
		switch {
		case name == "plan":
			in.Plan = value
		case name == "state" && value != "other":
			in.State = value
		case name != "" && !slices.Contains([]string{"plan", "state"}, name):
			in.Facts[name] = value
		}
	}
	switch f.Get("show") {
	case "names":
		in.Restore = true
	case "placeholders":
		in.Restore = false
	}
	return in, nil
}
