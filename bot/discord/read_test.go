package discord

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// A piece is what a reader of a message sees at one place.
type piece struct {
	kind string // text, link, mention, bold, strike, italic, underline, spoiler, code, emoji, heading, list, small, quote, address
	text string
	url  string
}

var (
	block     = regexp.MustCompile(`^ *(?:(#{1,3}) |(-#) |(>>>|>) |([-*]|\d+\.) )`)
	maskedURL = regexp.MustCompile(`^\[((?:\[[^\]]*\]|[^\[\]])*)\]\(\s*<?((?:\([^)]*\)|[^\s\\])*?)>?\)`)
	bracketed = regexp.MustCompile(`^<(@[!&]?\d+|#\d+|/[^:>]+:\d+|t:-?\d+(?::\w)?|id:\w+|a?:\w+:\d+|[a-z+]+:[^>]*)>`)
	schemes   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)
	emojiName = regexp.MustCompile(`^:[\pL\pN_+'-]+:`)
	callsAll  = regexp.MustCompile(`(?i)@(everyone|here)`)
	invite    = regexp.MustCompile(`(?i)discord(?:\.gg|(?:app)?\.com)/`)
	rawCall   = regexp.MustCompile(`<(?:@[!&]?|#)\d+>`)
	hiding    = regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f-\x9f\x{ad}\x{61c}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}\x{e0000}-\x{e007f}]`)
	anyMark   = regexp.MustCompile(`\[[0-9]+\]`)
	marked    = regexp.MustCompile(`\[[0-9]{1,4}\]`)
)

// parse reads a message as Discord shows it, and takes as mark-up what it
// might.
func parse(s string) []piece {
	var out []piece
	for {
		before, rest, ok := strings.Cut(s, "```")
		out = append(out, lines(before)...)
		if !ok {
			return out
		}
		code, after, closed := strings.Cut(rest, "```")
		if !closed {
			return append(out, piece{kind: "open code", text: rest})
		}
		out = append(out, piece{kind: "code", text: code})
		s = after
	}
}

func lines(s string) []piece {
	var out []piece
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			out = append(out, piece{kind: "text", text: "\n"})
		}
		for depth := 0; depth < 3; depth++ { // in a list there can be another, or a heading
			m := block.FindStringSubmatch(line)
			if m == nil {
				break
			}
			for k, kind := range []string{"heading", "small", "quote", "list"} {
				if m[k+1] != "" {
					out = append(out, piece{kind: kind, text: m[k+1]})
				}
			}
			line = line[len(m[0]):]
		}
		out = append(out, inline(line)...)
	}
	return out
}

var pairs = []struct{ mark, kind string }{{"**", "bold"}, {"__", "underline"}, {"~~", "strike"}, {"||", "spoiler"}, {"*", "italic"}, {"_", "italic"}, {"`", "code"}}

// inline reads a line. An escaped character is the character alone.
func inline(s string) []piece {
	var out []piece
	var text strings.Builder
	add := func(p piece) {
		if text.Len() > 0 {
			out = append(out, piece{kind: "text", text: text.String()})
			text.Reset()
		}
		if p.kind != "" {
			out = append(out, p)
		}
	}
next:
	for len(s) > 0 {
		r := []rune(s[:min(4, len(s))])[0]
		switch {
		case r == '\\' && len(s) > 1 && escapable(rune(s[1])):
			text.WriteByte(s[1])
			s = s[2:]
			continue
		case r == '[' && maskedURL.MatchString(s):
			m := maskedURL.FindStringSubmatch(s)
			if schemes.MatchString(m[2]) {
				add(piece{kind: "link", text: plainOf(inline(m[1])), url: m[2]})
				s = s[len(m[0]):]
				continue
			}
		case r == '<' && bracketed.MatchString(s):
			m := bracketed.FindStringSubmatch(s)
			add(piece{kind: "mention", text: m[1]})
			s = s[len(m[0]):]
			continue
		case r == ':' && emojiName.MatchString(s):
			m := emojiName.FindString(s)
			before := text.String()
			time := strings.Trim(m, ":0123456789") == "" && before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9'
			if !time {
				add(piece{kind: "emoji", text: m})
				s = s[len(m):]
				continue
			}
		case schemes.MatchString(s):
			add(piece{kind: "address", text: s})
			s = ""
			continue
		}
		for _, p := range pairs {
			if strings.HasPrefix(s, p.mark) {
				if end := closingMark(s, p.mark); end > 0 {
					add(piece{kind: p.kind, text: plainOf(inline(s[len(p.mark):end]))})
					s = s[end+len(p.mark):]
					continue next
				}
			}
		}
		_, n := runeOf(s)
		text.WriteString(s[:n])
		s = s[n:]
	}
	add(piece{})
	return out
}

