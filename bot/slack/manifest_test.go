package slack

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// manifest reads one of deploy/slack. A key that Slack's schema does not have
// is an error.
func manifest(t *testing.T, name string) slack.Manifest {
	t.Helper()
	data, err := os.ReadFile("../../deploy/slack/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var m slack.Manifest
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	// Left out, Slack makes the messages tab read-only: nobody could type.
	if !bytes.Contains(data, []byte(`"messages_tab_read_only_enabled": false`)) {
		t.Errorf("%s: nobody can write in the messages tab", name)
	}
	return m
}

// manifests are the names of both, and whether each has the agent features.
func manifests() map[string]bool {
	return map[string]bool{"manifest.json": false, "manifest-agent.json": true}
}

func TestManifestsKeepTheLimits(t *testing.T) {
	t.Parallel()
	for name := range manifests() {
		m := manifest(t, name)
		length := func(what, text string, least, most int) {
			t.Helper()
			if n := layout.Units(text); n < least || n > most {
				t.Errorf("%s: %s has %d characters, want %d to %d", name, what, n, least, most)
			}
		}
		length("name", m.Display.Name, 1, MaxAppName)
		length("description", m.Display.Description, 1, MaxAppSays)
		length("long description", m.Display.LongDescription, MinAppLong, MaxAppLong)
		length("display name", m.Features.BotUser.DisplayName, 1, MaxBotName)
		if len(m.Features.SlashCommands) > MaxCommands || len(m.Features.Shortcuts) > MaxShortcuts || len(m.Settings.EventSubscriptions.BotEvents) > MaxEvents {
			t.Errorf("%s: too many commands, shortcuts or events", name)
		}
		for _, c := range m.Features.SlashCommands {
			length(c.Command, c.Command, 2, MaxCommand)
			length(c.Command, c.Description, 1, MaxCommandSays)
			length(c.Command, c.UsageHint, 0, MaxCommandHint)
		}
		for _, s := range m.Features.Shortcuts {
			length(s.Name, s.Name, 1, MaxShortcut)
			length(s.Name, s.Description, 1, MaxShortcutSays)
			length(s.Name, s.CallbackID, 1, MaxID)
		}
		if v := m.Features.AgentView; v != nil {
			length("agent description", v.AgentDescription, 1, MaxAgentSays)
			if len(v.SuggestedPrompts) == 0 || len(v.SuggestedPrompts) > MaxPrompts {
				t.Errorf("%s: %d prompts", name, len(v.SuggestedPrompts))
			}
		}
	}
}

// TestManifestsDeclareWhatIsHere: the commands, shortcuts and prompts of both
// are those of this package, and what each event and feature needs is there,
// and no more.
func TestManifestsDeclareWhatIsHere(t *testing.T) {
	t.Parallel()
	for name, agent := range manifests() {
		m := manifest(t, name)
		var commands []Command
		for _, c := range m.Features.SlashCommands {
			commands = append(commands, Command{Name: c.Command, Says: c.Description, Hint: c.UsageHint})
			if !strings.HasSuffix(c.Url, CommandsPath) || c.ShouldEscape != (c.Command == CommandSettings) {
				t.Errorf("%s: %+v", name, c)
			}
		}
		want := Commands()
		for i := range want {
			want[i].Open = ""
		}
		if !slices.Equal(commands, want) {
			t.Errorf("%s: commands %+v, want %+v", name, commands, want)
		}
		var shortcuts []Shortcut
		for _, s := range m.Features.Shortcuts {
			shortcuts = append(shortcuts, Shortcut{Name: s.Name, Callback: s.CallbackID, Says: s.Description, Message: s.Type == slack.MessageShortcut})
		}
		wanted := Shortcuts()
		for i := range wanted {
			wanted[i].Open = ""
		}
		if !slices.Equal(shortcuts, wanted) {
			t.Errorf("%s: shortcuts %+v, want %+v", name, shortcuts, wanted)
		}
		scopes, events := Scopes(agent), Events(agent)
		if agent {
			prompts(t, m.Features.AgentView)
		} else if m.Features.AgentView != nil {
			t.Errorf("%s has the agent features", name)
		}
		sameSet(t, name+" scopes", m.OAuthConfig.Scopes.Bot, scopes)
		sameSet(t, name+" events", m.Settings.EventSubscriptions.BotEvents, events)
		if s := m.OAuthConfig.Scopes; len(s.User)+len(s.BotOptional)+len(s.UserOptional) > 0 {
			t.Errorf("%s asks for more scopes: %+v", name, s)
		}
		if m.Settings.Interactivity == nil || !m.Settings.Interactivity.IsEnabled || m.Settings.TokenRotationEnabled || m.Features.AssistantView != nil || m.Features.UnfurlDomains != nil {
			t.Errorf("%s: settings %+v", name, m.Settings)
		}
		if h := m.Features.AppHome; !h.HomeTabEnabled || !h.MessagesTabEnabled {
			t.Errorf("%s: app home %+v", name, h)
		}
	}
}

func prompts(t *testing.T, v *slack.AgentView) {
	t.Helper()
	var got []Prompt
	for _, p := range v.SuggestedPrompts {
		got = append(got, Prompt{p.Title, p.Message})
	}
	if !slices.Equal(got, Prompts()) {
		t.Errorf("prompts %+v, want %+v", got, Prompts())
	}
}

func sameSet(t *testing.T, what string, got, want []string) {
	t.Helper()
	if got, want := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// TestLacks: the manifests lack nothing, and whatever is taken out of one is
// noticed.
func TestLacks(t *testing.T) {
	t.Parallel()
	for name, agent := range manifests() {
		if got := Lacks(manifest(t, name), agent, false); got != nil {
			t.Errorf("%s lacks %q", name, got)
		}
		for what, change := range map[string]func(m *slack.Manifest){
			"Home":        func(m *slack.Manifest) { m.Features.AppHome.HomeTabEnabled = false },
			"write":       func(m *slack.Manifest) { m.Features.AppHome.MessagesTabReadOnlyEnabled = true },
			"buttons and": func(m *slack.Manifest) { m.Settings.Interactivity.IsEnabled = false },
			"buttons go":  func(m *slack.Manifest) { m.Settings.Interactivity.RequestUrl = "https://advocate.example.org/" },
			"Socket":      func(m *slack.Manifest) { m.Settings.SocketModeEnabled = true },
			"rotation":    func(m *slack.Manifest) { m.Settings.TokenRotationEnabled = true },
			"app_mention": func(m *slack.Manifest) { m.Settings.EventSubscriptions.BotEvents = nil },
			"events go":   func(m *slack.Manifest) { m.Settings.EventSubscriptions.RequestUrl = "" },
			"/ask is":     func(m *slack.Manifest) { m.Features.SlashCommands[0].Command = "/ask-me" },
			"/ask goes":   func(m *slack.Manifest) { m.Features.SlashCommands[0].Url = "https://x.example" },
			"Escape": func(m *slack.Manifest) {
				m.Features.SlashCommands[len(m.Features.SlashCommands)-1].ShouldEscape = false
			},
			"Ask about": func(m *slack.Manifest) { m.Features.Shortcuts[0].CallbackID = "other" },
			"agent":     func(m *slack.Manifest) { m.Features.AgentView = map[bool]*slack.AgentView{false: {}}[agent] },
		} {
			m := manifest(t, name)
			change(&m)
			if got := Lacks(m, agent, false); len(got) != 1 || !strings.Contains(got[0], what) {
				t.Errorf("%s: without %q it lacks %q", name, what, got)
			}
		}
	}
}

// TestCommandsOpenForms: what a command or shortcut opens is a form.
func TestCommandsOpenForms(t *testing.T) {
	t.Parallel()
	v := view(t)
	v.Notes = true
	var opens []string
	for _, c := range Commands() {
		opens = append(opens, c.Open)
	}
	for _, s := range Shortcuts() {
		opens = append(opens, s.Open)
	}
	for _, name := range opens {
		if _, ok := v.Modal(name, "", ""); name != "" && !ok {
			t.Errorf("there is no form %q", name)
		}
	}
}
