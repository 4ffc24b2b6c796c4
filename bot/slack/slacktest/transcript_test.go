package slacktest_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

var update = flag.Bool("update", false, "rewrite the transcripts of testdata")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s differs: run go test ./bot/slack/slacktest -run %s -update and read the difference\n%s", file, t.Name(), got)
	}
}

func mrkdwn(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, false)
}

// talk is a conversation with everything in it that is rendered.
func talk(t *testing.T) (s *slacktest.Server, modalOpen slacktest.View) {
	t.Helper()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a, Silent: true})
	q := s.Type(slacktest.Member, slacktest.Public, "<@U0BOT> How many visits must a plan pay?")
	s.React(slacktest.Colleague, q.Message, "eyes")
	post(t, c, slacktest.Public, "fallback", slack.MsgOptionTS(q.TS), slack.MsgOptionBlocks(
		slack.NewHeaderBlock(text("Short answer")),
		slack.NewSectionBlock(mrkdwn("*At least* ten visits &amp; no _referral_ [1]. ~Twelve~ `code`\n&gt; a quoted line"), nil, nil),
		slack.NewDividerBlock(),
		slack.NewRichTextBlock("", slack.NewRichTextSection(slack.NewRichTextSectionTextElement("Sources: ", &slack.RichTextSectionTextStyle{Bold: true}),
			slack.NewRichTextSectionLinkElement("https://page.example/source/1", "[1] Sample statute", nil)),
			slack.NewRichTextList(slack.RTEListOrdered, 0, slack.NewRichTextSection(slack.NewRichTextSectionTextElement("first", nil)),
				slack.NewRichTextSection(slack.NewRichTextSectionTextElement("second", nil)))),
		slack.NewMarkdownBlock("", "## Steps\n1. *Ask* the plan\n- **Write** to [them](https://page.example/write)\n```\nkept <as> is\n```"),
		slack.NewContextBlock("", mrkdwn("Checked against the sources. Not legal advice.")),
		slack.NewActionBlock("row", slack.NewButtonBlockElement("share", "1", text("Share")).WithStyle(slack.StylePrimary),
			slack.NewButtonBlockElement("open", "", text("Open")).WithURL("https://page.example/a")),
		slack.NewContextActionsBlock("votes", slack.NewFeedbackButtonsBlockElement("vote",
			slack.NewFeedbackButton(text("Good"), "up"), slack.NewFeedbackButton(text("Bad"), "down")))))
	ts := post(t, c, slacktest.Public, "At work", slack.MsgOptionTS(q.TS))
	_, _, _, err := c.UpdateMessage(slacktest.Public, ts, slack.MsgOptionText("fallback", false), rawBlocks(s.URL()+"chat.update", `[`+section("Edited: *ten* visits.")+`,`+table(2, 2, 3)+`]`))
	must(t, err)
	_, err = c.PostEphemeral(slacktest.Public, slacktest.Member, slack.MsgOptionText("For you alone :wave:", false))
	must(t, err)
	_, err = c.UploadFile(slack.UploadFileParameters{Filename: "letter.docx", FileSize: 5, Content: "bytes", Title: "Letter", Channel: slacktest.Public, ThreadTimestamp: q.TS, InitialComment: "Your letter."})
	must(t, err)
	post(t, c, slacktest.Public, "Bad: <!channel> <@U0ADMIN> <#C0PUBLIC> <https://evil.example|click me> https://auto.example a@b.example")
	gone := post(t, c, slacktest.Public, "deleted")
	_, _, err = c.DeleteMessage(slacktest.Public, gone)
	must(t, err)
	q2 := s.Type(slacktest.Colleague, slacktest.Public, "and now?")
	must(t, c.SetAssistantThreadsStatus(slack.AssistantThreadsSetStatusParameters{ChannelID: slacktest.Public, ThreadTS: q2.TS, Status: "is searching…"}))
	s.Shortcut(slacktest.Member, "rewrite")
	_, err = c.OpenView(trigger(t, a), modal("Rewrite a note", slack.NewSectionBlock(mrkdwn("What happens to the note?"), nil, nil)))
	must(t, err)
	a.do(says(`{"response_action":"errors","errors":{"note":"Too short"}}`, "application/json"))
	s.Submit(s.Top(slacktest.Member), map[string]any{"note": "x"})
	return s, s.Top(slacktest.Member)
}

func TestTranscripts(t *testing.T) {
	t.Parallel()
	s, v := talk(t)
	mine, theirs := s.Transcript(slacktest.Member, slacktest.Public, ""), s.Transcript(slacktest.Admin, slacktest.Public, "")
	golden(t, "transcript.txt", mine.String()+"\n"+theirs.String()+"\n"+s.Shown(v).String())
	golden(t, "light.html", mine.HTML(slacktest.Light))
	golden(t, "dark.html", mine.HTML(slacktest.Dark))
	golden(t, "modal.html", s.Shown(v).HTML(slacktest.Light))
	if got := s.Transcript(slacktest.Stranger, slacktest.Public, ""); len(got.Entries) != 0 {
		t.Error("who is not in the channel sees it")
	}
	thread := s.Transcript(slacktest.Member, slacktest.Public, mine.Entries[0].TS)
	if len(thread.Entries) != 4 || thread.Entries[0].Who != "Sample Member" {
		t.Errorf("the thread has %d messages", len(thread.Entries))
	}
}

