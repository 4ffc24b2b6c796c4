package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
)

// Platform is the name of this one in the ledger.
const Platform = "discord"

// A Door is Discord as package chat uses it: one application. NewDoor makes
// it; it is safe for concurrent use.
type Door struct {
	API  *API
	View View
	Now  func() time.Time
	// Home are the servers whose members are members; everybody else is
	// outside.
	Home []string
	Self Self

	mu       sync.Mutex
	direct   map[string]string        // channel of the direct messages with a person
	answered map[string]bool          // interactions whose first answer is there
	mine     map[string]bool          // interactions that this process acknowledges
	waiting  map[string]chan struct{} // interactions that are not acknowledged yet
	members  map[string]seenMember
	refused  map[string]time.Time // channels where no thread may begin, and when that was said
	parents  map[string]channelObject
}

// Self is who the program is.
type Self struct{ App, User string }

var _ chat.Door = (*Door)(nil)

// NewDoor asks Discord who the program is, and returns a door.
func NewDoor(ctx context.Context, a *API, v View, home []string, now func() time.Time) (*Door, error) {
	var me struct {
		ID string `json:"id"`
	}
	if err := a.call(ctx, "GET", "users/@me", "me", nil, &me); err != nil {
		return nil, fmt.Errorf("discord: users/@me: %w", err)
	}
	var app struct {
		ID string `json:"id"`
	}
	if err := a.call(ctx, "GET", "oauth2/applications/@me", "app", nil, &app); err != nil {
		return nil, fmt.Errorf("discord: oauth2/applications/@me: %w", err)
	}
	return &Door{API: a, View: v, Now: now, Home: home, Self: Self{App: app.ID, User: me.ID},
		direct: map[string]string{}, answered: map[string]bool{}, mine: map[string]bool{}, refused: map[string]time.Time{}, waiting: map[string]chan struct{}{}, members: map[string]seenMember{}, parents: map[string]channelObject{}}, nil
}

// Platform implements chat.Door.
func (d *Door) Platform() string { return Platform }

// Mention implements chat.Door.
func (d *Door) Mention(who ledger.Principal) string { return who.User }

// reply is what Order.Reply holds: how to reply besides the place. It has no
// word of anybody.
type reply struct {
	Token   string `json:"t,omitempty"`  // of the interaction: good for fifteen minutes
	ID      string `json:"i,omitempty"`  // of the interaction
	Given   int64  `json:"g,omitempty"`  // when, in seconds since 1970
	Message string `json:"m,omitempty"`  // the message that asks
	Whisper bool   `json:"w,omitempty"`  // the answer was announced to the person alone
	Thread  bool   `json:"th,omitempty"` // the place's thread is one already, and not to be begun
	Admin   bool   `json:"a,omitempty"`
}

func (r reply) pack() []byte {
	data, _ := json.Marshal(r) // nothing in it can fail
	return data
}

func replyOf(data []byte) (r reply) {
	if json.Unmarshal(data, &r) != nil {
		return reply{}
	}
	return r
}

// tokenTime is how long a token is used: a minute less than it is good for.
const tokenTime = 14 * time.Minute

// open reports whether an interaction can still be answered.
func (d *Door) open(r reply) bool {
	return r.Token != "" && d.Now().Sub(time.Unix(r.Given, 0)) < tokenTime
}

// Lay implements chat.Door.
func (d *Door) Lay(s chat.Saying, sh chat.Shape) []chat.Post {
	v := d.View
	v.Committee = sh.Committee
	var out []Message
	switch {
	case s.Answer != nil:
		out = v.Answer(s.Answer, sh)
	case s.Rebuttal != nil:
		out = v.Rebuttal(s.Rebuttal, sh)
	case s.Testimony != nil:
		out = v.Testimony(s.Testimony, sh)
	case s.Checked != nil:
		out = v.Checked(s.Checked, sh)
	case s.Rewritten != nil:
		out = v.Rewritten(s.Rewritten)
	case s.HandOff != nil:
		out = []Message{v.HandOff(s.HandOff.Asked, s.HandOff.Answer, s.HandOff.Of.User, linkTo(s.HandOff.From), sh.Ref)}
	case s.Taken != nil:
		out = []Message{v.Taken(s.Taken.Asked, s.Taken.By.User)}
	case s.Settings != nil:
		out = []Message{v.Settings(s.Settings)}
	case s.Copy != nil:
		out = Copy(s.Copy.Title, s.Copy.Text, sh)
	case s.Help:
		out = []Message{v.Help()}
	case s.Privacy:
		out = []Message{v.Privacy(v.Keeping)}
	case s.Forgetting:
		out = []Message{v.Forget()}
	case s.Progress != "":
		out = []Message{v.Progress(s.Progress, sh.Ref)}
	default:
		out = []Message{v.Notice(s.Notice, sh.Ref)}
	}
	posts := make([]chat.Post, 0, len(out))
	for _, m := range out {
		posts = append(posts, chat.Post{Body: laid{m, s.Notice != ""}})
	}
	return posts
}

