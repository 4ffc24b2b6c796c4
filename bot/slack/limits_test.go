package slack

import (
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// inputWithin checks a field of a form.
func inputWithin(t *testing.T, at string, b *slack.InputBlock) {
	t.Helper()
	if b.BlockID == "" || layout.Units(b.Label.Text) > MaxInputLabel || b.Hint != nil && layout.Units(b.Hint.Text) > MaxInputLabel {
		t.Errorf("%s: field %q", at, b.BlockID)
	}
	options := func(all []*slack.OptionBlockObject, most int) {
		seen := map[string]bool{}
		for _, o := range all {
			if layout.Units(o.Text.Text) > MaxOption || layout.Units(o.Value) > MaxOption || o.Value == "" || o.Text.Text == "" || seen[o.Value] {
				t.Errorf("%s: field %q: option %q of %q", at, b.BlockID, o.Text.Text, o.Value)
			}
			seen[o.Value] = true
		}
		if len(all) == 0 || len(all) > most {
			t.Errorf("%s: field %q: %d options", at, b.BlockID, len(all))
		}
	}
	id := ""
	switch e := b.Element.(type) {
	case *slack.PlainTextInputBlockElement:
		id = e.ActionID
		if e.MaxLength > MaxInput || layout.Units(e.InitialValue) > MaxInput {
			t.Errorf("%s: field %q takes %d characters", at, b.BlockID, e.MaxLength)
		}
	case *slack.SelectBlockElement:
		id = e.ActionID
		options(e.Options, MaxOptions)
		if layout.Units(e.Placeholder.Text) > MaxPlaceholder {
			t.Errorf("%s: field %q: placeholder", at, b.BlockID)
		}
	case *slack.CheckboxGroupsBlockElement:
		id = e.ActionID
		options(e.Options, 10)
	case *slack.NumberInputBlockElement:
		id = e.ActionID
	case *slack.DatePickerBlockElement:
		id = e.ActionID
	case *slack.FileInputBlockElement:
		id = e.ActionID
		if e.MaxFiles > MaxFiles {
			t.Errorf("%s: field %q: %d files", at, b.BlockID, e.MaxFiles)
		}
	default:
		t.Errorf("%s: field %q is a %T", at, b.BlockID, e)
	}
	if id != b.BlockID {
		t.Errorf("%s: field %q has the action %q", at, b.BlockID, id)
	}
}
