package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
)

// A Testify is the body of POST /v1/testify.
type Testify struct {
	State     string  `json:"state"`               // whose hearing it is: two capitals
	Position  string  `json:"position"`            // support, oppose or neutral
	Minutes   float64 `json:"minutes,omitempty"`   // 1 to 15; 0: 2
	Bill      string  `json:"bill,omitempty"`      // its number
	Committee string  `json:"committee,omitempty"` // its name
	Audience  string  `json:"audience,omitempty"`  // legislators, agency, insurers or public
	Speaker   string  `json:"name,omitempty"`      // who speaks; "": a bracket
	About     string  `json:"about,omitempty"`     // what the bill does, in the speaker's words
	Story     string  `json:"story,omitempty"`     // the speaker's own
	Topic     string  `json:"topic,omitempty"`     // more words on what it is about, never quoted
	On        string  `json:"on,omitempty"`        // day of the hearing
}

func (in Testify) request() bot.TestifyRequest {
	if in.Minutes == 0 {
		in.Minutes = 2
	}
	return bot.TestifyRequest{State: in.State, Position: in.Position, Minutes: in.Minutes, Bill: in.Bill, Committee: in.Committee, Audience: in.Audience,
		Speaker: in.Speaker, About: in.About, Story: in.Story, Topic: in.Topic, On: corpus.Date(in.On)}
}

func (s *Server) testify(r *http.Request, in Testify) (*bot.Testimony, error) {
	return s.Assistant.Testify(r.Context(), in.request())
}

// testifyProblem is noteProblem for a testimony, whose own values may be what
// cannot be read.
func testifyProblem(err error) problem {
	if errors.Is(err, coverage.ErrFact) {
		return problem{Status: http.StatusUnprocessableEntity, Detail: "That cannot be used: want the state of the hearing as two letters, the position as support, oppose or neutral, and 1 to 15 minutes."}
	}
	return noteProblem(err)
}

// A testifyForm is what a testimony was asked for with, and what may be chosen.
type testifyForm struct {
	Testify
	States    []coverage.State
	Positions []kv
	Audiences []kv
	Result    *testifyView
}

func (s *Server) testifyForm(in Testify) testifyForm {
	return testifyForm{Testify: in, States: s.Assistant.Rules.States(),
		Positions: []kv{{"support", "I support it"}, {"oppose", "I oppose it"}, {"neutral", "I take no position"}},
		Audiences: []kv{{"legislators", "Legislators"}, {"agency", "An agency"}, {"insurers", "Insurers"}, {"public", "The public"}}}
}

func (s *Server) pageTestify(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "testify", page{Title: "Testify", Here: "testify", Body: s.testifyForm(Testify{Minutes: 2})})
}

// pageTestified answers the form with a page. The form goes with it: the story
// is kept nowhere else.
func (s *Server) pageTestified(w http.ResponseWriter, r *http.Request) {
	in, err := readTestifyForm(r)
	if err != nil {
		s.showTestifyProblem(w, asProblem(err), in)
		return
	}
	done, ok := s.turn(w, r)
	if !ok {
		return
	}
	defer done()
	out, err := s.testify(r, in)
	body := s.testifyForm(in)
	if err == nil {
		body.Result, err = s.testifyView(out)
	}
	if err != nil {
		s.showTestifyProblem(w, testifyProblem(err), in)
		return
	}
	s.show(w, http.StatusOK, "testified", page{Title: "Testimony", Here: "testify", Body: body})
}

func (s *Server) showTestifyProblem(w http.ResponseWriter, p problem, in Testify) {
	s.show(w, p.Status, "testify", page{Title: "That did not work", Here: "testify", Problem: p.Detail, Body: s.testifyForm(in)})
}

func readTestifyForm(r *http.Request) (Testify, error) {
	if err := parseForm(r, "That is too large. What the bill does and a story of a few minutes are enough."); err != nil {
		return Testify{}, err
	}
	f := r.PostForm
	in := Testify{State: f.Get("state"), Position: f.Get("position"), Bill: f.Get("bill"), Committee: f.Get("committee"), Audience: f.Get("audience"),
		Speaker: f.Get("name"), About: f.Get("about"), Story: f.Get("story"), Topic: f.Get("topic"), On: f.Get("on")}
	if m := strings.TrimSpace(f.Get("minutes")); m != "" {
		minutes, err := strconv.ParseFloat(m, 64)
		if err != nil {
			return in, problem{Status: http.StatusUnprocessableEntity, Detail: "The minutes are no number: want 1 to 15."}
		}
		in.Minutes = minutes
	}
	return in, nil
}

// A testifyView is a testimony laid out for the page.
type testifyView struct {
	Out       *bot.Testimony
	Time      string // "1 min 57 s"
	Script    []letterLine
	Written   []letterLine
	Notes     []bot.Note
	Handout   []letterLine
	Marks     []markedStatement
	Questions []questionRow
	Downloads []download
}

// A markedStatement is a sentence of the script with what it is and rests on.
type markedStatement struct {
	bot.Statement
	Name     string
	Evidence []evidence
}

type questionRow struct {
	bot.HostileQuestion
	Evidence []evidence
}

var markNames = map[bot.Mark]string{bot.MarkLaw: "law", bot.MarkEvidence: "evidence", bot.MarkOwn: "your own", bot.MarkOpinion: "opinion"}

func (s *Server) testifyView(out *bot.Testimony) (*testifyView, error) {
	seconds := int(float64(out.Words) * out.Minutes * 60 / float64(out.Budget))
	v := &testifyView{Out: out, Time: strconv.Itoa(seconds/60) + " min " + strconv.Itoa(seconds%60) + " s"}
	v.Script, v.Written, v.Handout = letterLines(out.ScriptDocument()), letterLines(out.WrittenDocument()), letterLines(out.HandoutDocument())
	v.Notes = out.WrittenDocument().Notes
	for _, st := range out.Statements {
		if st.In == "script" {
			v.Marks = append(v.Marks, markedStatement{st, markNames[st.Mark], evidenceOf(out.Citations, st.Citations)})
		}
	}
	for _, q := range out.Questions {
		v.Questions = append(v.Questions, questionRow{q, evidenceOf(out.Citations, q.Citations)})
	}
	for _, x := range []struct {
		name string
		doc  *bot.Document
	}{{"The script", out.ScriptDocument()}, {"The written version", out.WrittenDocument()}, {"The handout", out.HandoutDocument()}} {
		d, err := s.download(x.doc, nil)
		if err != nil {
			return nil, err
		}
		if d != nil {
			d.Name = x.name
			v.Downloads = append(v.Downloads, *d)
		}
	}
	return v, nil
}
