package discordtest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

const loud = "@everyone @here <@" + discordtest.Member + "> <@&" + discordtest.CommitteeRole + "> <@&" + discordtest.StaffRole + ">"

func TestWhoIsPinged(t *testing.T) {
	t.Parallel()
	everybody := []string{discordtest.Member, discordtest.CommitteeRole, discordtest.StaffRole, "@everyone", "@here"}
	for name, c := range map[string]struct {
		mentions any
		want     []string
	}{
		"nothing said":   {nil, everybody},
		"none":           {obj{"parse": []any{}}, nil},
		"null":           {obj{"parse": nil}, everybody},
		"users":          {obj{"parse": []any{"users"}}, everybody[:1]},
		"one by its id":  {obj{"parse": []any{}, "users": []any{discordtest.Member}}, everybody[:1]},
		"another id":     {obj{"parse": []any{}, "users": []any{discordtest.Admin}}, nil},
		"everyone":       {obj{"parse": []any{"everyone"}}, everybody[3:]},
		"a role's id":    {obj{"roles": []any{discordtest.StaffRole}}, everybody[2:3]},
		"the empty list": {obj{}, nil},
	} {
		s, _ := start(t, discordtest.Options{})
		body := obj{"content": loud}
		if c.mentions != nil {
			body["allowed_mentions"] = c.mentions
		}
		_, out := do(t, s, "POST", messages(discordtest.Public), body)
		if got := s.Pinged(); !slices.Equal(got, c.want) {
			t.Errorf("%s: pinged %q, want %q", name, got, c.want)
		}
		if n := len(out["mentions"].([]any)); n != 1 {
			t.Errorf("%s: %d mentions", name, n)
		}
	}
}

func TestARoleIsPingedOnlyIfTheBotMay(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	s.Overwrite(discordtest.Public, discordtest.Overwrite{ID: discordtest.Guild, Deny: discordtest.MentionEveryone})
	post(t, c, discordtest.Public, loud)
	if got := s.Pinged(); !slices.Equal(got, []string{discordtest.Member, discordtest.CommitteeRole}) {
		t.Errorf("pinged %q", got)
	}
}

func TestAnEmptyListOfTheClientPingsNobody(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	q := s.Type(discordtest.Member, discordtest.Public, "x")
	send := func(a *discordgo.MessageAllowedMentions) {
		_, err := c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{Content: loud, AllowedMentions: a, Reference: &discordgo.MessageReference{MessageID: q.ID}})
		must(t, err)
	}
	send(&discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}})
	if got := s.Pinged(); got != nil {
		t.Errorf("pinged %q", got)
	}
	send(&discordgo.MessageAllowedMentions{}) // marshals parse: null
	if got := s.Pinged(); len(got) != 5 {
		t.Errorf("pinged %q", got)
	}
	calls := s.Calls(discordtest.CreateMessage)
	if !strings.Contains(string(calls[0].Body), `"allowed_mentions":{"parse":[],"replied_user":false}`) || len(calls[1].Strange) == 0 {
		t.Errorf("sent %s, strange %q", calls[0].Body, calls[1].Strange)
	}
}

func TestWhatUnfurls(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	for text, want := range map[string]string{
		"see https://a.example/b.":                   "https://a.example/b.",
		"see <https://a.example/b>":                  "",
		"[law](https://a.example/b)":                 "https://a.example/b",
		"[law](<https://a.example/b>)":               "",
		"<https://a.example> and http://c.example/x": "http://c.example/x",
	} {
		m := post(t, c, discordtest.Public, text)
		if got := strings.Join(s.Message(discordtest.Public, m.ID).Unfurls(), " "); got != want {
			t.Errorf("%s: unfurls %q", text, got)
		}
	}
	m, err := c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{Content: "https://a.example", Flags: discordgo.MessageFlagsSuppressEmbeds})
	must(t, err)
	if got := s.Message(discordtest.Public, m.ID).Unfurls(); got != nil {
		t.Errorf("with the flag: %q", got)
	}
}
