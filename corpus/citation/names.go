package citation

import (
	"slices"
	"strings"
)

// A name is one way to write a system's name, as lower-case words without
// their periods.
type name struct {
	words  []string
	system System
}

// names is keyed by first word; longer names stand before those they begin
// with.
var names = byFirstWord(map[System][]string{
	RCW: {"rcw", "rcws", "rcwa", "arcw", "r c w", "r c w s", "wash rev code ann", "wash rev code", "wa rev code", "rev code wash",
		"rev code of wash", "washington revised code", "revised code of washington", "revised code of wa"},
	WAC:  {"wac", "wacs", "w a c", "wash admin code", "wash adm code", "washington administrative code", "wa admin code"},
	USC:  {"usc", "u s c", "usca", "u s c a", "uscs", "u s c s", "us code", "u s code", "united states code"},
	CFR:  {"cfr", "c f r", "code of federal regulations", "code of fed regs", "code fed regs"},
	PubL: {"pub l no", "pub l", "public law no", "public law number", "public law", "p l no", "p l", "pl"},
	NCD: {"ncd", "ncds", "national coverage determination",
		"national coverage determinations", "medicare ncd"},
	ORS: {"ors", "o r s", "or rev stat ann", "or rev stat", "ore rev stat", "oregon revised statutes", "oregon revised statute",
		"oregon rev stat"},
	CRS: {"crs", "c r s", "c r s a", "colo rev stat ann", "colo rev stat", "colorado revised statutes", "colorado revised statute"},
	FlaStat: {"fla stat ann", "fla stat", "fla stats", "florida statutes annotated", "florida statutes", "florida statute",
		"florida stat", "f s"},
	DCCode: {"d c code ann", "d c code", "dc code", "d c official code", "dc official code", "district of columbia code",
		"district of columbia official code", "code of the district of columbia"},
	KRS: {"krs", "k r s", "ky rev stat ann", "ky rev stat", "kentucky revised statutes", "kentucky revised statute"},
})

func byFirstWord(spellings map[System][]string) map[string][]name {
	out := map[string][]name{}
	for system, list := range spellings {
		for _, s := range list {
			words := strings.Fields(s)
			out[words[0]] = append(out[words[0]], name{words, system})
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b name) int { return len(b.words) - len(a.words) })
	}
	return out
}

// name reads the name of a system at i: its words, each with or without a
// period, with or without space between. A digit may follow at once
// ("RCW48.43.045").
func (t *folded) name(i int, table map[string][]name) (System, int, bool) {
	j := t.letters(i)
	if j == i || t.low(j) == otherLetter {
		return "", i, false
	}
	for _, n := range table[string(t.lower[i:j])] {
		if end, ok := t.words(i, n.words); ok {
			return n.system, end, true
		}
	}
	return "", i, false
}

// words reads the given words at i and the period after the last one.
func (t *folded) words(i int, want []string) (int, bool) {
	for k, w := range want {
		if k > 0 {
			i = t.skip(i)
		}
		j := t.letters(i)
		if string(t.lower[i:j]) != w || t.low(j) == otherLetter || k < len(want)-1 && isDigit(t.low(j)) {
			return i, false
		}
		if i = j; t.low(i) == '.' && !isDigit(t.low(i+1)) {
			i++
		}
	}
	return i, true
}
