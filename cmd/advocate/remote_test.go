package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/evals"
	"github.com/everycategory/advocate/retrieval/remote"
)

const sampleKey = "sample-key-0123456789-0123456789"

// inProcess is the program with these settings, which says nothing.
func inProcess(t testing.TB, env ...string) *app {
	t.Helper()
	s, err := readSettings(append([]string{"ADVOCATE_DATA=", "ADVOCATE_STORE=mem:"}, env...))
	if err != nil {
		t.Fatal(err)
	}
	return &app{settings: s, in: strings.NewReader(""), out: io.Discard, err: io.Discard, now: time.Now}
}

func assistantOf(t testing.TB, a *app) *bot.Assistant {
	t.Helper()
	as, done, err := a.assistant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	return as
}

// A stack is the library's index, served as often as wanted.
type stack struct {
	lib *corpus.Catalog
	idx index
}

func newStack(t testing.TB) stack {
	t.Helper()
	lib, idx, err := inProcess(t).openIndex(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { idx.Close() })
	return stack{lib, idx}
}

// serve serves the stack n times on loopback, with vary's changes.
func (s stack) serve(t testing.TB, n int, vary func(*remote.ServerConfig)) []*http.Server {
	t.Helper()
	lib, idx := s.lib, s.idx
	var err error
	c := remote.ServerConfig{Index: idx, Keys: []remote.Key{{Name: "bots", Key: sampleKey, Scopes: []string{machineScope}}}}
	if c.Version, err = retrievalVersion(lib); err != nil {
		t.Fatal(err)
	}
	if vary != nil {
		vary(&c)
	}
	var out []*http.Server
	for range n {
		s, err := remote.NewServer(c)
		if err != nil {
			t.Fatal(err)
		}
		l, err := net.Listen("tcp", "localhost:0")
		if err != nil {
			t.Fatal(err)
		}
		h := &http.Server{Handler: s, Addr: "http://" + l.Addr().String(), ReadHeaderTimeout: headerTime}
		go h.Serve(l)
		t.Cleanup(func() { h.Close() })
		out = append(out, h)
	}
	return out
}

// storeOf is the store that these servers are.
func storeOf(servers ...*http.Server) []string {
	var urls []string
	for _, s := range servers {
		urls = append(urls, s.Addr)
	}
	return []string{"ADVOCATE_STORE=remote:" + strings.Join(urls, ","), "ADVOCATE_RETRIEVAL_KEY=" + sampleKey}
}

// goldenQuestions are those of evals, one of so many.
func goldenQuestions(t testing.TB, step int) (out []string) {
	t.Helper()
	for _, name := range []string{"questions.txt", "more.txt", "third.txt", "answer.txt", "decline.txt", "third-decline.txt"} {
		cases, err := evals.ReadCases(os.DirFS(filepath.Join(root, "evals", "golden")), name)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range cases {
			if i%step == 0 && strings.TrimSpace(c.Text) != "" {
				out = append(out, c.Text)
			}
		}
	}
	return out
}

// TestRemoteAnswersTheSame: every golden question is answered over a retrieval
// service as it is over the index itself, to the last score.
func TestRemoteAnswersTheSame(t *testing.T) {
	t.Parallel()
	here := assistantOf(t, inProcess(t))
	there := assistantOf(t, inProcess(t, storeOf(newStack(t).serve(t, 2, nil)...)...))
	questions, answered := goldenQuestions(t, remoteStep), 0
	for _, q := range questions {
		want, err := here.Ask(t.Context(), bot.Request{Text: q, Scopes: searchable()})
		got, err2 := there.Ask(t.Context(), bot.Request{Text: q, Scopes: searchable()})
		if err != nil || err2 != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: over the service\n%+v, %v\nand here\n%+v, %v", q, got, err2, want, err)
		}
		if !want.Abstained {
			answered++
		}
		hits, err := here.Search(t.Context(), bot.Request{Text: q, Scopes: searchable()}, 10)
		hits2, err2 := there.Search(t.Context(), bot.Request{Text: q, Scopes: searchable()}, 10)
		if err != nil || err2 != nil || !reflect.DeepEqual(bot.Hits(hits2), bot.Hits(hits)) {
			t.Fatalf("%q: the service finds %+v, %v, and the index here %+v, %v", q, hits2, err2, hits, err)
		}
	}
	if answered < len(questions)/2 {
		t.Errorf("%d of %d questions were answered", answered, len(questions))
	}
	t.Logf("%d questions, %d answered", len(questions), answered)
}

