package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/prompts"
)

// TestRewriteEverywhere: the API and the page give the assistant's own value.
func TestRewriteEverywhere(t *testing.T) {
	t.Parallel()
	s, h := serve(t)
	c := &web.Client{Base: h.URL}
	for _, in := range []web.Rewrite{
		{Text: sampleChart},
		{Text: sampleChart, Restore: true},
		{Text: sampleChart, State: "WA", On: "2026-11-20", Signed: true, Previous: sampleChart},
		{Text: "relaxing swedish 60 min, felt great <b>&"},
	} {
		own, err := s.Assistant.Rewrite(t.Context(), bot.RewriteRequest{Text: in.Text, Restore: in.Restore, State: in.State, On: "", Signed: in.Signed, Previous: in.Previous})
		if in.On != "" {
			own, err = s.Assistant.Rewrite(t.Context(), bot.RewriteRequest{Text: in.Text, State: in.State, On: "2026-11-20", Signed: true, Previous: in.Previous})
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Rewrite(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		own.ID, got.ID = "", ""
		a, _ := json.Marshal(own)
		b, _ := json.Marshal(got)
		if !bytes.Equal(a, b) {
			t.Errorf("the API gave\n%s\nthe assistant\n%s", b, a)
		}
		page := postNote(t, h.URL, in)
		want := []string{own.Text}
		for _, m := range own.Missing {
			want = append(want, m.Ask)
		}
		for _, k := range own.Checks {
			want = append(want, k.Finding)
		}
		want = append(append(want, own.Warnings...), in.Text)
		for _, w := range want {
			if !strings.Contains(html.UnescapeString(page), w) {
				t.Errorf("the page lacks %q", w)
			}
		}
		if strings.Contains(page, "<b>&") {
			t.Error("the page holds the note's mark-up")
		}
	}
}

func postNote(t *testing.T, base string, in web.Rewrite) string {
	t.Helper()
	form := url.Values{"text": {in.Text}, "previous": {in.Previous}, "state": {in.State}, "on": {in.On}}
	for name, on := range map[string]bool{"signed": in.Signed, "restore": in.Restore} {
		if on {
			form.Set(name, "1")
		}
	}
	res, err := http.PostForm(base+"/rewrite", form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, _ := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, cache %q", res.StatusCode, res.Header.Get("Cache-Control"))
	}
	return string(page)
}

// TestNotesAreRefused: where notes are not taken, none is read and the reason
// is said kindly; nothing leads there.
func TestNotesAreRefused(t *testing.T) {
	t.Parallel()
	_, h := serve(t, func(c *web.Config) { c.Notes = false })
	for _, call := range []func() (*http.Response, error){
		func() (*http.Response, error) { return http.Get(h.URL + "/rewrite") },
		func() (*http.Response, error) {
			return http.PostForm(h.URL+"/rewrite", url.Values{"text": {sampleChart}})
		},
		func() (*http.Response, error) {
			return http.Post(h.URL+"/v1/rewrite", "application/json", strings.NewReader(`{"text":"Pt Jane Doe"}`))
		},
	} {
		res, err := call()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusForbidden || !strings.Contains(string(text), "phi-agreements") || strings.Contains(string(text), "Doe") {
			t.Errorf("status %d: %.300s", res.StatusCode, text)
		}
	}
	if _, page := get(t, h, "/", nil); strings.Contains(page, `href="/rewrite"`) {
		t.Error("the page leads to where notes are refused")
	}
	_, h = serve(t)
	if _, page := get(t, h, "/", nil); !strings.Contains(page, `href="/rewrite"`) {
		t.Error("the page does not lead to the notes' form")
	}
}

// TestBadNotes: whatever is sent, the answer is a problem with a sentence, and
// no word of what was sent.
func TestBadNotes(t *testing.T) {
	t.Parallel()
	var log syncBuffer
	_, h := serve(t, func(c *web.Config) { c.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	const canary = "zebulon-quackenbush"
	for name, tt := range map[string]struct {
		body string
		want int
	}{
		"no JSON":           {canary, 400},
		"empty":             {`{"text":""}`, 422},
		"blank":             {`{"text":" \n\t"}`, 422},
		"no text":           {`{}`, 422},
		"control":           {`{"text":"a\u0000` + canary + `"}`, 422},
		"too long":          {`{"text":"` + strings.Repeat(canary+" ", 4000) + `"}`, 422},
		"earlier too long":  {`{"text":"neck sore","previous":"` + strings.Repeat(canary+" ", 4000) + `"}`, 422},
		"an unknown state":  {`{"text":"neck sore","state":"` + canary + `"}`, 422},
		"no day":            {`{"text":"neck sore","on":"` + canary + `"}`, 422},
		"a number":          {`{"text":7}`, 422},
		"a text for a flag": {`{"text":"neck","restore":"` + canary + `"}`, 422},
		"an unknown field":  {`{"text":"neck","` + canary + `":1}`, 422},
		"beyond the body":   {`{"text":"` + strings.Repeat("a", 3<<20) + `"}`, 413},
	} {
		res, err := http.Post(h.URL+"/v1/rewrite", "application/json", strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		res.Body.Close()
		var p struct{ Detail string }
		if res.StatusCode != tt.want || json.Unmarshal(text, &p) != nil || !strings.HasSuffix(p.Detail, ".") || strings.Contains(string(text), "zebulon") {
			t.Errorf("%s: status %d, want %d: %.300s", name, res.StatusCode, tt.want, text)
		}
		if strings.Contains(name, "long") && !strings.Contains(p.Detail, "64 kB") {
			t.Errorf("%s: the limit is not said: %s", name, p.Detail)
		}
	}
	for name, form := range map[string]url.Values{"empty": {}, "long": {"text": {strings.Repeat("a ", 40_000)}}, "state": {"text": {"neck"}, "state": {canary}}} {
		res, err := http.PostForm(h.URL+"/rewrite", form)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != 422 || !strings.Contains(string(text), `role="alert"`) || !strings.Contains(string(text), `id="note"`) {
			t.Errorf("form, %s: status %d: %.200s", name, res.StatusCode, text)
		}
	}
	if strings.Contains(log.String(), "zebulon") {
		t.Errorf("the log holds what was sent:\n%s", log.String())
	}
}

// A brittle model panics with what it was sent.
type brittle struct{}

func (brittle) Name() string { return "brittle" }
func (brittle) Home() bool   { return true }
func (brittle) Complete(_ context.Context, p prompts.Prompt) ([]byte, error) {
	panic("it broke at " + p.User)
}

// TestNoNoteIsLogged sends notes through every door, also to a model that
// panics with them: no word of one is in the log, in a header or in what is
// said of the failure.
func TestNoNoteIsLogged(t *testing.T) {
	t.Parallel()
	const canary = "Zebulon Quackenbush quivering plimsoll"
	set, err := prompts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, model := range []bot.Model{nil, brittle{}} {
		var log syncBuffer
		_, h := serve(t, func(c *web.Config) {
			c.Log = slog.New(slog.NewJSONHandler(&log, nil))
			c.Assistant.Model, c.Assistant.Prompts = model, set
		})
		note := "Pt " + canary + " 83/97, neck sore 4/10. Massage 30 min."
		for _, send := range []func() (*http.Response, error){
			func() (*http.Response, error) {
				return http.PostForm(h.URL+"/rewrite", url.Values{"text": {note}, "previous": {note}, "restore": {"1"}})
			},
			func() (*http.Response, error) {
				return http.Post(h.URL+"/v1/rewrite", "application/json", strings.NewReader(`{"text":"`+note+`"}`))
			},
		} {
			res, err := send()
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(res.Body)
			res.Body.Close()
			if want := map[bool]int{true: 200, false: 500}[model == nil]; res.StatusCode != want {
				t.Errorf("status %d, want %d", res.StatusCode, want)
			}
			if model != nil && strings.Contains(string(text), "quivering") {
				t.Errorf("what is said of the failure holds the note: %s", text)
			}
			if res.Header.Get("Cache-Control") != "no-store" || strings.Contains(fmt.Sprint(res.Header), "quivering") {
				t.Errorf("headers %v", res.Header)
			}
		}
		for _, word := range []string{"Zebulon", "Quackenbush", "quivering", "plimsoll", "83/97", "sore"} {
			if strings.Contains(log.String(), word) {
				t.Errorf("the log holds %q:\n%s", word, log.String())
			}
		}
		if strings.Count(log.String(), "\n") < 2 {
			t.Errorf("nothing is logged: %s", log.String())
		}
	}
}

// TestLongNotes: the longest notes are laid out in bounded time, whatever they
// are made of.
func TestLongNotes(t *testing.T) {
	t.Parallel()
	_, h := serve(t)
	var unknown, short, names strings.Builder
	for i := 0; unknown.Len() < 5_000; i++ {
		fmt.Fprintf(&unknown, "Zorb%x ", i*2654435761%1_000_003)
		fmt.Fprintf(&short, "c/o lt pn %d/10. ", i%10)
		fmt.Fprintf(&names, "Pt Jane Doe%s. ", strings.Repeat("e", i%7))
	}
	for name, note := range map[string]string{"unknown words": unknown.String(), "short sentences": short.String()[:5_000], "names": names.String()[:5_000], "one word": strings.Repeat("a", 60_000), "lines": strings.Repeat("\n", 30_000) + "neck", "tokens": strings.Repeat("lt ", 1_500)} {
		start := time.Now()
		postNote(t, h.URL, web.Rewrite{Text: note, Restore: true})
		took := time.Since(start)
		t.Logf("%s: %d kB in %v", name, len(note)>>10, took)
		if took > time.Minute { // with the race detector, on a busy machine
			t.Errorf("%s takes %v", name, took)
		}
	}
}
