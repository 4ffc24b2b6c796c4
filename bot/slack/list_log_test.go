package slack

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// These tests are line 40 of the list in the package's documentation: what is
// written down of what people write, and how the program stops.

// Canaries: words in what is never kept, what identifies somebody in what is
// kept, and words of it that do not.
const (
	ofNote   = "quokkaword"
	ofPerson = "casey.quokka@example.org"
	ofPhone  = "206-555-0142"
	ofID     = "123-45-6789"
	ofText   = "wombatword"
)

// TestNothingLogged: of all that people write, and of all secrets, nothing is
// in the log; of notes, denials, drafts and stories nothing is in the ledger's
// file, nor is what identifies somebody.
func TestNothingLogged(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	r := newRig(t, setUp{file: file})
	asked := "May they refuse massage in Washington? " + ofText + " Write to " + ofPerson + " or " + ofPhone + ", my number is " + ofID + "."
	note := ofNote + " S: neck pain 6/10, mail " + ofPerson + ". O: massage 30 min. The claim was denied as not medically necessary under RCW 48.43.045."
	s := r.slack
	s.AwaitReply(member, s.Type(member, public, "<@U0BOT> "+asked).Message)
	a := s.AwaitReply(member, s.Type(member, slacktest.DM(member), asked).Message)
	s.Run(member, public, "/ask", asked)
	s.Run(member, public, "/rewrite", note)
	s.Run(member, public, "/nothing", note)
	r.wind()
	for command, values := range map[string]map[string]any{
		"/rewrite": {FieldText: note}, "/rebut": {FieldText: note, FieldMore: note}, "/check": {FieldText: note},
		"/testify": {FieldState: "WA", FieldPosition: "oppose", FieldMinutes: "2", FieldBill: "SB 5", FieldAbout: "It caps visits at four.", FieldStory: note, FieldSpeaker: "Quokka"},
	} {
		s.Run(member, public, command, "")
		v := s.Top(member)
		s.Submit(v, values)
		if len(s.Views(member)) > 0 {
			t.Errorf("%s was not taken: %+v", command, s.Top(member).Errors)
		}
		r.wind()
	}
	s.Press(member, a, ActionFeedback, Bad)
	s.Submit(s.Top(member), map[string]any{FieldReasons: []string{"wrong"}, FieldWords: "It is wrong. " + ofPerson})
	s.MessageShortcut(member, s.Type(colleague, public, asked).Message, ShortcutAskAbout)
	s.Script(slacktest.Fault{Method: "chat.postMessage", Reset: true}, slacktest.Fault{Method: "chat.postMessage", Nth: 2, Status: 500}, slacktest.Fault{Method: "users.info", Reset: true},
		slacktest.Fault{Method: "response_url", Reset: true, Times: 2}, slacktest.Fault{Method: "views.open", Error: "expired_trigger_id"}, slacktest.Fault{Method: "reactions.add", Reset: true})
	s.Type(member, public, "<@U0BOT> "+asked)
	s.Run(member, slacktest.Outside, "/ask", asked)
	s.Run(admin, public, "/advocate-settings", "set answers "+ofNote)
	s.Run(member, public, "/rebut", note)
	s.SendRaw(slacktest.Raw{Body: `{"type":"event_callback","event":"` + ofNote})
	s.SendRaw(slacktest.Raw{Path: InteractionsPath, Body: "payload=" + ofNote})
	r.wind()
	r.stop()
	log := r.log.String()
	for _, secret := range append(s.SigningSecrets(), s.BotToken(), s.AppToken(), "/response/", ofNote, ofText, ofPerson, ofPhone, ofID, "quokka", member, public, "RCW") {
		if i := strings.Index(log, secret); i >= 0 {
			t.Errorf("the log has %q: %.300s", secret, log[max(0, i-200):])
		}
	}
	if !strings.Contains(log, "outcome=answered") || !strings.Contains(log, "will be tried again") || !strings.Contains(log, "cannot be read") {
		t.Errorf("the log has less than was done: %s", log)
	}
	var kept strings.Builder
	files, err := filepath.Glob(filepath.Dir(file) + "/*")
	must(t, err)
	for _, name := range files {
		data, err := os.ReadFile(name)
		must(t, err)
		kept.Write(data)
	}
	for _, secret := range append(s.SigningSecrets(), s.BotToken(), s.AppToken(), ofNote, ofPerson, ofPhone, ofID, "Quokka") {
		if strings.Contains(kept.String(), secret) {
			t.Errorf("the ledger's file has %q", secret)
		}
	}
	if !strings.Contains(kept.String(), ofText) {
		t.Error("the ledger's file has no question: the search finds nothing")
	}
}

// TestStopping: a program that is told to stop finishes what it works on; what
// takes too long it gives back, and the next one answers it, where the line
// stood that there is work.
func TestStopping(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T, drain time.Duration) (*rig, func(), slacktest.Sent, string) {
		file := filepath.Join(t.TempDir(), "ledger.db")
		think, letGo, _ := hold()
		r := newRig(t, setUp{file: file, think: think, chat: func(o *chat.Options) { o.Drain, o.Slow = drain, time.Millisecond }})
		q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
		r.slack.AwaitReply(member, q.Message)
		return r, letGo, q, file
	}
	check := func(r *rig, q slacktest.Sent) {
		r.Helper()
		if got := r.slack.Thread(public, q.TS); len(got) != 2 || !strings.Contains(got[1].Text, "RCW 48.43.045") || len(r.slack.Message(public, q.TS).Reactions) > 0 {
			r.Errorf("the thread:\n%s", r.slack.Transcript(member, public, q.TS))
		}
	}
	t.Run("in time", func(t *testing.T) {
		t.Parallel()
		r, letGo, q, _ := start(t, time.Minute)
		done := make(chan struct{})
		go func() { r.stop(); close(done) }()
		select {
		case <-done:
			t.Error("it did not wait")
		case <-time.After(50 * time.Millisecond):
		}
		letGo()
		<-done
		check(r, q)
	})
	t.Run("given back", func(t *testing.T) {
		t.Parallel()
		r, _, q, file := start(t, 10*time.Millisecond)
		behind := r.slack.Type(member, slacktest.DM(member), eligible)
		began := time.Now()
		r.stop()
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it stopped after %v", took)
		}
		next := newRig(t, setUp{file: file, after: r})
		r.slack.Clock.Advance(2 * time.Second)
		next.slack.Until("an answer", func() bool { return strings.Contains(next.slack.Thread(public, q.TS)[1].Text, "RCW") })
		next.slack.AwaitReply(member, behind.Message)
		next.slack.Until("an end", func() bool {
			s, err := next.ledger.Stats(context.Background())
			return err == nil && s.Waiting+s.Working+s.Failed == 0
		})
		check(next, q)
		if n := len(next.slack.Thread(behind.Channel, behind.TS)); n != 2 {
			t.Errorf("%d messages", n)
		}
	})
}
