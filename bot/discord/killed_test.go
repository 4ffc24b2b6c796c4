package discord

import (
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// TestKilled kills the app again and again amid its work: before Discord takes
// a message, between Discord's taking it and its answer, right after a sign
// that it has something, and at any moment. What was acknowledged is answered,
// whole, and nothing is answered twice.
//
// Acknowledged is what the person was shown to be: a command whose answer was
// announced in time ("is thinking…"), a message with the program's sign below
// it. Discord delivers nothing again to a process that died: of what it had on
// the way to it, or what was not stored, a command is shown to have failed, and
// a message stays without a sign. Such a one may be answered all the same, once.
func TestKilled(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]hunt{
		"over the gateway": {events: killedEvents, kills: killedTimes, moves: 5 * time.Second},
		"signed requests":  {events: killedEvents, kills: killedTimes, moves: 5 * time.Second, signed: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKiller(t, h)
			k.run()
			got := k.count()
			if k.killed < h.kills || k.amid.Load() == 0 || k.acked.Load() == 0 || got.lost > 0 || got.twice > 0 || got.told > 0 || got.acknowledged < h.events*3/4 {
				t.Errorf("over %d kills: %+v", k.killed, got)
			}
			t.Logf("%d events, %d kills, of which %d amid a message and %d at a sign: %+v", h.events, k.killed, k.amid.Load(), k.acked.Load(), got)
		})
	}
}

// TestKilledVaried: with answers of several messages, with lines that say that
// there is work, and with tokens that die between two lives, nothing is
// answered twice either; each person whose answer may be lost is told so.
func TestKilledVaried(t *testing.T) {
	t.Parallel()
	events, kills := max(100, killedEvents/10), max(6, killedTimes/10)
	k := newKiller(t, hunt{events: events, kills: kills, moves: 16 * time.Minute, varied: true})
	k.run()
	got := k.count()
	if k.killed < kills || k.amid.Load() == 0 || got.twice > 0 || got.silent > 0 || got.lost > got.told || got.lines > got.told {
		t.Errorf("over %d kills: %+v", k.killed, got)
	}
	t.Logf("%d events, %d kills, of which %d amid a message: %+v", events, k.killed, k.amid.Load(), got)
}

// TestKilledNotices replaces a guard: the tests above must go red. Within five
// minutes Discord refuses a second message with the same nonce, so that it is
// not enough to look no more: the clock moves by more.
func TestKilledNotices(t *testing.T) {
	t.Parallel()
	for fault, red := range map[string]func(outcomes) bool{
		storedLater:    func(n outcomes) bool { return n.lost > 0 },
		withoutLooking: func(n outcomes) bool { return n.twice > 0 },
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			for more := range 6 { // a kill may meet nothing that the fault spoils
				k := newKiller(t, hunt{events: 60 + more, kills: 4, fault: fault, moves: 6 * time.Minute})
				k.run()
				got := k.count()
				if red(got) {
					return
				}
				t.Logf("over %d kills nothing is noticed: %+v", k.killed, got)
			}
			t.Error("nothing is noticed")
		})
	}
}

// outcomes are what became of the events.
type outcomes struct {
	acknowledged int
	answered     int // whole, of all
	lost         int // acknowledged, and without a whole answer
	told         int // that it may be lost
	silent       int // lost, and not told so
	twice        int // any part of the answer, or that it may be lost, more than once
	lines        int // that there is work, which still stand; of a command whose token died nothing can be taken away
}

// whole is what each answer shows once.
func (a *asked) whole() []string {
	out := []string{"A sample of an answer.", "Information, not legal advice"}
	if strings.Contains(a.text, atLength) {
		out = append(out, "Part 0 of it.", "Part 1 of it.")
	}
	return out
}

func (k *killer) count() (n outcomes) {
	unsent, _, _ := strings.Cut(View{}.Notice(chat.NoticeUnsent, "").Content, ".")
	seen := map[string][]discordtest.Message{} // by the message that is answered, or the person
	note := func(channel, key string) {
		for _, m := range k.discord.Messages(channel) {
			switch {
			case m.User != discordtest.Bot || m.Flags&discordtest.Loading != 0:
			case key != "":
				seen[key] = append(seen[key], m)
			case m.To != "":
				seen[m.To] = append(seen[m.To], m)
			default:
				seen[m.Reply] = append(seen[m.Reply], m)
			}
		}
	}
	for i := range channels {
		note(threaded(i), "")
		note(threadless(i), "")
		for _, c := range k.discord.Threads(threaded(i)) {
			note(c.ID, c.ID)
		}
	}
	for _, a := range k.sent {
		who := somebody(a.n)
		note(discordtest.DM(who), who)
		said := seen[who]
		if a.command == nil {
			said = append(said, seen[a.message.ID]...)
		}
		lacks, told := false, 0
		for _, m := range said {
			if strings.Contains(m.Content, unsent) {
				told++
			}
			for _, row := range m.Components {
				if a.command == nil && strings.Contains(asJSON(k.T, row), `"`+ActionStop+`/`) {
					n.lines++
				}
			}
		}
		twice := told > 1
		for _, words := range a.whole() {
			times := 0
			for _, m := range said {
				times += strings.Count(m.Content, words)
			}
			lacks, twice = lacks || times == 0, twice || times > 1
		}
		if twice {
			n.twice++
		}
		if !lacks {
			n.answered++
		}
		n.told += min(told, 1)
		acknowledged := a.command != nil && a.command.Acknowledged() || a.command == nil && k.eyes[a.message.ID]
		if !acknowledged {
			continue
		}
		n.acknowledged++
		if lacks {
			n.lost++
			if told == 0 {
				n.silent++
			}
		}
	}
	return n
}
