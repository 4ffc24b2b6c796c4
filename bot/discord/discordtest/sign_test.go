package discordtest_test

import (
	"encoding/hex"
	"net/http"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func publicKey(t *testing.T, s *discordtest.Server) []byte {
	t.Helper()
	key, err := hex.DecodeString(s.PublicKey())
	must(t, err)
	return key
}

func TestSignaturesAreAsTheClientVerifies(t *testing.T) {
	t.Parallel()
	s, _, _ := serving(t, discordtest.Options{})
	for name, c := range map[string]struct {
		raw  discordtest.Raw
		want int
	}{
		"as it is":      {discordtest.Raw{}, 200},
		"flipped":       {discordtest.Raw{Flipped: true}, 401},
		"another key":   {discordtest.Raw{WrongKey: true}, 401},
		"no signature":  {discordtest.Raw{Unsigned: true}, 401},
		"no time":       {discordtest.Raw{Header: http.Header{"X-Signature-Timestamp": {""}}}, 401},
		"short":         {discordtest.Raw{Header: http.Header{"X-Signature-Ed25519": {"ab"}}}, 401},
		"an hour old":   {discordtest.Raw{Age: time.Hour}, 200}, // the client has no check of the age
		"of the future": {discordtest.Raw{Age: -time.Hour}, 200},
	} {
		c.raw.Body = `{"type":1}`
		if got := s.SendRaw(c.raw).Status(); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	if !s.Probe() {
		t.Error("the address would not be taken")
	}
}

func TestALaxAddressIsNotTaken(t *testing.T) {
	t.Parallel()
	lax := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"type":1}`)) })
	s, _ := start(t, discordtest.Options{Handler: lax})
	if s.Probe() {
		t.Error("it is taken")
	}
}

func TestInteractionsOverHTTPDoNotComeOverTheGateway(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	got := make(chan string, 10)
	c.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { got <- i.ID })
	c.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.ID })
	connect(t, s, c)
	a.does(says(discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{Content: "So."}))
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	m, ok := d.Original()
	if !ok || m.Content != "So." || !d.Acknowledged() || d.Status() != 200 {
		t.Errorf("the answer is %+v", m)
	}
	if id := <-got; id != m.ID {
		t.Errorf("%s came over the gateway, not the message", id)
	}
}
