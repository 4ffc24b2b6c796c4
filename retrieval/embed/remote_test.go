package embed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// An endpoint embeds a text as its length and 1, in reverse order.
type endpoint struct {
	mu      sync.Mutex
	sizes   []int // texts in each request that was answered
	keys    []string
	asked   int
	dims    []int
	respond func(n int, texts []string, w http.ResponseWriter) bool // true: answered
}

type row struct {
	Index  int       `json:"index"`
	Vector []float64 `json:"embedding"`
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Model      string
		Input      []string
		Dimensions int
		Format     string `json:"encoding_format"`
	}
	if r.URL.Path != "/v1/embeddings" || json.NewDecoder(r.Body).Decode(&req) != nil || req.Model != "sample" || req.Format != "float" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked++
	e.keys, e.dims = append(e.keys, r.Header.Get("Authorization")), append(e.dims, req.Dimensions)
	if e.respond != nil && e.respond(e.asked, req.Input, w) {
		return
	}
	e.sizes = append(e.sizes, len(req.Input))
	var data []row
	for i, t := range slices.Backward(req.Input) {
		data = append(data, row{i, []float64{float64(len(t)), 1}})
	}
	json.NewEncoder(w).Encode(map[string]any{"data": data})
}

func remote(t *testing.T, e *endpoint, change ...func(*RemoteConfig)) *Remote {
	t.Helper()
	s := httptest.NewServer(e)
	t.Cleanup(s.Close)
	c := RemoteConfig{Base: s.URL, Model: "sample", Key: "secret-key", Wait: func(context.Context, time.Duration) {}}
	for _, f := range change {
		f(&c)
	}
	r, err := NewRemote(c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRemote: texts go out in batches and come back in their order, whatever
// the order of the answer; vectors are of length 1.
func TestRemote(t *testing.T) {
	t.Parallel()
	e := new(endpoint)
	r := remote(t, e, func(c *RemoteConfig) { c.Batch, c.Bytes = 10, 100 })
	if _, err := r.Embed(t.Context(), nil); err != nil || e.asked != 0 {
		t.Fatalf("of no texts: %v, asked %d times", err, e.asked)
	}
	var texts []string
	for i := range 25 {
		texts = append(texts, strings.Repeat("x", 1+i%9))
	}
	texts = append(texts, " \n", strings.Repeat("long", 100), "end", "")
	got, err := r.Embed(t.Context(), texts)
	if err != nil || len(got) != len(texts) || r.Dim() != 2 {
		t.Fatalf("%d vectors, %v", len(got), err)
	}
	for i, v := range got {
		n := float64(len(texts[i]))
		want := []float32{float32(n / math.Hypot(n, 1)), float32(1 / math.Hypot(n, 1))}
		if strings.TrimSpace(texts[i]) == "" {
			want = []float32{0, 0}
		}
		if !slices.Equal(v, want) {
			t.Errorf("text %d: %v, want %v", i, v, want)
		}
	}
	if want := []int{10, 10, 5, 1, 1}; !slices.Equal(e.sizes, want) {
		t.Errorf("batches of %v, want %v", e.sizes, want)
	}
	if e.keys[0] != "Bearer secret-key" || e.dims[0] != 0 || r.Name() != "sample" || !r.Home() {
		t.Errorf("key %q, dimensions %v, name %q", e.keys[0], e.dims, r.Name())
	}
}

func TestRemoteOnlyBlanks(t *testing.T) {
	t.Parallel()
	e := new(endpoint)
	got, err := remote(t, e).Embed(t.Context(), []string{"", " "})
	if err != nil || len(got) != 2 || !slices.Equal(got[0], []float32{0, 0}) || e.asked != 1 {
		t.Errorf("%v, %v, asked %d times", got, err, e.asked)
	}
}

// TestRemoteRetries: what may pass is asked again, a few times, and after as
// long as the endpoint says.
func TestRemoteRetries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		status int
		fails  int
		asked  int
		ok     bool
	}{
		{"busy, then well", 429, 2, 3, true},
		{"ill, then well", 503, 3, 4, true},
		{"ill for ever", 500, 99, 4, false},
		{"bad request", 400, 99, 1, false},
		{"refused key", 401, 99, 1, false},
		{"no such model", 404, 99, 1, false},
		{"cut off", 0, 1, 2, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := new(endpoint)
			e.respond = func(n int, texts []string, w http.ResponseWriter) bool {
				if n > c.fails {
					return false
				}
				if c.status == 0 {
					w.Header().Set("Content-Length", "1000")
					fmt.Fprint(w, `{"data": [`)
					return true
				}
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(c.status)
				fmt.Fprintf(w, "about %q", texts)
				return true
			}
			var waits []time.Duration
			r := remote(t, e, func(c *RemoteConfig) {
				c.Wait = func(_ context.Context, d time.Duration) { waits = append(waits, d) }
			})
			_, err := r.Embed(t.Context(), []string{"private words"})
			if (err == nil) != c.ok || e.asked != c.asked || len(waits) != c.asked-1 {
				t.Errorf("%v, asked %d times, waited %v", err, e.asked, waits)
			}
			if err != nil && (!errors.Is(err, ErrEndpoint) || strings.Contains(err.Error(), "private words") || strings.Contains(err.Error(), "secret-key")) {
				t.Errorf("the error is %v", err)
			}
			if c.status == 429 && waits[0] != 7*time.Second {
				t.Errorf("waited %v", waits)
			}
		})
	}
}

