package citation

import (
	"regexp"
	"strconv"
)

var (
	pageForm = regexp.MustCompile(`^(?:,? {0,2}(?:at )?(?:pp?\. ?|pages? ))([1-9]\d{0,4})\b`)
	casePage = regexp.MustCompile(`^(?:, ?(?:at )?| at )([1-9]\d{0,4})\b`)
)

// page reads a page written as one at i: ", p. 47", " at page 47".
func (t *folded) page(i int) (Pinpoint, int) {
	if b := t.low(t.comma(i)); b != 'p' && b != 'a' {
		return "", i
	}
	m := pageForm.FindSubmatchIndex(t.window(i))
	if m == nil {
		return "", i
	}
	return Pinpoint("p. " + string(t.window(i)[m[2]:m[3]])), i + m[1]
}

// casePage reads the page that a case citation points to, at i: ", 341". It
// does not lie before the case's first page, and the sentence does not go on
// with it.
func (t *folded) casePage(first, i int) (Pinpoint, int) {
	if b := t.low(i); b != ',' && b != ' ' {
		return "", i
	}
	m := casePage.FindSubmatchIndex(t.window(i))
	if m == nil || !t.pageEnds(i+m[1]) {
		return "", i
	}
	s := string(t.window(i)[m[2]:m[3]])
	if n, _ := strconv.Atoi(s); n < first {
		return "", i
	}
	return Pinpoint("p. " + s), i + m[1]
}

// pageEnds reports whether a page number may end at i. Before a word it is
// the volume of the next reporter ("123 S. Ct. 1471") or counts something.
func (t *folded) pageEnds(i int) bool {
	b := t.low(i)
	if isWord(b) || (b == '.' || b == ',') && isDigit(t.low(i+1)) {
		return false
	}
	w, _ := t.word(t.skip(i))
	switch w {
	case "", "n", "nn", "and", "or":
		return !isDigit(t.low(t.skip(i)))
	}
	return false
}

// furtherPage reads another page of before's source. The second page of a
// range may be short: "341-42".
func (t *folded) furtherPage(before Citation, sep separator) (hit, bool) {
	s, last := t.digits(sep.end), string(before.Pin[len("p. "):])
	end := sep.end + len(s)
	if s == "" || len(s) > 5 || !t.pageEnds(end) {
		return hit{}, false
	}
	if len(s) < len(last) && sep.glue == '-' {
		s = last[:len(last)-len(s)] + s
	}
	a, _ := strconv.Atoi(last)
	if b, _ := strconv.Atoi(s); b <= a || s[0] == '0' {
		return hit{}, false
	}
	return hit{cite: before.At(Pinpoint("p. " + s)), start: sep.end, end: end}, true
}
