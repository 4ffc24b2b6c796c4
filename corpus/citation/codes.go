package citation

import (
	"bytes"
	"regexp"
	"strings"
)

// codeOpeners are the words that introduce a billing or diagnosis code.
const codeOpeners = "cpt code codes procedure billing icd dx diagnosis diagnoses diagnostic diag"

var (
	cptForm     = regexp.MustCompile(`^(?:\d{5}|\d{4}[ftuma])`)
	icdForm     = regexp.MustCompile(`^[a-z]\d[0-9ab](?:\.[0-9a-z]{1,4}|[0-9a-z]{1,4})?`)
	dottedICD   = regexp.MustCompile(`^[a-z]\d[0-9ab]\.[0-9a-z]{1,4}`)
	smallICD    = regexp.MustCompile(`^[a-uw-z]\d[0-9ab]\.(?:[0-9x]{1,3}|[0-9x]{3}[a-z])$`)
	likelyICD   = regexp.MustCompile(`^(?:[a-z]\d[0-9ab](?:\.[0-9a-z]{1,4}|\d[0-9a-z]{0,3})|[ad-km-ru-z]\d\d)`)
	icdLastPart = regexp.MustCompile(`^\.[0-9a-z]{1,4}`)
	cptName     = regexp.MustCompile(`^cpt(?: ?-? ?4\b|-)?`)
	icdName     = regexp.MustCompile(`^icd(?: ?-? ?10(?: ?-? ?cm)?)?`)
	codeWord    = regexp.MustCompile(`^ {0,2}(?:(?:codes?|nos?\.|numbers?|dx|diagnos[ie]s|is|are|of)\b\.?|\(s\)|[:#=]|s\b)`)
)

// coded reads the codes that a word at i introduces: "CPT 97124", "code
// 97124", "ICD-10 M54.5", "Dx: M54.50".
func (t *folded) coded(i int) []hit {
	switch w, _ := t.word(i); w {
	case "cpt":
		return t.codes(i, t.codeWords(i+len(cptName.Find(t.window(i)))), CPT, cptForm, true)
	case "procedure", "billing":
		if next, _ := t.word(t.skip(i + len(w))); next == "code" || next == "codes" {
			return t.codes(i, t.codeWords(i+len(w)), CPT, cptForm, false)
		}
	case "code", "codes":
		if !t.marksOther(i, notCPTCode) {
			return t.codes(i, t.codeWords(i), CPT, cptForm, false)
		}
	case "icd":
		j := i + len(icdName.Find(t.window(i)))
		if t.low(j) == '-' || isWord(t.low(j)) { // ICD-9, ICD-10-PCS
			return nil
		}
		return t.codes(i, t.codeWords(j), ICD10CM, icdForm, true)
	case "dx", "diagnosis", "diagnoses", "diagnostic", "diag":
		j := t.codeWords(i + len(w))
		if bytes.Contains(t.lower[i:j], []byte("code")) {
			return t.codes(i, j, ICD10CM, icdForm, false)
		}
		return t.codes(i, j, ICD10CM, likelyICD, false) // "dx L20" may be a place on the spine
	}
	return nil
}

// codeWords steps over what may stand between a name and a code: "codes:",
// "(s)", "no.".
func (t *folded) codeWords(i int) int {
	for range 4 {
		m := codeWord.Find(t.window(i))
		if m == nil {
			break
		}
		i += len(m)
	}
	return t.skip(i)
}

// codes reads the list of codes at j that the words at i introduce. Strict
// says that those words name the system, so that a wrong number is malformed.
func (t *folded) codes(i, j int, system System, form *regexp.Regexp, strict bool) []hit {
	h, ok := t.code(j, system, form)
	if !ok {
		if strict && t.meantAsCode(j, system) {
			return t.malformed(system, i, t.junk(j))
		}
		return nil
	}
	h.start = i
	hits := []hit{h}
	for {
		last := hits[len(hits)-1]
		sep, ok := t.separator(last.end)
		if !ok {
			return hits
		}
		h, ok := t.code(sep.end, system, form)
		if m := icdLastPart.Find(t.window(sep.end)); system == ICD10CM && m != nil && t.codeEnds(sep.end+len(m), system) {
			h = hit{cite: Citation{System: system, Number: last.cite.Number[:3] + strings.ToUpper(string(m))}, start: sep.end, end: sep.end + len(m)}
			ok = len(m) == len(last.cite.Number)-3
		}
		if !ok || system == CPT && t.counts(h.end) {
			return hits
		}
		hits = append(hits, h)
	}
}

// code reads one code of the given form at i.
func (t *folded) code(i int, system System, form *regexp.Regexp) (hit, bool) {
	if system == CPT && !isDigit(t.low(i)) || system == ICD10CM && !isAlpha(t.low(i)) {
		return hit{}, false
	}
	m := form.Find(t.window(i))
	if m == nil || !t.codeEnds(i+len(m), system) {
		return hit{}, false
	}
	s := strings.ToUpper(string(m))
	if system == ICD10CM && len(s) > 3 && s[3] != '.' {
		s = s[:3] + "." + s[3:]
	}
	h := hit{cite: Citation{System: system, Number: s}, start: i, end: i + len(m)}
	h.cite.Pin, h.end = t.page(h.end)
	return h, true
}

// codeEnds reports whether a code may end at i. A count ("97124x2") may
// follow a procedure's, and a modifier ("97124-59").
func (t *folded) codeEnds(i int, system System) bool {
	b, next := t.low(i), t.low(i+1)
	switch {
	case b == 'x' && system == CPT:
		return isDigit(next) && !isWord(t.low(i+2))
	case b == '-' && system == CPT && isDigit(next):
		n := len(t.digits(i + 1))
		return n == 2 || n == 5 // a modifier, or the other end of a range
	case b == '.':
		return !isWord(next)
	}
	return !isWord(b)
}

// meantAsCode reports whether what stands at i is meant as a code, though it
// is none. The year of an edition is not.
func (t *folded) meantAsCode(i int, system System) bool {
	s := string(t.lower[min(i, len(t.lower)):t.junk(i)])
	switch {
	case len(s) < 2 || yearLike(s) || t.low(i+len(s)) == '%':
		return false
	case system == CPT:
		return isDigit(s[0]) && len(s) > 2
	}
	return isDigit(s[0]) || isDigit(s[1])
}

// bareDiagnosis reads a diagnosis code that nothing introduces. Its dot tells
// it from a vertebra or a vitamin.
func (t *folded) bareDiagnosis(i int) []hit {
	m := dottedICD.Find(t.window(i))
	if m == nil || t.glued(i-1) || t.marksOther(i, notDiagnosis) {
		return nil
	}
	s := string(t.cased[i : i+len(m)])
	if s != strings.ToUpper(s) && !smallICD.MatchString(s) || t.low(i+len(m)) == '%' {
		return nil // a measure ("m25.5mm"), a version, a share
	}
	return t.codes(i, i, ICD10CM, dottedICD, false)
}
