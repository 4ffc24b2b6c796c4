package discordtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Transcript is what one person sees of a channel, of a thread or of a
// modal, in order.
type Transcript struct {
	Title   string
	Entries []Seen
	Status  string // that the app types
}

// Seen is one message as one person sees it.
type Seen struct {
	Message
	Who      string
	App      bool
	OnlyYou  bool
	Thinking bool
	Answers  string // who wrote what it answers
	Command  string // who ran the command that it answers
	Inside   string // the name of the thread that was started from it
	Words    string // what is read, a line for each line
	Actions  []Button
	// Pings are who was notified; Links what can be clicked, those of buttons
	// too; Previews the addresses under which a preview is shown.
	Pings    []string
	Links    []Link
	Previews []string

	names  map[string]string
	pieces []piece
}

// A Link is an address that can be clicked. Auto is one that Discord made of
// plain text.
type Link struct {
	Text, URL string
	Auto      bool
}

// Transcript is what a user sees of a channel, of a thread or of a direct
// message. Who does not see the channel sees nothing.
func (s *Server) Transcript(user, channel string) Transcript {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Transcript{Title: "#" + channel}
	c := s.channels[channel]
	if c == nil || !s.sees(user, c) {
		return out
	}
	out.Title = "#" + or(c.Name, "direct message") + ", as " + s.name(user) + " sees it"
	for _, m := range s.messages[channel] {
		if !m.Deleted && (m.To == "" || m.To == user) {
			out.Entries = append(out.Entries, s.seen(m))
		}
	}
	if s.Clock.Now().Before(c.typing) {
		out.Status = s.name(Bot) + " is typing…"
	}
	return out
}

func (s *Server) name(user string) string {
	if user == System {
		return "Discord"
	}
	if u := s.users[user]; u != nil {
		return u.GlobalName
	}
	return user
}

// seen shows a message. One that still thinks when its token is over has
// failed.
func (s *Server) seen(m *Message) Seen {
	out := Seen{Message: *m, Who: s.name(m.User), App: s.users[m.User] != nil && s.users[m.User].Bot, OnlyYou: m.To != "",
		Actions: m.Buttons(), Pings: slices.Clone(m.Pinged), Previews: m.Unfurls(), names: s.names()}
	out.Thinking = m.Flags&Loading != 0
	if r := s.find(m.Channel, m.Reply); r != nil {
		out.Answers = s.name(r.User)
	}
	if m.Kind == CommandMessage && m.interaction != nil {
		out.Command = s.name(m.interaction.User)
	}
	if t := s.channels[m.Thread]; m.Thread != "" && t != nil {
		out.Inside = t.Name
	}
	out.show(m.pieces())
	if out.Thinking {
		out.Words = s.name(m.User) + " " + thinking
		if m.interaction != nil && !s.Clock.Now().Before(m.interaction.until) {
			out.Words, out.Thinking = DidNotRespond, false
		}
		out.pieces = []piece{{tag: "sub", spans: []span{{text: out.Words}}}}
	}
	return out
}

// names are those of users, channels and roles, by their mentions.
func (s *Server) names() map[string]string {
	out := map[string]string{"@everyone": "everyone", "@here": "here"}
	for id, u := range s.users {
		out["<@"+id+">"], out["<@!"+id+">"] = u.GlobalName, u.GlobalName
	}
	for id, c := range s.channels {
		out["<#"+id+">"] = "#" + c.Name
	}
	for _, g := range s.guilds {
		for _, r := range g.Roles {
			out["<@&"+r.ID+">"] = r.Name
		}
	}
	return out
}

// pings says whether a mention notified.
func (e *Seen) pings(target string) bool {
	return slices.Contains(e.Pinged, target) || slices.Contains(e.Pinged, strings.Trim(target, "<@!&>"))
}

func (e *Seen) show(all []piece) {
	e.pieces = all
	e.Words = strings.Join(e.plainLines(all), "\n")
	e.note(all)
	for _, b := range e.Actions {
		if b.URL != "" {
			e.Links = append(e.Links, Link{Text: b.Text, URL: b.URL})
		}
	}
}

func (e *Seen) note(all []piece) {
	for _, p := range all {
		walk(p.spans, func(sp span) {
			if sp.kind == linkSpan {
				e.Links = append(e.Links, Link{Text: sp.text, URL: sp.target, Auto: sp.auto})
			}
		})
		e.note(p.kids)
	}
}

// Shown is a modal as a person sees it.
func (m *Modal) Shown() Transcript {
	e := Seen{Who: m.Title, App: true}
	e.show(append(componentPieces(m.Components), piece{tag: "buttons", buttons: []Button{{Text: "Cancel"}, {Text: "Submit"}}}))
	return Transcript{Title: "modal " + m.CustomID, Entries: []Seen{e}}
}

// Pings are whom the app notified.
func (t Transcript) Pings() []string {
	var out []string
	for _, e := range t.Entries {
		if e.User == Bot {
			out = append(out, e.Pings...)
		}
	}
	return out
}

// Links are the links in what the app says.
func (t Transcript) Links() []Link {
	var out []Link
	for _, e := range t.Entries {
		if e.User == Bot {
			out = append(out, e.Links...)
		}
	}
	return out
}

// Previews are the addresses that would be shown with a preview.
func (t Transcript) Previews() []string {
	var out []string
	for _, e := range t.Entries {
		if e.User == Bot {
			out = append(out, e.Previews...)
		}
	}
	return out
}

// String is the transcript as text, for golden files.
func (t Transcript) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "== %s\n", t.Title)
	for _, e := range t.Entries {
		b.WriteString(e.head() + "\n")
		for line := range strings.Lines(strings.Join(e.below(), "\n")) {
			b.WriteString(strings.TrimRight("  "+line, " \n") + "\n")
		}
	}
	if t.Status != "" {
		b.WriteString("… " + t.Status + "\n")
	}
	return b.String()
}

func (e Seen) head() string {
	head := e.Who
	if e.App {
		head += " (app)"
	}
	if e.ID != "" {
		head += ", " + e.clock()
	}
	if e.Answers != "" {
		head += ", answering " + e.Answers
	}
	if e.Command != "" {
		head += ", command of " + e.Command
	}
	if e.OnlyYou {
		head += ", only you can see this"
	}
	if !e.Edited.IsZero() {
		head += ", edited"
	}
	return head
}

// below are the lines under the name.
func (e Seen) below() []string {
	var out []string
	if e.Words != "" {
		out = append(out, e.Words)
	}
	for _, p := range e.Pinged {
		if e.User == Bot {
			out = append(out, "⟦NOTIFIED "+p+"⟧")
		}
	}
	for _, u := range e.Previews {
		if e.User == Bot {
			out = append(out, "⟦PREVIEW "+u+"⟧")
		}
	}
	for _, f := range e.Files {
		out = append(out, fmt.Sprintf("File: %s (%d bytes) %s", f.Name, len(f.Bytes), f.Description))
	}
	for _, r := range e.Reactions {
		out = append(out, r.Name+" "+strconv.Itoa(len(r.Users)))
	}
	if e.Inside != "" {
		out = append(out, "Thread: "+e.Inside)
	}
	return out
}

func (e Seen) clock() string { return Made(e.ID).Format("15:04") }
