package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
)

// submitted takes a form. What it returns is what Slack is answered: nil
// closes the form.
func (a *App) submitted(ctx context.Context, c slack.InteractionCallback) (any, error) {
	if c.Team.ID != a.Door.Self.Team {
		return nil, nil
	}
	s := Read(c.View.State)
	if wrong := s.Errors(c.View.CallbackID); wrong != nil {
		return slack.NewErrorsViewSubmissionResponse(wrong), nil
	}
	var at formAt
	if c.View.PrivateMetadata != "" && json.Unmarshal([]byte(c.View.PrivateMetadata), &at) != nil {
		at = formAt{}
	}
	o := chat.Order{Keys: []ledger.Key{ledger.Key("view:" + c.View.ID + ":" + c.View.Hash)}, From: from(userTeam(c), c.User.ID),
		At: place(c.Team.ID, at.Channel, at.Thread), Direct: isDirect(at.Channel), Reply: at.Reply}
	file := ""
	switch c.View.CallbackID {
	case ModalAsk:
		o.Kind, o.Ask = chat.Ask, s.Ask()
	case ModalCheck:
		o.Kind, o.Ask = chat.Check, s.Check(file)
	case ModalRebut:
		o.Kind, o.Rebut = chat.Rebut, s.Rebut(file)
	case ModalTestify:
		o.Kind, o.Testify = chat.Testify, s.Testify()
	case ModalRewrite:
		o.Kind, o.Rewrite = chat.Rewrite, s.Rewrite()
	case ModalFeedback:
		f := ledger.Feedback{Message: ledger.Key(at.Message), From: o.From, Verdict: Bad, Reasons: ledger.Text(strings.Join(s.Ticked(FieldReasons), ","))}
		if err := a.Chat.Feedback(ctx, f, s.Value(FieldWords)); err != nil {
			return nil, err
		}
		return nil, a.tell(ctx, o, chat.NoticeThanks)
	default:
		return nil, nil
	}
	if len(s.Files) > 0 {
		f := s.Files[0]
		o.File = func(ctx context.Context) (string, error) { return a.words(ctx, f) }
	}
	return nil, a.accept(ctx, o, "")
}

// words are those of a text file. Anything else is chat.ErrFile: a document
// is not opened, so there is nothing in it to fear.
func (a *App) words(ctx context.Context, f slack.File) (string, error) {
	if f.FileAccess == "check_file_info" || f.URLPrivateDownload == "" && f.URLPrivate == "" {
		got, _, _, err := a.Door.Client.GetFileInfoContext(ctx, f.ID, 0, 0)
		if err != nil {
			return "", fmt.Errorf("%w: %w", chat.ErrFile, failure(err))
		}
		f = *got
	}
	from := f.URLPrivateDownload
	if from == "" {
		from = f.URLPrivate
	}
	if from == "" || f.IsExternal || f.Size > chat.MaxFile {
		return "", chat.ErrFile
	}
	var b bounded
	if err := a.Door.Client.GetFileContext(ctx, from, &b); err != nil {
		return "", fmt.Errorf("%w: %w", chat.ErrFile, failure(err))
	}
	return chat.FileText(b.Bytes())
}

// bounded takes as many bytes as a file may have.
type bounded struct{ bytes.Buffer }

var errLong = errors.New("it is too long")

// Write fails once there is more.
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > chat.MaxFile {
		return 0, errLong
	}
	return b.Buffer.Write(p)
}
