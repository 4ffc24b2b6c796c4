package discord

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat"
)

// original is what the first answer to an interaction is called.
const original = "@original"

// Send implements chat.Door. What answers an interaction goes by its token
// while that is good, the first of it in the place that Discord holds for it.
// Everything else is a message of the bot, with a nonce by which Discord
// refuses a second one for some minutes.
func (d *Door) Send(ctx context.Context, to chat.To, p chat.Post, token, over string) (string, error) {
	r := replyOf(to.Reply)
	m, ok := p.Body.(laid)
	if !ok && p.File == nil {
		return "", fmt.Errorf("%w: a post of another door", chat.ErrRefused)
	}
	body := bodyOf(m, p.File)
	if d.open(r) && to.At.Channel != "" && to.Private == r.Whisper && (over == "" || over == original) {
		id, err := d.answer(ctx, r, body, p.File, over)
		if !is(err, unknownWebhook, unknownInteraction, invalidToken) {
			return id, failure(err)
		}
	}
	switch channel, id := readExternal(over); {
	case over == "" || over == original || channel == "":
	default:
		err := d.API.call(ctx, "PATCH", "channels/"+channel+"/messages/"+id, "channel-"+channel, body, nil, files(p)...)
		if !is(err, unknownMessage, unknownChannel) {
			return over, failure(err)
		}
	}
	body.Nonce, body.EnforceNonce = token, true
	if to.Private || to.At.Channel == "" {
		return d.whisper(ctx, to, body, p, m.notice)
	}
	channel, err := d.place(ctx, to, &body)
	if err != nil {
		return "", failure(err)
	}
	return d.post(ctx, channel, body, p)
}

func files(p chat.Post) []*chat.File {
	if p.File == nil {
		return nil
	}
	return []*chat.File{p.File}
}

// outgoing is a message as it is sent, with what a file in it is called.
type outgoing struct {
	Body
	Files []attached `json:"attachments,omitempty"`
}

type attached struct {
	ID          int    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description"` // for who does not see it
}

// bodyOf is a post as Discord takes it.
func bodyOf(m laid, f *chat.File) outgoing {
	b := outgoing{Body: m.Body(false)}
	if f != nil {
		b.Files = []attached{{0, f.Name, f.Title}}
	}
	return b
}

// answer answers an interaction. The first answer is put where Discord says
// that the program is thinking, and may be put there again.
func (d *Door) answer(ctx context.Context, r reply, body outgoing, file *chat.File, over string) (string, error) {
	d.announced(ctx, r.ID)
	first, err := d.first(ctx, r, over)
	if err != nil {
		return original, err
	}
	base, bucket := "webhooks/"+d.Self.App+"/"+r.Token, bucketOf(r.Token)
	p := files(chat.Post{File: file})
	if first || over == original {
		err := d.API.call(ctx, "PATCH", base+"/messages/"+original, bucket, body, nil, p...)
		if !errors.Is(failure(err), chat.ErrRefused) {
			d.answers(r.ID)
		}
		return original, err
	}
	if r.Whisper {
		body.Flags |= discordgo.MessageFlagsEphemeral
	}
	var sent message
	err = d.API.call(ctx, "POST", base+"?wait=true", bucket, body, &sent, p...)
	return external(sent.Channel, sent.ID), err
}

// whisper sends what one person alone may see as a direct message. Where they
// take none, a notice, which holds nobody's words, is said where they asked;
// of anything else it is said there that it could not be sent.
func (d *Door) whisper(ctx context.Context, to chat.To, body outgoing, p chat.Post, notice bool) (string, error) {
	channel, err := d.directOf(ctx, to.From.User)
	if err == nil {
		id, err := d.post(ctx, channel, body, p)
		if !is(err, cannotDM) {
			return id, err
		}
	} else if !is(err, cannotDM) {
		return "", failure(err)
	}
	if to.At.Channel == "" {
		return "", fmt.Errorf("%w: the person takes no direct messages", chat.ErrRefused)
	}
	if !notice {
		nonce := body.Nonce
		body, p.File = bodyOf(laid{d.View.Notice(chat.NoticeHere, ""), true}, nil), nil
		body.Nonce, body.EnforceNonce = nonce, true
	}
	channel, err = d.place(ctx, to, &body)
	if err != nil {
		return "", failure(err)
	}
	return d.post(ctx, channel, body, p)
}

// place is the channel that a message goes to: the thread, which is begun
// below the message that asks, or the channel where no thread can be.
func (d *Door) place(ctx context.Context, to chat.To, body *outgoing) (string, error) {
	r := replyOf(to.Reply)
	switch {
	case to.At.Thread == "" || to.At.Workspace == "":
		return to.At.Channel, nil
	case r.Thread:
		return to.At.Thread, nil
	}
	reply := func() string {
		no := false
		body.Reference = &discordgo.MessageReference{MessageID: to.At.Thread, FailIfNotExists: &no}
		return to.At.Channel
	}
	if d.threadless(to.At.Channel) {
		return reply(), nil
	}
	var began channelObject
	in := map[string]any{"name": "Massage therapy and insurance", "auto_archive_duration": 1440}
	err := d.API.call(ctx, "POST", "channels/"+to.At.Channel+"/messages/"+to.At.Thread+"/threads", "threads-"+to.At.Channel, in, &began)
	_, status := code(err)
	switch {
	case err == nil:
		return began.ID, nil
	case is(err, threadThere):
		return to.At.Thread, nil // a thread has the id of the message that it is of
	case status == 403:
		d.noThreads(to.At.Channel)
		return reply(), nil
	case status >= 400 && status < 500:
		return reply(), nil
	}
	return "", err
}

// threadTime is how long it is remembered that no thread may begin in a
// channel: Discord counts each refusal against the program.
const threadTime = 10 * time.Minute

func (d *Door) threadless(channel string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	at, ok := d.refused[channel]
	return ok && d.Now().Sub(at) < threadTime
}

func (d *Door) noThreads(channel string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.refused) > 10_000 {
		clear(d.refused)
	}
	d.refused[channel] = d.Now()
}

// post sends a message of the bot.
func (d *Door) post(ctx context.Context, channel string, body outgoing, p chat.Post) (string, error) {
	var sent message
	err := d.API.call(ctx, "POST", "channels/"+channel+"/messages", "channel-"+channel, body, &sent, files(p)...)
	if err != nil {
		return "", failureKeeping(err)
	}
	return external(sent.Channel, sent.ID), nil
}

// failureKeeping is failure, of which is still tells the number.
func failureKeeping(err error) error {
	return &both{failure(err), err}
}

// both is one error for package chat, and Discord's own.
type both struct{ told, cause error }

func (b *both) Error() string   { return b.told.Error() }
func (b *both) Unwrap() []error { return []error{b.told, b.cause} }

// directOf is the channel of the direct messages with a person.
func (d *Door) directOf(ctx context.Context, user string) (string, error) {
	d.mu.Lock()
	id := d.direct[user]
	d.mu.Unlock()
	if id != "" {
		return id, nil
	}
	var c channelObject
	if err := d.API.call(ctx, "POST", "users/@me/channels", "dms", map[string]string{"recipient_id": user}, &c); err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.direct[user] = c.ID
	return c.ID, nil
}
