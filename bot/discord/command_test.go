package discord

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/corpus"
)

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

// TestCommandsKeepTheLimits: and each says where it is and who may see it.
func TestCommandsKeepTheLimits(t *testing.T) {
	t.Parallel()
	typed, menus := 0, 0
	names := map[string]bool{}
	for _, c := range Commands() {
		size := layout.Units(c.Name) + layout.Units(c.Description)
		if names[c.Name] || c.Contexts == nil || slices.Contains(*c.Contexts, discordgo.InteractionContextPrivateChannel) || c.IntegrationTypes == nil ||
			!slices.Equal(*c.IntegrationTypes, []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}) {
			t.Errorf("%+v", c)
		}
		names[c.Name] = true
		if admin := c.DefaultMemberPermissions != nil; admin != (c.Name == CommandSettings) || admin && *c.DefaultMemberPermissions != discordgo.PermissionManageGuild {
			t.Errorf("%s: permissions", c.Name)
		}
		if c.Type == discordgo.MessageApplicationCommand {
			menus++
			if c.Description != "" || len(c.Options) > 0 || layout.Units(c.Name) > MaxCommand {
				t.Errorf("%+v", c)
			}
			continue
		}
		typed++
		if !commandName.MatchString(c.Name) || strings.ToLower(c.Name) != c.Name || c.Description == "" || layout.Units(c.Description) > MaxCommandSays || len(c.Options) > MaxOptions {
			t.Errorf("%+v", c)
		}
		for _, o := range c.Options {
			size += optionWithin(t, c.Name, o)
		}
		if size > MaxCommandAll {
			t.Errorf("%s has %d characters", c.Name, size)
		}
	}
	if typed != 9 || menus != 2 {
		t.Errorf("%d commands and %d of the menu", typed, menus)
	}
}

func optionWithin(t *testing.T, command string, o *discordgo.ApplicationCommandOption) int {
	t.Helper()
	size := layout.Units(o.Name) + layout.Units(o.Description)
	if !commandName.MatchString(o.Name) || strings.ToLower(o.Name) != o.Name || o.Description == "" || layout.Units(o.Description) > MaxCommandSays || len(o.Choices) > MaxOptions ||
		o.MaxLength > MaxString || o.Autocomplete && len(o.Choices) > 0 {
		t.Errorf("%s: %+v", command, o)
	}
	for _, c := range o.Choices {
		value, ok := c.Value.(string)
		if size += layout.Units(c.Name) + layout.Units(value); !ok || layout.Units(c.Name) > MaxChoice || c.Name == "" || layout.Units(value) > MaxChoice {
			t.Errorf("%s: %+v", command, c)
		}
	}
	return size
}

// TestNoWordsBehindCommands: a note, a denial, a draft or a story cannot be
// typed behind a command.
func TestNoWordsBehindCommands(t *testing.T) {
	t.Parallel()
	for _, c := range Commands() {
		for _, o := range c.Options {
			long := o.Type == discordgo.ApplicationCommandOptionString && len(o.Choices) == 0 && (o.MaxLength == 0 || o.MaxLength > MaxChoice)
			if long && (c.Name != CommandAsk || o.Name != optionQuestion) {
				t.Errorf("/%s takes words: %s", c.Name, o.Name)
			}
		}
	}
}

func TestCommandsHash(t *testing.T) {
	t.Parallel()
	first := CommandsHash(Commands())
	if len(first) != 16 || first != CommandsHash(Commands()) {
		t.Errorf("%q is not stable", first)
	}
	changed := Commands()
	changed[0].Options[0].Description += "."
	if CommandsHash(changed) == first || CommandsHash(Commands()[1:]) == first || CommandsHash(nil) == first {
		t.Error("a change is not seen")
	}
}

// given are the options of a command as an interaction brings them.
func given(name string, values map[string]any) discordgo.ApplicationCommandInteractionData {
	d := discordgo.ApplicationCommandInteractionData{Name: name}
	for option, value := range values {
		d.Options = append(d.Options, &discordgo.ApplicationCommandInteractionDataOption{Name: option, Value: value})
	}
	return d
}

