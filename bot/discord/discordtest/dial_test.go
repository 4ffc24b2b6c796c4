package discordtest_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// A bare connection to the gateway.
type bare struct {
	t  *testing.T
	ws *websocket.Conn
}

type payload struct {
	Op int             `json:"op"`
	T  string          `json:"t"`
	S  int             `json:"s"`
	D  json.RawMessage `json:"d"`
}

func dial(t *testing.T, s *discordtest.Server, query string) *bare {
	t.Helper()
	_, out := do(t, s, "GET", "/gateway", nil)
	ws, resp, err := websocket.DefaultDialer.Dial(out["url"].(string)+query, nil)
	must(t, err)
	must(t, resp.Body.Close())
	t.Cleanup(func() { _ = ws.Close() })
	return &bare{t, ws}
}

// hello is a connection that said hello.
func hello(t *testing.T, s *discordtest.Server) *bare {
	t.Helper()
	b := dial(t, s, "?v=10&encoding=json")
	if p := b.read(); p.Op != 10 {
		t.Fatalf("op %d, want hello", p.Op)
	}
	return b
}

func (b *bare) send(op int, d any) {
	b.t.Helper()
	must(b.t, b.ws.WriteJSON(obj{"op": op, "d": d}))
}

func (b *bare) read() payload {
	b.t.Helper()
	must(b.t, b.ws.SetReadDeadline(time.Now().Add(within)))
	_, raw, err := b.ws.ReadMessage()
	must(b.t, err)
	var p payload
	must(b.t, json.Unmarshal(raw, &p))
	return p
}

// until reads to the next event of a type.
func (b *bare) until(kind string) payload {
	b.t.Helper()
	for {
		if p := b.read(); p.T == kind {
			return p
		}
	}
}

// code reads to the end, and gives its code.
func (b *bare) code() int {
	b.t.Helper()
	must(b.t, b.ws.SetReadDeadline(time.Now().Add(within)))
	for {
		_, _, err := b.ws.ReadMessage()
		var end *websocket.CloseError
		if errors.As(err, &end) {
			return end.Code
		}
		must(b.t, err)
	}
}

func identity(s *discordtest.Server, intents int) obj {
	return obj{"token": strings.TrimPrefix(s.BotToken(), "Bot "), "intents": intents, "properties": obj{"os": "sample"}}
}

const usual = discordtest.Guilds | discordtest.GuildMessages | discordtest.DirectMessages

// identified is a connection with a session, and its id.
func identified(t *testing.T, s *discordtest.Server, intents int) (b *bare, session string) {
	t.Helper()
	b = hello(t, s)
	b.send(2, identity(s, intents))
	var ready struct {
		SessionID string `json:"session_id"`
	}
	must(t, json.Unmarshal(b.until("READY").D, &ready))
	return b, ready.SessionID
}

func resume(s *discordtest.Server, session string, seq int) obj {
	return obj{"token": strings.TrimPrefix(s.BotToken(), "Bot "), "session_id": session, "seq": seq}
}
