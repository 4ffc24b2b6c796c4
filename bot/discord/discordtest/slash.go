package discordtest

import (
	"slices"
	"strings"
)

// Values are the options of a command, by name: strings, whole numbers,
// float64, booleans, ids of users, channels and roles, and Files.
type Values map[string]any

// Slash runs a slash command, "ask" or "case open" with its subcommand.
func (s *Server) Slash(user, channel, command string, values Values) *Delivery {
	s.t.Helper()
	return s.send(s.slash(user, channel, command, values, "", commandKindI))
}

// Autocomplete types the beginning of an option, and gives what is offered.
func (s *Server) Autocomplete(user, channel, command, option, typed string, others Values) ([]Choice, *Delivery) {
	s.t.Helper()
	values := Values{option: typed}
	for k, v := range others {
		values[k] = v
	}
	i := s.slash(user, channel, command, values, option, autocompleteKind)
	d := s.send(i)
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(i.choices), d
}

func (s *Server) slash(user, channel, command string, values Values, focused string, kind int) *interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	u, c := s.user(user), s.channel(channel)
	words := strings.Fields(command)
	o := s.findCommand(u, c, chatCommand, words[0])
	resolved := obj{}
	left := Values{}
	for k, v := range values {
		left[k] = v
	}
	options := s.optionValues(c, objects(o["options"]), words[1:], left, focused, resolved)
	for name := range left {
		s.fatalf("/%s has no option %s", command, name)
	}
	data := obj{"id": o["id"], "name": o["name"], "type": chatCommand}
	if len(options) > 0 {
		data["options"] = options
	}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
	if o["guild_id"] != nil {
		data["guild_id"] = o["guild_id"]
	}
	return s.newInteraction(u, c, kind, data, nil, list(o["integration_types"]))
}

// findCommand is a command that a person finds in a channel.
func (s *Server) findCommand(u *User, c *Channel, kind int, name string) obj {
	for _, o := range s.offered(u, c) {
		if commandKind(o) == kind && str(o["name"]) == name {
			return o
		}
	}
	s.fatalf("%s finds no command %q in %s", u.ID, name, c.ID)
	return nil
}

// optionValues are the options as they are sent. What was used is taken from
// left.
func (s *Server) optionValues(c *Channel, defined []obj, words []string, left Values, focused string, resolved obj) []obj {
	var out []obj
	for _, def := range defined {
		name, kind := str(def["name"]), num(def["type"])
		if kind <= subGroup {
			if len(words) > 0 && words[0] == name {
				return []obj{{"name": name, "type": kind,
					"options": orEmpty(s.optionValues(c, objects(def["options"]), words[1:], left, focused, resolved))}}
			}
			continue
		}
		v, there := left[name]
		delete(left, name)
		if !there {
			if truth(def["required"]) && focused == "" {
				s.fatalf("the option %s is required", name)
			}
			continue
		}
		one := obj{"name": name, "type": kind, "value": v}
		if name == focused {
			if !truth(def["autocomplete"]) {
				s.fatalf("the option %s does not autocomplete", name)
			}
			one["focused"] = true
		} else {
			one["value"] = s.optionValue(c, def, v, resolved)
		}
		out = append(out, one)
	}
	return out
}

// optionValue checks a value as the client does, and resolves it.
func (s *Server) optionValue(c *Channel, def obj, v any, resolved obj) any {
	name, kind := str(def["name"]), num(def["type"])
	good := true
	switch kind {
	case stringOption:
		text, ok := v.(string)
		high := 6000
		if n := num(def["max_length"]); n > 0 {
			high = n
		}
		good = ok && size(text) <= high && size(text) >= num(def["min_length"]) && text != ""
	case intOption:
		_, good = v.(int)
	case numberOption:
		_, good = v.(float64)
	case boolOption:
		_, good = v.(bool)
	case fileOption:
		f, ok := v.(File)
		if good = ok && len(f.Bytes) <= SizeLimit; good {
			f.Ephemeral = true
			f = s.keep(f, c.ID)
			put(resolved, "attachments", f.ID, f.json())
			return f.ID
		}
	default:
		good = s.resolve(c, str(v), resolved)
	}
	if choices := objects(def["choices"]); good && len(choices) > 0 {
		good = slices.ContainsFunc(choices, func(o obj) bool { return o["value"] == v || num(o["value"]) == num(v) && kind == intOption })
	}
	if !good {
		s.fatalf("the option %s does not take %v", name, v)
	}
	return v
}

// put adds to what is resolved.
func put(resolved obj, kind, id string, v any) {
	if resolved[kind] == nil {
		resolved[kind] = obj{}
	}
	resolved[kind].(obj)[id] = v
}

// resolve adds a user, a channel or a role to what is resolved.
func (s *Server) resolve(c *Channel, id string, resolved obj) bool {
	if s.users[id] != nil {
		put(resolved, "users", id, s.userJSON(id))
		if g := s.guilds[c.Guild]; g != nil && slices.Contains(g.Members, id) {
			m := s.memberJSON(id, g.ID, false)
			m["permissions"] = bits(s.permissions(id, c))
			put(resolved, "members", id, m)
		}
		return true
	}
	if at := s.channels[id]; at != nil {
		put(resolved, "channels", id, obj{"id": id, "name": at.Name, "type": at.Kind, "permissions": bits(s.permissions(Bot, at))})
		return true
	}
	if g := s.guilds[c.Guild]; g != nil {
		for i, r := range g.Roles {
			if r.ID == id {
				put(resolved, "roles", id, rolesJSON(g)[i])
				return true
			}
		}
	}
	return false
}

// MessageCommand runs a command on a message that the person sees. The app
// gets all of the message, also without the intent for content.
func (s *Server) MessageCommand(user string, m Message, command string) *Delivery {
	s.t.Helper()
	return s.send(s.onMessage(user, m, command))
}

func (s *Server) onMessage(user string, m Message, command string) *interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	at, u, c := s.sight(user, m), s.user(user), s.channel(m.Channel)
	o := s.findCommand(u, c, messageCommand, command)
	resolved := obj{}
	put(resolved, "messages", at.ID, s.json(at))
	return s.newInteraction(u, c, commandKindI, obj{"id": o["id"], "name": o["name"], "type": messageCommand, "target_id": at.ID,
		"resolved": resolved}, nil, list(o["integration_types"]))
}

// UserCommand runs a command on a person.
func (s *Server) UserCommand(user, channel, target, command string) *Delivery {
	s.t.Helper()
	return s.send(s.onUser(user, channel, target, command))
}

func (s *Server) onUser(user, channel, target, command string) *interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	u, c := s.user(user), s.channel(channel)
	o := s.findCommand(u, c, userCommand, command)
	resolved := obj{}
	s.resolve(c, target, resolved)
	return s.newInteraction(u, c, commandKindI, obj{"id": o["id"], "name": o["name"], "type": userCommand, "target_id": target,
		"resolved": resolved}, nil, list(o["integration_types"]))
}

// Command sends any data of a command, as a client does whose commands are
// outdated.
func (s *Server) Command(user, channel string, data map[string]any) *Delivery {
	s.t.Helper()
	s.mu.Lock()
	i := s.newInteraction(s.users[user], s.channels[channel], commandKindI, data, nil, []any{0})
	s.mu.Unlock()
	return s.send(i)
}
