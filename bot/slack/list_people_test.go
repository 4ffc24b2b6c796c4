package slack

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// notice is what a notice says first.
func notice(n chat.Notice) string {
	_, text := layout.Notice(n, notices)
	text, _, _ = strings.Cut(text, "\n")
	return text
}

// says waits until somebody is told a notice in a channel.
func (r *rig) says(user, channel string, n chat.Notice) slacktest.Seen {
	r.Helper()
	return r.sees(user, channel, notice(n))
}

// TestFeedback: a vote counts once for each person and message, a bad one asks
// for the reasons, and a late one counts after a restart.
func TestFeedback(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	r := newRig(t, setUp{file: file})
	q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	a := r.slack.AwaitReply(member, q.Message)
	votes := func(r *rig) map[string]int {
		s, err := r.chat.Ledger.Stats(t.Context())
		must(t, err)
		return s.Feedback
	}
	r.slack.Press(member, a, ActionFeedback, Good)
	r.slack.Press(member, a, ActionFeedback, Bad)
	r.slack.Press(colleague, a, ActionFeedback, Good)
	if got := votes(r); got[Good] != 1 || got[Bad] != 1 {
		t.Errorf("votes %v", got)
	}
	d := r.slack.Submit(r.slack.Top(member), map[string]any{FieldReasons: []string{"wrong"}, FieldWords: "It says nothing of Jane Doe, SSN 123-45-6789."})
	if d.Status() != 200 {
		t.Errorf("the reasons: %d", d.Status())
	}
	r.says(member, public, chat.NoticeThanks)
	kept, err := r.chat.Ledger.Feedback(t.Context(), Platform, ledger.Key(public+":"+a.TS))
	must(t, err)
	i := slices.IndexFunc(kept, func(f ledger.Feedback) bool { return f.From.User == member })
	if len(kept) != 2 || i < 0 || !strings.HasPrefix(string(kept[i].Reasons), "wrong") || strings.Contains(string(kept[i].Reasons), "123-45") {
		t.Errorf("%d votes are kept", len(kept))
	}
	r.stop()
	must(t, r.chat.Ledger.Close())
	next := newRig(t, setUp{file: file, after: r})
	next.slack.Press(admin, a, ActionFeedback, Good)
	if got := votes(next); got[Good] != 2 {
		t.Errorf("votes after a restart %v", got)
	}
}

// TestBoundButtons: what is one person's is nobody else's, and what was
// pressed twice is done once.
func TestBoundButtons(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.slack.Run(member, public, "/ask", eligible)
	a := r.sees(member, public, "RCW 48.43.045")
	for range 2 {
		r.slack.Press(member, a.Message, ActionShare)
		r.idle()
	}
	r.says(member, public, chat.NoticeDone)
	shared := 0
	for _, m := range r.slack.Messages(public) {
		if m.To == "" && strings.Contains(m.Text, "shared by") {
			shared++
		}
	}
	if shared != 1 {
		t.Errorf("shared %d times", shared)
	}
	// Somebody else sends what the button sends.
	for _, order := range []chat.Order{{Kind: chat.Share, Ref: "e1"}, {Kind: chat.Committee, Ref: "e1"}, {Kind: chat.Document, Ref: "e1", Value: chat.DocumentLetter}, {Kind: chat.Ask, Ref: "e1"}} {
		order.Keys = []ledger.Key{ledger.Key("theirs:" + string(order.Kind))}
		order.From, order.At = from(slacktest.Team, colleague), place(slacktest.Team, public, "")
		if _, err := r.chat.Accept(t.Context(), order); err != nil {
			t.Fatal(err)
		}
		r.idle()
	}
	refused := 0
	for _, e := range r.slack.Transcript(colleague, public, "").Entries {
		if strings.Contains(e.Words, notice(chat.NoticeNotYours)) {
			refused++
		}
	}
	if refused != 4 {
		t.Errorf("%d of 4 were refused", refused)
	}
}

