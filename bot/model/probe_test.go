package model_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/prompts"
)

// words are what a probe has at the ends of its material, as far as a model
// that reads so many bytes sees them.
func words(body map[string]any, reads int) string {
	messages := body["messages"].([]any)
	text := messages[len(messages)-1].(map[string]any)["content"].(string)
	text = text[max(0, len(text)-reads):]
	find := func(which string) string {
		if m := regexp.MustCompile("The " + which + " word is: (\\w+)").FindStringSubmatch(text); m != nil {
			return m[1]
		}
		return "nothing"
	}
	return `{"first":"` + find("first") + `","last":"` + find("last") + `"}`
}

// TestProbe: doctor's questions find out what an endpoint takes and how much
// of what it is sent it reads.
func TestProbe(t *testing.T) {
	t.Parallel()
	set, err := prompts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		reads  int
		takes  string // forms of the answer, the others are refused
		usage  string
		form   string
		whole  bool
		counts bool
	}{
		"all of it":          {1 << 20, "json_schema json_object", `data: {"choices":[],"usage":{"prompt_tokens":6000,"completion_tokens":9}}` + "\n\n", "by JSON schema", true, true},
		"no schema":          {1 << 20, "json_object", "", "as a JSON object", true, false},
		"words alone":        {1 << 20, "", "", "by words alone", true, false},
		"a cut context":      {4096, "json_schema", "", "by JSON schema", false, false},
		"a cut context, too": {300, "json_schema", "", "by JSON schema", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var e *endpoint
			e = newEndpoint(t, func(n int, w http.ResponseWriter, _ *http.Request) {
				e.mu.Lock()
				body := e.bodies[n-1]
				e.mu.Unlock()
				if f, ok := body["response_format"].(map[string]any); ok && !strings.Contains(c.takes, f["type"].(string)) {
					http.Error(w, "no such form", http.StatusBadRequest)
					return
				}
				stream(w, event(words(body, c.reads), "stop"), c.usage, done)
			})
			a, err := e.client(t).Probe(t.Context(), set)
			if err != nil || a.Form != c.form || a.Whole != c.whole || a.Counts != c.counts || a.Read != 8192-2048 {
				t.Errorf("%+v, %v; want %+v", a, err, c)
			}
		})
	}
}

// TestModels: an endpoint's list of models is read within bounds, and a broken
// one is none.
func TestModels(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]string{
		`{"data":[{"id":"a"},{"id":"b"},{"id":"c"}]}`:                               {"a", "b"},
		`{"data":[{"id":""},{"id":"` + strings.Repeat("x", 200) + `"},{"id":"c"}]}`: {"c"},
		`{"data":{}}`: nil, `<html>`: nil, ``: nil,
	} {
		m := modelAt(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v1/models" || r.Header.Get("Authorization") != "Bearer secret-key" {
				http.NotFound(w, r)
				return
			}
			w.Write([]byte(body))
		})
		if got := m.Models(t.Context(), 2); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func modelAt(t *testing.T, serve http.HandlerFunc) *model.Client {
	t.Helper()
	e := newEndpoint(t, nil)
	e.Config.Handler = serve
	return e.client(t)
}
