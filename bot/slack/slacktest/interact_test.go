package slacktest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// callback is what the real parser makes of the last interaction.
func callback(t *testing.T, a *app) slack.InteractionCallback {
	t.Helper()
	all := a.all()
	g := all[len(all)-1]
	r, err := http.NewRequest(http.MethodPost, g.path, strings.NewReader(g.body))
	must(t, err)
	r.Header = g.header
	cb, err := slack.InteractionCallbackParse(r)
	must(t, err)
	return cb
}

func command(t *testing.T, a *app) slack.SlashCommand {
	t.Helper()
	all := a.all()
	g := all[len(all)-1]
	r, err := http.NewRequest(http.MethodPost, g.path, strings.NewReader(g.body))
	must(t, err)
	r.Header = g.header
	cmd, err := slack.SlashCommandParse(r)
	must(t, err)
	return cmd
}

func says(body, contentType string) func(http.ResponseWriter, *http.Request, string) {
	return func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, body)
	}
}

func TestACommandAndItsAnswer(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, body, media string
		mine, others      string // what stands
		trouble           string
	}{
		{"nothing", "", "", "", "", ""},
		{"text", "searching", "text/plain", "searching", "", ""},
		{"private JSON", `{"text":"for you"}`, "application/json", "for you", "", ""},
		{"public JSON", `{"response_type":"in_channel","text":"for all"}`, "application/json", "for all", "for all", ""},
		{"bad blocks", `{"text":"x","blocks":[{"type":"no"}]}`, "application/json", `/ask failed with the error "invalid_command_response"`, "", "invalid_command_response"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := &app{}
			a.do(says(tt.body, tt.media))
			s := slacktest.New(t, slacktest.Options{Handler: a, Silent: true})
			d := s.Run(slacktest.Member, slacktest.Outside, "/ask", "how many visits?")
			cmd := command(t, a)
			if cmd.Command != "/ask" || cmd.Text != "how many visits?" || cmd.UserID != slacktest.Member || cmd.ChannelID != slacktest.Outside ||
				cmd.TeamID != slacktest.Team || cmd.TriggerID == "" || cmd.ResponseURL == "" {
				t.Errorf("the command is %+v", cmd)
			}
			for user, want := range map[string]string{slacktest.Member: tt.mine, slacktest.Admin: tt.others} {
				s.AddChannel(slacktest.Channel{ID: slacktest.Outside, Members: []string{slacktest.Member, slacktest.Admin}})
				got := ""
				for _, e := range s.Transcript(user, slacktest.Outside, "").Entries {
					got += e.Words
				}
				if got != want {
					t.Errorf("%s sees %q", user, got)
				}
			}
			if !strings.Contains(d.Trouble(), tt.trouble) || (tt.trouble == "") != (d.Trouble() == "") {
				t.Errorf("trouble %q", d.Trouble())
			}
		})
	}
}

func TestACommandThatIsNotAnsweredInTime(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a})
	a.do(func(_ http.ResponseWriter, r *http.Request, _ string) { _ = s.Clock.Sleep(r.Context(), time.Minute) })
	d := s.Run(slacktest.Member, slacktest.Public, "/ask", "x")
	s.Clock.Advance(3 * time.Second)
	if !strings.Contains(d.Trouble(), "operation_timeout") || len(s.Transcript(slacktest.Member, slacktest.Public, "").Entries) != 1 {
		t.Errorf("trouble %q", d.Trouble())
	}
}

func TestACommandInAnAgentsMessages(t *testing.T) {
	t.Parallel()
	for _, classic := range []bool{false, true} {
		a := &app{}
		s := slacktest.New(t, slacktest.Options{Handler: a, Classic: classic})
		d := s.Run(slacktest.Member, slacktest.DM(slacktest.Member), "/ask", "x")
		if d.Refused == classic || len(a.all()) == 1 != classic {
			t.Errorf("classic %v: refused %v", classic, d.Refused)
		}
	}
}