// TestRemoteWithoutRetry: of two retrieval replicas one is closed in the midst
// of a load. No answer fails; where each read is tried at one replica alone,
// some do.
func TestRemoteWithoutRetry(t *testing.T) {
	t.Parallel()
	lent := newStack(t)
	for _, once := range []bool{false, true} {
		servers := lent.serve(t, 2, nil)
		a := inProcess(t, storeOf(servers...)...)
		a.once = once
		as := assistantOf(t, a)
		failed := 0
		questions := goldenQuestions(t, 25)
		for i, q := range questions {
			if i == len(questions)/3 {
				servers[0].Close()
			}
			if _, err := as.Ask(t.Context(), bot.Request{Text: q}); err != nil {
				failed++
				if !errors.Is(err, remote.ErrUnavailable) {
					t.Errorf("%v", err)
				}
			}
		}
		t.Logf("tried once: %t: %d of %d questions failed", once, failed, len(questions))
		if (failed > 0) != once {
			t.Errorf("tried once: %t: %d of %d questions failed", once, failed, len(questions))
		}
	}
}

// TestRemoteCommands: what the commands say where the store is a retrieval
// service.
func TestRemoteCommands(t *testing.T) {
	t.Parallel()
	lent := newStack(t)
	servers := lent.serve(t, 2, nil)
	servers[1].Close()
	odd := lent.serve(t, 1, func(c *remote.ServerConfig) { c.Version.Library = strings.Repeat("0", 64) })[0]
	guest := lent.serve(t, 1, func(c *remote.ServerConfig) { c.Keys[0].Scopes = nil })[0]
	const question = "can they refuse me because I'm an LMT?"
	for _, c := range []struct {
		env  []string
		args []string
		code int
		says string
	}{
		{storeOf(servers...), []string{"search", question}, exitDone, "provider-not-eligible"},
		{storeOf(servers...), []string{"corpus", "show", "RCW 48.43.045"}, exitDone, "RCW 48.43.045"},
		{storeOf(guest), []string{"ask", question}, exitDone, "RCW 48.43.045"},
		{storeOf(guest), []string{"corpus", "list"}, exitDone, "RCW 48.43.045"},
		{storeOf(servers...), []string{"corpus", "add", "--yes", "x.md"}, exitUsage, "added and removed where the index is"},
		{storeOf(servers...), []string{"corpus", "remove", "x"}, exitUsage, "added and removed where the index is"},
		{storeOf(servers...), []string{"serve", "--role", "retrieval"}, exitUsage, "not another service's"},
		{storeOf(servers[1]), []string{"corpus", "list"}, exitFailed, "no replica of the retrieval service answers"},
		{storeOf(odd), []string{"corpus", "list"}, exitFailed, "has another library"},
		{storeOf(odd, servers[0]), []string{"corpus", "list"}, exitDone, "RCW 48.43.045"},
		{append(storeOf(servers[0]), "ADVOCATE_RETRIEVAL_KEY="), []string{"corpus", "list"}, exitFailed, "does not take the key"},
		{storeOf(servers...), []string{"doctor"}, exitFailed, "FIX retrieval service: " + servers[1].Addr},
	} {
		var out strings.Builder
		code := run(t.Context(), c.args, append([]string{"HOME=" + t.TempDir()}, c.env...), strings.NewReader(""), &out, &out)
		said := strings.Join(strings.Fields(out.String()), " ")
		if code != c.code || !strings.Contains(said, c.says) || strings.Contains(said, sampleKey) {
			t.Errorf("%q: exit %d, want %d with %q: %.600s", c.args, code, c.code, c.says, said)
		}
	}
}

// TestRemoteScopes: a key that may not search this machine's documents makes
// a server that does not offer them.
func TestRemoteScopes(t *testing.T) {
	t.Parallel()
	lent := newStack(t)
	for _, c := range []struct {
		scopes []string
		want   []string
	}{
		{nil, []string{corpus.PublicScope}},
		{[]string{"elsewhere"}, []string{corpus.PublicScope}},
		{[]string{machineScope}, searchable()},
		{[]string{remote.AllScopes}, searchable()},
	} {
		server := lent.serve(t, 1, func(s *remote.ServerConfig) { s.Keys[0].Scopes = c.scopes })[0]
		_, idx, err := inProcess(t, storeOf(server)...).openToRead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := searchableIn(idx); !reflect.DeepEqual(got, c.want) {
			t.Errorf("scopes %q: %q, want %q", c.scopes, got, c.want)
		}
	}
}

