package denial

import "slices"

// guarded reports whether something keeps h from being said of this denial.
func (p *page) guarded(r *Reader, s int, h hit) bool {
	lifted := p.in(s, lifts)
	for _, g := range p.in(s, guards) {
		rule := r.reading.Guards[g.ref]
		if p.form == Bare && !rule.Told {
			continue
		}
		switch rule.Where {
		case "before":
			if g.from <= h.from && (g.from < h.from || g.to <= h.to) && !p.turned(s, g.from, h.from) {
				return true
			}
		case "letter":
			// it is of the whole: see granted
		case "sentence":
			if !slices.ContainsFunc(lifted, func(l hit) bool { return l.ref == g.ref }) {
				return true
			}
		}
	}
	return p.sentences[s].section && len(p.in(s, affirms)) == 0
}

// granted reports whether a guard of the whole letter holds, and no sentence
// lifts it.
func (p *page) granted(r *Reader) bool {
	holds := map[int]bool{}
	for s := range p.sentences {
		for _, g := range p.in(s, guards) {
			if r.reading.Guards[g.ref].Where == "letter" && !p.guarded(r, s, g) && p.form == Letter {
				holds[g.ref] = true
			}
		}
	}
	for s := range p.sentences {
		for _, l := range p.in(s, lifts) {
			if holds[l.ref] && !p.guarded(r, s, l) {
				delete(holds, l.ref)
			}
		}
	}
	return len(holds) > 0
}

// turned reports whether a word that turns the sentence stands between two of
// its words.
func (p *page) turned(s, from, to int) bool {
	return slices.ContainsFunc(p.in(s, turns), func(t hit) bool { return t.from > from && t.from <= to })
}

// sections marks the sentences of the sections whose heading a section guard
// matches, and the entries of a list whose opening line is guarded.
func (p *page) sections(rules []*guard) {
	if p.form == Bare {
		return
	}
	inSection, inList := false, false
	for s := range p.sentences {
		at := &p.sentences[s]
		opens, before := false, false
		for _, g := range p.in(s, guards) {
			switch rules[g.ref].Where {
			case "section":
				opens = true
			case "before":
				before = true
			}
		}
		if at.heading {
			inSection = opens
		}
		inList = inList && at.bullet
		at.section = inSection || inList
		if at.colon && (opens || before) {
			inList = true
		}
	}
}