func TestAResponseURLTakesFivePostsInThirtyMinutes(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a, Silent: true})
	s.Run(slacktest.Member, slacktest.Public, "/ask", "x")
	reply := func(text string) error {
		_, _, err := c.PostMessage("", slack.MsgOptionText(text, false), slack.MsgOptionResponseURL(command(t, a).ResponseURL, slack.ResponseTypeEphemeral))
		return err
	}
	for range 5 {
		must(t, reply("private"))
	}
	if err := reply("six"); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("the sixth: %v", err)
	}
	if got := s.HookUses(slacktest.Member); len(got) != 1 || got[0] != 5 {
		t.Errorf("uses %v", got)
	}
	s.Run(slacktest.Member, slacktest.Public, "/ask", "x")
	s.Clock.Advance(30*time.Minute - time.Second)
	must(t, reply("in time"))
	s.Clock.Advance(time.Second)
	if err := reply("late"); err == nil {
		t.Error("after thirty minutes it is taken")
	}
	var codes []string
	for _, call := range s.Calls("response_url") {
		codes = append(codes, call.Error)
	}
	if got := strings.Join(codes, ","); got != ",,,,,used_url,,expired_url" {
		t.Errorf("answers %s", got)
	}
}

func TestAButtonIsPressed(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a, Silent: true})
	q := s.Type(slacktest.Member, slacktest.Public, "x")
	row := slack.NewActionBlock("row", slack.NewButtonBlockElement("share", "s1", text("Share")))
	up := slack.NewContextActionsBlock("votes", slack.NewFeedbackButtonsBlockElement("vote",
		slack.NewFeedbackButton(text("Good"), "up"), slack.NewFeedbackButton(text("Bad"), "down")))
	ts := post(t, c, slacktest.Public, "an answer", slack.MsgOptionTS(q.TS), slack.MsgOptionBlocks(row, up))
	m := s.Message(slacktest.Public, ts)
	s.Press(slacktest.Admin, m, "share")
	cb := callback(t, a)
	act := cb.ActionCallback.BlockActions[0]
	if cb.Type != slack.InteractionTypeBlockActions || cb.User.ID != slacktest.Admin || act.ActionID != "share" || act.BlockID != "row" || act.Value != "s1" ||
		cb.Container.MessageTs != ts || cb.Container.ThreadTs != q.TS || cb.Message.Timestamp != ts || cb.Channel.ID != slacktest.Public || cb.Team.ID != slacktest.Team {
		t.Errorf("the press is %+v", cb)
	}
	s.Press(slacktest.Member, m, "vote", "down")
	if act := callback(t, a).ActionCallback.BlockActions[0]; act.Value != "down" || act.ActionID != "vote" {
		t.Errorf("the vote is %+v", act)
	}
	for _, replace := range []slack.MsgOption{slack.MsgOptionReplaceOriginal(callback(t, a).ResponseURL), slack.MsgOptionDeleteOriginal(callback(t, a).ResponseURL)} {
		_, _, err := c.PostMessage("", slack.MsgOptionText("done", false), replace)
		must(t, err)
		if m := s.Message(slacktest.Public, ts); m.Text != "done" && !m.Deleted {
			t.Errorf("after replace: %+v", m)
		}
	}
	if !s.Message(slacktest.Public, ts).Deleted {
		t.Error("delete_original leaves it")
	}
}

func TestAnEphemeralIsReplacedThroughItsResponseURL(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a, Silent: true})
	pick := slack.NewOptionsSelectBlockElement("static_select", text("Plan"), "plan", slack.NewOptionBlockObject("ppo", text("PPO"), nil))
	_, err := c.PostEphemeral(slacktest.Public, slacktest.Member, slack.MsgOptionText("which?", false), slack.MsgOptionBlocks(slack.NewActionBlock("b", pick)))
	must(t, err)
	e := s.Transcript(slacktest.Member, slacktest.Public, "").Entries[0]
	s.Press(slacktest.Member, e.Message, "plan", "ppo")
	cb := callback(t, a)
	if !cb.Container.IsEphemeral || cb.Message.Text != "" || cb.ActionCallback.BlockActions[0].SelectedOption.Value != "ppo" {
		t.Errorf("the choice is %+v", cb)
	}
	_, _, err = c.PostMessage("", slack.MsgOptionText("PPO it is", false), slack.MsgOptionReplaceOriginal(cb.ResponseURL))
	must(t, err)
	if got := s.Transcript(slacktest.Member, slacktest.Public, "").Entries; len(got) != 1 || got[0].Words != "PPO it is" || !got[0].OnlyYou {
		t.Errorf("now stands %+v", got)
	}
}

