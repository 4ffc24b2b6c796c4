package remote

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// mortal serves idx until its nth request, in the midst of which it dies: all
// its connections break, and nobody is let in any more.
func mortal(t *testing.T, idx retrieval.Index, n int64) *httptest.Server {
	t.Helper()
	s, err := NewServer(ServerConfig{Index: idx, Version: sampleVersion, Keys: []Key{office}})
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int64
	var h *httptest.Server
	h = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) >= n {
			h.Listener.Close()
			panic(http.ErrAbortHandler)
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

// load asks from several goroutines at once, and counts what failed.
func load(t *testing.T, x retrieval.Index, questions int) (failed int64, last error) {
	t.Helper()
	var bad atomic.Int64
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range questions / 4 {
				if ids, err := found(t.Context(), x, "kidney"); err != nil || len(ids) != 1 {
					bad.Add(1)
					mu.Lock()
					last = err
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	return bad.Load(), last
}

// TestKilled: a replica that dies in the midst of a load costs no answer. Where
// a read is tried once, it does: that is what trying the other one is for.
func TestKilled(t *testing.T) {
	t.Parallel()
	idx := memory(t, kidney())
	for _, c := range []struct {
		name  string
		once  bool
		fails bool
	}{{"tried at the other", false, false}, {"tried once", true, true}} {
		dies, stays := mortal(t, idx, 60), serve(t, idx, office)
		x := dial(t, func(f *Config) { f.Once = c.once }, dies.URL, stays.URL)
		failed, err := load(t, x, 400)
		t.Logf("%s: %d of 400 failed", c.name, failed)
		if (failed > 0) != c.fails {
			t.Errorf("%s: %d failed, the last: %v", c.name, failed, err)
		}
		if x.replicas[0].trouble() == "" {
			t.Errorf("%s: nothing was killed", c.name)
		}
	}
}

// counts wraps a server and counts requests by route.
type counts struct {
	*httptest.Server
	mu     sync.Mutex
	routes map[string]int
	bytes  int
}

func (c *counts) of(route string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.routes[route]
}

type counting struct {
	http.ResponseWriter
	c *counts
}

func (w counting) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w counting) Write(p []byte) (int, error) {
	w.c.mu.Lock()
	defer w.c.mu.Unlock()
	w.c.bytes += len(p)
	return w.ResponseWriter.Write(p)
}

// counted serves idx; before, if it is not nil, may answer first.
func counted(t *testing.T, idx retrieval.Index, before func(http.ResponseWriter, *http.Request) bool) *counts {
	t.Helper()
	s, err := NewServer(ServerConfig{Index: idx, Version: sampleVersion, Keys: []Key{office}})
	if err != nil {
		t.Fatal(err)
	}
	c := &counts{routes: map[string]int{}}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		c.routes[r.URL.Path]++
		c.mu.Unlock()
		if before == nil || !before(w, r) {
			s.ServeHTTP(counting{w, c}, r)
		}
	}))
	t.Cleanup(c.Close)
	return c
}

// TestWritesAreNotRepeated: a write goes to another replica only where it is
// certain that the first did nothing.
func TestWritesAreNotRepeated(t *testing.T) {
	t.Parallel()
	refusing := func(status int, code string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != putRoute {
				return false
			}
			w.Header().Set(versionHeader, sampleVersion.String())
			if code == "drop" {
				panic(http.ErrAbortHandler)
			}
			(&problem{status, code, "No."}).write(w)
			return true
		}
	}
	for _, c := range []struct {
		name   string
		before func(http.ResponseWriter, *http.Request) bool
		unsure bool
	}{
		{"dropped in mid-write", refusing(0, "drop"), true},
		{"failed", refusing(500, ""), true},
		{"gateway timeout", refusing(504, ""), true},
		{"busy", refusing(503, busyCode), false},
		{"too fast", refusing(429, busyCode), false},
		{"another version", refusing(409, versionCode), false},
		{"another key", refusing(401, keyCode), false},
	} {
		idx := memory(t)
		odd, good := counted(t, idx, c.before), counted(t, idx, nil)
		x := dial(t, nil, good.URL, odd.URL) // the next call begins with the second
		err := x.Put(t.Context(), []retrieval.Document{kidney()})
		if odd.of(putRoute) != 1 {
			t.Fatalf("%s: the odd replica was asked %d times", c.name, odd.of(putRoute))
		}
		if errors.Is(err, ErrUnsure) != c.unsure || (err == nil) == c.unsure || (good.of(putRoute) > 0) == c.unsure {
			t.Errorf("%s: %v; the other was asked %d times", c.name, err, good.of(putRoute))
		}
	}
	gone := serve(t, memory(t), office)
	x := dial(t, nil, serve(t, memory(t), office).URL, gone.URL)
	gone.Close()
	for range 2 {
		if err := x.Put(t.Context(), []retrieval.Document{kidney()}); err != nil {
			t.Errorf("a replica that is not there: %v", err)
		}
	}
}

