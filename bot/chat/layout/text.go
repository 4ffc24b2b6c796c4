package layout

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// Units counts UTF-16 units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// Clean leaves out what is not seen (controls, bidirectional overrides,
// zero-width characters, tags) and makes each run of white space one space, or
// one line break where it has any.
func Clean(s string) string {
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
		case Unseen(r):
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

// Unseen reports whether r takes no room of its own.
func Unseen(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2065', '\u3164', '\uffa0':
		return true
	}
	if r >= '\ufff0' && r <= '\ufff8' || r >= 0xe0000 && r <= 0xe0fff { // for what is not assigned yet
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}

// Emoji reports whether the colon at i begins ":name:". A time is none.
func Emoji(s []rune, i int) bool {
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

// maxMark is how many digits a citation mark can have.
const maxMark = 4

// MarkEnd is where "[12]" that begins at i ends, or 0.
func MarkEnd(s []rune, i int) int {
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

// MarkStart is where "[12]" that ends at i begins, or -1.
func MarkStart(s []rune, i int) int {
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

// Clip shortens s to at most n units, between words where it can.
func Clip(s string, n int) string {
	if Units(s) <= n {
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

// Visible is a text without what is not seen; its spaces and lines stay.
func Visible(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", "    ").Replace(strings.ToValidUTF8(s, "\ufffd"))
	return strings.Map(func(r rune) rune {
		if r != '\n' && Unseen(r) {
			return -1
		}
		return r
	}, s)
}
