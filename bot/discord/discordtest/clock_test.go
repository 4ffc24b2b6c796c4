package discordtest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func TestTheClockStandsStill(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	begin := s.Clock.Now()
	var order []int
	s.Clock.AfterFunc(2*time.Second, func() { order = append(order, 2) })
	s.Clock.AfterFunc(time.Second, func() { order = append(order, 1) })
	stop := s.Clock.AfterFunc(time.Second, func() { order = append(order, 3) })
	if !stop() || stop() {
		t.Error("the timer was not there, or is there")
	}
	s.Clock.Advance(3 * time.Second)
	if len(order) != 2 || order[0] != 1 || s.Clock.Now() != begin.Add(3*time.Second) {
		t.Errorf("order %v", order)
	}
}

func TestASleepEndsWithItsContext(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.Clock.Sleep(ctx, time.Minute) }()
	if !s.Clock.AwaitSleepers(1) {
		t.Fatal("nobody sleeps")
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

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
