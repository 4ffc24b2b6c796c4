package discord

import (
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat"
)

// The actions of buttons. A button's custom_id is one of these, with ":" and
// a number where a message has several, then "/" and what the dispatcher
// calls the answer, then "/" and a value. Action, Ref and Value read it.
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

// Value is the value of a button of a message. A question has no room in a
// custom_id: it is the button's label, or one of Examples. m is the message
// that an interaction brings; nil where the value is in the custom_id.
func Value(customID string, m *discordgo.Message) string {
	_, rest, _ := strings.Cut(customID, "/")
	_, value, _ := strings.Cut(rest, "/")
	switch Action(customID) {
	case ActionTry:
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(Examples()) {
			return Examples()[i]
		}
		return ""
	case ActionFollow:
		return labelOf(m, customID)
	}
	return value
}

// labelOf is the label of a message's button, or "".
func labelOf(m *discordgo.Message, customID string) string {
	if m == nil {
		return ""
	}
	for _, b := range buttonsOf(m.Components) {
		if b.CustomID == customID {
			return b.Label
		}
	}
	return ""
}

// buttonsOf are the buttons of rows, as they are sent or as they come back.
func buttonsOf(rows []discordgo.MessageComponent) []discordgo.Button {
	var out []discordgo.Button
	for _, row := range rows {
		var in []discordgo.MessageComponent
		switch row := row.(type) {
		case discordgo.ActionsRow:
			in = row.Components
		case *discordgo.ActionsRow:
			in = row.Components
		}
		for _, c := range in {
			switch b := c.(type) {
			case discordgo.Button:
				out = append(out, b)
			case *discordgo.Button:
				out = append(out, *b)
			}
		}
	}
	return out
}

// Disabled are the rows of a message with the buttons of an action no longer
// to be pressed: what it is edited to once that was done. Those that lead to
// a page stay.
func Disabled(rows []discordgo.MessageComponent, actions ...string) []discordgo.MessageComponent {
	var out []discordgo.MessageComponent
	for _, row := range rows {
		next := discordgo.ActionsRow{}
		for _, b := range buttonsOf([]discordgo.MessageComponent{row}) {
			b.Disabled = b.Disabled || b.CustomID != "" && slices.Contains(actions, Action(b.CustomID))
			next.Components = append(next.Components, b)
		}
		out = append(out, next)
	}
	return out
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
	return discordgo.Button{Label: clip(Plain(text), MaxButton), Style: discordgo.SecondaryButton, CustomID: s.customID(action, value)}
}

// numbered is a button of an action that a message can have several of.
func (s *sheet) numbered(action, text, value string) discordgo.Button {
	b := s.button(action+":"+strconv.Itoa(s.n), text, value)
	s.n++
	return b
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
	s.put(say("Everybody in the channel will see it. Look first whether it names somebody."))
	b := s.button(ActionShare, "Share in Channel", "")
	b.Style = discordgo.PrimaryButton
	s.buttons(b)
	return s.one()
}
