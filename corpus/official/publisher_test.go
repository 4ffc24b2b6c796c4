package official_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus/official"
)

// A publisher is a server on loopback that stands for all publishers: it
// holds pages by address, answers conditional requests, and misbehaves where
// it is told to. Its clock moves only when somebody waits.
type publisher struct {
	mu       sync.Mutex
	now      time.Time
	pages    map[string]string // "https://host/path?query" to the body
	robots   map[string]string // host to robots.txt; "" is 404
	behave   map[string]func(w http.ResponseWriter, r *http.Request) bool
	requests []request
	server   *httptest.Server
}

type request struct {
	address string
	at      time.Time
	agent   string
	status  int
}

func newPublisher(t *testing.T) *publisher {
	t.Helper()
	p := &publisher{now: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), pages: map[string]string{}, robots: map[string]string{},
		behave: map[string]func(http.ResponseWriter, *http.Request) bool{}}
	p.server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.server.Close)
	return p
}

func (p *publisher) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	address := "https://" + r.Host + r.URL.RequestURI()
	rec := &recorder{ResponseWriter: w, status: 200}
	defer func() {
		p.requests = append(p.requests, request{address, p.now, r.UserAgent(), rec.status})
	}()
	if r.URL.Path == "/robots.txt" {
		if txt := p.robots[r.Host]; txt != "" {
			fmt.Fprint(rec, txt)
		} else {
			http.NotFound(rec, r)
		}
		return
	}
	if do := p.behave[address]; do != nil && do(rec, r) {
		return
	}
	body, ok := p.pages[address]
	if !ok {
		http.NotFound(rec, r)
		return
	}
	etag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(body)))
	rec.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		rec.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(rec, body)
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// RoundTrip sends whatever host a request is for to the loopback server.
func (p *publisher) RoundTrip(r *http.Request) (*http.Response, error) {
	to, err := url.Parse(p.server.URL)
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Host, r.URL.Scheme, r.URL.Host = r.URL.Host, to.Scheme, to.Host
	return http.DefaultTransport.RoundTrip(r)
}

// put shows a Washington page.
func (p *publisher) put(w waPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[w.url()] = w.html()
}

// on makes the publisher misbehave at an address; the function says whether
// it answered.
func (p *publisher) on(address string, do func(w http.ResponseWriter, r *http.Request) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.behave[address] = do
}

// later moves the clock.
func (p *publisher) later(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = p.now.Add(d)
}

func (p *publisher) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *publisher) fetcher() *official.Fetcher {
	return &official.Fetcher{Transport: p, Agent: "advocate/test (+https://example.org)", Now: p.clock,
		Wait: func(ctx context.Context, d time.Duration) error {
			p.later(d)
			return ctx.Err()
		}}
}

// sync fetches targets into a store, as one run of the program does.
func (p *publisher) sync(t *testing.T, store *official.Store, targets ...official.Target) []official.Outcome {
	t.Helper()
	w, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer w.End()
	out, err := (&official.Sync{Fetch: p.fetcher(), Writing: w}).Run(context.Background(), targets)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// count is how many requests were made for addresses that hold part.
func (p *publisher) count(part string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, r := range p.requests {
		if strings.Contains(r.address, part) {
			n++
		}
	}
	return n
}

// zipOf is an archive with one file.
func zipOf(t *testing.T, name, body string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(body))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
