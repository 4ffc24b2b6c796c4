package slack

import (
	"fmt"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// Testimony lays a testimony out: the script in its parts, each sentence with
// what it is and rests on, what only the speaker can fill in, the hardest
// questions with their answers, the sources, and the files.
func (v View) Testimony(out *bot.Testimony, sh chat.Shape) []Message {
	s := start(sh)
	s.head("Your testimony")
	s.put(layout.Labelled("To be spoken:", layout.Say(fmt.Sprintf("%s, %d of %d words", layout.SpokenTime(out), out.Words, out.Budget))))
	for _, w := range out.Warnings {
		s.put(layout.Labelled("Note:", layout.Say(w)))
	}
	for _, g := range layout.Script(out) {
		s.list(g.Label, []layout.Para{g.Text})
	}
	s.small(layout.Say("Sentences without a mark are your own."))
	s.list("Only you know these", bulleted(layout.Gaps(out)))
	s.put(layout.Hardest(out)...)
	s.small(layout.Say(bot.Applies(out.Applicability, nil)))
	s.list("Sources", v.places().Sources(layout.Used(out.Citations, layout.Spoken(out))))
	if sh.Private {
		s.list("What identifies somebody in the story", bulleted(layout.Identifiers(out.PHI)))
	}
	s.small(layout.Closing("Information, not legal advice. Read the bill and the sources before you speak; nothing you gave was kept", out.ID, out.Model))
	s.buttons("document", button(ActionDocument, 0, "Get the Script as DOCX", chat.DocumentScript),
		button(ActionDocument, 1, "Get the Written Version", chat.DocumentWritten), button(ActionDocument, 2, "Get the Handout", chat.DocumentHandout))
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}