func runeOf(s string) (rune, int) {
	for i, r := range s {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(s)
}

func escapable(r rune) bool {
	return r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsSpace(r)
}

// closingMark is where the mark that begins s comes again, unescaped, with
// something between; or 0.
func closingMark(s, mark string) int {
	for i := len(mark); i < len(s); i++ {
		switch {
		case s[i] == '\\' && mark != "`":
			i++
		case i > len(mark) && strings.HasPrefix(s[i:], mark):
			return i
		}
	}
	return 0
}

func plainOf(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.kind != "list" && p.kind != "small" && p.kind != "heading" {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// controls are what in a text would do more than be read.
func controls(s string) []string {
	var out []string
	for _, p := range parse(s) {
		if p.kind != "text" {
			out = append(out, p.kind+" "+p.text)
		}
	}
	out = append(out, rawControls(s)...)
	return append(out, marked.FindAllString(plainOf(parse(s)), -1)...)
}

// rawControls are what Discord reads even where it is escaped.
func rawControls(s string) []string {
	out := append(callsAll.FindAllString(s, -1), invite.FindAllString(s, -1)...)
	out = append(out, rawCall.FindAllString(s, -1)...)
	for _, r := range hiding.FindAllString(s, -1) {
		out = append(out, fmt.Sprintf("unseen %U", []rune(r)))
	}
	return out
}

// fold makes equal what looks alike, and takes white space and what is not
// seen away.
func fold(s string) string {
	s = strings.NewReplacer("‹", "<", "›", ">", "＠", "@", "∕", "/", "∶", ":", "[", "(", "]", ")", "ˋ", "`").Replace(strings.ToValidUTF8(s, "\ufffd"))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || layout.Unseen(r) || r == '\u2800' {
			return -1
		}
		return r
	}, s)
}

// seen is what a reader sees of each message, with the marks of citations.
func seen(messages []Message) []string {
	var out []string
	for _, m := range messages {
		out = append(out, plainOf(parse(m.Content)))
	}
	return out
}

// shown is all of it.
func shown(messages []Message) string { return strings.Join(seen(messages), "\n") }

// links are the addresses that messages lead to.
func links(messages []Message) []string {
	var out []string
	for _, m := range messages {
		for _, p := range parse(m.Content) {
			if p.kind == "link" {
				out = append(out, p.url)
			}
		}
		for _, b := range buttonsIn(m) {
			if b.URL != "" {
				out = append(out, b.URL)
			}
		}
	}
	return out
}

// buttonsIn are the buttons of a message.
func buttonsIn(m Message) []discordgo.Button {
	var out []discordgo.Button
	for _, row := range m.Components {
		for _, c := range row.(discordgo.ActionsRow).Components {
			if b, ok := c.(discordgo.Button); ok {
				out = append(out, b)
			}
		}
	}
	return out
}

// selectsIn are the lists of a message.
func selectsIn(m Message) []Select {
	var out []Select
	for _, row := range m.Components {
		for _, c := range row.(discordgo.ActionsRow).Components {
			if s, ok := c.(Select); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// inOrder finds texts in what messages show, one after the other.
func inOrder(t *testing.T, out []Message, texts []string) {
	t.Helper()
	all, at := fold(shown(out)), 0
	for _, text := range texts {
		i := strings.Index(all[at:], fold(text))
		if i < 0 {
			t.Errorf("not shown, or not in its place: %q", text)
			return
		}
		at += i + len(fold(text))
	}
}
