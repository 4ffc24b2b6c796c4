package slack

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/coverage"
)

// TestForms: every form keeps the limits, and those for health information are
// there only where it may be given.
func TestForms(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("A very long message, with words. ", 700)
	for _, name := range []string{ModalAsk, ModalRebut, ModalTestify, ModalCheck, ModalRewrite, ModalFeedback} {
		v := view(t)
		if _, ok := v.Modal(name, "", ""); ok == (name == ModalRebut || name == ModalRewrite) {
			t.Errorf("%s without agreements: %v", name, ok)
		}
		v.Notes = true
		m, ok := v.Modal(name, long, "ref")
		if !ok || m.CallbackID != name || m.PrivateMetadata != "ref" {
			t.Errorf("%s: %+v", name, m)
		}
		modalWithin(t, m)
		if name == ModalRewrite && strings.Contains(asJSON(t, m), "very long message") {
			t.Error("a note came into the form from elsewhere")
		}
	}
	modalWithin(t, Waiting("A title that is longer than it may be"))
	v := view(t)
	v.Page = "https://advocate.example.org"
	told := v.Told(chat.NoticeNoNotes)
	modalWithin(t, told)
	if !strings.Contains(asJSON(t, told), "agreements") || !strings.Contains(asJSON(t, told), "https://advocate.example.org/rewrite") {
		t.Errorf("%+v", told)
	}
	if m, ok := v.Modal("unknown", "", ""); ok {
		t.Errorf("%+v", m)
	}
}

func modalWithin(t *testing.T, m slack.ModalViewRequest) {
	t.Helper()
	blocksWithin(t, m.CallbackID, m.Blocks.BlockSet, MaxViewBlocks)
	for _, text := range []*slack.TextBlockObject{m.Title, m.Submit, m.Close} {
		if text != nil && (layout.Units(text.Text) > MaxTitle || text.Text == "") {
			t.Errorf("%s: %q", m.CallbackID, text.Text)
		}
	}
	hasInput := slices.ContainsFunc(m.Blocks.BlockSet, func(b slack.Block) bool { return b.BlockType() == slack.MBTInput })
	if hasInput != (m.Submit != nil) {
		t.Errorf("%s: submit %v", m.CallbackID, m.Submit)
	}
}

// TestNotices: each is a message that says something, and none lets an error's
// words through.
func TestNotices(t *testing.T) {
	t.Parallel()
	for _, notes := range []bool{false, true} {
		for _, n := range slices.Concat(layout.Alike(), slices.Collect(maps.Keys(notices))) {
			v := view(t)
			v.Notes, v.Page = notes, "https://advocate.example.org"
			out := v.Notice(n, "e1")
			within(t, []Message{out})
			if !notes {
				for _, b := range buttonsOf(out.Blocks) {
					if b.Value == ModalRebut || b.Value == ModalRewrite {
						t.Errorf("%s offers the form %q", n, b.Value)
					}
				}
			}
		}
	}
	for _, tt := range []struct {
		err  error
		want chat.Notice
	}{
		{fmt.Errorf("x: %w: canary", coverage.ErrFact), chat.NoticeFacts}, {fmt.Errorf("x: %w", bot.ErrDay), chat.NoticeDay},
		{fmt.Errorf("x: %w", bot.ErrUnreadable), chat.NoticeUnreadable}, {bot.ErrNotes, chat.NoticeNoNotes}, {bot.ErrDesk, chat.NoticeNoDesk}, {bot.ErrTestimony, chat.NoticeNoDesk},
		{context.DeadlineExceeded, chat.NoticeLate}, {context.Canceled, chat.NoticeStopped}, {errors.New("index: canary"), chat.NoticeFailed},
	} {
		got := chat.NoticeOf(tt.err)
		if got != tt.want {
			t.Errorf("%v: %s, want %s", tt.err, got, tt.want)
		}
		if strings.Contains(asJSON(t, view(t).Notice(got, "")), "canary") {
			t.Errorf("%s shows the error", got)
		}
	}
	if got := view(t).Notice("unknown", ""); !strings.Contains(got.Text, "did not work") {
		t.Errorf("%q", got.Text)
	}
}

// TestPages: help, privacy, the Home tab and what goes to the committee keep
// the limits, and teach by examples that can be pressed.
func TestPages(t *testing.T) {
	t.Parallel()
	for _, notes := range []bool{false, true} {
		v := view(t)
		v.Notes, v.Page = notes, "https://advocate.example.org"
		ans := &bot.Answer{ID: "r-1", Claims: []bot.Claim{{Text: strings.Repeat("word ", 3000), Part: bot.Lead}}}
		within(t, []Message{v.Help(), v.Privacy(Keeping{"30 days", "a year", "a day"}), v.Forget(), v.Progress(bot.StageFinding, "e1"),
			v.HandOff(strings.Repeat("<!channel> ", 4000), ans, "U0123", "https://x.slack.com/archives/C1/p1", "e1"), v.Taken("a question", "U0123"),
			v.HandOff("q", nil, "<!here>", "https://evil.example/.slack.com", "e1")})
		home := v.Home()
		blocksWithin(t, "home", home.Blocks.BlockSet, MaxViewBlocks)
		tries := 0
		for _, b := range buttonsOf(home.Blocks.BlockSet) {
			if Action(b.ActionID) == ActionTry && slices.Contains(layout.Examples(), b.Value) {
				tries++
			}
			if !notes && (b.Value == ModalRebut || b.Value == ModalRewrite) {
				t.Errorf("home offers %q", b.Value)
			}
		}
		if tries != len(layout.Examples()) {
			t.Errorf("%d examples can be tried", tries)
		}
	}
	if got := links([]Message{view(t).HandOff("q", nil, "", "https://evil.example/.slack.com", "e1")}); got != nil {
		t.Errorf("links %q", got)
	}
	if got := links([]Message{view(t).HandOff("q", nil, "", "https://x.slack.com/archives/C1/p1", "e1")}); len(got) != 1 {
		t.Errorf("links %q", got)
	}
	if got := Status("asking the language model, and checking"); strings.Contains(got, ",") {
		t.Errorf("%q is cut at its comma", got)
	}
}

// TestOptions: no message is unfurled or looked through for names, whichever
// way it is sent.
func TestOptions(t *testing.T) {
	t.Parallel()
	m := Message{Text: "words", Blocks: []slack.Block{section("words")}}
	_, values, err := slack.UnsafeApplyMsgOptions("token", "C1", "https://slack.example/api/", m.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"unfurl_links": "false", "unfurl_media": "false", "parse": "none", "link_names": "false", "text": "words"} {
		if got := values.Get(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	hook := asJSON(t, m.Webhook(false, true))
	for _, want := range []string{`"unfurl_links": false`, `"unfurl_media": false`, `"parse": "none"`, `"response_type": "ephemeral"`, `"replace_original": true`} {
		if !strings.Contains(hook, want) {
			t.Errorf("%s lacks %s", hook, want)
		}
	}
}
