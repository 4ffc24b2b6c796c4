package discordtest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// A session outlives its connections: what it was sent can be sent again.
type session struct {
	id      string
	seq     int
	intents int
	shard   [2]int
	events  []event
	conn    *conn
	waiting []event // while events are held
}

type event struct {
	seq  int
	data []byte
	d    *Delivery
}

// obey does what the client sends, and gives the code that ends the
// connection, or 0. The lock is held.
func (s *Server) obey(c *conn, raw []byte) (code int) {
	var in struct {
		Op *int            `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if len(raw) > maxPayload || json.Unmarshal(raw, &in) != nil || in.Op == nil {
		return 4002
	}
	now := s.Clock.Now()
	if c.sent = append(c.sent, now); s.opts.RateLimits && *in.Op != opHeartbeat {
		c.sent = slices.DeleteFunc(c.sent, func(t time.Time) bool { return !t.Add(time.Minute).After(now) })
		if len(c.sent) > maxSends {
			return 4008
		}
	}
	switch *in.Op {
	case opHeartbeat:
		s.gateway.heartbeats++
		if s.gateway.dropAcks != 0 {
			s.gateway.dropAcks = max(s.gateway.dropAcks-1, -1)
			return 0
		}
		c.op(opAck, nil)
	case opIdentify:
		return s.identify(c, in.D)
	case opResume:
		return s.resume(c, in.D)
	case opPresence, opVoice, opMembers:
		if c.session == nil {
			return 4003
		}
	default:
		return 4001
	}
	return 0
}

func (s *Server) validToken(tok string) bool { return strings.TrimPrefix(tok, "Bot ") == s.token }

func (s *Server) identify(c *conn, raw []byte) int {
	var in struct {
		Token      string           `json:"token"`
		Intents    *int             `json:"intents"`
		Properties *json.RawMessage `json:"properties"`
		Compress   bool             `json:"compress"`
		Shard      *[2]int          `json:"shard"`
	}
	s.gateway.identifies = append(s.gateway.identifies, s.Clock.Now())
	shards := max(s.opts.Shards, 1)
	switch {
	case json.Unmarshal(raw, &in) != nil || in.Properties == nil:
		return 4002
	case c.session != nil && !c.late:
		return 4005
	case !s.validToken(in.Token):
		return 4004
	case in.Intents == nil || *in.Intents&^everyIntent != 0 || *in.Intents < 0:
		return 4013
	case *in.Intents&privileged&^s.opts.Privileged != 0:
		return 4014
	case in.Shard != nil && (in.Shard[0] < 0 || in.Shard[0] >= in.Shard[1]):
		return 4010
	case shards > 1 && (in.Shard == nil || in.Shard[1] < shards):
		return 4011
	}
	k := &session{id: "sample-session-" + s.snowflake(), intents: *in.Intents, shard: [2]int{0, 1}, conn: c}
	if in.Shard != nil {
		k.shard = *in.Shard
	}
	if c.session != nil {
		c.session.conn = nil
	}
	c.session, c.compress, c.late = k, in.Compress, false
	s.gateway.sessions[k.id] = k
	s.ready(k)
	return 0
}

// ready tells a session who it is, and its guilds.
func (s *Server) ready(k *session) {
	guilds := []obj{}
	var mine []*Place
	for _, g := range s.myPlaces() {
		if k.has(g.ID) {
			mine = append(mine, g)
			guilds = append(guilds, obj{"id": g.ID, "unavailable": true})
		}
	}
	k.send("READY", obj{"v": 10, "user": s.userJSON(Bot), "guilds": guilds, "session_id": k.id, "session_type": "normal",
		"resume_gateway_url": s.wsURL("/resume/"), "shard": k.shard, "application": obj{"id": AppID, "flags": s.appFlags()},
		"private_channels": []obj{}}, nil, false)
	if k.intents&Guilds == 0 {
		return
	}
	for _, g := range mine {
		k.send("GUILD_CREATE", s.wholeGuild(g), nil, false)
	}
}

// wholeGuild is a guild as GUILD_CREATE shows it.
func (s *Server) wholeGuild(g *Place) obj {
	o := guildJSON(g)
	o["channels"], o["threads"], o["members"], o["member_count"] = s.channelsOf(g), []obj{}, []obj{s.memberJSON(Bot, g.ID, true)}, len(g.Members)
	o["joined_at"], o["large"], o["unavailable"], o["voice_states"], o["presences"] = stamp(s.opts.Start), false, false, []obj{}, []obj{}
	return o
}

// resume goes on with a session: what it missed comes again, and after
// RepeatOnResume what it did not miss too.
func (s *Server) resume(c *conn, raw []byte) int {
	var in struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	s.gateway.resumes++
	if !c.resuming {
		s.gateway.elsewhere++
	}
	if json.Unmarshal(raw, &in) != nil {
		return 4002
	}
	k := s.gateway.sessions[in.SessionID]
	switch {
	case c.session != nil:
		return 4005
	case !s.validToken(in.Token):
		return 4004
	case k == nil:
		c.late = true
		c.op(opInvalid, false)
		return 0
	case in.Seq > k.seq:
		return 4007
	}
	if k.conn != nil {
		k.conn.end(4000)
	}
	k.conn, c.session, k.waiting = c, k, nil
	from := max(in.Seq-s.gateway.again, 0)
	s.gateway.again = 0
	for _, e := range slices.Clone(k.events) {
		if e.seq > from {
			c.push(frame{data: e.data})
			if e.d != nil {
				e.d.attempts = append(e.d.attempts, &Attempt{At: s.Clock.Now(), Conn: c.n, Seq: e.seq, Replayed: true})
			}
		}
	}
	k.send("RESUMED", obj{}, nil, false)
	return 0
}

// has says whether a session's shard gets the events of a guild; those of no
// guild go to the first.
func (k *session) has(guild string) bool {
	if guild == "" {
		return k.shard[0] == 0
	}
	n := Made(guild).UnixMilli() - epoch
	return int(n%int64(k.shard[1])) == k.shard[0]
}

// send sends an event, or keeps it until the session goes on. An event that is
// held goes nowhere yet.
func (k *session) send(kind string, d any, del *Delivery, held bool) {
	k.seq++
	data, err := json.Marshal(obj{"op": opDispatch, "t": kind, "s": k.seq, "d": d})
	if err != nil {
		return
	}
	e := event{seq: k.seq, data: data, d: del}
	k.events = append(k.events, e)
	switch {
	case held:
		k.waiting = append(k.waiting, e)
	case k.conn != nil:
		k.conn.push(frame{data: data})
	}
}
