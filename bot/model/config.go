// Package model is bot.Model over any OpenAI-compatible endpoint: OpenAI,
// Azure, Ollama, vLLM, llama.cpp, LiteLLM. It believes nothing an endpoint
// says of itself: a stream counts only if it ends as it should, within its
// budgets, and nothing of a prompt or an answer is in an error.
package model

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// A Config says where a model is and what it may cost. Base and Name are
// required; the zero value of the rest is for everyday use.
type Config struct {
	Base string // address of the API: "http://localhost:11434", with or without /v1
	Key  string // bearer key; "" for none
	Name string // the model's, as the endpoint calls it
	// Context is how many tokens the model reads and writes together; 0: 8,192.
	Context int
	// Answer is how many tokens an answer may have; 0: 2,048.
	Answer int
	// Idle is how long a stream may say nothing, Total how long all of a
	// completion may take, tries and repair included; 0: 20 and 60 seconds.
	Idle, Total time.Duration
	// Bytes is the most of an answer that is read, as it comes; 0: 1 MiB.
	Bytes int
	// Day is the most that a day's use may cost, at the Input and Output
	// prices of a million tokens, in one currency; 0: no limit. With the
	// folder Spent it counts for all processes that name that folder, else
	// for this one alone.
	Day, Input, Output float64
	Spent              string
	// HTTP is the client to use; nil: one with timeouts for dialling, TLS
	// and the first header.
	HTTP *http.Client
	Now  func() time.Time // the clock; nil: time.Now
	// Wait pauses before another try, until ctx is done; nil: a timer.
	Wait func(done <-chan struct{}, d time.Duration)
}

const tries = 3 // of one request, before its first token

// Errors of Config.
var ErrConfig = errors.New("model settings")

// settle checks c and fills in what it leaves open.
func (c *Config) settle() error {
	u, err := url.Parse(c.Base)
	switch {
	case err == nil && u.User != nil:
		return fmt.Errorf("%w: the address holds a name or a password: give the key by itself", ErrConfig)
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: %q is no address of an endpoint: want one like http://localhost:11434", ErrConfig, c.Base)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return fmt.Errorf("%w: %s is not on this machine: want https", ErrConfig, u.Host)
	case strings.TrimSpace(c.Name) == "":
		return fmt.Errorf("%w: the model has no name", ErrConfig)
	case c.Day > 0 && c.Input+c.Output == 0:
		return fmt.Errorf("%w: a limit of money a day needs the prices of a million tokens", ErrConfig)
	case c.Context < 0 || c.Answer < 0 || c.Bytes < 0 || c.Day < 0 || c.Input < 0 || c.Output < 0 || c.Idle < 0 || c.Total < 0:
		return fmt.Errorf("%w: a limit is below zero", ErrConfig)
	}
	c.Context, c.Answer, c.Bytes = or(c.Context, 8192), or(c.Answer, 2048), or(c.Bytes, 1<<20)
	c.Idle, c.Total = or(c.Idle, 20*time.Second), or(c.Total, 60*time.Second)
	if c.Answer >= c.Context {
		return fmt.Errorf("%w: an answer of %d tokens does not fit into a context of %d", ErrConfig, c.Answer, c.Context)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{
			Transport: &http.Transport{
				Proxy:                 http.ProxyFromEnvironment,
				DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
				TLSHandshakeTimeout:   5 * time.Second,
				ResponseHeaderTimeout: c.Total,
				MaxIdleConnsPerHost:   8,
				IdleConnTimeout:       time.Minute,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	u.Path = strings.TrimSuffix(u.Path, "/")
	if !strings.HasSuffix(u.Path, "/v1") && !strings.Contains(u.Path, "/deployments/") {
		u.Path += "/v1"
	}
	c.Base = u.String()
	return nil
}

// endpoint is the address of a route; an address with a query, as Azure's
// classic one has, keeps it.
func (c *Config) endpoint(route string) string {
	before, query, has := strings.Cut(c.Base, "?")
	if has {
		return before + route + "?" + query
	}
	return before + route
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func wait(done <-chan struct{}, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
	}
}

// loopback reports whether host is this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
