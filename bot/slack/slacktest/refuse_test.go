package slacktest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// A stub stands for a test that fails.
type stub struct {
	testing.TB
	failed string
}

func (s *stub) Helper() {}

func (s *stub) Fatalf(format string, args ...any) {
	s.failed = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// What Slack would not let a person do ends the test, and leaves the server
// as it was.
func TestWhatNobodyCanDoEndsTheTest(t *testing.T) {
	t.Parallel()
	open := func(s *slacktest.Server, a *app, v slack.ModalViewRequest) slacktest.View {
		s.Shortcut(slacktest.Member, "x")
		_, err := client(s, s.BotToken()).OpenView(trigger(t, a), v)
		must(t, err)
		return s.Top(slacktest.Member)
	}
	choice := modal("x")
	choice.Blocks.BlockSet = []slack.Block{slack.NewInputBlock("plan", text("Plan"), nil,
		slack.NewRadioButtonsBlockElement("p", slack.NewOptionBlockObject("ppo", text("PPO"), nil)))}
	for _, tt := range []struct {
		name, says string
		do         func(s *slacktest.Server, a *app)
	}{
		{"a channel they are not in", "is not in", func(s *slacktest.Server, _ *app) { s.Type(slacktest.Guest, slacktest.Private, "x") }},
		{"no such channel", "no channel", func(s *slacktest.Server, _ *app) { s.Type(slacktest.Guest, "C1", "x") }},
		{"no such person", "no user", func(s *slacktest.Server, _ *app) { s.Type("U1", slacktest.Public, "x") }},
		{"a guest and an agent", "guest", func(s *slacktest.Server, _ *app) { s.Type(slacktest.Guest, slacktest.DM(slacktest.Guest), "x") }},
		{"an archived channel", "archived", func(s *slacktest.Server, _ *app) {
			s.Archive(slacktest.Public)
			s.Type(slacktest.Member, slacktest.Public, "x")
		}},
		{"no such root", "no message", func(s *slacktest.Server, _ *app) {
			s.Reply(slacktest.Member, slacktest.Message{Channel: slacktest.Public, TS: "1.1"}, "x")
		}},
		{"a message of the app", "nobody can change", func(s *slacktest.Server, _ *app) {
			ts := post(t, client(s, s.BotToken()), slacktest.Public, "x")
			s.Edit(s.Message(slacktest.Public, ts), "y")
		}},
		{"a reaction twice", "reaction_added", func(s *slacktest.Server, _ *app) {
			m := s.Type(slacktest.Member, slacktest.Public, "x")
			s.React(slacktest.Member, m.Message, "eyes")
			s.React(slacktest.Member, m.Message, "eyes")
		}},
		{"joining twice", "cannot join", func(s *slacktest.Server, _ *app) { s.Join(slacktest.Member, slacktest.Public) }},
		{"Stop without a session", "no Stop button", func(s *slacktest.Server, _ *app) {
			s.Stop(slacktest.Member, s.Type(slacktest.Member, slacktest.Public, "x").Message)
		}},
		{"a command elsewhere", "cannot run", func(s *slacktest.Server, _ *app) { s.Run(slacktest.Guest, slacktest.Private, "/ask", "x") }},
		{"no such button", "sees no share", func(s *slacktest.Server, _ *app) {
			s.Press(slacktest.Member, s.Type(slacktest.Member, slacktest.Public, "x").Message, "share")
		}},
		{"a button that another sees", "sees no share", func(s *slacktest.Server, _ *app) {
			row := slack.MsgOptionBlocks(slack.NewActionBlock("row", slack.NewButtonBlockElement("share", "1", text("Share"))))
			ts, err := client(s, s.BotToken()).PostEphemeral(slacktest.Public, slacktest.Admin, row)
			must(t, err)
			s.Press(slacktest.Member, s.Message(slacktest.Public, ts), "share")
		}},
		{"a shortcut on what is gone", "does not see", func(s *slacktest.Server, _ *app) {
			m := s.Type(slacktest.Member, slacktest.Public, "x")
			s.Delete(m.Message)
			s.MessageShortcut(slacktest.Member, m.Message, "x")
		}},
		{"no modal", "no modal", func(s *slacktest.Server, _ *app) { s.Top(slacktest.Member) }},
		{"an empty input", "note is required", func(s *slacktest.Server, a *app) { s.Submit(open(s, a, modal("x")), nil) }},
		{"a long input", "too long", func(s *slacktest.Server, a *app) {
			s.Submit(open(s, a, modal("x")), map[string]any{"note": x(3001)})
		}},
		{"an unknown input", "no input", func(s *slacktest.Server, a *app) {
			s.Submit(open(s, a, modal("x")), map[string]any{"note": "x", "other": "x"})
		}},
		{"an unknown option", "no option hmo", func(s *slacktest.Server, a *app) {
			s.Submit(open(s, a, choice), map[string]any{"plan": "hmo"})
		}},
		{"no option", "plan is required", func(s *slacktest.Server, a *app) { s.Submit(open(s, a, choice), nil) }},
		{"a closed modal", "is closed", func(s *slacktest.Server, a *app) {
			v := open(s, a, modal("x"))
			s.Dismiss(v)
			s.Submit(v, map[string]any{"note": "x"})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := &app{}
			tb := &stub{TB: t}
			s := slacktest.New(tb, slacktest.Options{Handler: a, Silent: true})
			done := make(chan bool)
			go func() {
				defer close(done)
				tt.do(s, a)
			}()
			<-done
			if !strings.Contains(tb.failed, tt.says) {
				t.Errorf("the test ends with %q", tb.failed)
			}
			s.Messages(slacktest.Public) // the lock is free
		})
	}
}

func TestWhereTheBotIsNotItHearsNothing(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a, Scopes: append(slacktest.AllScopes(), "chat:write.public")})
	s.Type(slacktest.Member, slacktest.Outside, ask)
	if n := len(a.all()); n != 0 {
		t.Errorf("%d events", n)
	}
	post(t, c, slacktest.Outside, "with chat:write.public")
	_, err := c.UploadFile(slack.UploadFileParameters{Filename: "a.docx", FileSize: 1, Content: "x", Channel: slacktest.Outside})
	if err == nil || !strings.Contains(err.Error(), "not_in_channel") {
		t.Errorf("a file: %v", err)
	}
}

