package slacktest_test

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// What the real client does that an adapter must know. If one of these fails
// after an update of the client, the trap is gone, or is another one.

func TestTrapRetriesAreOfRateLimitsAlone(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t, slacktest.Options{})
	c := slack.New(s.BotToken(), slack.OptionAPIURL(s.URL()), slack.OptionRetry(3))
	s.Script(slacktest.Fault{Status: 500})
	if _, err := c.AuthTest(); err == nil || len(s.Calls("")) != 1 {
		t.Errorf("%v after %d calls", err, len(s.Calls("")))
	}
}

func TestTrapDebugPrintsWhatIsSent(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t, slacktest.Options{})
	var printed strings.Builder
	c := slack.New(s.BotToken(), slack.OptionAPIURL(s.URL()), slack.OptionDebug(true), slack.OptionLog(log.New(&printed, "", 0)))
	post(t, c, slacktest.Public, "canary")
	if !strings.Contains(printed.String(), "canary") || strings.Contains(printed.String(), s.BotToken()) {
		t.Error("debug prints no text, or prints the token")
	}
}

func TestTrapAFailureWithoutAnErrorIsNone(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	s.Script(slacktest.Fault{Body: `{"ok":false}`})
	if _, ts, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false)); err != nil || ts != "" {
		t.Errorf("ts %q, error %v", ts, err)
	}
}

func TestTrapACommaSplitsALoadingMessage(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	dm := slacktest.DM(slacktest.Member)
	q := s.Type(slacktest.Member, dm, "x")
	must(t, c.SetAssistantThreadsStatus(slack.AssistantThreadsSetStatusParameters{ChannelID: dm, ThreadTS: q.TS, Status: "works",
		LoadingMessages: []string{"First, the statute"}}))
	if got := s.LoadingMessages(dm, q.TS); len(got) != 2 {
		t.Errorf("%q", got)
	}
}

func TestTrapAnUnknownEventDoesNotParse(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a})
	s.Event(slacktest.Team, map[string]any{"type": "from_the_future"})
	_, err := slackevents.ParseEvent(json.RawMessage(a.all()[0].body), slackevents.OptionNoVerifyToken())
	if err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("error %v", err)
	}
}

func TestTrapAnUnknownEventIsNotAcknowledgedOverASocket(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t, slacktest.Options{Socket: true, Patience: 20 * time.Millisecond})
	l := listen(t, s, 1)[0]
	d := s.Event(slacktest.Team, map[string]any{"type": "from_the_future"})
	s.Until("the bad message", func() bool { return len(l.events(socketmode.EventTypeErrorBadMessage)) == 1 })
	e := l.events(socketmode.EventTypeErrorBadMessage)[0]
	if bad := e.Data.(*socketmode.ErrorBadMessage); e.Request != nil || !strings.Contains(string(bad.Message), `"envelope_id"`) || d.Acknowledged() {
		t.Errorf("request %+v, acknowledged %v", e.Request, d.Acknowledged())
	}
}

func TestTrapHelloHasARequestWithoutAnEnvelope(t *testing.T) {
	t.Parallel()
	s := sockets(t)
	l := listen(t, s, 1)[0]
	s.Until("hello", func() bool { return len(l.events(socketmode.EventTypeHello)) == 1 })
	hello := l.events(socketmode.EventTypeHello)[0]
	if hello.Request == nil || hello.Request.EnvelopeID != "" || l.events(socketmode.EventTypeConnected)[0].Request != nil {
		t.Errorf("hello has %+v", hello.Request)
	}
	must(t, l.Ack(*hello.Request)) // the naive way
	s.Until("the acknowledgement", func() bool { return len(s.Acks()) == 1 })
	if a := s.Acks()[0]; a.Known || a.EnvelopeID != "" {
		t.Errorf("acknowledged %+v", a)
	}
	if n := cap(l.Events); n != 50 {
		t.Errorf("the buffer of events holds %d", n)
	}
}

