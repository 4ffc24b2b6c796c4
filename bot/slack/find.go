package slack

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
)

// How far back Find looks.
const (
	findPages = 10
	findLimit = 200
)

// Find implements chat.Door. It reads the thread or channel that a post went
// to, for which the app needs the scope im:history in direct messages, which
// it has, and channels:history elsewhere, which an operator may give it.
// Files, and what one person alone sees, cannot be found.
func (d *Door) Find(ctx context.Context, to chat.To, p chat.Post, token string) (string, bool, error) {
	if p.File != nil {
		return "", false, chat.ErrUnfindable
	}
	channel, thread := to.At.Channel, to.At.Thread
	whispered := to.Private && !isDirect(channel)
	if channel == "" || whispered {
		thread = ""
		var err error
		if channel, err = d.directOf(ctx, to.From.User); err != nil {
			return "", false, err
		}
	}
	id, found, err := d.look(ctx, channel, thread, replyOf(to.Reply).Given, token)
	switch {
	case found || err != nil && !errors.Is(err, chat.ErrUnfindable):
		return id, found, err
	case err != nil || whispered:
		return "", false, chat.ErrUnfindable
	}
	return "", false, nil
}

// look reads messages until one has the token.
func (d *Door) look(ctx context.Context, channel, thread string, given int64, token string) (string, bool, error) {
	oldest, cursor := "", ""
	if given > 0 {
		oldest = strconv.FormatInt(given-int64(time.Minute/time.Second), 10)
	}
	for range findPages {
		all, next, err := d.page(ctx, channel, thread, oldest, cursor)
		switch code(err) {
		case "":
		case "missing_scope", "not_in_channel", "channel_not_found", "thread_not_found":
			return "", false, chat.ErrUnfindable
		}
		if err != nil {
			return "", false, fmt.Errorf("slack: looking for a message: %w", failure(err))
		}
		for _, m := range all {
			if m.Metadata.EventType == tokenEvent && m.Metadata.EventPayload["token"] == token {
				return m.Timestamp, true, nil
			}
		}
		if next == "" {
			return "", false, nil
		}
		cursor = next
	}
	return "", false, chat.ErrUnfindable
}

func (d *Door) page(ctx context.Context, channel, thread, oldest, cursor string) ([]slack.Message, string, error) {
	if thread != "" {
		all, _, next, err := d.Client.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: thread,
			Cursor: cursor, Oldest: oldest, Limit: findLimit, IncludeAllMetadata: true})
		return all, next, err
	}
	out, err := d.Client.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel,
		Cursor: cursor, Oldest: oldest, Limit: findLimit, IncludeAllMetadata: true})
	if err != nil || out == nil {
		return nil, "", err
	}
	return out.Messages, out.ResponseMetaData.NextCursor, nil
}
