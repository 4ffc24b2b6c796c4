package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/slack"
)

// slackSecrets are what is set of Slack.
type slackSecrets struct {
	bot, app string
	signing  []string
	agent    bool
}

// slackSecrets reads the settings of Slack. Without a token there is no Slack.
func (s *settings) slackSecrets() (out slackSecrets, err error) {
	signing := ""
	for _, x := range []struct {
		to          *string
		value, file *setting
	}{{&out.bot, &s.slackToken, &s.slackTokenFile}, {&out.app, &s.slackAppToken, &s.slackAppTokenFile}, {&signing, &s.slackSecret, &s.slackSecretFile}} {
		if *x.to, err = secretOf(x.value, x.file); err != nil {
			return out, err
		}
	}
	out.signing = strings.FieldsFunc(signing, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' || r == ' ' })
	if out.agent, err = s.slackAgent.yes(); err != nil {
		return out, err
	}
	switch {
	case out.bot == "" && (out.app != "" || len(out.signing) > 0):
		return out, usage("Slack has a secret and no bot token: set %s, or %s", s.slackToken.env, s.slackTokenFile.env)
	case out.bot == "":
		return out, nil
	case !strings.HasPrefix(out.bot, "xoxb-"):
		return out, usage("%s is no bot token: it begins with xoxb- and is under “OAuth & Permissions”", s.slackToken.env)
	case out.app != "" && !strings.HasPrefix(out.app, "xapp-"):
		return out, usage("%s is no app-level token: it begins with xapp- and is under “Basic Information”", s.slackAppToken.env)
	case out.app == "" && len(out.signing) == 0:
		return out, usage("Slack's token is set and no way to it: set %s where Slack calls this server, or %s where this server calls Slack", s.slackSecret.env, s.slackAppToken.env)
	case len(out.signing) > 2:
		return out, usage("%s has %d secrets: want one, or two while one replaces the other", s.slackSecret.env, len(out.signing))
	}
	return out, nil
}

// slackTime is how long one call of Slack may take.
const slackTime = 30 * time.Second

func (a *app) slackClient(s slackSecrets, h *http.Client, more ...slackgo.Option) *slackgo.Client {
	options := append(more, slackgo.OptionHTTPClient(h), slackgo.OptionAppLevelToken(s.app))
	if a.slackAPI != "" {
		options = append(options, slackgo.OptionAPIURL(a.slackAPI))
	}
	return slackgo.New(s.bot, options...)
}

// slackServed makes the door to Slack; nil without a token.
func (a *app) slackServed(ctx context.Context, as *bot.Assistant, o chat.Options, page string) (*served, error) {
	s, err := a.settings.slackSecrets()
	if err != nil || s.bot == "" {
		return nil, err
	}
	h := &http.Client{Timeout: slackTime}
	view := slack.View{Rules: as.Rules, Catalog: as.Catalog, Page: page, Link: a.pageLink(page, as.Catalog), Notes: o.Notes, Agent: s.agent, Keeping: slack.Keeping(keeping)}
	door, err := slack.NewDoor(ctx, a.slackClient(s, h), h, view, a.now)
	if err != nil {
		return nil, failed(fmt.Errorf("the token is not taken by Slack: %w\nLook at it with 'advocate doctor'", err))
	}
	o.Door, o.Directly = door, true
	d, err := chat.New(o)
	if err != nil {
		return nil, failed(err)
	}
	app, err := slack.NewApp(slack.AppOptions{Door: door, Chat: d, Secrets: s.signing, Now: a.now, Log: o.Log})
	if err != nil {
		return nil, failed(err)
	}
	out := &served{name: "slack", chat: d, close: app.Close,
		says: "Slack, workspace " + door.Self.Team + ", which calls " + slack.EventsPath + ", " + slack.CommandsPath + " and " + slack.InteractionsPath}
	if len(s.signing) > 0 {
		out.path, out.handler = "/slack/", app.Handler()
	}
	if s.app != "" {
		socket := slack.NewSocket(app, a.slackClient(s, h))
		out.intake, out.connected = socket.Run, socket.Connected
		out.says = "Slack, workspace " + door.Self.Team + ", over a socket to it"
	}
	return out, nil
}
