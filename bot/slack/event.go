package slack

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
)

// An outer is what Slack wraps an event in. Only what is used is read, of
// events that may have anything else: the client's own reader refuses those
// it does not know.
type outer struct {
	Type      string          `json:"type"`
	Challenge string          `json:"challenge"`
	Team      string          `json:"team_id"`
	ID        string          `json:"event_id"`
	Time      int64           `json:"event_time"`
	Shared    bool            `json:"is_ext_shared_channel"`
	Event     json.RawMessage `json:"event"`
}

// inner is an event, as far as it is used.
type inner struct {
	Type        string       `json:"type"`
	Subtype     string       `json:"subtype"`
	User        string       `json:"user"`
	BotID       string       `json:"bot_id"`
	Team        string       `json:"user_team"`
	Text        string       `json:"text"`
	TS          string       `json:"ts"`
	Thread      string       `json:"thread_ts"`
	Channel     string       `json:"channel"`
	ChannelType string       `json:"channel_type"`
	Tab         string       `json:"tab"`
	Files       []slack.File `json:"files"`
}

// event does what an event asks for. What is not for the program is no error.
func (a *App) event(ctx context.Context, o outer) error {
	var e inner
	if json.Unmarshal(o.Event, &e) != nil {
		a.Log.Warn("slack: an event that cannot be read")
		return nil
	}
	if o.Team != a.Door.Self.Team {
		return nil // of a workspace that did not install it
	}
	switch e.Type {
	case "app_mention":
		return a.asked(ctx, o, e, true)
	case "message":
		return a.message(ctx, o, e)
	case "app_home_opened":
		a.home(e)
	case "app_uninstalled": // a workspace that let the program go
		return a.Chat.Left(ctx, Platform, o.Team)
	case "agent_session_stopped":
		a.Chat.Stop("", place(o.Team, e.Channel, e.Thread), from(o.Team, e.User))
	}
	return nil
}

// message is a direct one, which is a question, or one between people, if the
// app hears those: then a person may be answering.
func (a *App) message(ctx context.Context, o outer, e inner) error {
	switch {
	case !isPerson(e.Subtype, e.BotID, e.User), e.User == a.Door.Self.User:
		return nil
	case e.ChannelType == "im" && isDirect(e.Channel):
		return a.asked(ctx, o, e, false)
	case strings.Contains(e.Text, "<@"+a.Door.Self.User+">"):
		return nil // it comes as a mention too
	}
	return a.Chat.Heard(ctx, place(o.Team, e.Channel, e.Thread), from(o.Team, e.User))
}

// asked is a question: a mention, or a direct message.
func (a *App) asked(ctx context.Context, o outer, e inner, public bool) error {
	if !isPerson(e.Subtype, e.BotID, e.User) || e.User == a.Door.Self.User {
		return nil
	}
	team := o.Team
	if e.Team != "" {
		team = e.Team // whoever is of another workspace is no member of this one
	}
	order := chat.Order{
		Keys: []ledger.Key{ledger.Key("event:" + o.ID), ledger.Key("message:" + e.Channel + ":" + e.TS)},
		From: from(team, e.User), At: place(o.Team, e.Channel, thread(e.Thread, e.TS)), Kind: chat.Ask,
		Reply: reply{Given: o.Time, Message: e.TS, Shared: o.Shared}.pack(), Public: public, Direct: !public,
	}
	order.Ask.Text = plain(e.Text)
	if order.Ask.Text == "" && len(e.Files) > 0 {
		return a.tell(ctx, order, chat.NoticeFile)
	}
	return a.accept(ctx, order, "")
}

// home shows the Home tab, or what can be asked in the Messages tab.
func (a *App) home(e inner) {
	switch {
	case e.Tab == "home":
		a.aside("the Home tab", func(ctx context.Context) error {
			_, err := a.Door.Client.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: e.User, View: a.Door.View.Home()})
			return err
		})
	case e.Tab == "messages" && a.Door.View.Agent:
		a.aside("suggested prompts", func(ctx context.Context) error {
			p := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: e.Channel}
			for _, x := range Prompts() {
				p.Prompts = append(p.Prompts, slack.AssistantThreadsPrompt{Title: x.Title, Message: x.Message})
			}
			return a.Door.Client.SetAssistantThreadsSuggestedPromptsContext(ctx, p)
		})
	}
}
