package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/prompts"
)

// A Client is a bot.Model. It is safe for concurrent use.
type Client struct {
	config Config
	home   bool
	purse  purse

	mu      sync.Mutex
	form    form      // the best the endpoint was seen to take
	counts  bool      // it was seen to say how many tokens it read
	failed  int       // completions that failed in a row
	rest    time.Time // until then nothing is asked
	backoff uint      // tries waited for, so far: spreads the waits
	used    Used
}

var _ bot.Model = (*Client)(nil)

// New returns a client; it asks nothing of the endpoint yet.
func New(c Config) (*Client, error) {
	if err := c.settle(); err != nil {
		return nil, err
	}
	u, err := url.Parse(c.Base)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrConfig, c.Base)
	}
	return &Client{config: c, home: loopback(u.Hostname()), purse: purse{dir: c.Spent, limit: c.Day}}, nil
}

// Name implements bot.Model.
func (c *Client) Name() string { return c.config.Name }

// Home implements bot.Model: it reports whether the endpoint is on loopback.
func (c *Client) Home() bool { return c.home }

// A form is how an endpoint is told the form of the answer, best first.
type form int

const (
	bySchema form = iota // response_format json_schema
	byObject             // response_format json_object
	byPrompt             // words alone
	forms
)

// How long nothing is asked of an endpoint after it failed so often.
const (
	patience = 3
	pause    = 30 * time.Second
)

// Complete implements bot.Model. It asks for the schema's form, going down
// the ladder where the endpoint refuses; an answer that is not JSON is sent
// back once to be mended.
func (c *Client) Complete(ctx context.Context, p prompts.Prompt) ([]byte, error) {
	if err := c.may(p); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.config.Total)
	defer cancel()
	out, err := c.complete(ctx, p)
	var unfit *unfitError
	if errors.As(err, &unfit) {
		return nil, &unsentError{unfit.error}
	}
	c.note(err)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", bot.ErrModel, plain(ctx, err))
	}
	return out, nil
}

func (c *Client) complete(ctx context.Context, p prompts.Prompt) ([]byte, error) {
	messages := []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: p.System},
		{Role: openai.ChatMessageRoleUser, Content: p.User},
	}
	text, err := c.ask(ctx, p, messages)
	if err != nil {
		return nil, err
	}
	out, ok := object(text)
	if ok {
		return out, nil
	}
	messages = append(messages, openai.ChatCompletionMessage{Role: openai.ChatMessageRoleAssistant, Content: clip(text)},
		openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: prompts.Repair})
	if text, err = c.ask(ctx, p, messages); err != nil {
		return nil, err
	}
	if out, ok = object(text); !ok {
		return nil, errNotJSON
	}
	return out, nil
}

// clip is as much of an answer as is worth sending back.
func clip(text string) string { return text[:min(len(text), 4<<10)] }

// object takes the one JSON object out of a text that may have words or a
// code fence around it.
func object(text string) ([]byte, bool) {
	from, to := -1, -1
	for i, r := range text {
		if r == '{' && from < 0 {
			from = i
		}
		if r == '}' {
			to = i + 1
		}
	}
	if from < 0 || to <= from || !json.Valid([]byte(text[from:to])) {
		return nil, false
	}
	return []byte(text[from:to]), true
}

// ask sends messages in the best form the endpoint takes, and goes down the
// ladder where it refuses one.
func (c *Client) ask(ctx context.Context, p prompts.Prompt, messages []openai.ChatCompletionMessage) (string, error) {
	c.mu.Lock()
	f := c.form
	c.mu.Unlock()
	for {
		text, err := c.try(ctx, c.request(p, messages, f), p.Fit)
		var s *statusError
		if errors.As(err, &s) && s.refused() && f+1 < forms {
			f++
			c.mu.Lock()
			c.form = f
			c.mu.Unlock()
			continue
		}
		return text, err
	}
}

// may says why p is not to be sent, or nil: it does not fit, or the endpoint
// is resting after failures.
func (c *Client) may(p prompts.Prompt) error {
	if tokens(p.System)+tokens(p.User)+tokens(string(p.Schema))+c.config.Answer > c.config.Context {
		return &unsentError{fmt.Errorf("%w: the material is larger than its context of %d tokens", bot.ErrModel, c.config.Context)}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.config.Now()
	if now.Before(c.rest) {
		return &unsentError{fmt.Errorf("%w: it failed %d times in a row, and is asked again in %.0f seconds", bot.ErrModel, c.failed, c.rest.Sub(now).Seconds())}
	}
	return nil
}

// note counts failures in a row.
func (c *Client) note(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil || errors.Is(err, context.Canceled) {
		c.failed = 0
		return
	}
	if c.failed++; c.failed >= patience {
		c.rest = c.config.Now().Add(pause)
	}
}

// cost is what so many tokens cost.
func (c *Client) cost(input, output int) float64 {
	return (float64(input)*c.config.Input + float64(output)*c.config.Output) / 1e6
}

// tokens is a high estimate of how many tokens a text has: endpoints cut off
// what does not fit without a word.
func tokens(text string) int { return len(text)/3 + 1 }
