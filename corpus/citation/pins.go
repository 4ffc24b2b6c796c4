package citation

// pinWords introduce a pinpoint in words: "subsection (1)(a)", "para. 2".
var pinWords = set("subsection subsections subsec subsecs sub subdivision",
	"paragraph paragraphs para paras par subparagraph subparagraphs subpara clause clauses")

// pinWord is the position after a word of pinWords at i, its period and its
// hyphen ("sub-section"), and the spaces after it. The word section is one
// where a label in parentheses follows.
func (t *folded) pinWord(i int) (int, bool) {
	w, j := t.word(i)
	if w == "sub" && t.low(j) == '-' {
		w, j = t.word(j + 1)
		w = "sub" + w
	}
	if t.low(j) == '.' {
		j++
	}
	j = t.skip(j)
	if pinWords[w] {
		return j, true
	}
	return j, (leadWords[w].part == aSection || w == "at") && t.low(j) == '('
}

// enumerated reads the enumerated pinpoint after a number of system that
// ends at i: "(1)(a)", " 1(a)", ", subsection (1)(a)", " 1 a".
func (t *folded) enumerated(i int, system System, spaced bool) (Pinpoint, int) {
	pin, end := t.labels(i)
	if pin == "" {
		pin, end = t.numberThenLabels(i)
	}
	if pin == "" {
		pin, end = t.bareLabels(i, system, spaced)
	}
	for range 3 {
		j, ok := t.pinWord(t.comma(end))
		if !ok {
			break
		}
		more, next := t.worded(j)
		if more == "" || pin != "" && sibling(pin, more) != "" { // the latter begins a list
			break
		}
		pin, end = pin+more, next
	}
	return pin, end
}

// numberThenLabels reads " 1(a)" at i.
func (t *folded) numberThenLabels(i int) (Pinpoint, int) {
	j := t.skip(i)
	l, next, ok := t.bareLabel(j)
	if !ok || j == i || !isDigit(l[0]) || t.low(next) != '(' {
		return "", i
	}
	rest, end := t.labels(next)
	if rest == "" {
		return "", i
	}
	return "(" + Pinpoint(l) + ")" + rest, end
}

// worded reads what follows a word such as subsection: "(2)(a)", "2(a)",
// "2a", "2".
func (t *folded) worded(i int) (Pinpoint, int) {
	if pin, end := t.labels(i); pin != "" {
		return pin, end
	}
	j := i + len(t.digits(i))
	if j > i && j <= i+2 { // "2a" is (2)(a)
		if rest, end, ok := t.bareLabel(j); ok {
			return "(" + Pinpoint(t.cased[i:j]) + ")(" + Pinpoint(rest) + ")", end
		}
	}
	l, end, ok := t.bareLabel(i)
	if !ok {
		return "", i
	}
	pin := "(" + Pinpoint(l) + ")"
	rest, end := t.labels(end)
	return pin + rest, end
}

// pinFirst reads "subsection (2)(a) of RCW 48.43.016": the pinpoint, then
// the place it lies in.
func (t *folded) pinFirst(i int) []hit {
	j, ok := t.pinWord(i)
	if !ok {
		return nil
	}
	first, end := t.worded(j)
	if first == "" {
		return nil
	}
	pins := []hit{{cite: Citation{Pin: first}, start: i, end: end}}
	for len(pins) < mostBefore {
		last := pins[len(pins)-1]
		sep, ok := t.separator(last.end)
		if !ok {
			break
		}
		h, ok := t.furtherLabels(last.cite, sep.end)
		if !ok {
			break
		}
		pins = append(pins, h)
	}
	j, ok = t.ofThe(t.skip(pins[len(pins)-1].end))
	if !ok {
		return nil
	}
	places := t.readPlace(j)
	if len(places) == 0 {
		return nil
	}
	in := places[0]
	if in.err != nil || in.whole || !enumerates[in.cite.System] || in.cite.Pin.Page() {
		return nil
	}
	for n := range pins {
		pins[n].cite = in.cite.At(in.cite.Pin + pins[n].cite.Pin)
	}
	pins[len(pins)-1].end = in.end
	return append(pins, places[1:]...)
}

// readPlace reads a law at i that does not begin with a pinpoint.
func (t *folded) readPlace(i int) []hit {
	if !t.wordStart(i) {
		return nil
	}
	if isDigit(t.low(i)) {
		return t.readNumber(i)
	}
	return t.readLaw(i)
}
