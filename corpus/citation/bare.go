package citation

import (
	"regexp"
	"strings"
)

var (
	bareRCW = regexp.MustCompile(`^(?:[1-9]\d[a-z]?|[1-9][a-z])\.\d{2,3}[a-z]?\.\d{3}`)
	bareWAC = regexp.MustCompile(`^[1-9]\d\d-\d{2,3}[a-z]?-\d{3}`)
	bareUSC = regexp.MustCompile(`^300gg-\d{1,3}`)
	therapy = regexp.MustCompile(`^(?:97(?:0[1-9]|[1-7]\d)\d|9894[0-3])`)
)

// bare reads a number that no name introduces, where its shape can hardly be
// anything else and nothing around it marks it as something else: "48.43.045",
// "284-170-270", "300gg-5", "97124".
func (t *folded) bare(i int) []hit {
	if t.glued(i - 1) {
		return nil
	}
	switch n := t.digits(i); {
	case len(n) == 5:
		return t.bareTherapy(i)
	case n == "300":
		return t.bareNumber(i, USC, "42", bareUSC)
	case len(n) == 3:
		return t.bareNumber(i, WAC, "", bareWAC)
	case len(n) <= 2:
		return t.bareNumber(i, RCW, "", bareRCW)
	}
	return nil
}

func (t *folded) bareNumber(i int, system System, title string, shape *regexp.Regexp) []hit {
	m := shape.Find(t.window(i))
	if m == nil || t.marksOther(i, notLaw) || t.otherLaw(i) {
		return nil
	}
	end := i + len(m)
	w, _ := t.word(t.skip(end))
	b := t.low(end)
	if quantities[w] || b == '%' || (b == ',' || b == ':' || b == '_' || b == '@' || b == '/') && isDigit(t.low(end+1)) {
		return nil
	}
	n, ok := t.number(system, i)
	if !ok || n.end != end {
		return nil
	}
	h, ok := t.place(system, title, lead{}, i)
	if !ok {
		return nil
	}
	if named, end, ok := t.name(t.skip(h.end), names); ok && named == system && !isDigit(t.low(t.skip(end))) {
		h.end = t.beforePeriod(end) // "48.43.045 RCW"
	}
	return t.list(h, false)
}

// bareTherapy reads a procedure code of physical medicine or chiropractic.
// Other five digits are somebody's postal code.
func (t *folded) bareTherapy(i int) []hit {
	if !therapy.Match(t.window(i)) {
		return nil
	}
	end := i + 5
	b, digit := t.low(end), isDigit(t.low(end+1))
	switch {
	case b == '%', (b == '.' || b == ',' || b == ':') && digit, b == '/' && digit && !therapy.Match(t.window(end+1)):
		return nil
	case b == '-' && digit && t.low(end+3) == '-': // part of a longer number
		return nil
	case strings.HasPrefix(t.wordBefore(t.back(i)), "code"): // of a kind that is no procedure's
		return nil
	case t.marksOther(i, notCPT), t.postal(i), t.counts(end):
		return nil
	}
	return t.codes(i, i, CPT, therapy, false)
}

// bareSections reads places that a section word or sign introduces and no
// name follows: "§ 2706(a)", "section 48.43.045".
func (t *folded) bareSections(i int, raw []rawPlace) []hit {
	if t.marksOther(i, notSection) || t.otherLaw(i) || t.ofOther(raw[len(raw)-1].end) {
		return nil
	}
	var out []hit
	for _, r := range raw {
		n := []byte(r.text)
		whole := func(form *regexp.Regexp) bool { return len(form.Find(n)) == len(n) }
		one := []rawPlace{r}
		var hits []hit
		switch {
		case phs[strings.TrimRight(r.text, "abc")] != "":
			hits = act{sections: phs}.hits(one)
		case whole(bareRCW):
			hits = t.convert(RCW, "", one, lead{}, r.end)
		case whole(bareWAC):
			hits = t.convert(WAC, "", one, lead{}, r.end)
		case whole(bareUSC):
			hits = t.convert(USC, "42", one, lead{}, r.end)
		}
		if hits == nil {
			break
		}
		out = append(out, hits...)
	}
	return out
}
