package embed

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// Errors of a Remote that callers tell apart. None holds a text or a key.
var (
	// ErrConfig: the settings cannot be right.
	ErrConfig = errors.New("embedder settings")
	// ErrEndpoint: the endpoint does not do what is asked of it, or not now.
	ErrEndpoint = errors.New("embedding endpoint")
)

// A RemoteConfig says where an embedding model is. Base and Model are
// required; the zero value of the rest is for everyday use.
type RemoteConfig struct {
	Base  string // address of the API: "http://localhost:11434", with or without /v1
	Key   string // bearer key; "" for none
	Model string // as the endpoint calls it
	// Dim is how many numbers the endpoint is asked for, of models that can
	// be asked; 0: as many as the model has.
	Dim   int
	Batch int           // texts in one request; 0: 64
	Bytes int           // of texts in one request, but for a single longer one; 0: 256 KiB
	Time  time.Duration // that one request may take; 0: a minute
	Tries int           // of one request, the first included; 0: 4
	// HTTP is the client to use; nil: one of its own.
	HTTP *http.Client
	// Wait pauses before another try, until ctx is done; nil: a timer.
	Wait func(ctx context.Context, d time.Duration)
}

// Remote is a retrieval.Embedder over any endpoint that speaks OpenAI's API
// for embeddings: OpenAI, Azure, Ollama, vLLM, llama.cpp, LiteLLM. It
// believes nothing of an answer that it can check: how many vectors there
// are, whose they are, how long they are, that they are numbers. Safe for
// concurrent use.
type Remote struct {
	config RemoteConfig
	home   bool
	dim    atomic.Int64 // of all vectors so far; 0 before the first
}

var _ retrieval.Embedder = (*Remote)(nil)

// NewRemote checks the settings; it asks nothing of the endpoint yet.
func NewRemote(c RemoteConfig) (*Remote, error) {
	u, err := url.Parse(c.Base)
	switch {
	case err == nil && u.User != nil:
		return nil, fmt.Errorf("%w: the address holds a name or a password: give the key by itself", ErrConfig)
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%w: %q is no address of an endpoint: want one like http://localhost:11434", ErrConfig, c.Base)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, fmt.Errorf("%w: %s is not on this machine: want https", ErrConfig, u.Host)
	case strings.TrimSpace(c.Model) == "":
		return nil, fmt.Errorf("%w: the model has no name", ErrConfig)
	case c.Dim < 0 || c.Batch < 0 || c.Bytes < 0 || c.Time < 0 || c.Tries < 0:
		return nil, fmt.Errorf("%w: a limit is below zero", ErrConfig)
	}
	u.Path = strings.TrimSuffix(u.Path, "/")
	if !strings.HasSuffix(u.Path, "/v1") && !strings.Contains(u.Path, "/deployments/") {
		u.Path += "/v1"
	}
	u.Path += "/embeddings"
	c.Base = u.String()
	for _, n := range []struct {
		to   *int
		zero int
	}{{&c.Batch, 64}, {&c.Bytes, 256 << 10}, {&c.Tries, 4}} {
		if *n.to == 0 {
			*n.to = n.zero
		}
	}
	if c.Time == 0 {
		c.Time = time.Minute
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{
			Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
				TLSHandshakeTimeout: 5 * time.Second, MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	r := &Remote{config: c, home: loopback(u.Hostname())}
	r.dim.Store(int64(c.Dim))
	return r, nil
}

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// loopback reports whether host is this machine.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

// Name implements retrieval.Embedder: the model's, with the dimension that
// was asked for. Where it runs is not in it: one model's vectors are the same
// at every endpoint.
func (r *Remote) Name() string {
	if r.config.Dim > 0 {
		return r.config.Model + "@" + strconv.Itoa(r.config.Dim)
	}
	return r.config.Model
}

// Home reports whether the endpoint is on this machine.
func (r *Remote) Home() bool { return r.home }

// Dim is how many numbers a vector has; 0 before the first was made.
func (r *Remote) Dim() int { return int(r.dim.Load()) }

// Embed implements retrieval.Embedder. Texts are sent in batches, one after
// another; the vectors are of length 1. A text without a word gets a vector
// of zeros and is not sent. An endpoint that is busy or away is asked again.
func (r *Remote) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var sent []int // places of those that have words
	for i, t := range texts {
		if strings.TrimSpace(t) != "" {
			sent = append(sent, i)
		}
	}
	if len(sent) == 0 && len(texts) > 0 && r.Dim() == 0 {
		if _, err := r.batch(ctx, []string{"text"}); err != nil { // how long zeros are
			return nil, err
		}
	}
	for len(sent) > 0 {
		n, size := 0, 0
		var some []string
		for n < len(sent) && n < r.config.Batch && (n == 0 || size+len(texts[sent[n]]) <= r.config.Bytes) {
			some = append(some, texts[sent[n]])
			size += len(texts[sent[n]])
			n++
		}
		vectors, err := r.batch(ctx, some)
		if err != nil {
			return nil, err
		}
		for k, v := range vectors {
			out[sent[k]] = v
		}
		sent = sent[n:]
	}
	for i := range out {
		if out[i] == nil {
			out[i] = make([]float32, r.Dim())
		}
	}
	return out, nil
}

// A passing error is one after which it makes sense to ask again.
type passingError struct {
	error
	after time.Duration // that the endpoint wants to be left alone
}

// batch embeds texts in one request, which it sends again where that may
// help.
func (r *Remote) batch(ctx context.Context, texts []string) ([][]float32, error) {
	pause := 500 * time.Millisecond
	for try := 1; ; try++ {
		vectors, err := r.ask(ctx, texts)
		var passing *passingError
		switch {
		case err == nil:
			return vectors, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.As(err, &passing):
			return nil, err
		case try == r.config.Tries:
			return nil, passing.error
		}
		r.config.Wait(ctx, max(pause, min(passing.after, longest)))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		pause = min(2*pause, longest)
	}
}

// longest is the longest pause between two tries.
const longest = 30 * time.Second

// ask sends one request.
func (r *Remote) ask(ctx context.Context, texts []string) ([][]float32, error) {
	ctx, stop := context.WithTimeout(ctx, r.config.Time)
	defer stop()
	body, err := json.Marshal(struct {
		Model  string   `json:"model"`
		Input  []string `json:"input"`
		Format string   `json:"encoding_format"`
		Dim    int      `json:"dimensions,omitempty"`
	}{r.config.Model, texts, "float", r.config.Dim})
	if err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.config.Base, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if r.config.Key != "" {
		req.Header.Set("Authorization", "Bearer "+r.config.Key)
	}
	resp, err := r.config.HTTP.Do(req)
	if err != nil {
		return nil, &passingError{error: fmt.Errorf("%w: %s does not answer: see whether it runs and the address is right (%s)", ErrEndpoint, req.URL.Host, cause(err))}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, r.refused(resp)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, mostBytes+1))
	if err != nil {
		return nil, &passingError{error: fmt.Errorf("%w: the answer of %s broke off", ErrEndpoint, req.URL.Host)}
	}
	if len(data) > mostBytes {
		return nil, fmt.Errorf("%w: the answer of %s has more than %d MiB: send fewer texts at once", ErrEndpoint, req.URL.Host, mostBytes>>20)
	}
	return r.read(data, len(texts))
}

