package citation

// titled reads a citation with its title first: "42 U.S.C. § 300gg-5(a)",
// "29 CFR 2560.503-1".
func (t *folded) titled(i int) []hit {
	title := t.digits(i)
	if len(title) > 3 || title[0] == '0' {
		return nil
	}
	j := i + len(title)
	k := t.comma(j)
	system, end, ok := t.name(k, names)
	if !ok || system != USC && system != CFR {
		return nil
	}
	l := t.lead(end)
	if validTitle(system, title) {
		if h, ok := t.place(system, title, l, l.end); ok {
			h.start = i
			return t.list(h, l.plural)
		}
	}
	if l.part >= aChapter || t.low(t.skip(j)) == ',' || t.prose(l.end) {
		return nil
	}
	if junk := t.junk(l.end); junk > l.end {
		end = junk
	}
	return t.malformed(system, i, end)
}

// prose reports whether a word that is no number follows at i.
func (t *folded) prose(i int) bool {
	w, _ := t.word(i)
	return w != "" && !numberWords[w]
}

// titleWord reads "Title 18 RCW" and "title 42 of the United States Code,
// section 300gg-5". The word title is at i, the number at j.
func (t *folded) titleWord(i, j int) []hit {
	if hits := t.titledAfter(i, j); hits != nil {
		return hits
	}
	h, ok := t.whole(RCW, lead{leadWord: leadWord{part: wholeWord}}, j)
	if !ok {
		return nil
	}
	k, _ := t.ofThe(t.comma(h.end))
	system, end, ok := t.name(k, names)
	if !ok || system != RCW && system != WAC || isDigit(t.low(t.skip(end))) {
		return nil
	}
	h.cite.System, h.start, h.end = system, i, t.beforePeriod(end)
	return []hit{h}
}

// titledAfter reads the two codes with titles where the word title is at i.
func (t *folded) titledAfter(i, j int) []hit {
	title := t.digits(j)
	if title == "" {
		return nil
	}
	if hits := t.titled(j); hits != nil && hits[0].err == nil {
		hits[0].start = i
		return hits
	}
	k, _ := t.ofThe(t.comma(j + len(title)))
	system, end, named := t.name(k, names)
	if named {
		k = end
	}
	l := t.lead(k)
	switch {
	case l.part != aSection, named && system != USC && system != CFR:
		return nil
	case !named:
		if system = USC; len(t.dotted(l.end)) > 0 {
			system = CFR
		}
	}
	h, ok := t.place(system, title, l, l.end)
	if !ok || !validTitle(system, title) {
		return nil
	}
	h.start = i
	return t.list(h, l.plural)
}

// dotted is the number at i if it has a dot inside, as a regulation's has and
// a statute's has not.
func (t *folded) dotted(i int) string {
	n := t.digits(i)
	if j := i + len(n); n != "" && t.low(j) == '.' && isDigit(t.low(j+1)) {
		return n
	}
	return ""
}
