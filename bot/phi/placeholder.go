package phi

import (
	"regexp"
	"strconv"
	"strings"
)

// longest is more than the bytes of any placeholder, as models damage them.
const longest = 160

const labels = `PATIENT|PROVIDER|ADJUSTER|RELATIVE|PERSON|DATE|DOB|AGE|ADDRESS|ZIP|PHONE|FAX|EMAIL|SSN|MRN|MEMBER[ _-]{0,2}ID|POLICY[ _-]{0,2}NO|` +
	`GROUP[ _-]{0,2}NO|CLAIM[ _-]{0,2}NO|AUTH[ _-]{0,2}NO|ACCOUNT[ _-]{0,2}NO|LICENSE[ _-]{0,2}NO|VEHICLE|DEVICE|URL|IP|BIOMETRIC|PHOTO|EMPLOYER|OTHER`

// inner is what stands between the brackets.
const inner = `(?i:[ *]{0,2}(` + labels + `)(?:\\?[ _-]){0,2}(\d{1,7})(?:\.(\d{1,7}))?` +
	`(?: {0,2}=[ ]{0,2}(?:DATE\\?_\d{1,7} {0,2}[+-] {0,2}\d{1,7} {0,2}days?))?[ *]{0,2})`

var (
	// bracketed is "[PATIENT_1]" and what becomes of it: other case, spaces, a
	// lost interval.
	bracketed = regexp.MustCompile(`^\[` + inner + `\]`)
	// escaped has a backslash before both brackets, as Markdown writes them. One
	// alone is the text's own.
	escaped = regexp.MustCompile(`^\\\[` + inner + `\\\]`)
	// bare is a placeholder in capitals that lost its brackets.
	bare = regexp.MustCompile(`^(` + strings.ReplaceAll(labels, `[ _-]{0,2}`, `_`) + `)_(\d{1,7})(?:\.(\d{1,7}))?`)
)

// A mention is one placeholder in a text.
type mention struct {
	start, end int
	name       string // "MEMBER_ID_2"
	spelling   int    // from 0
}

// mentions finds the placeholders of a text. before is the byte that stands
// before it.
func mentions(text string, before byte) []mention {
	var out []mention
	at := 0
	for i := 0; i < len(text); {
		start, re := i, bracketed
		switch text[i] {
		case '[':
			if i > at && text[i-1] == '\\' && escaped.MatchString(text[i-1:min(len(text), i+longest)]) {
				start, re = i-1, escaped
			}
		case '_':
			re = bare
			for start > at && i-start < 12 && (text[start-1] >= 'A' && text[start-1] <= 'Z' || text[start-1] == '_') {
				start--
			}
		default:
			i++
			continue
		}
		m := re.FindStringSubmatchIndex(text[start:min(len(text), start+longest)])
		if m == nil || re == bare && !apart(text, before, start, start+m[1]) {
			i++
			continue
		}
		out = append(out, readMention(text, start, m))
		i = start + m[1]
		at = i
	}
	return out
}

// readMention makes a mention of what a pattern matched at a byte.
func readMention(text string, at int, m []int) mention {
	part := func(k int) string { return text[at+m[2*k] : at+m[2*k+1]] }
	label := joiners.Replace(strings.ToUpper(part(1)))
	for _, end := range []string{"ID", "NO"} {
		if base, ok := strings.CutSuffix(label, end); ok && strings.Contains(" MEMBER POLICY GROUP CLAIM AUTH ACCOUNT LICENSE ", " "+base+" ") {
			label = base + "_" + end
		}
	}
	n, _ := strconv.Atoi(part(2)) // at most seven digits
	spelling := 1
	if m[6] >= 0 {
		spelling, _ = strconv.Atoi(part(3))
	}
	return mention{at, at + m[1], label + "_" + strconv.Itoa(n), spelling - 1}
}

var joiners = strings.NewReplacer(" ", "", "_", "", "-", "")

// apart reports whether a placeholder without brackets is no part of a longer
// word, and does not touch another one.
func apart(text string, before byte, start, end int) bool {
	if start > 0 {
		before = text[start-1]
	}
	if before == ']' || before == '_' || before >= 0x80 || inWord(rune(before)) {
		return false
	}
	if end == len(text) {
		return true
	}
	next := text[end]
	return next != '[' && next != '_' && next < 0x80 && !inWord(rune(next))
}

// escape finds what already looks like a placeholder, so that it comes back as
// itself and is not taken for one that was issued.
func (r *reader) escape() {
	for _, m := range mentions(r.text, 0) {
		i := searchWord(r.words, m.start)
		r.addSpan(span{start: m.start, end: m.end, typ: Other, sure: true, firm: true}, i, r.wordAt(i, m.end))
	}
}