func TestInputsOfEveryKind(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	ppo, hmo := slack.NewOptionBlockObject("ppo", text("PPO"), nil), slack.NewOptionBlockObject("hmo", text("HMO"), nil)
	in := func(id string, e slack.BlockElement) *slack.InputBlock {
		return slack.NewInputBlock(id, text(id), nil, e)
	}
	v := modal("x", in("radio", slack.NewRadioButtonsBlockElement("a", ppo, hmo)), in("boxes", slack.NewCheckboxGroupsBlockElement("a", ppo, hmo)),
		in("select", slack.NewOptionsSelectBlockElement("static_select", nil, "a", ppo, hmo)), in("day", slack.NewDatePickerBlockElement("a")),
		in("file", slack.NewFileInputBlockElement("a")), in("extra", slack.NewPlainTextInputBlockElement(nil, "a")).WithOptional(true))
	s.Shortcut(slacktest.Member, "x")
	_, err := c.OpenView(trigger(t, a), v)
	must(t, err)
	s.Submit(s.Top(slacktest.Member), map[string]any{"note": "n", "radio": "hmo", "boxes": []string{"ppo", "hmo"}, "select": "ppo", "day": "2026-11-10",
		"file": []slacktest.File{{Name: "note.txt", Bytes: []byte("x")}}})
	got := callback(t, a).View.State.Values
	if got["radio"]["a"].SelectedOption.Value != "hmo" || len(got["boxes"]["a"].SelectedOptions) != 2 || got["select"]["a"].SelectedOption.Value != "ppo" ||
		got["day"]["a"].SelectedDate != "2026-11-10" || got["extra"]["a"].Value != "" || len(got["file"]["a"].Files) != 1 {
		t.Errorf("values %+v", got)
	}
}