// TestRemoteBadAnswers: an answer that is not one vector for each text, all
// of one length, is refused whole.
func TestRemoteBadAnswers(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"no JSON":           `well`,
		"nothing":           `{}`,
		"too few":           `{"data":[{"index":0,"embedding":[1,2]}]}`,
		"too many":          `{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1,2]},{"index":2,"embedding":[1,2]}]}`,
		"one twice":         `{"data":[{"index":1,"embedding":[1,2]},{"index":1,"embedding":[1,2]}]}`,
		"without index":     `{"data":[{"embedding":[1,2]},{"embedding":[1,2]}]}`,
		"index beyond":      `{"data":[{"index":0,"embedding":[1,2]},{"index":2,"embedding":[1,2]}]}`,
		"negative index":    `{"data":[{"index":0,"embedding":[1,2]},{"index":-1,"embedding":[1,2]}]}`,
		"two lengths":       `{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1,2,3]}]}`,
		"empty vector":      `{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`,
		"not a number":      `{"data":[{"index":0,"embedding":["NaN",2]},{"index":1,"embedding":[1,2]}]}`,
		"beyond all limits": `{"data":[{"index":0,"embedding":[1e300,2]},{"index":1,"embedding":[1,2]}]}`,
		"base64":            `{"data":[{"index":0,"embedding":"AACAPw=="},{"index":1,"embedding":"AACAPw=="}]}`,
	} {
		e := &endpoint{respond: func(_ int, _ []string, w http.ResponseWriter) bool { fmt.Fprint(w, answer); return true }}
		if _, err := remote(t, e).Embed(t.Context(), []string{"a", "b"}); !errors.Is(err, ErrEndpoint) || e.asked != 1 {
			t.Errorf("%s: %v, asked %d times", name, err, e.asked)
		}
	}
	e := new(endpoint)
	r := remote(t, e, func(c *RemoteConfig) { c.Dim = 3 })
	if _, err := r.Embed(t.Context(), []string{"a"}); !errors.Is(err, retrieval.ErrDimension) || e.dims[0] != 3 || r.Name() != "sample@3" {
		t.Errorf("3 numbers asked for, 2 given: %v, %v", err, e.dims)
	}
}

func TestRemoteStops(t *testing.T) {
	t.Parallel()
	free := make(chan struct{})
	e := &endpoint{respond: func(int, []string, http.ResponseWriter) bool { <-free; return false }}
	r := remote(t, e)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := r.Embed(ctx, []string{"a"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	close(free)
}

func TestRemoteConfig(t *testing.T) {
	t.Parallel()
	for _, c := range []RemoteConfig{{}, {Base: "http://localhost:1"}, {Model: "m"}, {Base: "ftp://localhost", Model: "m"},
		{Base: "http://example.org", Model: "m"}, {Base: "https://me:key@example.org", Model: "m"}, {Base: "https://example.org", Model: " "},
		{Base: "https://example.org", Model: "m", Dim: -1}} {
		if _, err := NewRemote(c); !errors.Is(err, ErrConfig) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if r, err := NewRemote(RemoteConfig{Base: "https://example.org/v1/", Model: "m"}); err != nil || r.Home() || r.config.Base != "https://example.org/v1/embeddings" {
		t.Errorf("%v, %v", r, err)
	}
}

// FuzzRemoteAnswer: no answer panics, and what is taken is one unit vector
// for each text.
func FuzzRemoteAnswer(f *testing.F) {
	f.Add([]byte(`{"data":[{"index":1,"embedding":[1,2]},{"index":0,"embedding":[0,0]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &Remote{}
		got, err := r.read(data, 2)
		if err != nil {
			return
		}
		if len(got) != 2 || len(got[0]) != len(got[1]) || len(got[0]) == 0 {
			t.Errorf("%v", got)
		}
	})
}
