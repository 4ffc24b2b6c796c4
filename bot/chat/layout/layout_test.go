package layout

import (
	"reflect"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/corpus"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\u202eevil\u202c \u200ba\u00adb \ufeffc \U000e0041tag": "evil ab c tag", " a \r\n\t b\u2028 c  ": "a\nb\nc", "\xff\x1b[0m": "\ufffd[0m", "\u2800\u3164": "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if got := Visible("a\r\n\tb  c\u200b\u2029"); got != "a\n    b  c\n" {
		t.Errorf("%q", got)
	}
}

// TestClip: nothing is longer than it may be, and no rune is halved.
func TestClip(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("word ", 20), strings.Repeat("👩", 40), strings.Repeat("x", 80), "short"} {
		for n := 4; n < 60; n++ {
			if got := Clip(text, n); Units(got) > n || strings.ContainsRune(got, '\ufffd') || Units(text) <= n && got != text {
				t.Errorf("%q in %d is %q", text, n, got)
			}
		}
	}
}

// TestClaim: the marks stand before the full stop, behind a space that no
// line ends at.
func TestClaim(t *testing.T) {
	t.Parallel()
	want := Para{{Text: "It binds\u00a0"}, {Kind: Mark, Text: "[1]"}, {Kind: Mark, Text: "[22]"}, {Text: "."}}
	if got := (Para{}).Claim("It \u200bbinds.", []int{1, 22}); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestLink: what a platform does not take leads nowhere, and its words stay.
func TestLink(t *testing.T) {
	t.Parallel()
	for _, take := range []string{"", "https://a.example/x"} {
		p := Places{Take: func(string) string { return take }}
		lines := p.Nearest([]bot.Nearest{{Cite: "RCW 1", Title: "A law", URL: "javascript:x"}})
		want := []Para{Para{}.Link("RCW 1", take).Say(": A law")}
		if !reflect.DeepEqual(lines, want) || (lines[0][0].Kind == Link) != (take != "") {
			t.Errorf("%v, want %v", lines, want)
		}
	}
}

// TestReadAs: a digest is never called law, nor a document that was added.
func TestReadAs(t *testing.T) {
	t.Parallel()
	c := bot.Citation{Scope: corpus.PublicScope, AsOf: "2026-01-02", TextStatus: corpus.Text}
	if got := ReadAs(c); got != "law as of 2026-01-02" {
		t.Errorf("%q", got)
	}
	added, digest := c, c
	added.Scope, digest.TextStatus, digest.Law, digest.Partial = "team", "", "2026-01-01", true
	for _, d := range []bot.Citation{added, digest} {
		if got := ReadAs(d); strings.HasPrefix(got, "law") || !strings.Contains(got, "as of 2026-01-02") {
			t.Errorf("%q", got)
		}
	}
}

// TestNotice: a platform's own words come first, and what nobody knows is said
// to have failed.
func TestNotice(t *testing.T) {
	t.Parallel()
	own := map[chat.Notice]string{chat.NoticeBusy: "Ours.", chat.NoticeSent: "Here."}
	for n, want := range map[chat.Notice]string{chat.NoticeBusy: "Ours.", chat.NoticeSent: "Here.", chat.NoticeLate: spokenNotices[chat.NoticeLate]} {
		if is, got := Notice(n, own); is != n || got != want {
			t.Errorf("%s: %q, want %q", n, got, want)
		}
	}
	if is, got := Notice("of next year", own); is != chat.NoticeFailed || got == "" {
		t.Errorf("%s: %q", is, got)
	}
}
