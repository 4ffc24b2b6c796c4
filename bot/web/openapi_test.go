package web_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
)

// examples of names are those of the answer value.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s, h := serve(t)
	_, text := get(t, h, "/v1/openapi.json", nil)
	var doc struct {
		Paths      map[string]map[string]any
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	for _, route := range web.Routes(s) {
		if _, ok := doc.Paths[route]; !ok && strings.HasPrefix(route, "/v1/") {
			t.Errorf("%s is not described", route)
		}
	}
	ans, err := s.Assistant.Ask(t.Context(), bot.Request{Text: question})
	letter, err2 := s.Assistant.Rebut(t.Context(), bot.RebutRequest{Request: bot.Request{Text: sampleDenied}})
	speech, err3 := s.Assistant.Testify(t.Context(), bot.TestifyRequest{State: "OR", Position: "support", Minutes: 2})
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	for schema, value := range map[string]any{"Answer": ans, "Rebuttal": letter, "Testimony": speech} {
		data, _ := json.Marshal(value)
		var fields map[string]any
		json.Unmarshal(data, &fields)
		for name := range fields {
			if doc.Components.Schemas[schema].Properties[name] == nil {
				t.Errorf("%s.%s is not described", schema, name)
			}
		}
	}
}

// FuzzBodies sends any body to every call: the status is one of those that
// are described, and a problem holds a sentence.
func FuzzBodies(f *testing.F) {
	s, err := web.New(web.Config{Assistant: assistant(f), Notes: true, Exports: jsonFiles{}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("/v1/ask", "application/json", `{"question":"can they refuse me?"}`)
	f.Add("/v1/search", "application/json", `{"query":"a","count":3}`)
	f.Add("/v1/check", "application/json; charset=x", `{"text":"RCW 48.43.045"}`)
	f.Add("/ask", "application/x-www-form-urlencoded", "question=a&fact=plan=va")
	f.Add("/v1/rewrite", "application/json", `{"text":"Pt Jane Doe, neck 4/10","restore":true,"on":"2026-11-20"}`)
	f.Add("/rewrite", "application/x-www-form-urlencoded", "text=neck+4/10&show=names&signed=1")
	f.Add("/v1/rebut", "application/json", `{"text":"not medically necessary (CO-50)","plan":"fully-insured","state":"WA","facts":{"writer":"enrollee"},"received":"2026-06-12"}`)
	f.Add("/rebut", "application/x-www-form-urlencoded", "text=CO-50&writer=provider&fact=plan=va&show=names")
	f.Add("/v1/testify", "application/json", `{"state":"OR","position":"support","minutes":2.5,"about":"covers massage"}`)
	f.Add("/testify", "application/x-www-form-urlencoded", "state=WA&position=oppose&minutes=1&story=a")
	f.Add("/document", "application/x-www-form-urlencoded", "document=e30=&seal=x&format=docx&blank0=a")
	f.Fuzz(func(t *testing.T, path, kind, body string) {
		if !slices.Contains([]string{"/v1/rewrite", "/rewrite", "/v1/ask", "/v1/search", "/v1/check", "/ask", "/v1/rebut", "/rebut", "/v1/testify", "/testify", "/document"}, path) {
			return
		}
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Host = "localhost"
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != 200 && (w.Code < 400 || w.Code >= 500) {
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
	})
}
