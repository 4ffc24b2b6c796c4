package discord

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// within checks messages against Discord's limits and our manners.
func within(t *testing.T, messages []Message) {
	t.Helper()
	if len(messages) == 0 {
		t.Error("there is no message")
	}
	for i, m := range messages {
		at := fmt.Sprintf("message %d", i)
		if n := layout.Units(m.Content); n == 0 || n > MaxContent || strings.TrimSpace(m.Content) != m.Content {
			t.Errorf("%s: content of %d characters: %q", at, n, m.Content)
		}
		if strings.Count(m.Content, "```")%2 != 0 {
			t.Errorf("%s: a block of code is open: %q", at, m.Content)
		}
		if len(m.Components) > MaxRows {
			t.Errorf("%s: %d rows", at, len(m.Components))
		}
		ids := map[string]bool{}
		id := func(s string) {
			if n := layout.Units(s); n == 0 || n > MaxID || ids[s] {
				t.Errorf("%s: custom_id %q twice, or too long", at, s)
			}
			ids[s] = true
		}
		for _, row := range m.Components {
			set := row.(discordgo.ActionsRow).Components
			if n := len(set); n == 0 || n > MaxButtons || len(inRow(row)) != n {
				t.Errorf("%s: a row of %d", at, n)
			}
		}
		for _, b := range buttonsIn(m) {
			if n := layout.Units(b.Label); n == 0 || n > MaxButton || strings.ContainsAny(b.Label, "<>\n") {
				t.Errorf("%s: button %q", at, b.Label)
			}
			if link := b.Style == discordgo.LinkButton; link != (b.URL != "") || link == (b.CustomID != "") || layout.Units(b.URL) > MaxURL {
				t.Errorf("%s: button %+v", at, b)
			}
			if b.CustomID != "" {
				id(b.CustomID)
			}
		}
		for _, s := range selectsIn(m) {
			id(s.CustomID)
			if len(s.Options) == 0 || len(s.Options) > MaxOptions || layout.Units(s.Placeholder) > MaxAsked || s.Placeholder == "" {
				t.Errorf("%s: list %+v", at, s)
			}
			for _, o := range s.Options {
				if n := layout.Units(o.Label); n == 0 || n > MaxOption || o.Value == "" || layout.Units(o.Value) > MaxOption {
					t.Errorf("%s: option %+v", at, o)
				}
			}
		}
		body := asJSON(t, m.Body(i%2 == 0))
		for _, want := range []string{`"parse": []`, `"replied_user": false`, fmt.Sprintf(`"flags": %d`, 4+64*(1-i%2))} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", body, want)
			}
		}
	}
}
