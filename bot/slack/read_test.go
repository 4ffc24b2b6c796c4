package slack

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// A piece is what a reader of mrkdwn sees at one place.
type piece struct {
	kind string // text, link, mention, special, bold, strike, italic, code, emoji, quote
	text string
	url  string
}

var (
	control   = regexp.MustCompile(`<([^<>]*)>`)
	entity    = regexp.MustCompile(`&(amp|lt|gt);`)
	emojiName = regexp.MustCompile(`:[\pL\pN_+'-]+:`)
	callsAll  = regexp.MustCompile(`(?i)@(here|channel|everyone|group)`)
	hiding    = regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f-\x9f\x{ad}\x{61c}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}\x{e0000}-\x{e007f}]`)
	marked    = regexp.MustCompile(`\[[0-9]{1,4}\]`)
)

// parse reads mrkdwn as Slack documents it, and takes as mark-up what it
// might.
func parse(s string) []piece {
	var out []piece
	for {
		m := control.FindStringSubmatchIndex(s)
		if m == nil {
			return append(out, formats(s)...)
		}
		out = append(out, formats(s[:m[0]])...)
		in := s[m[2]:m[3]]
		switch {
		case in == "":
		case in[0] == '!':
			out = append(out, piece{kind: "special", text: in})
		case in[0] == '@' || in[0] == '#':
			out = append(out, piece{kind: "mention", text: in})
		default:
			to, text, _ := strings.Cut(in, "|")
			out = append(out, piece{kind: "link", text: unescape(text), url: unescape(to)})
		}
		s = s[m[1]:]
	}
}

// formats reads runs of bold, struck, italic and code.
func formats(s string) []piece {
	var out []piece
	runes := []rune(s)
	text := func(from, to int) {
		if from < to {
			out = append(out, piece{kind: "text", text: unescape(string(runes[from:to]))})
		}
	}
	kinds := map[rune]string{'*': "bold", '~': "strike", '_': "italic", '`': "code"}
	from := 0
	for i := 0; i < len(runes); i++ {
		kind := kinds[runes[i]]
		if kind == "" || wordAt(runes, i-1) || i+1 >= len(runes) || unicode.IsSpace(runes[i+1]) {
			continue
		}
		for j := i + 2; j < len(runes) && runes[j] != '\n'; j++ {
			if runes[j] == runes[i] && !unicode.IsSpace(runes[j-1]) && !wordAt(runes, j+1) {
				text(from, i)
				out = append(out, piece{kind: kind, text: unescape(string(runes[i+1 : j]))})
				from, i = j+1, j
				break
			}
		}
	}
	text(from, len(runes))
	return out
}

func wordAt(s []rune, i int) bool {
	return i >= 0 && i < len(s) && (unicode.IsLetter(s[i]) || unicode.IsDigit(s[i]))
}

func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// controls are what in mrkdwn would do more than be read.
func controls(s string) []string {
	var out []string
	for _, p := range parse(s) {
		if p.kind != "text" {
			out = append(out, p.kind+" "+p.text)
		}
	}
	bare := entity.ReplaceAllString(s, "")
	if strings.ContainsAny(bare, "<>&") {
		out = append(out, "unescaped "+bare)
	}
	for _, line := range strings.Split(s, "\n") {
		if strings.HasPrefix(line, "&gt;") {
			out = append(out, "quote "+line)
		}
	}
	if strings.Contains(s, "://") {
		out = append(out, "address")
	}
	out = append(out, callsAll.FindAllString(s, -1)...)
	out = append(out, marked.FindAllString(s, -1)...)
	for _, m := range emojiName.FindAllStringIndex(s, -1) {
		name := strings.Trim(s[m[0]:m[1]], ":")
		if strings.Trim(name, "0123456789") != "" || m[0] == 0 || s[m[0]-1] < '0' || s[m[0]-1] > '9' {
			out = append(out, "emoji "+name)
		}
	}
	for _, r := range hiding.FindAllString(s, -1) {
		out = append(out, fmt.Sprintf("unseen %U", []rune(r)))
	}
	return out
}

// fold makes equal what looks alike, and takes white space and what is not
// seen away.
func fold(s string) string {
	s = strings.NewReplacer("∗", "*", "＿", "_", "∼", "~", "ˋ", "`", "›", ">", "‹", "<", "∶", ":", "＠", "@", "∣", "|").Replace(strings.ToValidUTF8(s, "\ufffd"))
	s = regexp.MustCompile(`\[([0-9]{1,4})\]`).ReplaceAllString(s, "($1)")
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || layout.Unseen(r) || r == '\u2800' {
			return -1
		}
		return r
	}, s)
}

// mrkdwns are the texts of a message that are read as mark-up.
func mrkdwns(m Message) []*slack.TextBlockObject {
	var out []*slack.TextBlockObject
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case *slack.SectionBlock:
			out = append(out, b.Text)
		case *slack.ContextBlock:
			for _, e := range b.ContextElements.Elements {
				out = append(out, e.(*slack.TextBlockObject))
			}
		}
	}
	return out
}

