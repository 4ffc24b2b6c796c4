package discord

import (
	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// A Modal is a form as Discord takes it, in the data of an answer of type
// discordgo.InteractionResponseModal, which has to be the first one. It is
// sent raw: discordgo v0.29.0 has no labels, without which there are no lists
// to choose from and no files.
type Modal struct {
	CustomID   string  `json:"custom_id"`
	Title      string  `json:"title"`
	Components []Label `json:"components"`
}

// A Label is one field of a form with what it is called.
type Label struct {
	Type        discordgo.ComponentType `json:"type"`
	Label       string                  `json:"label"`
	Description string                  `json:"description,omitempty"`
	Component   Field                   `json:"component"`
}

// A Field is what is filled in: a text, a choice or a file.
type Field struct {
	Type        discordgo.ComponentType  `json:"type"`
	CustomID    string                   `json:"custom_id"`
	Style       discordgo.TextInputStyle `json:"style,omitempty"`
	Value       string                   `json:"value,omitempty"`
	Placeholder string                   `json:"placeholder,omitempty"`
	MaxLength   int                      `json:"max_length,omitempty"`
	Options     []Option                 `json:"options,omitempty"`
	MinValues   *int                     `json:"min_values,omitempty"`
	MaxValues   int                      `json:"max_values,omitempty"`
	Required    bool                     `json:"required"`
}

// An Option is one choice of a field.
type Option struct {
	Label   string `json:"label"`
	Value   string `json:"value"`
	Default bool   `json:"default,omitempty"`
}

// Components that discordgo v0.29.0 does not know.
const (
	labelComponent  discordgo.ComponentType = 18
	uploadComponent discordgo.ComponentType = 19
)

// A field is one of a form before it is laid out.
type formField struct {
	name, label, hint string
	kind              fieldKind
	choices           []layout.Choice
	initial           string
	most              int // characters; 0: MaxInput
	needed            bool
}

type fieldKind int

const (
	shortText fieldKind = iota
	longText
	oneOf
	someOf
	aFile
)

// layOut is a field as Discord takes it.
func (f formField) layOut() Label {
	most := f.most
	if most == 0 {
		most = MaxInput
	}
	e := Field{CustomID: f.name, Required: f.needed}
	switch f.kind {
	case shortText, longText:
		e.Type, e.Style, e.MaxLength = discordgo.TextInputComponent, discordgo.TextInputShort, most
		if f.kind == longText {
			e.Style = discordgo.TextInputParagraph
		}
		e.Value = layout.Clip(layout.Visible(f.initial), most)
	case oneOf, someOf:
		e.Type, e.MaxValues = discordgo.SelectMenuComponent, 1
		if f.kind == someOf {
			e.MaxValues = len(f.choices)
		}
		if !f.needed {
			e.MinValues, e.Placeholder = new(int), "Not said"
		}
		for _, c := range f.choices {
			e.Options = append(e.Options, Option{layout.Clip(c.Text, MaxOption), c.Value, c.Value == f.initial})
		}
	case aFile:
		e.Type, e.MinValues, e.MaxValues = uploadComponent, new(int), 1
	}
	return Label{labelComponent, f.label, f.hint, e}
}

// fields are those of a form, the most needed first: what is known from
// elsewhere is left out, and of the rest MaxFields are shown.
func (v View) fields(callback string) []formField {
	state := formField{name: FieldState, label: "State of the plan", hint: "Its name or two letters. Left empty, it is read from your words.", most: 40}
	plan := formField{name: FieldPlan, label: "Kind of plan", hint: "Left empty, it is read from your words.", kind: oneOf, choices: layout.Plans()}
	switch callback {
	case ModalAsk:
		return []formField{{name: FieldText, label: "Your question", hint: "Leave out names and numbers: they are not needed.", kind: longText, needed: true}, state, plan,
			{name: FieldPlain, label: "Words", kind: oneOf, choices: []layout.Choice{{Value: "yes", Text: "Explain the terms in plain words"}}}}
	case ModalCheck:
		return []formField{{name: FieldText, label: "The draft", hint: "Your letter, a testimony, another program's answer. Leave out names and claim numbers.", kind: longText},
			{name: FieldMore, label: "The rest of it, where it is longer", kind: longText}, {name: FieldFile, label: "Or a text file of it", hint: "Plain text, at most 64 kB.", kind: aFile}, state, plan}
	case ModalRebut:
		return rebutFields(state, plan)
	case ModalTestify:
		return testifyFields()
	case ModalRewrite:
		return []formField{{name: FieldText, label: "A phrase or an abbreviation", hint: "One phrase, such as “LBP x 3 wks”, of nobody in particular. Never a note.", most: maxPhrase, needed: true}}
	case ModalFeedback:
		return []formField{{name: FieldReasons, label: "What was wrong with it?", kind: someOf, choices: layout.Reasons(), needed: true},
			{name: FieldWords, label: "In your words, if you like", hint: "Leave out names and numbers.", kind: longText, most: 1000}}
	}
	return nil
}

func rebutFields(state, plan formField) []formField {
	return []formField{
		{name: FieldText, label: "What the insurer said", hint: "Its reason, in its words. No name, number or day of anybody: it is then refused.", kind: longText, most: maxQuestion, needed: true},
		plan, state,
		{name: "writer", label: "Who signs", kind: oneOf, choices: layout.Writers()},
		{name: "in_network", label: "Was the therapist in network?", kind: oneOf, choices: layout.YesNo()},
		{name: "new_episode", label: "A new condition?", hint: "No massage for it in the 90 days before.", kind: oneOf, choices: layout.YesNo()},
		{name: "visit", label: "Which visit of the episode, from 1", most: 3},
		{name: "market", label: "Market of an insured plan", kind: oneOf, choices: layout.Markets()},
		{name: "grandfathered", label: "Grandfathered, as the plan document says?", kind: oneOf, choices: layout.YesNo()},
	}
}

func testifyFields() []formField {
	return []formField{
		{name: FieldState, label: "State of the hearing", hint: "Its name or two letters.", most: 40, needed: true},
		{name: FieldPosition, label: "Position", kind: oneOf, choices: layout.Positions(), initial: "support", needed: true},
		{name: FieldBill, label: "Bill", hint: "Its number, such as HB 2.", most: maxBill},
		{name: FieldAbout, label: "What the bill does, in your words", hint: "It is said in your words alone. Left empty, the script has a bracket for it.", kind: longText},
		{name: FieldStory, label: "Your own story, if you have one", hint: "What you saw, with consent, and without a name or a detail that identifies. It is never changed.", kind: longText},
		{name: FieldMinutes, label: "Minutes you have", initial: "2", most: 5, needed: true},
		{name: FieldSpeaker, label: "Your name, and who you are", most: 200},
		{name: FieldCommittee, label: "Committee", most: 200},
		{name: FieldAudience, label: "Audience", kind: oneOf, choices: layout.Audiences(), initial: "legislators"},
		{name: FieldOn, label: "Day of the hearing", hint: "As 2026-07-01.", most: 10},
		{name: FieldTopic, label: "More words on what it is about", hint: "They are never quoted.", most: 200},
	}
}
