package discordtest

import (
	"regexp"
	"slices"
	"strings"
)

var (
	userMention     = regexp.MustCompile(`<@!?(\d{17,20})>`)
	roleMention     = regexp.MustCompile(`<@&(\d{17,20})>`)
	everyoneMention = regexp.MustCompile(`@(everyone|here)`)
	bareLink        = regexp.MustCompile(`<?https?://[^\s<>)\]]+>?`)
)

// allowed is what a message may notify.
type allowed struct {
	users, roles, everyone bool
	userIDs, roleIDs       []string
	replied                bool
}

// allowedMentions reads the field; without it everything is notified, but only
// users by an interaction. A list that is null is taken as if it were not there.
func (f *form) allowedMentions(v any, hook bool) allowed {
	o := object(v)
	if o == nil {
		return allowed{users: true, roles: !hook, everyone: !hook, replied: true}
	}
	f.known("allowed_mentions", o, "parse users roles replied_user")
	a := allowed{userIDs: strs(o["users"]), roleIDs: strs(o["roles"]), replied: truth(o["replied_user"])}
	parse, isList := o["parse"].([]any)
	if _, there := o["parse"]; there && !isList { // null
		a.users, a.roles, a.everyone = true, true, true
		f.strange = append(f.strange, "allowed_mentions.parse: null")
	}
	for i, p := range parse {
		switch p {
		case "users":
			a.users = true
		case "roles":
			a.roles = true
		case "everyone":
			a.everyone = true
		default:
			f.choices(at("allowed_mentions.parse", i))
		}
	}
	f.count("allowed_mentions.users", len(a.userIDs), 0, 100)
	f.count("allowed_mentions.roles", len(a.roleIDs), 0, 100)
	if a.users && len(a.userIDs) > 0 || a.roles && len(a.roleIDs) > 0 {
		f.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse and the list of ids are mutually exclusive.")
	}
	return a
}

// ping notes whom a message mentions, and whom of these it notifies. What
// stands in code notifies too. The lock is held.
func (s *Server) ping(m *Message, a allowed) {
	c := s.channels[m.Channel]
	text := m.Content + "\n" + strings.Join(displayed(m.Components), "\n")
	m.Mentioned, m.Pinged = nil, nil
	note := func(to *[]string, who string) {
		if !slices.Contains(*to, who) {
			*to = append(*to, who)
		}
	}
	for _, g := range userMention.FindAllStringSubmatch(text, -1) {
		if s.users[g[1]] == nil {
			continue
		}
		note(&m.Mentioned, g[1])
		if a.users || slices.Contains(a.userIDs, g[1]) {
			note(&m.Pinged, g[1])
		}
	}
	everyone := s.may(m.User, c, MentionEveryone)
	if g := s.guilds[c.Guild]; g != nil {
		for _, found := range roleMention.FindAllStringSubmatch(text, -1) {
			i := slices.IndexFunc(g.Roles, func(r Role) bool { return r.ID == found[1] })
			if i >= 0 && (g.Roles[i].Mentionable || everyone) && (a.roles || slices.Contains(a.roleIDs, found[1])) {
				note(&m.Pinged, found[1])
			}
		}
		if everyone && a.everyone {
			for _, found := range everyoneMention.FindAllString(text, -1) {
				note(&m.Pinged, found)
			}
		}
	}
	if r := s.find(m.Channel, m.Reply); r != nil && a.replied && r.User != m.User {
		note(&m.Mentioned, r.User)
		note(&m.Pinged, r.User)
	}
}

// displayed are the texts of text displays.
func displayed(components []obj) []string {
	var out []string
	eachComponent(components, func(c obj) {
		if num(c["type"]) == textDisplay {
			out = append(out, str(c["content"]))
		}
	})
	return out
}

// Unfurls are the addresses under which Discord would show a preview: those of
// the text that do not stand between < and >, where nothing suppresses them.
// Those that are shown in code are among them.
func (m Message) Unfurls() []string {
	if m.Flags&(SuppressEmbeds|ComponentsV2) != 0 || m.inert {
		return nil
	}
	var out []string
	for _, u := range bareLink.FindAllString(m.Content, -1) {
		if !strings.HasPrefix(u, "<") || !strings.HasSuffix(u, ">") {
			out = append(out, strings.Trim(u, "<>"))
		}
	}
	return out
}