// laid is a message, and whether it is a notice: those hold nobody's words.
type laid struct {
	Message
	notice bool
}

// linkTo is the address of a thread on Discord's own pages; "" where
// there is none that others can open.
func linkTo(at ledger.Place) string {
	if at.Workspace == "" || at.Thread == "" {
		return ""
	}
	return "https://discord.com/channels/" + at.Workspace + "/" + at.Thread
}

// React implements chat.Door: an emoji below a message. That a command is
// worked on Discord shows by itself.
func (d *Door) React(ctx context.Context, to chat.To, stage bot.Stage) error {
	r := replyOf(to.Reply)
	if r.Message == "" || r.Token != "" {
		return nil
	}
	channel := to.At.Channel
	if r.Thread {
		channel = to.At.Thread
	}
	path := "channels/" + channel + "/messages/" + r.Message + "/reactions/" + working + "/@me"
	switch stage {
	case bot.StageReading:
		return failure(d.API.call(ctx, "PUT", path, "reactions", nil, nil))
	case "":
		return failure(d.API.call(ctx, "DELETE", path, "reactions", nil, nil))
	}
	return nil
}

// working is the emoji that says that there is work: eyes.
const working = "%F0%9F%91%80"

// seenMember is what is known of a person on a server.
type seenMember struct {
	in bool
	at time.Time
}

const memberTime = 10 * time.Minute

// Who implements chat.Door. Somebody is outside who asks on a server that is
// not at home, or directly and is no member of one that is.
func (d *Door) Who(ctx context.Context, who ledger.Principal, to chat.To) (chat.Who, error) {
	out := chat.Who{Admin: replyOf(to.Reply).Admin, Outside: true}
	for _, home := range d.Home {
		if to.At.Workspace == home {
			out.Outside = false
		}
	}
	if to.At.Workspace != "" || !out.Outside {
		return out, nil
	}
	for _, home := range d.Home {
		in, err := d.memberOf(ctx, home, who.User)
		if err != nil {
			return out, err
		}
		if in {
			out.Outside = false
		}
	}
	return out, nil
}

func (d *Door) memberOf(ctx context.Context, server, user string) (bool, error) {
	key := server + "/" + user
	d.mu.Lock()
	known, ok := d.members[key]
	d.mu.Unlock()
	if ok && d.Now().Sub(known.at) < memberTime {
		return known.in, nil
	}
	err := d.API.call(ctx, "GET", "guilds/"+server+"/members/"+user, "member-"+server, nil, nil)
	_, status := code(err)
	if err != nil && status != 404 {
		return false, failure(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.members) > 10_000 {
		clear(d.members)
	}
	d.members[key] = seenMember{err == nil, d.Now()}
	return err == nil, nil
}

// channel tells of a channel; what Discord does not tell of is no thread.
func (d *Door) channel(ctx context.Context, id string) channelObject {
	d.mu.Lock()
	known, ok := d.parents[id]
	d.mu.Unlock()
	if ok {
		return known
	}
	c := channelObject{ID: id}
	if err := d.API.call(ctx, "GET", "channels/"+id, "channel-"+id, nil, &c); err != nil {
		return channelObject{ID: id}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.parents) > 10_000 {
		clear(d.parents)
	}
	d.parents[id] = c
	return c
}

// announcing notes that an interaction is about to be acknowledged: until
// then Discord knows no place for its answer. The function it returns says
// that it was, or will not be.
func (d *Door) announcing(id string) (announced func()) {
	c := make(chan struct{})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting[id] = c
	if len(d.mine) > 10_000 {
		clear(d.mine)
	}
	d.mine[id] = true
	return sync.OnceFunc(func() {
		close(c)
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.waiting[id] == c {
			delete(d.waiting, id)
		}
	})
}

// announced waits until an interaction was acknowledged, for as long as that
// may take.
func (d *Door) announced(ctx context.Context, id string) {
	d.mu.Lock()
	c := d.waiting[id]
	d.mu.Unlock()
	if c == nil {
		return
	}
	t := time.NewTimer(takeTime)
	defer t.Stop()
	select {
	case <-c:
	case <-t.C:
	case <-ctx.Done():
	}
}

// external is what a message is called in the ledger: its channel and its id.
func external(channel, id string) string { return channel + "/" + id }

func readExternal(s string) (channel, id string) {
	channel, id, _ = strings.Cut(s, "/")
	return channel, id
}
