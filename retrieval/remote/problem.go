package remote

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"github.com/everycategory/advocate/retrieval"
)

// A problem is an error as it travels. Detail is for a person and holds no
// word of a question.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code,omitempty"`
	Detail string `json:"detail"`
}

func (p *problem) Error() string { return p.Detail }

// Is makes a problem the error of retrieval that its code stands for.
func (p *problem) Is(target error) bool {
	for _, c := range contract {
		if p.Code == c.code {
			return target == c.err
		}
	}
	return false
}

// contract are the errors of retrieval.Index with their codes.
var contract = []struct {
	code   string
	err    error
	status int
}{
	{"no-scope", retrieval.ErrNoScope, http.StatusBadRequest},
	{"dimension", retrieval.ErrDimension, http.StatusUnprocessableEntity},
	{"embedder", retrieval.ErrEmbedder, http.StatusUnprocessableEntity},
	{"read-only", retrieval.ErrReadOnly, http.StatusForbidden},
}

// The codes of refusals before anything was done.
const (
	busyCode    = "busy"    // too many are asking: come back
	versionCode = "version" // the client is of another version
	keyCode     = "key"     // the key is none that is known here
	scopeCode   = "scope"   // the key may not search that scope, or not write
)

// asProblem is what a client is told of an error of the index.
func asProblem(ctx context.Context, err error, writing bool) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	for _, c := range contract {
		if errors.Is(err, c.err) {
			return &problem{c.status, c.code, err.Error()}
		}
	}
	switch {
	case errors.Is(err, retrieval.ErrClosed):
		return &problem{Status: http.StatusServiceUnavailable, Detail: "The index is closed."}
	case ctx.Err() != nil:
		return &problem{Status: http.StatusGatewayTimeout, Detail: "It was not done in the time that was given."}
	case writing: // names the document that is refused, and why
		return &problem{Status: http.StatusUnprocessableEntity, Detail: err.Error()}
	}
	return &problem{Status: http.StatusInternalServerError, Detail: "The index cannot be read."}
}

// write sends p.
func (p *problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	if p.Status == http.StatusTooManyRequests || p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	w.WriteHeader(p.Status)
	if data, err := encode(p); err == nil {
		w.Write(data)
	}
}

// readProblem is the problem that a reply with this status holds, made fit
// to be shown.
func readProblem(status int, body []byte) *problem {
	p, err := decode[problem](body)
	if err != nil {
		return &problem{Status: status, Detail: fmt.Sprintf("it answers with status %d", status)}
	}
	p.Status = status
	p.Detail = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, p.Detail)
	if cut := []rune(p.Detail); len(cut) > mostDetail {
		p.Detail = string(cut[:mostDetail]) + " …"
	}
	return p
}

const mostDetail = 400
