package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	slackgo "github.com/slack-go/slack"
	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/slack"
)

// lookAtSlack asks Slack what the token is and may do, and says how each
// thing that is wanting is put right. To have no token is no fault.
func (a *app) lookAtSlack(c *cobra.Command) []finding {
	const what = "Slack"
	s, err := a.settings.slackSecrets()
	switch {
	case err != nil:
		return []finding{{what, false, err.Error(), "see deploy/slack/README.md"}}
	case s.bot == "":
		return []finding{{what, true, "no token, so it is not served; deploy/slack has the manifest and the steps", ""}}
	}
	var scopes []string
	client := a.slackClient(s, &http.Client{Timeout: slackTime}, slackgo.OptionOnResponseHeaders(func(_ string, h http.Header) {
		if have := h.Get("X-OAuth-Scopes"); have != "" {
			scopes = strings.FieldsFunc(have, func(r rune) bool { return r == ',' || r == ' ' })
		}
	}))
	ctx, cancel := context.WithTimeout(c.Context(), 2*slackTime)
	defer cancel()
	is, err := client.AuthTestContext(ctx)
	if err != nil {
		return []finding{{what + " token", false, "Slack does not take it: " + err.Error(), tokenRemedy(err)}}
	}
	out := []finding{{what + " token", true, fmt.Sprintf("workspace %s (%s), as %s", is.Team, is.TeamID, is.User), ""}}
	out = append(out, lookAtScopes(scopes, s.agent), a.lookAtWay(ctx, client, s), a.lookAtLedger(ctx))
	return append(out, a.lookAtManifest(ctx, client, is.BotID, s))
}

func tokenRemedy(err error) string {
	var e slackgo.SlackErrorResponse
	if !errors.As(err, &e) {
		return "look whether this machine reaches slack.com"
	}
	switch e.Err {
	case "token_revoked", "account_inactive", "token_expired":
		return "install the app again (“Install App”) and take the new bot token"
	}
	return "take the bot token, xoxb-…, from “OAuth & Permissions”"
}

// lookAtScopes compares what the token may do with what is needed.
func lookAtScopes(have []string, agent bool) finding {
	const what = "Slack scopes"
	if len(have) == 0 {
		return finding{what, true, "not told by Slack; the manifest asks for those that are needed", ""}
	}
	if missing := slack.Missing(slack.Scopes(agent), have); len(missing) > 0 {
		return finding{what, false, "missing: " + strings.Join(missing, ", "), "“OAuth & Permissions”, Bot Token Scopes: add them, then “Reinstall to Workspace”"}
	}
	note := fmt.Sprintf("all %d that are needed", len(slack.Scopes(agent)))
	if more := slack.Missing(have, slack.Scopes(agent)); len(more) > 0 {
		note += ", and besides " + strings.Join(more, ", ")
	}
	return finding{what, true, note, ""}
}

// lookAtWay looks how Slack and this program come together.
func (a *app) lookAtWay(ctx context.Context, client *slackgo.Client, s slackSecrets) finding {
	const what = "Slack's way here"
	if s.app == "" {
		return finding{what, true, "Slack calls " + slack.EventsPath + ", " + slack.CommandsPath + " and " + slack.InteractionsPath + " of this server, from outside, over https", ""}
	}
	if _, _, err := client.StartSocketModeContext(ctx); err != nil {
		return finding{what, false, "Slack does not take the app-level token: " + err.Error(),
			"“Socket Mode”: switch it on; “Basic Information”, App-Level Tokens: one with connections:write, in " + a.settings.slackAppTokenFile.env}
	}
	return finding{what, true, "this program calls Slack (Socket Mode)", ""}
}

// lookAtLedger counts what the record of the chats holds.
func (a *app) lookAtLedger(ctx context.Context) finding {
	const what = "record of chats"
	if a.settings.data.value == "" {
		return finding{what, false, "there is no data directory for it", "set ADVOCATE_DATA, or HOME"}
	}
	st, err := ledger.Peek(ctx, a.ledgerFile(), ledger.Options{Now: a.now})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return finding{what, false, err.Error(), ""}
	}
	note := fmt.Sprintf("%s: %d waiting, %d done", a.ledgerFile(), st.Waiting+st.Working+st.Failed, st.Finished)
	if st.Abandoned+st.Unsure > 0 {
		note += fmt.Sprintf("; %d given up, %d of which nobody knows whether they arrived", st.Abandoned, st.Unsure)
	}
	return finding{what, true, note, ""}
}

// lookAtManifest compares the app with what this program needs. Slack shows
// it only for a configuration token, which is good for twelve hours.
func (a *app) lookAtManifest(ctx context.Context, client *slackgo.Client, botID string, s slackSecrets) finding {
	const what = "Slack manifest"
	token := a.settings.slackConfig.value
	if token == "" {
		return finding{what, true, "not looked at: set " + a.settings.slackConfig.env + " to a configuration token (api.slack.com/apps, “Your App Configuration Tokens”) for that", ""}
	}
	b, err := client.GetBotInfoContext(ctx, slackgo.GetBotInfoParameters{Bot: botID})
	if err != nil {
		return finding{what, false, "Slack does not say which app it is: " + err.Error(), ""}
	}
	m, err := client.ExportManifestContext(ctx, token, b.AppID)
	if err != nil {
		return finding{what, false, "Slack does not show it: " + err.Error(), "make a new configuration token: it is good for twelve hours"}
	}
	if lacks := slack.Lacks(*m, s.agent, s.app != ""); len(lacks) > 0 {
		note := "1 thing is wanting"
		if len(lacks) > 1 {
			note = fmt.Sprintf("%d things are wanting", len(lacks))
		}
		return finding{what, false, note, strings.Join(lacks, "\n     ")}
	}
	return finding{what, true, "as it should be", ""}
}
