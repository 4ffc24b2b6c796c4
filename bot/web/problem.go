package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
)

// A problem is an error as RFC 9457 writes it. Detail is for a person: what
// happened, and what to do; never a word of what was asked.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	ID     string `json:"request_id,omitempty"`
}

func (p problem) Error() string { return p.Detail }

func (p problem) write(w http.ResponseWriter) {
	p.Type, p.Title = "about:blank", http.StatusText(p.Status)
	p.ID = w.Header().Get(requestID)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	encode(w, p)
}

// encode writes v as JSON, without escaping for HTML. A client that has gone
// is nobody to tell.
func encode(w http.ResponseWriter, v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) == nil {
		w.Write(b.Bytes())
	}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encode(w, v)
}

// asProblem is what a person is told of an error of the assistant.
func asProblem(err error) problem {
	var p problem
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, coverage.ErrFact):
		return problem{Status: http.StatusUnprocessableEntity, Detail: "A state, a plan type or a fact is none that this program knows. " + sayKnown}
	case errors.Is(err, bot.ErrDay):
		return problem{Status: http.StatusUnprocessableEntity, Detail: "The day cannot be read: want YYYY-MM-DD."}
	case errors.Is(err, bot.ErrUnreadable):
		return problem{Status: http.StatusUnprocessableEntity, Detail: "That is not text that can be read here, or it is too long. Send plain words in UTF-8."}
	case errors.Is(err, bot.ErrNoReceipt):
		return problem{Status: http.StatusNotFound, Detail: "There is no such receipt on this server."}
	case errors.Is(err, bot.ErrAltered):
		return problem{Status: http.StatusConflict, Detail: "That receipt was altered, or sealed with another key."}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return problem{Status: http.StatusServiceUnavailable, Detail: "That took too long and was given up. Ask again."}
	}
	return problem{Status: http.StatusInternalServerError, Detail: "The library cannot be read right now. Ask again, and tell whoever runs this the request id."}
}

const sayKnown = "Plans: fully-insured, self-funded, public, medicare, medicaid, workers-comp, auto, va, unknown. States: two letters. Facts: as /v1/openapi.json lists them."

func timeout(r *http.Request, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(r.Context(), d)
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	problem{Status: http.StatusNotFound, Detail: "There is nothing at this address. The page is at /, the API at /v1 and its description at /v1/openapi.json."}.write(w)
}

func (s *Server) methodNotAllowed(w http.ResponseWriter, r *http.Request) {
	problem{Status: http.StatusMethodNotAllowed, Detail: "This address takes another method: questions are posted, pages and sources are got."}.write(w)
}
