package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// intents are what the gateway is asked for: none is privileged. The words of
// messages that mention the program, and of direct ones, come without.
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

// A Gateway takes deliveries over Discord's gateway, for a program that
// Discord cannot reach. It is made by NewGateway and run once.
type Gateway struct {
	app       *App
	session   *discordgo.Session
	connected atomic.Bool
	fatal     atomic.Pointer[string]
	done      atomic.Bool // it shall not be resumed
	down      chan struct{}
	at        chan struct{} // a place for each delivery that is handled
	busy      sync.WaitGroup
	wait      func(ctx context.Context, d time.Duration) // nil: real time
}

// NewGateway returns a gateway for a bot's token. dialer is to Discord; nil:
// the network.
func NewGateway(a *App, token string, api *API, dialer *websocket.Dialer) (*Gateway, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	if dialer == nil {
		dialer = s.Dialer
	}
	s.Client = api.session.Client
	s.Identify.Intents = intents
	s.ShouldReconnectOnError = false // it would go on for ever, also after what no connection can mend
	s.StateEnabled = false
	s.LogLevel = -1 // what it logs holds what people write
	s.SyncEvents = true
	g := &Gateway{app: a, session: s, down: make(chan struct{}, 1), at: make(chan struct{}, 16)}
	s.Dialer = keepSessions(dialer, &g.done)
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { g.take(e) })
	s.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) {
		g.connected.Store(false)
		select {
		case g.down <- struct{}{}:
		default:
		}
	})
	return g, nil
}

// Connected reports whether it is connected.
func (g *Gateway) Connected() bool { return g.connected.Load() }

// Fatal is why it does not connect any more, and what to do; "" while it does.
func (g *Gateway) Fatal() string {
	if why := g.fatal.Load(); why != nil {
		return *why
	}
	return ""
}

// fatalCodes are the close codes after which no connection helps.
var fatalCodes = map[int]string{
	4004: "Discord does not take the token: take a new one from “Bot”, in the developer portal",
	4010: "the shard is not valid",
	4011: "the bot is on so many servers that it needs shards, which this program does not have",
	4012: "the version of the gateway is not taken any more: a newer program is needed",
	4013: "the intents are not valid: a newer program is needed",
	4014: "an intent is not allowed: this program asks for GUILDS, GUILD_MESSAGES and DIRECT_MESSAGES, none of which is privileged; look at “Bot” in the developer portal",
}

// Run stays connected until ctx is done, or nothing helps.
func (g *Gateway) Run(ctx context.Context) error {
	defer g.busy.Wait()
	wait := g.wait
	if wait == nil {
		wait = sleep
	}
	for tries := 0; ctx.Err() == nil; {
		select {
		case <-g.down: // of a connection before
		default:
		}
		err := g.session.Open()
		var closed *websocket.CloseError
		if errors.As(err, &closed) && fatalCodes[closed.Code] != "" {
			why := fmt.Sprintf("%s (close code %d)", fatalCodes[closed.Code], closed.Code)
			g.fatal.Store(&why)
			g.app.Log.Error("discord: the gateway is closed for good", "why", why)
			return errors.New("discord: " + why)
		}
		if err != nil && !errors.Is(err, discordgo.ErrWSAlreadyOpen) {
			tries++
			pause := min(time.Second<<min(tries, 6), time.Minute)
			pause += rand.N(pause / 4)
			g.app.Log.Warn("discord: not connected; it is tried again", "in", pause.Round(time.Second).String())
			wait(ctx, pause)
			continue
		}
		tries = 0
		g.connected.Store(true)
		select {
		case <-ctx.Done():
		case <-g.down:
			wait(ctx, time.Second+rand.N(time.Second))
		}
	}
	g.connected.Store(false)
	g.done.Store(true)
	if err := g.session.Close(); err != nil && !errors.Is(err, discordgo.ErrWSNotFound) {
		g.app.Log.Debug("discord: closing", "error", err)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// take hands an event over. Its raw words are read: the library empties
// messages and forms that hold a part which is newer than it.
func (g *Gateway) take(e *discordgo.Event) {
	var do func(ctx context.Context)
	switch e.Type {
	case "INTERACTION_CREATE":
		var i interaction
		if json.Unmarshal(e.RawData, &i) != nil {
			g.app.Log.Warn("discord: an interaction that cannot be read")
			return
		}
		do = func(ctx context.Context) { g.app.byGateway(ctx, i) }
	case "MESSAGE_CREATE":
		var m message
		if json.Unmarshal(e.RawData, &m) != nil {
			g.app.Log.Warn("discord: a message that cannot be read")
			return
		}
		do = func(ctx context.Context) { g.app.message(ctx, m) }
	case "GUILD_DELETE":
		var s struct {
			ID          string `json:"id"`
			Unavailable *bool  `json:"unavailable"`
		}
		if json.Unmarshal(e.RawData, &s) != nil || s.ID == "" || s.Unavailable != nil && *s.Unavailable {
			return // an outage: the server comes back
		}
		do = func(ctx context.Context) { g.app.left(ctx, s.ID) }
	default:
		return
	}
	g.at <- struct{}{}
	g.busy.Go(func() {
		defer func() { <-g.at }()
		ctx, cancel := context.WithTimeout(context.Background(), takeTime)
		defer cancel()
		do(ctx)
	})
}

// takeTime is how long a delivery may take to be accepted.
const takeTime = 10 * time.Second
