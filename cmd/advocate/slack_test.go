package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// heard is what a program says, as it says it.
type heard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.String()
}

// serves runs 'advocate serve' against a fake Slack until the test ends, and
// returns what it says. stop ends it, as a signal does, and gives its exit.
func serves(t *testing.T, api string, way http.RoundTripper, env ...string) (out, errs *heard, stop func() int) {
	t.Helper()
	out, errs = &heard{}, &heard{}
	a := &app{in: strings.NewReader(""), out: out, err: errs, now: time.Now, slackAPI: api, discordWay: way}
	var err error
	if a.settings, err = readSettings(append(env, "HOME="+t.TempDir(), "ADVOCATE_LISTEN=localhost:0")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	exit := make(chan int, 1)
	go func() { exit <- a.execute(ctx, []string{"serve"}) }()
	stop = sync.OnceValue(func() int { cancel(); return <-exit })
	t.Cleanup(func() { stop() })
	return out, errs, stop
}

const member, public = slacktest.Member, slacktest.Public

// TestServeSlackBySocket: with a token and an app-level token the program
// answers in Slack, keeps nothing of the tokens in what it says, and ends clean.
func TestServeSlackBySocket(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t, slacktest.Options{Socket: true, Scopes: slacktest.LeastScopes(), Start: time.Now()})
	out, errs, stop := serves(t, s.URL(), nil, "ADVOCATE_SLACK_TOKEN="+s.BotToken(), "ADVOCATE_SLACK_APP_TOKEN="+s.AppToken(), "ADVOCATE_PAGE=https://advocate.example.org")
	s.Until("the program to connect", func() bool { return len(s.Connections()) == 2 })
	q := s.Type(member, public, "<@U0BOT> Do I need prior authorization for the first massage visits in Washington?")
	a := s.AwaitReply(member, q.Message)
	if !strings.Contains(a.Text, "RCW 48.43.016") {
		t.Errorf("it answers %s", a.Text)
	}
	seen := s.Transcript(member, public, "")
	if !strings.Contains(seen.String(), "https://advocate.example.org/library/") {
		t.Error("nothing leads to the page")
	}
	if code := stop(); code != exitDone {
		t.Errorf("exit %d: %s", code, errs)
	}
	said := out.String() + errs.String()
	if !strings.Contains(said, "Slack, workspace T0HOME, over a socket") {
		t.Errorf("it says %s", said)
	}
	for _, secret := range []string{s.BotToken(), s.AppToken(), "prior authorization"} {
		if strings.Contains(said, secret) {
			t.Errorf("%q is in what it says", secret)
		}
	}
}

