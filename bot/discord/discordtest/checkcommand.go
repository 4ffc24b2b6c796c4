package discordtest

import (
	"regexp"
	"strings"
)

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// Kinds of commands and of their options.
const (
	chatCommand    = 1
	userCommand    = 2
	messageCommand = 3

	subCommand   = 1
	subGroup     = 2
	stringOption = 3
	intOption    = 4
	boolOption   = 5
	userOption   = 6
	chanOption   = 7
	roleOption   = 8
	anyOption    = 9
	numberOption = 10
	fileOption   = 11
)

const commandFields = "id application_id guild_id version type name name_localizations description description_localizations options default_member_permissions default_permission dm_permission contexts integration_types nsfw handler"

// command checks the definition of a command.
func (f *form) command(path string, o obj) {
	f.known(path, o, commandFields)
	kind := commandKind(o)
	name := str(o["name"])
	if kind == chatCommand {
		f.slashName(path+".name", name)
		f.length(path+".description", str(o["description"]), 1, 100)
		if commandText(o) > 8000 {
			f.add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
		}
	} else {
		f.length(path+".name", name, 1, 32)
		if str(o["description"]) != "" || len(list(o["options"])) > 0 {
			f.add(path, "APPLICATION_COMMAND_CONTEXT_MENU_FIELDS", "Context menu commands have no description and no options.")
		}
	}
	for i, v := range list(o["contexts"]) {
		if n := num(v); n < 0 || n > 2 {
			f.choices(at(path+".contexts", i))
		}
	}
	for i, v := range list(o["integration_types"]) {
		if n := num(v); n < 0 || n > 1 {
			f.choices(at(path+".integration_types", i))
		}
	}
	f.commandOptions(path+".options", objects(o["options"]), 0)
}

func commandKind(o obj) int {
	if o["type"] == nil {
		return chatCommand
	}
	return num(o["type"])
}

func (f *form) slashName(path, name string) {
	f.length(path, name, 1, 32)
	if name != "" && (!commandName.MatchString(name) || strings.ToLower(name) != name) {
		f.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

func (f *form) commandOptions(path string, all []obj, depth int) {
	f.count(path, len(all), 0, 25)
	names, optional := map[string]bool{}, false
	for i, o := range all {
		p := at(path, i)
		kind := num(o["type"])
		f.known(p, o, "type name name_localizations description description_localizations required choices options channel_types min_value max_value min_length max_length autocomplete")
		f.slashName(p+".name", str(o["name"]))
		f.length(p+".description", str(o["description"]), 1, 100)
		if kind < 1 || kind > 11 || kind <= subGroup && depth >= 3-kind {
			f.choices(p + ".type")
		}
		if names[str(o["name"])] {
			f.add(p+".name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
		}
		names[str(o["name"])] = true
		if truth(o["required"]) && optional {
			f.add(p+".required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !truth(o["required"])
		f.optionChoices(p, o)
		if kind <= subGroup {
			f.commandOptions(p+".options", objects(o["options"]), depth+1)
		} else if len(list(o["options"])) > 0 {
			f.add(p+".options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "An option of this type has no options.")
		}
	}
}

func (f *form) optionChoices(path string, o obj) {
	choices := objects(o["choices"])
	if truth(o["autocomplete"]) && len(choices) > 0 {
		f.add(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", "Autocomplete and choices are mutually exclusive")
	}
	f.choiceList(path+".choices", choices)
	if v := o["max_length"]; v != nil && (num(v) < 1 || num(v) > 6000) {
		f.choices(path + ".max_length")
	}
}

// choiceList checks choices: of an option, or of an autocompletion.
func (f *form) choiceList(path string, all []obj) {
	f.count(path, len(all), 0, 25)
	for i, c := range all {
		p := at(path, i)
		f.known(p, c, "name name_localizations value")
		f.length(p+".name", str(c["name"]), 1, 100)
		switch v := c["value"].(type) {
		case string:
			f.length(p+".value", v, 1, 100)
		case float64:
		default:
			f.required(p + ".value")
		}
	}
}

// commandText is the text of a command that counts against the whole: names,
// descriptions and values.
func commandText(o obj) int {
	n := size(str(o["name"])) + size(str(o["description"])) + size(str(o["value"]))
	for _, k := range []string{"options", "choices"} {
		for _, e := range objects(o[k]) {
			n += commandText(e)
		}
	}
	return n
}
