package discordtest

import "fmt"

// layout checks the components of a message with the flag for components V2.
func (f *form) layout(path string, all []obj) {
	n, text := 0, 0
	eachComponent(all, func(c obj) {
		n++
		text += size(str(c["content"]))
	})
	if n > maxLayout {
		f.add(path, "COMPONENT_MAX_TOTAL", fmt.Sprintf("The total number of components cannot exceed %d.", maxLayout))
	}
	if text > maxLayoutText {
		f.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", fmt.Sprintf("The total text of all components cannot exceed %d characters.", maxLayoutText))
	}
	for i, c := range all {
		f.block(at(path, i), c, true)
	}
	f.unique(path, all)
}

// block checks one component of a layout.
func (f *form) block(path string, c obj, top bool) {
	switch num(c["type"]) {
	case actionRow:
		f.row(path, c)
	case textDisplay:
		f.known(path, c, "type id content")
		f.length(path+".content", str(c["content"]), 1, maxLayoutText)
	case section:
		f.section(path, c)
	case gallery:
		f.known(path, c, "type id items")
		f.count(path+".items", len(list(c["items"])), 1, 10)
		for i, item := range objects(c["items"]) {
			f.media(fmt.Sprintf("%s.items.%d", path, i), item, "media")
		}
	case fileComponent:
		f.known(path, c, "type id file spoiler")
		f.media(path, c, "file")
	case separator:
		f.known(path, c, "type id divider spacing")
		if v := c["spacing"]; v != nil && num(v) != 1 && num(v) != 2 {
			f.choices(path + ".spacing")
		}
	case container:
		f.known(path, c, "type id components accent_color spoiler")
		if !top {
			f.choices(path + ".type")
		}
		in := objects(c["components"])
		if len(in) == 0 {
			f.required(path + ".components")
		}
		for i, e := range in {
			f.block(fmt.Sprintf("%s.components.%d", path, i), e, false)
		}
	default:
		f.choices(path + ".type")
	}
}

func (f *form) section(path string, c obj) {
	f.known(path, c, "type id components accessory")
	in := objects(c["components"])
	f.count(path+".components", len(in), 1, 3)
	for i, e := range in {
		p := fmt.Sprintf("%s.components.%d", path, i)
		if num(e["type"]) != textDisplay {
			f.choices(p + ".type")
		}
		f.length(p+".content", str(e["content"]), 1, maxLayoutText)
	}
	switch a := object(c["accessory"]); num(a["type"]) {
	case button:
		f.button(path+".accessory", a)
	case thumbnail:
		f.media(path+".accessory", a, "media")
	default:
		f.required(path + ".accessory")
	}
}

// media checks a component that shows something at an address.
func (f *form) media(path string, c obj, key string) {
	url := str(object(c[key])["url"])
	if url == "" {
		f.required(path + "." + key + ".url")
	}
	f.address(path+"."+key+".url", url)
	f.length(path+".description", str(c["description"]), 0, 1024)
}
