package remote

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// send posts body to a route as whoever holds key, and returns status and reply.
func send(t *testing.T, base, route, key, body string, headers ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+route, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(data)
}

const (
	boardKey = "sample-board-0123456789-0123456789"
	guestKey = "sample-guest-0123456789-0123456789"
)

// TestWhoMaySearchWhat: a filter with a scope that is not the key's is refused
// and not narrowed; writing wants the right to, in a scope that is listed.
func TestWhoMaySearchWhat(t *testing.T) {
	t.Parallel()
	idx := memory(t, doc(corpus.PublicScope, "law", "kidney"), doc("board", "minutes", "kidney"), doc("office", "memo", "kidney"))
	base := serve(t, idx, office, Key{Name: "board", Key: boardKey, Scopes: []string{"board"}, Write: true}, Key{Name: "guest", Key: guestKey}).URL
	for _, c := range []struct {
		who    string
		scopes []string
		want   string // ids, or "refused"
	}{
		{officeKey, []string{"public", "board", "office"}, "law memo minutes"},
		{boardKey, []string{"public", "board"}, "law minutes"},
		{boardKey, []string{"board"}, "minutes"},
		{boardKey, []string{"public", "office"}, "refused"},
		{boardKey, []string{"*"}, "refused"},
		{boardKey, []string{"Board"}, "refused"},
		{guestKey, []string{"public"}, "law"},
		{guestKey, []string{"public", "board"}, "refused"},
		{guestKey, nil, "no scope"},
		{guestKey, []string{""}, "no scope"},
	} {
		x := dial(t, func(f *Config) { f.Key = c.who }, base)
		q := asking("kidney")
		q.Filter.Scopes = c.scopes
		res, err := x.Search(t.Context(), q)
		listed, err2 := x.Sources(t.Context(), q.Filter)
		got := ""
		switch {
		case errors.Is(err, retrieval.ErrNoScope) && errors.Is(err2, retrieval.ErrNoScope):
			got = "no scope"
		case err != nil && err2 != nil && strings.Contains(err.Error(), "may not search"):
			got = "refused"
		case err != nil || err2 != nil || len(listed) != len(res.Words):
			t.Errorf("%v: %v, %v", c.scopes, err, err2)
		default:
			var ids []string
			for _, s := range listed {
				ids = append(ids, s.ID)
			}
			got = strings.Join(ids, " ")
		}
		if got != c.want {
			t.Errorf("%.12s, scopes %q: %s, want %s", c.who, c.scopes, got, c.want)
		}
	}
	for _, c := range []struct {
		who, scope string
		may        bool
	}{{officeKey, "public", true}, {officeKey, "board", true}, {boardKey, "board", true}, {boardKey, "public", false}, {boardKey, "office", false}, {guestKey, "public", false}} {
		x := dial(t, func(f *Config) { f.Key = c.who }, base)
		err := x.Put(t.Context(), []retrieval.Document{doc(c.scope, "new", "words")})
		err2 := x.Delete(t.Context(), c.scope, []string{"new"})
		if (err == nil) != c.may || (err2 == nil) != c.may || errors.Is(err, ErrUnsure) {
			t.Errorf("%.12s writes %s: %v, %v; may: %t", c.who, c.scope, err, err2, c.may)
		}
	}
	if in, err := idx.Info(t.Context()); err != nil || in.Sources != 3 {
		t.Errorf("%+v, %v", in, err)
	}
}

