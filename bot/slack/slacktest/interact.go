package slacktest

import (
	"encoding/json"
	"net/url"
)

// trouble is what Slack shows under a button or in a modal that the app did
// not answer.
const trouble = "We had some trouble connecting. Try again?"

// newInteraction makes the delivery of a payload. The lock is held.
func (s *Server) newInteraction(u *User, payload reply) *Delivery {
	payload["token"], payload["api_app_id"] = "sample", AppID
	payload["team"] = reply{"id": u.Team, "domain": "sample"}
	payload["user"] = reply{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.Team}
	payload["enterprise"], payload["is_enterprise_install"] = nil, false
	body, err := json.Marshal(payload)
	if err != nil {
		s.t.Error(err)
	}
	return &Delivery{s: s, ID: s.id("act"), Kind: InteractionKind, Type: str(payload["type"]), path: s.opts.InteractionsPath,
		media: "application/x-www-form-urlencoded", body: []byte(url.Values{"payload": {string(body)}}.Encode()), payload: body}
}

// interact delivers what make makes, with the lock held.
func (s *Server) interact(user string, make func(u *User) *Delivery) *Delivery {
	s.t.Helper()
	s.mu.Lock()
	u := s.users[user]
	if u == nil {
		s.mu.Unlock()
		s.t.Fatalf("slacktest: there is no user %s", user)
	}
	d := make(u)
	s.mu.Unlock()
	if d == nil {
		return nil
	}
	if d.answered == nil {
		d.answered = func(a *Attempt) {
			if !a.ok() {
				s.mu.Lock()
				d.trouble = trouble
				s.mu.Unlock()
			}
		}
	}
	s.send(d)
	return d
}

// Press presses a button, or picks in a select, of a message that the person
// sees. Where several share an action_id, as 👍 and 👎 do, value says which;
// of a select it is the option.
func (s *Server) Press(user string, m Message, actionID string, value ...string) *Delivery {
	s.t.Helper()
	s.mu.Lock()
	at, c := s.find(m.Channel, m.TS), s.channels[m.Channel]
	seen := at != nil && c.has(user) && (at.To == "" || at.To == user)
	var action reply
	if seen {
		action = pressed(at.Blocks, actionID, value)
	}
	s.mu.Unlock()
	if action == nil {
		s.t.Fatalf("slacktest: %s sees no %s %v in message %s of %s", user, actionID, value, m.TS, m.Channel)
	}
	return s.interact(user, func(u *User) *Delivery {
		action["action_ts"] = s.newTS("")
		box := reply{"type": "message", "message_ts": at.TS, "channel_id": c.ID, "is_ephemeral": at.To != ""}
		if at.Thread != "" {
			box["thread_ts"] = at.Thread
		}
		payload := reply{"type": "block_actions", "container": box, "channel": reply{"id": c.ID, "name": commandChannel(c)},
			"trigger_id": s.newTrigger(user, u.Team, ""), "response_url": s.newHook(user, c.ID, at),
			"actions": []reply{action}, "state": reply{"values": reply{}}}
		if at.To == "" { // of an ephemeral message Slack sends no more than the container
			payload["message"] = s.json(at, true)
		}
		return s.newInteraction(u, payload)
	})
}

// PressIn presses a button of a modal or of the Home tab.
func (s *Server) PressIn(v View, actionID string, value ...string) *Delivery {
	s.t.Helper()
	action := pressed(v.Blocks, actionID, value)
	if action == nil {
		s.t.Fatalf("slacktest: there is no %s %v in view %s", actionID, value, v.ID)
	}
	return s.interact(v.User, func(u *User) *Delivery {
		action["action_ts"] = s.newTS("")
		from := v.ID
		if v.Type == "home" {
			from = ""
		}
		shown := v.json()
		shown["state"] = reply{"values": reply{}}
		return s.newInteraction(u, reply{"type": "block_actions", "container": reply{"type": "view", "view_id": v.ID},
			"trigger_id": s.newTrigger(u.ID, u.Team, from), "view": shown, "actions": []reply{action}})
	})
}

// Shortcut runs a global shortcut.
func (s *Server) Shortcut(user, callbackID string) *Delivery {
	s.t.Helper()
	return s.interact(user, func(u *User) *Delivery {
		return s.newInteraction(u, reply{"type": "shortcut", "callback_id": callbackID, "action_ts": s.newTS(""),
			"trigger_id": s.newTrigger(user, u.Team, "")})
	})
}

// MessageShortcut runs a shortcut on a message, which needs no bot in the
// channel.
func (s *Server) MessageShortcut(user string, m Message, callbackID string) *Delivery {
	s.t.Helper()
	s.mu.Lock()
	at, c := s.find(m.Channel, m.TS), s.channels[m.Channel]
	seen := at != nil && c.has(user) && (at.To == "" || at.To == user)
	s.mu.Unlock()
	if !seen {
		s.t.Fatalf("slacktest: %s does not see message %s", user, m.TS)
	}
	return s.interact(user, func(u *User) *Delivery {
		return s.newInteraction(u, reply{"type": "message_action", "callback_id": callbackID, "action_ts": s.newTS(""),
			"trigger_id": s.newTrigger(user, u.Team, ""), "response_url": s.newHook(user, c.ID, nil),
			"channel": reply{"id": c.ID, "name": commandChannel(c)}, "message_ts": at.TS, "message": s.json(at, true)})
	})
}
