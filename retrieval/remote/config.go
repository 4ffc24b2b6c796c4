package remote

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
)

// Config says where the retrieval service is. URLs is required; the zero
// value of the rest is for everyday use.
type Config struct {
	// URLs are the addresses of the replicas: "http://localhost:8091",
	// "https://retrieval.example.org". Beyond loopback they want https.
	URLs    []string
	Key     string // bearer key; "" for none
	Version Version
	// Library are the sources in this program's binary: they are not sent.
	Library []*corpus.Source
	// Total is how long a read is tried where ctx has no earlier deadline,
	// and Try how long it waits for one replica; 0: 10 and 3 seconds. What
	// moves many words (sources, writes) may take twelve times as long.
	Total, Try time.Duration
	// Rounds is how often the replicas are gone through; 0: 3.
	Rounds int
	// Once lets a read be tried at one replica alone. It is for measuring
	// what trying others is worth.
	Once bool
	// Rest is how long a replica that failed is asked after the others; 0: 5
	// seconds.
	Rest time.Duration
	// MaxReply is the most bytes of a reply that are read; 0: 256 MB.
	MaxReply int64
	HTTP     *http.Client // nil: one that follows no redirect
	Now      func() time.Time
}

// ErrConfig is matched by errors of Config.
var ErrConfig = errors.New("retrieval service")

// Check says what is wrong with c, if anything is. It asks nobody.
func (c Config) Check() error { return c.settle() }

// settle checks c and fills in what it leaves open.
func (c *Config) settle() error {
	if len(c.URLs) == 0 {
		return fmt.Errorf("%w: it has no address", ErrConfig)
	}
	urls := make([]string, len(c.URLs))
	for i, text := range c.URLs {
		base, err := address(text)
		if err != nil {
			return err
		}
		if slices.Contains(urls, base) {
			return fmt.Errorf("%w: %s is named twice", ErrConfig, base)
		}
		urls[i] = base
	}
	if strings.ContainsAny(c.Key, "\r\n") {
		return fmt.Errorf("%w: its key is of several lines", ErrConfig)
	}
	c.URLs = urls
	c.Total, c.Try, c.Rest, c.Rounds = or(c.Total, 10*time.Second), or(c.Try, 3*time.Second), or(c.Rest, 5*time.Second), or(c.Rounds, 3)
	c.MaxReply = or(c.MaxReply, 256<<20)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: time.Second, KeepAlive: 15 * time.Second}).DialContext,
			TLSHandshakeTimeout: 3 * time.Second,
			MaxIdleConnsPerHost: 32,
			IdleConnTimeout:     time.Minute,
			DisableCompression:  true,
			ForceAttemptHTTP2:   true,
		}}
	}
	h := *c.HTTP
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.HTTP = &h
	return nil
}

// address checks and cleans the address of one replica. No error holds a
// password.
func address(text string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err == nil && u.User != nil:
		return "", fmt.Errorf("%w: the address of %s holds a name or a password: give the key by itself", ErrConfig, u.Host)
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "":
		if strings.Contains(text, "@") { // perhaps behind a password
			text = "what is given"
		}
		return "", fmt.Errorf("%w: %q is no address of one: want one like http://localhost:8091", ErrConfig, text)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", fmt.Errorf("%w: %s is not on this machine: want https", ErrConfig, u.Host)
	}
	return strings.TrimSuffix(u.Scheme+"://"+u.Host+u.Path, "/"), nil
}

// loopback reports whether host is this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
