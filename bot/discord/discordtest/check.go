package discordtest

import "fmt"

// Types of components.
const (
	actionRow     = 1
	button        = 2
	stringSelect  = 3
	textInput     = 4
	userSelect    = 5
	channelSelect = 8
	section       = 9
	textDisplay   = 10
	thumbnail     = 11
	gallery       = 12
	fileComponent = 13
	separator     = 14
	container     = 17
	label         = 18
	fileUpload    = 19
	radioGroup    = 21
	checkboxGroup = 22
	checkbox      = 23
)

const (
	maxLayout     = 40
	maxLayoutText = 4000
)

func isSelect(kind int) bool {
	return kind == stringSelect || kind >= userSelect && kind <= channelSelect
}

// children are the components inside one.
func children(c obj) []obj {
	out := objects(c["components"])
	for _, k := range []string{"accessory", "component"} {
		if o := object(c[k]); o != nil {
			out = append(out, o)
		}
	}
	return out
}

// eachComponent visits components and those inside them.
func eachComponent(all []obj, visit func(obj)) {
	for _, c := range all {
		visit(c)
		eachComponent(children(c), visit)
	}
}

// rows checks the components of a message that is no layout: rows only.
func (f *form) rows(path string, all []obj) {
	f.count(path, len(all), 0, 5)
	for i, c := range all {
		p := at(path, i)
		if num(c["type"]) != actionRow {
			f.add(p+".type", "BASE_TYPE_CHOICES", "Value must be one of {1}.")
			continue
		}
		f.row(p, c)
	}
	f.unique(path, all)
}

// unique checks that no custom_id stands twice.
func (f *form) unique(path string, all []obj) {
	seen := map[string]bool{}
	eachComponent(all, func(c obj) {
		id := str(c["custom_id"])
		if id != "" && seen[id] {
			f.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated: "+id)
		}
		seen[id] = true
	})
}

// row checks a row: one to five buttons, or one select.
func (f *form) row(path string, c obj) {
	f.known(path, c, "type id components")
	in := objects(c["components"])
	f.count(path+".components", len(in), 1, 5)
	for i, e := range in {
		p := fmt.Sprintf("%s.components.%d", path, i)
		switch kind := num(e["type"]); {
		case kind == button:
			f.button(p, e)
		case isSelect(kind):
			f.selectMenu(p, e)
			if len(in) > 1 {
				f.add(path+".components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
			}
		default:
			f.add(p+".type", "BASE_TYPE_CHOICES", "Value must be one of {2, 3, 5, 6, 7, 8}.")
		}
	}
}

func (f *form) button(path string, b obj) {
	f.known(path, b, "type id style label emoji custom_id url sku_id disabled")
	f.length(path+".label", str(b["label"]), 0, 80)
	style, url, id := num(b["style"]), str(b["url"]), str(b["custom_id"])
	if style < 1 || style > 5 {
		f.choices(path + ".style")
	}
	if str(b["label"]) == "" && object(b["emoji"]) == nil {
		f.add(path, "BUTTON_COMPONENT_LABEL_REQUIRED", "A button must have a label or an emoji.")
	}
	switch {
	case style == 5 && url == "":
		f.add(path, "BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
	case style == 5 && id != "" || style != 5 && url != "":
		f.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	case style == 5:
		f.address(path+".url", url)
		f.length(path+".url", url, 1, 512)
	default:
		f.length(path+".custom_id", id, 1, 100)
	}
}

func (f *form) selectMenu(path string, c obj) {
	f.known(path, c, "type id custom_id options placeholder min_values max_values disabled required channel_types default_values")
	f.length(path+".custom_id", str(c["custom_id"]), 1, 100)
	f.length(path+".placeholder", str(c["placeholder"]), 0, 150)
	if v := c["min_values"]; v != nil && (num(v) < 0 || num(v) > 25) {
		f.choices(path + ".min_values")
	}
	if v := c["max_values"]; v != nil && (num(v) < 1 || num(v) > 25) {
		f.choices(path + ".max_values")
	}
	if num(c["type"]) == stringSelect {
		f.options(path+".options", objects(c["options"]), 1, 25)
	}
}

// options checks the options of a select, or of a group in a modal.
func (f *form) options(path string, all []obj, low, high int) {
	f.count(path, len(all), low, high)
	seen := map[string]bool{}
	for i, o := range all {
		p := at(path, i)
		f.known(p, o, "label value description emoji default")
		f.length(p+".label", str(o["label"]), 1, 100)
		f.length(p+".value", str(o["value"]), 1, 100)
		f.length(p+".description", str(o["description"]), 0, 100)
		if seen[str(o["value"])] {
			f.add(p+".value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		seen[str(o["value"])] = true
	}
}
