package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/web"
)

func TestHosts(t *testing.T) {
	t.Parallel()
	_, h := serve(t, func(c *web.Config) { c.Hosts = []string{"127.0.0.1", "advocate.example.org"} })
	for host, want := range map[string]int{
		"": 200, "advocate.example.org": 200, "ADVOCATE.example.org:443": 200, "evil.example": 421,
		"advocate.example.org.evil.example": 421, "[::1]:80": 421, "127.0.0.1:9": 200,
	} {
		res, _ := get(t, h, "/", func(r *http.Request) { r.Host = host })
		if res.StatusCode != want {
			t.Errorf("host %q: %d, want %d", host, res.StatusCode, want)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	_, h := serve(t, func(c *web.Config) {
		c.Keys = map[string]string{"office": "the-key-of-the-office", "clinic": "the-key-of-the-clinic"}
		c.PerMinute, c.Now = 20, func() time.Time { return now }
	})
	status := func(header string) int {
		res, _ := get(t, h, "/v1/sources?kind=case", func(r *http.Request) {
			if header != "" {
				r.Header.Set("Authorization", header)
			}
		})
		return res.StatusCode
	}
	for header, want := range map[string]int{"": 401, "Bearer wrong": 401, "Bearer the-key-of-the-office": 200,
		"Basic eDp0aGUta2V5LW9mLXRoZS1jbGluaWM=": 200, "bearer": 401} {
		if got := status(header); got != want {
			t.Errorf("%q: %d, want %d", header, got, want)
		}
	}
	slow := 0
	for range 10 {
		if status("Bearer the-key-of-the-office") == 429 {
			slow++
		}
	}
	if slow != 6 { // a quarter of the minute's at once, one was used above
		t.Errorf("%d of 10 quick requests were told to wait, want 6", slow)
	}
	if status("Bearer the-key-of-the-clinic") != 200 {
		t.Error("another key has to wait as well")
	}
	for _, path := range []string{"/live", "/ready"} {
		if res, _ := get(t, h, path, nil); res.StatusCode != 200 {
			t.Errorf("%s wants a key", path)
		}
	}
}

// TestOtherSites: a page of another site cannot ask here.
func TestOtherSites(t *testing.T) {
	t.Parallel()
	_, h := serve(t)
	for _, site := range []string{"cross-site", "same-site"} {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL+"/ask", strings.NewReader("question=a"))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", site)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", site, res.StatusCode)
		}
	}
}

// TestNothingIsLogged asks with a canary through every door and looks for it
// in the log, and in the headers of the answers.
func TestNothingIsLogged(t *testing.T) {
	t.Parallel()
	var log syncBuffer
	_, h := serve(t, func(c *web.Config) { c.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	const canary = "Zebulon Quackenbush 555-01-4477"
	c := &web.Client{Base: h.URL}
	c.Ask(t.Context(), web.Ask{Question: canary + " was denied massage"})
	c.Ask(t.Context(), web.Ask{Question: "x", State: canary})
	c.Search(t.Context(), web.Search{Query: canary})
	c.Check(t.Context(), web.Check{Text: canary})
	c.Source(t.Context(), canary)
	http.Post(h.URL+"/ask", "application/x-www-form-urlencoded", strings.NewReader("question="+canary))
	get(t, h, "/library?kind=Zebulon%20Quackenbush", nil)
	get(t, h, "/Zebulon/Quackenbush?a=Zebulon", func(r *http.Request) { r.Header.Set("User-Agent", canary) })
	text := log.String()
	if n := strings.Count(text, "\n"); n < 8 {
		t.Errorf("%d lines are logged, want one for each request", n)
	}
	for _, word := range []string{"Zebulon", "Quackenbush", "555-01", "ebulon"} {
		if strings.Contains(text, word) {
			t.Errorf("the log holds %q:\n%s", word, text)
		}
	}
	if !strings.Contains(text, `"route":"/v1/ask"`) || !strings.Contains(text, `"status":422`) {
		t.Errorf("the log lacks route or status:\n%s", text)
	}
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
