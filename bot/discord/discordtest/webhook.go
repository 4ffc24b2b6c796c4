package discordtest

import "net/http"

// hook is the interaction of a token that may be used: it was answered, and is
// not fifteen minutes old.
func (s *Server) hook(q *request) (*interaction, error) {
	i := s.interactions[q.path("token")]
	switch {
	case i == nil || q.path("app") != AppID || i.state != answered || i.Kind == autocompleteKind:
		return nil, fail(404, 10015)
	case !s.Clock.Now().Before(i.until):
		return nil, fail(401, 50027)
	}
	return i, nil
}

// followup posts a further message. The first one after a deferral takes the
// place of the deferred message, which nobody should rely on.
func (s *Server) followup(q *request) (any, error) {
	i, err := s.hook(q)
	if err != nil {
		return nil, err
	}
	q.status = http.StatusOK
	if i.deferred {
		q.Strange = append(q.Strange, "a follow-up in place of the deferred message")
		return s.fillDeferred(q, i)
	}
	if !i.asGuild {
		if i.followed++; i.followed > maxFollow {
			return nil, fail(400, 40094)
		}
	}
	m, err := s.say(q, i, q.fields(), newHook, "")
	if err != nil {
		return nil, err
	}
	return s.json(m), nil
}

func (s *Server) fillDeferred(q *request, i *interaction) (any, error) {
	o := obj{}
	for k, v := range q.fields() {
		if k != "flags" {
			o[k] = v
		}
	}
	if err := s.rewrite(q, o, editedHook.and(hookFields), i.original, ""); err != nil {
		return nil, err
	}
	i.deferred = false
	return s.json(i.original), nil
}

// hooked is the message that a call names: "@original", or a follow-up.
func (s *Server) hooked(q *request) (*interaction, *Message, error) {
	i, err := s.hook(q)
	if err != nil {
		return nil, nil, err
	}
	m := i.original
	if id := q.path("message"); id != "@original" {
		if m = s.find(i.Channel, id); m != nil && m.interaction != i {
			m = nil
		}
	}
	if m == nil || m.Deleted {
		return nil, nil, fail(404, 10008)
	}
	return i, m, nil
}

func (s *Server) hookGet(q *request) (any, error) {
	_, m, err := s.hooked(q)
	if err != nil {
		return nil, err
	}
	return s.json(m), nil
}

func (s *Server) hookEdit(q *request) (any, error) {
	i, m, err := s.hooked(q)
	if err != nil {
		return nil, err
	}
	if err := s.rewrite(q, q.fields(), editedHook, m, ""); err != nil {
		return nil, err
	}
	if m == i.original {
		i.deferred = false
	}
	return s.json(m), nil
}

func (s *Server) hookDelete(q *request) (any, error) {
	i, m, err := s.hooked(q)
	if err != nil {
		return nil, err
	}
	if m == i.original {
		i.deferred = false
	}
	s.remove(m)
	return nil, nil
}
