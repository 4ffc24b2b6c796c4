package slack

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
)

// whoTime is how long it is believed who somebody is.
const whoTime = 10 * time.Minute

type seenWho struct {
	who chat.Who
	at  time.Time
}

type seenPlace struct {
	shared bool
	at     time.Time
}

// Who implements chat.Door. Somebody is outside who is a guest, of another
// workspace, or gone; and so is everybody in a channel that is shared, or of
// which Slack does not tell, where others see the answer.
func (d *Door) Who(ctx context.Context, who ledger.Principal, to chat.To) (chat.Who, error) {
	out, err := d.person(ctx, who)
	if err != nil {
		return chat.Who{Outside: true}, err
	}
	switch r := replyOf(to.Reply); {
	case out.Outside || isDirect(to.At.Channel):
	case r.Shared:
		out.Outside = true
	case !to.Private:
		out.Outside = d.shared(ctx, to.At.Channel, r)
	}
	return out, nil
}

func (d *Door) person(ctx context.Context, who ledger.Principal) (chat.Who, error) {
	d.mu.Lock()
	known, ok := d.who[who.User]
	d.mu.Unlock()
	if ok && d.Now().Sub(known.at) < whoTime {
		return known.who, nil
	}
	u, err := d.Client.GetUserInfoContext(ctx, who.User)
	if err != nil {
		return chat.Who{}, fmt.Errorf("slack: users.info: %w", failure(err))
	}
	if u == nil || u.ID != who.User {
		return chat.Who{}, errNothing
	}
	out := chat.Who{Admin: (u.IsAdmin || u.IsOwner) && !u.Deleted,
		Outside: u.Deleted || u.IsBot || u.IsRestricted || u.IsUltraRestricted || u.IsStranger || u.TeamID != who.Workspace || who.Workspace != d.Self.Team}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.who) > 10_000 {
		clear(d.who)
	}
	d.who[who.User] = seenWho{out, d.Now()}
	return out, nil
}

// shared reports whether a channel is shared with another organisation. An
// event says so by itself; after a command Slack has to be asked, and without
// the scope channels:read it does not tell.
func (d *Door) shared(ctx context.Context, channel string, r reply) bool {
	if r.URL == "" && r.Message != "" {
		return r.Shared
	}
	d.mu.Lock()
	known, ok := d.places[channel]
	d.mu.Unlock()
	if ok && d.Now().Sub(known.at) < whoTime {
		return known.shared
	}
	c, err := d.Client.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
	shared := err != nil || c == nil || c.IsExtShared || c.IsShared || c.IsOrgShared
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.places) > 10_000 {
		clear(d.places)
	}
	d.places[channel] = seenPlace{shared, d.Now()}
	return shared
}
