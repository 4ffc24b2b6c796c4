package discord

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
)

// pressed does what a button asks for.
func (a *App) pressed(ctx context.Context, i interaction) (*callback, error) {
	action, ref, value := Action(i.Data.CustomID), Ref(i.Data.CustomID), a.valueOf(i)
	whisper := i.Message == nil || i.Message.Flags&flagEphemeral != 0 || i.Guild == ""
	o := a.order(i, whisper && i.Guild != "")
	once := func(parts ...string) { // a second press does nothing more
		o.Keys = append([]ledger.Key{ledger.Key(strings.Join(append([]string{action, ref, i.who().ID}, parts...), ":"))}, o.Keys...)
	}
	switch action {
	case ActionOpen:
		return a.open(value, "", ""), nil
	case ActionSharing:
		return a.tells(a.Door.View.Share(ref)), nil
	case ActionForgetting:
		return a.tells(a.Door.View.Forget()), nil
	case ActionFeedback:
		return a.voted(ctx, i, o, value)
	case ActionStop:
		n := a.Chat.Stop(ref, o.At, o.From)
		if n == chat.NoticeStopped {
			return &callback{Type: callUpdate}, nil // as the answer will say
		}
		return a.says(n), nil
	case ActionTaken:
		return a.taken(ctx, i, o, ref)
	case ActionFollow, ActionTry:
		o.Kind, o.Ask.Text = chat.Ask, value
	case ActionFact:
		o.Kind, o.Ref, o.Ask.Facts = chat.Ask, ref, []string{value}
		if !strings.Contains(value, "=") {
			return a.says(chat.NoticeExpired), nil
		}
	case ActionAgain:
		o.Kind, o.Ref = chat.Ask, ref
	case ActionShare:
		once()
		o.Kind, o.Ref, o.At.Thread = chat.Share, ref, ""
	case ActionCommittee:
		once()
		o = a.whispered(i, o)
		o.Kind, o.Ref = chat.Committee, ref
	case ActionDocument:
		once(value)
		o = a.whispered(i, o)
		o.Kind, o.Ref, o.Value = chat.Document, ref, value
	case ActionForget:
		o.Kind = chat.Forget
	default:
		return a.says(chat.NoticeExpired), nil
	}
	return a.accept(ctx, o, true)
}

// whispered is an order that is answered to whoever pressed alone, also below
// an answer that all see.
func (a *App) whispered(i interaction, o chat.Order) chat.Order {
	if i.Guild == "" {
		return o
	}
	r := replyOf(o.Reply)
	r.Whisper = true
	o.Reply, o.Public = r.pack(), false
	return o
}

// valueOf is the value of the button that was pressed, which may be in its
// label.
func (a *App) valueOf(i interaction) string {
	var m *discordgo.Message
	if i.Message != nil {
		var read discordgo.Message
		if json.Unmarshal(i.Message.raw, &read) == nil {
			m = &read
		}
	}
	return Value(discordgo.MessageComponentInteractionData{CustomID: i.Data.CustomID, Values: i.Data.Values}, m)
}

// taken is pressed in the committee's channel: the message changes.
func (a *App) taken(ctx context.Context, i interaction, o chat.Order, ref string) (*callback, error) {
	if i.Message == nil {
		return a.says(chat.NoticeExpired), nil
	}
	r := replyOf(o.Reply)
	r.Token, r.ID = "", "" // the message itself is changed, not an answer given
	o.Keys = append([]ledger.Key{ledger.Key("taken:" + ref)}, o.Keys...)
	o.Kind, o.Ref, o.Public, o.Reply = chat.Take, ref, true, r.pack()
	o.At = ledger.Place{Platform: Platform, Workspace: i.Guild, Channel: i.At, Thread: external(i.At, i.Message.ID)}
	accepted, err := a.Chat.Accept(ctx, o)
	switch {
	case err != nil:
		return nil, err
	case !accepted:
		return a.says(chat.NoticeDone), nil
	}
	return &callback{Type: callUpdate}, nil
}

// voted stores what a person says of an answer, and asks for the reasons
// where it did not help.
func (a *App) voted(ctx context.Context, i interaction, o chat.Order, value string) (*callback, error) {
	if i.Message == nil || value != Good && value != Bad {
		return a.says(chat.NoticeExpired), nil
	}
	key := external(i.At, i.Message.ID)
	if err := a.Chat.Feedback(ctx, ledger.Feedback{Message: ledger.Key(key), From: o.From, Verdict: value}, ""); err != nil {
		return nil, err
	}
	if value == Bad {
		return a.open(ModalFeedback, "", key), nil
	}
	return a.says(chat.NoticeThanks), nil
}

// reasons stores why an answer did not help.
func (a *App) reasons(ctx context.Context, o chat.Order, s Submitted) (*callback, error) {
	f := ledger.Feedback{Message: ledger.Key(s.Meta), From: o.From, Verdict: Bad, Reasons: ledger.Text(strings.Join(s.Ticked(FieldReasons), ","))}
	if s.Meta == "" {
		return a.says(chat.NoticeExpired), nil
	}
	if err := a.Chat.Feedback(ctx, f, s.Value(FieldWords)); err != nil {
		return nil, err
	}
	return a.says(chat.NoticeThanks), nil
}
