package slack

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/export"
	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// write makes real files.
func write(o *chat.Options) {
	o.Export = func(w io.Writer, d *bot.Document, format string) error {
		return export.Write(w, d, export.Format(format))
	}
}

// form opens the form of a command and submits it.
func (r *rig) form(command string, values map[string]any) *slacktest.Delivery {
	r.Helper()
	r.slack.Run(member, public, command, "")
	return r.slack.Submit(r.slack.Top(member), values)
}

// press presses the button of a message that does an action with a value.
func (r *rig) press(user string, m slacktest.Seen, action, value string) {
	r.Helper()
	for _, b := range m.Buttons {
		if Action(b.ActionID) == action && b.Value == value {
			r.slack.Press(user, m.Message, b.ActionID, value)
			return
		}
	}
	r.Fatalf("there is no button for %s %s", action, value)
}

// TestTyped: a note behind a command is not read, kept or sent on, and who
// typed it is told.
func TestTyped(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	r := newRig(t, setUp{file: file})
	const canary = "Quailfeather c/o low back pain"
	r.slack.Run(member, public, "/rewrite", canary)
	r.says(member, public, chat.NoticeNoteSlash)
	r.slack.Run(member, public, "/rebut", canary)
	if v := r.slack.Top(member); strings.Contains(asJSON(t, v.Blocks), "Quailfeather") {
		t.Error("the form for a denial holds what was typed")
	}
	r.stop()
	must(t, r.chat.Ledger.Close())
	for _, name := range []string{file, file + "-wal"} {
		data, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("Quailfeather")) {
			t.Errorf("%s holds it", filepath.Base(name))
		}
	}
	for _, c := range r.slack.Calls("") {
		if strings.Contains(asJSON(t, c.Args), "Quailfeather") {
			t.Errorf("%s sends it", c.Method)
		}
	}
	if strings.Contains(r.log.String(), "Quailfeather") || r.asks.Load() > 0 {
		t.Error("it is in the log, or was asked")
	}
}

// TestNotes: a note comes back to its owner directly and nowhere else, and is
// refused where it is not taken.
func TestNotes(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.form("/rewrite", map[string]any{FieldText: sampleNote})
	r.sees(member, slacktest.DM(member), "low back")
	r.says(member, public, chat.NoticeSent)
	r.idle()
	for _, c := range []string{public, committee, slacktest.Private} {
		for _, m := range r.slack.Messages(c) {
			if strings.Contains(strings.ToLower(m.Text), "low back") || m.Broadcast {
				t.Errorf("in %s stands %q", c, m.Text)
			}
		}
	}
	none := newRig(t, setUp{view: func(v *View) { v.Notes = false }, chat: func(o *chat.Options) { o.Notes = false }})
	none.slack.Run(member, public, "/rewrite", "")
	if v := none.slack.Top(member); v.CallbackID != ModalWait || !strings.Contains(none.slack.Shown(v).String(), "are not taken in Slack here") {
		t.Errorf("without agreements it opens %s", v.CallbackID)
	}
}

// TestFormsOfPeople: what is wrong is said at its field, a form that is closed asks
// nothing, and one that cannot be opened says so.
func TestFormsOfPeople(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	d := r.form("/testify", map[string]any{FieldState: "OR", FieldPosition: "support", FieldMinutes: "40"})
	if v := r.slack.Top(member); v.Errors[FieldMinutes] == "" || d.Status() != 200 {
		t.Errorf("errors %v", v.Errors)
	}
	r.slack.Dismiss(r.slack.Top(member))
	r.slack.Run(member, public, "/check", "")
	r.slack.Dismiss(r.slack.Top(member))
	r.idle()
	if got := r.slack.Messages(slacktest.DM(member)); len(got) != 0 {
		t.Errorf("closed forms are answered: %v", got)
	}
	r.slack.Script(slacktest.Fault{Method: "views.open", Error: "expired_trigger_id"})
	r.slack.Run(member, public, "/check", "")
	r.says(member, public, chat.NoticeForm)
	r.form("/ask", map[string]any{FieldText: eligible, FieldPlan: "self-funded"})
	r.sees(member, public, "Does not bind: RCW 48.43.045")
}

// TestDraftAReply: the form for a denial opens with all of the message in it,
// in two fields where one does not hold it; what both do not hold is refused.
func TestDraftAReply(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	for _, text := range []string{sampleDenial, sampleDenial + strings.Repeat("\nFurther words of the plan.", 200) + "\nThe last line."} {
		m := r.slack.Type(member, public, text)
		r.slack.MessageShortcut(member, m.Message, ShortcutReply)
		v, shown := r.slack.Top(member), ""
		for _, b := range v.Blocks {
			e, _ := b["element"].(map[string]any)
			words, _ := e["initial_value"].(string)
			shown += words
		}
		if v.CallbackID != ModalRebut || strings.Join(strings.Fields(shown), " ") != strings.Join(strings.Fields(text), " ") {
			t.Errorf("the form %s has %d of %d characters", v.CallbackID, len(shown), len(text))
		}
		r.slack.Dismiss(v)
	}
	m := r.slack.Type(member, public, "They deny it. "+strings.Repeat("word ", 1300))
	r.slack.MessageShortcut(member, m.Message, ShortcutReply)
	r.says(member, public, chat.NoticeUnreadable)
}

