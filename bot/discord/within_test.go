package discord

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// within checks messages against Discord's limits and our manners.
func within(t *testing.T, messages []Message) {
	t.Helper()
	if len(messages) == 0 {
		t.Error("there is no message")
	}
	for i, m := range messages {
		at := fmt.Sprintf("message %d", i)
		if n := units(m.Content); n == 0 || n > MaxContent || strings.TrimSpace(m.Content) != m.Content {
			t.Errorf("%s: content of %d characters: %q", at, n, m.Content)
		}
		if strings.Count(m.Content, "```")%2 != 0 {
			t.Errorf("%s: a block of code is open: %q", at, m.Content)
		}
		if len(m.Components) > MaxRows {
			t.Errorf("%s: %d rows", at, len(m.Components))
		}
		seen := map[string]bool{}
		for _, row := range m.Components {
			buttons := buttonsOf([]discordgo.MessageComponent{row})
			if n := len(row.(discordgo.ActionsRow).Components); n == 0 || n > MaxButtons || len(buttons) != n {
				t.Errorf("%s: a row of %d, with %d buttons", at, n, len(buttons))
			}
			for _, b := range buttons {
				if n := units(b.Label); n == 0 || n > MaxButton || strings.ContainsAny(b.Label, "<>\n") {
					t.Errorf("%s: button %q", at, b.Label)
				}
				if link := b.Style == discordgo.LinkButton; link != (b.URL != "") || link == (b.CustomID != "") || units(b.URL) > MaxURL {
					t.Errorf("%s: button %+v", at, b)
				}
				if units(b.CustomID) > MaxID || b.CustomID != "" && seen[b.CustomID] {
					t.Errorf("%s: custom_id %q twice, or too long", at, b.CustomID)
				}
				seen[b.CustomID] = true
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
