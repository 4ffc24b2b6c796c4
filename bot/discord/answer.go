package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/coverage"
)

// Answer lays an answer out: what comes before it, the direct answer, the one
// question with its buttons below the message, each branch, the limits, what
// to do, to whom it applies, what to ask next, the sources. A long one is
// several messages.
func (v View) Answer(ans *bot.Answer, sh chat.Shape) []Message {
	s := start(sh)
	if ans.First != "" {
		s.put(layout.Para{}.Bold(ans.First))
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
	v.feedback(s, sh)
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
			v.options(s, *ans.Question, false)
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

// options puts the answers of a question: as buttons where they say by
// themselves what they answer, as a list to choose from, which says what is
// asked, where they are but "Yes" and "No", or where the message has more
// questions than one.
func (v View) options(s *sheet, q coverage.Question, several bool) {
	var set []discordgo.Button
	list := Select{CustomID: s.customID(s.next(ActionFact), ""), Placeholder: layout.Clip(Plain(q.Text), MaxAsked)}
	bare := several
	for _, o := range q.Options {
		value, text := q.Fact+"="+o, Plain(layout.UpperFirst(v.Rules.Label(q.Fact, o)))
		b := s.button(s.next(ActionFact), text, value)
		if layout.Units(b.CustomID) > MaxID || b.Label == "" {
			continue
		}
		set = append(set, b)
		list.Options = append(list.Options, Option{Label: layout.Clip(text, MaxOption), Value: value})
		bare = bare || o == "yes" || o == "no"
	}
	if bare && len(list.Options) > 0 && len(list.Options) <= MaxOptions && list.Placeholder != "" {
		s.row(list)
		return
	}
	s.buttons(set...)
}

// followups puts what can be asked next: as buttons where they fit on one, as
// a line where not.
func followups(s *sheet, all []string) {
	if len(all) == 0 {
		return
	}
	var set []discordgo.Button
	var long []layout.Para
	for _, f := range all {
		switch text := Plain(f); {
		case text == "":
		case len(set) == maxFollowups || layout.Units(text) > MaxButton:
			long = append(long, layout.Say(f))
		default:
			set = append(set, s.button(s.next(ActionFollow), f, ""))
		}
	}
	if len(long) > 0 {
		s.list("You might ask:", bulleted(long))
	} else {
		s.small(layout.Say("What you might ask next is on the buttons below."))
	}
	s.buttons(set...)
}
