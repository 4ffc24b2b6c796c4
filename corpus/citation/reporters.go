package citation

import (
	"regexp"
	"strconv"
)

// reporters has the system of each alternative of reportForm.
var reporters = []System{US, F3d, F4th, FSupp3d, FSupp2d, FSupp, So3d}

var reportForm = regexp.MustCompile(`^([1-9]\d{0,3}) {1,3}(?:(u\. ?s\.?|us)|(f\.? ?3d\.?)|(f\.? ?4th\.?)|` +
	`(f\.? ?supp\.? ?3d\.?)|(f\.? ?supp\.? ?2d\.?)|(f\.? ?supp\.?)|(so\.? ?3d\.?)) {0,3}([1-9]\d{0,4})`)

// reported reads a case: "538 U.S. 329, 341-42 (2003)". The year is no part
// of it.
func (t *folded) reported(i int) []hit {
	volume := t.digits(i)
	j := t.skip(i + len(volume))
	if b := t.low(j); b != 'u' && b != 'f' && b != 's' {
		return nil
	}
	w := t.window(i)
	m := reportForm.FindSubmatchIndex(w)
	if m == nil || !t.caseEnds(i+m[1]) {
		return nil
	}
	var system System
	for k, s := range reporters {
		if m[4+2*k] >= 0 {
			system = s
		}
	}
	if system == US && t.notReporter(j, volume) {
		return nil
	}
	page := string(w[m[len(m)-2]:])[:m[len(m)-1]-m[len(m)-2]]
	h := hit{cite: Citation{System: system, Number: volume + " " + page}, start: i, end: i + m[1]}
	h.cite.Pin, h.end = t.page(h.end)
	if h.cite.Pin == "" {
		first, _ := strconv.Atoi(page)
		h.cite.Pin, h.end = t.casePage(first, h.end)
	}
	return t.list(h, false)
}

// notReporter reports whether the "US" at i is more likely the country or
// the pronoun: it has no periods, and comes after a year, or in small letters
// after a small number.
func (t *folded) notReporter(i int, volume string) bool {
	if t.low(i+1) == '.' {
		return false
	}
	return len(volume) > 3 || t.cased[i] == 'u' && len(volume) < 3
}

// caseEnds reports whether the first page of a case may end at i: a quantity
// ("538 US 3 million") does not.
func (t *folded) caseEnds(i int) bool {
	b := t.low(i)
	if isWord(b) || (b == '.' || b == ',') && isDigit(t.low(i+1)) || b == '%' || b == '-' {
		return false
	}
	w, _ := t.word(t.skip(i))
	return !quantities[w]
}