// TestAppRemoved: of a workspace that removes the app, nothing is kept; what
// another says of itself changes nothing.
func TestAppRemoved(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.slack.Run(admin, public, "/advocate-settings", "set committee <#C0COMMITTEE|committee>")
	q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	a := r.slack.AwaitReply(member, q.Message)
	r.idle()
	r.slack.Press(member, a, ActionCommittee)
	r.slack.Type(member, slacktest.DM(member), eligible)
	r.idle()
	stats := func() ledger.Stats {
		s, err := r.chat.Ledger.Stats(t.Context())
		must(t, err)
		return s
	}
	r.slack.Event(slacktest.OtherTeam, map[string]any{"type": "app_uninstalled"})
	if s := stats(); s.Turns != 2 || s.HandOffs != 1 || s.Settings != 1 || s.Finished == 0 {
		t.Fatalf("before: %+v", s)
	}
	r.slack.Event(slacktest.Team, map[string]any{"type": "app_uninstalled"})
	if s := stats(); s.Turns+s.HandOffs+s.Settings+s.Shares+s.Finished+s.Waiting+s.Working != 0 {
		t.Errorf("left: %+v", s)
	}
}

// TestElsewhere: where the program is not, or a command cannot be, there is
// an answer all the same.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.slack.Run(member, slacktest.Outside, "/ask", eligible)
	a := r.sees(member, slacktest.Outside, "RCW 48.43.045")
	if !a.OnlyYou {
		t.Error("others see it where the program is not")
	}
	r.slack.Press(member, a.Message, ActionShare)
	r.idle()
	if got := r.slack.Transcript(colleague, slacktest.Outside, "").Entries; len(got) != 0 {
		t.Errorf("others see %v", got)
	}
	q := r.slack.Type(member, slacktest.Group, "<@U0BOT> "+eligible)
	if got := r.slack.AwaitReply(member, q.Message); got.Root() != q.TS {
		t.Errorf("in a group it stands at %q", got.Root())
	}
	r.slack.Run(member, public, "/advocate-settings", "set answers off")
	r.says(member, public, chat.NoticeNotAdmin)
}

// TestWhispersFail: what one person alone should see in a channel goes to them
// directly where it cannot be; a response URL is used five times at most, and
// not once it is old.
func TestWhispersFail(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.slack.Script(slacktest.Fault{Method: "chat.postEphemeral", Times: -1, Error: "user_not_in_channel"})
	r.slack.Run(member, slacktest.Outside, "/ask", eligible)
	r.sees(member, slacktest.Outside, "RCW 48.43.045")
	r.idle()
	if uses := r.slack.HookUses(member); len(uses) != 1 || uses[0] == 0 || uses[0] > 5 {
		t.Errorf("response URLs were used %v times", uses)
	}
	uses := 0
	for range 10 {
		if r.door.use("https://x") {
			uses++
		}
	}
	if uses != urlUses {
		t.Errorf("a response URL is used %d times", uses)
	}
	r.slack.Script(slacktest.Fault{Method: "response_url", Times: -1, Status: 404})
	r.slack.Run(member, slacktest.Outside, "/help", "")
	r.sees(member, slacktest.DM(member), "What advocate does")
	// An old one is not tried.
	r.slack.ClearFaults()
	r.slack.Script(slacktest.Fault{Method: "chat.postEphemeral", Times: -1, Error: "not_in_channel"})
	old := reply{URL: "https://hooks.example/never", Given: r.slack.Clock.Now().Add(-31 * time.Minute).Unix()}.pack()
	_, err := r.chat.Accept(t.Context(), chat.Order{Keys: []ledger.Key{"old"}, From: from(slacktest.Team, member), At: place(slacktest.Team, slacktest.Outside, ""), Kind: chat.Privacy, Reply: old})
	must(t, err)
	r.sees(member, slacktest.DM(member), "What is kept")
}

