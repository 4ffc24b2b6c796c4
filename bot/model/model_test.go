package model_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/prompts"
)

// canary stands in prompts and answers; no error may hold it.
const canary = "Zebulon Quackenbush"

var prompt = prompts.Prompt{Name: "ask", System: "the rules", User: "the material on " + canary, Schema: json.RawMessage(`{"type":"object"}`)}

// endpoint is an OpenAI-compatible server on loopback that answers as serve
// says and keeps what it was sent.
type endpoint struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []map[string]any
}

func newEndpoint(t *testing.T, serve func(n int, w http.ResponseWriter, r *http.Request)) *endpoint {
	t.Helper()
	e := &endpoint{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		e.mu.Lock()
		e.bodies = append(e.bodies, body)
		n := len(e.bodies)
		e.mu.Unlock()
		serve(n, w, r)
	}))
	t.Cleanup(func() {
		e.CloseClientConnections()
		e.Close()
	})
	return e
}

func (e *endpoint) asked() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.bodies)
}

// client asks e; it does not wait between tries.
func (e *endpoint) client(t *testing.T, change ...func(*model.Config)) *model.Client {
	t.Helper()
	c := model.Config{Base: e.URL, Name: "sample", Key: "secret-key", Idle: 5 * time.Second, Total: 20 * time.Second,
		Wait: func(<-chan struct{}, time.Duration) {}}
	for _, f := range change {
		f(&c)
	}
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// event is one chunk of a stream.
func event(content, finish string) string {
	c, _ := json.Marshal(content)
	f := "null"
	if finish != "" {
		f = `"` + finish + `"`
	}
	return fmt.Sprintf(`data: {"choices":[{"delta":{"content":%s},"finish_reason":%s}]}`+"\n\n", c, f)
}

func stream(w http.ResponseWriter, parts ...string) {
	w.Header().Set("Content-Type", "text/event-stream")
	for _, p := range parts {
		io.WriteString(w, p)
		w.(http.Flusher).Flush()
	}
}

const done = "data: [DONE]\n\n"

// TestStreams: each form of stream that endpoints send gives the answer.
func TestStreams(t *testing.T) {
	t.Parallel()
	for name, parts := range map[string][]string{
		"plain":                     {event(`{"a":`, ""), event(`"é"}`, "stop"), done},
		"no DONE, but a reason":     {event(`{"a":"é"}`, "stop")},
		"last line without its end": {event(`{"a":`, ""), strings.TrimSpace(event(`"é"}`, "stop"))},
		"no blank lines":            {strings.ReplaceAll(event(`{"a":"é"}`, "")+event("", "stop"), "\n\n", "\n"), done},
		"CRLF and a mark":           {"\ufeff" + strings.ReplaceAll(event(`{"a":"é"}`, "stop"), "\n", "\r\n"), done},
		"comments":                  {": hello\n\n", event(`{"a":"é"}`, "stop"), ": bye\n\n", done},
		"ten thousand keep-alives":  {strings.Repeat(": keep-alive\n\n", 5000), strings.Repeat("\n", 5000), event(`{"a":"é"}`, "stop"), done},
		"usage without choices":     {event(`{"a":"é"}`, "stop"), `data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}` + "\n\n", done},
		"a filter chunk first":      {`data: {"choices":[],"prompt_filter_results":[]}` + "\n\n", event(`{"a":"é"}`, "stop"), done},
		"thoughts inside":           {event("<think>maybe {\"a\":1} or\n", ""), event("not</think>\n", ""), event(`{"a":"é"}`, "stop"), done},
		"reasoning in two names":    {`data: {"choices":[{"delta":{"reasoning":"x {","reasoning_content":"y"}}]}` + "\n\n", event(`{"a":"é"}`, "stop"), done},
		"a rune in two":             {"data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"a\\\":\\\"\xc3", "\xa9\\\"}\"},\"finish_reason\":\"stop\"}]}\n\n", done},
		"a fence around it":         {event("Here you are:\n```json\n{\"a\":\"é\"}\n```", "stop"), done},
		"a tool call beside it":     {`data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"rm","arguments":"{}"}}]}}]}` + "\n\n", event(`{"a":"é"}`, "stop"), done},
		"half a megabyte in a line": {event(strings.Repeat(" ", 500_000)+`{"a":"é"}`, "stop"), done},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) { stream(w, parts...) })
			got, err := e.client(t).Complete(t.Context(), prompt)
			if err != nil || string(got) != `{"a":"é"}` {
				t.Errorf("%q, %v", got, err)
			}
			if e.asked() != 1 {
				t.Errorf("asked %d times", e.asked())
			}
		})
	}
}

