package citation

import "strings"

// named reads a citation whose system stands first: "RCW 48.43.045(1)(a)",
// "Wash. Admin. Code § 284-170-270", "Pub. L. 111-148".
func (t *folded) named(i int) []hit {
	system, end, ok := t.name(i, names)
	if !ok || system == USC || system == CFR {
		return nil
	}
	l := t.lead(t.again(end, names))
	if h, ok := t.place(system, "", l, l.end); ok {
		h.start = i
		return t.list(h, l.plural)
	}
	if l.part >= aChapter || !t.numberLike(l.end) || shared[string(t.lower[i:end])] {
		return nil
	}
	return t.malformed(system, i, t.junk(l.end))
}

// shared has the names that other things go by too: a wrong number after one
// of them is no complaint.
var shared = set("crs pl p.l. f.s.")

// again steps over a name in parentheses at i: that of "Revised Code of
// Washington (RCW) 48.43.045".
func (t *folded) again(i int, table map[string][]name) int {
	j := t.skip(i)
	if t.low(j) != '(' {
		return i
	}
	_, end, ok := t.name(j+1, table)
	if !ok || t.low(end) != ')' {
		return i
	}
	return end + 1
}

// numberLike reports whether a number or a number in words begins at i.
func (t *folded) numberLike(i int) bool {
	if isDigit(t.low(i)) {
		return true
	}
	w, _ := t.word(i)
	return numberWords[w]
}

var numberWords = set("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
	"seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred")

// place reads a number of system at i and the pinpoint after it. Title is
// the title that stands before the system's name, for the two that have it.
func (t *folded) place(system System, title string, l lead, i int) (hit, bool) {
	if l.part == wholeWord || l.part == aChapter && system == ORS {
		return t.whole(system, l, i)
	}
	n, ok := t.number(system, i)
	if !ok || l.part == aChapter && system == USC || strings.HasPrefix(n.text, "300gg-") && title != "42" {
		return hit{}, false
	}
	h := hit{cite: Citation{System: system, Number: spell(system, title, n.text)}, start: i, end: n.end, whole: n.kind == chapter}
	t.pin(&h, n.kind == spaced)
	return h, true
}

// pin reads the pinpoint that follows h.
func (t *folded) pin(h *hit, spaced bool) {
	if enumerates[h.cite.System] && !h.whole {
		h.cite.Pin, h.end = t.enumerated(h.end, h.cite.System, spaced)
	}
	if h.cite.Pin == "" {
		h.cite.Pin, h.end = t.page(h.end)
	}
}

// whole reads the number of a title, or of an Oregon chapter: places that
// would not be told from part of a section's number if they were printed bare.
func (t *folded) whole(system System, l lead, i int) (hit, bool) {
	j := i + len(t.digits(i))
	if isAlpha(t.low(j)) && j > i {
		j++
	}
	if j == i || j > i+4 || !t.numberEnds(system, j) {
		return hit{}, false
	}
	num := spell(system, "", string(t.lower[i:j]))
	switch {
	case l.part == wholeWord && (system == RCW || system == WAC):
		num = "Title " + num
	case l.part == aChapter && system == ORS:
		num = "chapter " + num
	default:
		return hit{}, false
	}
	return hit{cite: Citation{System: system, Number: num}, start: i, end: j, whole: true}, true
}
