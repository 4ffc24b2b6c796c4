package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// Help says what can be done and how, with examples that are buttons.
func (v View) Help() Message {
	s := &sheet{}
	s.head("What advocate does")
	s.put(layout.Say("It knows US insurance law, billing and evidence for massage therapy, Washington first. Every citation it shows was checked by code, and where it does not know, it says so."))
	s.list("How to ask", bulleted(v.ways()))
	v.examples(s)
	s.small(layout.Say("Answers to commands and forms are yours alone until you share them. Information, not legal advice"))
	return s.one()
}

// ways are what a person can do, one to a line.
func (v View) ways() []layout.Para {
	lines := []layout.Para{
		layout.Para{}.Say("Mention it in a channel, or write to it: it answers in the thread, where you can go on asking."),
		layout.Para{}.Bold(CommandAsk).Say(" your question: the answer is yours alone, with a button to share it."),
		layout.Para{}.Bold(CommandTestify).Say(": a script to the minute for a hearing, the written version, a handout, the hardest questions."),
		layout.Para{}.Bold(CommandCheck).Say(": every citation and quotation of a draft, yours or theirs."),
	}
	if v.Notes {
		lines = append(lines, layout.Para{}.Bold(CommandRebut).Say(": a letter that answers a denial, with only what binds the plan."),
			layout.Para{}.Bold(CommandRewrite).Say(": a chart note in clinical language, with the facts it has and no others."))
	}
	return append(lines,
		layout.Para{}.Say("In a message's menu: “Ask about this” and “Draft a reply”."),
		layout.Para{}.Bold(CommandPrivacy).Say(" says what is kept, ").Bold(CommandForget).Say(" deletes it."))
}

// examples are questions to try. Each is whole above its button where it is
// longer than one.
func (v View) examples(s *sheet) {
	s.put(layout.Para{}.Bold("People ask"))
	for i, q := range layout.Examples() {
		c := chunks(layout.Say(q), MaxSection)[0]
		b := section(c.mrkdwn)
		b.Accessory = slack.NewAccessory(heard(button(ActionTry, i, "Try This", q), "Ask: "+q))
		s.parts = append(s.parts, part{blocks: []slack.Block{b}, size: layout.Units(c.mrkdwn), text: c.plain})
	}
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
		layout.Say("Never kept: chart notes, denials, drafts that are checked, and stories for testimony."),
		layout.Say("Slack itself keeps what is written in Slack, as your workspace has set it."),
	}
	if !v.Notes {
		lines = append(lines, layout.Say("Chart notes and denials are not taken here at all: the agreements for health information are not stated."))
	}
	s.list("", bulleted(lines))
	b := button(ActionForget, -1, "Delete What Is Kept of Me", "")
	b.Style = slack.StyleDanger
	b.Confirm = forgetting()
	s.buttons("forget", b)
	return s.one()
}

// Forget asks whether to delete what is kept of the person.
func (v View) Forget() Message {
	s := &sheet{}
	s.put(layout.Say("This deletes your questions, what you said of answers and what you shared, and takes your name out of hand-overs. It cannot be undone. Your messages in Slack stay."))
	b := button(ActionForget, -1, "Delete What Is Kept of Me", "")
	b.Style = slack.StyleDanger
	b.Confirm = forgetting()
	s.buttons("forget", b)
	return s.one()
}

func forgetting() *slack.ConfirmationBlockObject {
	return confirm("Delete it?", "Your questions, feedback and shares are deleted from this program. It cannot be undone.", "Delete", "Keep It").WithStyle(slack.StyleDanger)
}

// Home is the Home tab: it teaches by example.
func (v View) Home() slack.HomeTabViewRequest {
	s := &sheet{}
	s.head("Massage therapy and health insurance, answered with checked citations")
	s.put(layout.Say("Whether a plan may refuse you, what a denial means, which law binds which plan, how to bill and appeal. Every citation below an answer was checked by code; where this library does not know, it says so."))
	s.buttons("home", v.openers(true)...)
	v.examples(s)
	s.divide()
	s.list("How to ask", bulleted(v.ways()))
	if page := v.page(""); page != "" {
		s.put(linked(layout.Para{}.Say("The same on a page: "), strings.TrimPrefix(strings.TrimPrefix(page, "https://"), "http://"), page))
	}
	if page := v.page("library"); page != "" {
		s.put(linked(layout.Para{}, "The library", page).Say(": every source, with what it says and does not say."))
	}
	s.small(layout.Say("Information, not legal advice"))
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab}
	for _, p := range s.parts {
		home.Blocks.BlockSet = append(home.Blocks.BlockSet, p.blocks...)
	}
	return home
}

// openers are the buttons that open the forms; asking puts that of questions
// before the others.
func (v View) openers(asking bool) []*slack.ButtonBlockElement {
	var set []*slack.ButtonBlockElement
	add := func(text, modal string) {
		set = append(set, button(ActionOpen, len(set), text, modal))
	}
	if asking {
		add("Ask a Question", ModalAsk)
		set[0].Style = slack.StylePrimary
	}
	add("Check a Draft", ModalCheck)
	add("Write Testimony", ModalTestify)
	if v.Notes {
		add("Answer a Denial", ModalRebut)
		add("Rewrite a Note", ModalRewrite)
	}
	return set
}