func TestTrapTheVerifierTakesARequestTwiceAndAsksTheMachinesClock(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := mentions(t, a, slacktest.Options{Start: time.Now()})
	s.Type(slacktest.Member, slacktest.Public, ask)
	for range 2 {
		if !verified(a.all()[0], s.SigningSecrets()[0]) {
			t.Error("it is taken once only")
		}
	}
	s.Clock.Advance(time.Hour)
	s.Type(slacktest.Member, slacktest.Public, ask)
	if verified(a.all()[1], s.SigningSecrets()[0]) {
		t.Error("it knows the injected clock")
	}
}

func TestTrapAChangedMessageIsEmptyAtTheTop(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a})
	m := s.Type(slacktest.Member, slacktest.Public, "one")
	s.Edit(m.Message, "two")
	e := events(t, a)[1].InnerEvent.Data.(*slackevents.MessageEvent)
	if e.User != "" || e.Text != "" || e.Message.Text != "two" || e.PreviousMessage.Text != "one" {
		t.Errorf("%+v", e)
	}
}

func TestTrapNoBlocksAreAnEmptyList(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	post(t, c, slacktest.Public, "x", slack.MsgOptionBlocks())
	if got := s.Calls("chat.postMessage")[0].Args["blocks"]; got != "[]" {
		t.Errorf("blocks=%s", got)
	}
}

func TestTrapALimitWithoutRetryAfterIsAStatus(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	s.Script(slacktest.Fault{Status: 429})
	_, err := c.AuthTest()
	var status slack.StatusCodeError
	var limited *slack.RateLimitedError
	if !errors.As(err, &status) || errors.As(err, &limited) || status.Code != 429 {
		t.Errorf("%T %v", err, err)
	}
}

func TestTrapUploadsNeedASizeAndThisHost(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	_, err := c.UploadFile(slack.UploadFileParameters{Filename: "a.docx", Content: "x", Channel: slacktest.Public})
	if err == nil || len(s.Calls("")) != 0 {
		t.Errorf("without a size: %v", err)
	}
	err = c.UploadToURL(background(), slack.UploadToURLParameters{UploadURL: "http://127.0.0.1:1/upload", Content: "x", Filename: "a"})
	if err == nil || !strings.Contains(err.Error(), "refusing to send the token") {
		t.Errorf("to another host: %v", err)
	}
}

func TestTrapThePayloadIsReadFromTheBodyAlone(t *testing.T) {
	t.Parallel()
	var parsed error
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, parsed = slack.InteractionCallbackParse(r) })
	s := slacktest.New(t, slacktest.Options{Handler: h})
	s.SendRaw(slacktest.Raw{Path: "/slack/interactions", Media: "application/x-www-form-urlencoded", Query: "?payload=%7B%7D"})
	if parsed == nil {
		t.Error("the query is read")
	}
}

// Of a post to a response_url the client drops the unfurl flags and parse, and
// it sends metadata that nobody gave. What comes back as 404 has lost its code.
func TestTrapAResponseURLGetsLessThanWasSaid(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	s.Run(slacktest.Member, slacktest.Public, "/ask", "x")
	reply := func() error {
		_, _, err := c.PostMessage("", slack.MsgOptionText("https://a.example", false), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
			slack.MsgOptionResponseURL(command(t, a).ResponseURL, slack.ResponseTypeEphemeral))
		return err
	}
	must(t, reply())
	if args := s.Calls("response_url")[0].Args; args["unfurl_links"] != "" || args["metadata"] == "" {
		t.Errorf("args %v", args)
	}
	s.Clock.Advance(time.Hour)
	var status slack.StatusCodeError
	if err := reply(); !errors.As(err, &status) || status.Code != 404 {
		t.Errorf("%v", err)
	}
}

// The client escapes the text of MsgOptionText where it is told to, and no
// block: a control sequence in one arrives as it is.
func TestTrapBlocksAreNotEscaped(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	_, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("<!channel>", true))
	must(t, err)
	for _, b := range []slack.Block{slack.NewMarkdownBlock("", "<!channel>"),
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "<!channel>", false, false), nil, nil)} {
		post(t, c, slacktest.Public, "x", slack.MsgOptionBlocks(b))
	}
	all := s.Transcript(slacktest.Member, slacktest.Public, "").Entries
	if len(all[0].Pings) != 0 || len(all[1].Pings) != 1 || len(all[2].Pings) != 1 {
		t.Errorf("pings %v %v %v", all[0].Pings, all[1].Pings, all[2].Pings)
	}
}
