package discord

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"net"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Close codes: Discord forgets a session that is closed with 1000 or 1001.
const (
	closeForgotten = 1000
	closeKept      = 4900 // of those that are the program's own
)

// keepSessions is a dialer whose connections are closed so that Discord keeps
// the session: the library closes each with 1000, also one that it will resume,
// and what came meanwhile would be lost. Once done is set, 1000 stands.
func keepSessions(d *websocket.Dialer, done *atomic.Bool) *websocket.Dialer {
	out := *d
	dial := out.NetDialContext
	if dial == nil {
		dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	}
	out.NetDialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return keeping{c, done}, nil
	}
	out.NetDialTLSContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		config := d.TLSClientConfig.Clone() // of nil it is nil
		if config == nil {
			config = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		if config.ServerName == "" {
			if config.ServerName, _, err = net.SplitHostPort(addr); err != nil {
				c.Close()
				return nil, err
			}
		}
		t := tls.Client(c, config)
		if err := t.HandshakeContext(ctx); err != nil {
			c.Close()
			return nil, err
		}
		return keeping{t, done}, nil
	}
	return &out
}

// keeping changes the code of a close frame on its way out.
type keeping struct {
	net.Conn
	done *atomic.Bool
}

// Write implements net.Conn. A client's frame begins with its kind, its length
// and the mask of its words; a close frame is written alone.
func (k keeping) Write(p []byte) (int, error) {
	const kind, masked, head = 0x88, 0x80, 6
	if !k.done.Load() && len(p) >= head+2 && p[0] == kind && p[1]&masked != 0 && int(p[1]&^masked) == len(p)-head {
		mask := binary.BigEndian.Uint16(p[2:4])
		if binary.BigEndian.Uint16(p[head:])^mask == closeForgotten {
			p = append([]byte(nil), p...)
			binary.BigEndian.PutUint16(p[head:], closeKept^mask)
		}
	}
	return k.Conn.Write(p)
}
