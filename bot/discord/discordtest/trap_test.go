package discordtest_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// The client's traps, each as it shows against the fake. An adapter that meets
// one of these is not to blame for another client's.

func TestTheClientReconnectsAfterAFatalClose(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	connect(t, s, c)
	for n, code := range []int{4004, 4014} { // with a token or intents that are refused, it would try for ever
		s.CloseConnections(code)
		s.Until("a resume", func() bool { return s.Resumes() > n && s.Ready() == 1 })
		beaten(s, n+2)
	}
	if s.Identifies() != 1 {
		t.Errorf("%d identifies", s.Identifies())
	}
}

func TestTheFirstOpenSaysWhyItFailed(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	c.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentMessageContent
	if err := c.Open(); err == nil || !strings.Contains(err.Error(), "4014") {
		t.Errorf("error %v", err)
	}
	if s.Ready() != 0 {
		t.Error("it is ready")
	}
}

func TestTheClientResumesWhenItIsToldToReconnect(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	got := make(chan string, 10)
	c.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.Content })
	connect(t, s, c)
	s.Reconnect()
	s.Until("a resume", func() bool { return s.Resumes() == 1 && s.Ready() == 1 })
	s.Type(discordtest.Member, discordtest.DM(discordtest.Member), "after")
	if m := <-got; m != "after" || s.Identifies() != 1 || s.Closes()[0] != 1012 {
		t.Errorf("got %q, %d identifies, closes %v", m, s.Identifies(), s.Closes())
	}
}

func TestTheClientIdentifiesAtOnceWhenASessionIsInvalid(t *testing.T) {
	t.Parallel()
	for _, resumable := range []bool{false, true} { // Discord wants a pause for the one, and a resume for the other
		s, c := start(t, discordtest.Options{})
		connect(t, s, c)
		s.InvalidateSessions(resumable)
		s.Until("another identify", func() bool { return s.Identifies() == 2 && s.Ready() == 1 })
		if s.Resumes() != 0 || len(s.Connections()) != 1 {
			t.Errorf("%d resumes, connections %v", s.Resumes(), s.Connections())
		}
	}
}

func TestTheClientLosesItsSessionAsAZombie(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{Heartbeat: 100 * time.Millisecond})
	connect(t, s, c)
	s.DropAcks(-1)
	s.Until("the end", func() bool { return len(s.Closes()) > 0 })
	s.DropAcks(0)
	s.Until("another session", func() bool { return s.Resumes() > 0 && s.Identifies() > 1 && s.Ready() == 1 })
	if s.Closes()[0] != 1000 { // the resume is refused: 1000 ended the session
		t.Errorf("closed with %v", s.Closes())
	}
}

func TestAnInteractionComesAgainWithAResume(t *testing.T) {
	t.Parallel()
	s, c, got := over(t, discordtest.Options{})
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	i := <-got
	must(t, c.InteractionRespond(i, said("So.")))
	s.RepeatOnResume(2)
	s.CutConnections()
	if again := <-got; again.ID != i.ID {
		t.Errorf("%s came, not %s", again.ID, i.ID)
	}
	wants(t, c.InteractionRespond(i, said("So.")), 400, 40060)
	if a := d.Attempts(); len(a) != 2 || !a[1].Replayed {
		t.Errorf("the attempts are %+v", a)
	}
}

func TestAModalOfLabelsHasNoDataForTheClient(t *testing.T) {
	t.Parallel()
	s, c, got := over(t, discordtest.Options{})
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	status, _ := do(t, s, "POST", "/interactions/"+d.ID+"/"+d.Token+"/callback", obj{"type": 9, "data": everyInput()})
	if status != http.StatusNoContent {
		t.Fatalf("the modal: %d", status)
	}
	<-got
	raw := make(chan json.RawMessage, 10)
	c.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "INTERACTION_CREATE" {
			raw <- e.RawData
		}
	})
	s.Submit(discordtest.Member, discordtest.Values{"text": "t", "pick": []string{"a"}})
	if i := <-got; i.Data != nil {
		t.Errorf("the data are %+v", i.Data) // ModalSubmitData would panic
	}
	if !strings.Contains(string(<-raw), `"value":"t"`) {
		t.Error("the raw event does not have it")
	}
}

func TestAMessageWithANewComponentComesEmpty(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	got := make(chan *discordgo.Message, 1)
	c.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.Message })
	connect(t, s, c)
	s.Write(discordtest.Message{User: discordtest.OtherBot, Channel: discordtest.Public, Content: discordtest.Mention(discordtest.Bot),
		Components: []map[string]any{{"type": 23, "custom_id": "new"}}})
	if m := <-got; m.ID != "" || m.Content != "" {
		t.Errorf("it came as %+v", m)
	}
}

func TestOneBucketForAllTokens(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	one := a.last(t)
	s.Slash(discordtest.Colleague, discordtest.Public, "ask", question)
	two := a.last(t)
	s.Script(discordtest.Fault{Route: discordtest.EditOriginal, Scope: "user", RetryAfter: 400 * time.Millisecond})
	_, err := c.InteractionResponseEdit(one, edit("x"))
	var limited *discordgo.RateLimitError
	if !errors.As(err, &limited) {
		t.Fatalf("error %v", err)
	}
	// What one token may not do yet holds up another; a bucket of its own does not.
	uri := discordgo.EndpointWebhookMessage(discordtest.AppID, two.Token, "@original")
	begin := time.Now()
	_, err = c.RequestWithBucketID("PATCH", uri, edit("x"), uri)
	must(t, err)
	own := time.Since(begin)
	for range 2 {
		_, err = c.InteractionResponseEdit(two, edit("x"))
		must(t, err)
	}
	if took := time.Since(begin); own > 200*time.Millisecond || took < 300*time.Millisecond {
		t.Errorf("by a bucket of its own %v, by the client's %v", own, took)
	}
}

func TestAnEditHasNoFlags(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	all := []discordgo.MessageComponent{discordgo.TextDisplay{Content: "x"}}
	_, err := c.InteractionResponseEdit(a.last(t), &discordgo.WebhookEdit{Components: &all})
	wants(t, err, 400, 50035)
	status, _ := do(t, s, "PATCH", "/webhooks/"+discordtest.AppID+"/"+d.Token+"/messages/@original", layout(obj{"type": 10, "content": "x"}))
	if status != 200 {
		t.Errorf("by hand: %d", status)
	}
	status, _ = do(t, s, "PATCH", "/webhooks/"+discordtest.AppID+"/"+d.Token+"/messages/@original", obj{"content": "x", "flags": 0})
	if status != 400 {
		t.Errorf("the flag came off: %d", status)
	}
}

func TestACloudflareAnswerIsAnErrorOfJSON(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	s.Script(discordtest.Fault{Status: 429})
	_, err := c.ChannelMessageSend(discordtest.Public, "x")
	var rest *discordgo.RESTError
	var limited *discordgo.RateLimitError
	if err == nil || errors.As(err, &rest) || errors.As(err, &limited) {
		t.Errorf("error %v", err)
	}
}