// TestFaults: what an endpoint does wrong ends in an error that says what
// happened, after so many requests, and holds nothing that was said.
func TestFaults(t *testing.T) {
	t.Parallel()
	echo := `{"error":{"message":"bad prompt: ` + canary + `"}}`
	status := func(code int, body string) func(int, http.ResponseWriter, *http.Request) {
		return func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			io.WriteString(w, body)
		}
	}
	streams := func(parts ...string) func(int, http.ResponseWriter, *http.Request) {
		return func(_ int, w http.ResponseWriter, _ *http.Request) { stream(w, parts...) }
	}
	half := event(`{"a":"`+canary, "")
	for name, tt := range map[string]struct {
		serve func(int, http.ResponseWriter, *http.Request)
		want  string
		asked int
	}{
		"cut, a clean end":         {streams(half), "broke off", 1},
		"cut, DONE without reason": {streams(half, done), "broke off", 1},
		"nothing at all":           {streams(), "broke off", 3},
		"error as a string":        {streams(half, "data: {\"error\":\""+canary+"\"}\n\n"), "reported an error", 1},
		"error as an object":       {streams("data: " + echo + "\n\n"), "reported an error", 3},
		"error as an event":        {streams(half, "event: error\ndata: {}\n\n"), "reported an error", 1},
		"not JSON in the stream":   {streams("data: <html>" + canary + "\n\n"), "broke off", 3},
		"too long for the tokens":  {streams(half, event("", "length"), done), "grew too long", 1},
		"filtered":                 {streams(half, event("", "content_filter"), done), "filter", 1},
		"prose":                    {streams(event("I would say "+canary+" should sue.", "stop"), done), "not of the form", 2},
		"an array":                 {streams(event("[1,2]", "stop"), done), "not of the form", 2},
		"half an object":           {streams(event(`{"a": `+canary+"}", "stop"), done), "not of the form", 2},
		"ten megabytes":            {streams(strings.Repeat(event(strings.Repeat("x", 1000), ""), 10_000)), "grew too long", 1},
		"one line without end":     {streams("data: " + strings.Repeat("x", 3<<20)), "grew too long", 3},
		"wrong key":                {status(401, echo), "refused the key", 1},
		"forbidden":                {status(403, echo), "refused the key", 1},
		"no such model":            {status(404, echo), "404", 1},
		"too large":                {status(413, echo), "413", 1},
		"busy":                     {status(429, echo), "429", 3},
		"broken":                   {status(500, echo), "500", 3},
		"bad gateway":              {status(502, "<html>"), "502", 3},
		"overloaded":               {status(529, echo), "529", 3},
		"refuses every form":       {status(400, echo), "400", 3},
		"a redirect": {func(_ int, w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.org/", http.StatusFound)
		}, "302", 1},
		"hangs up":         {func(_ int, w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }, "could not be reached", 3},
		"read only a part": {streams(event(`{"a":1}`, "stop"), `data: {"choices":[],"usage":{"prompt_tokens":3}}`+"\n\n", done), "only part of the material", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, tt.serve)
			p := prompt
			p.User += strings.Repeat(" more", 400)
			got, err := e.client(t).Complete(t.Context(), p)
			if err == nil || !errors.Is(err, bot.ErrModel) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%q, %v; want an error with %q", got, err, tt.want)
			}
			if err != nil && (strings.Contains(err.Error(), "Zebulon") || strings.Contains(err.Error(), e.URL) || strings.Contains(err.Error(), "secret")) {
				t.Errorf("the error holds what it must not: %v", err)
			}
			if e.asked() != tt.asked {
				t.Errorf("asked %d times, want %d", e.asked(), tt.asked)
			}
		})
	}
}

