package discord

import (
	"strconv"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
)

// The fields of forms, and the options of commands.
const (
	FieldText      = "text" // the question, denial, draft or phrase
	FieldMore      = "more" // the rest of it
	FieldFile      = "file" // or a text file of it
	FieldState     = "state"
	FieldPlan      = "plan"
	FieldPlain     = "plain"
	FieldOn        = "on"
	FieldPosition  = "position"
	FieldBill      = "bill"
	FieldMinutes   = "minutes"
	FieldAbout     = "about"
	FieldStory     = "story"
	FieldCommittee = "committee"
	FieldAudience  = "audience"
	FieldSpeaker   = "name"
	FieldTopic     = "topic"
	FieldSource    = "source"  // of /ask: a law or document it is about
	FieldReasons   = "reasons" // of feedback
	FieldWords     = "words"   // of feedback
)

// rebutFacts are the facts that the form for a denial asks for, beside plan
// and state.
var rebutFacts = []string{"writer", "in_network", "new_episode", "visit", "market", "grandfathered"}

// Value is that of a field.
func (s Submitted) Value(field string) string { return s.values[field] }

// Ticked are the choices of a field that takes several.
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

// Check is the draft of a form, with the words of its file.
func (s Submitted) Check(file string) bot.Request {
	return bot.Request{Text: s.words(file), State: s.values[FieldState], Plan: s.values[FieldPlan]}
}

// Testify is the hearing of a form.
func (s Submitted) Testify() bot.TestifyRequest {
	minutes, err := strconv.ParseFloat(strings.TrimSpace(s.values[FieldMinutes]), 64)
	if err != nil {
		minutes = 2
	}
	return bot.TestifyRequest{State: s.values[FieldState], Position: s.values[FieldPosition], Minutes: minutes, Bill: s.values[FieldBill], Committee: s.values[FieldCommittee],
		Audience: s.values[FieldAudience], Speaker: s.values[FieldSpeaker], About: s.values[FieldAbout], Story: s.values[FieldStory], Topic: s.values[FieldTopic], On: corpus.Date(s.values[FieldOn])}
}

// Said reads the value of a button of ActionFact.
func Said(value string) (fact, option string, ok bool) {
	fact, option, ok = strings.Cut(value, "=")
	return fact, option, ok && fact != "" && option != ""
}
