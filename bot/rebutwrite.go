package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// How much of each part a letter has on one objection: a reviewer reads it
// whole.
const (
	maxGrounds  = 4
	maxRequests = 5
	maxConcedes = 2
	maxWeak     = 3
	maxReplies  = 3
	maxAnswered = 5 // objections
)

// An answered is what is left of the data's letter on one objection.
type answered struct {
	denial.Objection
	*letterOf
	kind     LetterKind
	requests []request
}

// write fills out: what may be said on each objection, checked; the letter;
// and what the writer has to know.
func (a *Assistant) write(ctx context.Context, out *Rebuttal, r RebutRequest, in denied) error {
	d := &draft{}
	var parts []answered
	for _, o := range in.Objections[:min(len(in.Objections), maxAnswered)] {
		if l := a.Letters.of[o.ID]; l != nil {
			parts = append(parts, a.answerObjection(d, o, l, in.letterKnown))
		}
	}
	a.addSteps(d, parts, in.letterKnown)
	r.begin(StageChecking)
	l := a.law(in.day)
	ans := &Answer{Claims: []Claim{}, Citations: []Citation{}}
	a.check(ans, d, l)
	if len(parts) > 0 {
		a.phraseLetter(ctx, ans, r, in, parts)
	}
	out.Citations, out.Warnings = ans.Citations, append(out.Warnings, ans.Warnings...)
	out.Model, out.prompt = cmp.Or(ans.Model, composer), ans.prompt
	out.sort(ans.Claims)
	parts = standing(parts, out.Claims)
	out.Warnings = append(out.Warnings, l.warnings(d, in.day, a.today())...)
	out.Warnings = append(out.Warnings, a.elsewhereNote(ans, in.facts)...)
	a.conclude(out, parts, in)
	if len(parts) == 0 {
		return a.nothingFound(ctx, out, r, in)
	}
	r.begin(StageLetter)
	out.compose(a, parts, in)
	return nil
}

// answerObjection adds to d what may be said on an objection, and gives what
// is asked for. What the letter does about it shows when that was checked.
func (a *Assistant) answerObjection(d *draft, o denial.Objection, l *letterOf, k letterKnown) answered {
	out := answered{Objection: o, letterOf: l}
	add := func(list []corpus.Point, part Part, most int) (n int) {
		for _, p := range a.usable(list, k) {
			if n < most && !d.says(p.Say) {
				d.points = append(d.points, point{say: p.Say, cites: p.Cites, part: part, branch: o.ID})
				n++
			}
		}
		return n
	}
	grounds := add(l.Grounds, Ground, maxGrounds)
	add(l.Concedes, Concession, maxConcedes)
	for _, q := range a.asks(l.Requests, k) {
		if len(out.requests) < maxRequests {
			out.requests = append(out.requests, q)
			if q.Say != "" && !d.says(q.Say) {
				d.points = append(d.points, point{say: q.Say, cites: q.Cites, part: Asking, branch: o.ID})
			}
		}
	}
	if grounds == 0 {
		add(l.Explains, Explaining, maxGrounds)
	}
	add(l.Weaknesses, Weakness, maxWeak)
	add(l.Replies, Reply, maxReplies)
	return out
}

// phraseLetter lets the model put the checked sentences into other words. It
// is told the reasons by name, and nothing of the denial.
func (a *Assistant) phraseLetter(ctx context.Context, ans *Answer, r RebutRequest, in denied, parts []answered) {
	var reasons []string
	for _, p := range parts {
		reasons = append(reasons, p.Reason)
	}
	q := r.Request
	q.Text = "A letter to a health plan answers these reasons for refusing payment: " + strings.Join(reasons, "; ") + "."
	a.phrase(ctx, ans, q, in.known)
}

// addSteps adds the steps that remain after the letter.
func (a *Assistant) addSteps(d *draft, parts []answered, k letterKnown) {
	if len(parts) == 0 {
		return
	}
	k.extra["judgment"] = []string{"no"}
	if slices.ContainsFunc(parts, func(p answered) bool { return p.Judgment }) {
		k.extra["judgment"] = []string{"yes"}
	}
	for _, p := range a.usable(a.Letters.steps, k) {
		d.points = append(d.points, point{say: p.Say, cites: p.Cites, part: Step})
	}
}

// sort puts each claim where it belongs: into the letter, the ladder or what
// the writer has to know.
func (out *Rebuttal) sort(claims []Claim) {
	for _, c := range claims {
		switch c.Part {
		case Step:
			out.Ladder = append(out.Ladder, c)
		case Weakness, Reply:
			out.Weaknesses = append(out.Weaknesses, c)
		default:
			out.Claims = append(out.Claims, c)
		}
	}
}

// standing says what the letter does about each objection, by the claims that
// passed the checker: a ground that was withheld is none.
func standing(parts []answered, claims []Claim) []answered {
	of := func(id string, part Part) (n int) {
		for _, c := range claims {
			if c.Branch == id && c.Part == part {
				n++
			}
		}
		return n
	}
	for i, p := range parts {
		parts[i].kind = letterKind(of(p.ID, Ground), len(p.requests), of(p.ID, Explaining))
	}
	return parts
}