// TestLadder: an endpoint that knows no schema gets the next form, and is
// asked in that form from then on.
func TestLadder(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, func(int, http.ResponseWriter, *http.Request) {})
	e.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body map[string]any
		json.NewDecoder(r.Body).Decode(&body)
		e.mu.Lock()
		e.bodies = append(e.bodies, body)
		e.mu.Unlock()
		if body["response_format"] != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		stream(w, event(`{"a":1}`, "stop"), done)
	})
	c := e.client(t)
	for range 2 {
		if got, err := c.Complete(t.Context(), prompt); err != nil || string(got) != `{"a":1}` {
			t.Fatal(string(got), err)
		}
	}
	if e.asked() != 4 {
		t.Errorf("asked %d times, want 3 and 1", e.asked())
	}
	last := fmt.Sprint(e.bodies[3]["messages"])
	if !strings.Contains(last, `{"type":"object"}`) {
		t.Errorf("without a form of its own, the prompt does not tell the schema: %s", last)
	}
	first := e.bodies[0]
	if first["temperature"] == nil || first["max_tokens"] == nil || first["stream"] != true {
		t.Errorf("the request lacks temperature, max_tokens or stream: %v", first)
	}
	if f, _ := first["response_format"].(map[string]any); f["type"] != "json_schema" {
		t.Errorf("the first form is %v", first["response_format"])
	}
}

// TestRepair: an answer that is not of the form is sent back once.
func TestRepair(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, func(n int, w http.ResponseWriter, _ *http.Request) {
		if n == 1 {
			stream(w, event("yes: a=1", "stop"), done)
			return
		}
		stream(w, event(`{"a":1}`, "stop"), done)
	})
	got, err := e.client(t).Complete(t.Context(), prompt)
	if err != nil || string(got) != `{"a":1}` || e.asked() != 2 {
		t.Errorf("%q, %v, asked %d times", got, err, e.asked())
	}
	if n := len(e.bodies[1]["messages"].([]any)); n != 4 {
		t.Errorf("the repair has %d messages, want 4", n)
	}
}

// TestWhole: an endpoint that does not stream answers with one JSON value.
func TestWhole(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		io.WriteString(w, `{"choices":[{"message":{"content":"{\"a\":1}"},"finish_reason":"stop"}]}`)
	})
	if got, err := e.client(t).Complete(t.Context(), prompt); err != nil || string(got) != `{"a":1}` {
		t.Errorf("%q, %v", got, err)
	}
}

// TestRetried: what passes is tried again, after as long as the endpoint
// says; not once an answer has begun.
func TestRetried(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	for header, want := range map[[2]string]time.Duration{
		{"Retry-After", "3"}:      3 * time.Second,
		{"Retry-After-Ms", "250"}: 250 * time.Millisecond,
		{"Retry-After", now.Add(4 * time.Second).Format(http.TimeFormat)}: 4 * time.Second,
		{"Retry-After", "soon"}: 0,
	} {
		e := newEndpoint(t, func(n int, w http.ResponseWriter, _ *http.Request) {
			if n == 1 {
				w.Header().Set(header[0], header[1])
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			stream(w, event(`{"a":1}`, "stop"), done)
		})
		var waited []time.Duration
		c := e.client(t, func(c *model.Config) {
			c.Now = func() time.Time { return now }
			c.Wait = func(_ <-chan struct{}, d time.Duration) { waited = append(waited, d) }
		})
		if got, err := c.Complete(t.Context(), prompt); err != nil || string(got) != `{"a":1}` {
			t.Errorf("%v: %q, %v", header, got, err)
		}
		if len(waited) != 1 || want > 0 && waited[0] != want || want == 0 && (waited[0] <= 0 || waited[0] > 2*time.Second) {
			t.Errorf("%v: waited %v, want %v", header, waited, want)
		}
	}
}

// TestStalled: an endpoint that says nothing is given up, and sees it.
func TestStalled(t *testing.T) {
	t.Parallel()
	gone := make(chan bool, 8)
	for name, tt := range map[string]struct {
		begin  string
		change func(*model.Config)
		want   string
	}{
		"at once":          {"", func(c *model.Config) { c.Idle = 50 * time.Millisecond; c.Total = 300 * time.Millisecond }, "nothing for too long"},
		"in the middle":    {event(`{"a":`, ""), func(c *model.Config) { c.Idle = 50 * time.Millisecond }, "nothing for too long"},
		"a byte at a time": {"drip", func(c *model.Config) { c.Total = 200 * time.Millisecond }, "took too long"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, func(_ int, w http.ResponseWriter, r *http.Request) {
				defer func() { gone <- true }()
				if tt.begin != "" && tt.begin != "drip" {
					stream(w, tt.begin)
				}
				tick := time.NewTicker(5 * time.Millisecond)
				defer tick.Stop()
				for {
					select {
					case <-r.Context().Done():
						return
					case <-tick.C:
						if tt.begin == "drip" {
							stream(w, ":")
						}
					}
				}
			})
			if _, err := e.client(t, tt.change).Complete(t.Context(), prompt); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
			select {
			case <-gone:
			case <-time.After(5 * time.Second):
				t.Error("the endpoint did not see the end of the request")
			}
		})
	}
	e := newEndpoint(t, func(_ int, _ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := e.client(t).Complete(ctx, prompt); !errors.Is(err, context.Canceled) || !errors.Is(err, bot.ErrModel) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestBudgets: what does not fit, costs too much, or failed too often is not
// sent.
func TestBudgets(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	clock := func(c *model.Config) { c.Now = func() time.Time { return time.Unix(1_800_000_000+now.Load(), 0) } }
	e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		stream(w, event(`{"a":1}`, "stop"), `data: {"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":500}}`+"\n\n", done)
	})
	small := e.client(t, func(c *model.Config) { c.Context, c.Answer = 300, 200 })
	long := prompt
	long.User = strings.Repeat("word ", 200)
	if _, err := small.Complete(t.Context(), long); err == nil || !strings.Contains(err.Error(), "context of 300 tokens") || e.asked() != 0 {
		t.Errorf("too long: %v, asked %d times", err, e.asked())
	}
	dear := e.client(t, clock, func(c *model.Config) { c.Answer, c.Input, c.Output, c.Day = 600, 1000, 2000, 4 }) // 2 a request
	for i, want := range []bool{true, true, false} {
		if _, err := dear.Complete(t.Context(), prompt); (err == nil) != want {
			t.Errorf("request %d: %v", i+1, err)
		}
	}
	now.Add(24 * 3600)
	if _, err := dear.Complete(t.Context(), prompt); err != nil {
		t.Errorf("the next day: %v", err)
	}

	broken := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) })
	c := broken.client(t, clock)
	for range 5 {
		c.Complete(t.Context(), prompt)
	}
	if broken.asked() != 3 {
		t.Errorf("an endpoint that fails was asked %d times, want 3", broken.asked())
	}
	now.Add(31)
	c.Complete(t.Context(), prompt)
	if broken.asked() != 4 {
		t.Error("after its rest it was not asked again")
	}
}

