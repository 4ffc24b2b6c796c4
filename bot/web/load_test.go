package web_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/everycategory/advocate/bot/web"
)

// loadQuestions are what the members of the load tests ask, in turn.
var loadQuestions = []string{
	question, "denied as not medically necessary", "what does RCW 48.43.016 say?", "they say ERISA preempts our law",
	"how long do I have to appeal in Washington?", "is M54.5 still billable?", "does Medicare pay massage therapists?", "who won the world cup",
}

// members sends n questions from 64 members at once and returns how long each
// took.
func members(t testing.TB, base string, n int) []time.Duration {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	defer client.CloseIdleConnections()
	took := make([]time.Duration, n)
	var wg sync.WaitGroup
	for m := range 64 {
		wg.Go(func() {
			for i := m; i < n; i += 64 {
				start := time.Now()
				res, err := client.Post(base+"/v1/ask", "application/json", strings.NewReader(fmt.Sprintf(`{"question":%q}`, loadQuestions[i%len(loadQuestions)])))
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
					t.Errorf("status %d, %v", res.StatusCode, err)
				}
				res.Body.Close()
				took[i] = time.Since(start)
			}
		})
	}
	wg.Wait()
	slices.Sort(took)
	return took
}

// TestLoad has 64 members ask at once and prints how that compares, in one
// run, with a bare chi handler that returns the same bytes.
func TestLoad(t *testing.T) {
	_, h := serve(t, func(c *web.Config) { c.Assistant.Receipts, c.AtOnce, c.Wait = nil, 64, time.Minute })
	var bodies [][]byte
	for _, q := range loadQuestions {
		res, err := http.Post(h.URL+"/v1/ask", "application/json", strings.NewReader(fmt.Sprintf(`{"question":%q}`, q)))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		bodies = append(bodies, body)
	}
	r := chi.NewRouter()
	r.Post("/v1/ask", func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(r.Body)
		i := slices.IndexFunc(loadQuestions, func(q string) bool { return bytes.Contains(sent, fmt.Appendf(nil, "%q", q)) })
		w.Header().Set("Content-Type", "application/json")
		w.Write(bodies[max(i, 0)])
	})
	bare := httptest.NewServer(r)
	t.Cleanup(bare.Close)
	for _, x := range []struct{ name, base string }{{"serve", h.URL}, {"bare chi handler", bare.URL}} {
		n := 640 * loadScale
		start := time.Now()
		took := members(t, x.base, n)
		all := time.Since(start)
		t.Logf("%-17s 64 members, %d questions: p50 %v, p99 %v, %.0f a second", x.name, n, took[n/2].Round(time.Microsecond), took[n*99/100].Round(time.Microsecond), float64(n)/all.Seconds())
	}
}

// TestMemoryIsFlat sends many requests to every kind of address (a million
// with -tags trust) and compares the memory in use after a tenth of them with
// that after all.
func TestMemoryIsFlat(t *testing.T) {
	s, _ := serve(t, func(c *web.Config) { c.Assistant.Receipts = nil })
	send := func(n int) {
		var wg sync.WaitGroup
		for m := range 4 {
			wg.Go(func() {
				for i := m; i < n; i += 4 {
					var r *http.Request
					switch i % 20 {
					case 0:
						r = httptest.NewRequest(http.MethodPost, "/v1/ask", strings.NewReader(fmt.Sprintf(`{"question":%q}`, loadQuestions[i/20%len(loadQuestions)])))
						r.Header.Set("Content-Type", "application/json")
					case 1:
						r = httptest.NewRequest(http.MethodGet, "/library/rcw-48.43.045", nil)
					case 2:
						r = httptest.NewRequest(http.MethodPost, "/v1/ask", strings.NewReader("{"))
					default:
						r = httptest.NewRequest(http.MethodGet, []string{"/live", "/v1/sources/miller", fmt.Sprint("/nothing/", i), "/static/style.css"}[i%4], nil)
					}
					r.Host = "localhost"
					s.ServeHTTP(httptest.NewRecorder(), r)
				}
			})
		}
		wg.Wait()
	}
	inUse := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	total := 10_000 * loadScale
	send(total / 10)
	before := inUse()
	send(total)
	after := inUse()
	t.Logf("%d requests: %.1f MB in use before, %.1f MB after", total, float64(before)/1e6, float64(after)/1e6)
	if float64(after) > 1.05*float64(before)+1e6 {
		t.Errorf("memory grew from %d to %d bytes", before, after)
	}
}
