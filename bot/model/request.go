package model

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/prompts"
)

// request is the body that asks for an answer in form f.
func (c *Client) request(p prompts.Prompt, messages []openai.ChatCompletionMessage, f form) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{
		Model:         c.config.Name,
		Messages:      append([]openai.ChatCompletionMessage{}, messages...),
		Stream:        true,
		StreamOptions: &openai.StreamOptions{IncludeUsage: true},
		//lint:ignore SA1019 servers beside OpenAI's own know no other name
		MaxTokens:   c.config.Answer,
		Temperature: math.SmallestNonzeroFloat32, // zero would be left out
	}
	if c.reasons() {
		//lint:ignore SA1019 the same
		r.MaxTokens, r.MaxCompletionTokens, r.Temperature = 0, c.config.Answer, 0
	}
	switch f {
	case bySchema:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: p.Name, Schema: p.Schema, Strict: true}}
	case byObject:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	}
	if f != bySchema {
		r.Messages[0].Content = p.InForm()
	}
	return r
}

// reasons reports whether the model is one of OpenAI's that take neither a
// temperature nor max_tokens; a local model of such a name takes both.
func (c *Client) reasons() bool {
	if c.home {
		return false
	}
	for _, family := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(c.config.Name, family) {
			return true
		}
	}
	return false
}

// Errors that decide what happens next. None holds words of an answer.
var (
	errNotJSON   = errors.New("what it wrote was not of the form asked for")
	errTruncated = errors.New("its answer broke off")
	errLength    = errors.New("its answer grew too long")
	errFiltered  = errors.New("its operator's filter stopped the answer")
	errIdle      = errors.New("it said nothing for too long")
	errReported  = errors.New("it reported an error in the middle of the answer")
	errCut       = errors.New("it read only part of the material: its context is smaller than the settings say")
)

// A statusError is an HTTP status that is not a success.
type statusError struct {
	status int
	after  time.Duration // what Retry-After says
}

func (e *statusError) Error() string {
	switch {
	case e.status == http.StatusUnauthorized || e.status == http.StatusForbidden:
		return fmt.Sprintf("it refused the key (status %d)", e.status)
	case e.status == http.StatusNotFound:
		return "it knows neither the address nor the model (status 404)"
	case e.status == http.StatusTooManyRequests:
		return "it has too much to do (status 429)"
	}
	return fmt.Sprintf("it answered with status %d", e.status)
}

// refused reports whether the form of the request may be why.
func (e *statusError) refused() bool {
	return e.status == http.StatusBadRequest || e.status == http.StatusUnprocessableEntity || e.status == http.StatusNotImplemented
}

// again reports whether trying again may help.
func (e *statusError) again() bool {
	return e.status == http.StatusTooManyRequests || e.status >= 500 && e.status != http.StatusNotImplemented
}

// A beganError is one after the first token: nothing is tried again then.
type beganError struct{ error }

func (e *beganError) Unwrap() error { return e.error }

// An unfitError is why a request was not sent: what it holds, or what it would
// cost. The endpoint has no part in it.
type unfitError struct{ error }

func (e *unfitError) Unwrap() error { return e.error }

// try sends a request, again where its failure may pass and nothing of the
// answer had come.
func (c *Client) try(ctx context.Context, r openai.ChatCompletionRequest, fit func([]byte) error) (text string, err error) {
	body, err := json.Marshal(r)
	if err != nil {
		return "", errors.New("the request cannot be encoded")
	}
	if fit != nil {
		if err := fit(body); err != nil {
			return "", &unfitError{err}
		}
	}
	for n := range tries {
		if text, err = c.once(ctx, body); err == nil {
			return text, nil
		}
		var s *statusError
		var began *beganError
		var unfit *unfitError
		if ctx.Err() != nil || errors.As(err, &began) || errors.As(err, &unfit) || errors.As(err, &s) && !s.again() || n == tries-1 {
			return "", err
		}
		d := c.delay(n)
		if s != nil && s.after > 0 {
			d = s.after
		}
		if deadline, ok := ctx.Deadline(); ok && d > time.Until(deadline) {
			return "", err
		}
		c.config.Wait(ctx.Done(), d)
	}
	return "", err
}

// delay is a growing wait, spread so that many clients do not come back at
// once.
func (c *Client) delay(n int) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.backoff++
	spread := time.Duration(c.backoff*2654435761%1000) * time.Millisecond / 4
	return time.Duration(1<<n)*500*time.Millisecond + spread
}

// once sends body and reads the answer to its end, if the day's money pays for
// the longest answer there may be.
func (c *Client) once(ctx context.Context, body []byte) (string, error) {
	settle, err := c.purse.take(c.config.Now(), c.cost(tokens(string(body)), c.config.Answer))
	if err != nil {
		return "", &unfitError{fmt.Errorf("%w: %w", bot.ErrModel, err)}
	}
	cost := 0.0
	defer func() { settle(cost) }()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.config.endpoint("/chat/completions"), bytes.NewReader(body))
	if err != nil {
		return "", errors.New("the address cannot be asked")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	if c.config.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.config.Key)
		req.Header.Set("Api-Key", c.config.Key) // Azure's name for it
	}
	idle := time.AfterFunc(c.config.Idle, func() { cancel(errIdle) })
	defer idle.Stop()
	res, err := c.config.HTTP.Do(req)
	if err != nil {
		return "", cause(ctx, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		io.CopyN(io.Discard, res.Body, 64<<10) // its words may echo the prompt
		return "", &statusError{res.StatusCode, retryAfter(res.Header, c.config.Now())}
	}
	a, err := read(res, c.config.Bytes, func() { idle.Reset(c.config.Idle) })
	cost = c.cost(or(a.input, tokens(string(body))), or(a.output, tokens(a.text())))
	c.count(a.input, a.output, tokens(string(body)), tokens(a.text()), cost)
	if err == nil && a.input > 0 && 16*a.input+1024 < len(body) {
		err = errCut // no tokeniser gets that much into a token
	}
	if err != nil {
		err = cause(ctx, err)
		if a.content.Len() > 0 {
			err = &beganError{err}
		}
		return "", err
	}
	return a.text(), nil
}

// cause is errIdle where that ended the request.
func cause(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errIdle) {
		return errIdle
	}
	return err
}

// retryAfter reads how long a server asks to wait: seconds, milliseconds in
// a header of its own, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	if ms, err := strconv.Atoi(h.Get("Retry-After-Ms")); err == nil && ms > 0 {
		return time.Duration(ms) * time.Millisecond
	}
	v := h.Get("Retry-After")
	if s, err := strconv.Atoi(v); err == nil && s > 0 {
		return time.Duration(s) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

// plain is what a person is told: nothing of addresses or of what was said.
func plain(ctx context.Context, err error) error {
	var s *statusError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded) && !errors.Is(err, errIdle):
		return fmt.Errorf("it took too long: %w", context.DeadlineExceeded)
	case errors.Is(ctx.Err(), context.Canceled):
		return context.Canceled
	case errors.As(err, &s):
		return s
	}
	for _, known := range []error{errNotJSON, errTruncated, errLength, errFiltered, errIdle, errReported, errCut} {
		if errors.Is(err, known) {
			return known
		}
	}
	return errors.New("it could not be reached")
}
