package discord

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// sent is the data of a submitted form, as Discord's documentation has it:
// each field in a label, or in a row as older forms have it.
func sent(t *testing.T, customID string, fields map[string]any) []byte {
	t.Helper()
	var components []any
	for name, value := range fields {
		f := map[string]any{"custom_id": name, "id": 2, "type": 4, "value": value}
		if values, ok := value.([]string); ok {
			f = map[string]any{"custom_id": name, "id": 2, "type": 3, "values": values}
			if name == FieldFile {
				f["type"] = 19
			}
		}
		c := map[string]any{"type": 18, "id": 1, "component": f}
		if len(components)%2 == 1 && f["type"] == 4 {
			c = map[string]any{"type": 1, "id": 1, "components": []any{f}}
		}
		components = append(components, c)
	}
	components = append(components, map[string]any{"type": 10, "content": "words"}, map[string]any{"type": 18, "component": map[string]any{"type": 99, "custom_id": "new", "value": 3}})
	data, err := json.Marshal(map[string]any{"custom_id": customID, "components": components,
		"resolved": map[string]any{"attachments": map[string]any{"7": map[string]any{"id": "7", "filename": "draft.txt", "size": 9, "url": "https://cdn.discordapp.com/x"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func filledIn(t *testing.T, customID string, fields map[string]any) Submitted {
	t.Helper()
	s, err := Read(sent(t, customID, fields))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSubmitted(t *testing.T) {
	t.Parallel()
	ask := filledIn(t, "ask/", map[string]any{FieldText: "may they?\r\nor not", FieldState: "Washington", FieldPlan: []string{"self-funded"}, FieldPlain: []string{"yes"}, FieldSource: "RCW 48.43.045"})
	if got, want := ask.Ask(), (bot.Request{Text: "may they?\nor not (RCW 48.43.045)", State: "Washington", Plan: "self-funded", Plain: true}); !reflect.DeepEqual(got, want) || ask.Callback != ModalAsk {
		t.Errorf("%+v, want %+v", got, want)
	}
	rebut := filledIn(t, "rebut/=pself-funded;wprovider;nno;v3", map[string]any{FieldText: "denied", FieldState: "", "market": []string{}})
	want := bot.RebutRequest{Request: bot.Request{Text: "denied\nand a file", Plan: "self-funded", Facts: []string{"writer=provider", "in_network=no", "visit=3"}}}
	if got := rebut.Rebut("and a file"); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	testify := filledIn(t, "testify/=sWA;ooppose;t2.5;aagency;d2026-08-01;bHB 2", map[string]any{FieldAbout: "about", FieldStory: "story", FieldSpeaker: "name", FieldState: "OR"})
	if got, want := testify.Testify(), (bot.TestifyRequest{State: "OR", Position: "oppose", Minutes: 2.5, Bill: "HB 2", About: "about", Story: "story", Audience: "agency", Speaker: "name", On: "2026-08-01"}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := filledIn(t, "rewrite/", map[string]any{FieldText: "LBP"}).Rewrite(); !reflect.DeepEqual(got, bot.RewriteRequest{Text: "LBP"}) {
		t.Errorf("%+v", got)
	}
	feedback := filledIn(t, "feedback/m1", map[string]any{FieldReasons: []string{"wrong", "unclear"}, FieldWords: "it is"})
	if got := feedback.Ticked(FieldReasons); len(got) != 2 || !slices.ContainsFunc(layout.Reasons(), func(r layout.Choice) bool { return r.Value == got[0] }) || feedback.Value(FieldWords) != "it is" || feedback.Meta != "m1" {
		t.Errorf("%q", got)
	}
	if got := filledIn(t, "check/", map[string]any{FieldFile: []string{"7", "8"}}); len(got.Files) != 1 || got.Files[0].Filename != "draft.txt" || got.Errors(ModalCheck) != nil {
		t.Errorf("%+v", got)
	}
}

// TestForeignForms: what is no form is an error, or has no fields, and no word
// of it is in the error.
func TestForeignForms(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "canary", "[]", `{"custom_id":5}`, `{"components":"canary"}`} {
		if _, err := Read([]byte(in)); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: %v", in, err)
		}
	}
	for _, in := range []string{"{}", "null", `{"components":[null,{},{"type":18},{"type":18,"component":null},{"type":1,"components":[]}]}`, `{"custom_id":"ask/=;;z;s;=","components":[{"type":4}]}`} {
		if s, err := Read([]byte(in)); err != nil || s.Ask().Text != "" || s.Testify().Minutes != 2 {
			t.Errorf("%q: %+v, %v", in, s, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"custom_id":"ask/=sWA;t2","components":[{"type":18,"component":{"type":3,"custom_id":"plan","values":["va"]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Read(data)
		if err != nil {
			return
		}
		for _, form := range []string{ModalAsk, ModalRebut, ModalTestify, ModalCheck, ModalRewrite} {
			s.Errors(form)
		}
		meta := s.Pack()
		if back := unpack(meta); meta != "" && len(back) == 0 {
			t.Errorf("%q is not read back", meta)
		}
	})
}

// TestErrors: what is wrong is said, by the name that the form has for the
// field, with the way back to the form.
func TestErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		modal  string
		values map[string]any
		field  string // "" where nothing is wrong
	}{
		{ModalAsk, nil, FieldText}, {ModalAsk, map[string]any{FieldText: " \n"}, FieldText}, {ModalAsk, map[string]any{FieldText: "q"}, ""},
		{ModalRewrite, nil, FieldText}, {ModalRewrite, map[string]any{FieldText: "LBP"}, ""}, {ModalRewrite, map[string]any{FieldText: strings.Repeat("x", maxPhrase+1)}, FieldText},
		{ModalRewrite, map[string]any{FieldText: "S: pain\nO: none"}, FieldText}, {ModalCheck, nil, FieldText}, {ModalRebut, nil, FieldText},
		{ModalCheck, map[string]any{FieldFile: []string{"7"}}, ""}, {ModalCheck, map[string]any{FieldFile: []string{"7", "7"}}, FieldFile},
		{ModalTestify, map[string]any{FieldState: "WA", FieldMinutes: "99"}, FieldMinutes}, {ModalTestify, map[string]any{FieldState: "WA", FieldMinutes: "NaN"}, FieldMinutes},
		{ModalTestify, map[string]any{FieldMinutes: "2"}, FieldState}, {ModalTestify, map[string]any{FieldState: "WA"}, ""},
	} {
		got := filledIn(t, tt.modal+"/", tt.values).Errors(tt.modal)
		if len(got) > 1 || (tt.field == "") != (got == nil) || tt.field != "" && got[tt.field] == "" {
			t.Errorf("%s %v: %v, want one at %q", tt.modal, tt.values, got, tt.field)
		}
		if tt.field == "" {
			continue
		}
		told := view(t).Wrong(tt.modal, got)
		within(t, []Message{told})
		if !strings.Contains(shown([]Message{told}), got[tt.field]) || buttonsIn(told)[0].CustomID != "open//"+tt.modal {
			t.Errorf("%s: %+v", tt.modal, told)
		}
	}
}

// TestForms: every form keeps Discord's limits; the one for denials is there
// only where they may be given, and no text comes into the one for phrases.
func TestForms(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("A very long message, with words. ", 700)
	for _, name := range []string{ModalAsk, ModalRebut, ModalTestify, ModalCheck, ModalRewrite, ModalFeedback} {
		v := view(t)
		if _, ok := v.Modal(name, "", ""); ok == (name == ModalRebut) {
			t.Errorf("%s without agreements: %v", name, ok)
		}
		v.Desk = true
		m, ok := v.Modal(name, long, "ref")
		if !ok || m.CustomID != name+"/ref" {
			t.Errorf("%s: %+v", name, m)
		}
		modalWithin(t, m)
		if got := strings.Contains(asJSON(t, m), "very long message"); got != (name == ModalAsk || name == ModalCheck || name == ModalRebut) {
			t.Errorf("%s: a text came into the form: %v", name, got)
		}
		if m, _ := v.Modal(name, "", strings.Repeat("m", MaxID)); m.CustomID != name+"/" {
			t.Errorf("%q", m.CustomID)
		}
	}
	if m, ok := view(t).Modal("unknown", "", ""); ok {
		t.Errorf("%+v", m)
	}
}

func modalWithin(t *testing.T, m Modal) {
	t.Helper()
	if n := len(m.Components); n == 0 || n > MaxFields || layout.Units(m.Title) == 0 || layout.Units(m.Title) > MaxTitle || layout.Units(m.CustomID) > MaxID {
		t.Errorf("%+v", m)
	}
	ids := map[string]bool{}
	for _, l := range m.Components {
		f := l.Component
		if l.Type != labelComponent || layout.Units(l.Label) == 0 || layout.Units(l.Label) > MaxLabel || layout.Units(l.Description) > MaxHint || f.CustomID == "" || ids[f.CustomID] {
			t.Errorf("%s: %+v", m.CustomID, l)
		}
		ids[f.CustomID] = true
		switch f.Type {
		case discordgo.TextInputComponent:
			if f.Style == 0 || f.MaxLength == 0 || f.MaxLength > MaxInput || layout.Units(f.Value) > f.MaxLength {
				t.Errorf("%s: %+v", m.CustomID, f)
			}
		case discordgo.SelectMenuComponent:
			if len(f.Options) == 0 || len(f.Options) > MaxOptions || f.MaxValues > len(f.Options) || f.Required == (f.MinValues != nil) {
				t.Errorf("%s: %+v", m.CustomID, f)
			}
			for _, o := range f.Options {
				if layout.Units(o.Label) == 0 || layout.Units(o.Label) > MaxOption || o.Value == "" || layout.Units(o.Value) > MaxOption {
					t.Errorf("%s: %+v", m.CustomID, o)
				}
			}
		case uploadComponent:
			if f.MaxValues > MaxFiles {
				t.Errorf("%s: %+v", m.CustomID, f)
			}
		default:
			t.Errorf("%s: a field of type %d", m.CustomID, f.Type)
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
	if Action("fact:3/e7/plan=va") != ActionFact || Action("share") != ActionShare || Ref("fact:1/e7/plan=va") != "e7" || Ref("x") != "" || Ref("share/e7") != "e7" {
		t.Error("an action or reference is not read back")
	}
}
