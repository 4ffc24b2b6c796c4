package discordtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

type obj = map[string]any

// client is the real client, talking to the fake. It does not wait for rate
// limits, which go by a clock that it does not know.
func client(t *testing.T, s *discordtest.Server) *discordgo.Session {
	t.Helper()
	c, err := discordgo.New(s.BotToken())
	must(t, err)
	c.Client = s.Client()
	c.ShouldRetryOnRateLimit = false
	c.MaxRestRetries = 0
	c.LogLevel = -1
	c.Dialer = &websocket.Dialer{NetDialContext: s.Dial}
	return c
}

func start(t *testing.T, opts discordtest.Options) (*discordtest.Server, *discordgo.Session) {
	t.Helper()
	s := discordtest.New(t, opts)
	return s, client(t, s)
}

// connect opens the gateway with what the product needs.
func connect(t *testing.T, s *discordtest.Server, c *discordgo.Session) {
	t.Helper()
	c.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages |
		discordgo.IntentsGuildMessageReactions
	open(t, s, c)
}

// open opens the gateway. At the end the client says goodbye, but is not waited
// for: it sleeps for a second.
func open(t *testing.T, s *discordtest.Server, c *discordgo.Session) {
	t.Helper()
	must(t, c.Open())
	t.Cleanup(func() {
		go func() { _ = c.Close() }()
		for begin := time.Now(); len(s.Connections()) > 0 && time.Since(begin) < 2*time.Second; {
			time.Sleep(time.Millisecond)
		}
	})
	s.AwaitReady(1)
	beaten(s, 1)
}

// beaten waits for n heartbeats. The client's first heartbeat of a connection
// that has just ended would end the next one.
func beaten(s *discordtest.Server, n int) {
	s.Until("a heartbeat", func() bool { return s.Heartbeats() >= n })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wants fails unless err is Discord's error with a status and a code.
func wants(t *testing.T, err error, status, code int) {
	t.Helper()
	var got *discordgo.RESTError
	if !errors.As(err, &got) || got.Response.StatusCode != status || got.Message == nil || got.Message.Code != code {
		t.Errorf("error %v, want %d with %d", err, status, code)
	}
}

// post posts a text, and gives its message.
func post(t *testing.T, c *discordgo.Session, channel, text string) *discordgo.Message {
	t.Helper()
	m, err := c.ChannelMessageSend(channel, text)
	must(t, err)
	return m
}

// do makes a bare call, for what the client does not do.
func do(t *testing.T, s *discordtest.Server, method, path string, body any) (status int, out obj) {
	t.Helper()
	raw, err := json.Marshal(body)
	must(t, err)
	if body == nil {
		raw = nil
	}
	r, err := http.NewRequest(method, s.URL()+path, bytes.NewReader(raw))
	must(t, err)
	r.Header.Set("Authorization", s.BotToken())
	r.Header.Set("Content-Type", "application/json")
	resp, err := s.Client().Do(r)
	must(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err = io.ReadAll(resp.Body)
	must(t, err)
	_ = json.Unmarshal(raw, &out) // a list, or nothing
	return resp.StatusCode, out
}

// messages is the path of a channel's messages.
func messages(channel string) string { return "/channels/" + channel + "/messages" }

// detail fails unless the last call was refused with a detail.
func detail(t *testing.T, s *discordtest.Server, part string) {
	t.Helper()
	all := s.Calls("")
	if got := strings.Join(all[len(all)-1].Detail, "\n"); !strings.Contains(got, part) {
		t.Errorf("refused with %q, want %q", got, part)
	}
}

// An app is a handler that notes what comes, verifies it with the client's own
// code, and answers as it is told.
type app struct {
	mu  sync.Mutex
	key []byte
	got []*discordgo.Interaction
	say func(i *discordgo.Interaction) *discordgo.InteractionResponse
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !discordgo.VerifyInteraction(r, a.key) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var i discordgo.Interaction
	if json.NewDecoder(r.Body).Decode(&i) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	out := &discordgo.InteractionResponse{Type: discordgo.InteractionResponsePong}
	if i.Type != discordgo.InteractionPing {
		a.mu.Lock()
		a.got = append(a.got, &i)
		say := a.say
		a.mu.Unlock()
		out = say(&i)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}

func (a *app) last(t *testing.T) *discordgo.Interaction {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.got) == 0 {
		t.Fatal("nothing came")
	}
	return a.got[len(a.got)-1]
}

func says(kind discordgo.InteractionResponseType, data *discordgo.InteractionResponseData) func(*discordgo.Interaction) *discordgo.InteractionResponse {
	return func(*discordgo.Interaction) *discordgo.InteractionResponse {
		return &discordgo.InteractionResponse{Type: kind, Data: data}
	}
}

var deferred = says(discordgo.InteractionResponseDeferredChannelMessageWithSource, nil)

// ask are the commands that the tests run.
func ask() []*discordgo.ApplicationCommand {
	everywhere := &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	installs := &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	manage := int64(discordgo.PermissionManageGuild)
	return []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask what the law says", Contexts: everywhere, IntegrationTypes: installs, Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "The question", Required: true, Autocomplete: true},
			{Type: discordgo.ApplicationCommandOptionUser, Name: "for", Description: "Whom it is for"},
			{Type: discordgo.ApplicationCommandOptionAttachment, Name: "letter", Description: "A letter"}}},
		{Name: "settings", Description: "Change the settings", DefaultMemberPermissions: &manage},
		{Name: "Ask about this", Type: discordgo.MessageApplicationCommand, Contexts: everywhere},
		{Name: "Who is this", Type: discordgo.UserApplicationCommand},
	}
}

func register(t *testing.T, c *discordgo.Session) {
	t.Helper()
	_, err := c.ApplicationCommandBulkOverwrite(discordtest.AppID, "", ask())
	must(t, err)
}

// serving is a fake with an app that is served over HTTP.
func serving(t *testing.T, opts discordtest.Options) (*discordtest.Server, *discordgo.Session, *app) {
	t.Helper()
	a := &app{say: deferred}
	opts.Handler = a
	s, c := start(t, opts)
	a.key = publicKey(t, s)
	register(t, c)
	return s, c, a
}

func (a *app) does(f func(*discordgo.Interaction) *discordgo.InteractionResponse) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.say = f
}

var question = discordtest.Values{"question": "How many visits?"}

// within is how long a real wait may take.
const within = 10 * time.Second

// answering is a handler that verifies nothing.
type answering struct{ say func(body []byte) any }

func (a *answering) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(a.say(body))
}

// later is a handler that answers 202: the callback comes by the endpoint.
var later = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })
