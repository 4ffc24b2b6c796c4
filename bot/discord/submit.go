package discord

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/corpus/citation"
)

// Submitted are the values of a submitted form, or of a command, by their
// fields: one each, but for choices of several, and files.
type Submitted struct {
	Callback string                         // of the form, or the command's name
	Meta     string                         // of the form, as Modal was given it
	Focused  string                         // the option that is being typed, where it is to be completed
	Files    []*discordgo.MessageAttachment // at most one; read it and give its words to the request
	values   map[string]string
	ticked   map[string][]string
}

// A filled is a component of a submitted form.
type filled struct {
	Type       discordgo.ComponentType `json:"type"`
	CustomID   string                  `json:"custom_id"`
	Value      json.RawMessage         `json:"value"` // of what is not known here, anything
	Values     json.RawMessage         `json:"values"`
	Component  *filled                 `json:"component"`
	Components []filled                `json:"components"`
}

// Read reads the data of an interaction of type
// discordgo.InteractionModalSubmit, raw: discordgo v0.29.0 gives none where a
// form has labels, and its ModalSubmitData panics then. What was left out is
// "", and components that are not known are passed over. The error holds no
// word of the form.
func Read(data []byte) (Submitted, error) {
	s := Submitted{values: map[string]string{}, ticked: map[string][]string{}}
	var in struct {
		CustomID   string   `json:"custom_id"`
		Components []filled `json:"components"`
		Resolved   struct {
			Attachments map[string]*discordgo.MessageAttachment `json:"attachments"`
		} `json:"resolved"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return s, fmt.Errorf("discord: a form cannot be read (%T)", err)
	}
	s.Callback, s.Meta, _ = strings.Cut(in.CustomID, "/")
	for name, value := range unpack(s.Meta) {
		s.values[name] = value
	}
	for _, c := range in.Components {
		s.take(c, in.Resolved.Attachments)
	}
	return s, nil
}

// take takes what a component holds, itself or one level below.
func (s *Submitted) take(c filled, files map[string]*discordgo.MessageAttachment) {
	inner := c.Components
	if c.Component != nil {
		inner = append(inner, *c.Component)
	}
	if len(inner) == 0 {
		inner = []filled{c}
	}
	for _, f := range inner {
		var value string
		var values []string
		switch {
		case f.CustomID == "":
		case f.Type == discordgo.TextInputComponent && json.Unmarshal(f.Value, &value) == nil && value != "":
			s.values[f.CustomID] = strings.ReplaceAll(value, "\r\n", "\n")
		case f.Type == discordgo.SelectMenuComponent && json.Unmarshal(f.Values, &values) == nil && len(values) > 0:
			s.values[f.CustomID], s.ticked[f.CustomID] = values[0], values
		case f.Type == uploadComponent && json.Unmarshal(f.Values, &values) == nil:
			for _, id := range values {
				if a := files[id]; a != nil {
					s.Files = append(s.Files, a)
				}
			}
		}
	}
}

// Typed are the options of a command.
func Typed(d discordgo.ApplicationCommandInteractionData) Submitted {
	s := Submitted{Callback: d.Name, values: map[string]string{}, ticked: map[string][]string{}}
	for _, o := range d.Options {
		if o == nil {
			continue
		}
		if o.Focused {
			s.Focused = o.Name
		}
		name := o.Name
		if name == optionQuestion {
			name = FieldText
		}
		switch value := o.Value.(type) {
		case string:
			s.values[name] = value
		case float64:
			s.values[name] = strconv.FormatFloat(value, 'f', -1, 64)
		case bool:
			if value {
				s.values[name] = "yes"
			}
		}
	}
	return s
}

// Ask is the question of a form or command. Scopes and Person are the
// dispatcher's. A source that was chosen beside it is named in its text.
func (s Submitted) Ask() bot.Request {
	r := bot.Request{Text: s.words(""), State: s.values[FieldState], Plan: s.values[FieldPlan], Plain: s.values[FieldPlain] != ""}
	if c, err := citation.Parse(s.values[FieldSource]); err == nil && !strings.Contains(r.Text, c.String()) {
		r.Text = strings.TrimSpace(r.Text) + " (" + c.String() + ")"
	}
	return r
}

// Rebut is the insurer's reason of the form. Nothing is ever put back in the
// letter.
func (s Submitted) Rebut(file string) bot.RebutRequest {
	r := bot.RebutRequest{Request: s.Check(file)}
	r.Facts = s.facts(rebutFacts)
	return r
}

// Rewrite is the phrase of the form, as a note of its own.
func (s Submitted) Rewrite() bot.RewriteRequest {
	return bot.RewriteRequest{Text: s.words("")}
}

// Settings is what stands behind the command for settings: "name value", or
// "" to show them.
func (s Submitted) Settings() string {
	return strings.TrimSpace(s.values[optionName] + " " + s.values[optionValue])
}

// Errors are what is wrong with a submitted form, by the field it is said at;
// nil where nothing is. View.Wrong says them.
func (s Submitted) Errors(callback string) map[string]string {
	words := strings.TrimSpace(s.words(""))
	lacks := words == "" && len(s.Files) == 0
	switch {
	case callback == ModalAsk && lacks:
		return map[string]string{FieldText: "There is no question here. Ask in a sentence."}
	case callback == ModalRebut && lacks:
		return map[string]string{FieldText: "Give the insurer's reason in its words."}
	case callback == ModalCheck && lacks:
		return map[string]string{FieldText: "Paste the words, or give a text file."}
	case callback == ModalRewrite && (lacks || layout.Units(words) > maxPhrase || strings.Contains(words, "\n")):
		return map[string]string{FieldText: "One phrase, and no more: notes are not taken here."}
	case len(s.Files) > 1:
		return map[string]string{FieldFile: "One file, please."}
	}
	if callback == ModalTestify {
		minutes := strings.TrimSpace(s.values[FieldMinutes])
		if m, err := strconv.ParseFloat(minutes, 64); minutes != "" && (err != nil || !(m >= 1 && m <= 15)) {
			return map[string]string{FieldMinutes: "Between 1 and 15 minutes."}
		}
		if strings.TrimSpace(s.values[FieldState]) == "" {
			return map[string]string{FieldState: "Name the state of the hearing."}
		}
	}
	return nil
}
