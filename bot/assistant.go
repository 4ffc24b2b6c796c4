package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	Safety    *Safety          // nil: nothing comes before an answer
	Receipts  *Receipts        // nil: no receipts are kept
	Now       func() time.Time // the clock

	// verdicts remembers what the checker said of the sentences of the
	// catalog, by sentence and citations. They are finitely many: the
	// composer shows no others.
	verdicts sync.Map // string to verdict
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
	contradictions := a.contradictions(r, facts)
	ans := &Answer{Task: "ask", Model: "composer", Corpus: a.Catalog.Hash(),
		Claims: []Claim{}, Citations: []Citation{}, Nearest: []Nearest{}, Followups: []string{}, Warnings: contradictions}
	app := a.Rules.Apply(facts, day)
	note, alone := a.Safety.first(r.Text)
	ans.First = note
	if alone {
		ans.Abstained = true
		ans.Applicability = app.About(nil)
	} else if why := unreadable(r.Text); why != "" {
		a.decline(ans, retrieval.Found{}, app, why)
	} else if err := a.answer(ctx, ans, r, known{facts, day}, app); err != nil {
		return nil, err
	}
	a.keep(ans)
	ans.Text = ans.Render(Plain)
	return ans, nil
}

// answer fills ans from what is found, or makes it decline.
func (a *Assistant) answer(ctx context.Context, ans *Answer, r Request, k known, app coverage.Applicability) error {
	facts := k.facts
	found, err := a.Retriever.Find(ctx, a.question(r, facts, 10))
	if err != nil {
		return err
	}
	term, defined := a.defined(r.Text)
	if defined {
		found.Declined = ""
	}
	if why := whyNot(found, app); why != "" {
		a.decline(ans, found, app, why)
		return nil
	}
	d := a.compose(found, k)
	if defined {
		d = a.fromDigest(term, k, found.Reading)
	}
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
	ans.Deadlines = a.clocks(r.Text, facts)
	ans.Followups = append(ans.Followups, d.followups...)
	ans.Warnings = append(ans.Warnings, warnings(facts)...)
	ans.Readings = append(ans.Readings, readings(found)...)
	return nil
}

// ErrUnreadable is matched by the error of a text that is none.
var ErrUnreadable = errors.New("unreadable text")

// Search returns the sections nearest to a text, without an answer. A text
// that cannot be read gives an error that matches ErrUnreadable.
func (a *Assistant) Search(ctx context.Context, r Request, k int) (retrieval.Found, error) {
	facts, err := a.facts(r)
	if err != nil {
		return retrieval.Found{}, err
	}
	if _, err := a.day(r); err != nil {
		return retrieval.Found{}, err
	}
	if why := unreadable(r.Text); why != "" {
		return retrieval.Found{}, fmt.Errorf("%w: %s", ErrUnreadable, why)
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

// contradictions says where the text and what was given beside it differ.
func (a *Assistant) contradictions(r Request, used coverage.Facts) []string {
	read := a.Rules.Read(r.Text)
	out := []string{}
	for _, name := range slices.Sorted(maps.Keys(read)) {
		if given := used[name]; given != "" && given != read[name] {
			out = append(out, fmt.Sprintf("The text says %s is %s; %s was given beside it, and that is what I used.", strings.ReplaceAll(name, "_", " "), read[name], given))
		}
	}
	return out
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