// TestRefused: what a server refuses, with which status.
func TestRefused(t *testing.T) {
	t.Parallel()
	base := serve(t, memory(t, doc(corpus.PublicScope, "law", "kidney")), Key{Name: "guest", Key: guestKey, Write: true}).URL
	const ask = `{"query":{"Terms":[{"Token":"kidney","Weight":1}],"Filter":{"Scopes":["public"]},"Limit":3}}`
	for _, c := range []struct {
		name, route, key, body string
		headers                []string
		status                 int
	}{
		{"well", searchRoute, guestKey, ask, nil, http.StatusOK},
		{"no key", searchRoute, "", ask, nil, http.StatusUnauthorized},
		{"another key", searchRoute, guestKey + "x", ask, nil, http.StatusUnauthorized},
		{"an empty key", searchRoute, "", ask, []string{"Authorization", "Bearer "}, http.StatusUnauthorized},
		{"health wants no key, and is not posted", "/live", "", "", nil, http.StatusMethodNotAllowed},
		{"another host", searchRoute, guestKey, ask, []string{"Host", "evil.example"}, http.StatusMisdirectedRequest},
		{"from a page", searchRoute, guestKey, ask, []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"another version", searchRoute, guestKey, ask, []string{versionHeader, "1;2;3;4"}, http.StatusConflict},
		{"this version", searchRoute, guestKey, ask, []string{versionHeader, sampleVersion.String()}, http.StatusOK},
		{"no JSON", searchRoute, guestKey, `{"query":`, nil, http.StatusBadRequest},
		{"more than JSON", searchRoute, guestKey, ask + "{}", nil, http.StatusBadRequest},
		{"an unknown field", searchRoute, guestKey, `{"question":"kidney"}`, nil, http.StatusBadRequest},
		{"no limit", searchRoute, guestKey, `{"query":{"Filter":{"Scopes":["public"]}}}`, nil, http.StatusBadRequest},
		{"no citation", lookupRoute, guestKey, `{"filter":{"Scopes":["public"]}}`, nil, http.StatusBadRequest},
		{"too large", idfRoute, guestKey, `{"tokens":["` + strings.Repeat("a", maxRead) + `"]}`, nil, http.StatusRequestEntityTooLarge},
		{"a hash too few", putRoute, guestKey, `{"documents":[{"Source":null}],"hashes":[]}`, nil, http.StatusBadRequest},
		{"no such route", root + "/all", guestKey, "{}", nil, http.StatusNotFound},
	} {
		status, body := send(t, base, c.route, c.key, c.body, c.headers...)
		if status != c.status || strings.Contains(body, "question") {
			t.Errorf("%s: status %d, want %d: %.200s", c.name, status, c.status, body)
		}
	}
}

// TestAnyone: without keys, a server answers only where it was told whom.
func TestAnyone(t *testing.T) {
	t.Parallel()
	idx := memory(t, doc(corpus.PublicScope, "law", "kidney"))
	if status, _ := send(t, serve(t, idx).URL, infoRoute, "", "{}"); status != http.StatusUnauthorized {
		t.Errorf("nobody was named, and somebody is let in: %d", status)
	}
	open := serveAs(t, ServerConfig{Index: idx, Version: sampleVersion, Anyone: []string{"machine"}}).URL
	status, body := send(t, open, infoRoute, "", "{}")
	if status != http.StatusOK || !strings.Contains(body, `"scopes":["public","machine"],"write":false`) {
		t.Errorf("%d %s", status, body)
	}
	if status, _ := send(t, open, infoRoute, "wrong", "{}"); status != http.StatusUnauthorized {
		t.Errorf("a wrong key is let in: %d", status)
	}
}

// TestTooFast: a key that asks too fast is told so, and its client comes back.
func TestTooFast(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	base := serveAs(t, ServerConfig{Index: memory(t), Version: sampleVersion, Keys: []Key{office}, PerMinute: 8, Now: func() time.Time { return now }}).URL
	for range 2 { // a quarter of a minute's at once
		if status, body := send(t, base, infoRoute, officeKey, "{}"); status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
	}
	if status, body := send(t, base, infoRoute, officeKey, "{}"); status != http.StatusTooManyRequests || !strings.Contains(body, busyCode) {
		t.Errorf("%d %s", status, body)
	}
}

// gated is an index whose searches wait.
type gated struct {
	retrieval.Index
	entered chan struct{}
	leave   chan struct{}
}

func (g *gated) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	g.entered <- struct{}{}
	select {
	case <-g.leave:
		return g.Index.Search(ctx, q)
	case <-ctx.Done():
		return retrieval.Results{}, ctx.Err()
	}
}

const askSample = `{"query":{"Terms":[{"Token":"kidney","Weight":1}],"Filter":{"Scopes":["public"]},"Limit":3}}`

