package bot

import (
	"context"
	"errors"

	"github.com/everycategory/advocate/prompts"
)

// A Model puts checked material into words. It is trusted with nothing: what
// it answers is text to be checked. Implementations are safe for concurrent
// use and return by the time ctx is done or their own budget is spent.
type Model interface {
	// Name is how answers say which model took part.
	Name() string
	// Home reports whether what the model is sent stays on this machine.
	Home() bool
	// Complete sends p and returns the model's answer, JSON of p.Schema's
	// form as far as the model kept to it. It gives p.Fit the exact bytes of
	// each request before it sends them, and sends none that are refused. An
	// error says in plain words what happened and holds nothing of the prompt
	// or the answer; it matches ErrModel.
	Complete(ctx context.Context, p prompts.Prompt) ([]byte, error)
}

// ErrModel is matched by every error of a Model: the composer answers then.
var ErrModel = errors.New("the language model did not answer")
