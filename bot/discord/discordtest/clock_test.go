package discordtest_test

import (
	"context"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// An app that sleeps after it got an interaction over the gateway is not
// waited for.
func TestAnAppThatSleepsOverTheGateway(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{Patience: within})
	register(t, c)
	c.AddHandler(func(c *discordgo.Session, i *discordgo.InteractionCreate) {
		_ = c.InteractionRespond(i.Interaction, reply(discordgo.InteractionResponseDeferredChannelMessageWithSource, nil))
		_ = s.Clock.Sleep(context.Background(), time.Minute)
		_, _ = c.InteractionResponseEdit(i.Interaction, edit("So."))
	})
	connect(t, s, c)
	begin := time.Now()
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	if !d.Deferred() || time.Since(begin) > within/2 || !s.Clock.AwaitSleepers(1) {
		t.Errorf("after %v", time.Since(begin))
	}
	s.Clock.Advance(time.Minute)
	if m := s.AwaitOriginal(d); m.Content != "So." || !m.Edited.Equal(s.Clock.Now()) {
		t.Errorf("the answer is %+v", m)
	}
}