// TestRemoteKeys reads files of keys.
func TestRemoteKeys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []remote.Key
		says string
	}{
		{"# bots\nbots:" + sampleKey + "\n", []remote.Key{{Name: "bots", Key: sampleKey}}, ""},
		{"bots:" + sampleKey + ":machine,board", []remote.Key{{Name: "bots", Key: sampleKey, Scopes: []string{"machine", "board"}}}, ""},
		{"bots:" + sampleKey + ":*:write", []remote.Key{{Name: "bots", Key: sampleKey, Scopes: []string{"*"}, Write: true}}, ""},
		{"bots:" + sampleKey + ":machine:read", nil, "line 1: want NAME:KEY"},
		{"bots:" + sampleKey + ":machine:write:x", nil, "line 1: want NAME:KEY"},
		{"bots:" + sampleKey + ":", nil, "want scopes"},
		{"bots:" + sampleKey + ":a b", nil, "want scopes"},
		{":" + sampleKey, nil, "line 1: want NAME:KEY"},
		{sampleKey, nil, "line 1: want NAME:KEY"},
		{"bots:short", nil, "at least 24"},
		{"a:" + sampleKey + "\na:" + sampleKey, nil, "line 2: a has two keys"},
		{"", nil, "holds no key"},
	} {
		name := filepath.Join(t.TempDir(), "keys")
		if err := os.WriteFile(name, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readRetrievalKeys(name)
		if (err != nil) != (c.says != "") || err != nil && (!strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), sampleKey)) || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %+v, %v; want %+v, %q", c.text, got, err, c.want, c.says)
		}
	}
}

// TestRemoteReady: the bots' /ready names the retrieval service when no
// replica answers, and is well again when one does.
func TestRemoteReady(t *testing.T) {
	t.Parallel()
	server := newStack(t).serve(t, 1, nil)[0]
	as := assistantOf(t, inProcess(t, storeOf(server)...))
	page, err := web.New(web.Config{Assistant: as, Lacking: func() []string { return retrievalLacking(as.Retriever.Index) }})
	if err != nil {
		t.Fatal(err)
	}
	ready := func() (int, string) {
		w := httptest.NewRecorder()
		page.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/ready", nil))
		return w.Code, w.Body.String()
	}
	if status, body := ready(); status != http.StatusOK || strings.Contains(body, "retrieval") {
		t.Errorf("%d %s", status, body)
	}
	server.Close()
	if status, body := ready(); status != http.StatusServiceUnavailable || !strings.Contains(body, `"retrieval"`) {
		t.Errorf("%d %s", status, body)
	}
	ans, err := as.Ask(t.Context(), bot.Request{Text: "may they refuse massage?"})
	if !errors.Is(err, remote.ErrUnavailable) {
		t.Errorf("without the index it says %+v, %v", ans, err)
	}
}

// BenchmarkRemote answers golden questions over the index here and over a
// service on loopback in turns, and reports how much longer the latter takes.
func BenchmarkRemote(b *testing.B) {
	here := assistantOf(b, inProcess(b))
	there := assistantOf(b, inProcess(b, storeOf(newStack(b).serve(b, 1, nil)...)...))
	questions := goldenQuestions(b, 10)
	ask := func(as *bot.Assistant, q string) time.Duration {
		start := time.Now()
		if _, err := as.Ask(context.Background(), bot.Request{Text: q}); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	find := func(as *bot.Assistant, q string) time.Duration {
		start := time.Now()
		if _, err := as.Search(context.Background(), bot.Request{Text: q}, 10); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	for _, q := range questions { // what is made once
		ask(here, q)
		ask(there, q)
	}
	var asked, askedThere, found, foundThere time.Duration
	n := 0
	for b.Loop() {
		q := questions[n%len(questions)]
		n++
		asked += ask(here, q)
		askedThere += ask(there, q)
		found += find(here, q)
		foundThere += find(there, q)
	}
	b.ReportMetric(float64(askedThere)/float64(asked), "answer-ratio")
	b.ReportMetric(float64(foundThere)/float64(found), "search-ratio")
	b.ReportMetric(float64(foundThere-found)/float64(n)/1e3, "us-more")
}

// sameAnswer is an answer without its receipt's id.
func sameAnswer(t *testing.T, a *bot.Answer) string {
	t.Helper()
	b := *a
	b.ID = ""
	data, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return comparable(string(data))
}