// TestQueue: beyond those who are answered and those who wait, the rest is
// told to come back; nobody waits longer than Wait.
func TestQueue(t *testing.T) {
	t.Parallel()
	g := &gated{memory(t), make(chan struct{}, 99), make(chan struct{})}
	base := serveAs(t, ServerConfig{Index: g, Version: sampleVersion, Keys: []Key{office}, AtOnce: 1, Wait: 50 * time.Millisecond}).URL
	statuses := make(chan int, 20)
	var all sync.WaitGroup
	all.Go(func() { status, _ := send(t, base, searchRoute, officeKey, askSample); statuses <- status })
	<-g.entered
	for range 12 {
		all.Go(func() { status, _ := send(t, base, searchRoute, officeKey, askSample); statuses <- status })
	}
	for range 12 {
		if status := <-statuses; status != http.StatusServiceUnavailable {
			t.Errorf("status %d, want 503", status)
		}
	}
	close(g.leave)
	all.Wait()
	if status := <-statuses; status != http.StatusOK {
		t.Errorf("the first got status %d", status)
	}
}

// TestDeadlineGoesAlong: a server gives up when its client has.
func TestDeadlineGoesAlong(t *testing.T) {
	t.Parallel()
	g := &gated{memory(t), make(chan struct{}, 9), make(chan struct{})}
	base := serve(t, g, office).URL
	start := time.Now()
	status, body := send(t, base, searchRoute, officeKey, askSample, timeoutHeader, "30")
	if took := time.Since(start); status != http.StatusGatewayTimeout || took > 30*time.Second {
		t.Errorf("status %d after %v: %s", status, took, body)
	}
	var told int64
	hears := handler(t, func(w http.ResponseWriter, r *http.Request) {
		d, _ := time.ParseDuration(r.Header.Get(timeoutHeader) + "ms")
		told = d.Milliseconds()
		w.WriteHeader(http.StatusBadRequest)
	})
	x, err := New(Config{URLs: []string{hears}, Version: sampleVersion})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	x.Info(ctx)
	if told < 1 || told > 2000 {
		t.Errorf("of two seconds %d ms are told", told)
	}
}

// TestHealth: /ready says no while draining and where the index is closed.
func TestHealth(t *testing.T) {
	t.Parallel()
	idx := memory(t)
	s, err := NewServer(ServerConfig{Index: idx, Version: sampleVersion})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
		s.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	for _, c := range []struct {
		before func()
		status int
		says   string
	}{
		{func() {}, http.StatusOK, `"ready"`},
		{func() { idx.Close() }, http.StatusServiceUnavailable, `"not ready"`},
		{s.Drain, http.StatusServiceUnavailable, `"draining"`},
	} {
		c.before()
		if status, body := get("/ready"); status != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%d %s, want %d %s", status, body, c.status, c.says)
		}
		if status, _ := get("/live"); status != http.StatusOK {
			t.Errorf("it is dead: %d", status)
		}
	}
}

// broken is an index that panics with the words it was asked.
type broken struct{ retrieval.Index }

func (broken) Search(_ context.Context, q retrieval.Query) (retrieval.Results, error) {
	panic(q.Terms[0].Token)
}

func (broken) Idf(_ context.Context, tokens []string) ([]float32, []bool, error) {
	return nil, nil, errors.New("cannot weigh " + tokens[0])
}

// TestNoWordIsLogged: neither logs nor replies hold a word of a question,
// whatever goes wrong.
func TestNoWordIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	var mu sync.Mutex
	base := serveAs(t, ServerConfig{Index: broken{memory(t)}, Version: sampleVersion, Keys: []Key{office},
		Log: slog.New(slog.NewJSONHandler(locked{&mu, &log}, nil))}).URL
	for _, c := range [][2]string{{searchRoute, strings.ReplaceAll(askSample, "kidney", "zebra")}, {idfRoute, `{"tokens":["zebra"]}`},
		{idfRoute, `{"zebra":["zebra"]}`}, {root + "/zebra", `{}`}, {idfRoute, `{"tokens":["zebra`}, {searchRoute, `{"query":{"Limit":"zebra"}}`}} {
		status, body := send(t, base, c[0], officeKey, c[1])
		if status == http.StatusOK || strings.Contains(body, "zebra") {
			t.Errorf("%s: %d %s", c[0], status, body)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if said := log.String(); strings.Contains(said, "zebra") || strings.Contains(said, officeKey) || strings.Count(said, `"route"`) != 6 || !strings.Contains(said, "panic") {
		t.Errorf("the log: %s", said)
	}
}

type locked struct {
	mu *sync.Mutex
	to io.Writer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}
