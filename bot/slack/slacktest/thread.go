package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

const (
	statusLasts     = 2 * time.Minute // of an assistant status
	processingLasts = time.Hour       // of a session that works
)

// threadState is what hangs on a thread beside its messages.
type threadState struct {
	replies []*Message
	status  string
	loading []string
	until   time.Time // when the status clears
	title   string
	prompts []Prompt
	session string // "" is no session
	expires time.Time
}

// A Prompt is one that the app suggests.
type Prompt struct {
	Title   string `json:"title"`
	Message string `json:"message"`
}

func threadKey(channel, root string) string { return channel + " " + root }

// thread is the state of a thread. The lock is held.
func (s *Server) thread(channel, root string) *threadState {
	k := threadKey(channel, root)
	if s.threads[k] == nil {
		s.threads[k] = &threadState{}
	}
	return s.threads[k]
}

// Status is what the app says it does in a thread, "" once it is cleared, by
// the app's reply or after two minutes.
func (s *Server) Status(channel, root string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.threads[threadKey(channel, root)]
	if t == nil || !s.Clock.Now().Before(t.until) {
		return ""
	}
	return t.status
}

// Session is the lifecycle status of the agent session of a thread, and its
// title; "" is none.
func (s *Server) Session(channel, root string) (status, title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.threads[threadKey(channel, root)]
	if t == nil {
		return "", ""
	}
	if t.session == "processing" && !s.Clock.Now().Before(t.expires) {
		return "active", t.title
	}
	return t.session, t.title
}

// Prompts are the suggested prompts of a thread, or of the Messages tab for
// root "".
func (s *Server) Prompts(channel, root string) []Prompt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.threads[threadKey(channel, root)]; t != nil {
		return slices.Clone(t.prompts)
	}
	return nil
}

// clearStatus is done at each reply of the app. The lock is held.
func (s *Server) clearStatus(channel, root string) {
	if t := s.threads[threadKey(channel, root)]; t != nil {
		t.status = ""
	}
}

// threadOf reads channel_id and thread_ts. Without the root it fails, unless
// none is allowed.
func (s *Server) threadOf(q *request, none bool) (*threadState, error) {
	id, ts := q.Args["channel_id"], q.Args["thread_ts"]
	c, err := s.target(q, id)
	if err != nil {
		return nil, err
	}
	if ts == "" && none {
		return s.thread(c.ID, ""), nil
	}
	if !tsForm.MatchString(ts) {
		return nil, fail("invalid_thread_ts")
	}
	root := s.find(c.ID, ts)
	if root == nil {
		return nil, fail("thread_not_found")
	}
	return s.thread(c.ID, root.Root()), nil
}

func (s *Server) setStatus(q *request) (reply, error) {
	t, err := s.threadOf(q, false)
	if err != nil {
		return nil, err
	}
	loading := loadingMessages(q.Args["loading_messages"])
	if len(loading) > 10 {
		return nil, fail("invalid_arguments", "no more than 10 items allowed [json-pointer:/loading_messages]")
	}
	t.status, t.loading, t.until = q.Args["status"], loading, s.Clock.Now().Add(statusLasts)
	return nil, nil
}

// loadingMessages reads an array, or what a form joins with commas.
func loadingMessages(raw string) []string {
	var out []string
	if raw == "" || json.Unmarshal([]byte(raw), &out) == nil {
		return out
	}
	return strings.Split(raw, ",")
}

// LoadingMessages are those of the status that stands.
func (s *Server) LoadingMessages(channel, root string) []string {
	if s.Status(channel, root) == "" {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.thread(channel, root).loading)
}

func (s *Server) setTitle(q *request) (reply, error) {
	t, err := s.threadOf(q, false)
	if err != nil {
		return nil, err
	}
	if n := length(q.Args["title"]); n < 1 || n > 200 {
		return nil, fail("invalid_arguments", "must be 1 to 200 characters [json-pointer:/title]")
	}
	t.title = q.Args["title"]
	return nil, nil
}

func (s *Server) setPrompts(q *request) (reply, error) {
	t, err := s.threadOf(q, !s.opts.Classic)
	if err != nil {
		return nil, err
	}
	var prompts []Prompt
	if json.Unmarshal([]byte(q.Args["prompts"]), &prompts) != nil {
		return nil, fail("invalid_arguments", "must be an array [json-pointer:/prompts]")
	}
	if len(prompts) > 4 {
		return nil, fail("invalid_arguments", "no more than 4 items allowed [json-pointer:/prompts]")
	}
	for _, p := range prompts {
		if p.Title == "" || p.Message == "" {
			return nil, fail("invalid_arguments", "missing required field: title or message [json-pointer:/prompts]")
		}
	}
	t.prompts = prompts
	return nil, nil
}

func (s *Server) setSession(q *request) (reply, error) {
	if s.opts.Classic {
		return nil, fail("not_an_agent")
	}
	t, err := s.threadOf(q, false)
	if err != nil {
		return nil, err
	}
	status := q.Args["status"]
	if !slices.Contains([]string{"active", "processing", "suspended", "closed"}, status) {
		return nil, fail("invalid_arguments", "unknown status [json-pointer:/status]")
	}
	if length(q.Args["title"]) > 200 {
		return nil, fail("invalid_arguments", "must be less than 201 characters [json-pointer:/title]")
	}
	if t.session == "" {
		t.title = q.Args["title"]
	}
	t.session, t.expires = status, s.Clock.Now().Add(processingLasts)
	return reply{"status": status, "agent_status": status, "title": t.title}, nil
}

func (s *Server) renameSession(q *request) (reply, error) {
	if s.opts.Classic {
		return nil, fail("not_an_agent")
	}
	t, err := s.threadOf(q, false)
	switch {
	case err != nil:
		return nil, err
	case t.session == "":
		return nil, fail("session_not_found")
	case length(q.Args["title"]) < 1 || length(q.Args["title"]) > 200:
		return nil, fail("invalid_arguments", "must be 1 to 200 characters [json-pointer:/title]")
	}
	t.title = q.Args["title"]
	return reply{"title": t.title}, nil
}
