package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

const (
	triggerLasts = 3 * time.Second
	maxStack     = 3
	maxViewBytes = 250 << 10
)

// A View is a modal or a Home tab. What is given out is a copy.
type View struct {
	ID, Hash                    string
	User, Team                  string
	Type                        string // "modal" or "home"
	CallbackID, ExternalID      string
	PrivateMetadata             string
	Title, Submit, Close        string
	Blocks                      []Block
	NotifyOnClose, ClearOnClose bool
	Root, Previous              string
	// Errors are what the last submission said is wrong, by block_id.
	Errors map[string]string

	raw reply // as it was sent
}

// viewForm is a view as it is sent.
type viewForm struct {
	Type            string  `json:"type"`
	Title           Block   `json:"title"`
	Submit          Block   `json:"submit"`
	Close           Block   `json:"close"`
	Blocks          []Block `json:"blocks"`
	PrivateMetadata string  `json:"private_metadata"`
	CallbackID      string  `json:"callback_id"`
	ExternalID      string  `json:"external_id"`
	NotifyOnClose   bool    `json:"notify_on_close"`
	ClearOnClose    bool    `json:"clear_on_close"`
}

// readView reads and checks a view of a type.
func readView(raw, kind string) (View, error) {
	var f viewForm
	if raw == "" {
		return View{}, fail("invalid_arguments", "missing required field: view [json-pointer:/view]")
	}
	if len(raw) > maxViewBytes {
		return View{}, fail("view_too_large")
	}
	v := View{}
	if json.Unmarshal([]byte(raw), &f) != nil || json.Unmarshal([]byte(raw), &v.raw) != nil || v.raw == nil {
		return v, fail("invalid_arguments", "must be a view [json-pointer:/view]")
	}
	if _, err := noNulls(f.Blocks); err != nil {
		return v, fail("invalid_arguments", "must be an object [json-pointer:/view/blocks]")
	}
	surface := onModal
	if kind == "home" {
		surface = onHome
	}
	c := checkBlocks(surface, "/view/blocks", f.Blocks)
	f.check(c, kind)
	if c.wrong != nil {
		return v, fail("invalid_arguments", c.wrong...)
	}
	v.Type, v.CallbackID, v.ExternalID, v.PrivateMetadata = f.Type, f.CallbackID, f.ExternalID, f.PrivateMetadata
	v.Title, v.Submit, v.Close = str(f.Title["text"]), str(f.Submit["text"]), str(f.Close["text"])
	v.Blocks, v.NotifyOnClose, v.ClearOnClose = f.Blocks, f.NotifyOnClose, f.ClearOnClose
	return v, nil
}

func (f *viewForm) check(c *checker, kind string) {
	if f.Type != kind {
		c.bad("/view/type", "must be %s", kind)
	}
	if kind == "modal" {
		c.textAt("/view/title", map[string]any(f.Title), "plain_text", 24)
	}
	if f.Submit != nil {
		c.textAt("/view/submit", map[string]any(f.Submit), "plain_text", 24)
	}
	if f.Close != nil {
		c.textAt("/view/close", map[string]any(f.Close), "plain_text", 24)
	}
	if kind == "modal" && c.inputs > 0 && f.Submit == nil {
		c.bad("/view", "missing required field: submit")
	}
	c.short("/view/private_metadata", f.PrivateMetadata, 3000)
	c.short("/view/callback_id", f.CallbackID, 255)
	c.short("/view/external_id", f.ExternalID, 255)
	if f.Blocks == nil {
		c.bad("/view", "missing required field: blocks")
	}
}

// A trigger lets the app open one view.
type trigger struct {
	user, team string
	view       string // the modal it came from
	until      time.Time
	used       bool
}

// newTrigger makes one for what a person just did. The lock is held.
func (s *Server) newTrigger(user, team, view string) string {
	id := fmt.Sprintf("%d.%d.%x", s.Clock.Now().Unix(), s.rng.Uint32(), s.rng.Uint64())
	s.triggers[id] = &trigger{user: user, team: team, view: view, until: s.Clock.Now().Add(triggerLasts)}
	return id
}

func (s *Server) takeTrigger(q *request) (*trigger, error) {
	t := s.triggers[q.Args["trigger_id"]]
	switch {
	case t == nil || t.team != q.team:
		return nil, fail("invalid_trigger_id")
	case t.used:
		return nil, fail("exchanged_trigger_id")
	case s.Clock.Now().After(t.until):
		return nil, fail("expired_trigger_id")
	}
	return t, nil
}

func (s *Server) viewOpen(q *request) (reply, error) {
	v, err := readView(q.Args["view"], "modal")
	if err != nil {
		return nil, err
	}
	t, err := s.takeTrigger(q)
	if err != nil {
		return nil, err
	}
	if s.externalTaken(v.ExternalID, "") {
		return nil, fail("duplicate_external_id")
	}
	t.used = true
	s.stacks[t.user] = nil
	return s.show(t.user, t.team, v), nil
}

