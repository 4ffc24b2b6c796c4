package discord

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat"
)

// attachmentHost is where Discord keeps what people attach.
const attachmentHost = "cdn.discordapp.com"

// words are those of a text file that was given in a form. Anything else is
// chat.ErrFile: a document is not opened, so there is nothing in it to fear.
func (a *App) words(ctx context.Context, f *discordgo.MessageAttachment) (string, error) {
	u, err := url.Parse(f.URL)
	if err != nil || u.Scheme != "https" || u.Host != attachmentHost || f.Size > chat.MaxFile {
		return "", chat.ErrFile
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL, nil)
	if err != nil {
		return "", chat.ErrFile
	}
	c := &http.Client{Timeout: callTime, Transport: a.Files, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(req)
	if err != nil {
		return "", chat.ErrFile
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, chat.MaxFile+1))
	if err != nil || resp.StatusCode != http.StatusOK {
		return "", chat.ErrFile
	}
	return chat.FileText(data)
}
