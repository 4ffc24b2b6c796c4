package model

import "errors"

// Used is what a Client used of its endpoint: the answers that came, whole or
// not, those that were tried again or sent back to be mended among them.
type Used struct {
	Replies       int     // streams that began
	Input, Output int     // tokens
	Estimated     int     // replies whose tokens the endpoint did not count: a high estimate
	Cost          float64 // at Config.Input and Config.Output
}

// Used is what the client used until now.
func (c *Client) Used() Used {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used
}

// count notes a reply: the tokens the endpoint counted, or 0, and estimates of
// them.
func (c *Client) count(input, output, highInput, highOutput int, cost float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if input > 0 {
		c.counts = true
	}
	c.used.Replies++
	if input == 0 || output == 0 {
		c.used.Estimated++
	}
	c.used.Input += or(input, highInput)
	c.used.Output += or(output, highOutput)
	c.used.Cost += cost
}

// ErrUnsent is matched where a request was not sent: it did not fit, the day's
// money does not pay for it, or the endpoint is left alone for a while after
// failures.
var ErrUnsent = errors.New("nothing was sent")

// An unsentError is an error that matches ErrUnsent too.
type unsentError struct{ error }

func (e *unsentError) Unwrap() error        { return e.error }
func (e *unsentError) Is(target error) bool { return target == ErrUnsent }
