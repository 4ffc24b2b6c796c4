package discordtest

import (
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Transport sends what goes to Discord's hosts to the fake: the API, and the
// files of its CDN. What goes anywhere else but to loopback fails. It is given
// to the real client, which changes nothing that is global.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

// Client is an HTTP client with the Transport.
func (s *Server) Client() *http.Client {
	return &http.Client{Transport: s.Transport(), Timeout: 10 * time.Second}
}

type transport struct{ s *Server }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	base, err := url.Parse(t.s.web.URL)
	if err != nil {
		return nil, err
	}
	switch r.URL.Hostname() {
	case "discord.com", "cdn.discordapp.com":
	case base.Hostname():
		return http.DefaultTransport.RoundTrip(r)
	default:
		return nil, fmt.Errorf("discordtest: a request to %s", r.URL.Host)
	}
	out := r.Clone(r.Context())
	out.URL.Scheme, out.URL.Host = base.Scheme, base.Host
	return http.DefaultTransport.RoundTrip(out)
}