func TestWhatNotifiesAndWhatLinks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, pings, links string }{
		{"<!channel> <!here> <!everyone>", "<!channel> <!here> <!everyone>", ""},
		{"<@U1> <@U1|x> <#C1> <!subteam^S1|@g>", "<@U1> <@U1> <#C1> <!subteam^S1>", ""},
		{"&lt;!channel&gt; a &lt;https://a.example|b&gt;", "", "https://a.example|b>"},
		{"<https://a.example|b> *<https://b.example>*", "", "https://a.example https://b.example"},
		{"see https://a.example/b_c_d and www.b.example", "", "https://a.example/b_c_d www.b.example"},
		{"a@b.example <mailto:c@d.example|c>", "", "mailto:a@b.example mailto:c@d.example"},
		{"`<!channel>` ```https://a.example```", "", ""},
		{"@here @channel #x < a > <b> 1<2", "", ""},
		{"*bold <!here>* _<@U1>_ ~<#C1>~", "<!here> <@U1> <#C1>", ""},
		{"<!date^1392734382^Posted {date_num}|on a day>", "", ""},
	} {
		s, c := start(t, slacktest.Options{})
		post(t, c, slacktest.Public, tt.text)
		post(t, c, slacktest.Public, "x", slack.MsgOptionBlocks(slack.NewSectionBlock(mrkdwn(tt.text), nil, nil)))
		for _, e := range s.Transcript(slacktest.Member, slacktest.Public, "").Entries {
			var urls []string
			for _, l := range e.Links {
				urls = append(urls, l.URL)
			}
			if strings.Join(e.Pings, " ") != tt.pings || strings.Join(urls, " ") != tt.links {
				t.Errorf("%q: pings %q, links %q", tt.text, e.Pings, urls)
			}
		}
		post(t, c, slacktest.Public, "x", slack.MsgOptionBlocks(slack.NewSectionBlock(text("plain"), []*slack.TextBlockObject{text(tt.text)}, nil)))
		e := s.Transcript(slacktest.Member, slacktest.Public, "").Entries[2]
		if len(e.Pings)+len(e.Links) != 0 {
			t.Errorf("plain text %q: %q %v", tt.text, e.Pings, e.Links)
		}
	}
}

func TestWhatTheFlagsOfAMessageChange(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	post(t, c, slacktest.Public, "@here", slack.MsgOptionLinkNames(true))
	post(t, c, slacktest.Public, "@channel", slack.MsgOptionParse(true))
	post(t, c, slacktest.Public, "@channel", slack.MsgOptionParse(false), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	tr := s.Transcript(slacktest.Member, slacktest.Public, "")
	if got := tr.Pings(); !slices.Equal(got, []string{"@here", "@channel"}) {
		t.Errorf("pings %q", got)
	}
	if m := tr.Entries; !m[0].UnfurlLinks || !m[0].UnfurlMedia || m[2].UnfurlLinks || m[2].UnfurlMedia {
		t.Error("the unfurl flags are lost")
	}
}

func TestMarkdownBlocks(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	post(t, c, slacktest.Public, "x", slack.MsgOptionBlocks(slack.NewMarkdownBlock("", "# Head\n**bold** [a](https://a.example) <!here> <https://b.example|b>\n- item\n> quote\n---")))
	e := s.Transcript(slacktest.Member, slacktest.Public, "").Entries[0]
	want := "# Head\n*bold* a ⟦LINK https://a.example⟧ ⟦PING <!here>⟧ b ⟦LINK https://b.example⟧\n- item\n> quote\n----"
	if e.Words != want || len(e.Links) != 2 || len(e.Pings) != 1 {
		t.Errorf("reads\n%s", e.Words)
	}
}

func TestRichTextMentions(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	post(t, c, slacktest.Public, "x", rawBlocks(s.URL()+"chat.postMessage", `[`+richText(`{"type":"user","user_id":"U1"},{"type":"broadcast","range":"here"},{"type":"channel","channel_id":"C1"},`+
		`{"type":"usergroup","usergroup_id":"S1"},{"type":"citation","url":"https://a.example","text":"Statute","index":1},{"type":"text","text":"b","style":{"bold":true,"italic":true}}`)+`]`))
	e := s.Transcript(slacktest.Member, slacktest.Public, "").Entries[0]
	if got := strings.Join(e.Pings, " "); got != "<@U1> <!here> <#C1> <!subteam^S1>" || len(e.Links) != 1 || e.Links[0].Text != "[1] Statute" {
		t.Errorf("pings %s, links %v", got, e.Links)
	}
}
