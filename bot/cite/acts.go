package cite

import "slices"

// actsHeld wants everything the claim says is a duty, allowed, barred or not
// so to be said in that way by the passages, of the same thing.
func actsHeld(c *sentence, source []*sentence) error {
	for _, a := range c.acts {
		if err := actHeld(c, a, source); err != nil {
			return err
		}
	}
	return nil
}

func actHeld(c *sentence, a act, source []*sentence) error {
	met := false
	for n, h := range a.heads {
		there := counterparts(place{s: c, i: h}, source)
		if len(there) == 0 || c.words[h].party && n+1 < len(a.heads) {
			continue
		}
		if !modesAgree(c.words[h].modes|a.mode, there) {
			if (c.words[h].noun || !governed(there)) && a.overlaps(c, source) {
				continue // a noun, here or there: "the decision"
			}
			return a.wrong(c, h, there)
		}
		met = true
	}
	if met || a.overlaps(c, source) {
		return nil
	}
	return fail(a.kind(), a.word, "the passages it cites do not say %q of this", a.word)
}

// modesAgree reports whether the claim's modes agree with those of any of
// the counterparts.
func modesAgree(m mode, there []place) bool {
	for _, p := range there {
		if agree(m, p.modes()) {
			return true
		}
	}
	return false
}

// governed reports whether an operator governs any of the places.
func governed(there []place) bool {
	return slices.ContainsFunc(there, func(p place) bool { return p.s.words[p.i].head })
}

// modes are the modes of the place's word; advice may be repeated as advice
// or as leave.
func (p place) modes() mode {
	m := p.s.words[p.i].modes
	if p.s.words[p.i].advised && m&plain != 0 {
		m |= should | leave
	}
	return m
}

// overlaps reports whether an operator of the passages that governs most of
// what a governs has a mode that agrees with a's.
func (a act) overlaps(c *sentence, source []*sentence) bool {
	most, ok := 0, false
	for _, s := range source {
		for _, b := range s.acts {
			n := 0
			for _, i := range a.whole(c) {
				for _, j := range b.whole(s) {
					if c.words[i].key == s.words[j].key {
						n++
						break
					}
				}
			}
			switch {
			case n == 0 || n < most:
			case n > most:
				most, ok = n, near(a.mode, b.mode)
			default:
				ok = ok || near(a.mode, b.mode)
			}
		}
	}
	return ok
}

// whole is what a reaches and, of its clause, what stands before: the subject.
func (a act) whole(s *sentence) []int {
	out := slices.Clone(a.reach)
	for i := a.reach[0] - 1; i >= 0 && s.words[i].clause == s.words[a.reach[0]].clause; i-- {
		out = append(out, i)
	}
	return out
}

func (a act) kind() Kind {
	if a.mode&neg != 0 {
		return KindNegation
	}
	return KindModal
}

func (a act) wrong(c *sentence, h int, there []place) error {
	return fail(a.kind(), a.word, "it has %q %s (%q), where the passages have it %s", c.words[h].text, a.mode, a.word, there[0].modes())
}

// modesKept wants no operator of the passages dropped: what stands there
// only as barred, negated or merely allowed may not stand plainly here.
func modesKept(c *sentence, source []*sentence) error {
	var most float32
	for _, s := range source {
		most = max(most, share(c, s))
	}
	for i, w := range c.words {
		there := slices.DeleteFunc(counterparts(place{s: c, i: i}, source), func(p place) bool {
			v := p.s.words[p.i]
			return share(c, p.s) < nearly*most || v.head && (v.given || v.noun && !sameVerb(c, i, p))
		})
		if len(there) > 0 && there[0].s.words[there[0].i].head && !modesAgree(w.modes, there) {
			kind := KindModal
			if there[0].modes()&neg != 0 || w.modes&neg != 0 {
				kind = KindNegation
			}
			return fail(kind, w.text, "it has %q %s, where the passages have it %s", w.text, w.modes, there[0].modes())
		}
	}
	return nil
}

// sameVerb reports whether the word before word i of c, or the one before
// that, stands before p too: "gives … right", "gives no right".
func sameVerb(c *sentence, i int, p place) bool {
	for d := 1; d <= 2; d++ {
		for e := 1; e <= 2; e++ {
			if i-d >= 0 && p.i-e >= 0 && c.words[i-d].key == p.s.words[p.i-e].key {
				return true
			}
		}
	}
	return false
}
