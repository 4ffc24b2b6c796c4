package slacktest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"github.com/everycategory/advocate/bot/chat/chattest"
)

const (
	maxConnections = 10
	maxAck         = 20 << 10 // a longer acknowledgement is dropped in silence
	pingEvery      = 5 * time.Second
)

// An Ack is one acknowledgement as it came over a socket.
type Ack struct {
	EnvelopeID string
	Payload    json.RawMessage
	Size       int
	At         time.Time
	Conn       int
	Known      bool // its envelope waited for it
	Dropped    bool // too long, or lost by LoseAcks
}

type socket struct {
	tickets map[string]bool
	conns   []*conn
	serial  int
	off     bool
	lose    int
	waiting map[string]*waiting // by envelope_id
	acks    []Ack
}

type conn struct {
	n     int
	pongs atomic.Int64
	ws    *websocket.Conn
	write sync.Mutex
}

// waiting is an envelope that is not acknowledged yet.
type waiting struct {
	conn *conn
	work *chattest.Work
	over func(func())
	a    *Attempt
}

func (k *socket) init() { k.tickets, k.waiting = map[string]bool{}, map[string]*waiting{} }

func (k *socket) closeAll() {
	for _, c := range slices.Clone(k.conns) {
		_ = c.ws.Close()
	}
}

func (s *Server) openConnection(*request) (reply, error) {
	if s.socket.off {
		return nil, fail("link_disabled")
	}
	ticket := s.id("ticket")
	s.socket.tickets[ticket] = true
	return reply{"url": strings.Replace(s.web.URL, "http://", "ws://", 1) + "/socket/" + ticket}, nil
}

// serveSocket is one connection, until it ends.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	good := s.socket.tickets[r.PathValue("ticket")] && !s.closed
	delete(s.socket.tickets, r.PathValue("ticket"))
	if good {
		s.wg.Add(1)
	}
	s.mu.Unlock()
	if !good {
		http.Error(w, "bad ticket", http.StatusUnauthorized)
		return
	}
	defer s.wg.Done()
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = ws.Close() }()
	c, n := s.connect(ws)
	defer s.disconnected(c)
	if n > maxConnections {
		_ = c.send(reply{"type": "disconnect", "reason": "too_many_websockets", "debug_info": reply{"host": "sample"}})
		return
	}
	hello := reply{"type": "hello", "num_connections": n, "connection_info": reply{"app_id": AppID},
		"debug_info": reply{"host": "sample", "approximate_connection_time": 18060}}
	if c.send(hello) != nil {
		return
	}
	go s.ping(c)
	s.read(c)
}

func (s *Server) connect(ws *websocket.Conn) (*conn, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.serial++
	c := &conn{n: s.socket.serial, ws: ws}
	s.socket.conns = append(s.socket.conns, c)
	if s.closed {
		_ = ws.Close()
	}
	ws.SetPongHandler(func(string) error { c.pongs.Add(1); s.Touch(); return nil })
	s.touch()
	return c, len(s.socket.conns)
}

// disconnected gives up on what a connection had not acknowledged.
func (s *Server) disconnected(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.conns = slices.DeleteFunc(s.socket.conns, func(o *conn) bool { return o == c })
	for id, w := range s.socket.waiting {
		if w.conn == c {
			delete(s.socket.waiting, id)
			s.Clock.Drop(w.work)
		}
	}
	s.touch()
}

func (c *conn) send(v any) error {
	c.write.Lock()
	defer c.write.Unlock()
	return c.ws.WriteJSON(v)
}

// ping keeps the client from taking the connection for dead, which it does by
// real time.
func (s *Server) ping(c *conn) {
	for {
		c.write.Lock()
		err := c.ws.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(time.Second))
		c.write.Unlock()
		if err != nil {
			return
		}
		select {
		case <-time.After(pingEvery):
		case <-s.quit:
			return
		}
	}
}

// AnswerPings says whether every open connection answers a ping within so
// much real time.
func (s *Server) AnswerPings(within time.Duration) bool {
	s.mu.Lock()
	all, before := slices.Clone(s.socket.conns), map[*conn]int64{}
	s.mu.Unlock()
	for _, c := range all {
		before[c] = c.pongs.Load()
		c.write.Lock()
		err := c.ws.WriteControl(websocket.PingMessage, []byte("asked"), time.Now().Add(within))
		c.write.Unlock()
		if err != nil {
			return false
		}
	}
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if !slices.ContainsFunc(all, func(c *conn) bool { return c.pongs.Load() == before[c] }) {
			return true
		}
	}
	return false
}

