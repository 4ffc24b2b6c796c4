package discord

import (
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// Help says what can be done and how, with examples that are buttons.
func (v View) Help() Message {
	s := &sheet{}
	s.head("What advocate does")
	s.put(layout.Say("It knows US insurance law, billing and evidence for massage therapy, Washington first. Every citation it shows was checked by code, and where it does not know, it says so."))
	s.list("How to ask", bulleted(v.ways()))
	var lines []layout.Para
	var set []discordgo.Button
	for i, q := range layout.Examples() {
		lines = append(lines, layout.Say(q))
		set = append(set, s.button(s.next(ActionTry), fmt.Sprintf("Ask %d", i+1), strconv.Itoa(i)))
	}
	s.list("People ask", numbered(lines))
	s.buttons(set...)
	if page := v.page(""); page != "" {
		s.put(linked(layout.Para{}.Say("The same is "), "on a page", page).Say("."))
	}
	s.small(layout.Say("Answers to commands and forms are yours alone until you share them. Information, not legal advice"))
	return s.one()
}

// ways are what a person can do, one to a line.
func (v View) ways() []layout.Para {
	lines := []layout.Para{
		layout.Para{}.Say("Mention it in a channel, or write to it: it answers in a thread, where you can go on asking."),
		layout.Para{}.Bold("/" + CommandAsk).Say(" your question: the answer is yours alone, with a button to share it."),
		layout.Para{}.Bold("/" + CommandTestify).Say(": a script to the minute for a hearing, the written version, a handout, the hardest questions."),
		layout.Para{}.Bold("/" + CommandCheck).Say(": every citation and quotation of a draft, yours or theirs."),
	}
	if v.Desk {
		lines = append(lines, layout.Para{}.Bold("/"+CommandRebut).Say(": a letter that answers an insurer's reason, given without names, numbers or days."))
	}
	return append(lines,
		layout.Para{}.Bold("/"+CommandRewrite).Say(": one phrase in clinical language. Notes are not taken in Discord, which signs no agreement for health information."),
		layout.Para{}.Say("In a message's menu, under Apps: “Ask about this”."),
		layout.Para{}.Bold("/"+CommandPrivacy).Say(" says what is kept, ").Bold("/"+CommandForget).Say(" deletes it."))
}

// A Keeping is how long things are kept, in words: "30 days".
type Keeping struct{ Texts, Rows, Threads string }

// Privacy says what is kept of what people write.
func (v View) Privacy(k Keeping) Message {
	s := &sheet{}
	s.head("What is kept")
	lines := []layout.Para{
		layout.Say("Your question, after names, numbers and other identifiers that were found in it are replaced by placeholders: " + k.Texts + ". The finding of identifiers is good and not perfect: leave them out."),
		layout.Say("That you asked, when and in which channel, without words: " + k.Rows + "."),
		layout.Say("The last questions of a thread, redacted, so that you can go on asking: " + k.Threads + "."),
		layout.Say("A receipt of each answer: the places cited and their words, and nothing of yours."),
		layout.Say("Never kept: phrases of notes, reasons of insurers, drafts that are checked, and stories for testimony."),
		layout.Say("Discord itself keeps what is written in Discord, and signs no agreement for health information: chart notes and whatever names a patient are not taken here at all."),
	}
	s.list("", bulleted(lines))
	s.buttons(s.button(ActionForgetting, "Delete What Is Kept of Me", ""))
	return s.one()
}

// Forget asks whether to delete what is kept of the person.
func (v View) Forget() Message {
	s := &sheet{}
	s.put(layout.Say("This deletes your questions, what you said of answers and what you shared, and takes your name out of hand-overs. It cannot be undone. Your messages in Discord stay."))
	b := s.button(ActionForget, "Delete What Is Kept of Me", "")
	b.Style = discordgo.DangerButton
	s.buttons(b)
	return s.one()
}

// openers are the buttons that open the forms.
func (v View) openers(s *sheet) []discordgo.Button {
	set := []discordgo.Button{s.button(ActionOpen, "Ask a Question", ModalAsk), s.button(ActionOpen, "Check a Draft", ModalCheck), s.button(ActionOpen, "Write Testimony", ModalTestify)}
	if v.Desk {
		set = append(set, s.button(ActionOpen, "Answer a Denial", ModalRebut))
	}
	return append(set, s.button(ActionOpen, "Look Up a Phrase", ModalRewrite))
}
