package slacktest

import (
	"encoding/json"
	"net/url"
	"strings"
)

// Run types a slash command with its text into a channel, which needs no
// bot. In an agent's direct message Slack refuses, as in every thread.
func (s *Server) Run(user, channel, command, text string) *Delivery {
	s.t.Helper()
	s.mu.Lock()
	c, u := s.channels[channel], s.users[user]
	if c == nil || u == nil || !c.has(user) || s.scoped("commands") != nil {
		s.mu.Unlock()
		s.t.Fatalf("slacktest: %s cannot run %s in %s", user, command, channel)
	}
	if c.Kind == DirectMessage && !s.opts.Classic {
		defer s.mu.Unlock()
		s.slackbot(user, channel, command+" is not supported in threads. Sorry!")
		return &Delivery{s: s, Kind: CommandKind, Type: command, Refused: true}
	}
	hookURL := s.newHook(user, channel, nil)
	form := url.Values{"token": {"sample"}, "team_id": {u.Team}, "team_domain": {strings.ToLower(u.Team)},
		"channel_id": {c.ID}, "channel_name": {commandChannel(c)}, "user_id": {u.ID}, "user_name": {u.Name},
		"command": {command}, "text": {text}, "api_app_id": {AppID}, "is_enterprise_install": {"false"},
		"response_url": {hookURL}, "trigger_id": {s.newTrigger(user, u.Team, "")}}
	fields := map[string]string{}
	for k := range form {
		fields[k] = form.Get(k)
	}
	payload, err := json.Marshal(fields)
	if err != nil {
		s.t.Error(err)
	}
	d := &Delivery{s: s, ID: s.id("cmd"), Kind: CommandKind, Type: command, path: s.opts.CommandsPath,
		media: "application/x-www-form-urlencoded", body: []byte(form.Encode()), payload: payload}
	h := s.hooks[hookURL[strings.LastIndexByte(hookURL, '/')+1:]]
	s.mu.Unlock()
	d.answered = func(a *Attempt) { s.commandAnswered(d, h, a) }
	s.send(d)
	return d
}

func commandChannel(c *Channel) string {
	switch c.Kind {
	case DirectMessage:
		return "directmessage"
	case PrivateChannel:
		return "privategroup"
	}
	return c.Name
}

// slackbot says something that one person alone sees. The lock is held.
func (s *Server) slackbot(user, channel, text string) {
	s.add(Message{Channel: channel, User: Slackbot, To: user, Text: text})
}

// commandAnswered shows the answer to a command, or that there was none.
func (s *Server) commandAnswered(d *Delivery, h *hook, a *Attempt) {
	s.mu.Lock()
	q := &request{Call: &Call{Method: "answer"}}
	code := ""
	switch {
	case a.Late:
		code = "operation_timeout"
	case !a.ok():
		code = "dispatch_failed"
	default:
		if args := parseReply(a.Header.Get("Content-Type"), a.Body); args != nil && s.respond(q, h, args) != nil {
			code = "invalid_command_response"
		}
	}
	if code != "" {
		d.trouble = d.Type + ` failed with the error "` + code + `"`
		s.slackbot(h.user, h.channel, d.trouble)
	}
	s.mu.Unlock()
	for _, do := range q.after {
		do()
	}
}

// parseReply reads the body of an answer: nil is an empty one, and text that
// is no JSON is the text.
func parseReply(contentType string, body []byte) Args {
	if strings.TrimSpace(string(body)) == "" {
		return nil
	}
	if strings.HasPrefix(contentType, "application/json") {
		args := Args{}
		if args.addJSON(body) == nil {
			return args
		}
	}
	return Args{"text": string(body)}
}
