package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/slack/slacktest"
	"github.com/everycategory/advocate/corpus/citation"
)

// fixed answers everything alike.
type fixed struct {
	chat.Assistant
	ans *bot.Answer
}

func (f fixed) Ask(context.Context, bot.Request) (*bot.Answer, error) { return f.ans, nil }

// TestVeryLongAnswer: an answer of 30,000 characters comes whole, in order, in as
// many messages as it needs, none of them too long, with the sources last.
func TestVeryLongAnswer(t *testing.T) {
	t.Parallel()
	cite, err := citation.Parse("RCW 48.43.045(1)(a)")
	must(t, err)
	ans := &bot.Answer{Model: "composer", Citations: []bot.Citation{{N: 1, Source: "rcw-48.43.045", Cite: cite, Digest: "A duty."}}}
	for i := range 300 {
		ans.Claims = append(ans.Claims, bot.Claim{Text: fmt.Sprintf("Sentence %03d says %s.", i, strings.Repeat("more ", 16)), Citations: []int{1}, Part: bot.Lead})
	}
	r := newRig(t, setUp{answer: fixed{ans: ans}})
	q := r.slack.Type(member, public, "<@U0BOT> Say it all.")
	r.sees(member, public, "Sentence 299")
	r.idle()
	var all []string
	for _, m := range r.slack.Replies(member, q.Message) {
		if strings.Contains(strings.Join(all, ""), "Sources") {
			t.Error("something stands behind the sources")
		}
		words := asJSON(t, m.Blocks)
		if len(words) > 3*MaxBlockText {
			t.Errorf("a message has %d bytes", len(words))
		}
		all = append(all, words)
	}
	text := strings.Join(all, "")
	at := 0
	for i := range 300 {
		next := strings.Index(text[at:], fmt.Sprintf("Sentence %03d", i))
		if next < 0 {
			t.Fatalf("sentence %d is not in its place", i)
		}
		at += next
	}
	if len(all) < 3 || strings.Count(text, "[1]") < 301 {
		t.Errorf("%d messages, %d marks", len(all), strings.Count(text, "[1]"))
	}
}

// TestEverythingSent: of all that people do, no call was refused by the fake's
// limits, each message has words besides its blocks, nothing unfurls, nothing
// leads anywhere but to a source or our page, nobody is called who was not
// meant, and the marks of each answer are those of its sources.
func TestEverythingSent(t *testing.T) {
	t.Parallel()
	for _, classic := range []bool{false, true} {
		r := newRig(t, setUp{Options: slacktest.Options{Classic: classic}, chat: write})
		const hostile = "<!channel> <@U0COLLEAGUE> <https://evil.example|click> @here `code` *bold* [9] Can my self-funded plan refuse an LMT?"
		r.slack.OpenHome(member, "home")
		r.slack.OpenHome(member, "messages")
		r.slack.Run(admin, public, "/advocate-settings", "set committee <#C0COMMITTEE|committee>")
		r.slack.Run(admin, public, "/advocate-settings", "set state <!channel>")
		r.idle()
		q := r.slack.Type(member, public, "<@U0BOT> "+strings.ReplaceAll(hostile, "@here", "")) // which names somebody
		a := r.slack.AwaitReply(member, q.Message)
		r.idle()
		r.slack.Press(member, a, ActionCommittee)
		r.slack.Run(member, public, "/ask", hostile)
		r.slack.Type(member, slacktest.DM(member), hostile)
		r.form("/check", map[string]any{FieldText: hostile + " " + sampleDraft})
		r.form("/rebut", map[string]any{FieldText: sampleDenial + " " + hostile})
		r.form("/testify", map[string]any{FieldState: "OR", FieldPosition: "support", FieldMinutes: "2", FieldBill: "HB 2 <!here>", FieldStory: hostile, FieldSpeaker: hostile})
		r.form("/rewrite", map[string]any{FieldText: sampleNote + " " + hostile})
		for _, c := range []string{"/help", "/privacy", "/forget"} {
			r.slack.Run(member, public, c, "")
		}
		r.idle()
		private := r.sees(member, public, "Asked: ")
		r.slack.Press(member, private.Message, ActionShare)
		r.idle()
		sent := 0
		for _, c := range r.slack.Calls("") {
			if strings.HasPrefix(c.Error, "invalid") || strings.Contains(c.Error, "too_long") || c.Error == "no_text" {
				t.Errorf("%s: %s %q", c.Method, c.Error, c.Detail)
			}
			if c.Method != "chat.postMessage" && c.Method != "chat.postEphemeral" {
				continue
			}
			sent++
			if c.Args["text"] == "" || c.Args["unfurl_links"] != "false" || c.Args["unfurl_media"] != "false" || c.Args["parse"] == "full" || c.Args["link_names"] == "true" || c.Args["link_names"] == "1" {
				t.Errorf("%s: sent with %q", c.Method, []string{c.Args["unfurl_links"], c.Args["unfurl_media"], c.Args["parse"], c.Args["link_names"]})
			}
		}
		if sent < 15 {
			t.Errorf("%d messages", sent)
		}
		for _, place := range []struct{ user, channel string }{{member, public}, {member, slacktest.DM(member)}, {colleague, committee}} {
			seen := r.slack.Transcript(place.user, place.channel, "")
			for _, p := range seen.Pings() {
				if p != "<@"+member+">" && p != "<@"+admin+">" && p != "<#"+committee+">" {
					t.Errorf("in %s: %s", place.channel, p)
				}
			}
			for _, l := range seen.Links() {
				if !strings.HasPrefix(l.URL, "https://advocate.example.org/") && !strings.Contains(l.URL, ".slack.com/") {
					t.Errorf("in %s: a link to %s", place.channel, l.URL)
				}
			}
			for _, e := range seen.Entries {
				sameMarks(t, e)
			}
		}
	}
}

