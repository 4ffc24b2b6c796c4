package discordtest

import "slices"

// A Modal is one that is open on a person's screen.
type Modal struct {
	User, Channel   string
	CustomID, Title string
	Components      []obj

	message *Message // whose component opened it
}

// An Input is one field of a modal.
type Input struct {
	CustomID, Label, Description, Placeholder, Value string
	Required                                         bool
	MinLength, MaxLength                             int
	Options                                          []string

	raw  obj
	kind int
}

// Modal is what is open on a person's screen, nil for nothing.
func (s *Server) Modal(user string) *Modal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.modals[user]
}

// AwaitModal waits until a modal is open, and gives it.
func (s *Server) AwaitModal(user string) *Modal {
	s.t.Helper()
	s.Until("a modal", func() bool { return s.Modal(user) != nil })
	return s.Modal(user)
}

// Close closes a modal without sending it. The app is not told.
func (s *Server) Close(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.modals, user)
}

// Inputs are the fields, in order.
func (m *Modal) Inputs() []Input {
	var out []Input
	for _, c := range m.Components {
		for _, e := range children(c) {
			in := Input{CustomID: str(e["custom_id"]), Label: or(str(e["label"]), str(c["label"])), Description: str(c["description"]),
				Placeholder: str(e["placeholder"]), Value: str(e["value"]), Required: e["required"] != false,
				MinLength: num(e["min_length"]), MaxLength: num(e["max_length"]), raw: e, kind: num(e["type"])}
			if in.MaxLength == 0 {
				in.MaxLength = 4000
			}
			for _, o := range objects(e["options"]) {
				in.Options = append(in.Options, str(o["value"]))
			}
			out = append(out, in)
		}
	}
	return out
}

// Submit fills in the modal that is open, and sends it: a string for a text
// input, or a list of strings for selects and checkboxes, a string for radio
// buttons, a bool for one checkbox, Files for an upload. What is not named stays
// as it is.
func (s *Server) Submit(user string, values Values) *Delivery {
	s.t.Helper()
	return s.send(s.submit(user, values))
}

func (s *Server) submit(user string, values Values) *interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.modals[user]
	if m == nil {
		s.fatalf("%s has no modal open", user)
	}
	u, c := s.user(user), s.channel(m.Channel)
	known := m.Inputs()
	for name := range values {
		if !slices.ContainsFunc(known, func(in Input) bool { return in.CustomID == name }) {
			s.fatalf("the modal has no input %s", name)
		}
	}
	resolved, rows := obj{}, []obj{}
	for n, comp := range m.Components {
		if num(comp["type"]) == textDisplay {
			rows = append(rows, obj{"type": textDisplay, "id": n + 1})
			continue
		}
		in := inputOf(comp, known)
		filled := s.filled(c, in, values[in.CustomID], resolved)
		filled["type"], filled["custom_id"], filled["id"] = in.kind, in.CustomID, 100+n
		if num(comp["type"]) == label {
			rows = append(rows, obj{"type": label, "id": n + 1, "component": filled})
		} else {
			rows = append(rows, obj{"type": actionRow, "id": n + 1, "components": []obj{filled}})
		}
	}
	delete(s.modals, user)
	data := obj{"custom_id": m.CustomID, "components": rows}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
	i := s.newInteraction(u, c, modalKind, data, m.message, nil)
	i.modal = m
	return i
}

func inputOf(comp obj, all []Input) Input {
	id := ""
	for _, e := range children(comp) {
		id = str(e["custom_id"])
	}
	i := slices.IndexFunc(all, func(in Input) bool { return in.CustomID == id })
	if i < 0 {
		return Input{}
	}
	return all[i]
}

// filled is the answer of one input, checked as the client does.
func (s *Server) filled(c *Channel, in Input, v any, resolved obj) obj {
	switch {
	case in.kind == textInput:
		text := in.Value
		if t, ok := v.(string); ok {
			text = t
		}
		if n := size(text); n > in.MaxLength || n < in.MinLength && (n > 0 || in.Required) || n == 0 && in.Required {
			s.fatalf("the input %s takes %d to %d characters, not %d", in.CustomID, in.MinLength, in.MaxLength, n)
		}
		return obj{"value": text}
	case in.kind == fileUpload:
		files, _ := v.([]File)
		ids := []string{}
		for _, f := range files {
			f.Ephemeral = true
			f = s.keep(f, c.ID)
			put(resolved, "attachments", f.ID, f.json())
			ids = append(ids, f.ID)
		}
		return obj{"values": ids}
	case in.kind == checkbox:
		return obj{"value": v == true}
	case in.kind == radioGroup:
		if t, ok := v.(string); ok {
			return obj{"value": t}
		}
		return obj{"value": nil}
	}
	values, _ := v.([]string)
	for _, one := range values {
		if in.Options != nil && !slices.Contains(in.Options, one) {
			s.fatalf("the input %s has no %q", in.CustomID, one)
		}
		if in.Options == nil && !s.resolve(c, one, resolved) {
			s.fatalf("the input %s: there is no %s", in.CustomID, one)
		}
	}
	if values == nil {
		values = []string{}
	}
	return obj{"values": values}
}
