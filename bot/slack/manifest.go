package slack

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// Scopes are those that the program needs, as the manifests ask for them.
func Scopes(agent bool) []string {
	out := []string{"app_mentions:read", "chat:write", "commands", "files:read", "files:write", "im:history", "im:write", "reactions:write", "users:read"}
	if agent {
		out = append(out, "assistant:write")
	}
	return out
}

// Events are those that it is told of, as the manifests ask for them.
func Events(agent bool) []string {
	out := []string{"app_home_opened", "app_mention", "app_uninstalled", "message.im"}
	if agent {
		out = append(out, "agent_session_stopped", "agent_session_title_changed", "app_context_changed")
	}
	return out
}

// Missing are those of want that are not in have.
func Missing(want, have []string) []string {
	return slices.DeleteFunc(slices.Clone(want), func(s string) bool { return slices.Contains(have, s) })
}

// Lacks says what the manifest of an app lacks for this program: one line
// each, with what to do. socket says that the program calls Slack.
func Lacks(m slack.Manifest, agent, socket bool) []string {
	var out []string
	lack := func(bad bool, line string) {
		if bad {
			out = append(out, line)
		}
	}
	lack(!m.Features.AppHome.HomeTabEnabled, "the Home tab is off: “App Home”, switch it on")
	lack(!m.Features.AppHome.MessagesTabEnabled || m.Features.AppHome.MessagesTabReadOnlyEnabled,
		"nobody can write to the app: “App Home”, Messages tab, allow users to send messages")
	lack(m.Settings.Interactivity == nil || !m.Settings.Interactivity.IsEnabled, "buttons and forms do nothing: “Interactivity & Shortcuts”, switch it on")
	lack(m.Settings.SocketModeEnabled != socket, map[bool]string{true: "an app-level token is set and Socket Mode is off: “Socket Mode”, switch it on",
		false: "Socket Mode is on, so that Slack does not call this server: “Socket Mode”, switch it off, or set an app-level token"}[socket])
	lack(m.Settings.TokenRotationEnabled, "token rotation is on, which this program does not do: make the app anew")
	lack(agent != (m.Features.AgentView != nil), map[bool]string{true: "--slack-agent is set and the app is no agent: give it manifest-agent.json, or leave the flag out",
		false: "the app is an agent: set --slack-agent"}[agent])
	var events []string
	if s := m.Settings.EventSubscriptions; s != nil {
		events = s.BotEvents
		lack(!socket && !strings.HasSuffix(s.RequestUrl, EventsPath), "events go elsewhere: “Event Subscriptions”, let the request URL end in "+EventsPath)
	}
	if n := Missing(Events(agent), events); len(n) > 0 {
		lack(true, "events are missing: “Event Subscriptions”, subscribe to "+strings.Join(n, ", "))
	}
	if i := m.Settings.Interactivity; i != nil {
		lack(!socket && !strings.HasSuffix(i.RequestUrl, InteractionsPath), "buttons go elsewhere: “Interactivity & Shortcuts”, let the request URL end in "+InteractionsPath)
	}
	for _, c := range Commands() {
		i := slices.IndexFunc(m.Features.SlashCommands, func(x slack.ManifestSlashCommand) bool { return x.Command == c.Name })
		switch {
		case i < 0:
			lack(true, c.Name+" is missing: “Slash Commands”, create it, or take manifest.json")
		case !socket && !strings.HasSuffix(m.Features.SlashCommands[i].Url, CommandsPath):
			lack(true, c.Name+" goes elsewhere: “Slash Commands”, let its URL end in "+CommandsPath)
		case c.Name == CommandSettings && !m.Features.SlashCommands[i].ShouldEscape:
			lack(true, c.Name+" does not tell channels: “Slash Commands”, tick “Escape channels, users, and links”")
		}
	}
	for _, s := range Shortcuts() {
		if !slices.ContainsFunc(m.Features.Shortcuts, func(x slack.Shortcut) bool { return x.CallbackID == s.Callback }) {
			lack(true, "the shortcut “"+s.Name+"” is missing: “Interactivity & Shortcuts”, create it with the callback ID "+s.Callback)
		}
	}
	return out
}