// sameMarks: the marks of a message that has sources are those of its sources.
func sameMarks(t *testing.T, e slacktest.Seen) {
	t.Helper()
	body, sources, ok := strings.Cut(e.Words, "*Sources*")
	if !ok || !e.App {
		return
	}
	var used, given []string
	for _, m := range marked.FindAllString(body, -1) {
		if !slices.Contains(used, m) {
			used = append(used, m)
		}
	}
	for _, line := range strings.Split(sources, "\n") {
		if m := marked.FindString(strings.TrimSpace(line)); m != "" && strings.HasPrefix(strings.TrimSpace(line), m) {
			given = append(given, m)
		}
	}
	for _, m := range used {
		if !slices.Contains(given, m) && !strings.Contains(body, "Asked: ") {
			t.Errorf("the mark %s has no source in %.80q", m, body)
		}
	}
}

// scoped notes whose documents were searched.
type scoped struct {
	fixed
	asked chan []string
}

func (s scoped) Ask(_ context.Context, r bot.Request) (*bot.Answer, error) {
	s.asked <- r.Scopes
	return s.ans, nil
}

// TestTenancy: members search the documents of their workspace; guests, people
// of elsewhere and everybody in a shared channel search public ones, also in
// what is shared; deliveries of another workspace are nobody's.
func TestTenancy(t *testing.T) {
	t.Parallel()
	mind := scoped{fixed{ans: &bot.Answer{Claims: []bot.Claim{{Text: "An answer.", Part: bot.Lead}}, Model: "composer"}}, make(chan []string, 100)}
	r := newRig(t, setUp{answer: mind, chat: func(o *chat.Options) {
		o.Scopes = func(workspace string) []string { return []string{"of " + workspace} }
	}})
	own := []string{"public", "of " + slacktest.Team}
	for _, tt := range []struct {
		name string
		do   func()
		want []string
	}{
		{"a member's mention", func() { r.slack.Type(member, public, "<@U0BOT> What is it?") }, own},
		{"a member directly", func() { r.slack.Type(member, slacktest.DM(member), "What is it?") }, own},
		{"a member's command", func() { r.slack.Run(member, public, "/ask", "What is it?") }, own},
		{"a guest's mention", func() { r.slack.Type(guest, public, "<@U0BOT> What is it?") }, nil},
		{"a guest's command", func() { r.slack.Run(guest, public, "/ask", "What is it?") }, nil},
		{"a member in a shared channel", func() { r.slack.Type(member, slacktest.Shared, "<@U0BOT> What is it?") }, nil},
		{"a stranger in a shared channel", func() { r.slack.Type(slacktest.Stranger, slacktest.Shared, "<@U0BOT> What is it?") }, nil},
	} {
		tt.do()
		if got := <-mind.asked; !slices.Equal(got, tt.want) {
			t.Errorf("%s searches %q, want %q", tt.name, got, tt.want)
		}
		r.idle()
	}
	r.slack.Run(member, slacktest.Shared, "/ask", "What is it?")
	if got := <-mind.asked; !slices.Equal(got, own) { // they alone see it
		t.Errorf("a command in a shared channel searches %q", got)
	}
	a := r.sees(member, slacktest.Shared, "Asked: What is it?")
	r.slack.Press(member, a.Message, ActionShare)
	if got := <-mind.asked; got != nil {
		t.Errorf("what is shared there searches %q", got)
	}
	r.idle()
	r.slack.Type(slacktest.Neighbor, slacktest.Elsewhere, "<@U0BOT> What is it?")
	r.idle()
	if len(mind.asked) > 0 || len(r.slack.Messages(slacktest.Elsewhere)) != 1 {
		t.Error("another workspace is answered")
	}
}
