package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/ledger"
)

// Platform is the name of this one in the ledger.
const Platform = "slack"

// A Door is Slack as package chat uses it: one workspace, one app. NewDoor
// makes it; it is safe for concurrent use.
type Door struct {
	Client *slack.Client
	HTTP   *http.Client // for response URLs
	View   View
	Now    func() time.Time
	Self   Self

	mu     sync.Mutex
	direct map[string]string    // channel of the direct messages with a person
	who    map[string]seenWho   // people
	uses   map[string]int       // of response URLs
	places map[string]seenPlace // channels
}

// Self is who the program is in the workspace.
type Self struct {
	Team, User, Bot, URL string
}

var _ chat.Door = (*Door)(nil)

// NewDoor asks Slack who the program is, and returns a door. h has a timeout,
// and goes to the response URLs that Slack gave.
func NewDoor(ctx context.Context, c *slack.Client, h *http.Client, v View, now func() time.Time) (*Door, error) {
	is, err := c.AuthTestContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("slack: auth.test: %w", err)
	}
	d := &Door{Client: c, HTTP: h, View: v, Now: now, Self: Self{Team: is.TeamID, User: is.UserID, Bot: is.BotID, URL: is.URL}}
	d.direct, d.who, d.uses, d.places = map[string]string{}, map[string]seenWho{}, map[string]int{}, map[string]seenPlace{}
	return d, nil
}

// Platform implements chat.Door.
func (d *Door) Platform() string { return Platform }

// Mention implements chat.Door.
func (d *Door) Mention(who ledger.Principal) string { return who.User }

// reply is what Order.Reply holds: how to reply besides the place. It has no
// word of anybody.
type reply struct {
	URL     string `json:"u,omitempty"` // the response URL
	Given   int64  `json:"t,omitempty"` // when, in seconds since 1970
	Message string `json:"m,omitempty"` // the message that asks
	Shared  bool   `json:"x,omitempty"` // the channel is shared with another organisation
}

func (r reply) pack() []byte {
	data, err := json.Marshal(r)
	if err != nil || len(data) > chat.MaxReply {
		r.URL = ""
		data, _ = json.Marshal(r) // nothing in it can fail
	}
	return data
}

func replyOf(data []byte) (r reply) {
	if json.Unmarshal(data, &r) != nil {
		return reply{}
	}
	return r
}

// isDirect reports whether a channel is the direct messages of one person
// with the program.
func isDirect(channel string) bool { return channel == "" || strings.HasPrefix(channel, "D") }

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
		out = []Message{v.HandOff(s.HandOff.Asked, s.HandOff.Answer, s.HandOff.Of.User, d.threadLink(s.HandOff.From), sh.Ref)}
	case s.Taken != nil:
		out = []Message{v.Taken(s.Taken.Asked, s.Taken.By.User)}
	case s.Settings != nil:
		out = []Message{v.Settings(s.Settings)}
	case s.Copy != nil:
		out = Copy(s.Copy.Title, s.Copy.Text, sh)
	case s.Help:
		out = []Message{v.Help()}
	case s.Privacy:
		out = []Message{v.Privacy(d.View.Keeping)}
	case s.Forgetting:
		out = []Message{v.Forget()}
	case s.Progress != "":
		out = []Message{v.Progress(s.Progress, sh.Ref)}
	default:
		out = []Message{v.Notice(s.Notice, sh.Ref)}
	}
	posts := make([]chat.Post, 0, len(out))
	for _, m := range out {
		posts = append(posts, chat.Post{Body: m})
	}
	return posts
}

// threadLink is the address of a thread, as Slack's own pages have it; ""
// where there is none that others can open.
func (d *Door) threadLink(at ledger.Place) string {
	if isDirect(at.Channel) || at.Thread == "" || d.Self.URL == "" {
		return ""
	}
	return strings.TrimSuffix(d.Self.URL, "/") + "/archives/" + at.Channel + "/p" + strings.ReplaceAll(at.Thread, ".", "")
}

// React implements chat.Door: a status line where the app has the agent
// features and the thread is with it alone, else an emoji below the message.
func (d *Door) React(ctx context.Context, to chat.To, stage bot.Stage) error {
	r := replyOf(to.Reply)
	switch {
	case r.Message == "":
		return nil // a command or a form: there is nothing to set it at
	case d.View.Agent && isDirect(to.At.Channel):
		return d.status(ctx, to.At, stage)
	}
	item := slack.NewRefToMessage(to.At.Channel, r.Message)
	var err error
	switch stage {
	case bot.StageReading:
		err = d.Client.AddReactionContext(ctx, working, item)
	case "":
		err = d.Client.RemoveReactionContext(ctx, working, item)
	}
	if code(err) == "already_reacted" || code(err) == "no_reaction" {
		return nil
	}
	return err
}

// working is the emoji that says that there is work.
const working = "eyes"

// status says the stage in the thread of an agent. Slack shows a Stop button
// while a session is processing.
func (d *Door) status(ctx context.Context, at ledger.Place, stage bot.Stage) error {
	session, text := "processing", ""
	if stage == "" {
		session = "active"
	} else {
		text = "is at work: " + layout.LowerFirst(Status(stage))
	}
	_, err := d.Client.SetAgentSessionStatusContext(ctx, slack.AgentSessionSetStatusParameters{Status: session, ChannelID: at.Channel, ThreadTS: at.Thread})
	if e := d.Client.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{ChannelID: at.Channel, ThreadTS: at.Thread, Status: text}); err == nil {
		err = e
	}
	return err
}
