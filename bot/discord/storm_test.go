package discord

import (
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// TestStorm: commands that come one to four times, in any order, have one
// answer each.
func TestStorm(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{Options: discordtest.Options{Silent: true, Seed: 7}, answer: fixed{ans: short}, chat: func(o *chat.Options) { o.Slow = time.Hour }})
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Second):
				r.discord.ForgetCalls()
			}
		}
	}()
	people := []string{member, colleague, admin}
	sent := r.discord.Storm(discordtest.Storm{Count: stormCommands, Repeats: 3, Do: func(i int) *discordtest.Delivery {
		who := people[i%3]
		if i%2 == 0 {
			return r.discord.Slash(who, discordtest.DM(who), "ask", question)
		}
		return r.discord.Slash(who, public, "ask", question)
	}})
	for left, since := r.chat.Backlog(), time.Now(); left > 0; time.Sleep(10 * time.Millisecond) {
		if now := r.chat.Backlog(); now < left {
			left, since = now, time.Now()
		}
		if time.Since(since) > 20*time.Second {
			t.Fatalf("%d are left, and none is answered any more", left)
		}
	}
	deliveries, wrong := 0, 0
	for _, d := range sent {
		deliveries += len(d.Attempts())
		if m, ok := d.Original(); !ok || m.Content == "" || d.Trouble() != "" {
			wrong++
		}
	}
	if n := int(r.asks.Load()); wrong > 0 || n != len(sent) {
		t.Errorf("of %d commands with %d deliveries, %d are not answered; %d were asked", len(sent), deliveries, wrong, n)
	}
	t.Logf("%d commands, %d deliveries, %d asked", len(sent), deliveries, r.asks.Load())
}
