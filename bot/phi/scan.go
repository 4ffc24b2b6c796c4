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
	return locate(raw, from, g.standing(text, r.merged()))
}

// scanned are the types that prove themselves without a cue.
var scanned = map[Type]bool{Phone: true, Fax: true, Email: true, SSN: true, MemberID: true, AccountNo: true, LicenseNo: true, Vehicle: true, Device: true, IP: true, DOB: true, Age90: true}

// escaped reports whether a span lies in a placeholder. These were found first,
// in order.
func (r *reader) escaped(mine int, s span) bool {
	k, _ := slices.BinarySearchFunc(r.spans[:mine], s.start, func(p span, at int) int { return p.end - at - 1 })
	return k < mine && r.spans[k].start < s.end
}

// Scan is Gate.Scan, and looks for the words this case replaced as well.
func (c *Case) Scan(outbound []byte) []Finding {
	found := c.gate.Scan(outbound)
	raw := string(outbound)
	text, from := unescape(raw)
	words := split(text)
	places := map[string][]int{}
	for i, w := range words {
		if w.shape != mark {
			places[w.fold] = append(places[w.fold], i)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	r := reader{}
	for _, e := range c.entries {
		if !e.sure {
			continue
		}
		for _, word := range c.sought(e) {
			for _, i := range places[word[0]] {
				if j := sameWords(words, i, word); j > 0 {
					r.spans = append(r.spans, span{start: words[i].start, end: words[j-1].end, typ: typeOf(e.label), sure: true})
				}
			}
		}
	}
	return mergeFindings(found, locate(raw, from, c.gate.standing(text, r.merged())))
}

// sought are the folded words of each spelling of an entry, and of a name each
// word by itself. Short and ordinary words do not count.
func (c *Case) sought(e *entry) [][]string {
	var out [][]string
	for _, s := range e.spelling {
		if mentions(s, 0) != nil {
			continue // a user wrote what looks like a placeholder
		}
		var all []string
		for _, w := range split(s) {
			if w.shape == mark {
				continue
			}
			all = append(all, w.fold)
			if typeOf(e.label) == Name && len(w.fold) > 3 && !c.gate.known(w.fold) {
				out = append(out, []string{w.fold})
			}
		}
		if len(all) > 1 || len(all) == 1 && len(all[0]) > 2 && !c.gate.known(all[0]) {
			out = append(out, all)
		}
	}
	return out
}

// sameWords is the word behind those sought if they stand at word i, whatever
// marks are between them, or 0.
func sameWords(words []word, i int, sought []string) int {
	for _, f := range sought {
		for i < len(words) && words[i].shape == mark {
			i++
		}
		if i == len(words) || words[i].fold != f {
			return 0
		}
		i++
	}
	return i
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
