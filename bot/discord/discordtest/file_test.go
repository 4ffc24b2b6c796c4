package discordtest_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func docx(n int) *discordgo.File {
	return &discordgo.File{Name: "letter.docx", ContentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		Reader: bytes.NewReader(make([]byte, n))}
}

func fetch(t *testing.T, s *discordtest.Server, url string) (int, []byte) {
	t.Helper()
	resp, err := s.Client().Get(url)
	must(t, err)
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	must(t, err)
	return resp.StatusCode, data
}

func TestFilesAreSentAndFetched(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	m, err := c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{Files: []*discordgo.File{docx(10)}})
	must(t, err)
	if a := m.Attachments[0]; a.Filename != "letter.docx" || a.Size != 10 || !strings.Contains(a.ContentType, "wordprocessing") {
		t.Errorf("the file is %+v", a)
	}
	call := s.Calls(discordtest.CreateMessage)[0]
	if len(call.Files) != 1 || call.Files[0].Name != "letter.docx" || !strings.Contains(string(call.Body), `"embeds"`) {
		t.Errorf("the call is %s with %d files", call.Body, len(call.Files))
	}
	url := m.Attachments[0].URL
	if status, data := fetch(t, s, url); status != 200 || len(data) != 10 || !strings.HasPrefix(url, "https://cdn.discordapp.com/") {
		t.Errorf("%s: %d, %d bytes", url, status, len(data))
	}
	s.Clock.Advance(24 * time.Hour)
	if status, _ := fetch(t, s, url); status != 404 {
		t.Errorf("a day later: %d", status)
	}
	if _, err := s.Client().Get("https://elsewhere.example/x"); err == nil {
		t.Error("the client goes elsewhere")
	}
}

func TestAFileOfAnInteraction(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	a.does(says(discordgo.InteractionResponseDeferredChannelMessageWithSource, &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral}))
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	m, err := c.InteractionResponseEdit(a.last(t), &discordgo.WebhookEdit{Files: []*discordgo.File{docx(5)}})
	must(t, err)
	if got := s.AwaitOriginal(d); len(got.Files) != 1 || got.To != discordtest.Member || m.Attachments[0].Filename != "letter.docx" {
		t.Errorf("the answer is %+v", got)
	}
	none := []*discordgo.MessageAttachment{}
	_, err = c.InteractionResponseEdit(a.last(t), &discordgo.WebhookEdit{Content: new(string), Attachments: &none})
	wants(t, err, 400, 50006)
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	send := func(files ...*discordgo.File) error {
		_, err := c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{Files: files})
		return err
	}
	wants(t, send(docx(discordtest.SizeLimit+1)), 413, 40005)
	var eleven []*discordgo.File
	for range 11 {
		eleven = append(eleven, docx(1))
	}
	wants(t, send(eleven...), 400, 50035)
	s.Overwrite(discordtest.Public, discordtest.Overwrite{ID: discordtest.Bot, Member: true, Deny: discordtest.AttachFiles})
	wants(t, send(docx(1)), 403, 50013)
}
