package discord

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/ledger"
)

// allNotices are those of package chat.
var allNotices = []chat.Notice{chat.NoticeBusy, chat.NoticeOften, chat.NoticeFailed, chat.NoticeStopped, chat.NoticeLate, chat.NoticeFacts, chat.NoticeDay,
	chat.NoticeUnreadable, chat.NoticeEmpty, chat.NoticeNoNotes, chat.NoticeNoteSlash, chat.NoticeNoDesk, chat.NoticeIdentifiers, chat.NoticePrivate, chat.NoticeNotYours,
	chat.NoticeExpired, chat.NoticeDone, chat.NoticeThanks, chat.NoticeShared, chat.NoticeSent, chat.NoticeHanded, chat.NoticeNoCommittee, chat.NoticeQuiet, chat.NoticeOff,
	chat.NoticeForgotten, chat.NoticeLost, chat.NoticeFile, chat.NoticeNoFile, chat.NoticeHere, chat.NoticeBot, chat.NoticeNotAdmin, chat.NoticeSetting, chat.NoticeGuest, chat.NoticeUnsent, chat.NoticeForm}

// TestNotices: each is a message that says something of its own, and none
// lets an error's words through.
func TestNotices(t *testing.T) {
	t.Parallel()
	if n := len(notices) + len(layout.Alike()); n != len(allNotices) {
		t.Errorf("%d notices have words, of %d", n, len(allNotices))
	}
	for _, desk := range []bool{false, true} {
		said := map[string]bool{}
		for _, n := range allNotices {
			v := view(t)
			v.Desk, v.Notes, v.Page = desk, desk, "https://advocate.example.org"
			out := v.Notice(n, "e1")
			within(t, []Message{out})
			if said[out.Content] {
				t.Errorf("%s says what another says", n)
			}
			said[out.Content] = true
			for _, b := range buttonsIn(out) {
				if strings.HasSuffix(b.CustomID, "/"+ModalRebut) && !desk {
					t.Errorf("%s offers the form for denials", n)
				}
			}
		}
	}
	for _, tt := range []struct {
		err  error
		want chat.Notice
	}{
		{fmt.Errorf("x: %w: canary", coverage.ErrFact), chat.NoticeFacts}, {bot.ErrNotes, chat.NoticeNoNotes}, {context.DeadlineExceeded, chat.NoticeLate}, {errors.New("index: canary"), chat.NoticeFailed},
	} {
		got := chat.NoticeOf(tt.err)
		if got != tt.want || strings.Contains(view(t).Notice(got, "").Content, "canary") {
			t.Errorf("%v: %s, want %s", tt.err, got, tt.want)
		}
	}
	if got := view(t).Notice("unknown", ""); !strings.Contains(got.Content, "did not work") {
		t.Errorf("%q", got.Content)
	}
	if got := links([]Message{view(t).Notice(chat.NoticeNoNotes, "")}); got != nil {
		t.Errorf("links %q", got)
	}
}

// TestPages: help, privacy and what goes to the committee keep the limits,
// and nothing of them is left out.
func TestPages(t *testing.T) {
	t.Parallel()
	thread := "https://discord.com/channels/1/2/3"
	for _, desk := range []bool{false, true} {
		v := view(t)
		v.Desk, v.Page = desk, "https://advocate.example.org"
		ans := &bot.Answer{ID: "r-1", Model: strings.Repeat("m", 3000), Claims: []bot.Claim{{Text: strings.Repeat("word ", 3000), Part: bot.Lead, Citations: []int{1}}}}
		for range 90 {
			ans.Citations = append(ans.Citations, bot.Citation{N: 1})
		}
		settings := []chat.Setting{{Name: "answers", Says: "whether questions are answered", Value: "on", Set: time.Unix(0, 0), By: ledger.Principal{User: person}, Wide: true},
			{Name: "committee", Says: "the channel", Value: person, Set: time.Unix(0, 0)}, {Name: "state", Says: "whose state"}}
		help, handed := v.Help(), v.HandOff(strings.Repeat("@everyone <@1> ", 4000), ans, person, thread, "e1")
		within(t, []Message{help, v.Privacy(Keeping{"30 days", "a year", "a day"}), v.Forget(), v.Share("e1"), v.Progress(bot.StageFinding, "e1"), v.Progress("", ""),
			handed, v.HandOff("q", nil, "<@1>", "https://evil.example/discord.com/channels/1", "e1"), v.Taken(strings.Repeat("x", 9000), person), v.Settings(settings)})
		for _, m := range []Message{help, handed, v.Privacy(Keeping{})} {
			if len(buttonsIn(m)) == 0 {
				t.Errorf("the end of %.40q is left out", m.Content)
			}
		}
		if got := links([]Message{handed}); !slices.Equal(got, []string{thread}) {
			t.Errorf("links %q", got)
		}
		if strings.Contains(help.Content, "/rebut") != desk {
			t.Error("help names what is not done here")
		}
		if got := v.Settings(settings).Content; !strings.Contains(got, "<#"+person+">") || !strings.Contains(got, "by <@"+person+">") {
			t.Errorf("%s", got)
		}
	}
	for _, bad := range []string{"https://evil.example/", "https://discord.com/channels/1/../../oauth2", "http://discord.com/channels/1", "https://discord.com/channels/1?x", "", "https://discord.com.evil.example/channels/1", "12/34"} {
		if got := threadLink(bad); got != "" {
			t.Errorf("%q leads to %q", bad, got)
		}
	}
	if threadLink("https://discord.com/channels/@me/12/34") == "" {
		t.Error("a direct message has no link")
	}
}

// TestBody: nothing is unfurled, nobody is called, and an edit takes old
// buttons away.
func TestBody(t *testing.T) {
	t.Parallel()
	got := strings.Join(strings.Fields(asJSON(t, Message{Content: "words"}.Body(true))), "")
	if want := `{"content":"words","components":[],"allowed_mentions":{"parse":[],"replied_user":false},"flags":68}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	b := Message{Content: "words"}.Body(false)
	b.Nonce, b.EnforceNonce = "n1", true
	if got := asJSON(t, b); !strings.Contains(got, `"flags": 4`) || !strings.Contains(got, `"nonce": "n1"`) || !strings.Contains(got, `"enforce_nonce": true`) {
		t.Errorf("%s", got)
	}
}
