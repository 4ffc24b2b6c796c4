package slack

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// The fields of modals: a field's name is its block_id and its action_id.
const (
	FieldText      = "text" // the question, denial, draft or note
	FieldMore      = "more" // the rest of it
	FieldFile      = "file" // or a text file of it
	FieldState     = "state"
	FieldPlan      = "plan"
	FieldPlain     = "plain"
	FieldOn        = "on"
	FieldReceived  = "received"
	FieldRestore   = "restore"
	FieldPrevious  = "previous"
	FieldSigned    = "signed"
	FieldPosition  = "position"
	FieldBill      = "bill"
	FieldMinutes   = "minutes"
	FieldAbout     = "about"
	FieldStory     = "story"
	FieldCommittee = "committee"
	FieldAudience  = "audience"
	FieldSpeaker   = "name"
	FieldTopic     = "topic"
	FieldReasons   = "reasons" // of feedback
	FieldWords     = "words"   // of feedback
)

// rebutFacts are the facts that the form for a denial asks for, beside plan
// and state.
var rebutFacts = []string{"writer", "in_network", "new_episode", "visit", "market", "grandfathered"}

// unsaid is the value of the option that says nothing.
const unsaid = "-"

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// A form builds the blocks of a modal.
type form struct{ blocks []slack.Block }

func (f *form) input(name, label, hint string, optional bool, element slack.BlockElement) {
	in := slack.NewInputBlock(name, plainText(label), nil, element)
	if hint != "" {
		in.Hint = plainText(hint)
	}
	in.Optional = optional
	f.blocks = append(f.blocks, in)
}

// text is a field for words; an initial value that is too long is cut.
func (f *form) text(name, label, hint, initial string, optional, lines bool) {
	e := slack.NewPlainTextInputBlockElement(nil, name)
	e.Multiline, e.MaxLength = lines, MaxInput
	e.InitialValue = layout.Clip(layout.Visible(initial), MaxInput)
	f.input(name, label, hint, optional, e)
}

// halved is a text in two fields: the second is "" where the first holds it
// all. It reports whether both hold it.
func halved(text string) (first, rest string, ok bool) {
	text = layout.Visible(text)
	if layout.Units(text) <= MaxInput {
		return text, "", true
	}
	size, cut := 0, 0
	for i, r := range text {
		if size += max(utf16.RuneLen(r), 1); size > MaxInput {
			break
		}
		if unicode.IsSpace(r) || size < MaxInput/2 {
			cut = i + utf8.RuneLen(r)
		}
	}
	first, rest = text[:cut], text[cut:]
	return first, rest, layout.Units(rest) <= MaxInput
}

// choose is a select whose first option says nothing, unless it is required.
func (f *form) choose(name, label, none, initial string, choices []layout.Choice) {
	var options []*slack.OptionBlockObject
	if none != "" {
		options = append(options, slack.NewOptionBlockObject(unsaid, plainText(none), nil))
	}
	for _, c := range choices {
		options = append(options, slack.NewOptionBlockObject(c.Value, plainText(layout.Clip(c.Text, MaxOption)), nil))
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("Choose"), name, options...)
	for _, o := range options {
		if o.Value == initial {
			e.InitialOption = o
		}
	}
	if e.InitialOption == nil && none != "" {
		e.InitialOption = options[0]
	}
	f.input(name, label, "", none != "", e)
}

func (f *form) day(name, label string) {
	f.input(name, label, "", true, slack.NewDatePickerBlockElement(name))
}

// check is one box to tick.
func (f *form) check(name, label, text string) {
	o := slack.NewOptionBlockObject("yes", plainText(layout.Clip(text, MaxOption)), nil)
	f.input(name, label, "", true, slack.NewCheckboxGroupsBlockElement(name, o))
}

func (f *form) file(hint string) {
	e := slack.NewFileInputBlockElement(FieldFile).WithFileTypes("txt", "md").WithMaxFiles(1)
	f.input(FieldFile, "Or a text file of it", hint, true, e)
}

func (f *form) note(text string) {
	for _, c := range chunks(layout.Say(text), MaxSection) {
		f.blocks = append(f.blocks, slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType, c.mrkdwn, false, true)))
	}
}

// modal is a view with the form's blocks. meta is the dispatcher's own, at
// most MaxMetadata and never a word of anybody.
func (f *form) modal(callback, title, submit, meta string) slack.ModalViewRequest {
	m := slack.ModalViewRequest{Type: slack.VTModal, CallbackID: callback, Title: plainText(title), Close: plainText("Cancel"),
		Blocks: slack.Blocks{BlockSet: f.blocks}, NotifyOnClose: true}
	if submit != "" {
		m.Submit = plainText(submit)
	}
	if layout.Units(meta) <= MaxMetadata {
		m.PrivateMetadata = meta
	}
	return m
}

func (v View) states() []layout.Choice {
	var out []layout.Choice
	for _, s := range v.Rules.States() {
		out = append(out, layout.Choice{Value: s.Code, Text: s.Name})
	}
	return out
}