// TestShortcuts: the menu of a message asks what it asks, and says so where it
// asks nothing that can be read.
func TestShortcuts(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	q := r.slack.Type(colleague, public, eligible)
	r.slack.MessageShortcut(member, q.Message, ShortcutAskAbout)
	if a := r.sees(member, public, "RCW 48.43.045"); !a.OnlyYou {
		t.Error("others see it")
	}
	for _, tt := range []struct {
		message slacktest.Message
		want    chat.Notice
	}{
		{slacktest.Message{Channel: public, User: colleague, Text: strings.Repeat("word ", 4000)}, chat.NoticeUnreadable},
		{slacktest.Message{Channel: public, User: colleague, Files: []slacktest.File{{Name: "a.pdf", Bytes: []byte("%PDF")}}}, chat.NoticeFile},
		{slacktest.Message{Channel: public, User: colleague, Text: " "}, chat.NoticeBot},
	} {
		m := r.slack.Write(tt.message)
		r.slack.MessageShortcut(member, m.Message, ShortcutAskAbout)
		r.says(member, public, tt.want)
	}
	mine := r.slack.Type(member, public, "<@U0BOT> "+eligible)
	r.slack.MessageShortcut(member, r.slack.AwaitReply(member, mine.Message), ShortcutAskAbout)
	r.says(member, public, chat.NoticeBot)
	r.slack.MessageShortcut(member, q.Message, ShortcutReply)
	v := r.slack.Top(member)
	if v.CallbackID != ModalRebut || !strings.Contains(asJSON(t, v.Blocks), "massage therapists are not eligible") {
		t.Errorf("the form %s", v.CallbackID)
	}
}

// TestPlaces: help, privacy, forgetting; after it nothing of the person is in
// the ledger, and asking again works.
func TestPlaces(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.slack.Run(member, public, "/help", "")
	r.sees(member, public, "What advocate does")
	r.slack.Run(member, public, "/privacy", "")
	r.sees(member, public, "30 days")
	r.slack.Run(member, public, "/ask", eligible)
	r.sees(member, public, "RCW 48.43.045")
	r.slack.Run(member, public, "/forget", "")
	ask := r.sees(member, public, "This deletes your questions")
	r.slack.Press(member, ask.Message, ActionForget)
	r.says(member, public, chat.NoticeForgotten)
	r.idle()
	for id := int64(1); id < 10; id++ {
		if j, ok, err := r.chat.Ledger.Recall(t.Context(), id); err != nil || ok && j.From.User == member && !j.Forgotten {
			t.Errorf("event %d is kept: %v", id, err)
		}
	}
	old := r.sees(member, public, "Asked: "+eligible)
	r.slack.Press(member, old.Message, ActionShare)
	r.says(member, public, chat.NoticeExpired)
}

// TestHandedOver: the committee is asked with who asks and the way there; once
// a person takes it, or writes in the thread, the program is quiet there.
func TestHandedOver(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.slack.Run(admin, public, "/advocate-settings", "set committee <#C0COMMITTEE|committee>")
	r.sees(admin, public, "Set to")
	for _, how := range []string{"taken", "written"} {
		q := r.slack.Type(member, public, "<@U0BOT> "+eligible+" "+how)
		a := r.slack.AwaitReply(member, q.Message)
		r.slack.Press(member, a, ActionCommittee)
		told := r.sees(colleague, committee, how)
		if !strings.Contains(told.Words, "A question for people") || !slices.Equal(told.Pings, []string{"<@" + member + ">"}) {
			t.Errorf("the committee sees %q, pings %q", told.Words, told.Pings)
		}
		r.idle()
		if how == "taken" {
			r.slack.Press(colleague, told.Message, ActionTaken)
			r.sees(colleague, committee, "A person answers this")
		} else {
			r.slack.Reply(colleague, q.Message, "I know the answer to this.")
		}
		r.idle()
		before := len(r.slack.Thread(public, q.TS))
		r.slack.Reply(member, q.Message, "<@U0BOT> and after that?")
		r.idle()
		quiet := 0
		for _, m := range r.slack.Thread(public, q.TS)[before:] {
			if m.To == member && strings.Contains(m.Text, "A person answers in this thread") {
				quiet++
			} else if m.User == slacktest.Bot {
				t.Errorf("%s: it answers %q", how, m.Text)
			}
		}
		if quiet != 1 {
			t.Errorf("%s: told %d times that a person answers", how, quiet)
		}
	}
}