func TestAModalIsSubmitted(t *testing.T) {
	t.Parallel()
	update, err := json.Marshal(slack.NewUpdateViewSubmissionResponse(ptr(modal("Next"))))
	must(t, err)
	push, err := json.Marshal(slack.NewPushViewSubmissionResponse(ptr(modal("Above"))))
	must(t, err)
	bad, err := json.Marshal(slack.NewUpdateViewSubmissionResponse(ptr(modal(x(25)))))
	must(t, err)
	for _, tt := range []struct {
		name, body string
		stack      string // the titles that remain
		problem    string // under the input
		trouble    bool
	}{
		{"closed", "", "", "", false},
		{"cleared", `{"response_action":"clear"}`, "", "", false},
		{"errors", `{"response_action":"errors","errors":{"note":"Too short"}}`, "First", "Too short", false},
		{"errors elsewhere", `{"response_action":"errors","errors":{"other":"Too short"}}`, "First", "", true},
		{"updated", string(update), "Next", "", false},
		{"pushed", string(push), "First Above", "", false},
		{"bad view", string(bad), "First", "", true},
		{"no JSON", "ok", "First", "", true},
		{"unknown", `{"response_action":"dance"}`, "First", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := &app{}
			s, c := start(t, slacktest.Options{Handler: a})
			s.Shortcut(slacktest.Member, "rewrite")
			_, err := c.OpenView(trigger(t, a), modal("First"))
			must(t, err)
			a.do(says(tt.body, "application/json"))
			d := s.Submit(s.Top(slacktest.Member), map[string]any{"note": "Sample text"})
			cb := callback(t, a)
			if cb.Type != slack.InteractionTypeViewSubmission || cb.View.CallbackID != "rewrite" || cb.View.State.Values["note"]["note_text"].Value != "Sample text" {
				t.Errorf("the submission is %+v", cb.View)
			}
			var titles []string
			for _, v := range s.Views(slacktest.Member) {
				titles = append(titles, v.Title)
				if v.Errors["note"] != tt.problem {
					t.Errorf("errors %v", v.Errors)
				}
			}
			if got := strings.Join(titles, " "); got != tt.stack || (d.Trouble() != "") != tt.trouble {
				t.Errorf("the stack is %q, trouble %q", got, d.Trouble())
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

func TestAModalIsClosed(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	for _, told := range []bool{false, true} {
		s.Shortcut(slacktest.Member, "rewrite")
		v := modal("First")
		v.NotifyOnClose = told
		_, err := c.OpenView(trigger(t, a), v)
		must(t, err)
		d := s.Dismiss(s.Top(slacktest.Member))
		if (d != nil) != told || len(s.Views(slacktest.Member)) != 0 {
			t.Errorf("notify_on_close %v: %v", told, d)
		}
	}
	if cb := callback(t, a); cb.Type != slack.InteractionTypeViewClosed || cb.View.CallbackID != "rewrite" {
		t.Errorf("closed: %+v", cb)
	}
}

func TestShortcuts(t *testing.T) {
	t.Parallel()
	a := &app{}
	s := slacktest.New(t, slacktest.Options{Handler: a})
	s.Shortcut(slacktest.Member, "ask")
	if cb := callback(t, a); cb.Type != slack.InteractionTypeShortcut || cb.CallbackID != "ask" || cb.ResponseURL != "" || cb.TriggerID == "" {
		t.Errorf("global: %+v", cb)
	}
	m := s.Type(slacktest.Member, slacktest.Outside, "what of this?")
	s.MessageShortcut(slacktest.Member, m.Message, "ask_about")
	if cb := callback(t, a); cb.Type != slack.InteractionTypeMessageAction || cb.Message.Text != "what of this?" || cb.MessageTs != m.TS || cb.ResponseURL == "" {
		t.Errorf("message: %+v", cb)
	}
	var form url.Values
	all := a.all()
	form, err := url.ParseQuery(all[len(all)-1].body)
	must(t, err)
	if len(form) != 1 || all[0].path != "/slack/interactions" {
		t.Errorf("the form has %d fields", len(form))
	}
	a.do(answers(500))
	if d := s.Shortcut(slacktest.Member, "ask"); d.Trouble() == "" || len(d.Attempts()) != 1 {
		t.Error("a failed shortcut shows nothing")
	}
}