// mostBytes is the most of an answer that is read.
const mostBytes = 64 << 20

// cause is a network error without the address and what may stand in it.
func cause(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}

// refused is what a status means.
func (r *Remote) refused(resp *http.Response) error {
	host := resp.Request.URL.Host
	switch s := resp.StatusCode; {
	case s == http.StatusTooManyRequests || s >= 500 && s != http.StatusNotImplemented:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return &passingError{fmt.Errorf("%w: %s is busy or ill (status %d): try again later", ErrEndpoint, host, s), time.Duration(max(0, min(seconds, 3600))) * time.Second}
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		return fmt.Errorf("%w: %s refuses the key (status %d)", ErrEndpoint, host, s)
	case s == http.StatusNotFound:
		return fmt.Errorf("%w: %s has no model %q, or no embeddings at %s (status 404)", ErrEndpoint, host, r.config.Model, resp.Request.URL.Path)
	default:
		return fmt.Errorf("%w: %s refuses the texts (status %d): one may be longer than the model %q reads, or the model makes no embeddings", ErrEndpoint, host, s, r.config.Model)
	}
}

// read checks an answer for n texts and puts its vectors in their order.
func (r *Remote) read(data []byte, n int) ([][]float32, error) {
	var answer struct {
		Data []struct {
			Index  *int      `json:"index"`
			Vector []float64 `json:"embedding"`
		} `json:"data"`
	}
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: the answer cannot be used: %s", ErrEndpoint, fmt.Sprintf(format, args...))
	}
	if json.Unmarshal(data, &answer) != nil {
		return nil, bad("it is not the JSON of embeddings")
	}
	if len(answer.Data) != n {
		return nil, bad("%d vectors for %d texts", len(answer.Data), n)
	}
	out := make([][]float32, n)
	for _, d := range answer.Data {
		if d.Index == nil || *d.Index < 0 || *d.Index >= n || out[*d.Index] != nil {
			return nil, bad("a vector does not say whose it is, or two are of one text")
		}
		if len(d.Vector) == 0 {
			return nil, bad("a vector is empty")
		}
		dim := int64(len(d.Vector))
		if r.dim.CompareAndSwap(0, dim); r.dim.Load() != dim {
			return nil, fmt.Errorf("%w: %w: a vector has %d numbers, and others have %d", ErrEndpoint, retrieval.ErrDimension, dim, r.dim.Load())
		}
		v := make([]float32, len(d.Vector))
		for i, x := range d.Vector {
			v[i] = float32(x)
		}
		unit, err := retrieval.AppendUnit(nil, v)
		if err != nil {
			return nil, bad("%v", err)
		}
		out[*d.Index] = unit
	}
	return out, nil
}
