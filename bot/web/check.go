package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/everycategory/advocate/bot"
)

// maxDraft is the most bytes of a draft that the page takes; the API takes
// longer ones.
const maxDraft = 64 << 10

// A checkForm is what a draft was given with, and what may be chosen.
type checkForm struct {
	form
	Text    string
	Example string
	Result  *checkView
}

// sampleDraft is nobody's letter, with mistakes of several kinds.
const sampleDraft = `Dear Appeals Department,

My plan is fully insured in Washington. RCW 48.43.045(1)(a) makes a carrier "Permit every category of health care provider to provide health services or care". You may not "Deny or limit coverage on the basis of medical necessity and appropriateness", RCW 48.43.016(2)(b)(i).

Nor may you "Retroactively deny care or refuse payment for the visits" (RCW 48.43.016(2)(b)(i)). WAC 284-43-205 and RCW 48.43.999 say the same, and so does the workers' compensation rule, WAC 296-23-250.`

func (s *Server) checkForm() checkForm { return checkForm{form: s.form(), Example: sampleDraft} }

func (s *Server) pageCheck(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "check", page{Title: "Check a draft", Here: "check", Body: s.checkForm()})
}

// pageChecked answers the form with the draft and what was found in it. The
// draft is kept nowhere else.
func (s *Server) pageChecked(w http.ResponseWriter, r *http.Request) {
	f, err := s.readCheckForm(r)
	if err != nil {
		s.showCheckProblem(w, asProblem(err), f)
		return
	}
	done, ok := s.turn(w, r)
	if !ok {
		return
	}
	defer done()
	out, err := s.check(r, Check{Text: f.Text, State: f.State, Plan: f.Plan})
	if err != nil {
		s.showCheckProblem(w, checkProblem(err), f)
		return
	}
	f.Result = s.checkView(out, f)
	s.show(w, http.StatusOK, "checked", page{Title: "Checked draft", Here: "check", Body: f})
}

// checkProblem is asProblem for a draft.
func checkProblem(err error) problem {
	if errors.Is(err, bot.ErrUnreadable) {
		return problem{Status: http.StatusUnprocessableEntity, Detail: "That is not text that can be read here. Send plain words in UTF-8."}
	}
	return asProblem(err)
}

func (s *Server) showCheckProblem(w http.ResponseWriter, p problem, f checkForm) {
	s.show(w, p.Status, "check", page{Title: "That did not work", Here: "check", Problem: p.Detail, Body: f})
}

// readCheckForm reads a posted draft. Lines end in one way, whatever the
// browser sent.
func (s *Server) readCheckForm(r *http.Request) (checkForm, error) {
	f := s.checkForm()
	tooLong := fmt.Sprintf("The draft is too long: at most %d kB here. Check it in parts, or with 'advocate check FILE'.", maxDraft>>10)
	if err := parseForm(r, tooLong); err != nil {
		return f, err
	}
	f.Text = strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n")
	f.State, f.Plan = r.PostForm.Get("state"), r.PostForm.Get("plan")
	switch {
	case len(f.Text) > maxDraft:
		return f, problem{Status: http.StatusUnprocessableEntity, Detail: tooLong}
	case strings.TrimSpace(f.Text) == "":
		return f, problem{Status: http.StatusUnprocessableEntity, Detail: "There is no draft. Paste the letter, testimony or answer whose citations are to be checked."}
	}
	return f, nil
}
