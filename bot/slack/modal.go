package slack

import (
	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// Modal is the form of a callback id; false where there is none, or where it
// takes notes and notes are not taken here: say chat.NoticeNoNotes then. text is
// put in its first field, and is never of a slash command that takes notes.
// meta comes back with the submission.
func (v View) Modal(callback, text, meta string) (slack.ModalViewRequest, bool) {
	switch callback {
	case ModalAsk:
		return v.askModal(text, meta), true
	case ModalTestify:
		return v.testifyModal(meta), true
	case ModalCheck:
		return v.checkModal(text, meta), true
	case ModalRebut:
		return v.rebutModal(text, meta), v.Notes
	case ModalRewrite:
		return v.rewriteModal(meta), v.Notes
	case ModalFeedback:
		return feedbackModal(meta), true
	}
	return slack.ModalViewRequest{}, false
}

// Waiting is shown at once, while a form is made ready: a trigger lives three
// seconds.
func Waiting(title string) slack.ModalViewRequest {
	f := &form{}
	f.note("One moment …")
	return f.modal(ModalWait, layout.Clip(Plain(title), MaxTitle), "", "")
}

// Told is a modal that says a notice, in the place of a form.
func (v View) Told(n chat.Notice) slack.ModalViewRequest {
	m := (&form{}).modal(ModalWait, "advocate", "", "")
	m.Close = plainText("Close")
	for _, b := range v.Notice(n, "").Blocks {
		if b.BlockType() == slack.MBTSection {
			m.Blocks.BlockSet = append(m.Blocks.BlockSet, b)
		}
	}
	return m
}

func (v View) askModal(text, meta string) slack.ModalViewRequest {
	f := &form{}
	f.text(FieldText, "Your question", "Leave out names and numbers: they are not needed.", text, false, true)
	f.choose(FieldState, "State of the plan", "As the question says", "", v.states())
	f.choose(FieldPlan, "Kind of plan", "As the question says, or not known", "", layout.Plans())
	f.check(FieldPlain, "Words", "Explain the terms in plain words")
	f.note("The answer is yours alone until you share it.")
	return f.modal(ModalAsk, "Ask a question", "Ask", meta)
}

func (v View) checkModal(text, meta string) slack.ModalViewRequest {
	f := &form{}
	text, more, _ := halved(text)
	f.text(FieldText, "The draft", "Your letter, a testimony, another program's answer, or the insurer's own letter. Leave out names and claim numbers.", text, true, true)
	f.text(FieldMore, "The rest of it, where it is longer", "", more, true, true)
	f.file("Plain text, at most 64 kB.")
	f.choose(FieldState, "State of the plan", "As the draft says", "", v.states())
	f.choose(FieldPlan, "Kind of plan", "As the draft says, or not known", "", layout.Plans())
	return f.modal(ModalCheck, "Check a draft", "Check", meta)
}

func (v View) rebutModal(text, meta string) slack.ModalViewRequest {
	f := &form{}
	text, more, _ := halved(text)
	f.text(FieldText, "The denial", "The letter, the remittance with its codes, or only what they said.", text, true, true)
	f.text(FieldMore, "The rest of it, where it is longer", "", more, true, true)
	f.file("Plain text, at most 64 kB.")
	f.choose(FieldPlan, "Kind of plan", "As the denial says", "", layout.Plans())
	f.choose(FieldState, "State of the plan", "As the denial says", "", v.states())
	f.choose("writer", "Who signs", "Not said", "", layout.Writers())
	f.day(FieldReceived, "Day the denial arrived")
	f.choose("in_network", "Was the therapist in network?", "Not said", "", layout.YesNo())
	f.choose("new_episode", "New condition, no massage for it in the last 90 days?", "Not said", "", layout.YesNo())
	visit := slack.NewNumberInputBlockElement(nil, "visit", false)
	visit.MinValue, visit.MaxValue = "1", "200"
	f.input("visit", "Which visit of the episode, from 1", "", true, visit)
	f.choose("market", "Market of an insured plan", "Not said", "", layout.Markets())
	f.choose("grandfathered", "Grandfathered, as the plan document says?", "Not said", "", layout.YesNo())
	f.check(FieldRestore, "Identifiers", "Show names, numbers and dates in the letter, to me alone")
	f.note("The denial is not kept. The letter comes to you alone.")
	return f.modal(ModalRebut, "Answer a denial", "Write the Letter", meta)
}

func (v View) testifyModal(meta string) slack.ModalViewRequest {
	f := &form{}
	f.choose(FieldState, "State of the hearing", "", "", v.states())
	f.choose(FieldPosition, "Position", "", "support", layout.Positions())
	f.text(FieldBill, "Bill", "Its number, such as HB 2.", "", true, false)
	minutes := slack.NewNumberInputBlockElement(nil, FieldMinutes, true)
	minutes.InitialValue, minutes.MinValue, minutes.MaxValue = "2", "1", "15"
	f.input(FieldMinutes, "Minutes you have", "", false, minutes)
	f.text(FieldAbout, "What the bill does, in your words", "It is said in your words alone. Left empty, the script has a bracket for it.", "", true, true)
	f.text(FieldStory, "Your own story, if you have one", "What you saw, with consent, and without a name or a detail that identifies. It is quoted and never changed.", "", true, true)
	f.text(FieldCommittee, "Committee", "", "", true, false)
	f.choose(FieldAudience, "Audience", "", "legislators", layout.Audiences())
	f.text(FieldSpeaker, "Your name, and who you are", "", "", true, false)
	f.day(FieldOn, "Day of the hearing")
	f.text(FieldTopic, "More words on what it is about, never quoted", "", "", true, false)
	return f.modal(ModalTestify, "Write testimony", "Write It", meta)
}

func (v View) rewriteModal(meta string) slack.ModalViewRequest {
	f := &form{}
	f.text(FieldText, "Your note", "As you have it: dictation, bullets, abbreviations, SOAP or not.", "", false, true)
	f.text(FieldMore, "The rest of it, where it is longer", "", "", true, true)
	f.choose(FieldState, "State you practise in", "Not said", "", v.states())
	f.day(FieldOn, "Date of the session")
	f.check(FieldSigned, "Signed", "The note is signed, locked or sent: write an addendum")
	f.text(FieldPrevious, "Note of the last visit, to see what was copied", "", "", true, true)
	f.check(FieldRestore, "Identifiers", "Show names, dates and numbers in the result, to me alone")
	f.note("The note is not kept, and the result comes to you alone.")
	return f.modal(ModalRewrite, "Rewrite a note", "Rewrite", meta)
}

func feedbackModal(meta string) slack.ModalViewRequest {
	f := &form{}
	var options []*slack.OptionBlockObject
	for _, r := range layout.Reasons() {
		options = append(options, slack.NewOptionBlockObject(r.Value, plainText(r.Text), nil))
	}
	f.input(FieldReasons, "What was wrong with it?", "", false, slack.NewCheckboxGroupsBlockElement(FieldReasons, options...))
	f.text(FieldWords, "In your words, if you like", "Leave out names and numbers.", "", true, true)
	return f.modal(ModalFeedback, "What was wrong?", "Send", meta)
}
