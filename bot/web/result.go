package web

import (
	"html/template"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
)

// A result is an answer laid out for the page: the same claims, citations and
// rulings, in the same order.
type result struct {
	Answer  *bot.Answer
	Groups  []resultGroup
	Choices []choice // of the one question
	Sources []sourceRow
	Applies applies
	Text    string // as the terminal shows it, for copying
	Form    form
}

// A resultGroup is a run of claims of one part and branch.
type resultGroup struct {
	Label  string
	Part   bot.Part
	Claims []bot.Claim
}

// A choice answers the one question when it is pressed.
type choice struct{ Label, Fact string }

// A sourceRow is a cited place.
type sourceRow struct {
	bot.Citation
	Name  string // as it is cited
	First bool   // the first of its source: how it was read is shown once
	Read  string
	Link  template.URL
}

// applies is the applicability as a card.
type applies struct {
	Plan, State      string
	Binds, Not, Turn []coverage.Ruling
	Change           []coverage.Change
}

func (s *Server) result(ans *bot.Answer, f form) *result {
	r := &result{Answer: ans, Text: ans.Render(bot.Plain), Form: f}
	for i, c := range ans.Claims {
		n := len(r.Groups)
		if n == 0 || r.Groups[n-1].Part != c.Part || ans.Claims[i-1].Branch != c.Branch {
			r.Groups = append(r.Groups, resultGroup{Label: label(c, i == 0, ans), Part: c.Part})
			n++
		}
		g := &r.Groups[n-1]
		g.Claims = append(g.Claims, c)
	}
	if q := ans.Question; q != nil {
		for _, o := range q.Options {
			r.Choices = append(r.Choices, choice{upperFirst(s.Assistant.Rules.Label(q.Fact, o)), q.Fact + "=" + o})
		}
	}
	seen := map[string]bool{}
	for _, c := range ans.Citations {
		row := sourceRow{Citation: c, Name: c.Cite.String(), First: !seen[c.Source], Link: sourceLink(c.Source, c.Pinpoint)}
		row.Read = read(c)
		seen[c.Source] = true
		r.Sources = append(r.Sources, row)
	}
	a := ans.Applicability
	r.Applies = applies{Plan: planNames[a.Plan], State: a.State, Binds: a.Binds, Not: a.DoesNotBind, Turn: a.Depends, Change: a.WouldChange}
	return r
}

// label is the heading of a group of claims.
func label(c bot.Claim, first bool, ans *bot.Answer) string {
	part := map[bot.Part]string{bot.Limits: "Limits", bot.Next: "What to do next", bot.Terms: "In plain words"}[c.Part]
	switch {
	case part != "" && c.Branch != "":
		return part + ", " + strings.ToLower(c.Branch[:1]) + c.Branch[1:]
	case part != "":
		return part
	case c.Branch != "":
		return c.Branch
	case first || ans.Question == nil:
		return ""
	}
	return "In any case"
}

// read says in what copy a place was read.
func read(c bot.Citation) string {
	switch {
	case c.Scope != corpus.PublicScope:
		return "a document added here, as of " + string(c.AsOf)
	case c.TextStatus == corpus.Text:
		return "law as of " + string(c.AsOf)
	case c.Partial:
		return "our digest, as of " + string(c.AsOf) + ", from an incomplete copy"
	}
	return "our digest, as of " + string(c.AsOf)
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
