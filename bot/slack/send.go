package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
)

// tokenEvent marks our messages: their metadata holds the token by which Find
// finds them.
const tokenEvent = "advocate_post"

func withToken(token string) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: tokenEvent, EventPayload: map[string]any{"token": token}})
}

// Send implements chat.Door.
func (d *Door) Send(ctx context.Context, to chat.To, p chat.Post, token, over string) (string, error) {
	channel := to.At.Channel
	if channel == "" {
		var err error
		if channel, err = d.directOf(ctx, to.From.User); err != nil {
			return "", failure(err)
		}
	}
	if p.File != nil {
		return d.upload(ctx, channel, to.At.Thread, p.File)
	}
	m, ok := p.Body.(Message)
	if !ok {
		return "", fmt.Errorf("%w: a post of another door", chat.ErrRefused)
	}
	switch {
	case to.Private && !isDirect(channel):
		return d.whisper(ctx, to, m, token)
	case over != "":
		return d.replace(ctx, channel, to.At.Thread, m, token, over)
	}
	return d.post(ctx, channel, to.At.Thread, m, token)
}

// replace puts a message in the place of another of ours. Where Slack does
// not let it, it is sent anew, and the other is taken away.
func (d *Door) replace(ctx context.Context, channel, thread string, m Message, token, over string) (string, error) {
	_, id, _, err := d.Client.UpdateMessageContext(ctx, channel, over, append(m.Options(), withToken(token))...)
	if id, err = sent(id, err); !errors.Is(err, chat.ErrRefused) {
		return id, err
	}
	if id, err = d.post(ctx, channel, thread, m, token); err == nil {
		_, _, _ = d.Client.DeleteMessageContext(ctx, channel, over) // it may be gone
	}
	return id, err
}

// post sends a message that stays.
func (d *Door) post(ctx context.Context, channel, thread string, m Message, token string) (string, error) {
	options := append(m.Options(), withToken(token))
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	_, id, err := d.Client.PostMessageContext(ctx, channel, options...)
	if plain := m.PlainActions(); code(err) == "invalid_blocks" && len(plain.Blocks) > 0 {
		options = append(plain.Options(), options[len(m.Options()):]...)
		_, id, err = d.Client.PostMessageContext(ctx, channel, options...)
	}
	return sent(id, err)
}

// How long and how often a response URL may be used, by Slack's rule.
const (
	urlTime = 30*time.Minute - time.Minute
	urlUses = 5
)

// whisper sends what one person alone sees in a channel: there, where the
// program is in it; else by the response URL, while it is good; else to their
// direct messages.
func (d *Door) whisper(ctx context.Context, to chat.To, m Message, token string) (string, error) {
	options := m.Options()
	if to.At.Thread != "" {
		options = append(options, slack.MsgOptionTS(to.At.Thread))
	}
	id, err := d.Client.PostEphemeralContext(ctx, to.At.Channel, to.From.User, options...)
	if err == nil || !elsewhere(code(err)) {
		return sent(id, err)
	}
	if r := replyOf(to.Reply); r.URL != "" && d.Now().Sub(time.Unix(r.Given, 0)) < urlTime && d.use(r.URL) {
		err := failure(slack.PostWebhookCustomHTTPContext(ctx, r.URL, d.HTTP, m.Webhook(false, false)))
		if !errors.Is(err, chat.ErrRefused) {
			return "response-url", err
		}
	}
	channel, err := d.directOf(ctx, to.From.User)
	if err != nil {
		return "", failure(err)
	}
	return d.post(ctx, channel, "", m, token)
}

// elsewhere reports whether an error says that a message to one person has to
// go another way.
func elsewhere(code string) bool {
	return slices.Contains([]string{"user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived", "thread_not_found", "invalid_thread_ts", "restricted_action", "messages_tab_disabled"}, code)
}

// use counts a use of a response URL, and reports whether it is allowed.
func (d *Door) use(url string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.uses) > 10_000 {
		clear(d.uses) // they are long used up, or refuse by themselves
	}
	d.uses[url]++
	return d.uses[url] <= urlUses
}

// upload sends a file. Its message carries no mark, so that it is not found.
func (d *Door) upload(ctx context.Context, channel, thread string, f *chat.File) (string, error) {
	out, err := d.Client.UploadFileContext(ctx, slack.UploadFileParameters{Reader: bytes.NewReader(f.Bytes), FileSize: len(f.Bytes), Filename: f.Name, Title: f.Title,
		Channel: channel, ThreadTimestamp: thread})
	if err != nil {
		err = failure(err)
		var later *chat.LaterError
		if !errors.As(err, &later) { // of three calls one failed: its text goes out in its place
			return "", fmt.Errorf("%w: %w", chat.ErrRefused, err)
		}
		return "", err
	}
	return out.ID, nil
}

// directOf is the channel of the direct messages with a person.
func (d *Door) directOf(ctx context.Context, user string) (string, error) {
	d.mu.Lock()
	id := d.direct[user]
	d.mu.Unlock()
	if id != "" {
		return id, nil
	}
	c, _, _, err := d.Client.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
	if err != nil {
		return "", err
	}
	if c == nil || c.ID == "" {
		return "", errNothing
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.direct[user] = c.ID
	return c.ID, nil
}

// errNothing: Slack said neither yes nor no, which its client takes for yes.
var errNothing = errors.New("slack: an answer without a result")

// sent is the result of a call that names a message.
func sent(id string, err error) (string, error) {
	if err == nil && id == "" {
		err = errNothing
	}
	return id, failure(err)
}

// code is what Slack calls an error, or "".
func code(err error) string {
	var e slack.SlackErrorResponse
	if errors.As(err, &e) {
		return e.Err
	}
	return ""
}

// perhaps are errors after which nobody can tell whether it was done.
var perhaps = []string{"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}

// failure is an error of Slack as package chat tells them apart.
func failure(err error) error {
	if err == nil {
		return nil
	}
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var at *url.Error
	switch c := code(err); {
	case errors.As(err, &limited):
		return &chat.LaterError{After: limited.RetryAfter}
	case c == "ratelimited", c == "rate_limited":
		return &chat.LaterError{After: 5 * time.Second}
	case c != "" && !slices.Contains(perhaps, c):
		return fmt.Errorf("%w: slack says %s", chat.ErrRefused, c)
	case errors.As(err, &status) && status.Code == 429:
		return &chat.LaterError{After: 5 * time.Second}
	case errors.As(err, &status) && status.Code >= 400 && status.Code < 500:
		return fmt.Errorf("%w: status %s", chat.ErrRefused, strconv.Itoa(status.Code))
	case errors.As(err, &at):
		return fmt.Errorf("slack: %w", at.Err) // the address may be a secret, or name a file
	}
	return err
}
