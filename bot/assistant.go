package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/prompts"
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
	Model     Model            // nil: the composer's words stand
	Prompts   *prompts.Set     // for the model
	Shown     *Shown           // nil: no words of documents with a limited licence are shown
	Clinical  *clinical.Writer // nil: notes are not rewritten
	Gate      *phi.Gate        // nil: notes are not rewritten, denials not answered, and no model is asked
	Denials   *denial.Reader   // nil: denials are not answered
	Letters   *Letters         // nil: denials are not answered
	// Testimonies is what a testimony may say; nil: none is written.
	Testimonies *Testimonies
	// PHIAgreements says that the operator has signed agreements for health
	// information with whoever runs the model and whoever reaches this program
	// from elsewhere.
	PHIAgreements bool
	Guards        Guards           // the zero value is the program's own
	Now           func() time.Time // the clock

	laws    laws // the library on the days asked for
	askings askings
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
	Person string      // who asks, opaque: limited licences count by it
	// Progress, if not nil, is told each stage as it begins.
	Progress func(Stage)
}

// A Stage is a step of answering, in plain words.
type Stage string

// The stages, in their order; the model's only where there is one.
const (
	StageReading   Stage = "reading the question"
	StageFinding   Stage = "finding the law"
	StageComposing Stage = "putting the answer together"
	StageChecking  Stage = "checking every citation"
	StagePhrasing  Stage = "asking the language model, and checking what it wrote"
)

func (r *Request) begin(s Stage) {
	if r.Progress != nil {
		r.Progress(s)
	}
}

// Ask answers a question. It returns an error only for a request that
// cannot be read (an unknown state, plan or fact) or a failing index; not
// knowing is an Answer with Abstained set.
func (a *Assistant) Ask(ctx context.Context, r Request) (*Answer, error) {
	r.begin(StageReading)
	r.Text = unnamed(r.Text, phi.Placeholders(r.Text))
	facts, err := a.facts(r)
	if err != nil {
		return nil, err
	}
	day, err := a.day(r)
	if err != nil {
		return nil, err
	}
	contradictions := a.contradictions(r, facts)
	beside := a.beside(r, facts)
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
	if beside != "" && !ans.Abstained {
		ans.Unanswered = strings.TrimSpace(fmt.Sprintf("No law on %s is in this library, so nothing below is about it. %s", beside, ans.Unanswered))
	}
	a.keep(ans, a.law(day))
	ans.Text = ans.Render(Plain)
	return ans, nil
}

// answer fills ans from what is found, or makes it decline.
func (a *Assistant) answer(ctx context.Context, ans *Answer, r Request, k known, app coverage.Applicability) error {
	facts := k.facts
	r.begin(StageFinding)
	found, err := a.find(ctx, r, facts)
	if err != nil {
		return err
	}
	l := a.law(k.day)
	term, defined := a.defined(r.Text)
	words := l.fromText(found.Reading)
	if defined || words != nil || found.Reading.Vague {
		found.Declined = ""
	}
	own, err := a.ownWords(ctx, l, a.question(r, facts, 10), found)
	if err != nil {
		return err
	}
	if own.lead = own.lead && !defined && words == nil && app.Outside == ""; own.lead {
		found.Declined = ""
	}
	if own.note != "" {
		ans.Warnings = append(ans.Warnings, own.note)
	}
	if a.asksListed(found) {
		found.Declined = ""
	}
	if why := whyNot(found, app); a.Guards.declines(why) {
		a.decline(ans, found, app, why)
		return nil
	}
	if a.nowhereNear(found) && a.Guards.declines(string(retrieval.NothingNear)) && !own.lead && !defined && words == nil && groupCode.FindString(r.Text) == "" {
		a.decline(ans, found, app, sayNothing)
		return nil
	}
	if s := a.notHeld(found); s != nil && a.Guards.declines(corpus.NotHeld) && !own.lead && !defined && words == nil {
		a.decline(ans, found, app, s.Passage("").Text+" "+s.Passage(pinDo).Text)
		return nil
	}
	r.begin(StageComposing)
	d := &draft{}
	far := ""
	switch {
	case own.lead:
	case words != nil:
		d = words
	case defined:
		d = a.fromDigest(r.Text, term, 0, k, found.Reading)
	default:
		if far = a.far(found); far != "" && groupCode.FindString(r.Text) == "" && len(a.clocks(r.Text, facts)) == 0 && !a.reaches(r.Text, found, k) {
			d = a.compose("", found, k) // what it asks for is not what is held
			d.brief()
			break
		}
		far = ""
		d = a.compose(r.Text, found, k)
		a.toTheFigure(d, r.Text, found.Reading)
		if err := a.second(ctx, d, r, k); err != nil {
			return err
		}
	}
	d.shorten(k, d.papers(r.Text))
	d.addOwn(own)
	if r.Plain {
		a.explain(d)
	}
	r.begin(StageChecking)
	a.check(ans, d, l)
	if d.note != "" {
		ans.Warnings = append(ans.Warnings, d.note)
	}
	ans.Warnings = append(ans.Warnings, l.warnings(d, k.day, a.today())...)
	if len(ans.Claims) > 0 && ans.Claims[0].Part == Lead {
		a.phrase(ctx, ans, r, k)
	}
	refused := a.license(ans, r)
	if len(ans.Claims) == 0 || ans.Claims[0].Part != Lead {
		why := sayWithheld
		if refused {
			why = sayLicence
		}
		a.decline(ans, found, app, why)
		return nil
	}
	ans.Unanswered = strings.TrimSpace(a.otherCases(r.Text) + " " + ans.unanswered(r.Text, found.Reading) + " " + far)
	if ans.Enclosures = d.papers(r.Text); ans.Enclosures != nil {
		ans.EnclosuresFirst = asksPapers.MatchString(r.Text)
	}
	ans.Applicability = app.About(d.spoke)
	ans.Question = d.question
	ans.Deadlines = a.clocks(r.Text, facts)
	ans.Followups = append(ans.Followups, a.further(d.followups, r.Text, d.answered, facts)...)
	if d.question != nil {
		ans.Followups = ans.Followups[:min(len(ans.Followups), maxDividedFollowups)]
	}
	ans.Warnings = append(ans.Warnings, a.elsewhereNote(ans, facts)...)
	ans.Readings = append(append(ans.Readings, readings(found)...), a.unheld(found.Reading, d)...)
	return nil
}

// ErrUnreadable is matched by the error of a text that is none.
var ErrUnreadable = errors.New("unreadable text")

// Search returns the sections nearest to a text, without an answer. Of a
// source with a limited licence a hit holds no more than may be shown. A text
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
	q := a.question(r, facts, k)
	found, err := a.Retriever.Find(ctx, q)
	if err != nil {
		return found, err
	}
	manuals, err := a.Retriever.Manuals(ctx, q, found.Reading)
	if err != nil {
		return found, err
	}
	found.Hits = withManuals(found, manuals, k)
	for i, h := range found.Hits {
		found.Hits[i].Source, _ = a.Shown.Excerpt(r.Person, a.Now(), h.Source, h.Pin)
	}
	return found, nil
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
	return retrieval.Question{Text: unnamed(r.Text, a.identifies(r.Text)), States: states, Scopes: scopes, Limit: k}
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
		return a.today(), nil
	}
	if _, err := time.Parse(time.DateOnly, string(r.On)); err != nil {
		return "", fmt.Errorf("bot: %w: %q: want YYYY-MM-DD", ErrDay, r.On)
	}
	return r.On, nil
}
