package slack

import (
	"reflect"
	"slices"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// filled is the state of a modal as Slack sends it: field, then what is in it.
func filled(values map[string]slack.BlockAction) *slack.ViewState {
	state := &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}
	for name, a := range values {
		state.Values[name] = map[string]slack.BlockAction{name: a}
	}
	return state
}

func typed(s string) slack.BlockAction { return slack.BlockAction{Value: s} }

func chosen(s string) slack.BlockAction {
	return slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: s}}
}

func ticked(s ...string) slack.BlockAction {
	var a slack.BlockAction
	for _, v := range s {
		a.SelectedOptions = append(a.SelectedOptions, slack.OptionBlockObject{Value: v})
	}
	return a
}

func TestSubmitted(t *testing.T) {
	t.Parallel()
	ask := Read(filled(map[string]slack.BlockAction{FieldText: typed("may they?"), FieldState: chosen("WA"), FieldPlan: chosen(unsaid), FieldPlain: ticked("yes")}))
	if got, want := ask.Ask(), (bot.Request{Text: "may they?", State: "WA", Plain: true}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	rebut := Read(filled(map[string]slack.BlockAction{FieldText: typed("denied"), FieldMore: typed("and more"), FieldState: chosen(unsaid), FieldPlan: chosen("self-funded"), "writer": chosen("provider"),
		"in_network": chosen("no"), "market": chosen(unsaid), "visit": typed("3"), FieldReceived: {SelectedDate: "2026-07-01"}, FieldRestore: ticked("yes")}))
	want := bot.RebutRequest{Request: bot.Request{Text: "denied\nand more\nand a file", Plan: "self-funded", Facts: []string{"writer=provider", "in_network=no", "visit=3"}}, Received: "2026-07-01", Restore: true}
	if got := rebut.Rebut("and a file"); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	testify := Read(filled(map[string]slack.BlockAction{FieldState: chosen("OR"), FieldPosition: chosen("oppose"), FieldMinutes: typed("2.5"), FieldBill: typed("HB 2"), FieldAbout: typed("about"), FieldStory: typed("story"), FieldAudience: chosen("agency"), FieldSpeaker: typed("name"), FieldOn: {SelectedDate: "2026-08-01"}}))
	if got, want := testify.Testify(), (bot.TestifyRequest{State: "OR", Position: "oppose", Minutes: 2.5, Bill: "HB 2", About: "about", Story: "story", Audience: "agency", Speaker: "name", On: "2026-08-01"}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	note := Read(filled(map[string]slack.BlockAction{FieldText: typed("S: pain"), FieldPrevious: typed("before"), FieldSigned: ticked("yes"), FieldState: chosen("WA")}))
	if got, want := note.Rewrite(), (bot.RewriteRequest{Text: "S: pain", Previous: "before", State: "WA", Signed: true}); got.Text != want.Text || got.Previous != want.Previous || got.State != want.State || !got.Signed || got.Restore {
		t.Errorf("%+v, want %+v", got, want)
	}
	feedback := Read(filled(map[string]slack.BlockAction{FieldReasons: ticked("wrong", "unclear"), FieldWords: typed("it is")}))
	if got := feedback.Ticked(FieldReasons); len(got) != 2 || !slices.ContainsFunc(layout.Reasons(), func(r layout.Choice) bool { return r.Value == got[0] }) || feedback.Value(FieldWords) != "it is" {
		t.Errorf("%q", got)
	}
	if got := Read(nil).Ask(); !reflect.DeepEqual(got, bot.Request{}) {
		t.Errorf("%+v", got)
	}
}

// TestSubmittedErrors: what is wrong is said at a field that the form has.
func TestSubmittedErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		modal  string
		values map[string]slack.BlockAction
		field  string // "" where nothing is wrong
	}{
		{ModalAsk, nil, FieldText}, {ModalAsk, map[string]slack.BlockAction{FieldText: typed(" \n")}, FieldText}, {ModalAsk, map[string]slack.BlockAction{FieldText: typed("q")}, ""},
		{ModalRewrite, nil, FieldText}, {ModalCheck, nil, FieldText}, {ModalRebut, nil, FieldText},
		{ModalRebut, map[string]slack.BlockAction{FieldFile: {Files: []slack.File{{ID: "F1"}}}}, ""},
		{ModalCheck, map[string]slack.BlockAction{FieldFile: {Files: []slack.File{{ID: "F1"}, {ID: "F2"}}}}, FieldFile},
		{ModalTestify, map[string]slack.BlockAction{FieldState: chosen("WA"), FieldMinutes: typed("99")}, FieldMinutes},
		{ModalTestify, map[string]slack.BlockAction{FieldState: chosen("WA"), FieldMinutes: typed("NaN")}, FieldMinutes},
		{ModalTestify, map[string]slack.BlockAction{FieldMinutes: typed("2")}, FieldState},
		{ModalTestify, map[string]slack.BlockAction{FieldState: chosen("WA"), FieldMinutes: typed("2")}, ""},
	} {
		got := Read(filled(tt.values)).Errors(tt.modal)
		if len(got) > 1 || (tt.field == "") != (got == nil) || tt.field != "" && got[tt.field] == "" {
			t.Errorf("%s %v: %v, want one at %q", tt.modal, tt.values, got, tt.field)
		}
		v := view(t)
		v.Notes = true
		m, _ := v.Modal(tt.modal, "", "")
		has := false
		for _, b := range m.Blocks.BlockSet {
			has = has || b.ID() == tt.field
		}
		if tt.field != "" && !has {
			t.Errorf("%s has no field %q", tt.modal, tt.field)
		}
	}
}

func TestSaid(t *testing.T) {
	t.Parallel()
	for value, ok := range map[string]bool{"plan=self-funded": true, "plan=": false, "=x": false, "": false, "plan": false} {
		if _, _, got := Said(value); got != ok {
			t.Errorf("%q: %v", value, got)
		}
	}
	if Action("fact:3") != ActionFact || Action("share") != ActionShare || Ref("question:1/e7") != "e7" || Ref("x") != "" {
		t.Error("an action or reference is not read back")
	}
}
