package discord

import (
	"strings"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// The callback ids of modals.
const (
	ModalAsk      = "ask"
	ModalRebut    = "rebut"
	ModalTestify  = "testify"
	ModalCheck    = "check"
	ModalRewrite  = "rewrite" // one phrase
	ModalFeedback = "feedback"
)

var titles = map[string]string{ModalAsk: "Ask a question", ModalRebut: "Answer a denial", ModalTestify: "Write testimony",
	ModalCheck: "Check a draft", ModalRewrite: "Look up a phrase", ModalFeedback: "What was wrong?"}

// Modal is the form of a callback id; false where there is none, or where it
// takes what is not taken here: say chat.NoticeNoNotes then. text is put in
// its first field, and is never of a note. meta comes back with the
// submission: Submitted.Pack of a command, whose fields are then left out, or
// the dispatcher's own; it is left out where it has no room.
func (v View) Modal(callback, text, meta string) (Modal, bool) {
	fields := v.fields(callback)
	if fields == nil {
		return Modal{}, false
	}
	m := Modal{CustomID: callback + "/" + meta, Title: titles[callback]}
	known := unpack(meta)
	if layout.Units(m.CustomID) > MaxID {
		m.CustomID, known = callback+"/", nil
	}
	if callback != ModalRewrite && callback != ModalFeedback && callback != ModalTestify {
		fields[0].initial = text
	}
	for _, f := range fields {
		if known[f.name] == "" && len(m.Components) < MaxFields {
			m.Components = append(m.Components, f.layOut())
		}
	}
	return m, callback != ModalRebut || v.Desk
}

// packed are the fields that a command can give and its form then leaves out,
// by the letter that stands for each: none takes words but the bill's number.
var packed = map[byte]string{'s': FieldState, 'p': FieldPlan, 'w': "writer", 'n': "in_network", 'e': "new_episode", 'v': "visit", 'm': "market",
	'g': "grandfathered", 'o': FieldPosition, 't': FieldMinutes, 'a': FieldAudience, 'd': FieldOn, 'b': FieldBill}

// packOrder are the letters of packed, in the order they are written.
const packOrder = "spwnevmgotadb"

// Pack is what a command gave, to be the meta of the form that it opens.
func (s Submitted) Pack() string {
	var b strings.Builder
	for i := range len(packOrder) {
		value := strings.TrimSpace(s.values[packed[packOrder[i]]])
		if value == "" || layout.Units(value) > maxBill || strings.ContainsAny(value, ";/=") {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(';')
		} else {
			b.WriteByte('=')
		}
		b.WriteByte(packOrder[i])
		b.WriteString(value)
	}
	return b.String()
}

// unpack reads what Pack wrote; of anything else it is nil.
func unpack(meta string) map[string]string {
	rest, ok := strings.CutPrefix(meta, "=")
	if !ok {
		return nil
	}
	out := map[string]string{}
	for _, item := range strings.Split(rest, ";") {
		if item != "" && packed[item[0]] != "" {
			out[packed[item[0]]] = item[1:]
		}
	}
	return out
}