// TestServeSlackByHTTP: with a signing secret Slack calls the program, beside
// the page; nobody else can.
func TestServeSlackByHTTP(t *testing.T) {
	t.Parallel()
	var to http.Handler
	var mu sync.Mutex
	s := slacktest.New(t, slacktest.Options{Scopes: slacktest.LeastScopes(), Start: time.Now(), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		h := to
		mu.Unlock()
		h.ServeHTTP(w, r)
	})})
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("an-old-one\n"+s.SigningSecrets()[0]+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, stop := serves(t, s.URL(), nil, "ADVOCATE_SLACK_TOKEN="+s.BotToken(), "ADVOCATE_SLACK_SIGNING_SECRET_FILE="+secret)
	base := ""
	for base == "" {
		base = regexp.MustCompile(`http://localhost:\d+`).FindString(out.String())
		time.Sleep(5 * time.Millisecond)
	}
	mu.Lock()
	to = slacktest.Forward(base)
	mu.Unlock()
	resp, err := http.Post(base+"/slack/events", "application/json", strings.NewReader(`{"type":"url_verification","challenge":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("unsigned: %s", resp.Status)
	}
	if d, challenge := s.Challenge(); d.Answer() != challenge {
		t.Errorf("challenged, it says %q", d.Answer())
	}
	s.Run(member, public, "/ask", "Do I need prior authorization for the first massage visits in Washington?")
	s.Until("an answer", func() bool { return strings.Contains(s.Transcript(member, public, "").String(), "RCW 48.43.016") })
	if resp, err = http.Get(base + "/live"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the page is gone: %v", err)
	}
	if code := stop(); code != exitDone || !strings.Contains(out.String(), "which calls /slack/events") {
		t.Errorf("exit %d: %s %s", code, out, errs)
	}
}

// TestSlackSettings: what is set wrong is said with what to do, and no secret
// is repeated.
func TestSlackSettings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		env  []string
		want string
	}{
		{[]string{"ADVOCATE_SLACK_APP_TOKEN=xapp-canary"}, "no bot token"},
		{[]string{"ADVOCATE_SLACK_TOKEN=canary"}, "begins with xoxb-"},
		{[]string{"ADVOCATE_SLACK_TOKEN=xoxb-canary"}, "no way to it"},
		{[]string{"ADVOCATE_SLACK_TOKEN=xoxb-canary", "ADVOCATE_SLACK_APP_TOKEN=canary"}, "begins with xapp-"},
		{[]string{"ADVOCATE_SLACK_TOKEN=xoxb-canary", "ADVOCATE_SLACK_SIGNING_SECRET=canary1,canary2,canary3"}, "has 3 secrets"},
		{[]string{"ADVOCATE_SLACK_TOKEN=xoxb-canary", "ADVOCATE_SLACK_TOKEN_FILE=x"}, "are both set"},
		{[]string{"ADVOCATE_SLACK_TOKEN=xoxb-canary", "ADVOCATE_SLACK_SIGNING_SECRET=canary", "ADVOCATE_SLACK_AGENT=perhaps"}, "true or false"},
		{[]string{"ADVOCATE_SLACK_TOKEN=xoxb-canary", "ADVOCATE_SLACK_SIGNING_SECRET=canary", "ADVOCATE_PAGE=advocate.example.org"}, "such as https://"},
	} {
		var out, errs strings.Builder
		a := &app{in: strings.NewReader(""), out: &out, err: &errs, now: time.Now, slackAPI: "http://127.0.0.1:1/"}
		var err error
		if a.settings, err = readSettings(append(tt.env, "HOME="+t.TempDir(), "ADVOCATE_LISTEN=localhost:0")); err != nil {
			t.Fatal(err)
		}
		code := a.execute(t.Context(), []string{"serve"})
		if code != exitUsage || !strings.Contains(errs.String(), tt.want) || strings.Contains(errs.String(), "canary") {
			t.Errorf("%q: exit %d: %s", tt.env, code, errs.String())
		}
	}
}

// doctorOf runs doctor against a fake Slack that also tells of its app.
func doctorOf(t *testing.T, s *slacktest.Server, manifest string, env ...string) (int, string) {
	t.Helper()
	slack, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: slack.Scheme, Host: slack.Host})
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "bots.info"):
			io.WriteString(w, `{"ok":true,"bot":{"id":"B0BOT","app_id":"A0APP"}}`)
		case strings.HasSuffix(r.URL.Path, "apps.manifest.export"):
			data, err := os.ReadFile(filepath.Join(root, "deploy", "slack", manifest))
			if err != nil {
				t.Error(err)
			}
			json.NewEncoder(w).Encode(map[string]any{"ok": true, "manifest": json.RawMessage(data)})
		default:
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	var out, errs strings.Builder
	a := &app{in: strings.NewReader(""), out: &out, err: &errs, now: time.Now, slackAPI: front.URL + slack.Path}
	if a.settings, err = readSettings(append(env, "HOME="+t.TempDir(), "ADVOCATE_SLACK_TOKEN="+s.BotToken())); err != nil {
		t.Fatal(err)
	}
	code := a.execute(t.Context(), []string{"doctor"})
	return code, strings.Join(strings.Fields(out.String()+errs.String()), " ")
}

// TestDoctorSlack: each thing that can be wrong is said, with how to mend it.
func TestDoctorSlack(t *testing.T) {
	t.Parallel()
	start := func(o slacktest.Options) *slacktest.Server { return slacktest.New(t, o) }
	for _, tt := range []struct {
		name     string
		options  slacktest.Options
		manifest string
		env      []string
		revoke   string
		code     int
		want     []string
	}{
		{"well", slacktest.Options{Scopes: slacktest.LeastScopes(), Classic: true}, "manifest.json",
			[]string{"ADVOCATE_SLACK_SIGNING_SECRET=x", "ADVOCATE_SLACK_CONFIG_TOKEN=xoxe"}, "", exitDone,
			[]string{"Slack token: workspace", "Slack calls /slack/events", "Slack manifest: as it should be", "record of chats"}},
		{"socket", slacktest.Options{Scopes: slacktest.LeastScopes(), Classic: true, Socket: true}, "manifest.json",
			[]string{"APP"}, "", exitDone, []string{"this program calls Slack", "not looked at: set ADVOCATE_SLACK_CONFIG_TOKEN"}},
		{"scopes", slacktest.Options{Scopes: []string{"chat:write", "users:read"}}, "manifest.json",
			[]string{"ADVOCATE_SLACK_SIGNING_SECRET=x"}, "", exitFailed, []string{"missing: app_mentions:read", "Reinstall to Workspace"}},
		{"revoked", slacktest.Options{}, "manifest.json", []string{"ADVOCATE_SLACK_SIGNING_SECRET=x"}, "token_revoked", exitFailed,
			[]string{"does not take it: token_revoked", "install the app again"}},
		{"manifest", slacktest.Options{}, "manifest-agent.json", []string{"ADVOCATE_SLACK_SIGNING_SECRET=x", "ADVOCATE_SLACK_CONFIG_TOKEN=xoxe"}, "", exitFailed,
			[]string{"1 thing is wanting", "the app is an agent: set --slack-agent"}},
		{"app token", slacktest.Options{Scopes: slacktest.LeastScopes()}, "manifest.json", []string{"ADVOCATE_SLACK_APP_TOKEN=xapp-wrong"}, "", exitFailed,
			[]string{"does not take the app-level token", "connections:write"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := start(tt.options)
			if tt.revoke != "" {
				s.Revoke(s.BotToken(), tt.revoke)
			}
			if len(tt.env) == 1 && tt.env[0] == "APP" {
				tt.env[0] = "ADVOCATE_SLACK_APP_TOKEN=" + s.AppToken()
			}
			code, said := doctorOf(t, s, tt.manifest, tt.env...)
			if code != tt.code {
				t.Errorf("exit %d, want %d: %s", code, tt.code, said)
			}
			for _, want := range tt.want {
				if !strings.Contains(said, want) {
					t.Errorf("it does not say %q: %s", want, said)
				}
			}
			if strings.Contains(said, s.BotToken()) {
				t.Error("the token is in what it says")
			}
		})
	}
}
