package discordtest

import "slices"

// A Button is what can be pressed, or picked from.
type Button struct {
	CustomID, Text, URL string
	Style               int
	Disabled            bool
	Options             []string // of a select

	raw obj
}

// Buttons are what can be pressed or picked in a message, in order.
func (m Message) Buttons() []Button { return buttonsIn(m.Components) }

func buttonsIn(components []obj) []Button {
	var out []Button
	eachComponent(components, func(c obj) {
		b := Button{CustomID: str(c["custom_id"]), Text: str(c["label"]), URL: str(c["url"]), Style: num(c["style"]),
			Disabled: truth(c["disabled"]), raw: c}
		switch kind := num(c["type"]); {
		case kind == button:
			b.Text = or(b.Text, str(object(c["emoji"])["name"]))
		case isSelect(kind):
			b.Text = or(str(c["placeholder"]), "Make a selection")
			b.Options = []string{}
			for _, o := range objects(c["options"]) {
				b.Options = append(b.Options, str(o["value"]))
			}
		default:
			return
		}
		out = append(out, b)
	})
	return out
}

// Press presses a button of a message that the person sees.
func (s *Server) Press(user string, m Message, customID string) *Delivery {
	s.t.Helper()
	return s.send(s.press(user, m, customID, nil))
}

// PressLabel presses the button that says text.
func (s *Server) PressLabel(user string, m Message, text string) *Delivery {
	s.t.Helper()
	now := s.Message(m.Channel, m.ID)
	for _, b := range now.Buttons() {
		if b.Text == text && b.CustomID != "" {
			return s.Press(user, m, b.CustomID)
		}
	}
	s.fatalf("message %s has no button %q", m.ID, text)
	return nil
}

// Select picks values in a select of a message that the person sees.
func (s *Server) Select(user string, m Message, customID string, values ...string) *Delivery {
	s.t.Helper()
	if values == nil {
		values = []string{}
	}
	return s.send(s.press(user, m, customID, values))
}

func (s *Server) press(user string, m Message, customID string, values []string) *interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	at, u, c := s.sight(user, m), s.user(user), s.channel(m.Channel)
	all := at.Buttons()
	n := slices.IndexFunc(all, func(b Button) bool { return b.CustomID == customID && b.CustomID != "" })
	if n < 0 || all[n].Disabled || (all[n].Options == nil) != (values == nil) {
		s.fatalf("message %s has no %q to press or pick", m.ID, customID)
	}
	b := all[n]
	data := obj{"custom_id": customID, "component_type": num(b.raw["type"]), "id": num(b.raw["id"])}
	if values != nil {
		s.picked(c, b, values, data)
	}
	installs := []any{}
	if at.interaction != nil && at.interaction.asUser {
		installs = append(installs, 1)
	}
	return s.newInteraction(u, c, componentKind, data, at, installs)
}

// picked adds the values of a select to what is sent.
func (s *Server) picked(c *Channel, b Button, values []string, data obj) {
	low, high := 1, 1
	if v := b.raw["min_values"]; v != nil {
		low = num(v)
	}
	if v := num(b.raw["max_values"]); v > 0 {
		high = v
	}
	if len(values) < low || len(values) > high {
		s.fatalf("select %s takes %d to %d values", b.CustomID, low, high)
	}
	data["values"] = values
	resolved := obj{}
	for _, v := range values {
		if num(b.raw["type"]) == stringSelect {
			if !slices.Contains(b.Options, v) {
				s.fatalf("select %s has no %q", b.CustomID, v)
			}
		} else if !s.resolve(c, v, resolved) {
			s.fatalf("select %s: there is no %s", b.CustomID, v)
		}
	}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
}