// TestTyped: what was given behind a command is in the form that it opens, or
// in the question; and the form does not ask for it again.
func TestTyped(t *testing.T) {
	t.Parallel()
	ask := Typed(given(CommandAsk, map[string]any{optionQuestion: "may they?", FieldState: "WA", FieldPlan: "va", FieldPlain: true, FieldSource: "RCW 48.43.045(1)"})).Ask()
	if ask.Text != "may they? (RCW 48.43.045(1))" || ask.State != "WA" || ask.Plan != "va" || !ask.Plain {
		t.Errorf("%+v", ask)
	}
	v := view(t)
	v.Desk = true
	for _, c := range Commands() {
		all := map[string]any{}
		for _, o := range c.Options {
			switch {
			case len(o.Choices) > 0: // the longest
				longest := slices.MaxFunc(o.Choices, func(a, b *discordgo.ApplicationCommandOptionChoice) int {
					return len(a.Value.(string)) - len(b.Value.(string))
				})
				all[o.Name] = longest.Value
			case o.Name == FieldState:
				all[o.Name] = "WA"
			case o.Name == FieldBill:
				all[o.Name] = strings.Repeat("B", maxBill)
			case o.Name == FieldOn:
				all[o.Name] = "2026-07-01"
			case o.Name == FieldMinutes:
				all[o.Name] = "12.55"
			default:
				all[o.Name] = "123"
			}
		}
		m, ok := v.Modal(c.Name, "", Typed(given(c.Name, all)).Pack())
		if !ok || c.Name == CommandAsk || c.Name == CommandRewrite {
			continue
		}
		modalWithin(t, m)
		back := filledIn(t, m.CustomID, nil)
		for name, value := range all {
			if back.Value(name) != value {
				t.Errorf("/%s %s=%v is lost in %q", c.Name, name, value, m.CustomID)
			}
		}
		for _, l := range m.Components {
			if all[l.Component.CustomID] != nil {
				t.Errorf("/%s asks for %s again", c.Name, l.Component.CustomID)
			}
		}
	}
	if got := Typed(given(CommandSettings, map[string]any{optionName: "state", optionValue: "WA"})).Settings(); got != "state WA" {
		t.Errorf("%q", got)
	}
	if got := Typed(given(CommandSettings, nil)).Settings(); got != "" {
		t.Errorf("%q", got)
	}
}

// TestComplete: states, plans, sources and settings are completed, the best
// first, and no document that not everybody may see is named.
func TestComplete(t *testing.T) {
	t.Parallel()
	v := view(t)
	catalog := *v.Catalog
	hidden := *catalog.Sources[0]
	hidden.Scope, hidden.Title = "canary", "canary"
	catalog.Sources = append(slices.Clone(catalog.Sources), &hidden)
	v.Catalog = &catalog
	if hidden.Scope == corpus.PublicScope {
		t.Fatal("the sample is public")
	}
	complete := func(option, typed string, more map[string]any) []*discordgo.ApplicationCommandOptionChoice {
		d := given("x", more)
		d.Options = append(d.Options, &discordgo.ApplicationCommandInteractionDataOption{Name: option, Value: typed, Focused: true})
		return v.Complete(Typed(d))
	}
	for _, tt := range []struct{ option, typed, first string }{
		{FieldState, "wash", "WA"}, {FieldState, "or", "OR"}, {FieldState, "WA", "WA"}, {FieldPlan, "self", "self-funded"}, {FieldPlan, "l&i", "workers-comp"},
		{FieldSource, "rcw 48.43.045", "RCW 48.43.045"}, {FieldSource, "Provider nondis", "42 U.S.C. 300gg-5"},
	} {
		got := complete(tt.option, tt.typed, nil)
		if len(got) == 0 || got[0].Value != tt.first {
			t.Errorf("%s %q: %v, want %q first", tt.option, tt.typed, asJSON(t, got), tt.first)
		}
	}
	for _, typed := range []string{"", "a", "canary", strings.Repeat("x", 5000), "@everyone"} {
		for _, option := range []string{FieldState, FieldPlan, FieldSource, optionValue, optionQuestion, ""} {
			got := complete(option, typed, nil)
			if got == nil || len(got) > MaxOptions || strings.Contains(asJSON(t, got), "canary") {
				t.Errorf("%s %.20q: %s", option, typed, asJSON(t, got))
			}
			for _, c := range got {
				if layout.Units(c.Name) > MaxChoice || c.Name == "" || layout.Units(c.Value.(string)) > MaxChoice {
					t.Errorf("%+v", c)
				}
			}
		}
	}
	if got := complete(optionValue, "", map[string]any{optionName: "answers"}); len(got) != 3 {
		t.Errorf("%s", asJSON(t, got))
	}
	if got := complete(optionValue, "ore", map[string]any{optionName: "state"}); len(got) != 1 || got[0].Value != "OR" {
		t.Errorf("%s", asJSON(t, got))
	}
}
