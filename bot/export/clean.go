package export

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// newlines are all that starts a line.
var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ")

// clean is s as it is written: valid UTF-8 in form C, with line feeds and
// without what cannot be seen.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = newlines.Replace(s)
	s = strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// hidden reports what is not written: what XML 1.0 forbids, other controls,
// soft hyphens and spaces of no width, and the marks that turn the direction
// of the text, with which a reader can be shown another sentence than the one
// that stands there. The joiners stay: scripts need them.
func hidden(r rune) bool {
	switch {
	case r == '\n':
		return false
	case unicode.Is(unicode.Cc, r), r == 0xfffe, r == 0xffff:
		return true
	case r == 0x00ad, r == 0x200b, r == 0x2060, r == 0xfeff, r == 0x200e, r == 0x200f, r == 0x061c:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tags
		return true
	}
	return false
}

// oneLine is s with every run of white space as one space, and none around it.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, breaksLine), " "))
}

// breaksLine reports the spaces at which a line may end; a no-break space is
// none.
func breaksLine(r rune) bool {
	return unicode.IsSpace(r) && r != 0x00a0 && r != 0x202f && r != 0x2007
}

// bracketed is a blank's text, which has some, in square brackets, unless it
// has them.
func bracketed(s string) string {
	t := strings.TrimSpace(s)
	if open := strings.IndexByte(t, '['); open >= 0 && strings.IndexByte(t[open:], ']') > 0 {
		return s
	}
	at := strings.Index(s, t)
	return s[:at] + "[" + t + "]" + s[at+len(t):]
}

// link is the address that s can be followed to, as it may stand in a file,
// or "": only the web's, only in ASCII.
func link(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	to := u.String()
	for _, r := range u.Host + to {
		if r <= ' ' || r >= utf8.RuneSelf || strings.ContainsRune("<>\"\\^`{|}", r) {
			return ""
		}
	}
	return to
}
