package discordtest_test

import (
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// A tiny adapter: it answers each interaction once, however often it comes.
type tiny struct {
	mu   sync.Mutex
	seen map[string]int
}

func (a *tiny) handle(c *discordgo.Session, i *discordgo.InteractionCreate) {
	a.mu.Lock()
	a.seen[i.ID]++
	first := a.seen[i.ID] == 1
	a.mu.Unlock()
	if first {
		_ = c.InteractionRespond(i.Interaction, said("So."))
	}
}

func TestAnAdapterAnswersEachInteractionOnce(t *testing.T) {
	t.Parallel()
	a := &tiny{seen: map[string]int{}}
	s, c := start(t, discordtest.Options{Silent: true})
	register(t, c)
	c.AddHandler(a.handle)
	connect(t, s, c)
	all := s.Storm(discordtest.Storm{Count: stormy, Repeats: 3, Do: func(int) *discordtest.Delivery {
		return s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	}})
	several := 0
	for _, d := range all {
		n := len(d.Attempts())
		if !d.Acknowledged() || n < 1 || n > 4 {
			t.Fatalf("%d attempts, trouble %q", n, d.Trouble())
		}
		if n > 1 {
			several++
		}
	}
	if n := len(s.Messages(discordtest.Public)); n != stormy || several < stormy/2 {
		t.Errorf("%d answers, %d came several times", n, several)
	}
	for _, call := range s.Calls(discordtest.CreateCallback) {
		if call.Status != 204 {
			t.Fatalf("a callback was answered %d with %d", call.Status, call.Code)
		}
	}
}

func TestInteractionsAreForwarded(t *testing.T) {
	t.Parallel()
	a := &app{say: deferred}
	web := httptest.NewServer(a)
	t.Cleanup(web.Close)
	s, c := start(t, discordtest.Options{Handler: discordtest.Forward(web.URL)})
	a.key = publicKey(t, s)
	register(t, c)
	if d := s.Slash(discordtest.Member, discordtest.Public, "ask", question); !d.Deferred() || d.Status() != 200 {
		t.Errorf("trouble %q", d.Trouble())
	}
	web.Close()
	if d := s.Slash(discordtest.Member, discordtest.Public, "ask", question); d.Trouble() != discordtest.DidNotRespond {
		t.Errorf("trouble %q", d.Trouble())
	}
}
