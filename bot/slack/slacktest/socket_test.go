package slacktest_test

import (
	"context"
	"io"
	"log"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// A listener is the real Socket Mode client, which acknowledges what it gets.
type listener struct {
	*socketmode.Client
	mu     sync.Mutex
	got    []socketmode.Event
	answer func(e socketmode.Event) (payload any, ack bool)
}

// listen connects n clients, and waits until all are there.
func listen(t *testing.T, s *slacktest.Server, n int) []*listener {
	t.Helper()
	var out []*listener
	before := len(s.Connections())
	for range n {
		quiet := log.New(io.Discard, "", 0)
		l := &listener{Client: socketmode.New(client(s, s.BotToken()), socketmode.OptionLog(quiet))}
		l.answer = func(socketmode.Event) (any, bool) { return nil, true }
		ctx, cancel := context.WithCancel(context.Background())
		var wg sync.WaitGroup
		wg.Go(func() { _ = l.RunContext(ctx) })
		wg.Go(func() { l.loop(ctx) })
		t.Cleanup(wg.Wait)
		t.Cleanup(cancel)
		out = append(out, l)
	}
	s.Until("the connections", func() bool { return len(s.Connections()) == before+n })
	return out
}

func (l *listener) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-l.Events:
			l.mu.Lock()
			l.got = append(l.got, e)
			answer := l.answer
			l.mu.Unlock()
			if e.Request == nil || e.Type == socketmode.EventTypeHello {
				continue
			}
			if payload, ack := answer(e); ack {
				var send []any
				if payload != nil {
					send = append(send, payload)
				}
				_ = l.Ack(*e.Request, send...)
			}
		}
	}
}

func (l *listener) events(kind socketmode.EventType) []socketmode.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(l.got), func(e socketmode.Event) bool { return e.Type != kind })
}

func (l *listener) answers(f func(e socketmode.Event) (any, bool)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answer = f
}

func sockets(t *testing.T) *slacktest.Server {
	t.Helper()
	return slacktest.New(t, slacktest.Options{Socket: true, Events: []string{"app_mention"}})
}

func TestEverythingComesOverASocket(t *testing.T) {
	t.Parallel()
	s := sockets(t)
	l := listen(t, s, 1)[0]
	sent := s.Type(slacktest.Member, slacktest.Public, ask)
	if !sent.Deliveries[0].Acknowledged() {
		t.Fatal("the event is not acknowledged")
	}
	l.answers(func(e socketmode.Event) (any, bool) {
		if e.Type == socketmode.EventTypeSlashCommand {
			return map[string]string{"text": "for you"}, true
		}
		return nil, true
	})
	s.Run(slacktest.Member, slacktest.Public, "/ask", "x")
	s.Shortcut(slacktest.Member, "ask")
	s.Until("the events", func() bool {
		return len(l.events(socketmode.EventTypeEventsAPI))+len(l.events(socketmode.EventTypeSlashCommand))+len(l.events(socketmode.EventTypeInteractive)) == 3
	})
	api := l.events(socketmode.EventTypeEventsAPI)[0].Data.(slackevents.EventsAPIEvent)
	if api.InnerEvent.Data.(*slackevents.AppMentionEvent).TimeStamp != sent.TS {
		t.Error("the mention is another")
	}
	if cmd := l.events(socketmode.EventTypeSlashCommand)[0].Data.(slack.SlashCommand); cmd.Command != "/ask" || cmd.Text != "x" {
		t.Errorf("the command is %+v", cmd)
	}
	if cb := l.events(socketmode.EventTypeInteractive)[0].Data.(slack.InteractionCallback); cb.CallbackID != "ask" {
		t.Errorf("the shortcut is %+v", cb)
	}
	for _, a := range s.Acks() {
		if !a.Known || a.EnvelopeID == "" {
			t.Errorf("acknowledged: %+v", a)
		}
	}
	if e := s.Transcript(slacktest.Member, slacktest.Public, "").Entries; e[len(e)-1].Words != "for you" {
		t.Errorf("the answer in the acknowledgement is not shown: %+v", e)
	}
}

func TestALostAckIsDeliveredAgain(t *testing.T) {
	t.Parallel()
	s := sockets(t)
	l := listen(t, s, 1)[0]
	s.LoseAcks(1)
	sent := s.Type(slacktest.Member, slacktest.Public, ask)
	s.Until("the lost one", func() bool { a := s.Acks(); return len(a) == 1 && a[0].Dropped })
	s.Clock.Advance(3*time.Second - time.Millisecond)
	if n := len(sent.Deliveries[0].Attempts()); n != 1 {
		t.Fatalf("%d attempts before the three seconds are over", n)
	}
	s.Clock.Advance(time.Millisecond)
	s.Until("the second", func() bool { return sent.Deliveries[0].Acknowledged() })
	all := l.events(socketmode.EventTypeEventsAPI)
	first, second := all[0], all[1]
	if first.Request.EnvelopeID == second.Request.EnvelopeID || second.Request.RetryAttempt != 1 || second.Request.RetryReason != "timeout" ||
		eventID(first) != eventID(second) {
		t.Errorf("first %+v, second %+v", first.Request, second.Request)
	}
}

