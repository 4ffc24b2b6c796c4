package model_test

import (
	"errors"
	"math"
	"net/http"
	"testing"

	"github.com/everycategory/advocate/bot/model"
)

// TestUsed: tokens are those the endpoint counts, else an estimate, and the
// cost is theirs at the prices set.
func TestUsed(t *testing.T) {
	t.Parallel()
	counted := "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":400,\"completion_tokens\":30}}\n\n"
	for _, usage := range []string{counted, ""} {
		e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) { stream(w, event(`{"a":1}`, "stop"), usage, done) })
		c := e.client(t, func(c *model.Config) { c.Input, c.Output = 2, 10 })
		for range 2 {
			if _, err := c.Complete(t.Context(), prompt); err != nil {
				t.Fatal(err)
			}
		}
		u := c.Used()
		if u.Replies != 2 || u.Input <= 0 || u.Output <= 0 || math.Abs(u.Cost-float64(2*u.Input+10*u.Output)/1e6) > 1e-12 {
			t.Errorf("used %+v", u)
		}
		if usage == counted && (u.Input != 800 || u.Output != 60 || u.Estimated != 0) || usage == "" && u.Estimated != 2 {
			t.Errorf("counted %q: used %+v", usage, u)
		}
	}
}

// TestUnsent: what is not sent for want of room can be told from a failure.
func TestUnsent(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, func(_ int, w http.ResponseWriter, _ *http.Request) { stream(w, event("{}", "stop"), done) })
	c := e.client(t, func(c *model.Config) { c.Context, c.Answer = 20, 10 })
	if _, err := c.Complete(t.Context(), prompt); !errors.Is(err, model.ErrUnsent) {
		t.Errorf("too large: %v", err)
	}
	if u := c.Used(); u != (model.Used{}) {
		t.Errorf("used %+v", u)
	}
}
