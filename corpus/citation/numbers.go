package citation

import (
	"regexp"
	"strconv"
	"strings"
)

// A form is one way to write a system's number and how to spell it.
type form struct {
	re   *regexp.Regexp // over lower case, anchored at the start
	out  string         // a template of re's groups
	kind formKind
}

type formKind int

const (
	section formKind = iota
	spaced           // a section with spaces for its marks: bare labels may follow
	chapter          // a chapter or part: no labels follow
)

func as(kind formKind, out, re string) form {
	return form{regexp.MustCompile(`^(?:` + re + `)`), out, kind}
}

// forms has the numbers of each system whose name stands first, and the
// section half of the two that print a title first. The first form that fits
// is read.
var forms = map[System][]form{
	RCW: {
		as(section, "$1.$2.$3", `(\d{1,2}[a-z]?)\.(\d{1,3}[a-z]?)\.(\d{3,6})`),
		as(section, "$1.$2", `(62a)\.(\d{1,2}[a-z]?-\d{3,4})`),
		as(section, "$1.$2.$3", `(\d{1,2}[a-z]?)(?: ?\. | \.)(\d{1,3}[a-z]?)(?: ?\. | \.)(\d{3,6})`),
		as(section, "$1.$2.$3", `(\d{1,2}[a-z]?)-(\d{2,3}[a-z]?)-(\d{3,4})`),
		as(spaced, "$1.$2.$3", `(\d{1,2}[a-z]?) {1,3}(\d{2,3}[a-z]?) {1,3}(\d{3,4})`),
		as(spaced, "$1.$2.$3", `(\d{1,2}[a-z]?)[. ](\d{2,3}[a-z]?)[. ](\d{3,4})`),
		as(chapter, "$1.$2", `(\d{1,2}[a-z]?)\.(\d{2,3}[a-z]?)`),
		as(chapter, "$1.$2", `(62a)\.(\d{1,2}[a-z]?)`),
	},
	WAC: {
		as(section, "$1-$2-$3", `(\d{1,3}[a-z]?) ?- ?(\d{1,3}[a-z]?) ?- ?(\d{2,6}[a-z]?)`),
		as(spaced, "$1-$2-$3", `(\d{1,3}[a-z]?) {1,3}(\d{1,3}[a-z]?) {1,3}(\d{3,5})`),
		as(section, "$1-$2-$3", `(\d{1,3}[a-z]?)[.-](\d{1,3}[a-z]?)[.-](\d{3,5})`),
		as(chapter, "$1-$2", `(\d{1,3}[a-z]?) ?- ?(\d{1,3}[a-z]?)`),
	},
	USC: {
		as(section, "300gg-$1", `300 ?gg-?(\d{1,3}[a-z]?)`),
		as(spaced, "300gg-$1", `300 ?gg (\d{1,3}[a-z]?)`),
		as(section, "$1", `(\d{1,5}[a-z]{1,3}-\d{1,3}[a-z]?(?:-\d{1,3})?)`),
		as(section, "$1", `(\d{1,5}[a-z]{0,3})`),
	},
	CFR: {
		as(section, "$1", `(\d{1,4}[a-z]?\.\d{1,5}[a-z]{0,2}-\d{1,4}[a-z]?)`),
		as(section, "$1", `(\d{1,4}[a-z]?\.\d{1,5}[a-z]{0,2})`),
		as(section, "$1.$2-$3", `(\d{3,4})[ .](\d{3})[ .-](\d{1,2})`),
		as(chapter, "$1", `(\d{1,4}[a-z]?)`),
	},
	PubL: {
		as(section, "$1-$2 § $3", `(\d{2,3}) ?- ?(\d{1,3}),? {0,2}(?:\x01|sec\.?|section) ?(\d{1,5}[a-z]?)`),
		as(section, "$1-$2", `(\d{2,3}) ?- ?(\d{1,3})`),
	},
	NCD: {
		as(section, "$1", `(\d{1,3}(?:\.\d{1,2}){1,3})`),
	},
	ORS: {
		as(section, "$1.$2", `(\d{1,3}[a-z]?)\.(\d{3,4})`),
		as(spaced, "$1.$2", `(\d{1,3}[a-z]?) {1,3}(\d{3})`),
	},
	CRS: {
		as(section, "$1", `(\d{1,2}(?:\.\d)?-\d{1,3}(?:\.\d)?-\d{3,4}(?:\.\d{1,2})?)`),
	},
	FlaStat: {
		as(section, "$1", `(\d{1,4}\.\d{1,5})`),
	},
	DCCode: {
		as(section, "$1", `(\d{1,2}-\d{3,4}[a-z]?(?:\.\d{1,3}[a-z]?)?)`),
	},
	KRS: {
		as(section, "$1", `(\d{1,3}[a-z]?\.\d{1,3}[a-z]?(?:-\d{3,4})?)`),
	},
}

// A number is one read at a place.
type number struct {
	text string // as the citation prints it, without a title
	kind formKind
	end  int
}

// number reads system's number at i. What follows it may not be more of a
// number, unless that is the other end of a range.
func (t *folded) number(system System, i int) (number, bool) {
	if !isDigit(t.low(i)) {
		return number{}, false
	}
	w := t.window(i)
	for _, f := range forms[system] {
		m := f.re.FindSubmatchIndex(w)
		if m == nil || !t.numberEnds(system, i+m[1]) {
			continue
		}
		text := string(f.re.Expand(nil, []byte(f.out), w, m))
		return number{text, f.kind, i + m[1]}, true
	}
	return number{}, false
}

// numberEnds reports whether a number may end at position i.
func (t *folded) numberEnds(system System, i int) bool {
	b, next := t.low(i), t.low(i+1)
	switch {
	case isWord(b):
		return false
	case b == '.':
		return !isDigit(next) && !(isAlpha(next) && isDigit(t.low(i+2))) // "48.43.O45"
	case b == '-' && isDigit(next):
		switch system {
		case USC:
			return true
		case CFR, RCW, ORS, FlaStat:
			_, ok := t.rangeEnd(system, i+1)
			return ok
		}
		return false
	}
	return true
}

// rangeEnd reads what may follow a hyphen glued to a dotted number: a whole
// number, or only its last part.
func (t *folded) rangeEnd(system System, i int) (int, bool) {
	if n := lastPart.Find(t.window(i)); n != nil && system == RCW && t.numberEnds("", i+len(n)) {
		return i + len(n), true
	}
	for _, f := range forms[system] {
		if n := f.re.Find(t.window(i)); n != nil && f.kind == section && t.numberEnds("", i+len(n)) {
			return i + len(n), true
		}
	}
	return i, false
}

var lastPart = regexp.MustCompile(`^\d{3}`)

// spell puts the letters of a number in the case its system prints.
func spell(system System, title, num string) string {
	switch system {
	case USC, CFR:
		if upperTitles[title] {
			num = strings.ToUpper(num)
		}
		return title + " " + num
	}
	return strings.ToUpper(num)
}

// upperTitles are the titles of the United States Code whose section
// numbers carry capital letters ("26 U.S.C. 4980D"); the others carry small
// ones ("29 U.S.C. 1185d").
var upperTitles = map[string]bool{"18": true, "26": true, "28": true, "31": true, "38": true}

// lastTitle is the highest title of the two codes that have titles.
var lastTitle = map[System]int{USC: 54, CFR: 50}

// validTitle reports whether the system has a title of that number.
func validTitle(system System, s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && 1 <= n && n <= lastTitle[system]
}
