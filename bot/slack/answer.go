package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/coverage"
)

// Answer lays an answer out: what comes before it, the direct answer, the one
// question as buttons, each branch, the limits, what to do, to whom it
// applies, what to ask next, the sources. A long one is several messages.
func (v View) Answer(ans *bot.Answer, sh chat.Shape) []Message {
	s := start(sh)
	if ans.First != "" {
		s.put(layout.Para{}.Bold(ans.First))
		s.divide()
	}
	s.put(layout.Say(ans.Unanswered))
	for _, clock := range ans.Clocks() {
		s.put(layout.Para{}.Bold(clock))
	}
	if ans.Abstained {
		for _, w := range ans.Warnings {
			s.put(layout.Say(w))
		}
		s.list("Nearest in the library. None of these is an answer.", bulleted(v.places().Nearest(ans.Nearest)))
	} else {
		v.answered(s, ans)
	}
	s.small(layout.Closing("Information, not legal advice", ans.ID, ans.Model))
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}

func (v View) answered(s *sheet, ans *bot.Answer) {
	if ans.EnclosuresFirst {
		enclose(s, ans)
	}
	for i, g := range layout.Groups(ans) {
		s.put(layout.Labelled(g.Label, g.Text))
		if i == 0 && ans.Question != nil {
			s.put(layout.Labelled("It turns on one fact:", layout.Say(ans.Question.Text)))
			v.options(s, "question", *ans.Question)
		}
	}
	if !ans.EnclosuresFirst {
		enclose(s, ans)
	}
	for _, w := range ans.Warnings {
		s.put(layout.Labelled("Note:", layout.Say(w)))
	}
	for _, r := range ans.Readings {
		s.put(layout.Labelled("Note:", layout.Say(r)))
	}
	s.small(layout.Say(bot.Applies(ans.Applicability, ans.Question)))
	followups(s, ans.Followups)
	s.list("Sources", v.places().Sources(ans.Citations))
}

func enclose(s *sheet, ans *bot.Answer) {
	if len(ans.Enclosures) > 0 {
		s.put(layout.Labelled("Enclose:", layout.Say(strings.Join(ans.Enclosures, "; ")+".")))
	}
}

// options puts the answers of a question as buttons.
func (v View) options(s *sheet, name string, q coverage.Question) {
	var set []*slack.ButtonBlockElement
	for i, o := range q.Options {
		value := q.Fact + "=" + o
		if layout.Units(value) > MaxValue {
			continue
		}
		text := layout.UpperFirst(v.Rules.Label(q.Fact, o))
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
	s.put(layout.Para{}.Bold("You might ask:"))
	var set []*slack.ButtonBlockElement
	var long []layout.Para
	for i, f := range all {
		switch text := Plain(f); {
		case text == "":
		case i >= maxFollowups || layout.Units(f) > MaxValue || layout.Units(text) > MaxButton:
			long = append(long, layout.Say(f))
		default:
			set = append(set, heard(button(ActionFollow, i, f, f), f))
		}
	}
	s.buttons("follow", set...)
	s.list("", bulleted(long))
}