// conclude says what kind of letter it is and why, which clocks run, what
// would decide more, and what is to be sent along.
func (a *Assistant) conclude(out *Rebuttal, parts []answered, in denied) {
	for _, kind := range []LetterKind{Appeal, RequestLetter, Explanation} {
		if slices.ContainsFunc(parts, func(p answered) bool { return p.kind == kind }) {
			out.LetterKind = kind
			break
		}
	}
	for _, p := range parts {
		if p.kind != Appeal {
			out.Why = append(out.Why, p.Without)
		}
	}
	out.Why = slices.Compact(out.Why)
	app := a.Rules.Apply(in.facts, in.day)
	cites := a.considered(parts)
	out.Applicability = a.worthSaying(app.About(cites))
	if q, ok := a.Rules.Question(in.facts, cites); ok {
		out.Questions = append(out.Questions, q)
	}
	if in.facts["writer"] == "" {
		out.Questions = append(out.Questions, coverage.Question{Text: sayWriter, Fact: "writer", Options: []string{"provider", "representative", "enrollee"}})
	}
	out.Deadlines = a.deadlines(parts, in)
	out.Enclosures = enclosures(parts, in)
}

const sayWriter = "Who signs the letter: a provider with a contract with the plan, a provider with the patient's written authorization, or the patient? It decides the path and the clock."

// worthSaying is app without the laws of other programs: of a health plan
// nobody asks whether the auto statute binds it.
func (a *Assistant) worthSaying(app coverage.Applicability) coverage.Applicability {
	health := []corpus.Plan{corpus.FullyInsured, corpus.SelfFunded, corpus.Public}
	app.DoesNotBind = slices.DeleteFunc(slices.Clone(app.DoesNotBind), func(r coverage.Ruling) bool {
		s, _ := a.Catalog.Resolve(r.Cite)
		return s != nil && len(s.Binds) > 0 && !slices.ContainsFunc(s.Binds, func(p corpus.Plan) bool { return slices.Contains(health, p) })
	})
	return app
}

// considered are all authorities that the data has on the objections.
func (a *Assistant) considered(parts []answered) []citation.Citation {
	var out []citation.Citation
	for _, p := range parts {
		for _, list := range [][]corpus.Point{p.Grounds, p.Concedes, p.Explains} {
			for _, q := range list {
				out = append(out, q.Cites...)
			}
		}
		for _, q := range p.Requests {
			out = append(out, q.Cites...)
		}
	}
	return out
}

// Events of the two paths: the patient's appeal and review, and the
// provider's own complaint.
var (
	appealEvents = []coverage.Event{"denial-received", "appeal-received", "appeal-decision", "final-denial-received", "review-requested", "review-information-received"}
	disputeEvent = []coverage.Event{"complaint-made", "claim-decided"}
)

// deadlines are the clocks of the writer's path; those of review outside the
// plan only where medical judgment is at issue.
func (a *Assistant) deadlines(parts []answered, in denied) []coverage.Deadline {
	if len(parts) == 0 {
		return nil
	}
	events := appealEvents
	switch in.facts["writer"] {
	case "provider":
		events = disputeEvent
	case "":
		events = slices.Concat(appealEvents, disputeEvent)
	}
	judged := slices.ContainsFunc(parts, func(p answered) bool { return p.Judgment })
	var out []coverage.Deadline
	for _, d := range a.Rules.Deadlines(in.facts, in.clock) {
		outside := strings.Contains(d.What, "review") || d.Who == "reviewer"
		if !slices.Contains(events, d.Event) || outside && !judged || strings.Contains(d.What, "urgent") && !in.Urgent ||
			strings.Contains(d.What, "expedited") && !in.Urgent || strings.Contains(d.What, "coordination of benefits") {
			continue
		}
		if d.Event == "denial-received" && in.Final || in.dates[denial.OfService] != "" && strings.Contains(d.What, "before the service") {
			continue
		}
		out = append(out, d)
	}
	return out
}

// enclosures are the papers to send along, each once.
func enclosures(parts []answered, in denied) []string {
	out := []string{"the denial, with the date on which it arrived"}
	if w := in.facts["writer"]; w == "representative" || w == "" {
		out = append(out, "the patient's signed authorization, if a provider writes for the patient")
	}
	for _, p := range parts {
		for _, e := range p.Enclosures {
			if !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// nothingFound says that no objection was found, and what is near.
func (a *Assistant) nothingFound(ctx context.Context, out *Rebuttal, r RebutRequest, in denied) error {
	out.Enclosures = nil
	out.Why = []string{sayNoObjection}
	q := r.Request
	q.Text = in.text
	if runes := []rune(q.Text); len(runes) > maxNearText {
		q.Text = string(runes[:maxNearText])
	}
	found, err := a.Retriever.Find(ctx, a.question(q, in.facts, 3))
	for _, h := range found.Hits {
		out.Nearest = append(out.Nearest, Nearest{h.Source.Cite.At(h.Pin).String(), h.Source.Title, h.Source.URL})
	}
	return err
}

const maxNearText = 2000

const sayNoObjection = "No reason for refusing payment was found in this text that this library has an answer to, so there is no letter. Give the sentence in which the plan says why it does not pay, or the reason codes of the remittance; a question goes to 'advocate ask'."
