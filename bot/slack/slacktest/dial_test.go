package slacktest_test

import (
	"context"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// dial opens a bare socket.
func dial(t *testing.T, s *slacktest.Server) *websocket.Conn {
	t.Helper()
	_, url, err := client(s, s.BotToken()).StartSocketModeContext(context.Background())
	must(t, err)
	ws, resp, err := websocket.DefaultDialer.Dial(url, nil)
	must(t, err)
	must(t, resp.Body.Close())
	t.Cleanup(func() { _ = ws.Close() })
	return ws
}

func readEnvelope(t *testing.T, ws *websocket.Conn) string {
	t.Helper()
	_, raw, err := ws.ReadMessage()
	must(t, err)
	return string(raw)
}