// seen is what a reader sees of messages, block by block, with their marks.
func seen(messages []Message) []string {
	var out []string
	for _, m := range messages {
		for _, b := range m.Blocks {
			switch b := b.(type) {
			case *slack.HeaderBlock:
				out = append(out, b.Text.Text)
			case *slack.RichTextBlock:
				for _, e := range b.Elements {
					for _, t := range e.(*slack.RichTextPreformatted).Elements {
						out = append(out, t.(*slack.RichTextSectionTextElement).Text)
					}
				}
			default:
				for _, t := range mrkdwns(Message{Blocks: []slack.Block{b}}) {
					var text string
					for _, p := range parse(t.Text) {
						text += p.text
					}
					out = append(out, text)
				}
			}
		}
	}
	return out
}

// links are the addresses that messages lead to.
func links(messages []Message) []string {
	var out []string
	for _, m := range messages {
		for _, t := range mrkdwns(m) {
			for _, p := range parse(t.Text) {
				if p.kind == "link" {
					out = append(out, p.url)
				}
			}
		}
		for _, b := range buttonsOf(m.Blocks) {
			if b.URL != "" {
				out = append(out, b.URL)
			}
		}
	}
	return out
}

func buttonsOf(blocks []slack.Block) []*slack.ButtonBlockElement {
	var out []*slack.ButtonBlockElement
	for _, b := range blocks {
		switch b := b.(type) {
		case *slack.ActionBlock:
			for _, e := range b.Elements.ElementSet {
				out = append(out, e.(*slack.ButtonBlockElement))
			}
		case *slack.SectionBlock:
			if b.Accessory != nil && b.Accessory.ButtonElement != nil {
				out = append(out, b.Accessory.ButtonElement)
			}
		}
	}
	return out
}

// within checks messages against Slack's limits and our manners.
func within(t *testing.T, messages []Message) {
	t.Helper()
	for i, m := range messages {
		at := fmt.Sprintf("message %d", i)
		size := blocksWithin(t, at, m.Blocks, MaxBlocks)
		if len(m.Blocks) == 0 || size > MaxBlockText {
			t.Errorf("%s: %d blocks of %d characters", at, len(m.Blocks), size)
		}
		if n := layout.Units(m.Text); n == 0 || n > MaxText {
			t.Errorf("%s: text of %d characters", at, n)
		}
		if bare := entity.ReplaceAllString(strings.ReplaceAll(m.Text, "<@U0123>", ""), ""); strings.ContainsAny(bare, "<>&") {
			t.Errorf("%s: text is not escaped: %q", at, m.Text)
		}
	}
}

// blocksWithin checks blocks and gives the characters in them.
func blocksWithin(t *testing.T, at string, blocks []slack.Block, most int) (size int) {
	t.Helper()
	if len(blocks) > most {
		t.Errorf("%s: %d blocks", at, len(blocks))
	}
	fits := func(what, text string, least, most int) {
		t.Helper()
		size += layout.Units(text)
		if n := layout.Units(text); n < least || n > most {
			t.Errorf("%s: %s of %d characters, want %d to %d: %q", at, what, n, least, most, text)
		}
	}
	var ids []string
	for _, b := range blocks {
		if id := b.ID(); id != "" {
			if slices.Contains(ids, id) || layout.Units(id) > MaxID {
				t.Errorf("%s: block_id %q twice, or too long", at, id)
			}
			ids = append(ids, id)
		}
		switch b := b.(type) {
		case *slack.HeaderBlock:
			fits("header", b.Text.Text, 1, MaxHeader)
		case *slack.ContextBlock:
			if len(b.ContextElements.Elements) > MaxContext {
				t.Errorf("%s: %d context elements", at, len(b.ContextElements.Elements))
			}
		case *slack.ActionBlock:
			if n := len(b.Elements.ElementSet); n == 0 || n > MaxActions || b.BlockID == "" {
				t.Errorf("%s: %d actions in block %q", at, n, b.BlockID)
			}
		case *slack.ContextActionsBlock:
			if n := len(b.Elements.ElementSet); n > MaxContextActions {
				t.Errorf("%s: %d context actions", at, n)
			}
		case *slack.RichTextBlock:
			for _, text := range seen([]Message{{Blocks: []slack.Block{b}}}) {
				fits("preformatted", text, 1, MaxSection)
			}
		case *slack.InputBlock:
			inputWithin(t, at, b)
		}
		actions := map[string]bool{}
		for _, e := range buttonsOf([]slack.Block{b}) {
			fits("button", e.Text.Text, 1, MaxButton)
			if layout.Units(e.Value) > MaxValue || layout.Units(e.AccessibilityLabel) > MaxLabel || layout.Units(e.URL) > MaxURL || layout.Units(e.ActionID) > MaxID || actions[e.ActionID] {
				t.Errorf("%s: button %+v", at, e)
			}
			if c := e.Confirm; c != nil && (layout.Units(c.Title.Text) > MaxConfirmTitle || layout.Units(c.Text.Text) > MaxConfirm || layout.Units(c.Confirm.Text) > MaxConfirmButton || layout.Units(c.Deny.Text) > MaxConfirmButton) {
				t.Errorf("%s: confirmation of %q", at, e.ActionID)
			}
			actions[e.ActionID] = true
		}
		for _, text := range mrkdwns(Message{Blocks: []slack.Block{b}}) {
			fits("text", text.Text, 1, MaxSection)
			if text.Type == slack.MarkdownType && !text.Verbatim {
				t.Errorf("%s: not verbatim: %q", at, text.Text)
			}
		}
	}
	return size
}
