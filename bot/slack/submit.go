package slack

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/corpus"
)

// Submitted are the values of a submitted modal by their fields: one each,
// but for boxes that are ticked, and files.
type Submitted struct {
	values map[string]string
	ticked map[string][]string
	Files  []slack.File // at most one; read it and give its words to the request
}

// Read reads the state of a modal. What was left out is "".
func Read(state *slack.ViewState) Submitted {
	s := Submitted{values: map[string]string{}, ticked: map[string][]string{}}
	if state == nil {
		return s
	}
	for name, actions := range state.Values {
		a, ok := actions[name]
		if !ok {
			continue
		}
		value := a.Value
		if a.SelectedOption.Value != "" {
			value = a.SelectedOption.Value
		}
		if a.SelectedDate != "" {
			value = a.SelectedDate
		}
		if value != unsaid {
			s.values[name] = value
		}
		for _, o := range a.SelectedOptions {
			s.ticked[name] = append(s.ticked[name], o.Value)
		}
		s.Files = append(s.Files, a.Files...)
	}
	return s
}

// Value is that of a field.
func (s Submitted) Value(field string) string { return s.values[field] }

// Ticked are the boxes of a field that are ticked.
func (s Submitted) Ticked(field string) []string { return s.ticked[field] }

// words are the text of a form, of its two fields and the file's.
func (s Submitted) words(file string) string {
	var out []string
	for _, t := range []string{s.values[FieldText], s.values[FieldMore], file} {
		if strings.TrimSpace(t) != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, "\n")
}

func (s Submitted) facts(names []string) []string {
	var out []string
	for _, name := range names {
		if value := s.values[name]; value != "" {
			out = append(out, name+"="+value)
		}
	}
	return out
}

// Ask is the question of the form. Scopes and Person are the dispatcher's.
func (s Submitted) Ask() bot.Request {
	return bot.Request{Text: s.words(""), State: s.values[FieldState], Plan: s.values[FieldPlan], Plain: len(s.ticked[FieldPlain]) > 0}
}

// Check is the draft of the form, with the words of its file.
func (s Submitted) Check(file string) bot.Request {
	return bot.Request{Text: s.words(file), State: s.values[FieldState], Plan: s.values[FieldPlan]}
}

// Rebut is the denial of the form, with the words of its file.
func (s Submitted) Rebut(file string) bot.RebutRequest {
	r := bot.RebutRequest{Request: s.Check(file), Received: corpus.Date(s.values[FieldReceived]), Restore: len(s.ticked[FieldRestore]) > 0}
	r.Facts = s.facts(rebutFacts)
	return r
}

// Testify is the hearing of the form.
func (s Submitted) Testify() bot.TestifyRequest {
	minutes, err := strconv.ParseFloat(s.values[FieldMinutes], 64)
	if err != nil {
		minutes = 2
	}
	return bot.TestifyRequest{State: s.values[FieldState], Position: s.values[FieldPosition], Minutes: minutes, Bill: s.values[FieldBill], Committee: s.values[FieldCommittee],
		Audience: s.values[FieldAudience], Speaker: s.values[FieldSpeaker], About: s.values[FieldAbout], Story: s.values[FieldStory], Topic: s.values[FieldTopic], On: corpus.Date(s.values[FieldOn])}
}

// Rewrite is the note of the form.
func (s Submitted) Rewrite() bot.RewriteRequest {
	return bot.RewriteRequest{Text: s.words(""), Previous: s.values[FieldPrevious], State: s.values[FieldState], On: corpus.Date(s.values[FieldOn]),
		Signed: len(s.ticked[FieldSigned]) > 0, Restore: len(s.ticked[FieldRestore]) > 0}
}

// Errors are what is wrong with a submitted form, by the field it is said at;
// nil where nothing is.
func (s Submitted) Errors(callback string) map[string]string {
	lacks := layout.Clean(s.words("")) == "" && len(s.Files) == 0
	switch {
	case callback == ModalAsk && lacks:
		return map[string]string{FieldText: "There is no question here. Ask in a sentence."}
	case callback == ModalRewrite && lacks:
		return map[string]string{FieldText: "There is no note here. Paste its words."}
	case (callback == ModalRebut || callback == ModalCheck) && lacks:
		return map[string]string{FieldText: "Paste the words here, or give a text file below."}
	case len(s.Files) > 1:
		return map[string]string{FieldFile: "One file, please."}
	}
	if callback == ModalTestify {
		if m, err := strconv.ParseFloat(s.values[FieldMinutes], 64); err != nil || !(m >= 1 && m <= 15) {
			return map[string]string{FieldMinutes: "Between 1 and 15 minutes."}
		}
		if s.values[FieldState] == "" {
			return map[string]string{FieldState: "Choose the state of the hearing."}
		}
	}
	return nil
}

// Said reads the value of a button of ActionFact.
func Said(value string) (fact, option string, ok bool) {
	fact, option, ok = strings.Cut(value, "=")
	return fact, option, ok && fact != "" && option != ""
}
