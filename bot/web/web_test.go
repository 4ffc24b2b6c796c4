package web_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// assistant answers from the shipped library.
func assistant(t testing.TB) *bot.Assistant {
	t.Helper()
	catalog, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	docs := make([]retrieval.Document, len(catalog.Sources))
	for i, s := range catalog.Sources {
		docs[i].Source = s
	}
	idx, err := local.New(docs...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { idx.Close() })
	rules, err := coverage.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	lexicon, err := retrieval.LoadLexicon(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	static, err := embed.NewStatic()
	if err != nil {
		t.Fatal(err)
	}
	asks := retrieval.NewAsks(static, catalog.Sources)
	safety, err := bot.LoadSafety(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	writer, err := clinical.NewWriter(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	gate, err := phi.New()
	if err != nil {
		t.Fatal(err)
	}
	denials, err := denial.Load(library.FS(), catalog)
	if err != nil {
		t.Fatal(err)
	}
	letters, err := bot.LoadLetters(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	testimonies, err := bot.LoadTestimonies(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	return &bot.Assistant{Denials: denials, Letters: letters, Testimonies: testimonies, Clinical: writer, Gate: gate, Catalog: catalog, Rules: rules, Checker: cite.New(catalog), Now: time.Now, Safety: safety,
		Receipts: &bot.Receipts{Dir: t.TempDir()}, Retriever: &retrieval.Retriever{Index: idx, Lexicon: lexicon, Asks: asks}}
}

// serve starts a server on loopback.
func serve(t testing.TB, change ...func(*web.Config)) (*web.Server, *httptest.Server) {
	t.Helper()
	c := web.Config{Assistant: assistant(t), Version: "test", Notes: true, Exports: jsonFiles{}}
	for _, f := range change {
		f(&c)
	}
	s, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return s, h
}

const question = "can they refuse me because I'm an LMT?"

// TestClient goes through the API as a program does.
func TestClient(t *testing.T) {
	t.Parallel()
	s, h := serve(t)
	c := &web.Client{Base: h.URL}
	ans, err := c.Ask(t.Context(), web.Ask{Question: question, State: "WA", Facts: map[string]string{"plan": "self-funded"}})
	if err != nil {
		t.Fatal(err)
	}
	same, err := s.Assistant.Ask(t.Context(), bot.Request{Text: question, State: "WA", Facts: []string{"plan=self-funded"}})
	if err != nil {
		t.Fatal(err)
	}
	same.ID, same.Text, ans.Text = ans.ID, "", ""
	a, _ := json.Marshal(ans)
	b, _ := json.Marshal(same)
	if !bytes.Equal(a, b) {
		t.Errorf("the API gave\n%s\nthe assistant\n%s", a, b)
	}
	hits, err := c.Search(t.Context(), web.Search{Query: "six visits", Count: 3})
	if err != nil || len(hits) != 3 || hits[0].Text == "" {
		t.Errorf("%+v, %v", hits, err)
	}
	checked, err := c.Check(t.Context(), web.Check{Text: "See RCW 48.43.045(1)(a) and RCW 48.43.99999."})
	if err != nil || len(checked.Citations) != 2 || checked.Citations[0].Status != "found" {
		t.Errorf("%+v, %v", checked, err)
	}
	all, err := c.Sources(t.Context(), "statute", "WA")
	if err != nil || len(all) < 20 || all[0].Kind != corpus.Statute {
		t.Errorf("%d sources, %v", len(all), err)
	}
	for _, name := range []string{"rcw-48.43.045", "RCW 48.43.045", "rcw 48.43.045(1)(a)"} {
		one, err := c.Source(t.Context(), name)
		if err != nil || one.ID != "rcw-48.43.045" || len(one.Passages) == 0 {
			t.Errorf("%q: %+v, %v", name, one, err)
		}
	}
	re, err := c.Receipt(t.Context(), ans.ID)
	if err != nil || re.Claims != len(ans.Claims) || len(re.Failed) != 0 {
		t.Errorf("receipt: %+v, %v", re, err)
	}
	for _, bad := range []string{"r-000000000000", "../../etc/passwd", "r-0", "key"} {
		var p *web.StatusError
		if _, err := c.Receipt(t.Context(), bad); !errors.As(err, &p) || p.Status != http.StatusNotFound {
			t.Errorf("receipt %q: %v", bad, err)
		}
	}
	if _, err := c.Source(t.Context(), "no-such-source"); err == nil {
		t.Error("a source that is not there gave no error")
	}
}

// TestBadInput: whatever comes, the answer is a problem with a sentence, and
// no word of what was sent.
func TestBadInput(t *testing.T) {
	t.Parallel()
	const canary = "zebulon-quackenbush"
	_, h := serve(t)
	post := func(path, kind, body string) (*http.Response, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", kind)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		text, _ := io.ReadAll(res.Body)
		return res, string(text)
	}
	const js = "application/json"
	for name, tt := range map[string]struct {
		path, kind, body string
		want             int
	}{
		"not JSON":               {"/v1/ask", js, canary, 400},
		"half of it":             {"/v1/ask", js, `{"question":"` + canary, 400},
		"two values":             {"/v1/ask", js, `{"question":"a"}{"question":"` + canary + `"}`, 400},
		"an array":               {"/v1/ask", js, `["` + canary + `"]`, 422},
		"a number for a text":    {"/v1/ask", js, `{"question":7}`, 422},
		"a text for a number":    {"/v1/search", js, `{"query":"a","count":"` + canary + `"}`, 422},
		"too many":               {"/v1/search", js, `{"query":"a","count":1000}`, 422},
		"an unknown field":       {"/v1/ask", js, `{"question":"a","` + canary + `":1}`, 422},
		"facts that are a list":  {"/v1/ask", js, `{"question":"a","facts":["` + canary + `"]}`, 422},
		"an unknown fact":        {"/v1/ask", js, `{"question":"a","facts":{"` + canary + `":"b"}}`, 422},
		"an unknown state":       {"/v1/ask", js, `{"question":"a","state":"` + canary + `"}`, 422},
		"an unknown plan":        {"/v1/ask", js, `{"question":"a","plan":"` + canary + `"}`, 422},
		"no day":                 {"/v1/ask", js, `{"question":"a","on":"` + canary + `"}`, 422},
		"not UTF-8":              {"/v1/ask", js, "{\"question\":\"\xff\xfe" + canary + "\"}", 400},
		"no text to check":       {"/v1/check", js, `{"text":"a\u0000` + canary + `"}`, 422},
		"too large":              {"/v1/ask", js, `{"question":"` + strings.Repeat("a", 3<<20) + `"}`, 413},
		"deep":                   {"/v1/ask", js, `{"facts":` + strings.Repeat(`{"a":`, 20000) + strings.Repeat("}", 20001), 400},
		"a form for JSON":        {"/v1/ask", "application/x-www-form-urlencoded", "question=" + canary, 415},
		"JSON for a form":        {"/ask", js, `{"question":"` + canary + `"}`, 415},
		"a form too large":       {"/ask", "application/x-www-form-urlencoded", "question=" + strings.Repeat("a", 3<<20), 413},
		"a bad escape":           {"/ask", "application/x-www-form-urlencoded", "question=%zz" + canary, 400},
		"a bad fact":             {"/ask", "application/x-www-form-urlencoded", "question=a&fact=" + canary, 422},
		"an unknown state, form": {"/ask", "application/x-www-form-urlencoded", "question=a&state=" + canary, 422},
		"nothing there":          {"/v1/" + canary, js, "{}", 404},
		"another method":         {"/v1/sources", js, "{}", 405},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res, text := post(tt.path, tt.kind, tt.body)
			if res.StatusCode != tt.want {
				t.Errorf("status %d, want %d: %.200s", res.StatusCode, tt.want, text)
			}
			var p struct{ Detail string }
			if tt.path != "/ask" && (json.Unmarshal([]byte(text), &p) != nil || !strings.HasSuffix(p.Detail, ".") || res.Header.Get("Content-Type") != "application/problem+json") {
				t.Errorf("no problem with a sentence: %s %.200s", res.Header.Get("Content-Type"), text)
			}
			if strings.Contains(text, "zebulon") && !strings.Contains(tt.path, "/ask") {
				t.Errorf("the answer repeats what was sent: %.300s", text)
			}
		})
	}
	for _, path := range []string{"/static/../server.go", "/static/%2e%2e%2fserver.go", "/library/..%2f..%2fetc%2fpasswd", "/v1/sources/%00", "//evil.example/", "/static/"} {
		res, err := http.Get(h.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != 404 || strings.Contains(string(text), "package web") {
			t.Errorf("%s: status %d", path, res.StatusCode)
		}
	}
}

// TestRawConnections: slow bodies, floods of headers and clients that stall
// cost a bounded time, and others are served meanwhile.
func TestRawConnections(t *testing.T) {
	t.Parallel()
	s, err := web.New(web.Config{Assistant: assistant(t), BodyTime: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewUnstartedServer(s)
	h.Config.ReadHeaderTimeout, h.Config.MaxHeaderBytes = 300*time.Millisecond, 32<<10
	h.Start()
	t.Cleanup(h.Close)
	addr := h.Listener.Addr().String()
	raw := func(send string) string {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(10 * time.Second))
		io.WriteString(c, send)
		text, _ := io.ReadAll(io.LimitReader(c, 4096))
		return string(text)
	}
	if got := raw("GET / HTTP/1.1\r\nHost: localhost\r\n" + strings.Repeat("X-A: "+strings.Repeat("b", 1000)+"\r\n", 100) + "\r\n"); !strings.Contains(got, " 431 ") {
		t.Errorf("a flood of headers: %.60q", got)
	}
	if got := raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-"); !strings.Contains(got, " 400 ") && !strings.Contains(got, " 408 ") && got != "" {
		t.Errorf("a stalled head: %.60q", got)
	}
	for _, head := range []string{"POST /v1/ask HTTP/1.1\r\nContent-Type: application/json\r\n", "POST /ask HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"} {
		if got := raw(head + "Host: localhost\r\nContent-Length: 1000\r\n\r\n{\"question\":"); !strings.Contains(got, " 408 ") && !strings.Contains(got, " 400 ") {
			t.Errorf("a body that stalls: %.60q", got)
		}
	}
	if got := raw("\x16\x03\x01\x00\xa5nonsense\r\n\r\n"); !strings.Contains(got, " 400 ") && got != "" {
		t.Errorf("no HTTP at all: %.60q", got)
	}
	if _, err := (&web.Client{Base: h.URL}).Sources(t.Context(), "", ""); err != nil {
		t.Error(err)
	}
}

func get(t *testing.T, h *httptest.Server, path string, change func(*http.Request)) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(req)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

// TestHealth: draining says so, and a server without receipts says what it
// lacks.
func TestHealth(t *testing.T) {
	t.Parallel()
	s, h := serve(t)
	if res, text := get(t, h, "/ready", nil); res.StatusCode != 200 || !strings.Contains(text, `"ready"`) {
		t.Errorf("%d %s", res.StatusCode, text)
	}
	s.Drain()
	if res, text := get(t, h, "/ready", nil); res.StatusCode != 503 || !strings.Contains(text, "draining") {
		t.Errorf("%d %s", res.StatusCode, text)
	}
	if res, _ := get(t, h, "/live", nil); res.StatusCode != 200 {
		t.Error("a draining server is not live")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, h = serve(t, func(c *web.Config) { c.Assistant.Receipts = &bot.Receipts{Dir: filepath.Join(file, "receipts")} })
	if res, text := get(t, h, "/ready", nil); res.StatusCode != 200 || !strings.Contains(text, "degraded") || !strings.Contains(text, "receipts") {
		t.Errorf("receipts that cannot be written: %d %s", res.StatusCode, text)
	}
	_, h = serve(t, func(c *web.Config) { c.Assistant.Receipts = nil })
	if res, text := get(t, h, "/ready", nil); res.StatusCode != 200 || !strings.Contains(text, "degraded") || !strings.Contains(text, "receipts") {
		t.Errorf("%d %s", res.StatusCode, text)
	}
	s, h = serve(t)
	s.Assistant.Retriever.Index.Close()
	if res, text := get(t, h, "/ready", nil); res.StatusCode != 503 || !strings.Contains(text, "index") {
		t.Errorf("%d %s", res.StatusCode, text)
	}
}

// TestStages: the script's way of asking gets each stage, then the answer as
// HTML; nothing of the answer comes before its check is over.
func TestStages(t *testing.T) {
	t.Parallel()
	_, h := serve(t)
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL+"/ask", strings.NewReader("question="+question))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/x-ndjson")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	var stages []string
	for i, line := range lines {
		var v struct{ Stage, HTML, Problem string }
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		if v.HTML != "" && i != len(lines)-1 || v.HTML == "" && strings.Contains(line, "insured") {
			t.Errorf("line %d of %d holds the answer", i+1, len(lines))
		}
		if v.Stage != "" {
			stages = append(stages, v.Stage)
		}
	}
	if len(stages) != 4 || !strings.Contains(stages[3], "checking") || !strings.Contains(lines[len(lines)-1], "source-1") {
		t.Errorf("stages %q; the last line is %.100s", stages, lines[len(lines)-1])
	}
}

// TestPages: each page is whole, has its headers, and loads nothing from
// elsewhere.
func TestPages(t *testing.T) {
	t.Parallel()
	s, h := serve(t)
	outside := regexp.MustCompile(`(?:src|srcset|action|data)="(?:https?:)?//|<link[^>]+href="https?:|url\(|<script[^>]*>[^<]|style="|\son[a-z]+="`)
	for _, path := range []string{"/", "/library", "/library?kind=case&jurisdiction=US", "/library/rcw-48.43.045", "/library/not-medically-necessary", "/proof", "/library/no-such"} {
		res, text := get(t, h, path, nil)
		if outside.MatchString(text) {
			t.Errorf("%s loads or runs %q", path, outside.FindString(text))
		}
		if !strings.HasSuffix(strings.TrimSpace(text), "</html>") || !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'") || len(res.Cookies()) > 0 {
			t.Errorf("%s is not whole, or lacks its headers", path)
		}
	}
	for _, src := range s.Assistant.Catalog.Sources {
		seen := map[string]bool{}
		for _, p := range src.Passages {
			if a := web.Anchor(p.Pin); seen[a] {
				t.Errorf("%s: two places are called #%s", src.ID, a)
			} else {
				seen[a] = true
			}
		}
	}
	if got := web.SourceURL("https://advocate.example.org/", "rcw-48.43.045", "(1)(a)(iii)"); got != "https://advocate.example.org/library/rcw-48.43.045#p-1-a-iii" {
		t.Error(got)
	}
}

// TestPageIsTheAnswer: the page holds every claim, every citation and every
// ruling of the answer, and nothing that is not escaped.
func TestPageIsTheAnswer(t *testing.T) {
	t.Parallel()
	s, h := serve(t)
	for _, q := range []string{question, "denied as not medically necessary", "what does RCW 48.43.016 say?", "got a refund request on November 10, 2026 from premera in washington, how long do i have", "who won the world cup", "i want to kill myself <script>alert(1)</script>"} {
		ans, err := s.Assistant.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.PostForm(h.URL+"/ask", map[string][]string{"question": {q}})
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(res.Body)
		res.Body.Close()
		text := strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&").Replace(string(data))
		want := []string{}
		for _, c := range ans.Claims {
			want = append(want, c.Text)
		}
		for _, c := range ans.Citations {
			want = append(want, c.Cite.String())
			if c.Quote != "" {
				want = append(want, c.Quote)
			}
		}
		for _, r := range append(ans.Applicability.Binds, ans.Applicability.DoesNotBind...) {
			want = append(want, r.Why)
		}
		want = slices.Concat(want, ans.Warnings, ans.Followups, ans.Clocks())
		if strings.Contains(q, "November 10") && len(ans.Clocks()) == 0 {
			t.Errorf("%q: no clock runs", q)
		}
		if ans.First != "" {
			want = append(want, ans.First)
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q: the page lacks %q", q, w)
			}
		}
		if strings.Contains(string(data), "<script>alert") {
			t.Errorf("%q: the page runs what was asked", q)
		}
	}
}

// TestOpenAPI: the description names every route of the API, and its
