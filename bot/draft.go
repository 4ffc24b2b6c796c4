package bot

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus/citation"
)

// ErrDay is matched by the error of a day that cannot be read.
var ErrDay = errors.New("unreadable day")

// DoesNotApply is the status of a citation whose law does not bind the plan.
const DoesNotApply cite.Status = "does-not-apply"

// Checked is what Check found in a draft.
type Checked struct {
	Citations     []Finding              `json:"citations"`
	Warnings      []string               `json:"warnings"`
	Applicability coverage.Applicability `json:"applicability"`
}

// A Finding is one citation of a draft. Offsets count code points.
type Finding struct {
	Text     string      `json:"text"`
	Start    int         `json:"start"`
	End      int         `json:"end"`
	Status   cite.Status `json:"status"`
	Cite     string      `json:"cite"`
	Expected string      `json:"expected"`
	Note     string      `json:"note"`
}

// Wrong reports whether the draft's author has something to mend.
func (f Finding) Wrong() bool {
	return f.Status != cite.StatusVerified && f.Status != cite.StatusFound && f.Status != cite.StatusUnchecked
}

// Check finds every citation of a draft and says whether it exists, whether
// its quotation stands there, and whether it can apply to the plan that the
// request or the draft names.
func (a *Assistant) Check(_ context.Context, r Request) (*Checked, error) {
	facts, err := a.facts(r)
	if err != nil {
		return nil, err
	}
	if why := notText(r.Text); why != "" {
		return nil, fmt.Errorf("%w: %s", ErrUnreadable, why)
	}
	day, err := a.day(r)
	if err != nil {
		return nil, err
	}
	out := &Checked{Citations: []Finding{}, Warnings: a.contradictions(r, facts)}
	var cites []citation.Citation
	l := a.law(day)
	for _, f := range l.checker.Draft(r.Text) {
		g := Finding{Text: f.Text, Start: f.Start, End: f.End, Status: f.Status, Expected: f.Expected, Note: f.Note}
		if !f.Cite.IsZero() {
			g.Cite = f.Cite.String()
			cites = append(cites, f.Cite)
			if !g.Wrong() {
				if s, why, _ := a.Rules.StatusOn(f.Cite, facts, day); s == coverage.DoesNotBind {
					g.Status, g.Note = DoesNotApply, why
				}
			}
		}
		out.Citations = append(out.Citations, g)
	}
	out.Warnings = append(out.Warnings, l.warnings(&draft{points: []point{{cites: cites}}}, day, a.today())...)
	out.Applicability = a.Rules.Apply(facts, day).About(cites)
	return out, nil
}

// maxQuestion is the most bytes of a question; more is no question.
const maxQuestion = 16 << 10

// unreadable says why a question cannot be read at all, or "".
func unreadable(text string) string {
	if len(text) > maxQuestion {
		return fmt.Sprintf("That is too long for a question (%d kB; at most %d). Ask in a few sentences; a draft or letter goes to 'advocate check FILE'.", len(text)>>10, maxQuestion>>10)
	}
	return notText(text)
}

// notText says that a text is none, or "".
func notText(text string) string {
	if !utf8.ValidString(text) || hasControl(text) {
		return "That is not text I can read. Give it as plain text, in words."
	}
	return ""
}

func hasControl(text string) bool {
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' {
			return true
		}
	}
	return false
}
