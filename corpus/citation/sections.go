package citation

import "strings"

// A rawPlace is a number and labels read before their system is known.
type rawPlace struct {
	text       string
	pin        Pinpoint
	start, end int
}

// mostBefore is how many members a list may have before the name that tells
// what they are.
const mostBefore = 8

// raw reads at i a number of up to four parts with dots or hyphens between,
// a few letters at the end of each: what the sections of all systems fit in.
func (t *folded) raw(i int) (rawPlace, bool) {
	j := i
	for range 4 {
		if j > i {
			if b := t.low(j); b != '.' && b != '-' || !isDigit(t.low(j+1)) {
				break
			}
			j++
		}
		j += len(t.digits(j))
		for n := 0; n < 3 && isAlpha(t.low(j)); n++ {
			j++
		}
	}
	if !isDigit(t.low(i)) || !t.numberEnds(USC, j) {
		return rawPlace{}, false
	}
	r := rawPlace{text: string(t.lower[i:j]), start: i, end: j}
	r.pin, r.end = t.enumerated(r.end, USC, false)
	return r, true
}

// rawList reads the numbers at i of a system not known yet.
func (t *folded) rawList(i int, plural bool) []rawPlace {
	r, ok := t.raw(i)
	if !ok {
		return nil
	}
	out := []rawPlace{r}
	for len(out) < mostBefore {
		last := out[len(out)-1]
		sep, ok := t.separator(last.end)
		if !ok {
			break
		}
		if last.pin.Enumerated() {
			if h, ok := t.furtherLabels(Citation{Pin: last.pin}, sep.end); ok {
				out = append(out, rawPlace{last.text, h.cite.Pin, h.start, h.end})
				continue
			}
		}
		l := t.lead(sep.end)
		r, ok = t.raw(l.end)
		if !ok || !plural && !l.marked() && !strings.ContainsAny(r.text, ".-") {
			break
		}
		r.start = sep.end
		out = append(out, r)
	}
	return out
}

// marked reads a citation that begins with a word for its part: "section
// 300gg-5 of title 42", "§ 514 of ERISA", "chapter 18.108 RCW".
func (t *folded) marked(i int) []hit {
	l := t.lead(i)
	if !l.marked() {
		return nil
	}
	if l.part == wholeWord {
		return t.titleWord(i, l.end)
	}
	if hits := t.lawsChapter(i, l); hits != nil {
		return hits
	}
	raw := t.rawList(l.end, l.plural)
	if len(raw) == 0 {
		return nil
	}
	raw[0].start = i
	if hits := t.tail(raw, l); hits != nil {
		return hits
	}
	if w, _ := t.word(i); w == "s" || w == "ss" || l.part != aSection {
		return nil
	}
	return t.bareSections(i, raw)
}

// tail reads the name after raw places and turns them into citations.
func (t *folded) tail(raw []rawPlace, l lead) []hit {
	end := raw[len(raw)-1].end
	i, of := t.ofThe(t.comma(end))
	if a, k, ok := t.actName(i); ok && of {
		hits := a.hits(raw)
		if len(hits) == len(raw) {
			hits[len(hits)-1].end = k
		}
		return hits
	}
	if system, k, ok := t.name(i, names); ok && system != USC && system != CFR {
		if t.numberLike(t.skip(k)) {
			return nil // the name belongs to the number after it
		}
		return t.convert(system, "", raw, l, t.beforePeriod(k))
	}
	if w, k := t.word(i); w == "title" && l.part == aSection {
		return t.ofTitle(raw, l, t.skip(k))
	}
	return nil
}

// beforePeriod steps back over the period after a name that ends at i, where
// it is the sentence's: after "RCW." it is, after "C.R.S." it need not be.
func (t *folded) beforePeriod(i int) int {
	if t.low(i-1) == '.' && t.low(i-3) != '.' {
		return i - 1
	}
	return i
}

// ofTitle reads the "42" of "section 300gg-5 of title 42" and the name of
// the code, if it is there.
func (t *folded) ofTitle(raw []rawPlace, l lead, i int) []hit {
	title := t.digits(i)
	end := i + len(title)
	system := USC
	if strings.Contains(raw[0].text, ".") {
		system = CFR
	}
	k, _ := t.ofThe(t.comma(end))
	if named, next, ok := t.name(k, names); ok && (named == USC || named == CFR) {
		system, end = named, t.beforePeriod(next)
	}
	if !validTitle(system, title) || isWord(t.low(end)) {
		return nil
	}
	return t.convert(system, title, raw, l, end)
}

// convert reads raw places as system's, the last one ending at end. It stops
// at the first that cannot be.
func (t *folded) convert(system System, title string, raw []rawPlace, l lead, end int) []hit {
	var out []hit
	for _, r := range raw {
		text := fold(r.text)
		h, ok := text.place(system, title, lead{leadWord: leadWord{part: l.part}}, 0)
		if !ok || h.end != len(text.lower) || h.whole && r.pin != "" {
			break
		}
		h.cite.Pin, h.start, h.end = r.pin, r.start, r.end
		out = append(out, h)
	}
	if len(out) == len(raw) {
		out[len(out)-1].end = end
	}
	return out
}
