package slack

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// The actions of buttons. A button's action_id is one of these, with ":" and a
// number where a block has several; Action takes the number off.
const (
	ActionFact      = "fact"      // answers a question; value "fact=option"
	ActionFollow    = "follow"    // asks what an answer offers; value the question
	ActionTry       = "try"       // asks an example of help or Home; value the question
	ActionFeedback  = "feedback"  // value Good or Bad
	ActionShare     = "share"     // posts a private answer; the person's who asked alone
	ActionCommittee = "committee" // hands the question to people
	ActionTaken     = "taken"     // in the committee's channel: somebody answers
	ActionOpen      = "open"      // opens a modal; value its callback id
	ActionDocument  = "document"  // makes a file; value letter, script, written or handout
	ActionStop      = "stop"      // ends the work on an answer
	ActionAgain     = "again"     // does again what failed
	ActionForget    = "forget"    // deletes what is kept of the person
	ActionLink      = "link"      // goes to a page; acknowledge it and do nothing
)

// Values of ActionFeedback.
const (
	Good = "good"
	Bad  = "bad"
)

// Action is the action of an action_id.
func Action(actionID string) string {
	name, _, _ := strings.Cut(actionID, ":")
	return name
}

// Ref is what the dispatcher called the answer whose block this is.
func Ref(blockID string) string {
	_, ref, _ := strings.Cut(blockID, "/")
	return ref
}

// blockID says what a block is for and of which answer. A reference that has
// no room is left out, and the buttons are then nobody's.
func blockID(name, ref string, i int) string {
	if i > 0 {
		name += ":" + strconv.Itoa(i)
	}
	if id := name + "/" + ref; layout.Units(id) <= MaxID {
		return id
	}
	return name + "/"
}

// button is one with a number among those of its block; below 0 it has none.
// A text that is too long is clipped; callers show it whole elsewhere.
func button(action string, i int, text, value string) *slack.ButtonBlockElement {
	if i >= 0 {
		action += ":" + strconv.Itoa(i)
	}
	b := slack.NewButtonBlockElement(action, value, slack.NewTextBlockObject(slack.PlainTextType, layout.Clip(Plain(text), MaxButton), false, false))
	return b
}

// heard is a button with what a screen reader says of it.
func heard(b *slack.ButtonBlockElement, label string) *slack.ButtonBlockElement {
	b.AccessibilityLabel = layout.Clip(Plain(label), MaxLabel)
	return b
}

// feedback are the thumbs below an answer.
func (v View) feedback(s *sheet) {
	id := s.id("feedback", 0)
	if !v.Agent {
		s.block(feedbackButtons(id), 40)
		return
	}
	good := slack.NewFeedbackButton(slack.NewTextBlockObject(slack.PlainTextType, "Helpful", false, false), Good).WithAccessibilityLabel("This answer helped")
	bad := slack.NewFeedbackButton(slack.NewTextBlockObject(slack.PlainTextType, "Not Helpful", false, false), Bad).WithAccessibilityLabel("This answer did not help: say why")
	s.block(slack.NewContextActionsBlock(id, slack.NewFeedbackButtonsBlockElement(ActionFeedback, good, bad)), 40)
}

// feedbackButtons say the same in plain buttons.
func feedbackButtons(id string) *slack.ActionBlock {
	return slack.NewActionBlock(id, heard(button(ActionFeedback, 0, "Helpful", Good), "This answer helped"),
		heard(button(ActionFeedback, 1, "Not Helpful", Bad), "This answer did not help: say why"))
}

// handOver are the buttons that pass an answer on.
func (v View) handOver(s *sheet, sh chat.Shape) {
	var set []*slack.ButtonBlockElement
	if sh.Private && !sh.Kept {
		share := button(ActionShare, -1, "Share in Channel", "")
		share.Confirm = confirm("Share this?", "Everybody in the channel will see it. Look first whether it names somebody.", "Share", "Keep Private")
		set = append(set, share)
	}
	if v.Committee {
		set = append(set, heard(button(ActionCommittee, -1, "Ask the Committee", ""), "Ask the committee: people answer in their channel"))
	}
	if len(set) > 0 {
		s.buttons("pass", set...)
	}
}

func confirm(title, text, yes, no string) *slack.ConfirmationBlockObject {
	plain := func(t string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, t, false, false)
	}
	return slack.NewConfirmationBlockObject(plain(title), plain(text), plain(yes), plain(no))
}
