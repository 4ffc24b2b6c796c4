package slacktest

// A Button is one that can be pressed.
type Button struct {
	ActionID, BlockID string
	Text, Value       string
	URL, Style        string
	Label             string // for a screen reader
	Options           []string

	raw  map[string]any
	kind string
}

// Buttons are what can be pressed or picked in blocks, in order. The two
// halves of feedback buttons stand as two.
func Buttons(blocks []Block) []Button {
	var out []Button
	for _, b := range blocks {
		elements := list(b["elements"])
		if a := b["accessory"]; a != nil {
			elements = []any{a}
		}
		if str(b["type"]) == "card" {
			elements = list(b["actions"])
		}
		if t := str(b["type"]); t == "context" || t == "rich_text" {
			continue
		}
		for _, e := range elements {
			if m, ok := e.(map[string]any); ok {
				out = append(out, buttonsOf(str(b["block_id"]), m)...)
			}
		}
	}
	return out
}

func buttonsOf(block string, e map[string]any) []Button {
	kind := str(e["type"])
	one := Button{ActionID: str(e["action_id"]), BlockID: block, Text: textOf(e["text"]), Value: str(e["value"]), URL: str(e["url"]),
		Style: str(e["style"]), Label: str(e["accessibility_label"]), raw: e, kind: kind}
	switch kind {
	case "button", "icon_button":
		return []Button{one}
	case "feedback_buttons":
		var out []Button
		for _, side := range []string{"positive_button", "negative_button"} {
			half, _ := e[side].(map[string]any)
			b := one
			b.Text, b.Value, b.Label = textOf(half["text"]), str(half["value"]), str(half["accessibility_label"])
			out = append(out, b)
		}
		return out
	case "static_select", "overflow", "radio_buttons", "checkboxes":
		one.Text = textOf(e["placeholder"])
		for _, o := range optionsOf(e) {
			one.Options = append(one.Options, str(o["value"]))
		}
		return []Button{one}
	}
	return nil
}

// optionsOf are the options of an element, in groups or not.
func optionsOf(e map[string]any) []map[string]any {
	var out []map[string]any
	all := list(e["options"])
	for _, g := range list(e["option_groups"]) {
		m, _ := g.(map[string]any)
		all = append(all, list(m["options"])...)
	}
	for _, o := range all {
		if m, ok := o.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// textOf is the text of a text object.
func textOf(v any) string {
	m, _ := v.(map[string]any)
	return str(m["text"])
}

// pressed is the action of a press, or nil if there is nothing to press.
func pressed(blocks []Block, actionID string, value []string) reply {
	for _, b := range Buttons(blocks) {
		if b.ActionID != actionID {
			continue
		}
		out := reply{"type": b.kind, "action_id": b.ActionID, "block_id": b.BlockID}
		if b.Options != nil {
			for _, o := range optionsOf(b.raw) {
				if len(value) == 1 && str(o["value"]) == value[0] {
					out["selected_option"] = o
					if b.kind == "checkboxes" {
						out["selected_options"] = []any{o}
						delete(out, "selected_option")
					}
					return out
				}
			}
			continue
		}
		if len(value) == 1 && b.Value != value[0] {
			continue
		}
		out["value"], out["text"] = b.Value, reply{"type": "plain_text", "text": b.Text}
		return out
	}
	return nil
}
