package discordtest

import (
	"net/http"
	"slices"
)

// threadOfMessage starts a public thread from a message, whose id it takes.
func (s *Server) threadOfMessage(q *request) (any, error) {
	c, m, err := s.own(q)
	if err != nil {
		return nil, err
	}
	if c.Kind != TextChannel {
		return nil, fail(400, 50024)
	}
	if !s.may(Bot, c, CreatePublicThreads) {
		return nil, fail(403, 50013)
	}
	if m.Thread != "" {
		return nil, fail(400, 160004)
	}
	t, err := s.newThread(q, c, PublicThread, m.ID)
	if err != nil {
		return nil, err
	}
	m.Thread = t.ID
	return s.threadMade(q, t), nil
}

// threadAlone starts a thread without a message: a private one, if no type is
// given.
func (s *Server) threadAlone(q *request) (any, error) {
	c, err := s.reach(q.path("channel"), ViewChannel)
	if err != nil {
		return nil, err
	}
	kind, want := PrivateThread, CreatePrivateThreads
	if v := q.fields()["type"]; v != nil {
		kind = num(v)
	}
	switch {
	case c.Kind != TextChannel:
		return nil, fail(400, 50024)
	case kind == PublicThread:
		want = CreatePublicThreads
	case kind != PrivateThread:
		return nil, formError("type", "BASE_TYPE_CHOICES", "Value must be one of {11, 12}.")
	}
	if !s.may(Bot, c, want) {
		return nil, fail(403, 50013)
	}
	t, err := s.newThread(q, c, kind, s.snowflake())
	if err != nil {
		return nil, err
	}
	return s.threadMade(q, t), nil
}

func (s *Server) newThread(q *request, c *Channel, kind int, id string) (*Channel, error) {
	o, f := q.fields(), &form{}
	f.known("", o, "name auto_archive_duration rate_limit_per_user type invitable applied_tags")
	f.length("name", str(o["name"]), 1, 100)
	minutes := 1440
	if v := o["auto_archive_duration"]; v != nil {
		minutes = num(v)
	}
	f.archive(minutes)
	if err := q.checked(f); err != nil {
		return nil, err
	}
	return &Channel{ID: id, Guild: c.Guild, Name: str(o["name"]), Kind: kind, Parent: c.ID, Owner: Bot, Members: []string{Bot}, AutoArchive: minutes}, nil
}

func (f *form) archive(minutes int) {
	if !slices.Contains([]int{60, 1440, 4320, 10080}, minutes) {
		f.add("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of {60, 1440, 4320, 10080}.")
	}
}

func (s *Server) threadMade(q *request, t *Channel) obj {
	s.channels[t.ID] = t
	s.touch()
	q.status = http.StatusCreated
	out := s.channelJSON(t)
	created := s.channelJSON(t)
	created["newly_created"] = true
	s.dispatch("THREAD_CREATE", t.Guild, created)
	return out
}

// editChannel changes a thread: its name, and whether it is archived or locked.
func (s *Server) editChannel(q *request) (any, error) {
	c, err := s.reach(q.path("channel"), ViewChannel)
	if err != nil {
		return nil, err
	}
	if !c.thread() || c.Owner != Bot && !s.may(Bot, c, ManageThreads) {
		return nil, fail(403, 50013)
	}
	o, f := q.fields(), &form{}
	f.known("", o, "name archived locked auto_archive_duration rate_limit_per_user invitable flags")
	if v, ok := o["name"]; ok {
		f.length("name", str(v), 1, 100)
	}
	if v := o["auto_archive_duration"]; v != nil {
		f.archive(num(v))
	}
	if err := q.checked(f); err != nil {
		return nil, err
	}
	if v, ok := o["locked"].(bool); ok {
		if !s.may(Bot, c, ManageThreads) {
			return nil, fail(403, 50013)
		}
		c.Locked = v
	}
	if v, ok := o["archived"].(bool); ok {
		c.Archived = v
	}
	c.Name = or(str(o["name"]), c.Name)
	s.touch()
	s.dispatch("THREAD_UPDATE", c.Guild, s.channelJSON(c))
	return s.channelJSON(c), nil
}

func (s *Server) joinThread(q *request) (any, error) {
	c, err := s.reach(q.path("channel"), ViewChannel)
	if err != nil {
		return nil, err
	}
	if !c.thread() {
		return nil, fail(400, 50024)
	}
	if !slices.Contains(c.Members, Bot) {
		c.Members = append(slices.Clone(c.Members), Bot)
	}
	return nil, nil
}

func (s *Server) activeThreads(q *request) (any, error) {
	if _, err := s.home(q); err != nil {
		return nil, err
	}
	out := []obj{}
	for _, id := range sortedKeys(s.channels) {
		if c := s.channels[id]; c.thread() && c.Guild == q.path("guild") && !c.Archived && s.sees(Bot, c) {
			out = append(out, s.channelJSON(c))
		}
	}
	return obj{"threads": out, "members": []obj{}}, nil
}

// Threads are the threads of a channel, by age.
func (s *Server) Threads(channel string) []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Channel
	for _, c := range s.channels {
		if c.Parent == channel {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b Channel) int { return cmpID(a.ID, b.ID) })
	return out
}

// Archive closes a thread, and locks it too if locked is set.
func (s *Server) Archive(thread string, locked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(thread)
	c.Archived, c.Locked = true, locked
	s.dispatch("THREAD_UPDATE", c.Guild, s.channelJSON(c))
}
