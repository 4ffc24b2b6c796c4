package discord

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/chat"
)

// findPages is how many hundreds of messages Find looks through.
const findPages = 10

// Find implements chat.Door. Discord does not tell the nonce again, so that a
// message is known by its buttons, which carry what the answer is called, or
// without any by its words, and was sent after the question. Further answers to
// one person alone cannot be looked for, nor the first once its token has died.
func (d *Door) Find(ctx context.Context, to chat.To, p chat.Post, _ string) (string, bool, error) {
	r := replyOf(to.Reply)
	m, ok := p.Body.(laid)
	if !ok {
		return "", false, chat.ErrUnfindable
	}
	dead := false
	if r.Token != "" && to.At.Channel != "" && to.Private == r.Whisper {
		first, err := d.original(ctx, r)
		switch {
		case is(err, unknownWebhook): // it was never acknowledged: if at all, it was sent another way
		case is(err, unknownInteraction, invalidToken, unknownMessage):
			dead = r.Whisper
		case err != nil:
			return "", false, failure(err)
		case m.same(first):
			d.answers(r.ID)
			return original, true, nil
		case first.Flags&flagLoading != 0, first.working():
			return "", false, nil // nothing was said yet
		case r.Whisper:
			return "", false, chat.ErrUnfindable
		}
	}
	bound := r.Message
	if r.ID != "" {
		bound = r.ID
	}
	channels, err := d.looksIn(ctx, to)
	if err != nil {
		return "", false, err
	}
	for _, channel := range channels {
		id, found, err := d.look(ctx, channel, m, bound)
		if err != nil || found {
			return id, found, err
		}
	}
	if dead {
		return "", false, chat.ErrUnfindable
	}
	return "", false, nil
}

// original is the first answer to an interaction, as it stands.
func (d *Door) original(ctx context.Context, r reply) (message, error) {
	var m message
	err := d.API.call(ctx, "GET", "webhooks/"+d.Self.App+"/"+r.Token+"/messages/"+original, bucketOf(r.Token), nil, &m)
	return m, err
}

// answers notes that an interaction has its first answer.
func (d *Door) answers(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.answered) > 10_000 {
		clear(d.answered)
	}
	d.answered[id] = true
}

// first says whether what is sent is the first answer to an interaction. What
// another process acknowledged, before this one, it may have answered in part.
func (d *Door) first(ctx context.Context, r reply, over string) (bool, error) {
	d.mu.Lock()
	answered, mine := d.answered[r.ID], d.mine[r.ID]
	d.mu.Unlock()
	if answered || mine || over == original {
		return !answered, nil
	}
	m, err := d.original(ctx, r)
	if err != nil {
		return true, err
	}
	if m.Flags&flagLoading != 0 || m.working() {
		return true, nil
	}
	d.answers(r.ID)
	return false, nil
}

// looksIn are the channels that a message to somewhere would be in: where no
// thread could begin, it is in the channel.
func (d *Door) looksIn(ctx context.Context, to chat.To) ([]string, error) {
	r := replyOf(to.Reply)
	switch {
	case to.Private || to.At.Channel == "":
		channel, err := d.directOf(ctx, to.From.User)
		return []string{channel}, failure(err)
	case to.At.Thread == "" || to.At.Workspace == "":
		return []string{to.At.Channel}, nil
	case r.Thread:
		return []string{to.At.Thread}, nil
	}
	return []string{to.At.Thread, to.At.Channel}, nil
}

// look reads messages, the newest first, back to the question.
func (d *Door) look(ctx context.Context, channel string, m laid, bound string) (string, bool, error) {
	before := ""
	for range findPages {
		path := "channels/" + channel + "/messages?limit=100"
		if before != "" {
			path += "&before=" + before
		}
		var all []message
		err := d.API.call(ctx, "GET", path, "channel-"+channel, nil, &all)
		switch {
		case is(err, unknownChannel):
			return "", false, nil // a thread that never began
		case is(err, missingAccess, missingPermissions):
			return "", false, chat.ErrUnfindable
		case err != nil:
			return "", false, failure(err)
		}
		for _, sent := range all {
			switch {
			case !later(sent.ID, bound):
				return "", false, nil
			case sent.Author.ID == d.Self.User && m.same(sent):
				return external(channel, sent.ID), true, nil
			}
		}
		if len(all) < 100 {
			return "", false, nil
		}
		before = all[len(all)-1].ID
	}
	return "", false, chat.ErrUnfindable
}

// later compares two ids of Discord, which are in the order of time.
func later(id, than string) bool {
	return len(id) > len(than) || len(id) == len(than) && id > than
}

// same reports whether a message is one that was sent. Its buttons tell it
// even where its words are others: an answer that a crash interrupted is made
// anew, and a line that says that there is work says at which stage.
func (l laid) same(m message) bool {
	want, err := json.Marshal(l.Components)
	if err != nil {
		return false
	}
	ids := ownIDs(want)
	if len(ids) == 0 {
		return strings.TrimSpace(m.Content) == strings.TrimSpace(l.Content)
	}
	return slices.ContainsFunc(ownIDs(m.Rows), func(id string) bool { return slices.Contains(ids, id) })
}

// working reports whether a message says that there is work.
func (m message) working() bool {
	return slices.ContainsFunc(ownIDs(m.Rows), func(id string) bool { return Action(id) == ActionStop })
}

// ownIDs are the custom_ids in the rows of a message that name an answer.
func ownIDs(rows json.RawMessage) []string {
	var read []struct {
		Components []struct {
			CustomID string `json:"custom_id"`
		} `json:"components"`
	}
	if json.Unmarshal(rows, &read) != nil {
		return nil
	}
	var out []string
	for _, row := range read {
		for _, c := range row.Components {
			if Ref(c.CustomID) != "" {
				out = append(out, c.CustomID)
			}
		}
	}
	return out
}
