package citation

import (
	"bytes"
	"strings"
)

// list reads the further members of the list or range that first begins:
// labels ("(2)(a) and (b)"), last parts (".530 and .535") and whole numbers.
// Plural says that the words before announced more than one.
func (t *folded) list(first hit, plural bool) []hit {
	hits := []hit{first}
	for {
		last := hits[len(hits)-1]
		sep, ok := t.separator(last.end)
		if !ok {
			return hits
		}
		next, ok := t.member(last.cite, sep, plural)
		if !ok {
			return hits
		}
		hits = append(hits, next)
	}
}

// A separator stands between two members of a list.
type separator struct {
	end  int
	glue byte // the '-' or '/' that joins without spaces, else 0
}

var joiners = set("and or to through thru")

func (t *folded) separator(i int) (separator, bool) {
	j := t.skip(i)
	read := false
	switch b := t.low(j); b {
	case '-', '/':
		glued := j == i && t.low(j+1) != ' '
		if j = t.skip(j + 1); glued {
			return separator{j, b}, true
		}
		return separator{j, 0}, true
	case ',', ';', '&':
		j, read = t.skip(j+1), true
	}
	if t.low(j) == '&' {
		return separator{t.skip(j + 1), 0}, true
	}
	w, k := t.word(j)
	if w == "and" && bytes.HasPrefix(t.window(k), []byte("/or")) {
		k += 3
	}
	if joiners[w] && !isDigit(t.low(k)) {
		return separator{t.skip(k), 0}, true
	}
	return separator{j, 0}, read && j > i
}

// member reads the member after a separator; its number and pinpoint go on
// from before.
func (t *folded) member(before Citation, sep separator, plural bool) (hit, bool) {
	i := sep.end
	if before.Pin.Page() {
		return t.furtherPage(before, sep)
	}
	if before.Pin.Enumerated() {
		if h, ok := t.furtherLabels(before, i); ok {
			return h, true
		}
	}
	if h, ok := t.furtherPart(before, sep); ok {
		return h, true
	}
	return t.furtherNumber(before, i, plural)
}

// furtherLabels reads labels that continue before's pinpoint.
func (t *folded) furtherLabels(before Citation, i int) (hit, bool) {
	j, worded := t.pinWord(i)
	var more Pinpoint
	var end int
	if worded {
		more, end = t.worded(j)
	} else {
		more, end = t.labels(i)
	}
	if more == "" {
		return hit{}, false
	}
	pin := sibling(before.Pin, more)
	return hit{cite: before.At(pin), start: i, end: end}, pin != ""
}

// lastMarks has what stands before the last part of a number.
var lastMarks = map[System]byte{RCW: '.', ORS: '.', CFR: '.', KRS: '.', FlaStat: '.', WAC: '-', CRS: '-'}

// furtherPart reads the last part of a number, its mark first: ".535" after
// "48.43.530", "-280" after "284-170-270". In a glued range the mark may be
// missing: "48.43.530-535".
func (t *folded) furtherPart(before Citation, sep separator) (hit, bool) {
	mark := lastMarks[before.System]
	cut := strings.LastIndexByte(before.Number, mark)
	i := sep.end
	switch {
	case mark == 0 || cut < 0:
		return hit{}, false
	case t.low(i) == mark:
		i++
	case sep.glue != '-' || before.System != RCW:
		return hit{}, false
	}
	last := t.digits(i)
	h := hit{start: sep.end, end: i + len(last)}
	h.cite = Citation{System: before.System, Number: before.Number[:cut+1] + last}
	if len(last) < 2 || !isSection(h.cite) || !t.numberEnds("", h.end) {
		return hit{}, false
	}
	t.pin(&h, false)
	return h, true
}

// isSection reports whether c's number is that of a section.
func isSection(c Citation) bool {
	num := c.Number
	if titleFirst[c.System] {
		_, num, _ = strings.Cut(num, " ")
	}
	n, ok := fold(num).number(c.System, 0)
	return ok && n.kind == section && n.end == len(num)
}

// furtherNumber reads a whole number of before's system.
func (t *folded) furtherNumber(before Citation, i int, plural bool) (hit, bool) {
	l := t.lead(i)
	title, base, _ := strings.Cut(before.Number, " ")
	if before.System != USC && before.System != CFR {
		title = ""
	}
	h, ok := t.place(before.System, title, l, l.end)
	if !ok {
		return hit{}, false
	}
	if !plural && !l.marked() && !convincing(before.System, base, h.cite) {
		return hit{}, false
	}
	h.start = i
	return h, true
}

// convincing reports whether a number after a comma or an "and" is another
// citation of the system and not a number of something else.
func convincing(system System, before string, c Citation) bool {
	_, num, _ := strings.Cut(c.Number, " ")
	switch system {
	case RCW:
		return strings.Count(c.Number, ".") == 2
	case WAC:
		return strings.Count(c.Number, "-") == 2
	case NCD:
		return strings.Count(c.Number, ".") >= 2
	case USC:
		return strings.Trim(num, "0123456789") != "" || c.Pin.Enumerated() ||
			len(num) == len(before) && len(num) > 2 && !yearLike(num)
	case CFR:
		return strings.Contains(num, ".") && len(num) > 4
	case PubL:
		return true
	}
	return len(c.Number) > 5
}
