package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// sockets is how many connections stand at once: while Slack takes one down
// and up again, events come by the other.
const sockets = 2

// A Socket takes deliveries over Socket Mode, for a program that Slack cannot
// reach.
type Socket struct {
	app       *App
	client    *slack.Client // with the app-level token
	connected atomic.Int32
	at        chan struct{} // a place for each delivery that is handled
}

// NewSocket returns a socket. client has the app-level token.
func NewSocket(a *App, client *slack.Client) *Socket {
	return &Socket{app: a, client: client, at: make(chan struct{}, 64)}
}

// Connected reports whether any connection stands.
func (s *Socket) Connected() bool { return s.connected.Load() > 0 }

// Run takes deliveries until ctx is done. What fails is tried again, less and
// less often, at most every minute.
func (s *Socket) Run(ctx context.Context) {
	var all sync.WaitGroup
	for range sockets {
		all.Go(func() {
			wait := time.Second
			for ctx.Err() == nil {
				start := time.Now()
				err := s.connect(ctx)
				if ctx.Err() != nil {
					return
				}
				if time.Since(start) > time.Minute {
					wait = time.Second
				}
				s.app.Log.Error("slack: the socket ended; it is tried again", "error", failure(err), "in", wait.String())
				select {
				case <-ctx.Done():
				case <-time.After(wait):
				}
				wait = min(2*wait, time.Minute)
			}
		})
	}
	all.Wait()
}

// connect stands until its connection cannot be made again.
func (s *Socket) connect(ctx context.Context) error {
	c := socketmode.New(s.client, socketmode.OptionReadLimit(maxBody), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	up := false
	set := func(now bool) {
		if now != up {
			up = now
			s.connected.Add(map[bool]int32{true: 1, false: -1}[now])
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- c.RunContext(ctx) }()
	var busy sync.WaitGroup
	defer busy.Wait()
	defer set(false)
	for {
		select {
		case err := <-ended:
			return err
		case e := <-c.Events:
			switch e.Type {
			case socketmode.EventTypeConnected:
				set(true)
			case socketmode.EventTypeDisconnect, socketmode.EventTypeConnecting, socketmode.EventTypeConnectionError, socketmode.EventTypeInvalidAuth:
				set(false)
			default:
				r, ok := envelope(e)
				if !ok {
					continue
				}
				s.at <- struct{}{}
				busy.Go(func() {
					defer func() { <-s.at }()
					s.handle(ctx, c, r)
				})
			}
		}
	}
}

// envelope is what a message over the socket carries. Of one that the client
// cannot read, such as an event that is newer than it, the raw words are read.
func envelope(e socketmode.Event) (socketmode.Request, bool) {
	if e.Request != nil {
		return *e.Request, e.Request.EnvelopeID != ""
	}
	bad, ok := e.Data.(*socketmode.ErrorBadMessage)
	var r socketmode.Request
	if !ok || json.Unmarshal(bad.Message, &r) != nil {
		return r, false
	}
	return r, r.EnvelopeID != ""
}

// handle does what a delivery asks for and acknowledges it. What was not
// accepted is not acknowledged: Slack delivers it again.
func (s *Socket) handle(ctx context.Context, c *socketmode.Client, r socketmode.Request) {
	limited, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			s.app.panicked(v)
		}
	}()
	var out any
	var err error
	switch r.Type {
	case socketmode.RequestTypeEventsAPI:
		var o outer
		if err = json.Unmarshal(r.Payload, &o); err == nil {
			err = s.app.event(limited, o)
		} else {
			s.app.Log.Warn("slack: a delivery that cannot be read")
			err = nil
		}
	case socketmode.RequestTypeSlashCommands:
		var cmd slack.SlashCommand
		if json.Unmarshal(r.Payload, &cmd) == nil {
			err = s.app.command(limited, cmd)
		}
	case socketmode.RequestTypeInteractive:
		var i slack.InteractionCallback
		if json.Unmarshal(r.Payload, &i) == nil {
			out, err = s.app.interaction(limited, i)
		}
	}
	if err != nil {
		s.app.Log.Error("slack: not accepted", "type", r.Type, "error", err)
		return
	}
	if err := c.AckCtx(limited, r.EnvelopeID, out); err != nil && !errors.Is(err, context.Canceled) {
		s.app.Log.Warn("slack: not acknowledged", "error", failure(err))
	}
}
