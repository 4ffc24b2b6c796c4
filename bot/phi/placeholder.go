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

// placeholders are "[PATIENT_1]" and what becomes of it: other case, spaces,
// escaped brackets, a lost interval; or, in capitals, without its brackets.
var placeholders = regexp.MustCompile(
	`(?i:\\?\[[ *]{0,2}(` + labels + `)(?:\\?[ _-]){0,2}(\d{1,7})(?:\.(\d{1,7}))?(?: {0,2}=[ ]{0,2}(?:DATE\\?_\d{1,7} {0,2}[+-] {0,2}\d{1,7} {0,2}days?))?[ *]{0,2}\\?\])` +
		`|(` + strings.ReplaceAll(labels, `[ _-]{0,2}`, `_`) + `)_(\d{1,7})(?:\.(\d{1,7}))?`)

// A mention is one placeholder in a text.
type mention struct {
	start, end int
	name       string // "MEMBER_ID_2"
	spelling   int    // from 0
}

// mentions finds the placeholders of a text. before is the byte that stands
// before it.
func mentions(text string, before byte) []mention {
	if !strings.ContainsAny(text, "[_") {
		return nil
	}
	var out []mention
	for _, m := range placeholders.FindAllStringSubmatchIndex(text, -1) {
		bare := m[8] >= 0
		if bare && !apart(text, before, m[0], m[1]) {
			continue
		}
		g := 2
		if bare {
			g = 8
		}
		n, _ := strconv.Atoi(text[m[g+2]:m[g+3]])
		k := 1
		if m[g+4] >= 0 {
			k, _ = strconv.Atoi(text[m[g+4]:m[g+5]])
		}
		label := joiners.Replace(strings.ToUpper(text[m[g]:m[g+1]]))
		for _, end := range []string{"ID", "NO"} {
			if base, ok := strings.CutSuffix(label, end); ok && base != "" && strings.Contains("MEMBER POLICY GROUP CLAIM AUTH ACCOUNT LICENSE", base) {
				label = base + "_" + end
			}
		}
		out = append(out, mention{m[0], m[1], label + "_" + strconv.Itoa(n), k - 1})
	}
	return out
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
