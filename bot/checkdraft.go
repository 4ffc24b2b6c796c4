package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// DoesNotApply is the status of a citation whose law does not bind the plan.
const DoesNotApply cite.Status = "does-not-apply"

// Checked is what Check found in a draft.
type Checked struct {
	Citations []Finding `json:"citations"`
	// Read are the facts that were read from the draft and used, by name;
	// those that were given beside it are in Applicability alone.
	Read          coverage.Facts         `json:"read"`
	Warnings      []string               `json:"warnings"`
	Applicability coverage.Applicability `json:"applicability"`
}

// A Finding is one citation of a draft. Offsets count code points.
type Finding struct {
	Text   string      `json:"text"`
	Start  int         `json:"start"`
	End    int         `json:"end"`
	Status cite.Status `json:"status"`
	Cite   string      `json:"cite"`
	// Quoted are the draft's words that Status is about; "" where nothing was
	// quoted.
	Quoted string `json:"quoted,omitempty"`
	// Expected are the official words of what is misquoted, or the citation
	// that is right; "" where neither is known.
	Expected string `json:"expected"`
	Note     string `json:"note"`
	// Diff makes the official words of Quoted, where it is misquoted and they
	// are known; else it is nil.
	Diff []Edit `json:"diff,omitempty"`
}

// Wrong reports whether the draft's author has something to mend.
func (f Finding) Wrong() bool {
	return f.Status != cite.StatusVerified && f.Status != cite.StatusFound && f.Status != cite.StatusUnchecked
}

// Check finds every citation of a draft, whoever wrote it, and says whether it
// exists, whether its quotation stands there, and whether it can apply to the
// plan that the request or the draft names. A law of which the draft itself
// says that it does not apply is not held against it.
func (a *Assistant) Check(_ context.Context, r Request) (*Checked, error) {
	own := r
	own.Text = particular(r.Text)
	facts, err := a.facts(own)
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
	out := &Checked{Citations: []Finding{}, Read: a.readFrom(own, facts), Warnings: a.contradictions(own, facts)}
	var cites []citation.Citation
	l := a.law(day)
	runes := []rune(r.Text)
	for _, f := range l.checker.Draft(r.Text) {
		g := Finding{Text: f.Text, Start: f.Start, End: f.End, Status: f.Status, Quoted: f.Quoted, Expected: f.Expected, Note: f.Note}
		if g.Status == cite.StatusMisquoted && g.Expected != "" {
			g.Diff = diff(g.Quoted, g.Expected)
		}
		if !f.Cite.IsZero() {
			g.Cite = f.Cite.String()
			cites = append(cites, f.Cite)
			a.apply(&g, f.Cite, facts, day, around(runes, f.Start, f.End))
		}
		out.Citations = append(out.Citations, g)
	}
	out.Warnings = append(out.Warnings, l.warnings(&draft{points: []point{{cites: cites}}}, day, a.today())...)
	out.Applicability = a.Rules.Apply(facts, day).About(cites)
	return out, nil
}

// apply says of a citation whether it can apply to the plan, as far as its
// sentence claims that it does.
func (a *Assistant) apply(g *Finding, c citation.Citation, facts coverage.Facts, day corpus.Date, s said) {
	status, why, _ := a.Rules.StatusOn(c, facts, day)
	switch {
	case status == coverage.Binds && !g.Wrong() && s.deniesForce():
		g.Note = joined(g.Note, "The draft says that it does not apply. By the plan and state known here it does: "+why)
	case status != coverage.DoesNotBind:
	case s.disclaims():
		g.Note = joined(g.Note, "It does not apply, as the draft says: "+why)
	case g.Status == cite.StatusMisquoted || g.Status == cite.StatusWrongPinpoint:
		g.Note = joined(g.Note, "Nor does it apply: "+why)
	case !g.Wrong():
		g.Status, g.Note = DoesNotApply, why
	}
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// readFrom are the facts used that the draft says and nobody gave.
func (a *Assistant) readFrom(r Request, used coverage.Facts) coverage.Facts {
	out := coverage.Facts{}
	given, _ := a.Rules.Given(r.Plan, r.State, r.Facts) // facts read them without an error
	for name, value := range a.Rules.Read(r.Text) {
		if used[name] == value && given[name] == "" {
			out[name] = value
		}
	}
	return out
}

// SayRead are the facts read from the draft in plain words, plan and state
// first: "plan: self-funded".
func (c *Checked) SayRead() []string {
	var out []string
	names := []string{"plan", "state"}
	for name := range c.Read {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names[2:])
	for _, name := range names {
		if value := c.Read[name]; value != "" {
			out = append(out, strings.ReplaceAll(name, "_", " ")+": "+value)
		}
	}
	return out
}
