package discord

import (
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/discord/discordtest"
	"github.com/everycategory/advocate/bot/ledger"
)

// TestServerLeft: of a server that lets the program go, nothing is kept; of
// others, and of one that is away for an outage, all is.
func TestServerLeft(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	r.discord.AwaitOriginal(r.discord.Slash(admin, questions, "settings", discordtest.Values{"setting": "committee", "value": "<#" + committee + ">"}))
	q := r.discord.Type(member, questions, mention+" What is it?")
	reply := r.discord.AwaitReply(member, q.Message)
	r.press(member, r.sees(member, reply.Channel, "An answer"), ActionCommittee, "")
	r.sees(colleague, committee, "What is it?")
	private := r.discord.Slash(member, questions, "ask", question)
	r.discord.AwaitOriginal(private)
	for _, e := range r.discord.Transcript(member, questions).Entries {
		if e.App && e.Message.To == member && len(e.Actions) > 2 {
			sure := r.discord.AwaitOriginal(r.press(member, e, ActionSharing, ""))
			for _, e := range r.discord.Transcript(member, questions).Entries {
				if e.Message.ID == sure.ID {
					r.press(member, e, ActionShare, "")
				}
			}
			break
		}
	}
	r.discord.Type(member, discordtest.DM(member), "And directly?")
	r.sees(member, discordtest.DM(member), "An answer")
	other := r.discord.Type(stranger, discordtest.Lobby, mention+" What is it?")
	r.discord.AwaitReply(stranger, other.Message)
	r.idle()
	count := func() ledger.Stats {
		s, err := r.chat.Ledger.Stats(t.Context())
		must(t, err)
		return s
	}
	before := count()
	if before.Settings != 2 || // one is the commands that were written
		before.HandOffs != 1 || before.Shares != 1 || before.Turns != 3 {
		t.Errorf("before: %+v", before)
	}
	for _, word := range []map[string]any{{"id": discordtest.Guild, "unavailable": true}, {"unavailable": false}, {"id": "120000000000000099"}} {
		r.discord.Event(discordtest.Guild, "GUILD_DELETE", word)
	}
	last := r.discord.Type(member, questions, mention+" Is it still there?") // it comes after them
	r.discord.AwaitReply(member, last.Message)
	r.idle()
	for range 20 { // the events are taken beside each other
		if s := count(); s.Turns != before.Turns+1 || s.Settings != before.Settings || s.HandOffs != 1 || s.Shares != 1 || s.Finished < before.Finished {
			t.Fatalf("after an outage: %+v", s)
		}
		time.Sleep(time.Millisecond)
	}
	r.discord.Kick(discordtest.Bot, discordtest.Guild)
	r.discord.Until("it to be deleted", func() bool { r.discord.Touch(); return count().Settings < before.Settings })
	if s := count(); s.Settings != 1 || s.Finished != 2 || s.Turns != 2 || s.HandOffs != 0 || s.Shares != 0 || s.Waiting+s.Working != 0 {
		t.Errorf("left: %+v", s)
	}
	at := ledger.Place{Platform: Platform, Workspace: discordtest.Guild, Channel: questions, Thread: reply.Channel}
	turns, err := r.chat.Ledger.Thread(t.Context(), at)
	if err != nil || len(turns) != 0 {
		t.Errorf("%d turns of its threads, %v", len(turns), err)
	}
	again := r.discord.Type(stranger, discordtest.Lobby, mention+" And here?")
	r.discord.AwaitReply(stranger, again.Message)
	if r.chat.Stop("", at, ledger.Principal{}) != chat.NoticeDone {
		t.Error("there is work of it")
	}
}

// TestThreadless: that no thread may begin in a channel is asked once in ten
// minutes: Discord counts each refusal.
func TestThreadless(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	for i, want := range []int{1, 1, 2} {
		q := r.discord.Type(member, public, mention+" What is it?")
		if a := r.discord.AwaitReply(member, q.Message); a.Reply != q.ID {
			t.Errorf("it answers %q", a.Reply)
		}
		r.idle()
		if n := len(r.discord.Calls(discordtest.CreateThread)); n != want {
			t.Errorf("asked for a thread %d times, want %d", n, want)
		}
		if i == 1 {
			r.discord.Clock.Advance(threadTime)
		}
	}
}
