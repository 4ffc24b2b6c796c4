package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
)

// A Client speaks to a Server. It is safe for concurrent use.
type Client struct {
	Base string       // "http://localhost:8080"
	Key  string       // bearer key; "" for none
	HTTP *http.Client // nil: http.DefaultClient
}

// A StatusError is a problem that a server answered with.
type StatusError struct {
	Status int
	Detail string
}

func (e *StatusError) Error() string { return fmt.Sprintf("web: status %d: %s", e.Status, e.Detail) }

// Ask asks a question.
func (c *Client) Ask(ctx context.Context, in Ask) (*bot.Answer, error) {
	return call[bot.Answer](ctx, c, http.MethodPost, "/v1/ask", in)
}

// Search lists the nearest sources.
func (c *Client) Search(ctx context.Context, in Search) ([]bot.SearchHit, error) {
	out, err := call[struct{ Hits []bot.SearchHit }](ctx, c, http.MethodPost, "/v1/search", in)
	if err != nil {
		return nil, err
	}
	return out.Hits, nil
}

// Check checks the citations of a draft.
func (c *Client) Check(ctx context.Context, in Check) (*bot.Checked, error) {
	return call[bot.Checked](ctx, c, http.MethodPost, "/v1/check", in)
}

// Rewrite puts a note in clinical language.
func (c *Client) Rewrite(ctx context.Context, in Rewrite) (*bot.Rewritten, error) {
	return call[bot.Rewritten](ctx, c, http.MethodPost, "/v1/rewrite", in)
}

// Rebut answers a denial.
func (c *Client) Rebut(ctx context.Context, in Rebut) (*bot.Rebuttal, error) {
	return call[bot.Rebuttal](ctx, c, http.MethodPost, "/v1/rebut", in)
}

// Testify writes a testimony.
func (c *Client) Testify(ctx context.Context, in Testify) (*bot.Testimony, error) {
	return call[bot.Testimony](ctx, c, http.MethodPost, "/v1/testify", in)
}

// Sources lists the library; kind and jurisdiction may be "".
func (c *Client) Sources(ctx context.Context, kind, jurisdiction string) ([]Listed, error) {
	q := url.Values{"kind": {kind}, "jurisdiction": {jurisdiction}}
	out, err := call[struct{ Sources []Listed }](ctx, c, http.MethodGet, "/v1/sources?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	return out.Sources, nil
}

// Source returns one source, by id or citation.
func (c *Client) Source(ctx context.Context, id string) (*corpus.Source, error) {
	return call[corpus.Source](ctx, c, http.MethodGet, "/v1/sources/"+url.PathEscape(id), nil)
}

// Receipt checks a receipt again.
func (c *Client) Receipt(ctx context.Context, id string) (*bot.Recheck, error) {
	return call[bot.Recheck](ctx, c, http.MethodGet, "/v1/receipts/"+url.PathEscape(id), nil)
}

func call[T any](ctx context.Context, c *Client, method, path string, in any) (*T, error) {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.Base+path, body)
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.Key)
	}
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		var p problem
		json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&p)
		return nil, &StatusError{res.StatusCode, p.Detail}
	}
	out := new(T)
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return out, nil
}
