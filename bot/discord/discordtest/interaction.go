package discordtest

import (
	"time"

	"github.com/everycategory/advocate/bot/chat/chattest"
)

const (
	ackWithin  = 3 * time.Second
	tokenLasts = 15 * time.Minute
	maxFollow  = 5 // follow-ups of an app that only the user installed
)

// Kinds of interactions.
const (
	pingKind = iota + 1
	commandKindI
	componentKind
	autocompleteKind
	modalKind
)

// Types of deliveries that are interactions.
const (
	CommandType      = "APPLICATION_COMMAND"
	ComponentType    = "MESSAGE_COMPONENT"
	AutocompleteType = "APPLICATION_COMMAND_AUTOCOMPLETE"
	ModalType        = "MODAL_SUBMIT"
)

var kindNames = map[int]string{commandKindI: CommandType, componentKind: ComponentType, autocompleteKind: AutocompleteType, modalKind: ModalType}

// What a person sees where the app fails them.
const (
	DidNotRespond     = "The application did not respond"
	InteractionFailed = "This interaction failed"
	ModalFailed       = "Something went wrong. Try again."
	OptionsFailed     = "Loading options failed"
	thinking          = "is thinking..."
)

var troubles = map[int]string{commandKindI: DidNotRespond, componentKind: InteractionFailed, autocompleteKind: OptionsFailed, modalKind: ModalFailed}

// System is the author of what Discord itself tells a person.
const System = "100000000000000000"

const (
	waiting = iota
	answered
	failed
)

// An interaction is one thing that a person did with the app.
type interaction struct {
	ID, Token, User, Channel, Guild string
	Kind                            int

	message  *Message // that the component stands on, also of a modal it opened
	modal    *Modal   // that was submitted
	state    int
	deferred bool     // the deferred message waits
	original *Message // "@original"
	until    time.Time
	followed int
	asGuild  bool // by what the guild installed
	asUser   bool // by what the user installed
	choices  []Choice

	d    *Delivery
	work *chattest.Work
}

// A Choice is one that an autocompletion offers.
type Choice struct {
	Name  string
	Value any
}

// owners is authorizing_integration_owners.
func (i *interaction) owners() obj {
	out := obj{}
	if i.asGuild {
		out["0"] = or(i.Guild, "0")
	}
	if i.asUser {
		out["1"] = i.User
	}
	return out
}

// newInteraction makes an interaction and the delivery of it. installs are the
// integration types of its command. The lock is held.
func (s *Server) newInteraction(u *User, c *Channel, kind int, data obj, m *Message, installs []any) *interaction {
	i := &interaction{ID: s.snowflake(), User: u.ID, Channel: c.ID, Guild: c.Guild, Kind: kind, message: m, until: s.Clock.Now().Add(tokenLasts)}
	i.Token = "sample-token-" + s.snowflake()
	i.asGuild = c.Kind == DirectMessage || s.inGuild(c.Guild)
	i.asUser = u.Installed && hasNumber(installs, 1)
	s.interactions[i.Token] = i
	payload := s.payload(i, u, c, data)
	if m != nil {
		payload["message"] = s.json(m)
	}
	i.d = &Delivery{ID: i.ID, Token: i.Token, Kind: InteractionKind, Type: kindNames[kind], s: s, i: i, payload: payload}
	return i
}

func (s *Server) payload(i *interaction, u *User, c *Channel, data obj) obj {
	out := obj{"id": i.ID, "application_id": AppID, "type": i.Kind, "token": i.Token, "version": 1, "data": data, "channel_id": c.ID,
		"channel": s.channelJSON(c), "app_permissions": bits(s.permissions(Bot, c)), "locale": u.Locale, "entitlements": []obj{},
		"authorizing_integration_owners": i.owners(), "attachment_size_limit": SizeLimit, "context": 1}
	if c.Kind == DirectMessage {
		out["user"] = s.userJSON(u.ID)
		return out
	}
	member := s.memberJSON(u.ID, c.Guild, true)
	member["permissions"] = bits(s.permissions(u.ID, c))
	g := s.guilds[c.Guild]
	out["member"], out["context"], out["guild_id"], out["guild_locale"] = member, 0, g.ID, g.Locale
	out["guild"] = obj{"id": g.ID, "locale": g.Locale, "features": []string{}}
	return out
}

// fail ends an interaction that the app did not answer, or not as it may. The
// lock is held.
func (s *Server) fail(i *interaction) {
	if i.state != waiting {
		return
	}
	i.state, i.d.trouble = failed, troubles[i.Kind]
	if i.Kind == commandKindI || i.Kind == componentKind {
		s.add(Message{Channel: i.Channel, User: System, To: i.User, Content: i.d.trouble})
	}
	if i.modal != nil && s.modals[i.User] == nil {
		s.modals[i.User] = i.modal // it stays open
	}
	s.touch()
	s.Clock.End(i.work)
}

// Expire makes an interaction's token as old as one of fifteen minutes ago.
func (s *Server) Expire(d *Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.i.until = s.Clock.Now()
}