// TestFiles: the letter, and the three files of a testimony, come as real
// documents where the draft stands; where one cannot be sent its text comes.
func TestFiles(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{chat: write})
	r.form("/rebut", map[string]any{FieldText: sampleDenial})
	letter := r.sees(member, slacktest.DM(member), "The letter is ready as a file")
	r.press(member, letter, ActionDocument, chat.DocumentLetter)
	r.form("/testify", map[string]any{FieldState: "OR", FieldPosition: "support", FieldMinutes: "2", FieldBill: "HB 2"})
	testimony := r.sees(member, slacktest.DM(member), "Your testimony")
	for _, which := range []string{chat.DocumentScript, chat.DocumentWritten, chat.DocumentHandout} {
		r.press(member, testimony, ActionDocument, which)
	}
	r.idle()
	var names []string
	for _, m := range r.slack.Messages(slacktest.DM(member)) {
		for _, f := range m.Files {
			names = append(names, f.Name)
			kept, _ := r.slack.File(f.ID)
			z, err := zip.NewReader(bytes.NewReader(kept.Bytes), int64(len(kept.Bytes)))
			if err != nil || !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "word/document.xml" }) || f.Title == "" {
				t.Errorf("%s is no document: %v", f.Name, err)
			}
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"handout.docx", "letter.docx", "script.docx", "written.docx"}) {
		t.Errorf("files %q", names)
	}
	for _, c := range []string{"files.getUploadURLExternal", "upload", "files.completeUploadExternal"} {
		if n := len(r.slack.Calls(c)); n != 4 {
			t.Errorf("%d calls of %s", n, c)
		}
	}
	for _, step := range []slacktest.Fault{{Method: "files.getUploadURLExternal", Error: "storage_limit_reached"}, {Method: "upload", Status: 500}, {Method: "files.completeUploadExternal", Error: "not_allowed"}} {
		t.Run(step.Method, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{chat: write})
			r.form("/rebut", map[string]any{FieldText: sampleDenial})
			letter := r.sees(member, slacktest.DM(member), "The letter is ready as a file")
			r.slack.Script(step)
			r.press(member, letter, ActionDocument, chat.DocumentLetter)
			r.says(member, slacktest.DM(member), chat.NoticeNoFile)
			r.sees(member, slacktest.DM(member), "To the appeals department")
		})
	}
}

// TestGivenFiles: a text file is read; what is no text, too long, of elsewhere
// and not told of, or a page to sign in, is not, and nothing is opened.
func TestGivenFiles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		file  slacktest.File
		fault *slacktest.Fault
		read  bool
	}{
		{"text", slacktest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte(sampleDraft)}, nil, true},
		{"of elsewhere", slacktest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte(sampleDraft), Check: true}, nil, true},
		{"docx", slacktest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte("PK\x03\x04\x00\x00")}, nil, false},
		{"pdf", slacktest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte("%PDF-1.7\n" + sampleDraft)}, nil, false},
		{"a page to sign in", slacktest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte("<html><body>" + sampleDraft)}, nil, false},
		{"too long", slacktest.File{Name: "draft.txt", MIME: "text/plain", Bytes: bytes.Repeat([]byte("a "), 40<<10)}, nil, false},
		{"no characters", slacktest.File{Name: "draft.md", MIME: "text/plain", Bytes: []byte("\xff\xfe\x01")}, nil, false},
		{"signed out", slacktest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte(sampleDraft)}, &slacktest.Fault{Method: "download", Status: 302}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{})
			if tt.fault != nil {
				r.slack.Script(*tt.fault)
			}
			r.form("/check", map[string]any{FieldFile: []slacktest.File{tt.file}})
			if tt.read {
				r.sees(member, slacktest.DM(member), "RCW 48.43.999")
				return
			}
			r.says(member, public, chat.NoticeFile)
		})
	}
}

// TestRestarted: what was made of words that are not kept is gone after a
// restart, and its buttons say so.
func TestRestarted(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	r := newRig(t, setUp{file: file})
	r.form("/rebut", map[string]any{FieldText: sampleDenial})
	letter := r.sees(member, slacktest.DM(member), "The letter is ready as a file")
	r.press(member, letter, ActionFact, "writer=enrollee")
	r.slack.Until("a letter of the patient", func() bool { return len(r.slack.Messages(slacktest.DM(member))) >= 3 })
	r.idle()
	r.stop()
	must(t, r.chat.Ledger.Close())
	next := newRig(t, setUp{file: file, after: r})
	next.press(member, letter, ActionDocument, chat.DocumentLetter)
	next.says(member, slacktest.DM(member), chat.NoticeExpired)
}