func (s *Server) viewPush(q *request) (reply, error) {
	v, err := readView(q.Args["view"], "modal")
	if err != nil {
		return nil, err
	}
	t, err := s.takeTrigger(q)
	if err != nil {
		return nil, err
	}
	stack := s.stacks[t.user]
	switch {
	case t.view == "" || len(stack) == 0:
		return nil, fail("invalid_trigger_id", "a view is pushed from a view [json-pointer:/trigger_id]")
	case len(stack) >= maxStack:
		return nil, fail("push_limit_reached")
	case s.externalTaken(v.ExternalID, ""):
		return nil, fail("duplicate_external_id")
	}
	t.used = true
	return s.show(t.user, t.team, v), nil
}

// show puts a view on top of the stack of a user. The lock is held.
func (s *Server) show(user, team string, v View) reply {
	v.ID, v.User, v.Team = s.id("V"), user, team
	v.Root = v.ID
	if stack := s.stacks[user]; len(stack) > 0 {
		v.Root, v.Previous = stack[0].ID, stack[len(stack)-1].ID
	}
	s.stamp(&v)
	s.stacks[user] = append(slices.Clone(s.stacks[user]), &v)
	s.touch()
	return reply{"view": v.json()}
}

// stamp gives a view its hash, and its blocks their ids.
func (s *Server) stamp(v *View) {
	v.Hash = fmt.Sprintf("%d.%08x", s.Clock.Now().Unix(), s.rng.Uint32())
	for _, b := range v.Blocks {
		if str(b["block_id"]) == "" {
			b["block_id"] = s.id("b")
		}
	}
}

func (s *Server) externalTaken(id, but string) bool {
	if id == "" {
		return false
	}
	for _, stack := range s.stacks {
		for _, v := range stack {
			if v.ExternalID == id && v.ID != but {
				return true
			}
		}
	}
	return false
}

func (s *Server) viewUpdate(q *request) (reply, error) {
	v, err := readView(q.Args["view"], "modal")
	if err != nil {
		return nil, err
	}
	for _, stack := range s.stacks {
		for i, old := range stack {
			if old.ID != q.Args["view_id"] && (old.ExternalID == "" || old.ExternalID != q.Args["external_id"]) || old.Team != q.team {
				continue
			}
			if h := q.Args["hash"]; h != "" && h != old.Hash {
				return nil, fail("hash_conflict")
			}
			return s.replaceView(stack, i, v), nil
		}
	}
	return nil, fail("not_found")
}

func (s *Server) replaceView(stack []*View, i int, v View) reply {
	old := stack[i]
	v.ID, v.User, v.Team, v.Root, v.Previous = old.ID, old.User, old.Team, old.Root, old.Previous
	s.stamp(&v)
	stack[i] = &v
	s.touch()
	return reply{"view": v.json()}
}

func (s *Server) viewPublish(q *request) (reply, error) {
	v, err := readView(q.Args["view"], "home")
	if err != nil {
		return nil, err
	}
	u := s.users[q.Args["user_id"]]
	if u == nil || u.Team != q.team {
		return nil, fail("invalid_arguments", "unknown user [json-pointer:/user_id]")
	}
	old := s.homes[u.ID]
	if h := q.Args["hash"]; h != "" && old != nil && h != old.Hash {
		return nil, fail("hash_conflict")
	}
	v.ID, v.User, v.Team = s.id("V"), u.ID, q.team
	if old != nil {
		v.ID = old.ID
	}
	v.Root = v.ID
	s.stamp(&v)
	s.homes[u.ID] = &v
	s.touch()
	return reply{"view": v.json()}, nil
}

// json is the view as the API and the payloads show it.
func (v *View) json() reply {
	out := reply{}
	for k, f := range v.raw {
		out[k] = f
	}
	out["id"], out["team_id"], out["hash"], out["root_view_id"] = v.ID, v.Team, v.Hash, v.Root
	out["app_id"], out["bot_id"], out["blocks"] = AppID, BotID, v.Blocks
	if v.Previous != "" {
		out["previous_view_id"] = v.Previous
	}
	return out
}

// Views is the stack of modals that a person has open, the top last.
func (s *Server) Views(user string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []View
	for _, v := range s.stacks[user] {
		out = append(out, *v)
	}
	return out
}

// Top is the modal that a person looks at; it ends the test if there is none.
func (s *Server) Top(user string) View {
	s.t.Helper()
	stack := s.Views(user)
	if len(stack) == 0 {
		s.t.Fatalf("slacktest: %s has no modal open", user)
	}
	return stack[len(stack)-1]
}

// Home is the Home tab that was published for a person; ok says whether one
// was.
func (s *Server) Home(user string) (v View, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.homes[user]; h != nil {
		return *h, true
	}
	return View{}, false
}
