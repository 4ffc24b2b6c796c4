package web

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/everycategory/advocate/corpus/citation"
)

// Anchor is the name of a place on its source's page: letters, digits and
// hyphens, so that it can be read and typed. Two places of one source never
// share one in the library (a test says so).
func Anchor(pin citation.Pinpoint) string {
	if pin == "" {
		return "top"
	}
	var b strings.Builder
	b.WriteString("p")
	gap := true
	for _, r := range string(pin) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.':
			if gap {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// SourceURL is the address of a place in a source on a server at base
// ("https://advocate.example.org", or "" for a link within the page).
func SourceURL(base, source string, pin citation.Pinpoint) string {
	return strings.TrimSuffix(base, "/") + "/library/" + url.PathEscape(source) + "#" + Anchor(pin)
}
