package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// A conn is one connection to the gateway. What it sends goes out in order,
// and nobody waits for it.
type conn struct {
	n        int
	resuming bool // at the address for resumes
	ws       *websocket.Conn
	compress bool // what is long goes out compressed
	session  *session
	sent     []time.Time // by the client, for its limit
	late     bool        // an op 9 was sent: it may identify again
	ended    bool        // by the server: what the client says then counts no more

	mu    sync.Mutex
	queue []frame
	wake  chan struct{}
	done  chan struct{}
	zip   *zlib.Writer // of the writer alone
}

// A frame is a payload, or the end of the connection.
type frame struct {
	data  []byte
	close int // a code
}

func newConn(n int, ws *websocket.Conn) *conn {
	return &conn{n: n, ws: ws, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

func (c *conn) push(f frame) {
	c.mu.Lock()
	c.queue = append(c.queue, f)
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// op sends a payload that is no event.
func (c *conn) op(code int, d any) {
	data, err := json.Marshal(obj{"op": code, "d": d, "s": nil, "t": nil})
	if err == nil {
		c.push(frame{data: data})
	}
}

// end closes the connection with a code. The lock of the server is held.
func (c *conn) end(code int) {
	c.ended = true
	c.push(frame{close: code})
}

// cut ends the connection without a word.
func (c *conn) cut() { _ = c.ws.UnderlyingConn().Close() }

// write sends what is queued until the connection is over.
func (c *conn) write() {
	for {
		c.mu.Lock()
		all := c.queue
		c.queue = nil
		c.mu.Unlock()
		for _, f := range all {
			if c.writeOne(f) != nil {
				c.cut()
				return
			}
		}
		select {
		case <-c.wake:
		case <-c.done:
			return
		}
	}
}

// compressOver is how long a payload is before it goes out compressed.
const compressOver = 1024

func (c *conn) writeOne(f frame) error {
	if f.close != 0 {
		err := c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(f.close, closeReasons[f.close]), time.Now().Add(time.Second))
		// The client reads the code before the connection goes.
		time.AfterFunc(200*time.Millisecond, c.cut)
		return err
	}
	if !c.compress || len(f.data) < compressOver {
		return c.ws.WriteMessage(websocket.TextMessage, f.data)
	}
	var b bytes.Buffer
	if c.zip == nil {
		c.zip = zlib.NewWriter(nil)
	}
	c.zip.Reset(&b)
	if _, err := c.zip.Write(f.data); err != nil {
		return err
	}
	if err := c.zip.Close(); err != nil {
		return err
	}
	return c.ws.WriteMessage(websocket.BinaryMessage, b.Bytes())
}

// closeReasons are Discord's words for its codes.
var closeReasons = map[int]string{
	4000: "Unknown error.", 4001: "Unknown opcode.", 4002: "Error while decoding payload.", 4003: "Not authenticated.",
	4004: "Authentication failed.", 4005: "Already authenticated.", 4007: "Invalid seq.", 4008: "Rate limited.",
	4009: "Session timed out.", 4010: "Invalid shard.", 4011: "Sharding required.", 4012: "Invalid API version.",
	4013: "Invalid intent(s).", 4014: "Disallowed intent(s).",
}