// TestUnsureIsAlsoCancelled: a write that is given up ends as its context does.
func TestUnsureIsAlsoCancelled(t *testing.T) {
	t.Parallel()
	x, err := New(Config{URLs: []string{handler(t, hangs)}, Version: sampleVersion})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := x.Delete(ctx, "public", []string{"a"}); !errors.Is(err, ErrUnsure) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// TestRest: a replica that failed is left alone for a while, then tried again
// by one call.
func TestRest(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	var well atomic.Bool
	idx := memory(t, kidney())
	ill := counted(t, idx, func(w http.ResponseWriter, _ *http.Request) bool {
		if !well.Load() {
			w.WriteHeader(http.StatusBadGateway)
		}
		return !well.Load()
	})
	x := dial(t, func(c *Config) { c.Now = func() time.Time { return time.Unix(now.Load(), 0) } }, ill.URL, serve(t, idx, office).URL)
	ask := func(times int) int {
		before := ill.of(searchRoute)
		if failed, err := load(t, x, times); failed > 0 {
			t.Errorf("%d failed: %v", failed, err)
		}
		return ill.of(searchRoute) - before
	}
	if n := ask(20); n != 0 { // Dial found it ill
		t.Errorf("resting, it was asked %d times", n)
	}
	now.Add(6)
	if n := ask(20); n != 1 {
		t.Errorf("after its rest, it was asked %d times, want once", n)
	}
	well.Store(true)
	now.Add(6)
	if n := ask(40); n < 10 {
		t.Errorf("well again, it was asked %d times of 40", n)
	}
}

// TestRefusedIsFinal: what the service refuses is not asked elsewhere.
func TestRefusedIsFinal(t *testing.T) {
	t.Parallel()
	idx := memory(t, kidney())
	a, b := counted(t, idx, nil), counted(t, idx, nil)
	x := dial(t, nil, a.URL, b.URL)
	q := asking("kidney")
	q.Filter.Scopes = nil
	if _, err := x.Search(t.Context(), q); !errors.Is(err, retrieval.ErrNoScope) {
		t.Errorf("%v", err)
	}
	if n := a.of(searchRoute) + b.of(searchRoute); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestWordsTravelOnce: the library's words are never sent, others' once, and
// every search hands out one value for one source.
func TestWordsTravelOnce(t *testing.T) {
	t.Parallel()
	law, memo := doc(corpus.PublicScope, "law", strings.Repeat("kidney law. ", 500)), doc(corpus.PublicScope, "memo", strings.Repeat("kidney memo. ", 500))
	s := counted(t, memory(t, law, memo), nil)
	x := dial(t, func(c *Config) { c.Library = []*corpus.Source{law.Source} }, s.URL)
	asked := func() (retrieval.Results, int) {
		before := s.bytes
		res, err := x.Search(t.Context(), asking("kidney"))
		if err != nil || len(res.Words) != 2 {
			t.Fatalf("%+v, %v", res, err)
		}
		return res, s.bytes - before
	}
	first, n := asked()
	if n < 6000 || n > 8000 {
		t.Errorf("at first, %d bytes came, want the memo's 6,500 and little more", n)
	}
	second, n := asked()
	if n > 600 {
		t.Errorf("then %d bytes came", n)
	}
	for i := range first.Words {
		if first.Words[i].Source != second.Words[i].Source {
			t.Errorf("%s is two values", first.Words[i].Source.ID)
		}
	}
	if first.Words[0].Source != law.Source && first.Words[1].Source != law.Source {
		t.Error("the library's source is not the binary's own")
	}
	all, err := x.Sources(t.Context(), asking("").Filter)
	if err != nil || len(all) != 2 || s.of(sourcesRoute) != 1 {
		t.Errorf("%d, %v, in %d requests", len(all), err, s.of(sourcesRoute))
	}
}

// TestManySources: more words than one reply brings come in several.
func TestManySources(t *testing.T) {
	t.Parallel()
	var docs []retrieval.Document
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		docs = append(docs, doc("guild", id, strings.Repeat(id+" word ", sentAtOnce/12)))
	}
	s := counted(t, memory(t, docs...), nil)
	x := dial(t, nil, s.URL)
	for range 2 {
		got, err := x.Sources(t.Context(), retrieval.Filter{Scopes: []string{"guild"}})
		if err != nil || len(got) != 5 || got[4].Passages[0].Text != docs[4].Source.Passages[0].Text {
			t.Fatalf("%d, %v", len(got), err)
		}
	}
	if n := s.of(sourcesRoute); n < 4 || n > 6 {
		t.Errorf("it took %d requests", n)
	}
}

// TestWeightsTravelWithSearches: what a search's words weigh is not asked
// again, until somebody writes or half a second has passed.
func TestWeightsTravelWithSearches(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	idx := memory(t, kidney())
	s := counted(t, idx, nil)
	x := dial(t, func(c *Config) { c.Now = func() time.Time { return time.UnixMilli(1_000_000 + now.Load()) } }, s.URL)
	asks := func(what string, want int) {
		t.Helper()
		before := s.of(idfRoute)
		idf, known, err := x.Idf(t.Context(), []string{"kidney"})
		exact, _, err2 := idx.Idf(t.Context(), []string{"kidney"})
		if err != nil || err2 != nil || !known[0] || idf[0] != exact[0] {
			t.Errorf("%s: %v, %v, %v, want %v", what, idf, known, err, exact)
		}
		if n := s.of(idfRoute) - before; n != want {
			t.Errorf("%s: %d requests, want %d", what, n, want)
		}
	}
	search := func() {
		t.Helper()
		now.Add(1)
		if _, err := found(t.Context(), x, "kidney"); err != nil {
			t.Fatal(err)
		}
	}
	asks("at first", 1)
	asks("again", 0)
	now.Add(501)
	asks("later", 1)
	search()
	now.Add(400)
	asks("after a search", 0)
	if err := x.Put(t.Context(), []retrieval.Document{doc("guild", "more", "words")}); err != nil {
		t.Fatal(err)
	}
	asks("after a write", 1)
	if err := idx.Put(t.Context(), []retrieval.Document{doc("guild", "others", "words")}); err != nil {
		t.Fatal(err)
	}
	search() // sees that another one has written
	asks("after another's write", 0)
}

// TestWeightsOfBefore: a reply that was asked for before a write, or before a
// newer reply, says nothing of what is there now.
func TestWeightsOfBefore(t *testing.T) {
	t.Parallel()
	at := time.Unix(100, 0)
	var w weighed
	tokens, old, fresh := []string{"kidney"}, &weights{[]float32{1}, []bool{true}}, &weights{[]float32{2}, []bool{true}}
	before := w.begin(at)
	w.forget()
	w.put(before, "r1", tokens, old)
	if got, ok := w.get(at, tokens); ok {
		t.Errorf("before a write it was %v", got)
	}
	first, second := w.begin(at.Add(1)), w.begin(at.Add(2))
	w.put(second, "r2", tokens, fresh)
	w.put(first, "r1", tokens, old)
	if got, ok := w.get(at.Add(3), tokens); !ok || got.Idf[0] != 2 {
		t.Errorf("the newer reply said 2, and it is %v, %t", got, ok)
	}
}

// TestConfig: what cannot be an address is refused, and no password is shown.
func TestConfig(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		urls []string
		want string // the first URL, or what the error says
	}{
		{[]string{"http://localhost:8091/"}, "http://localhost:8091"},
		{[]string{" http://127.0.0.1:1 "}, "http://127.0.0.1:1"},
		{[]string{"http://[::1]:8091"}, "http://[::1]:8091"},
		{[]string{"https://retrieval.example.org/x/"}, "https://retrieval.example.org/x"},
		{nil, "no address"},
		{[]string{""}, "no address of one"},
		{[]string{"localhost:8091"}, "no address of one"},
		{[]string{"ftp://localhost"}, "no address of one"},
		{[]string{"http://retrieval.example.org"}, "want https"},
		{[]string{"http://localhost.example.org"}, "want https"},
		{[]string{"https://a:secret@example.org"}, "give the key by itself"},
		{[]string{"https://example.org?key=secret"}, "no address of one"},
		{[]string{"http://localhost:1", "http://localhost:1/"}, "named twice"},
	} {
		x, err := New(Config{URLs: c.urls})
		switch {
		case err == nil && x.replicas[0].base != c.want:
			t.Errorf("%q: %s, want %s", c.urls, x.replicas[0].base, c.want)
		case err != nil && (!errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), ":secret")):
			t.Errorf("%q: %v, want %q", c.urls, err, c.want)
		}
	}
}

// TestRollingUpdate: a client goes on with the replicas that are like it.
func TestRollingUpdate(t *testing.T) {
	t.Parallel()
	idx := memory(t, kidney())
	next := sampleVersion
	next.Library = strings.Repeat("8", 64)
	newer := serveAs(t, ServerConfig{Index: idx, Version: next, Keys: []Key{office}}).URL
	older := serve(t, idx, office).URL
	for _, v := range []Version{sampleVersion, next} {
		x := dial(t, func(c *Config) { c.Version = v }, newer, older)
		if failed, err := load(t, x, 40); failed > 0 {
			t.Errorf("%d failed: %v", failed, err)
		}
		states := x.Replicas(t.Context())
		if (states[0].Err == nil) != (v == next) || (states[1].Err == nil) == (v == next) {
			t.Errorf("%+v", states)
		}
	}
	last := next
	last.Library = strings.Repeat("7", 64)
	_, err := Dial(t.Context(), Config{URLs: []string{newer, older}, Key: officeKey, Version: last})
	if !errors.Is(err, ErrUnavailable) || strings.Count(err.Error(), "has another library") != 2 {
		t.Errorf("%v", err)
	}
}
