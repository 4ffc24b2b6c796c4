package slacktest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Transcript is what one person sees of a channel, of a thread or of a
// view, in order.
type Transcript struct {
	Title   string
	Entries []Seen
	Status  string // what the app says it does now
}

// Seen is one message as one person sees it.
type Seen struct {
	Message
	Who     string
	App     bool
	OnlyYou bool
	Reply   bool   // stands below the message it answers
	Words   string // what is read, a line for each line
	Buttons []Button
	// Pings are the control sequences that would notify somebody; Links what
	// can be clicked, those of buttons too.
	Pings []string
	Links []Link

	pieces []piece
}

// A Link is an address that can be clicked. Auto is one that Slack made of
// plain text.
type Link struct {
	Text, URL string
	Auto      bool
}

// Transcript is what a user sees of a channel, each reply below its root, or
// of one thread if root is given. Who is not in the channel sees nothing.
func (s *Server) Transcript(user, channel, root string) Transcript {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Transcript{Title: "#" + channel}
	c := s.channels[channel]
	if c == nil || !c.has(user) {
		return out
	}
	out.Title = "#" + or(c.Name, "direct message") + ", as " + s.name(user) + " sees it"
	all := s.posts[channel]
	if root != "" {
		all = s.inThread(channel, root)
	}
	now := s.Clock.Now()
	for _, m := range all {
		if m.Deleted || m.To != "" && m.To != user || root == "" && m.Thread != "" && s.find(channel, m.Thread) != nil {
			continue
		}
		out.Entries = append(out.Entries, s.seen(m))
		if root == "" && m.Thread == "" {
			for _, r := range s.inThread(channel, m.TS)[1:] {
				if r.To == "" || r.To == user {
					reply := s.seen(r)
					reply.Reply = true
					out.Entries = append(out.Entries, reply)
				}
			}
		}
		if t := s.threads[threadKey(channel, m.Root())]; t != nil && t.status != "" && now.Before(t.until) {
			out.Status = s.name(Bot) + " " + t.status
		}
	}
	return out
}

func (s *Server) name(user string) string {
	if u := s.users[user]; u != nil {
		return u.RealName
	}
	return user
}

func (s *Server) seen(m *Message) Seen {
	out := Seen{Message: *m, Who: s.name(m.User), App: m.User == Bot, OnlyYou: m.To != "", Buttons: Buttons(m.Blocks)}
	out.show(m.pieces())
	return out
}

func (e *Seen) show(all []piece) {
	e.pieces = all
	e.Words = strings.Join(plainLines(all), "\n")
	e.note(all)
	for _, b := range e.Buttons {
		if b.URL != "" {
			e.Links = append(e.Links, Link{Text: b.Text, URL: b.URL})
		}
	}
}

func (e *Seen) note(all []piece) {
	for _, p := range all {
		walk(p.spans, func(sp span) {
			switch sp.kind {
			case pingSpan, chanSpan:
				e.Pings = append(e.Pings, sp.target)
			case linkSpan:
				e.Links = append(e.Links, Link{Text: sp.text, URL: sp.target, Auto: sp.auto})
			}
		})
		e.note(p.kids)
	}
}

// Shown is a view as a person sees it, with the errors under its inputs.
func (s *Server) Shown(v View) Transcript {
	e := Seen{Who: or(v.Title, "Home"), App: true, Buttons: Buttons(v.Blocks)}
	all := blockPieces(v.Blocks)
	for i, p := range all {
		if problem := v.Errors[p.mark]; p.tag == "input" && problem != "" {
			all[i].kids = append(all[i].kids, piece{tag: "error", spans: []span{{text: problem}}})
		}
	}
	var ends []Button
	for _, label := range []string{v.Close, v.Submit} {
		if label != "" {
			ends = append(ends, Button{Text: label, ActionID: "-"})
		}
	}
	e.show(appendButtons(all, ends))
	return Transcript{Title: v.Type + " " + v.CallbackID, Entries: []Seen{e}}
}

// Pings are the control sequences in what the app says.
func (t Transcript) Pings() []string {
	var out []string
	for _, e := range t.Entries {
		if e.App {
			out = append(out, e.Pings...)
		}
	}
	return out
}

// Links are the links in what the app says.
func (t Transcript) Links() []Link {
	var out []Link
	for _, e := range t.Entries {
		if e.App {
			out = append(out, e.Links...)
		}
	}
	return out
}

// String is the transcript as text, for golden files.
func (t Transcript) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "== %s\n", t.Title)
	for _, e := range t.Entries {
		indent := ""
		if e.Reply {
			indent = "    "
		}
		b.WriteString(indent + e.head() + "\n")
		for line := range strings.Lines(strings.Join(e.below(), "\n")) {
			b.WriteString(strings.TrimRight(indent+"  "+line, " \n") + "\n")
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
	if e.TS != "" {
		head += ", " + e.clock()
	}
	if e.OnlyYou {
		head += ", only visible to you"
	}
	if e.Edited != "" {
		head += ", edited"
	}
	return head
}

// below are the lines under the name.
func (e Seen) below() []string {
	out := []string{e.Words}
	for _, f := range e.Files {
		out = append(out, fmt.Sprintf("File: %s (%d bytes)", f.Title, len(f.Bytes)))
	}
	for _, r := range e.Reactions {
		out = append(out, ":"+r.Name+": "+strconv.Itoa(len(r.Users)))
	}
	return out
}

func (e Seen) clock() string {
	seconds, _, _ := strings.Cut(e.TS, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(n, 0).UTC().Format("15:04")
}

func plainLines(all []piece) []string {
	var out []string
	for _, p := range all {
		line := words(p.spans)
		switch p.tag {
		case "h":
			out = append(out, "# "+line)
		case "li":
			out = append(out, strings.Repeat("  ", p.depth)+p.mark+" "+line)
		case "quote":
			out = append(out, "> "+line)
		case "hr":
			out = append(out, "----")
		case "img":
			out = append(out, "[image: "+line+"]")
		case "context", "fields":
			for _, l := range plainLines(p.kids) {
				out = append(out, "~ "+l)
			}
		case "row":
			out = append(out, "| "+strings.Join(plainLines(p.kids), " | ")+" |")
		case "input":
			out = append(append(out, "_ "+line+" ("+p.mark+")"), plainLines(p.kids)...)
		case "error":
			out = append(out, "! "+line)
		case "buttons":
			out = append(out, buttonLine(p.buttons))
		default:
			out = append(out, line)
		}
	}
	return out
}

func buttonLine(all []Button) string {
	var out []string
	for _, b := range all {
		text := "[" + b.Text + "]"
		if b.URL != "" {
			text += "⟦LINK " + b.URL + "⟧"
		}
		if len(b.Options) > 0 {
			text += "{" + strings.Join(b.Options, ",") + "}"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// Replies are what the app says to a message, as a user sees it: in its
// thread, and to the user alone in the channel, after it.
func (s *Server) Replies(user string, to Message) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.inThread(to.Channel, to.Root()))
	for _, m := range s.private[to.Channel] {
		if m.To == user && !m.Deleted {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b *Message) int { return strings.Compare(a.TS, b.TS) })
	var out []Message
	for _, m := range all {
		if m.User == Bot && m.TS > to.TS && (m.To == "" || m.To == user) {
			out = append(out, *m)
		}
	}
	return out
}

// AwaitReply waits for the first reply to a message, and gives it.
func (s *Server) AwaitReply(user string, to Message) Message {
	s.t.Helper()
	var got []Message
	s.Until("a reply to "+to.TS, func() bool { got = s.Replies(user, to); return len(got) > 0 })
	return got[0]
}
