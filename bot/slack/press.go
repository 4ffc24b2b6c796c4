package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
)

// pressed does what a button asks for.
func (a *App) pressed(ctx context.Context, c slack.InteractionCallback) error {
	if c.Team.ID != a.Door.Self.Team || len(c.ActionCallback.BlockActions) == 0 {
		return nil
	}
	b := c.ActionCallback.BlockActions[0]
	action, ref, value := Action(b.ActionID), Ref(b.BlockID), valueOf(b)
	press := ledger.Key("press:" + c.User.ID + ":" + b.ActionTs + ":" + c.TriggerID)
	o := a.pressedAt(c, press)
	at := formAt{Channel: o.At.Channel, Thread: o.At.Thread, Reply: o.Reply}
	once := func(parts ...string) { // a second press does nothing more
		o.Keys = []ledger.Key{ledger.Key(strings.Join(append([]string{action, ref, c.User.ID}, parts...), ":"))}
	}
	switch action {
	case ActionLink:
		return nil
	case ActionOpen:
		return a.open(ctx, c.TriggerID, value, "", at, o)
	case ActionFollow, ActionTry:
		o.Kind, o.Ask.Text = chat.Ask, value
	case ActionFact:
		o.Kind, o.Ref, o.Ask.Facts = chat.Ask, ref, []string{value}
		if _, _, ok := Said(value); !ok {
			return a.tell(ctx, o, chat.NoticeExpired)
		}
	case ActionAgain:
		o.Kind, o.Ref = chat.Ask, ref
	case ActionFeedback:
		return a.voted(ctx, c, o, at, value)
	case ActionShare:
		once()
		o.Kind, o.Ref, o.At.Thread = chat.Share, ref, ""
	case ActionCommittee:
		once()
		o.Kind, o.Ref = chat.Committee, ref
	case ActionTaken:
		o.Keys = []ledger.Key{ledger.Key("taken:" + ref)}
		o.Kind, o.Ref, o.Public, o.At.Thread = chat.Take, ref, true, c.Container.MessageTs
	case ActionDocument:
		once(value)
		o.Kind, o.Ref, o.Value = chat.Document, ref, value
	case ActionForget:
		o.Kind = chat.Forget
	case ActionStop:
		n := a.Chat.Stop(ref, o.At, o.From)
		if n == chat.NoticeStopped {
			return nil // as the answer will say
		}
		return a.tell(ctx, o, n)
	default:
		return a.tell(ctx, o, chat.NoticeExpired)
	}
	return a.accept(ctx, o, press)
}

// valueOf is the value of a button, or of what was chosen.
func valueOf(b *slack.BlockAction) string {
	if b.Value == "" {
		return b.SelectedOption.Value
	}
	return b.Value
}

// pressedAt is an order of whoever pressed, to be answered where the button
// is: in its thread, or to them alone where only they see it.
func (a *App) pressedAt(c slack.InteractionCallback, press ledger.Key) chat.Order {
	channel := c.Container.ChannelID
	if channel == "" {
		channel = c.Channel.ID
	}
	r := reply{URL: c.ResponseURL, Given: a.Now().Unix()}
	o := chat.Order{Keys: []ledger.Key{press}, From: from(userTeam(c), c.User.ID), At: place(c.Team.ID, channel, ""), Direct: isDirect(channel), Reply: r.pack()}
	if channel == "" {
		return o // the Home tab: the answer comes as a direct message
	}
	if !c.Container.IsEphemeral {
		o.Public = !o.Direct
		o.At.Thread = thread(c.Message.ThreadTimestamp, thread(c.Container.ThreadTs, c.Container.MessageTs))
	}
	return o
}

// voted stores what a person says of an answer, and asks for the reasons
// where it did not help.
func (a *App) voted(ctx context.Context, c slack.InteractionCallback, o chat.Order, at formAt, value string) error {
	message := ledger.Key(o.At.Channel + ":" + c.Container.MessageTs)
	if value != Good && value != Bad {
		return nil
	}
	if err := a.Chat.Feedback(ctx, ledger.Feedback{Message: message, From: o.From, Verdict: value}, ""); err != nil {
		return err
	}
	o.Public = false
	if value == Bad {
		at.Message = string(message)
		return a.open(ctx, c.TriggerID, ModalFeedback, "", at, o)
	}
	return a.tell(ctx, o, chat.NoticeThanks)
}
