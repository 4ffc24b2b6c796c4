package slack

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// transcripts are what people do, and who looks where in the end.
var transcripts = map[string]struct {
	do            func(r *rig)
	user, channel string
}{
	"mention": {func(r *rig) {
		q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
		a := r.slack.AwaitReply(member, q.Message)
		r.idle()
		r.slack.Reply(member, a, "<@U0BOT> and if the employer funds it itself?")
	}, member, public},
	"share": {func(r *rig) {
		r.slack.Run(member, public, "/ask", "Do I need prior authorization for the first massage visits in Washington?")
		a := r.sees(member, public, "Asked:")
		r.slack.Press(member, a.Message, ActionShare)
	}, colleague, public},
	"denial": {func(r *rig) {
		r.form("/rebut", map[string]any{FieldText: sampleDenial})
		letter := r.sees(member, slacktest.DM(member), "The letter is ready as a file")
		r.press(member, letter, ActionDocument, chat.DocumentLetter)
	}, member, slacktest.DM(member)},
	"testimony": {func(r *rig) {
		r.form("/testify", map[string]any{FieldState: "OR", FieldPosition: "support", FieldMinutes: "2", FieldBill: "HB 2"})
	}, member, slacktest.DM(member)},
	"check": {func(r *rig) { r.form("/check", map[string]any{FieldText: sampleDraft}) }, member, slacktest.DM(member)},
	"note":  {func(r *rig) { r.form("/rewrite", map[string]any{FieldText: sampleNote}) }, member, slacktest.DM(member)},
	"committee": {func(r *rig) {
		r.slack.Run(admin, public, "/advocate-settings", "set committee <#C0COMMITTEE|committee>")
		r.idle()
		q := r.slack.Type(member, public, "<@U0BOT> "+eligible)
		a := r.slack.AwaitReply(member, q.Message)
		r.idle()
		r.slack.Press(member, a, ActionCommittee)
	}, colleague, committee},
	"notices": {func(r *rig) {
		r.slack.Type(member, public, "<@U0BOT>")
		r.idle()
		r.slack.Type(member, public, "<@U0BOT> My patient Mrs. Jane Doe, SSN 123-45-6789, was denied for lack of medical necessity. What now?")
		r.idle()
		for _, c := range []string{"/help", "/privacy", "/forget"} {
			r.slack.Run(member, public, c, "")
			r.idle()
		}
		r.slack.Run(member, public, "/rewrite", "a note")
		r.idle()
		r.slack.Run(member, public, "/advocate-settings", "set answers off")
	}, member, public},
}

// TestTranscripts: what people see is as it was looked at. With -update the
// files are written anew; TEST_SHOTS names a folder for pages to look at.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	for name, x := range transcripts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{chat: write})
			x.do(r)
			r.idle()
			seen := r.slack.Transcript(x.user, x.channel, "")
			got := regexp.MustCompile(`receipt r-[0-9a-f]+`).ReplaceAllString(seen.String(), "receipt r-…")
			if dir := os.Getenv("TEST_SHOTS"); dir != "" {
				for _, theme := range []slacktest.Theme{slacktest.Light, slacktest.Dark} {
					must(t, os.WriteFile(filepath.Join(dir, "slack-"+name+"-"+string(theme)+".html"), []byte(seen.HTML(theme)), 0o600))
				}
			}
			file := filepath.Join("testdata", "transcripts", name+".txt")
			if *update {
				must(t, os.MkdirAll(filepath.Dir(file), 0o755))
				must(t, os.WriteFile(file, []byte(got), 0o644))
				return
			}
			want, err := os.ReadFile(file)
			must(t, err)
			if got != string(want) {
				t.Errorf("what is seen of %q is not what was looked at:\n%s", name, diff(string(want), got))
			}
		})
	}
}

// diff are the first lines that differ.
func diff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "was: " + w[i] + "\nnow: " + g[i]
		}
	}
	return "one ends sooner"
}
