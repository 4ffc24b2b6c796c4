package slacktest_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func TestAFileIsUploadedIntoAThread(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	q := s.Type(slacktest.Member, slacktest.Public, "a letter, please")
	f, err := c.UploadFile(slack.UploadFileParameters{Filename: "letter.docx", FileSize: 5, Reader: strings.NewReader("bytes"), Title: "Letter",
		Channel: slacktest.Public, ThreadTimestamp: q.TS, InitialComment: "Here it is."})
	must(t, err)
	got := s.Replies(slacktest.Member, q.Message)
	if len(got) != 1 || len(got[0].Files) != 1 || got[0].Text != "Here it is." {
		t.Fatalf("replies %+v", got)
	}
	if held, ok := s.File(f.ID); !ok || string(held.Bytes) != "bytes" || held.Title != "Letter" || held.Shared[0] != slacktest.Public {
		t.Errorf("the file is %+v", held)
	}
}

func TestAnUploadMustBeWhatWasSaid(t *testing.T) {
	t.Parallel()
	_, c := start(t, slacktest.Options{})
	up := func(size int, channel string) error {
		_, err := c.UploadFile(slack.UploadFileParameters{Filename: "a.docx", FileSize: size, Reader: strings.NewReader("bytes"), Channel: channel})
		return err
	}
	if err := up(4, slacktest.Public); err == nil || !strings.Contains(err.Error(), "UploadToURL") {
		t.Errorf("a wrong length gives %v", err)
	}
	if err := up(5, slacktest.Outside); err == nil || !strings.Contains(err.Error(), "not_in_channel") {
		t.Errorf("where the bot is not: %v", err)
	}
	if err := up(5, slacktest.Elsewhere); err == nil || !strings.Contains(err.Error(), "channel_not_found") {
		t.Errorf("in another workspace: %v", err)
	}
	_, err := c.CompleteUploadExternalContext(background(), slack.CompleteUploadExternalParameters{Files: []slack.FileSummary{{ID: "F0"}}})
	wants(t, err, "file_not_found", "")
}

func TestWhoHasATokenReadsAFile(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	q := s.Write(slacktest.Message{User: slacktest.Member, Channel: slacktest.DM(slacktest.Member), Files: []slacktest.File{{Name: "note.docx", Bytes: []byte("PK")}}})
	m := q.Files[0]
	info, _, _, err := c.GetFileInfo(m.ID, 0, 0)
	must(t, err)
	var b bytes.Buffer
	must(t, c.GetFile(info.URLPrivateDownload, &b))
	if b.String() != "PK" {
		t.Errorf("%q was read", b.String())
	}
	s.Revoke(s.BotToken(), "token_revoked")
	if err := c.GetFile(info.URLPrivateDownload, &b); err == nil || !strings.Contains(err.Error(), "sign-in") {
		t.Errorf("without a token: %v", err)
	}
}

// A file of another workspace is a stub until files.info was asked.
func TestAFileThatMustBeAskedFor(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	s.Write(slacktest.Message{User: slacktest.Stranger, Channel: slacktest.Shared, Files: []slacktest.File{{Name: "a.docx", Bytes: []byte("PK"), Check: true}}})
	f := events(t, a)[0].InnerEvent.Data.(*slackevents.MessageEvent).Message.Files[0]
	if f.FileAccess != "check_file_info" || f.URLPrivate != "" {
		t.Errorf("the file comes as %+v", f)
	}
	info, _, _, err := c.GetFileInfo(f.ID, 0, 0)
	must(t, err)
	if info.Name != "a.docx" || info.URLPrivate == "" {
		t.Errorf("files.info says %+v", info)
	}
}
