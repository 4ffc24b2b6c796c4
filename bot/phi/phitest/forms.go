package phitest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Leak is a planted identifier that was found.
type Leak struct {
	Canary Canary
	Form   string // "plain", "url", "json", "html", "base64", "nfd", "case"
	At     int    // byte of the first place
}

func (l Leak) String() string {
	return fmt.Sprintf("%s of form %d (%s) at byte %d", l.Canary.Class, l.Canary.Form, l.Form, l.At)
}

// Encodings are the forms in which an identifier may leave: as it is, percent
// or form encoded, with the escapes of JSON or HTML, decomposed, in the other
// case, and in base64 at each of its three alignments.
func Encodings(value string) map[string][][]byte {
	quoted, _ := json.Marshal(value) // a string cannot fail
	form := map[string][][]byte{
		"plain": {[]byte(value)},
		"url":   {[]byte(url.QueryEscape(value)), []byte(url.PathEscape(value))},
		"json":  {quoted[1 : len(quoted)-1], []byte(escaped(value, `\u%04x`)), []byte(escaped(value, `\u%04X`))},
		"html":  {[]byte(html.EscapeString(value)), []byte(escaped(value, "&#%d;")), []byte(escaped(value, "&#x%x;"))},
		"nfd":   {norm.NFD.Bytes([]byte(value))},
		"case":  {[]byte(reversed(value)), []byte(strings.ToLower(value)), []byte(strings.ToUpper(value))},
	}
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		for shift := range 3 {
			form["base64"] = append(form["base64"], inner(enc, value, shift))
		}
	}
	return form
}

// inner is the part of the base64 of value that does not depend on what stands
// before or behind it, shift bytes into a group of three.
func inner(enc *base64.Encoding, value string, shift int) []byte {
	text := enc.EncodeToString([]byte(strings.Repeat("x", shift) + value))
	start := []int{0, 2, 3}[shift]
	end := (len(value) + shift) * 8 / 6
	if start >= end {
		return nil
	}
	return []byte(text[start:end])
}

// escaped writes each letter beyond ASCII as JSON or HTML do when they are careful.
func escaped(s, form string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, form, r)
		}
	}
	return b.String()
}

func reversed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// Scan looks for planted identifiers in all their encodings in what left the
// process. Values of fewer than four bytes are not looked for: they stand in
// any text.
func Scan(out []byte, planted []Canary) []Leak {
	var leaks []Leak
	for _, c := range planted {
		if len(c.Value) < 4 {
			continue
		}
		for form, values := range Encodings(c.Value) {
			if at := first(out, values); at >= 0 {
				leaks = append(leaks, Leak{Canary: c, Form: form, At: at})
			}
		}
	}
	return leaks
}

func first(out []byte, values [][]byte) int {
	for _, v := range values {
		if len(v) < 4 {
			continue
		}
		if at := bytes.Index(out, v); at >= 0 {
			return at
		}
	}
	return -1
}
