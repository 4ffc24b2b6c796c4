package slack

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

var (
	escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	plainer = strings.NewReplacer("<", "‹", ">", "›", "\n", " ")
)

// Text makes words of anybody safe to stand in mrkdwn: they mention nobody,
// link nowhere, format nothing, and look like no citation mark. What could do
// so is replaced by a character that looks like it; what is not seen is left
// out. White space becomes one space, or one line break.
func Text(s string) string { return escape(neutral(clean(s), true)) }

// Plain makes words of anybody safe to stand in plain text, such as a button.
func Plain(s string) string {
	return plainer.Replace(neutral(clean(s), true))
}

// escape writes the three characters that mrkdwn reads as control.
func escape(s string) string {
	return escaper.Replace(s)
}

// units counts UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// clean leaves out what is not seen (controls, bidirectional overrides,
// zero-width characters, tags) and makes each run of white space one space, or
// one line break where it has any.
func clean(s string) string {
	var b strings.Builder
	sep := ""
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			sep = "\n"
		case unicode.IsSpace(r) || r == '\u2800':
			if sep == "" {
				sep = " "
			}
		case unseen(r):
		default:
			if b.Len() > 0 {
				b.WriteString(sep)
			}
			sep = ""
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unseen reports whether r takes no room of its own.
func unseen(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2065', '\u3164', '\uffa0':
		return true
	}
	if r >= '\ufff0' && r <= '\ufff8' || r >= 0xe0000 && r <= 0xe0fff { // for what is not assigned yet
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
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
			if emoji(in, i) || i+2 < len(in) && in[i+1] == '/' && in[i+2] == '/' {
				out[i] = '∶'
			}
		case '@':
			if everybody(in[i+1:]) {
				out[i] = '＠'
			}
		case '[':
			if j := markEnd(in, i); j > 0 {
				out[i] = '('
			}
		case ']':
			if j := markStart(in, i); j >= 0 {
				out[i] = ')'
			}
		}
	}
	return string(out)
}

func inWord(s []rune, i int) bool {
	return i >= 0 && i < len(s) && (unicode.IsLetter(s[i]) || unicode.IsDigit(s[i]))
}

// emoji reports whether the colon at i begins ":name:". A time is none.
func emoji(s []rune, i int) bool {
	digits := true
	for j := i + 1; j < len(s); j++ {
		switch r := s[j]; {
		case r == ':':
			return j > i+1 && !(digits && i > 0 && unicode.IsDigit(s[i-1]))
		case r < '0' || r > '9':
			digits = false
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_+-'", r) {
				return false
			}
		}
	}
	return false
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

// maxMark is how many digits a citation mark can have.
const maxMark = 4

// markEnd is where "[12]" that begins at i ends, or 0.
func markEnd(s []rune, i int) int {
	for j := i + 1; j < len(s) && j <= i+maxMark+1; j++ {
		if s[j] == ']' && j > i+1 {
			return j
		}
		if s[j] < '0' || s[j] > '9' {
			return 0
		}
	}
	return 0
}

// markStart is where "[12]" that ends at i begins, or -1.
func markStart(s []rune, i int) int {
	for j := i - 1; j >= 0 && j >= i-maxMark-1; j-- {
		if s[j] == '[' && j < i-1 {
			return j
		}
		if s[j] < '0' || s[j] > '9' {
			return -1
		}
	}
	return -1
}

// clip shortens s to at most n units, between words where it can.
func clip(s string, n int) string {
	if units(s) <= n {
		return s
	}
	size, end, space := 0, 0, 0
	for i, r := range s {
		if r == ' ' || r == '\n' {
			space = i
		}
		if size += max(utf16.RuneLen(r), 1); size > n-2 {
			end = i
			break
		}
	}
	if space > end/2 {
		return s[:space] + " …"
	}
	return s[:end] + "…"
}
