package official

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/temoto/robotstxt"
)

// A Fetcher gets pages from publishers, politely: it says who it is, waits a
// second or more between requests to one host, obeys robots.txt, asks for
// what changed only, and follows a redirect only to the same publisher. It
// is for one goroutine.
type Fetcher struct {
	Transport http.RoundTripper // nil: http.DefaultTransport
	Agent     string            // names the program and its version
	Now       func() time.Time
	Wait      func(ctx context.Context, d time.Duration) error // sleeps, or returns ctx's error

	next   map[string]time.Time // by host, when the next request may be made
	robots map[string]*robotstxt.Group
	down   map[string]error // hosts that cannot be reached; they are not tried again
}

// Limits of fetching.
const (
	pause        = time.Second      // between two requests to one host
	mostPause    = 30 * time.Second // that a robots.txt may ask for
	timeout      = 60 * time.Second // of one request for a page
	zipTimeout   = 15 * time.Minute // of one for an archive
	mostTries    = 4
	firstBackoff = 2 * time.Second
	mostWait     = 5 * time.Minute // that a publisher may ask for with Retry-After
	mostHops     = 5
	maxRobots    = 512 << 10
)

// Errors of a request.
var (
	ErrRobots   = errors.New("the publisher's robots.txt does not allow it")
	ErrRedirect = errors.New("a redirect leads away from the publisher")
	ErrBusyHost = errors.New("the publisher is busy")
	ErrRefused  = errors.New("the publisher refuses")
	ErrTooLarge = errors.New("the page is larger than one of law can be")
)

// A fetched is an answer of a publisher.
type fetched struct {
	body           []byte
	etag, modified string
	unchanged      bool // 304: what was held is still shown
}

// get fetches address, into at most limit bytes, if it changed since known.
func (f *Fetcher) get(ctx context.Context, address string, known seenEntry, limit int64) (*fetched, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("official: %w", err)
	}
	pub := publisherOf(u)
	if pub == nobody {
		return nil, fmt.Errorf("official: %w: %s", ErrPublisher, u.Host)
	}
	for range mostHops {
		if err := f.allowed(ctx, u); err != nil {
			return nil, err
		}
		resp, body, err := f.try(ctx, u, known, limit)
		if err != nil {
			return nil, err
		}
		to := resp.Header.Get("Location")
		if resp.StatusCode < 300 || resp.StatusCode > 399 || resp.StatusCode == http.StatusNotModified {
			return answer(resp, body, u)
		}
		next, err := u.Parse(to)
		if err != nil || to == "" {
			return nil, fmt.Errorf("official: %s: a redirect to nowhere: %q", u, to)
		}
		if publisherOf(next) != pub || u.Scheme == "https" && next.Scheme != "https" {
			return nil, fmt.Errorf("official: %s: %w, to %s://%s", u, ErrRedirect, next.Scheme, next.Host)
		}
		u = next
	}
	return nil, fmt.Errorf("official: %s: more than %d redirects", address, mostHops)
}

// answer judges a status that is no redirect.
func answer(resp *http.Response, body []byte, u *url.URL) (*fetched, error) {
	switch resp.StatusCode {
	case http.StatusOK:
		return &fetched{body: body, etag: resp.Header.Get("ETag"), modified: resp.Header.Get("Last-Modified")}, nil
	case http.StatusNotModified:
		return &fetched{unchanged: true}, nil
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("%w: %s: %s", ErrNotFound, u, resp.Status)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return nil, fmt.Errorf("official: %w: %s: %s: try again later", ErrBusyHost, u, resp.Status)
	}
	return nil, fmt.Errorf("official: %w: %s: %s", ErrRefused, u, resp.Status)
}

// try makes one request, again where the publisher is busy or the answer is
// cut off.
func (f *Fetcher) try(ctx context.Context, u *url.URL, known seenEntry, limit int64) (*http.Response, []byte, error) {
	backoff := firstBackoff
	for n := 1; ; n++ {
		resp, body, err := f.once(ctx, u, known, limit)
		busy := err == nil && (resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500)
		if n == mostTries || !busy && err == nil || errors.Is(err, ErrTooLarge) || ctx.Err() != nil {
			return resp, body, err
		}
		wait := backoff
		if busy {
			wait = f.retryAfter(resp, backoff)
		}
		if wait > mostWait {
			return nil, nil, fmt.Errorf("official: %w: %s asks to wait %s", ErrBusyHost, u.Host, wait)
		}
		if err := f.Wait(ctx, wait); err != nil {
			return nil, nil, err
		}
		backoff *= 2
	}
}

// retryAfter is how long the publisher asks to wait, in seconds or until a
// time; else backoff.
func (f *Fetcher) retryAfter(resp *http.Response, backoff time.Duration) time.Duration {
	h := resp.Header.Get("Retry-After")
	if n, err := strconv.Atoi(h); err == nil && n >= 0 {
		return max(time.Duration(n)*time.Second, backoff)
	}
	if t, err := http.ParseTime(h); err == nil {
		return max(t.Sub(f.Now()), backoff)
	}
	return backoff
}

func (f *Fetcher) once(ctx context.Context, u *url.URL, known seenEntry, limit int64) (*http.Response, []byte, error) {
	if err := f.pace(ctx, u.Host); err != nil {
		return nil, nil, err
	}
	most := timeout
	if limit > MaxPage {
		most = zipTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, fmt.Errorf("official: %w", err)
	}
	req.Header.Set("User-Agent", f.Agent)
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.Modified != "" {
		req.Header.Set("If-Modified-Since", known.Modified)
	}
	client := http.Client{Transport: f.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return nil, nil, fmt.Errorf("official: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("official: %s: the answer is cut off: %w", u, err)
	case int64(len(body)) > limit:
		return nil, nil, fmt.Errorf("official: %s: %w: more than %d MB", u, ErrTooLarge, limit>>20)
	}
	return resp, body, nil
}

// pace waits until the next request to host may be made.
func (f *Fetcher) pace(ctx context.Context, host string) error {
	if f.next == nil {
		f.next = map[string]time.Time{}
	}
	now := f.Now()
	if wait := f.next[host].Sub(now); wait > 0 {
		if err := f.Wait(ctx, wait); err != nil {
			return err
		}
		now = f.Now()
	}
	delay := pause
	if g := f.robots[host]; g != nil {
		delay = min(max(delay, g.CrawlDelay), mostPause)
	}
	f.next[host] = now.Add(delay)
	return ctx.Err()
}

// allowed reads the host's robots.txt once and holds u against it.
func (f *Fetcher) allowed(ctx context.Context, u *url.URL) error {
	group, ok := f.robots[u.Host]
	if !ok {
		robots := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
		if err := f.down[u.Host]; err != nil {
			return err
		}
		resp, body, err := f.try(ctx, robots, seenEntry{}, maxRobots)
		if err != nil {
			if f.down == nil {
				f.down = map[string]error{}
			}
			f.down[u.Host] = err
			return err
		}
		data, err := robotstxt.FromStatusAndBytes(resp.StatusCode, body)
		if err != nil {
			return fmt.Errorf("official: %s cannot be read, so nothing is fetched from there: %w", robots, err)
		}
		group = data.FindGroup(f.Agent)
		if f.robots == nil {
			f.robots = map[string]*robotstxt.Group{}
		}
		f.robots[u.Host] = group
	}
	if !group.Test(u.RequestURI()) {
		return fmt.Errorf("official: %w: %s", ErrRobots, u)
	}
	return nil
}
