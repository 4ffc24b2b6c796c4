package bot

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// An Assistant answers. Its fields are set before first use; it is then
// safe for concurrent use.
type Assistant struct {
	Catalog   *corpus.Catalog
	Rules     *coverage.Rules
	Retriever *retrieval.Retriever
	Checker   *cite.Checker
	Receipts  *Receipts        // nil: no receipts are kept
	Now       func() time.Time // the clock

	// verdicts remembers what the checker said of the library's own
	// sentences. They are finitely many; a claim from anywhere else is
	// checked every time.
	verdicts sync.Map // string to cite.Result
}

// A Request is a question and what is known beside it.
type Request struct {
	Text   string
	State  string      // two capitals, or "": read from the text
	Plan   string      // a plan type, or "": read from the text
	Facts  []string    // "name=value"
	On     corpus.Date // the day the law is asked for; "" is today
	Plain  bool        // explain the terms used in plain words
	Scopes []string    // whose documents may be searched; nil: public ones
}

// Ask answers a question. It returns an error only for a request that
// cannot be read (an unknown state, plan or fact) or a failing index; not
// knowing is an Answer with Abstained set.
func (a *Assistant) Ask(ctx context.Context, r Request) (*Answer, error) {
	facts, err := a.facts(r)
	if err != nil {
		return nil, err
	}
	day, err := a.day(r)
	if err != nil {
		return nil, err
	}
	ans := &Answer{Task: "ask", Model: "composer", Corpus: a.Catalog.Hash(),
		Claims: []Claim{}, Citations: []Citation{}, Nearest: []Nearest{}, Followups: []string{}, Warnings: []string{}}
	app := a.Rules.Apply(facts, day)
	if why := unreadable(r.Text); why != "" {
		a.decline(ans, retrieval.Found{}, app, why)
	} else if err := a.answer(ctx, ans, r, facts, app); err != nil {
		return nil, err
	}
	a.keep(ans)
	ans.Text = ans.Render(Plain)
	return ans, nil
}

// answer fills ans from what is found, or makes it decline.
func (a *Assistant) answer(ctx context.Context, ans *Answer, r Request, facts coverage.Facts, app coverage.Applicability) error {
	found, err := a.Retriever.Find(ctx, a.question(r, facts, 10))
	if err != nil {
		return err
	}
	if why := whyNot(found, app); why != "" {
		a.decline(ans, found, app, why)
		return nil
	}
	d := a.compose(found, facts)
	if r.Plain {
		a.explain(d)
	}
	a.check(ans, d)
	if len(ans.Claims) == 0 || ans.Claims[0].Part != Lead {
		a.decline(ans, found, app, sayWithheld)
		return nil
	}
	ans.Applicability = app.About(d.spoke)
	ans.Question = d.question
	ans.Followups = append(ans.Followups, d.followups...)
	ans.Warnings = append(ans.Warnings, warnings(found, facts)...)
	return nil
}

// Search returns the sections nearest to a text, without an answer.
func (a *Assistant) Search(ctx context.Context, r Request, k int) (retrieval.Found, error) {
	facts, err := a.facts(r)
	if err != nil {
		return retrieval.Found{}, err
	}
	return a.Retriever.Find(ctx, a.question(r, facts, k))
}

func (a *Assistant) question(r Request, facts coverage.Facts, k int) retrieval.Question {
	scopes := r.Scopes
	if scopes == nil {
		scopes = []string{corpus.PublicScope}
	}
	states := a.Rules.Mentions(r.Text)
	if st := facts["state"]; st != "" && !slices.Contains(states, st) {
		states = append(states, st)
	}
	return retrieval.Question{Text: r.Text, States: states, Scopes: scopes, Limit: k}
}

// facts joins what the text says with what was given; what was given wins.
func (a *Assistant) facts(r Request) (coverage.Facts, error) {
	given, err := a.Rules.Given(r.Plan, r.State, r.Facts)
	if err != nil {
		return nil, err
	}
	return a.Rules.Merge(a.Rules.Read(r.Text), given), nil
}

// day is the day the law is asked for; a request's own must be readable.
func (a *Assistant) day(r Request) (corpus.Date, error) {
	if r.On == "" {
		return corpus.Date(a.Now().Format(time.DateOnly)), nil
	}
	if _, err := time.Parse(time.DateOnly, string(r.On)); err != nil {
		return "", fmt.Errorf("bot: %w: %q: want YYYY-MM-DD", ErrDay, r.On)
	}
	return r.On, nil
}
