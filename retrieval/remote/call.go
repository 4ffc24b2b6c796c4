package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// Errors that callers tell apart.
var (
	// ErrUnavailable: no replica answered.
	ErrUnavailable = errors.New("no replica of the retrieval service answers")
	// ErrUnsure: nobody knows whether a write was done. To do it again does
	// no harm.
	ErrUnsure = errors.New("it is not known whether this was written; it can be done again")
)

// A call is one call of the service.
type call struct {
	name, route string
	in          any
	write       bool
	long        bool // it moves many words
	// take reads a reply; its error is the replica's failure.
	take func(body []byte, revision string) error
}

// maxProblem is the most bytes of a reply that refuses.
const maxProblem = 64 << 10

// longer is how much longer a call that is long may take.
const longer = 12

// do sends c to one replica after another until one answers it.
func (x *Index) do(ctx context.Context, c call) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case x.closed.Load():
		return fmt.Errorf("remote: %s: %w", c.name, retrieval.ErrClosed)
	}
	body, err := encode(c.in)
	if err != nil {
		return fmt.Errorf("remote: %s: it cannot be sent: %w", c.name, err)
	}
	total := x.config.Total
	if c.long {
		total *= longer
	}
	within, cancel := context.WithTimeout(ctx, total)
	defer cancel()
	why := map[*replica]string{}
	for round := range x.config.Rounds {
		if round > 0 && !pause(within, round) {
			break
		}
		for _, r := range x.order() {
			err := x.try(within, r, c, body)
			switch {
			case err == nil:
				return nil
			case ctx.Err() != nil && !(c.write && !certain(err)):
				return ctx.Err()
			case !elsewhere(err, c.write):
				return fmt.Errorf("remote: %s: %w", c.name, err)
			case x.config.Once:
				return fmt.Errorf("remote: %s: %w: %w", c.name, ErrUnavailable, err)
			}
			why[r] = blame(r, err)
			if within.Err() != nil {
				break
			}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("remote: %s: %w: %s", c.name, ErrUnavailable, x.reasons(why))
}

// blame is why r did not answer.
func blame(r *replica, err error) string {
	var f *fault
	if errors.As(err, &f) {
		return f.Error()
	}
	return r.base + ": " + err.Error()
}

// reasons says of each replica why it did not answer.
func (x *Index) reasons(why map[*replica]string) string {
	var out []string
	for _, r := range x.replicas {
		if w := why[r]; w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, "; ")
}

// pause waits before the replicas are gone through once more.
func pause(ctx context.Context, round int) bool {
	t := time.NewTimer(time.Duration(round) * 100 * time.Millisecond)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// A fault is a replica's: it did not answer, or not as it should.
type fault struct {
	who, what string
	unsent    bool // the request never left
}

func (f *fault) Error() string { return f.who + " " + f.what }

// try sends c to r.
func (x *Index) try(ctx context.Context, r *replica, c call, body []byte) error {
	wait := x.config.Try
	if c.long {
		wait *= longer
	}
	if at, ok := ctx.Deadline(); ok && len(x.replicas) > 1 { // leave time for another
		wait = min(wait, max(time.Until(at)/2, 10*time.Millisecond))
	}
	trying, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	err := x.send(trying, r, c, body)
	var f *fault
	switch {
	case errors.As(err, &f) && ctx.Err() != nil: // the caller's time is over: that says nothing of r
	case errors.As(err, &f):
		r.failed(x.config.Now().Add(x.config.Rest), f.Error())
	case err == nil:
		r.answered()
	}
	return err
}

func (x *Index) send(ctx context.Context, r *replica, c call, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.base+c.route, bytes.NewReader(body))
	if err != nil {
		return &fault{r.base, "cannot be asked", true}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(versionHeader, x.config.Version.String())
	if at, ok := ctx.Deadline(); ok {
		req.Header.Set(timeoutHeader, strconv.FormatInt(max(1, time.Until(at).Milliseconds()), 10))
	}
	if x.config.Key != "" {
		req.Header.Set("Authorization", "Bearer "+x.config.Key)
	}
	res, err := x.config.HTTP.Do(req)
	if err != nil {
		return &fault{r.base, "cannot be reached: " + cause(ctx, err), unsent(err)}
	}
	defer res.Body.Close()
	most := x.config.MaxReply
	if res.StatusCode != http.StatusOK {
		most = maxProblem
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, most+1))
	switch {
	case err != nil:
		return &fault{r.base, "broke off its reply: " + cause(ctx, err), false}
	case int64(len(data)) > most:
		return &fault{r.base, "sent more than a reply can have", false}
	case res.StatusCode != http.StatusOK:
		return refusal(x.config.Version, r.base, res, data)
	}
	if says := x.config.Version.differs(r.base, res.Header.Get(versionHeader)); says != "" {
		return &fault{says, "(its reply is not used)", false}
	}
	if err := c.take(data, res.Header.Get(revisionHeader)); err != nil {
		return &fault{r.base, "sent a reply that cannot be used: " + err.Error(), false}
	}
	return nil
}

// refusal is the error of a reply that is none: a *problem where the service
// refused what was asked, a *fault where the replica is not as it should be.
func refusal(v Version, who string, res *http.Response, data []byte) error {
	p := readProblem(res.StatusCode, data)
	switch {
	case p.Code == versionCode:
		if says := v.differs(who, res.Header.Get(versionHeader)); says != "" {
			return &fault{says, "(it refuses to answer)", true}
		}
		return &fault{who, "refuses this version", true}
	case p.Code == busyCode:
		return p
	case p.Status == http.StatusUnauthorized:
		return &fault{who, "does not take the key: " + p.Detail, true}
	case p.Status >= 300 && p.Status < 400:
		return &fault{who, "sends elsewhere, which is not followed: give the address itself", true}
	case p.Status == http.StatusNotFound, p.Status == http.StatusMethodNotAllowed, p.Status == http.StatusMisdirectedRequest:
		return &fault{who, "is no retrieval service, or not under this name: " + p.Detail, true}
	case p.Status >= 500:
		return &fault{who, fmt.Sprintf("failed (status %d): %s", p.Status, p.Detail), false}
	}
	return p
}

// elsewhere reports whether another replica may be asked after err.
func elsewhere(err error, write bool) bool {
	var p *problem
	if errors.As(err, &p) {
		return p.Code == busyCode
	}
	return !write || certain(err)
}

// certain reports whether nothing can have been done where err came from.
func certain(err error) bool {
	var f *fault
	return !errors.As(err, &f) || f.unsent
}

// unsent reports whether no connection was made.
func unsent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// cause is why an exchange failed, without its address, which is named
// already.
func cause(ctx context.Context, err error) string {
	var u *url.Error
	var op *net.OpError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "it took too long"
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	case errors.As(err, &u):
		return u.Err.Error()
	}
	return err.Error()
}
