package slack

import (
	"strings"
	"unicode"

	"github.com/everycategory/advocate/bot/chat/layout"
)

var (
	escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	plainer = strings.NewReplacer("<", "‹", ">", "›", "\n", " ")
)

// Text makes words of anybody safe to stand in mrkdwn: they mention nobody,
// link nowhere, format nothing, and look like no citation mark. What could do
// so is replaced by a character that looks like it; what is not seen is left
// out. White space becomes one space, or one line break.
func Text(s string) string { return escape(neutral(layout.Clean(s), true)) }

// Plain makes words of anybody safe to stand in plain text, such as a button.
func Plain(s string) string {
	return plainer.Replace(neutral(layout.Clean(s), true))
}

// escape writes the three characters that mrkdwn reads as control.
func escape(s string) string {
	return escaper.Replace(s)
}

// alike are the characters that format, with others that look like them.
var alike = map[rune]rune{'*': '∗', '_': '＿', '~': '∼', '`': 'ˋ'}

// neutral replaces what mrkdwn would read as more than words, rune by rune:
// the result has as many. start says that s begins a line.
func neutral(s string, start bool) string {
	in := []rune(s)
	out := make([]rune, len(in))
	for i, r := range in {
		out[i] = r
		switch r {
		case '*', '_', '~', '`':
			if r == '`' || !inWord(in, i-1) || !inWord(in, i+1) {
				out[i] = alike[r]
			}
		case '>':
			if start && i == 0 || i > 0 && in[i-1] == '\n' {
				out[i] = '›'
			}
		case ':':
			if layout.Emoji(in, i) || i+2 < len(in) && in[i+1] == '/' && in[i+2] == '/' {
				out[i] = '∶'
			}
		case '@':
			if everybody(in[i+1:]) {
				out[i] = '＠'
			}
		case '[':
			if j := layout.MarkEnd(in, i); j > 0 {
				out[i] = '('
			}
		case ']':
			if j := layout.MarkStart(in, i); j >= 0 {
				out[i] = ')'
			}
		}
	}
	return string(out)
}

func inWord(s []rune, i int) bool {
	return i >= 0 && i < len(s) && (unicode.IsLetter(s[i]) || unicode.IsDigit(s[i]))
}

// everybody reports whether s begins with a name that calls everybody.
func everybody(s []rune) bool {
	for _, name := range []string{"here", "channel", "everyone", "group"} {
		if len(s) >= len(name) && strings.EqualFold(string(s[:len(name)]), name) {
			return true
		}
	}
	return false
}
