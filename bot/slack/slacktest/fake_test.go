package slacktest_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// client is the real client, talking to the fake.
func client(s *slacktest.Server, token string) *slack.Client {
	return slack.New(token, slack.OptionAPIURL(s.URL()), slack.OptionAppLevelToken(s.AppToken()),
		slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}))
}

func start(t *testing.T, opts slacktest.Options) (*slacktest.Server, *slack.Client) {
	t.Helper()
	s := slacktest.New(t, opts)
	return s, client(s, s.BotToken())
}

// wants fails unless err is the error of Slack, and one of its details
// contains detail.
func wants(t *testing.T, err error, code, detail string) {
	t.Helper()
	var got slack.SlackErrorResponse
	if !errors.As(err, &got) || got.Err != code {
		t.Errorf("error %v, want %q", err, code)
		return
	}
	has := func(m string) bool { return strings.Contains(m, detail) }
	if detail != "" && !slices.ContainsFunc(got.ResponseMetadata.Messages, has) {
		t.Errorf("%s says %q, want %q", code, got.ResponseMetadata.Messages, detail)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// post posts a text, and gives its ts.
func post(t *testing.T, c *slack.Client, channel, text string, more ...slack.MsgOption) string {
	t.Helper()
	_, ts, err := c.PostMessage(channel, append([]slack.MsgOption{slack.MsgOptionText(text, false)}, more...)...)
	must(t, err)
	return ts
}

// An app is a handler that notes what comes, and does as it is told.
type app struct {
	mu   sync.Mutex
	got  []got
	does func(w http.ResponseWriter, r *http.Request, body string)
}

type got struct {
	path, body string
	header     http.Header
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	buf := make([]byte, 4096)
	for {
		n, err := r.Body.Read(buf)
		b.Write(buf[:n])
		if err != nil {
			break
		}
	}
	a.mu.Lock()
	a.got = append(a.got, got{r.URL.Path, b.String(), r.Header.Clone()})
	does := a.does
	a.mu.Unlock()
	if does != nil {
		does(w, r, b.String())
	}
}

func (a *app) all() []got {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.got)
}

func (a *app) do(f func(w http.ResponseWriter, r *http.Request, body string)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.does = f
}

func background() context.Context { return context.Background() }
