package discordtest

import "fmt"

// modal checks what a modal is opened with.
func (f *form) modal(o obj) {
	f.length("data.title", str(o["title"]), 1, 45)
	f.length("data.custom_id", str(o["custom_id"]), 1, 100)
	all := objects(o["components"])
	f.count("data.components", len(all), 1, 5)
	for i, c := range all {
		p := at("data.components", i)
		switch num(c["type"]) {
		case actionRow:
			f.known(p, c, "type id components")
			in := objects(c["components"])
			f.count(p+".components", len(in), 1, 1)
			for j, e := range in {
				f.textInput(fmt.Sprintf("%s.components.%d", p, j), e, true)
			}
		case label:
			f.labelled(p, c)
		case textDisplay:
			f.length(p+".content", str(c["content"]), 1, maxLayoutText)
		default:
			f.choices(p + ".type")
		}
	}
	f.unique("data.components", all)
}

// labelled checks a label and what stands under it.
func (f *form) labelled(path string, c obj) {
	f.known(path, c, "type id label description component")
	f.length(path+".label", str(c["label"]), 1, 45)
	f.length(path+".description", str(c["description"]), 0, 100)
	e := object(c["component"])
	p := path + ".component"
	switch kind := num(e["type"]); {
	case kind == textInput:
		f.textInput(p, e, false)
	case isSelect(kind):
		f.selectMenu(p, e)
	case kind == fileUpload:
		f.known(p, e, "type id custom_id min_values max_values required file_types")
		f.length(p+".custom_id", str(e["custom_id"]), 1, 100)
		if v := e["max_values"]; v != nil && (num(v) < 1 || num(v) > 10) {
			f.choices(p + ".max_values")
		}
	case kind == radioGroup:
		f.length(p+".custom_id", str(e["custom_id"]), 1, 100)
		f.options(p+".options", objects(e["options"]), 2, 10)
	case kind == checkboxGroup:
		f.length(p+".custom_id", str(e["custom_id"]), 1, 100)
		f.options(p+".options", objects(e["options"]), 1, 10)
	case kind == checkbox:
		f.length(p+".custom_id", str(e["custom_id"]), 1, 100)
	default:
		f.choices(p + ".type")
	}
}

// textInput checks a text input: its label stands in it only in a row.
func (f *form) textInput(path string, c obj, inRow bool) {
	f.known(path, c, "type id custom_id style label min_length max_length required value placeholder")
	if num(c["type"]) != textInput {
		f.choices(path + ".type")
		return
	}
	f.length(path+".custom_id", str(c["custom_id"]), 1, 100)
	if style := num(c["style"]); style != 1 && style != 2 {
		f.choices(path + ".style")
	}
	if inRow {
		f.length(path+".label", str(c["label"]), 1, 45)
	} else if str(c["label"]) != "" {
		f.add(path+".label", "BASE_TYPE_FORBIDDEN", "The label stands in the Label component.")
	}
	f.length(path+".placeholder", str(c["placeholder"]), 0, 100)
	f.length(path+".value", str(c["value"]), 0, 4000)
	if v := c["min_length"]; v != nil && (num(v) < 0 || num(v) > 4000) {
		f.choices(path + ".min_length")
	}
	if v := c["max_length"]; v != nil && (num(v) < 1 || num(v) > 4000) {
		f.choices(path + ".max_length")
	}
}
