package discord

import (
	"context"
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/phi"
)

// command does what a typed command, or one of a message's menu, asks for.
func (a *App) command(ctx context.Context, i interaction) (*callback, error) {
	o := a.order(i, true)
	if i.Data.Kind == messageCommand {
		return a.aboutMessage(ctx, i, o)
	}
	s := a.typed(i)
	switch s.Callback {
	case CommandAsk:
		o.Kind, o.Ask = chat.Ask, s.Ask()
	case CommandHelp:
		o.Kind = chat.Help
	case CommandPrivacy:
		o.Kind = chat.Privacy
	case CommandForget:
		o.Kind = chat.Forgetting
	case CommandSettings:
		o.Kind, o.Value = chat.Settings, s.Settings()
	case CommandRebut, CommandTestify, CommandCheck, CommandRewrite:
		return a.open(s.Callback, "", s.Pack()), nil
	default:
		return a.says(chat.NoticeHere), nil // of an older version of the program
	}
	return a.accept(ctx, o, false)
}

// messageCommand is the type of a command of a message's menu.
const messageCommand = 3

// typed are the options of a command.
func (a *App) typed(i interaction) Submitted {
	var d discordgo.ApplicationCommandInteractionData
	raw := struct {
		Name    string   `json:"name"`
		Options []option `json:"options"`
	}{i.Data.Name, i.Data.Options}
	if data, err := json.Marshal(raw); err != nil || json.Unmarshal(data, &d) != nil {
		d = discordgo.ApplicationCommandInteractionData{Name: i.Data.Name}
	}
	return Typed(d)
}

// open opens a form: Discord takes one as the first answer only.
func (a *App) open(form, text, meta string) *callback {
	m, ok := a.Door.View.Modal(form, text, meta)
	if !ok {
		return a.says(chat.NoticeNoNotes)
	}
	return &callback{Type: callForm, Data: m}
}

// maxShortcut is how long a message may be to be asked about, in bytes.
const maxShortcut = 16 << 10

// aboutMessage does what the menu of a message asks for.
func (a *App) aboutMessage(ctx context.Context, i interaction, o chat.Order) (*callback, error) {
	m, ok := i.Data.Resolved.Messages[i.Data.Target]
	text := plain(m.Content)
	switch {
	case !ok || m.Author.Bot || text == "" && len(m.Attachments) == 0:
		return a.says(chat.NoticeBot), nil
	case text == "":
		return a.says(chat.NoticeFile), nil
	case len(text) > maxShortcut:
		return a.says(chat.NoticeUnreadable), nil
	}
	switch i.Data.Name {
	case ShortcutAskAbout:
		o.Kind, o.Ask.Text = chat.Ask, text
		return a.accept(ctx, o, false)
	case ShortcutReply:
		if a.names(text, phi.Letter) {
			text = "" // what names somebody is not put into a form
		}
		return a.open(ModalRebut, text, ""), nil
	}
	return a.says(chat.NoticeHere), nil
}

// names reports whether a text holds what is not taken in Discord.
func (a *App) names(text string, kind phi.Kind) bool {
	_, found := a.Gate.NewCase(kind).Redact(text, phi.Outside)
	return Refused(found)
}

// submitted takes a form.
func (a *App) submitted(ctx context.Context, i interaction) (*callback, error) {
	s, err := Read(i.Raw)
	if err != nil {
		return a.says(chat.NoticeUnreadable), nil
	}
	if wrong := s.Errors(s.Callback); wrong != nil {
		return a.tells(a.Door.View.Wrong(s.Callback, wrong)), nil
	}
	o := a.order(i, true)
	switch s.Callback {
	case ModalAsk:
		o.Kind, o.Ask = chat.Ask, s.Ask()
	case ModalCheck:
		o.Kind, o.Ask = chat.Check, s.Check("")
	case ModalRebut:
		o.Kind, o.Rebut = chat.Rebut, s.Rebut("")
		if !a.Door.View.Desk || a.names(o.Rebut.Text, phi.Letter) {
			return a.says(chat.NoticeNoNotes), nil
		}
	case ModalTestify:
		o.Kind, o.Testify = chat.Testify, s.Testify()
	case ModalRewrite:
		o.Kind, o.Rewrite = chat.Rewrite, s.Rewrite()
		if a.names(o.Rewrite.Text, phi.Note) {
			return a.says(chat.NoticeNoNotes), nil
		}
	case ModalFeedback:
		return a.reasons(ctx, o, s)
	default:
		return a.says(chat.NoticeHere), nil
	}
	if len(s.Files) > 0 {
		f := s.Files[0]
		o.File = func(ctx context.Context) (string, error) { return a.words(ctx, f) }
	}
	return a.accept(ctx, o, false)
}

// tells answers at once with a message, to the person alone.
func (a *App) tells(m Message) *callback { return &callback{Type: callSay, Data: m.Body(true)} }

// completed completes an option that is being typed. It never fails: there is
// then nothing to choose from.
func (a *App) completed(i interaction) *callback {
	choices := a.Door.View.Complete(a.typed(i))
	return &callback{Type: callComplete, Data: map[string]any{"choices": choices}}
}
