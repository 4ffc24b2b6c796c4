package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/coverage"
)

// Answer lays an answer out: what comes before it, the direct answer, the one
// question as buttons, each branch, the limits, what to do, to whom it
// applies, what to ask next, the sources. A long one is several messages.
func (v View) Answer(ans *bot.Answer, sh chat.Shape) []Message {
	s := start(sh)
	if ans.First != "" {
		s.put(para{}.bold(ans.First))
		s.divide()
	}
	s.put(say(ans.Unanswered))
	for _, clock := range ans.Clocks() {
		s.put(para{}.bold(clock))
	}
	if ans.Abstained {
		for _, w := range ans.Warnings {
			s.put(say(w))
		}
		v.nearest(s, "Nearest in the library. None of these is an answer.", ans.Nearest)
	} else {
		v.answered(s, ans)
	}
	s.small(closing("Information, not legal advice", ans.ID, ans.Model))
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}

func (v View) answered(s *sheet, ans *bot.Answer) {
	if ans.EnclosuresFirst {
		enclose(s, ans)
	}
	for i, g := range groups(ans) {
		s.put(labelled(g.label, g.text))
		if i == 0 && ans.Question != nil {
			s.put(labelled("It turns on one fact:", say(ans.Question.Text)))
			v.options(s, "question", *ans.Question)
		}
	}
	if !ans.EnclosuresFirst {
		enclose(s, ans)
	}
	for _, w := range ans.Warnings {
		s.put(labelled("Note:", say(w)))
	}
	for _, r := range ans.Readings {
		s.put(labelled("Note:", say(r)))
	}
	s.small(say(bot.Applies(ans.Applicability, ans.Question)))
	followups(s, ans.Followups)
	v.sources(s, ans.Citations)
}

func enclose(s *sheet, ans *bot.Answer) {
	if len(ans.Enclosures) > 0 {
		s.put(labelled("Enclose:", say(strings.Join(ans.Enclosures, "; ")+".")))
	}
}

// A group is a run of claims of one part and branch.
type group struct {
	label string
	text  para
}

// partNames are the labels of parts, as the page has them.
var partNames = map[bot.Part]string{bot.Limits: "Limits", bot.Next: "What to do next", bot.Terms: "In plain words", bot.Documents: "In your documents"}

// groups are the runs of an answer's claims, in their order.
func groups(ans *bot.Answer) []group {
	var out []group
	for i, c := range ans.Claims {
		if i == 0 || ans.Claims[i-1].Part != c.Part || ans.Claims[i-1].Branch != c.Branch {
			out = append(out, group{label: groupLabel(c, i == 0, ans)})
		}
		g := &out[len(out)-1]
		if len(g.text) > 0 {
			g.text = g.text.say(" ")
		}
		g.text = g.text.claim(c.Text, c.Citations)
	}
	return out
}

// groupLabel is what stands before a run of claims.
func groupLabel(c bot.Claim, first bool, ans *bot.Answer) string {
	part := partNames[c.Part]
	switch {
	case part != "" && c.Branch != "":
		return part + ", " + lowerFirst(c.Branch) + ":"
	case part != "":
		return part + ":"
	case c.Branch != "":
		return c.Branch + ":"
	case first || ans.Question == nil:
		return ""
	}
	return "In any case:"
}

// options puts the answers of a question as buttons.
func (v View) options(s *sheet, name string, q coverage.Question) {
	var set []*slack.ButtonBlockElement
	for i, o := range q.Options {
		value := q.Fact + "=" + o
		if units(value) > MaxValue {
			continue
		}
		text := upperFirst(v.Rules.Label(q.Fact, o))
		set = append(set, heard(button(ActionFact, i, text, value), text))
	}
	s.buttons(name, set...)
}

// followups puts what can be asked next: as buttons where they fit on one, as
// a line with a button where not.
func followups(s *sheet, all []string) {
	if len(all) == 0 {
		return
	}
	s.put(para{}.bold("You might ask:"))
	var set []*slack.ButtonBlockElement
	var long []para
	for i, f := range all {
		switch text := Plain(f); {
		case text == "":
		case i >= maxFollowups || units(f) > MaxValue || units(text) > MaxButton:
			long = append(long, say(f))
		default:
			set = append(set, heard(button(ActionFollow, i, f, f), f))
		}
	}
	s.buttons("follow", set...)
	s.list("", bulleted(long))
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
