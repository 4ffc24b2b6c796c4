package discord

import (
	"strings"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// Text makes words of anybody safe to stand in a message: they mention
// nobody, link nowhere, invite nowhere, format nothing, and look like no
// citation mark. What Discord lets be escaped keeps its character behind a
// backslash that nobody sees; the rest is replaced by a character that looks
// like it, and what is not seen is left out. White space becomes one space, or
// one line break.
func Text(s string) string { return escape(layout.Clean(s), true) }

// Plain makes words of anybody safe to stand where nothing is read as
// mark-up, such as a button.
func Plain(s string) string {
	return plainer.Replace(string(neutral([]rune(layout.Clean(s)))))
}

var plainer = strings.NewReplacer("<", "‹", ">", "›", "\n", " ", "://", "∶//")

// escape writes text so that Discord shows it as it is. start says that s
// begins a line.
func escape(s string, start bool) string {
	in := neutral([]rune(s))
	var b strings.Builder
	for i, r := range in {
		begins := i == 0 && start || i > 0 && in[i-1] == '\n'
		if special(r) && (r != ':' || layout.Emoji(in, i) || schemed(in, i)) || begins && leads(r) || r == '.' && ordinal(in, i, start) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// room is how much of a message text takes at most, wherever it stands.
func room(s string) int {
	n := layout.Units(s)
	digits := true
	for i, r := range s {
		switch {
		case special(r), i == 0 && leads(r), r == '.' && digits:
			n++
		}
		digits = digits && '0' <= r && r <= '9'
	}
	return n
}

// special are the characters that format wherever they stand, and those that
// begin the name of an emoji or the rest of an address.
func special(r rune) bool {
	switch r {
	case '\\', '*', '_', '~', '|', '`', '[', ':':
		return true
	}
	return false
}

// leads are the characters that format at the beginning of a line: a heading,
// a list, small print, a quotation.
func leads(r rune) bool { return r == '#' || r == '-' || r == '>' || r == '+' }

// schemed reports whether the colon at i is that of an address.
func schemed(s []rune, i int) bool { return i+2 < len(s) && s[i+1] == '/' && s[i+2] == '/' }

// ordinal reports whether the full stop at i makes a numbered line.
func ordinal(s []rune, i int, start bool) bool {
	j := i
	for j > 0 && '0' <= s[j-1] && s[j-1] <= '9' {
		j--
	}
	return j < i && (j == 0 && start || j > 0 && s[j-1] == '\n')
}

// neutral replaces what cannot be escaped, rune by rune: the result has as
// many.
func neutral(in []rune) []rune {
	out := make([]rune, len(in))
	for i, r := range in {
		out[i] = r
		switch r {
		case '<':
			if i+1 < len(in) && begins(in[i+1]) {
				out[i] = '‹'
			}
		case '@':
			if everybody(in[i+1:]) {
				out[i] = '＠'
			}
		case '/':
			if invites(in[:i]) {
				out[i] = '∕'
			}
		case '[':
			if layout.MarkEnd(in, i) > 0 {
				out[i] = '('
			}
		case ']':
			if layout.MarkStart(in, i) >= 0 {
				out[i] = ')'
			}
		}
	}
	return out
}

// begins reports whether a bracket before r can be a mention, a command, a
// time, an emoji or an address.
func begins(r rune) bool {
	return strings.ContainsRune("@#/:!&+", r) || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// everybody reports whether s begins with a name that calls everybody.
func everybody(s []rune) bool {
	for _, name := range []string{"here", "everyone"} {
		if len(s) >= len(name) && strings.EqualFold(string(s[:len(name)]), name) {
			return true
		}
	}
	return false
}

// invites reports whether s ends in a host whose paths are invitations, which
// Discord shows even without "https".
func invites(s []rune) bool {
	for _, host := range []string{"discord.gg", "discord.com", "discordapp.com"} {
		if len(s) >= len(host) && strings.EqualFold(string(s[len(s)-len(host):]), host) {
			return true
		}
	}
	return false
}
