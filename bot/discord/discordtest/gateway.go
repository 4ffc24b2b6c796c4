package discordtest

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Intents, as identify sends them.
const (
	Guilds                = 1 << 0
	GuildMembers          = 1 << 1 // privileged
	GuildPresences        = 1 << 8 // privileged
	GuildMessages         = 1 << 9
	GuildMessageReactions = 1 << 10
	DirectMessages        = 1 << 12
	DirectReactions       = 1 << 13
	MessageContent        = 1 << 15 // privileged

	privileged  = GuildMembers | GuildPresences | MessageContent
	everyIntent = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

// Opcodes.
const (
	opDispatch = iota
	opHeartbeat
	opIdentify
	opPresence
	opVoice
	_
	opResume
	opReconnect
	opMembers
	opInvalid
	opHello
	opAck
)

const (
	maxPayload    = 4096
	maxSends      = 120 // a minute
	maxIdentifies = 1000
)

type gateway struct {
	all        []*conn
	serial     int
	sessions   map[string]*session
	held       bool
	dropAcks   int // -1 is all
	again      int // events that come twice with the next resume
	heartbeats int
	resumes    int
	elsewhere  int // resumes at the wrong address
	identifies []time.Time
	closes     []int
}

func (s *Server) conns() []*conn { return slices.Clone(s.gateway.all) }

func (s *Server) wsURL(path string) string {
	return strings.Replace(s.web.URL, "http://", "ws://", 1) + path
}

func (s *Server) gatewayURL(*request) (any, error) { return obj{"url": s.wsURL("/gateway/")}, nil }

func (s *Server) gatewayBot(*request) (any, error) {
	since := s.Clock.Now().Add(-24 * time.Hour)
	used := 0
	for _, t := range s.gateway.identifies {
		if t.After(since) {
			used++
		}
	}
	return obj{"url": s.wsURL("/gateway/"), "shards": max(s.opts.Shards, 1), "session_start_limit": obj{"total": maxIdentifies,
		"remaining": maxIdentifies - used, "reset_after": 86400000, "max_concurrency": 1}}, nil
}

// serveGateway is one connection, until it ends.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.wg.Add(1)
	s.mu.Unlock()
	defer s.wg.Done()
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = ws.Close() }()
	s.mu.Lock()
	s.gateway.serial++
	c := newConn(s.gateway.serial, ws)
	c.resuming = strings.HasPrefix(r.URL.Path, "/resume/")
	s.gateway.all = append(s.gateway.all, c)
	if s.closed {
		c.cut()
	}
	s.touch()
	if v := r.URL.Query().Get("v"); v != "9" && v != "10" {
		c.end(4012)
	}
	s.mu.Unlock()
	defer s.gone(c)
	go c.write()
	c.op(opHello, obj{"heartbeat_interval": s.opts.Heartbeat.Milliseconds()})
	s.listen(c)
}

// listen takes what the client sends until the connection ends.
func (s *Server) listen(c *conn) {
	for {
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			s.left(c, err)
			return
		}
		s.mu.Lock()
		if !c.ended {
			if code := s.obey(c, raw); code != 0 {
				c.end(code)
			}
		}
		s.touch()
		s.mu.Unlock()
	}
}

// left notes how the client ended the connection: 1000 and 1001 end its
// session too.
func (s *Server) left(c *conn, err error) {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) || closed.Code == websocket.CloseAbnormalClosure {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.ended {
		return
	}
	s.gateway.closes = append(s.gateway.closes, closed.Code)
	if c.session != nil && (closed.Code == websocket.CloseNormalClosure || closed.Code == websocket.CloseGoingAway) {
		delete(s.gateway.sessions, c.session.id)
	}
}

func (s *Server) gone(c *conn) {
	close(c.done)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.all = slices.DeleteFunc(s.gateway.all, func(o *conn) bool { return o == c })
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	s.touch()
}

// Connections are the numbers of the open connections; each new one gets the
// next number.
func (s *Server) Connections() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []int
	for _, c := range s.gateway.all {
		out = append(out, c.n)
	}
	return out
}

// Ready is how many sessions have a connection: AwaitReady waits for one.
func (s *Server) Ready() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, k := range s.gateway.sessions {
		if k.conn != nil {
			n++
		}
	}
	return n
}

// AwaitReady waits until n sessions have a connection.
func (s *Server) AwaitReady(n int) {
	s.t.Helper()
	s.Until("a session", func() bool { return s.Ready() >= n })
}

// CutConnections ends every connection without a word.
func (s *Server) CutConnections() { s.each((*conn).cut) }

// CloseConnections ends every connection with a code, as 4004 or 4014.
func (s *Server) CloseConnections(code int) { s.each(func(c *conn) { c.end(code) }) }

// Reconnect tells every connection to connect again and to resume.
func (s *Server) Reconnect() { s.each(func(c *conn) { c.op(opReconnect, nil) }) }

// AskHeartbeat asks every connection for a heartbeat at once.
func (s *Server) AskHeartbeat() { s.each(func(c *conn) { c.op(opHeartbeat, nil) }) }

// InvalidateSessions tells every connection that its session is not valid: if
// it is not resumable, it is gone.
func (s *Server) InvalidateSessions(resumable bool) {
	if !resumable {
		s.LoseSessions()
	}
	s.each(func(c *conn) {
		c.late = true
		c.op(opInvalid, resumable)
	})
}

func (s *Server) each(do func(*conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.gateway.all {
		do(c)
	}
}

// LoseSessions forgets every session: the next resume is refused with op 9.
func (s *Server) LoseSessions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.gateway.sessions)
}

// DropAcks leaves the next n heartbeats without an answer, all if n is -1.
func (s *Server) DropAcks(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.dropAcks = n
}

// RepeatOnResume makes the next resume send the last n events again that were
// already acknowledged.
func (s *Server) RepeatOnResume(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.again = n
}

// Heartbeats is how many came so far.
func (s *Server) Heartbeats() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.heartbeats
}

// Identifies is how many came so far.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.gateway.identifies)
}

// Resumes is how many came so far, refused ones too.
func (s *Server) Resumes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.resumes
}

// ResumesElsewhere is how many resumes did not come to the address that READY
// gives for them.
func (s *Server) ResumesElsewhere() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.elsewhere
}

// Closes are the codes with which the client ended connections.
func (s *Server) Closes() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.gateway.closes)
}
