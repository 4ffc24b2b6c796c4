package phi

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Scan is the second look, at the exact bytes that are about to leave: a
// request body, a log line. It reads JSON escapes as what they mean, and
// reports sure identifiers only: numbers that prove themselves, identifiers
// behind a cue, addresses, names behind a title. Dates, web addresses and
// reference numbers stand in the library too and are not reported. Anything
// found is a reason not to send. Offsets are code points of outbound as it is.
func (g *Gate) Scan(outbound []byte) []Finding {
	raw := string(outbound)
	text, from := unescape(raw)
	r := g.read(text, Question, Outside)
	r.escape()
	mine := len(r.spans)
	r.keepTerms()
	r.contacts()
	r.identifiers()
	r.numbers()
	r.dates()
	r.addresses()
	r.names()
	var spans []span
	for k, s := range r.spans {
		if k >= mine && s.sure && (s.firm || scanned[s.typ]) && s.typ != Date && s.typ != URL && s.typ != Other && !r.escaped(mine, s) {
			spans = append(spans, s)
		}
	}
	r.spans = spans
	return locate(raw, from, r.merged())
}

// scanned are the types that prove themselves without a cue.
var scanned = map[Type]bool{Phone: true, Fax: true, Email: true, SSN: true, MemberID: true, AccountNo: true, LicenseNo: true, Vehicle: true, Device: true, IP: true, DOB: true, Age90: true}

// escaped reports whether a span lies in a placeholder.
func (r *reader) escaped(mine int, s span) bool {
	for _, p := range r.spans[:mine] {
		if s.start < p.end && p.start < s.end {
			return true
		}
	}
	return false
}

// Scan is Gate.Scan, and looks for the words this case replaced as well.
func (c *Case) Scan(outbound []byte) []Finding {
	found := c.gate.Scan(outbound)
	raw := string(outbound)
	text, from := unescape(raw)
	folded := strings.ToLower(text)
	if len(folded) != len(text) { // a few letters change their length
		folded = text
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var spans []span
	for _, e := range c.entries {
		if !e.sure {
			continue
		}
		for _, word := range c.soughtWords(e) {
			spans = append(spans, c.occurrences(folded, word, e)...)
		}
	}
	r := reader{spans: spans}
	more := locate(raw, from, r.merged())
	return mergeFindings(found, more)
}

// soughtWords are the spellings of an entry, and the words of a name.
func (c *Case) soughtWords(e *entry) []string {
	words := slices.Clone(e.spelling)
	if typeOf(e.label) != Name {
		return words
	}
	for _, s := range e.spelling {
		for _, w := range split(s) {
			if w.letters() && len(w.fold) > 3 {
				words = append(words, s[w.start:w.end])
			}
		}
	}
	return words
}

// occurrences are the places where a replaced word still stands as a whole
// word. Short words, and ordinary ones in lower case, do not count.
func (c *Case) occurrences(text, word string, e *entry) []span {
	low := strings.ToLower(word)
	if utf8.RuneCountInString(word) < 3 || c.gate.known(fold(word)) || e.label == "OTHER" && strings.HasPrefix(word, "[") || mentions(word, 0) != nil {
		return nil
	}
	var out []span
	for at := 0; ; {
		k := strings.Index(text[at:], low)
		if k < 0 {
			return out
		}
		start, end := at+k, at+k+len(low)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !inWord(before) && !inWord(after) {
			out = append(out, span{start: start, end: end, typ: typeOf(e.label), sure: true})
		}
		at = end
	}
}

// typeOf is the type that a label stands for.
func typeOf(label string) Type {
	switch label {
	case "PATIENT", "PROVIDER", "ADJUSTER", "RELATIVE", "PERSON":
		return Name
	case "AGE":
		return Age90
	}
	return Type(strings.ToLower(label))
}

// locate turns spans of the unescaped text into findings in the raw one.
func locate(raw string, from []int, spans []span) []Finding {
	var out []Finding
	at, point := 0, 0
	for _, s := range spans {
		start, end := s.start, s.end
		if from != nil {
			start, end = from[s.start], from[s.end]
		}
		point += utf8.RuneCountInString(raw[at:start])
		n := utf8.RuneCountInString(raw[start:end])
		out = append(out, Finding{Type: s.typ, Start: point, End: point + n, Sure: true, Text: raw[start:end]})
		at, point = end, point+n
	}
	return out
}

// mergeFindings puts two ordered lists together, without those of b that
// overlap one of a.
func mergeFindings(a, b []Finding) []Finding {
	var out []Finding
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].End <= b[0].Start:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0].End <= a[0].Start:
			out, b = append(out, b[0]), b[1:]
		default:
			b = b[1:]
		}
	}
	return out
}

// unescape reads the escapes of JSON strings. from gives, for each byte of the
// text and its end, the byte of raw it comes from; nil where nothing changed.
func unescape(raw string) (text string, from []int) {
	if !strings.Contains(raw, `\`) {
		return raw, nil
	}
	var b strings.Builder
	put := func(s string, at int) {
		for range len(s) {
			from = append(from, at)
		}
		b.WriteString(s)
	}
	for i := 0; i < len(raw); {
		if raw[i] != '\\' || i+1 == len(raw) {
			put(raw[i:i+1], i)
			i++
			continue
		}
		s, n := escapeAt(raw[i:])
		put(s, i)
		i += n
	}
	return b.String(), append(from, len(raw))
}

// escapeAt is what the escape at the start of s means, and its length.
func escapeAt(s string) (string, int) {
	switch s[1] {
	case 'n', 'r':
		return "\n", 2
	case 't', 'b', 'f':
		return " ", 2
	case '"', '\\', '/':
		return s[1:2], 2
	case 'u':
		if len(s) < 6 {
			break
		}
		n, err := strconv.ParseUint(s[2:6], 16, 16)
		if err != nil {
			break
		}
		if utf16.IsSurrogate(rune(n)) && len(s) >= 12 && s[6:8] == `\u` {
			if low, err := strconv.ParseUint(s[8:12], 16, 16); err == nil {
				return string(utf16.DecodeRune(rune(n), rune(low))), 12
			}
		}
		return string(rune(n)), 6
	}
	return s[:1], 1
}