// TestReasoningModels: OpenAI's take other names for the limits; a local
// model of such a name does not.
func TestReasoningModels(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) { stream(w, event(`{"a":1}`, "stop"), done) })
	if _, err := e.client(t, func(c *model.Config) { c.Name = "gpt-5-local" }).Complete(t.Context(), prompt); err != nil {
		t.Fatal(err)
	}
	if e.bodies[0]["max_tokens"] == nil {
		t.Errorf("a local model was asked as OpenAI's: %v", e.bodies[0])
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"http://localhost:1":           "",
		"http://127.0.0.1:1/v1/":       "",
		"http://[::1]:1":               "",
		"https://api.example.com":      "",
		"http://api.example.com":       "want https",
		"http://localhost.example.com": "want https",
		"ftp://localhost":              "no address",
		"localhost:8080":               "no address",
		"":                             "no address",
		"https://u:p@api.example.com":  "password",
	} {
		m, err := model.New(model.Config{Base: base, Name: "sample"})
		if (err == nil) != (want == "") || err != nil && (!errors.Is(err, model.ErrConfig) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", base, err, want)
		}
		if err == nil && m.Home() != !strings.Contains(base, "example") {
			t.Errorf("%q: home is %v", base, m.Home())
		}
	}
	if _, err := model.New(model.Config{Base: "http://localhost:1", Name: "sample", Context: 100, Answer: 100}); err == nil {
		t.Error("an answer as large as the context gave no error")
	}
}

// FuzzAnswer reads any stream in bounded time: an answer is JSON or there is
// none.
func FuzzAnswer(f *testing.F) {
	f.Add(event(`{"a":1}`, "stop") + done)
	f.Add("data: {}\n\n: x\nevent: error\ndata:")
	var body atomic.Pointer[string]
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { stream(w, *body.Load()) }))
	f.Cleanup(srv.Close)
	f.Fuzz(func(t *testing.T, text string) {
		body.Store(&text)
		m, err := model.New(model.Config{Base: srv.URL, Name: "sample", Wait: func(<-chan struct{}, time.Duration) {}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := m.Complete(t.Context(), prompt)
		if err == nil && !json.Valid(got) {
			t.Errorf("%q gave %q", text, got)
		}
	})
}