func eventID(e socketmode.Event) string {
	return e.Data.(slackevents.EventsAPIEvent).Data.(*slackevents.EventsAPICallbackEvent).EventID
}

func TestALongAckIsDroppedInSilence(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t, slacktest.Options{Socket: true, Patience: 20 * time.Millisecond})
	l := listen(t, s, 1)[0]
	// The real client refuses to send it, so this one goes past it.
	refused := make(chan error, 1)
	l.answers(func(e socketmode.Event) (any, bool) {
		refused <- l.SendCtx(context.Background(), socketmode.Response{EnvelopeID: e.Request.EnvelopeID, Payload: x(20 << 10)})
		return nil, false
	})
	s.Shortcut(slacktest.Member, "ask") // nobody acknowledges: the patience ends
	if <-refused == nil {
		t.Error("the client sent it")
	}
	ws := dial(t, s)
	_ = readEnvelope(t, ws)
	for _, size := range []int{20<<10 - 1, 20 << 10} {
		n := len(s.Acks())
		body := `{"envelope_id":"e","payload":"`
		must(t, ws.WriteMessage(1, []byte(body+x(size-len(body)-2)+`"}`)))
		s.Until("the acknowledgement", func() bool { return len(s.Acks()) > n })
		if a := s.Acks()[n]; a.Size != size || a.Dropped != (size == 20<<10) || a.Known {
			t.Errorf("%d bytes: %v %v", a.Size, a.Dropped, a.Known)
		}
	}
}

func TestAnyConnectionGetsAnEvent(t *testing.T) {
	t.Parallel()
	s := sockets(t)
	listen(t, s, 2)
	used := map[int]bool{}
	for range 20 {
		for _, a := range s.Type(slacktest.Member, slacktest.Public, ask).Deliveries[0].Attempts() {
			used[a.Conn] = true
		}
	}
	if len(used) != 2 {
		t.Errorf("used %v", used)
	}
}

func TestTheClientComesBackAfterADisconnect(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"warning", "refresh_requested"} {
		s := sockets(t)
		listen(t, s, 1)
		s.Disconnect(reason)
		s.Until("a new connection", func() bool { return slices.Equal(s.Connections(), []int{2}) })
		if !s.Type(slacktest.Member, slacktest.Public, ask).Deliveries[0].Acknowledged() {
			t.Error("the event is lost")
		}
		s.CutConnections()
		s.Until("another", func() bool { return slices.Equal(s.Connections(), []int{3}) })
	}
}

func TestAnEventWithoutAConnectionComesLater(t *testing.T) {
	t.Parallel()
	s := sockets(t)
	sent := s.Type(slacktest.Member, slacktest.Public, ask)
	if all := sent.Deliveries[0].Attempts(); len(all) != 2 || all[1].Reason != "connection_failed" {
		t.Fatalf("attempts %+v", all)
	}
	listen(t, s, 1)
	s.Clock.Advance(time.Minute)
	s.Until("the event", sent.Deliveries[0].Acknowledged)
}

func TestSocketModeIsSwitchedOff(t *testing.T) {
	t.Parallel()
	s := sockets(t)
	l := listen(t, s, 1)[0]
	s.Disconnect("link_disabled")
	s.Until("the refusal", func() bool { return len(l.events(socketmode.EventTypeConnectionError)) > 0 })
	if n := len(s.Connections()); n != 0 {
		t.Errorf("%d connections", n)
	}
	_, _, err := client(s, s.BotToken()).StartSocketModeContext(context.Background())
	wants(t, err, "link_disabled", "")
	s.EnableSocket()
	_, _, err = client(s, s.BotToken()).StartSocketModeContext(context.Background())
	must(t, err)
}

func TestTenConnectionsAreAllowed(t *testing.T) {
	t.Parallel()
	s := sockets(t)
	for n := range 11 {
		ws := dial(t, s)
		hello := readEnvelope(t, ws)
		if want := n < 10; strings.Contains(hello, `"hello"`) != want || strings.Contains(hello, "too_many_websockets") == want {
			t.Errorf("connection %d is told %s", n+1, hello)
		}
	}
}
