package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// The actions of buttons. A button's custom_id is one of these, with ":" and
// a number where a message has several, then "/" and what the dispatcher
// calls the answer, then "/" and a value. Action, Ref and Value read it. A
// Select has the first two, and its value is what was chosen.
const (
	ActionFact       = "fact"       // answers a question; value "fact=option"
	ActionFollow     = "follow"     // asks what an answer offers; value the question
	ActionTry        = "try"        // asks an example of help; value the question
	ActionFeedback   = "feedback"   // value Good or Bad
	ActionSharing    = "sharing"    // asks whether to share: show View.Share to whoever pressed
	ActionShare      = "share"      // posts a private answer; the person's who asked alone
	ActionCommittee  = "committee"  // hands the question to people
	ActionTaken      = "taken"      // in the committee's channel: somebody answers
	ActionOpen       = "open"       // opens a modal; value its callback id
	ActionDocument   = "document"   // makes a file; value chat.DocumentLetter and the like
	ActionStop       = "stop"       // ends the work on an answer
	ActionAgain      = "again"      // does again what failed
	ActionForgetting = "forgetting" // asks whether to forget: show View.Forget
	ActionForget     = "forget"     // deletes what is kept of the person
)

// Values of ActionFeedback.
const (
	Good = "good"
	Bad  = "bad"
)

// Action is the action of a custom_id.
func Action(customID string) string {
	name, _, _ := strings.Cut(customID, "/")
	name, _, _ = strings.Cut(name, ":")
	return name
}

// Ref is what the dispatcher called the answer whose button this is.
func Ref(customID string) string {
	_, rest, _ := strings.Cut(customID, "/")
	ref, _, _ := strings.Cut(rest, "/")
	return ref
}

// Value is the value of what was pressed or chosen. A question has no room in
// a custom_id: it is the button's label, or one of Examples. m is the message
// that the interaction brings.
func Value(d discordgo.MessageComponentInteractionData, m *discordgo.Message) string {
	if len(d.Values) > 0 {
		return d.Values[0]
	}
	_, rest, _ := strings.Cut(d.CustomID, "/")
	_, value, _ := strings.Cut(rest, "/")
	switch Action(d.CustomID) {
	case ActionTry:
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(layout.Examples()) {
			return layout.Examples()[i]
		}
		return ""
	case ActionFollow:
		return labelOf(m, d.CustomID)
	}
	return value
}

// labelOf is the label of a message's button, or "".
func labelOf(m *discordgo.Message, customID string) string {
	if m == nil {
		return ""
	}
	for _, row := range m.Components {
		for _, c := range inRow(row) {
			if b, ok := c.(discordgo.Button); ok && b.CustomID == customID {
				return b.Label
			}
		}
	}
	return ""
}

// customID says what a button is for, of which answer, and its value. One
// that has no room for the reference has none, and is then nobody's.
func (s *sheet) customID(action, value string) string {
	return action + "/" + safeRef(s.ref) + "/" + value
}

// safeRef is a reference that can stand in a custom_id, or "".
func safeRef(ref string) string {
	if len(ref) > maxRef || strings.ContainsFunc(ref, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_' && r != '.'
	}) {
		return ""
	}
	return ref
}

// button is one of an action that a message has once. A text that is too
// long is clipped; callers show it whole elsewhere.
func (s *sheet) button(action, text, value string) discordgo.Button {
	return discordgo.Button{Label: layout.Clip(Plain(text), MaxButton), Style: discordgo.SecondaryButton, CustomID: s.customID(action, value)}
}

// next is an action that a message can have several of, with its number.
func (s *sheet) next(action string) string {
	s.n++
	return action + ":" + strconv.Itoa(s.n-1)
}

// feedback are the buttons below an answer that say whether it helped, with
// those that pass it on.
func (v View) feedback(s *sheet, sh chat.Shape) {
	set := []discordgo.Button{s.button(ActionFeedback, "Helpful", Good), s.button(ActionFeedback, "Not Helpful", Bad)}
	if sh.Private && !sh.Kept {
		set = append(set, s.button(ActionSharing, "Share in Channel", ""))
	}
	if v.Committee {
		set = append(set, s.button(ActionCommittee, "Ask the Committee", ""))
	}
	s.buttons(set...)
}

// Share asks whether to share a private answer.
func (v View) Share(ref string) Message {
	s := &sheet{ref: ref}
	s.put(layout.Say("Everybody in the channel will see it. Look first whether it names somebody."))
	b := s.button(ActionShare, "Share in Channel", "")
	b.Style = discordgo.PrimaryButton
	s.buttons(b)
	return s.one()
}
