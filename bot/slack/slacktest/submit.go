package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
)

// Submit fills in a modal and submits it. The values are by block_id: a text,
// an option's value, several of them in a []string, or Files. It ends the test
// where Slack itself would not send them: a required input that is empty, or a
// text that is too long.
func (s *Server) Submit(v View, values map[string]any) *Delivery {
	s.t.Helper()
	state, wrong := fill(s, v, values)
	if wrong != "" {
		s.t.Fatalf("slacktest: Slack does not submit %s: %s", v.ID, wrong)
	}
	if !slices.ContainsFunc(s.Views(v.User), func(o View) bool { return o.ID == v.ID }) {
		s.t.Fatalf("slacktest: view %s is closed", v.ID)
	}
	return s.interact(v.User, func(u *User) *Delivery {
		shown := v.json()
		shown["state"] = reply{"values": state}
		d := s.newInteraction(u, reply{"type": "view_submission", "trigger_id": s.newTrigger(u.ID, u.Team, v.ID),
			"view": shown, "hash": v.Hash, "response_urls": []any{}})
		d.answered = func(a *Attempt) { s.submitted(d, v, a) }
		return d
	})
}

// placeOf is where a view stands in the stack, or -1. The lock is held.
func (s *Server) placeOf(v View) int {
	return slices.IndexFunc(s.stacks[v.User], func(o *View) bool { return o.ID == v.ID })
}

// fill makes the state of a view, or says what Slack would not send.
func fill(s *Server, v View, values map[string]any) (state reply, wrong string) {
	state = reply{}
	known := map[string]bool{}
	for _, b := range v.Blocks {
		if str(b["type"]) != "input" {
			continue
		}
		id := str(b["block_id"])
		known[id] = true
		e, _ := b["element"].(map[string]any)
		optional, _ := b["optional"].(bool)
		field, empty, wrong := fillOne(s, v.User, e, values[id])
		if wrong != "" {
			return nil, id + ": " + wrong
		}
		if empty && !optional {
			return nil, id + " is required"
		}
		state[id] = reply{or(str(e["action_id"]), "a"): field}
	}
	for id := range values {
		if !known[id] {
			return nil, "there is no input " + id
		}
	}
	return state, ""
}

func fillOne(s *Server, user string, e map[string]any, value any) (field reply, empty bool, wrong string) {
	kind := str(e["type"])
	field = reply{"type": kind}
	switch kind {
	case "static_select", "radio_buttons", "checkboxes", "multi_static_select":
		return fillChoice(field, e, value)
	case "file_input":
		files, _ := value.([]File)
		var out []reply
		s.mu.Lock()
		defer s.mu.Unlock()
		for i := range files {
			s.keep(&files[i], s.user(user), s.channel(DM(user)))
			out = append(out, s.fileJSON(&files[i]))
		}
		field["files"] = out
		return field, len(out) == 0, ""
	}
	text, ok := value.(string)
	if !ok {
		text = str(e["initial_value"])
	}
	key := "value"
	switch kind {
	case "datepicker":
		key = "selected_date"
	case "users_select":
		key = "selected_user"
	case "conversations_select":
		key = "selected_conversation"
	case "channels_select":
		key = "selected_channel"
	}
	field[key] = text
	if text == "" {
		field[key] = nil
	}
	least, _ := e["min_length"].(float64)
	most, has := e["max_length"].(float64)
	if kind == "plain_text_input" && !has {
		most, has = 3000, true
	}
	switch n := length(text); {
	case has && float64(n) > most:
		return nil, false, "too long"
	case n > 0 && float64(n) < least:
		return nil, false, "too short"
	}
	return field, strings.TrimSpace(text) == "", ""
}

func fillChoice(field reply, e map[string]any, value any) (reply, bool, string) {
	var want []string
	switch v := value.(type) {
	case string:
		want = []string{v}
	case []string:
		want = v
	case nil:
		if o, ok := e["initial_option"].(map[string]any); ok {
			want = []string{str(o["value"])}
		}
	}
	chosen := []any{}
	for _, w := range want {
		i := slices.IndexFunc(optionsOf(e), func(o map[string]any) bool { return str(o["value"]) == w })
		if i < 0 {
			return nil, false, "there is no option " + w
		}
		chosen = append(chosen, optionsOf(e)[i])
	}
	if k := str(e["type"]); k == "checkboxes" || k == "multi_static_select" {
		field["selected_options"] = chosen
	} else if field["selected_option"] = nil; len(chosen) > 0 {
		field["selected_option"] = chosen[0]
	}
	return field, len(chosen) == 0, ""
}

// submitted does what the app answers to a submission.
func (s *Server) submitted(d *Delivery, v View, a *Attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	var in struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	stack, i := s.stacks[v.User], s.placeOf(v)
	body := strings.TrimSpace(string(a.Body))
	if !a.ok() || body != "" && json.Unmarshal([]byte(body), &in) != nil {
		d.trouble = trouble
		return
	}
	if i < 0 {
		return
	}
	switch in.Action {
	case "":
		s.stacks[v.User] = slices.Clone(stack[:i])
	case "clear":
		s.stacks[v.User] = nil
	case "errors":
		d.trouble = stack[i].setErrors(in.Errors)
	case "update", "push":
		next, err := readView(string(in.View), "modal")
		switch {
		case err != nil, in.Action == "push" && len(stack) >= maxStack:
			d.trouble = trouble
		case in.Action == "update":
			s.replaceView(stack, i, next)
		default:
			s.show(v.User, v.Team, next)
		}
	default:
		d.trouble = trouble
	}
}

// setErrors shows errors under inputs. With one that names another block
// Slack shows none of them.
func (v *View) setErrors(errors map[string]string) string {
	for id := range errors {
		if !slices.ContainsFunc(v.Blocks, func(b Block) bool { return str(b["block_id"]) == id && str(b["type"]) == "input" }) {
			return trouble
		}
	}
	if len(errors) == 0 {
		return trouble
	}
	v.Errors = errors
	return ""
}

// Dismiss closes a modal, and with clear_on_close those below too. The app is
// told if it asked for it; otherwise there is no delivery.
func (s *Server) Dismiss(v View) *Delivery {
	s.t.Helper()
	return s.interact(v.User, func(u *User) *Delivery {
		i := s.placeOf(v)
		if i < 0 {
			return nil
		}
		if v.ClearOnClose {
			i = 0
		}
		s.stacks[v.User] = slices.Clone(s.stacks[v.User][:i])
		s.touch()
		if !v.NotifyOnClose {
			return nil
		}
		return s.newInteraction(u, reply{"type": "view_closed", "view": v.json(), "is_cleared": v.ClearOnClose})
	})
}
