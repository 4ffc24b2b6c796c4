package model_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model"
)

// TestDayIsShared: processes that share a folder share the day's budget; what
// an endpoint refused costs nothing, and a file that cannot be read stops all.
func TestDayIsShared(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "spent")
	var now atomic.Int64
	broken := atomic.Bool{}
	e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		if broken.Load() {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		stream(w, event(`{"a":1}`, "stop"), `data: {"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":500}}`+"\n\n", done)
	})
	process := func() *model.Client {
		return e.client(t, func(c *model.Config) {
			c.Now = func() time.Time { return time.Unix(1_800_000_000+now.Load(), 0) }
			c.Answer, c.Input, c.Output, c.Day, c.Spent = 600, 1000, 2000, 4, dir // 2 a request
		})
	}
	ask := func() error {
		_, err := process().Complete(t.Context(), prompt)
		return err
	}
	broken.Store(true)
	for range 3 {
		if err := ask(); err == nil || strings.Contains(err.Error(), "budget") {
			t.Errorf("refused by the endpoint: %v", err)
		}
	}
	broken.Store(false)
	for i, want := range []bool{true, true, false} {
		if err := ask(); (err == nil) != want || err != nil && (!errors.Is(err, bot.ErrModel) || !strings.Contains(err.Error(), "4.00 of 4.00")) {
			t.Errorf("request %d: %v", i+1, err)
		}
	}
	now.Add(24 * 3600)
	if err := ask(); err != nil {
		t.Errorf("the next day: %v", err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(files) != 1 {
		t.Fatalf("%d files are kept, want the day's: %v", len(files), files)
	}
	if err := os.WriteFile(files[0], []byte("two dollars\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := ask(); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a broken record: %v", err)
	}
}

// TestFit: the exact bytes of every request are shown before they are sent,
// the repair's too, and what is refused is not sent.
func TestFit(t *testing.T) {
	t.Parallel()
	var sent []string
	e := newEndpoint(t, func(int, http.ResponseWriter, *http.Request) {})
	e.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent = append(sent, string(body))
		stream(w, event("prose about "+canary, "stop"), done)
	})
	var shown []string
	refuse := ""
	p := prompt
	p.Fit = func(body []byte) error {
		shown = append(shown, string(body))
		if refuse != "" && strings.Contains(string(body), refuse) {
			return fmt.Errorf("%w: it was kept here", bot.ErrModel)
		}
		return nil
	}
	if _, err := e.client(t).Complete(t.Context(), p); err == nil || len(sent) != 2 || len(shown) != 2 || sent[0] != shown[0] || sent[1] != shown[1] {
		t.Errorf("%v; %d were sent, %d shown", err, len(sent), len(shown))
	}
	sent, refuse = nil, "prose about" // what the endpoint made up, in the repair
	if _, err := e.client(t).Complete(t.Context(), p); err == nil || len(sent) != 1 || err.Error() != bot.ErrModel.Error()+": it was kept here" {
		t.Errorf("%v; %d were sent", err, len(sent))
	}
	sent, refuse = nil, "the rules"
	for range 5 { // it is no failure of the endpoint
		if _, err := e.client(t).Complete(t.Context(), p); err == nil || len(sent) != 0 || strings.Contains(err.Error(), "in a row") {
			t.Errorf("%v; %d were sent", err, len(sent))
		}
	}
}

// TestBytes: no more of an answer is read than the settings say.
func TestBytes(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		stream(w, event(strings.Repeat(" ", 3000)+`{"a":1}`, "stop"), done)
	})
	if _, err := e.client(t).Complete(t.Context(), prompt); err != nil {
		t.Error(err)
	}
	if _, err := e.client(t, func(c *model.Config) { c.Bytes = 2000 }).Complete(t.Context(), prompt); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("%v, want an answer that is too long", err)
	}
}
