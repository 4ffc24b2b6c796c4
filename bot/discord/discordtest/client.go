package discordtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Transport sends what goes to Discord's hosts to the fake: the API, and the
// files of its CDN. What goes anywhere else fails. It is given to the real
// client, which changes nothing that is global.
func (s *Server) Transport() http.RoundTripper {
	pool := &http.Transport{DialContext: s.Dial}
	s.t.Cleanup(pool.CloseIdleConnections)
	return transport{s, pool}
}

// Client is an HTTP client with the Transport.
func (s *Server) Client() *http.Client {
	return &http.Client{Transport: s.Transport(), Timeout: 10 * time.Second}
}

// Dial connects to the fake, and to nothing else: it is for the dialer of the
// gateway. Once the server is closed it fails, so that a client that tries for
// ever meets nobody who has the same port.
func (s *Server) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return nil, errors.New("discordtest: the server is closed")
	}
	if address != s.web.Listener.Addr().String() {
		return nil, fmt.Errorf("discordtest: a connection to %s", address)
	}
	var d net.Dialer
	return d.DialContext(ctx, network, address)
}

type transport struct {
	s    *Server
	pool *http.Transport
}

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	host := r.URL.Hostname()
	if host == "discord.com" || host == "cdn.discordapp.com" {
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host = "http", t.s.web.Listener.Addr().String()
	}
	return t.pool.RoundTrip(r)
}
