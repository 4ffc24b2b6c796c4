package discordtest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func TestCommandsAreOverwritten(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	one, err := c.ApplicationCommandBulkOverwrite(discordtest.AppID, "", ask())
	must(t, err)
	two, err := c.ApplicationCommandBulkOverwrite(discordtest.AppID, "", ask()[1:])
	must(t, err)
	if len(one) != 4 || len(two) != 3 || two[0].ID != one[1].ID || two[0].Version == one[1].Version {
		t.Errorf("first %+v, then %+v", one, two)
	}
	got, err := c.ApplicationCommands(discordtest.AppID, "")
	must(t, err)
	if len(got) != 3 || got[0].Name != "settings" {
		t.Errorf("there are %+v", got)
	}
	_, err = c.ApplicationCommandBulkOverwrite(discordtest.AppID, discordtest.OtherGuild, ask()[:1])
	must(t, err)
	if got := s.Commands(discordtest.Stranger, discordtest.Lobby); !slices.Equal(got, []string{"/settings", "Ask about this", "Who is this", "/ask"}) {
		t.Errorf("in the other guild: %q", got)
	}
}

func TestWhoFindsWhichCommand(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	register(t, c)
	for _, f := range []struct{ user, channel, want string }{
		{discordtest.Member, discordtest.Public, "/ask Ask about this Who is this"},
		{discordtest.Admin, discordtest.Public, "/ask /settings Ask about this Who is this"},
		{discordtest.Member, discordtest.DM(discordtest.Member), "/ask /settings Ask about this Who is this"},
		{discordtest.Member, discordtest.Elsewhere, "/ask"}, // has the app for themself
		{discordtest.Admin, discordtest.Elsewhere, ""},
		{discordtest.Member, discordtest.Committee, ""},
	} {
		if got := strings.Join(s.Commands(f.user, f.channel), " "); got != f.want {
			t.Errorf("%s in %s finds %q", f.user, f.channel, got)
		}
	}
}

func TestCommandsThatAreRefused(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	chat := func(o obj) obj {
		base := obj{"name": "ask", "description": "x"}
		for k, v := range o {
			base[k] = v
		}
		return base
	}
	opt := func(o obj) obj {
		base := obj{"type": 3, "name": "q", "description": "x"}
		for k, v := range o {
			base[k] = v
		}
		return chat(obj{"options": []any{base}})
	}
	choice := func(int) any { return obj{"name": "x", "value": "y"} }
	big := func(i int) any {
		return obj{"type": 3, "name": "q" + string(rune('a'+i)), "description": long(100), "choices": many(3, func(int) any { return obj{"name": long(100), "value": long(100)} })}
	}
	for name, f := range map[string]struct {
		all  []any
		want string // "" is taken
	}{
		"as it is":         {[]any{chat(nil)}, ""},
		"other letters":    {[]any{chat(obj{"name": "preguntar-así"})}, ""},
		"upper case":       {[]any{chat(obj{"name": "Ask"})}, "0.name: Command name is invalid"},
		"33 letters":       {[]any{chat(obj{"name": long(33)})}, "0.name: Must be 32"},
		"a blank":          {[]any{chat(obj{"name": "a b"})}, "0.name: Command name is invalid"},
		"no description":   {[]any{chat(obj{"description": ""})}, "0.description: This field"},
		"description":      {[]any{chat(obj{"description": long(101)})}, "0.description: Must be 100"},
		"twice":            {[]any{chat(nil), chat(nil)}, "1: Application command names must be unique"},
		"26 options":       {[]any{chat(obj{"options": many(26, func(i int) any { return obj{"type": 3, "name": "q" + string(rune('a'+i)), "description": "x"} })})}, "0.options:"},
		"26 choices":       {[]any{opt(obj{"choices": many(26, choice)})}, "0.options.0.choices:"},
		"choice":           {[]any{opt(obj{"choices": []any{obj{"name": long(101), "value": "x"}}})}, "0.options.0.choices.0.name: Must be 100"},
		"choices and auto": {[]any{opt(obj{"choices": many(1, choice), "autocomplete": true})}, "mutually exclusive"},
		"max_length":       {[]any{opt(obj{"max_length": 6001})}, "0.options.0.max_length"},
		"required last":    {[]any{chat(obj{"options": []any{obj{"type": 3, "name": "a", "description": "x"}, obj{"type": 3, "name": "b", "description": "x", "required": true}}})}, "before non-required"},
		"8,000 in all":     {[]any{chat(obj{"options": many(12, big)})}, "maximum size"},
		"menu's text":      {[]any{obj{"type": 3, "name": "Ask about this", "description": "x"}}, "have no description"},
		"16 menus":         {many(16, func(i int) any { return obj{"type": 3, "name": "Ask " + string(rune('a'+i))} }), "too many commands"},
		"where":            {[]any{chat(obj{"contexts": []any{3}})}, "0.contexts.0:"},
	} {
		status, out := do(t, s, "PUT", "/applications/"+discordtest.AppID+"/commands", f.all)
		if f.want == "" {
			if status != 200 {
				t.Errorf("%s: %d %v", name, status, out)
			}
			continue
		}
		if status != 400 || out["code"] != 50035.0 {
			t.Errorf("%s: %d %v", name, status, out)
		}
		detail(t, s, f.want)
	}
	status, out := do(t, s, "PUT", "/applications/"+discordtest.Bot+"/commands", []any{})
	if status != 403 || out["code"] != 20012.0 {
		t.Errorf("another app: %d %v", status, out)
	}
	status, out = do(t, s, "PUT", "/applications/"+discordtest.AppID+"/guilds/"+discordtest.OutsideGuild+"/commands", []any{})
	if status != 403 || out["code"] != 50001.0 {
		t.Errorf("another guild: %d %v", status, out)
	}
}

func TestTwoHundredNewCommandsADay(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	put := func(from, n int) int {
		all := many(n, func(i int) any {
			return obj{"name": "ask-" + string(rune('a'+from)) + "-" + strings.Repeat("x", i%20) + string(rune('a'+i/20)), "description": "x"}
		})
		status, _ := do(t, s, "PUT", "/applications/"+discordtest.AppID+"/commands", all)
		return status
	}
	if a, b, again, c := put(0, 100), put(1, 100), put(1, 100), put(2, 1); a != 200 || b != 200 || again != 200 || c != 429 {
		t.Errorf("%d %d %d %d", a, b, again, c)
	}
	s.Clock.Advance(24 * time.Hour)
	if c := put(2, 1); c != 200 {
		t.Errorf("a day later: %d", c)
	}
}

func TestSubcommands(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	_, err := c.ApplicationCommandBulkOverwrite(discordtest.AppID, discordtest.Guild, []*discordgo.ApplicationCommand{{Name: "case", Description: "A case",
		Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "open", Description: "Open it",
			Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionInteger, Name: "visits", Description: "How many"},
				{Type: discordgo.ApplicationCommandOptionBoolean, Name: "private", Description: "For you only"}}}}}})
	must(t, err)
	s.Slash(discordtest.Member, discordtest.Public, "case open", discordtest.Values{"visits": 3, "private": true})
	in := a.last(t).ApplicationCommandData().Options[0]
	if in.Name != "open" || in.Options[0].IntValue() != 3 || !in.Options[1].BoolValue() {
		t.Errorf("the options are %+v", in)
	}
}
