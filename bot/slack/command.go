package slack

import "github.com/everycategory/advocate/bot/chat/layout"

// A Command is a slash command of the app.
type Command struct {
	Name string // with its slash
	Says string // its description
	Hint string // what may stand behind it; ""
	Open string // the modal it opens where nothing stands behind it; ""
}

// The commands.
const (
	CommandAsk      = "/ask"
	CommandRebut    = "/rebut"
	CommandTestify  = "/testify"
	CommandCheck    = "/check"
	CommandRewrite  = "/rewrite"
	CommandHelp     = "/help"
	CommandPrivacy  = "/privacy"
	CommandForget   = "/forget"
	CommandSettings = "/advocate-settings"
)

// Commands are all of them, as the manifests declare them.
func Commands() []Command {
	return []Command{
		{CommandAsk, "Ask about insurance law, billing and evidence for massage therapy; the answer is private, with checked citations", "[your question]", ModalAsk},
		{CommandRebut, "Answer a denial: a letter with only what binds the plan, privately", "", ModalRebut},
		{CommandTestify, "Write testimony for a hearing, privately", "", ModalTestify},
		{CommandCheck, "Check every citation and quotation of a draft, privately", "", ModalCheck},
		{CommandRewrite, "Put a chart note in clinical language: opens a form, never put the note here", "", ModalRewrite},
		{CommandHelp, "What advocate does, with examples", "", ""},
		{CommandPrivacy, "What is kept of what you write, and for how long", "", ""},
		{CommandForget, "Delete what is kept of you", "", ""},
		{CommandSettings, "For admins: what advocate does in this channel", "[show | set name value]", ""},
	}
}

// A Shortcut is a shortcut of the app.
type Shortcut struct {
	Name     string
	Callback string
	Says     string
	Message  bool   // of a message's menu, else of the whole workspace
	Open     string // the modal it opens; "" where it answers at once
}

// The callback ids of shortcuts.
const (
	ShortcutAskAbout = "ask_about_this"
	ShortcutReply    = "draft_a_reply"
	ShortcutAsk      = "ask_a_question"
	ShortcutRebut    = "answer_a_denial"
	ShortcutTestify  = "write_testimony"
	ShortcutCheck    = "check_a_draft"
	ShortcutRewrite  = "rewrite_a_note"
)

// Shortcuts are all of them, as the manifests declare them.
func Shortcuts() []Shortcut {
	return []Shortcut{
		{"Ask about this", ShortcutAskAbout, "Asks what this message asks, and answers you alone", true, ""},
		{"Draft a reply", ShortcutReply, "Opens the form for a denial with this message in it", true, ModalRebut},
		{"Ask a question", ShortcutAsk, "Opens a form; the answer is yours alone until you share it", false, ModalAsk},
		{"Answer a denial", ShortcutRebut, "Opens a form for a denial letter or remittance", false, ModalRebut},
		{"Write testimony", ShortcutTestify, "Opens a form for a hearing", false, ModalTestify},
		{"Check a draft", ShortcutCheck, "Opens a form for a draft whose citations are to be checked", false, ModalCheck},
		{"Rewrite a note", ShortcutRewrite, "Opens a form for a chart note; the note is not kept", false, ModalRewrite},
	}
}

// The callback ids of modals.
const (
	ModalAsk      = "ask"
	ModalRebut    = "rebut"
	ModalTestify  = "testify"
	ModalCheck    = "check"
	ModalRewrite  = "rewrite"
	ModalFeedback = "feedback"
	ModalWait     = "wait" // shown while another is made ready; it has nothing to submit
)

// A Prompt is a question that the agent's view suggests.
type Prompt struct{ Title, Message string }

// Prompts are the suggested ones: at most MaxPrompts, the first of Examples.
func Prompts() []Prompt {
	return []Prompt{
		{"They refuse me as an LMT", layout.Examples()[0]},
		{"Not medically necessary", layout.Examples()[1]},
		{"Prior authorization", layout.Examples()[2]},
		{"They want money back", layout.Examples()[3]},
	}
}
