package discordtest

import (
	"net/http"
	"slices"
)

// Types of callbacks.
const (
	pong          = 1
	sayMessage    = 4
	deferMessage  = 5
	deferUpdate   = 6
	updateMessage = 7
	giveChoices   = 8
	openModal     = 9
)

// mayAnswer are the callbacks that each kind of interaction takes.
var mayAnswer = map[int][]int{
	commandKindI:     {sayMessage, deferMessage, openModal},
	componentKind:    {sayMessage, deferMessage, deferUpdate, updateMessage, openModal},
	autocompleteKind: {giveChoices},
	modalKind:        {sayMessage, deferMessage, deferUpdate, updateMessage},
}

// callback is the endpoint for the first response.
func (s *Server) callback(q *request) (any, error) {
	i := s.interactions[q.path("token")]
	switch {
	case i == nil || i.ID != q.path("interaction") || i.state == failed || i.state == waiting && !s.Clock.Now().Before(i.until):
		return nil, fail(404, 10062)
	case i.state == answered:
		return nil, fail(400, 40060)
	}
	if err := s.answerWith(q, i); err != nil {
		return nil, err
	}
	if q.r.URL.Query().Get("with_response") != "true" {
		return nil, nil
	}
	q.status = http.StatusOK
	out := obj{"interaction": obj{"id": i.ID, "type": i.Kind}}
	if i.original != nil {
		out["resource"] = obj{"type": num(q.fields()["type"]), "message": s.json(i.original)}
	}
	return out, nil
}

// answerWith does what the body of a first response says. The lock is held.
func (s *Server) answerWith(q *request, i *interaction) error {
	o := q.fields()
	f := &form{}
	f.known("", o, "type data")
	if err := q.checked(f); err != nil {
		return err
	}
	kind, data := num(o["type"]), object(o["data"])
	if !slices.Contains(mayAnswer[i.Kind], kind) || i.message == nil && (kind == deferUpdate || kind == updateMessage) {
		return formError("type", "INTERACTION_RESPONSE_TYPE", "The interaction cannot be answered so.")
	}
	if err := s.respond(q, i, kind, data); err != nil {
		return err
	}
	i.state = answered
	s.touch()
	s.Clock.End(i.work)
	return nil
}

func (s *Server) respond(q *request, i *interaction, kind int, data obj) error {
	switch kind {
	case sayMessage:
		m, err := s.say(q, i, data, newCallback, "data")
		i.original = m
		return err
	case deferMessage:
		return s.postpone(q, i, data)
	case deferUpdate:
		i.original = i.message
	case updateMessage:
		if i.message.Deleted {
			return fail(404, 10008)
		}
		i.original = i.message
		return s.rewrite(q, data, editedHook.and(newCallback.known), i.message, "data")
	case giveChoices:
		return s.choose(q, i, data)
	case openModal:
		return s.openModal(q, i, data)
	}
	return nil
}

func (d draft) and(known string) draft {
	d.known += " " + known
	return d
}

// say posts a message of an interaction. The lock is held.
func (s *Server) say(q *request, i *interaction, data obj, d draft, path string) (*Message, error) {
	m := Message{Channel: i.Channel, User: Bot, Webhook: true, interaction: i}
	switch {
	case i.message != nil:
		m.Kind, m.Reply = ReplyMessage, i.message.ID
	case i.Kind == commandKindI:
		m.Kind = CommandMessage
	}
	if i.original != nil {
		m.Kind, m.Reply = ReplyMessage, i.original.ID
	}
	a, err := s.fill(q, data, d, &m, path)
	if err != nil {
		return nil, err
	}
	if m.Flags&Ephemeral != 0 {
		m.To = i.User
		for n := range m.Files {
			m.Files[n].Ephemeral = true
		}
	}
	a.replied = false
	s.ping(&m, a)
	posted := s.add(m)
	s.messageEvent("MESSAGE_CREATE", posted)
	return posted, nil
}

// postpone says that the app thinks. Only the flag for an ephemeral message
// may stand with it, and it holds for what comes later.
func (s *Server) postpone(q *request, i *interaction, data obj) error {
	flags := num(data["flags"])
	if flags&^Ephemeral != 0 {
		return formError("data.flags", "MESSAGE_FLAGS", "One of the flags cannot be set here.")
	}
	for _, k := range []string{"content", "embeds", "components"} {
		if v := data[k]; v != nil && v != "" && len(list(v)) == 0 == (str(v) == "") {
			q.Strange = append(q.Strange, "data."+k+" with a deferral")
		}
	}
	m := Message{Channel: i.Channel, User: Bot, Webhook: true, interaction: i, Flags: flags | Loading, Kind: CommandMessage}
	if flags != 0 {
		m.To = i.User
	}
	if i.message != nil {
		m.Kind, m.Reply = ReplyMessage, i.message.ID
	}
	i.original, i.deferred = s.add(m), true
	s.messageEvent("MESSAGE_CREATE", i.original)
	return nil
}

func (s *Server) choose(q *request, i *interaction, data obj) error {
	f := &form{}
	if _, ok := data["choices"].([]any); !ok {
		f.required("data.choices")
	}
	f.choiceList("data.choices", objects(data["choices"]))
	if err := q.checked(f); err != nil {
		return err
	}
	for _, c := range objects(data["choices"]) {
		i.choices = append(i.choices, Choice{Name: str(c["name"]), Value: c["value"]})
	}
	return nil
}

func (s *Server) openModal(q *request, i *interaction, data obj) error {
	f := &form{}
	f.modal(data)
	if err := q.checked(f); err != nil {
		return err
	}
	s.modals[i.User] = &Modal{User: i.User, Channel: i.Channel, CustomID: str(data["custom_id"]), Title: str(data["title"]),
		Components: objects(data["components"]), message: i.message}
	return nil
}
