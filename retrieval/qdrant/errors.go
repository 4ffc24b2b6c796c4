package qdrant

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Errors that callers tell apart. Each comes with a sentence that says what
// to do.
var (
	// ErrAway: no Qdrant answers at the address.
	ErrAway = errors.New("no Qdrant answers")
	// ErrSlow: it did not answer in time.
	ErrSlow = errors.New("too slow an answer from Qdrant")
	// ErrRefused: it wants another API key.
	ErrRefused = errors.New("the API key is refused by Qdrant")
	// ErrForeign: the collection is no index of this program, or of a
	// version that is not understood here.
	ErrForeign = errors.New("not an index of this program")
	// ErrStale: another version of the program analysed the words.
	ErrStale = errors.New("index was filled by another version of the program")
	// ErrLocked: another writer is at work.
	ErrLocked = errors.New("index is locked by another writer")
	// ErrOld: the server is older than what this package needs.
	ErrOld = errors.New("too old a Qdrant")
)

// explain is what a request's error means to whoever reads it. Of a context
// that is done it is the context's error.
func (x *link) explain(ctx context.Context, op string, limit time.Duration, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("qdrant: %s: %w", op, ctx.Err())
	}
	var why error
	switch s := status.Convert(err); s.Code() {
	case codes.Unavailable:
		why = fmt.Errorf("%w at %s: start it (deploy/compose.yaml runs one), or see whether the address is right and whether it wants TLS (%s)", ErrAway, x.server, s.Message())
	case codes.DeadlineExceeded, codes.Canceled:
		why = fmt.Errorf("%w: %s did not answer within %s: see what else it is doing, and ask again", ErrSlow, x.server, limit)
	case codes.Unauthenticated, codes.PermissionDenied:
		why = fmt.Errorf("%w at %s: give one that may do this, in ADVOCATE_QDRANT_KEY_FILE (%s)", ErrRefused, x.server, s.Message())
	case codes.ResourceExhausted:
		why = fmt.Errorf("%w: %s is at a limit of its own: ask again later, or raise it (%s)", ErrSlow, x.server, s.Message())
	case codes.NotFound:
		why = fmt.Errorf("%w: %s has not, or no more, what the index stands in: if somebody deleted it, start again and copy the documents into it (%s)", errMissing, x.server, s.Message())
	case codes.Unimplemented:
		why = fmt.Errorf("%w: %s does not know a request: run version %s or later (%s)", ErrOld, x.server, oldest, s.Message())
	default:
		why = fmt.Errorf("%s: %s", x.server, s.Message())
	}
	return fmt.Errorf("qdrant: %s: %w", op, why)
}

// errMissing: there is no such collection.
var errMissing = errors.New("no collection")
