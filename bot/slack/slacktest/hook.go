package slacktest

import (
	"io"
	"net/http"
	"time"
)

const (
	hookUses  = 5
	hookLasts = 30 * time.Minute
)

// A hook is one response_url.
type hook struct {
	user, channel string
	ts, thread    string // of the message it came from
	uses          int
	until         time.Time
}

// newHook makes a response_url; m is the message it came from. The lock is
// held.
func (s *Server) newHook(user, channel string, m *Message) string {
	id := s.id("R")
	h := &hook{user: user, channel: channel, until: s.Clock.Now().Add(hookLasts)}
	if m != nil {
		h.ts, h.thread = m.TS, m.Thread
	}
	s.hooks[id] = h
	return s.web.URL + "/response/" + id
}

// serveHook answers a post to a response_url: "ok", or JSON with what is
// wrong. That a used one answers 404 was seen by others.
func (s *Server) serveHook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return
	}
	c := &Call{Method: "response_url", At: s.Clock.Now()}
	c.Args, err = parseArgs(r.Header.Get("Content-Type"), nil, body)
	f := s.enter(c)
	if !f.begin(s, w, r, c) {
		return
	}
	s.mu.Lock()
	q := &request{Call: c}
	status := http.StatusOK
	h := s.hooks[r.PathValue("id")]
	switch {
	case err != nil:
	case h == nil:
		status, err = http.StatusNotFound, fail("no_service")
	case !s.Clock.Now().Before(h.until):
		status, err = http.StatusNotFound, fail("expired_url")
	case h.uses >= hookUses:
		status, err = http.StatusNotFound, fail("used_url")
	default:
		h.uses++
		err = s.respond(q, h, c.Args)
	}
	s.finish(c, err)
	c.Status = status
	s.mu.Unlock()
	for _, do := range q.after {
		do()
	}
	a := answer{status: status, header: map[string]string{"Content-Type": "text/html"}, body: []byte("ok")}
	if err != nil {
		a = encodeAnswer(nil, err)
		a.status = status
	}
	f.write(w, a)
}

// respond does what the app says through a response_url, or as the answer to
// a command. The lock is held.
func (s *Server) respond(q *request, h *hook, a Args) error {
	var original *Message
	if h.ts != "" {
		original = s.find(h.channel, h.ts)
	}
	if a.flag("delete_original") {
		if original == nil {
			return fail("message_not_found")
		}
		before := *original
		original.Deleted = true
		s.touch()
		s.echo(q, original, "message_deleted", &before)
		return nil
	}
	// The client sends empty metadata along; Slack knows none here.
	plain := Args{"text": a["text"], "blocks": a["blocks"], "unfurl_links": a["unfurl_links"], "unfurl_media": a["unfurl_media"]}
	m, err := s.content(plain)
	if err != nil {
		return err
	}
	if a.flag("replace_original") && original != nil {
		before := *original
		s.rewrite(original, m)
		s.echo(q, original, "message_changed", &before)
		return nil
	}
	m.Channel, m.User, m.To = h.channel, Bot, h.user
	if a["response_type"] == "in_channel" {
		m.To = ""
	}
	if err := s.place(&m, a["thread_ts"]); err != nil {
		return err
	}
	posted := s.add(m)
	if m.To == "" {
		s.clearStatus(posted.Channel, posted.Thread)
		s.echo(q, posted, "", nil)
	}
	return nil
}

// HookUses is how often each response_url of a person was used.
func (s *Server) HookUses(user string) []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []int
	for _, id := range sortedKeys(s.hooks) {
		if h := s.hooks[id]; h.user == user {
			out = append(out, h.uses)
		}
	}
	return out
}
