package discord

import (
	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// Rewritten says what the lexicon has for a phrase: nothing else of what a
// note becomes is shown in Discord, where notes are not taken, and nothing at
// all where the phrase identifies somebody. It is the person's who asked
// alone.
func (v View) Rewritten(out *bot.Rewritten) []Message {
	if Refused(out.PHI) {
		return []Message{v.Notice(chat.NoticeNoNotes, "")}
	}
	s := &sheet{}
	s.head("In clinical language")
	lines := layout.Changes(out)
	if len(lines) == 0 {
		s.put(layout.Say("The lexicon has no other words for that phrase: a note keeps it as it stands."))
	}
	s.list("", bulleted(lines))
	v.elsewhere(s)
	s.small(layout.Say("One phrase at a time, and never a note: Discord signs no agreement for health information. Nothing was kept"))
	s.buttons(s.button(ActionOpen, "Look Up Another Phrase", ModalRewrite))
	return s.messages()
}