// read takes acknowledgements until the connection ends.
func (s *Server) read(c *conn) {
	for {
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		s.takeAck(c, raw)
	}
}

// parseAck reads an acknowledgement; one that is no JSON has no envelope.
func parseAck(raw []byte) Ack {
	var in struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	_ = json.Unmarshal(raw, &in) // what cannot be read names no envelope
	return Ack{EnvelopeID: in.EnvelopeID, Payload: in.Payload, Size: len(raw)}
}

func (s *Server) takeAck(c *conn, raw []byte) {
	ack := parseAck(raw)
	s.mu.Lock()
	ack.At, ack.Conn = s.Clock.Now(), c.n
	w := s.socket.waiting[ack.EnvelopeID]
	ack.Known = w != nil
	switch {
	case ack.Size >= maxAck:
		ack.Dropped = true
	case ack.Known && s.socket.lose > 0:
		s.socket.lose--
		ack.Dropped = true
	case ack.Known:
		delete(s.socket.waiting, ack.EnvelopeID)
	}
	s.socket.acks = append(s.socket.acks, ack)
	s.touch()
	s.mu.Unlock()
	switch {
	case w == nil:
	case ack.Dropped:
		s.Clock.Drop(w.work)
	default:
		w.over(func() {
			w.a.Status, w.a.Header, w.a.Body = http.StatusOK, http.Header{"Content-Type": {"application/json"}}, ack.Payload
		})
	}
}

// overSocket makes an attempt over one of the connections, which is any.
func (s *Server) overSocket(_ context.Context, d *Delivery, a *Attempt, w *chattest.Work, over func(func())) {
	defer s.wg.Done()
	s.mu.Lock()
	if len(s.socket.conns) == 0 {
		s.mu.Unlock()
		over(func() {})
		return
	}
	c := s.socket.conns[s.rng.IntN(len(s.socket.conns))]
	id := s.id("envelope-")
	a.Conn = c.n
	s.socket.waiting[id] = &waiting{conn: c, work: w, over: over, a: a}
	s.mu.Unlock()
	envelope := reply{"type": d.Kind, "envelope_id": id, "payload": json.RawMessage(d.payload),
		"accepts_response_payload": d.Kind != EventKind}
	if d.Kind == EventKind {
		reason := a.Reason
		if reason == "http_timeout" {
			reason = "timeout"
		}
		envelope["retry_attempt"], envelope["retry_reason"] = a.Retry, reason
	}
	if c.send(envelope) != nil {
		_ = c.ws.Close()
	}
}

// Acks are the acknowledgements over sockets so far.
func (s *Server) Acks() []Ack {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.socket.acks)
}

// LoseAcks loses the next n acknowledgements, so that Slack delivers again.
func (s *Server) LoseAcks(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.lose = n
}

// Connections are the numbers of the open connections; each new one gets the
// next number.
func (s *Server) Connections() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []int
	for _, c := range s.socket.conns {
		out = append(out, c.n)
	}
	return out
}

// Disconnect tells the connections of these numbers to go, without numbers
// every one: "warning" or "refresh_requested". "link_disabled" means that
// Socket Mode was switched off, and nothing can connect again until
// EnableSocket.
func (s *Server) Disconnect(reason string, numbers ...int) {
	s.mu.Lock()
	all := slices.DeleteFunc(slices.Clone(s.socket.conns), func(c *conn) bool { return len(numbers) > 0 && !slices.Contains(numbers, c.n) })
	s.socket.off = s.socket.off || reason == "link_disabled"
	s.mu.Unlock()
	for _, c := range all {
		_ = c.send(reply{"type": "disconnect", "reason": reason, "debug_info": reply{"host": "sample"}})
	}
}

// EnableSocket switches Socket Mode on again.
func (s *Server) EnableSocket() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.off = false
}

// CutConnections ends every connection without a word.
func (s *Server) CutConnections() {
	s.mu.Lock()
	all := slices.Clone(s.socket.conns)
	s.mu.Unlock()
	for _, c := range all {
		_ = c.ws.UnderlyingConn().Close()
	}
}
