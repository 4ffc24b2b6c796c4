package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat"
)

// An API calls Discord through a discordgo session, around what that library
// does not do well: an edit has the bucket of its own token, one that would
// have to wait long is refused with the time to wait, a 429 is never tried
// again by itself, and what Discord counts as invalid requests stops before
// Discord bans the address.
type API struct {
	session *discordgo.Session
	budget  *budget
}

// Timing of calls.
const (
	callTime  = 20 * time.Second
	longWait  = 2 * time.Second // a longer wait is for the ledger, not for a worker
	maxAnswer = 8 << 20
)

// NewAPI returns the API for a bot's token. transport is to Discord; nil: the
// network.
func NewAPI(token string, transport http.RoundTripper, now func() time.Time) (*API, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	if transport == nil {
		transport = http.DefaultTransport
	}
	a := &API{session: s, budget: &budget{now: now}}
	s.Client = &http.Client{Timeout: callTime, Transport: counting{transport, a.budget}}
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.LogLevel = -1 // what it logs holds what people write
	s.UserAgent = "DiscordBot (https://github.com/everycategory/advocate, 1)"
	return a, nil
}

// call makes one request and reads its answer into out, unless that is nil.
func (a *API) call(ctx context.Context, method, path, bucket string, in, out any, files ...*chat.File) error {
	contentType, body, err := encode(in, files)
	if err != nil {
		return err
	}
	if err := a.budget.allow(); err != nil {
		return err
	}
	b := a.session.Ratelimiter.GetBucket(bucket)
	b.Lock()
	wait := a.session.Ratelimiter.GetWaitTime(b, 1)
	b.Unlock()
	if wait > longWait {
		return &chat.LaterError{After: wait}
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(wait):
	}
	// The bucket is free now, so that the library does not sleep on it.
	data, err := a.session.RequestWithLockedBucket(method, discordgo.EndpointAPI+path, contentType, body, a.session.Ratelimiter.LockBucketObject(b), 0, discordgo.WithContext(ctx))
	if err != nil {
		return err
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("discord: an answer that cannot be read: %w", err)
	}
	return nil
}

// encode writes a body: JSON, or with files a form of several parts.
func encode(in any, files []*chat.File) (contentType string, body []byte, err error) {
	if in == nil && len(files) == 0 {
		return "", nil, nil
	}
	payload, err := json.Marshal(in)
	if err != nil || len(files) == 0 {
		return "application/json", payload, err
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part := func(disposition, media string, data []byte) {
		h := textproto.MIMEHeader{"Content-Disposition": {disposition}, "Content-Type": {media}}
		p, e := w.CreatePart(h)
		if e == nil {
			_, e = p.Write(data)
		}
		err = errors.Join(err, e)
	}
	part(`form-data; name="payload_json"`, "application/json", payload)
	for i, f := range files {
		part(fmt.Sprintf(`form-data; name="files[%d]"; filename=%s`, i, strconv.Quote(f.Name)), f.MediaType, f.Bytes)
	}
	err = errors.Join(err, w.Close())
	return w.FormDataContentType(), b.Bytes(), err
}

// buckets is how many buckets the tokens of interactions share: the library
// never forgets one, and each interaction has its own.
const buckets = 512

// bucketOf is the bucket of an interaction's token.
func bucketOf(token string) string {
	h := fnv.New32a()
	io.WriteString(h, token)
	return "token-" + strconv.Itoa(int(h.Sum32()%buckets))
}

// code is Discord's number for an error, and its HTTP status; 0 is none.
func code(err error) (code, status int) {
	var rest *discordgo.RESTError
	if !errors.As(err, &rest) {
		return 0, 0
	}
	if rest.Response != nil {
		status = rest.Response.StatusCode
	}
	if rest.Message != nil {
		code = rest.Message.Code
	}
	return code, status
}

// is reports whether an error is one of Discord's numbers.
func is(err error, codes ...int) bool {
	got, _ := code(err)
	for _, c := range codes {
		if got == c && c != 0 {
			return true
		}
	}
	return false
}

// Discord's numbers of errors.
const (
	unknownChannel     = 10003
	unknownMessage     = 10008
	unknownWebhook     = 10015
	unknownInteraction = 10062
	acknowledged       = 40060
	missingAccess      = 50001
	cannotDM           = 50007
	missingPermissions = 50013
	invalidToken       = 50027
	threadThere        = 160004
)

// failure is an error of a call as package chat tells them apart.
func failure(err error) error {
	if err == nil {
		return nil
	}
	var later *chat.LaterError
	var limited *discordgo.RateLimitError
	number, status := code(err)
	switch {
	case errors.As(err, &later), errors.Is(err, chat.ErrRefused):
		return err
	case errors.As(err, &limited):
		return &chat.LaterError{After: max(limited.RetryAfter, time.Second)}
	case status == http.StatusTooManyRequests:
		return &chat.LaterError{After: 10 * time.Second}
	case status >= 400 && status < 500:
		return fmt.Errorf("%w: discord says %d, status %d", chat.ErrRefused, number, status)
	case strings.Contains(err.Error(), "Exceeded Max retries"): // how the library says 502
		return errors.New("discord: bad gateway")
	}
	return err
}
