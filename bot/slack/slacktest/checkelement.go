package slacktest

import (
	"fmt"
	"slices"
)

var (
	selects = []string{"static_select", "multi_static_select", "external_select", "users_select", "multi_users_select",
		"conversations_select", "channels_select"}
	choices = []string{"checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"}
	written = []string{"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}

	actionElements  = slices.Concat(selects, choices, []string{"button", "overflow", "workflow_button"})
	sectionElements = slices.Concat(actionElements, []string{"image"})
	inputElements   = slices.Concat(selects, choices, written)
	contextActions  = []string{"feedback_buttons", "icon_button"}
)

// maxOptions is how many options each element takes.
var maxOptions = map[string]int{"static_select": 100, "multi_static_select": 100, "overflow": 5, "checkboxes": 10, "radio_buttons": 10}

func (c *checker) elements(p string, b Block, most int, kinds []string) {
	c.count(p+"/elements", b["elements"], 1, most)
	seen := map[string]bool{}
	for i, e := range list(b["elements"]) {
		at := fmt.Sprintf("%s/elements/%d", p, i)
		m, ok := e.(map[string]any)
		if !ok {
			c.bad(at, "must be an object")
			continue
		}
		c.element(at, m, kinds)
		if id := str(m["action_id"]); id != "" {
			if seen[id] {
				c.bad(at+"/action_id", "action_id already exists in the block")
			}
			seen[id] = true
		}
	}
}

func (c *checker) element(p string, e map[string]any, kinds []string) {
	kind := str(e["type"])
	if !slices.Contains(kinds, kind) {
		c.bad(p+"/type", "unsupported type: %s", kind)
		return
	}
	c.short(p+"/action_id", e["action_id"], 255)
	if ph := e["placeholder"]; ph != nil {
		c.textAt(p+"/placeholder", ph, "plain_text", 150)
	}
	c.confirm(p+"/confirm", e["confirm"])
	switch kind {
	case "button":
		c.textAt(p+"/text", e["text"], "plain_text", 75)
		c.short(p+"/value", e["value"], 2000)
		c.short(p+"/url", e["url"], 3000)
		c.short(p+"/accessibility_label", e["accessibility_label"], 75)
		if style := str(e["style"]); style != "" && style != "primary" && style != "danger" {
			c.bad(p+"/style", "must be primary or danger")
		}
	case "icon_button":
		c.textAt(p+"/text", e["text"], "plain_text", 75)
		c.short(p+"/value", e["value"], 2000)
	case "feedback_buttons":
		c.feedback(p, e)
	case "image":
		c.image(p, e)
	case "plain_text_input":
		c.plainInput(p, e)
	case "file_input":
		if n, ok := e["max_files"].(float64); ok && (n < 1 || n > 10) {
			c.bad(p+"/max_files", "must be between 1 and 10")
		}
	}
	if most := maxOptions[kind]; most > 0 {
		c.options(p, e, most)
	}
}

func (c *checker) feedback(p string, e map[string]any) {
	for _, side := range []string{"positive_button", "negative_button"} {
		b, ok := e[side].(map[string]any)
		if !ok {
			c.bad(p+"/"+side, "missing required field: %s", side)
			continue
		}
		c.textAt(p+"/"+side+"/text", b["text"], "plain_text", 75)
		c.short(p+"/"+side+"/value", b["value"], 2000)
		c.short(p+"/"+side+"/accessibility_label", b["accessibility_label"], 75)
	}
}

func (c *checker) plainInput(p string, e map[string]any) {
	least, _ := e["min_length"].(float64)
	most, hasMost := e["max_length"].(float64)
	if least > 3000 || most > 3000 {
		c.bad(p, "min_length and max_length must not be over 3000")
	}
	if hasMost && least > most {
		c.bad(p+"/min_length", "must not be over max_length")
	}
	if length(str(e["initial_value"])) > 3000 {
		c.bad(p+"/initial_value", "must be less than 3001 characters")
	}
}

func (c *checker) options(p string, e map[string]any, most int) {
	groups := list(e["option_groups"])
	if groups == nil {
		c.optionList(p+"/options", e["options"], most)
		return
	}
	c.count(p+"/option_groups", groups, 1, 100)
	for i, g := range groups {
		m, _ := g.(map[string]any)
		at := fmt.Sprintf("%s/option_groups/%d", p, i)
		c.textAt(at+"/label", m["label"], "plain_text", 75)
		c.optionList(at+"/options", m["options"], most)
	}
}

func (c *checker) optionList(p string, v any, most int) {
	c.count(p, v, 1, most)
	for i, o := range list(v) {
		m, _ := o.(map[string]any)
		at := fmt.Sprintf("%s/%d", p, i)
		c.textAt(at+"/text", m["text"], "", 75)
		// 75 in the older documentation, 150 in the newer: the lower one holds.
		c.short(at+"/value", m["value"], 75)
		if d := m["description"]; d != nil {
			c.textAt(at+"/description", d, "", 75)
		}
	}
}

func (c *checker) confirm(p string, v any) {
	m, ok := v.(map[string]any)
	if !ok {
		return
	}
	c.textAt(p+"/title", m["title"], "plain_text", 100)
	c.textAt(p+"/text", m["text"], "", 300)
	c.textAt(p+"/confirm", m["confirm"], "plain_text", 30)
	c.textAt(p+"/deny", m["deny"], "plain_text", 30)
}

// short checks a string that may be missing.
func (c *checker) short(p string, v any, most int) {
	if length(str(v)) > most {
		c.bad(p, "must be less than %d characters", most+1)
	}
}

// richParts are the elements of a rich text block, and of a section of it.
var (
	richParts   = []string{"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
	richInlines = []string{"text", "link", "user", "usergroup", "channel", "broadcast", "emoji", "date", "color", "team", "citation"}
)

func (c *checker) richText(p string, b Block) {
	for i, e := range list(b["elements"]) {
		c.richPart(fmt.Sprintf("%s/elements/%d", p, i), e, 0)
	}
}

func (c *checker) richPart(p string, v any, deep int) {
	m, _ := v.(map[string]any)
	kind := str(m["type"])
	if !slices.Contains(richParts, kind) || deep > 1 {
		c.bad(p+"/type", "unsupported type: %s", kind)
		return
	}
	for i, e := range list(m["elements"]) {
		at := fmt.Sprintf("%s/elements/%d", p, i)
		if kind == "rich_text_list" {
			c.richPart(at, e, deep+1)
			continue
		}
		in, _ := e.(map[string]any)
		switch k := str(in["type"]); {
		case !slices.Contains(richInlines, k):
			c.bad(at+"/type", "unsupported type: %s", k)
		case k == "text":
			c.longText(at+"/text", str(in["text"]), maxBlocksText)
		case (k == "link" || k == "citation") && str(in["url"]) == "":
			c.bad(at+"/url", "missing required field: url")
		default:
			c.text += length(str(in["text"]))
		}
	}
}
