package cite

import "slices"

// plainly is added to the likeness of a party that partyHeld finds.
const plainly = 2

// sideBySide is taken off the likeness of a party or figure that stands in
// one sentence with the claim's, and so shares its surroundings.
const sideBySide = 0.3

// partyGroup is the group of parties; a rival's is its place in rivals, after
// it.
const partyGroup = 1

// rivalsHeld wants every party of the claim, and every word that rules others
// out, to be the one of its group that the passages have in that place.
func rivalsHeld(c *sentence, source []*sentence) error {
	for i := range c.words {
		if c.words[i].group == 0 {
			continue
		}
		if err := rivalHeld(c, i, source); err != nil {
			return err
		}
	}
	return nil
}

func rivalHeld(c *sentence, i int, source []*sentence) error {
	w := &c.words[i]
	kind := KindRival
	if w.group == partyGroup {
		kind = KindParty
	}
	var mine, other, mineShare, otherShare float32 = -1, -1, 0, 0
	var said string
	for _, s := range source {
		part := share(c, s)
		for j := range s.words {
			v := &s.words[j]
			if v.group != w.group || v.key != w.key && (kind == KindRival && s.keys[w.key] || s.peerHas(v.peer, w.key)) {
				continue
			}
			a := around(place{s: c, i: i}, place{s: s, i: j}) + part
			if v.key != w.key && s.keys[w.key] {
				a -= sideBySide
			}
			switch {
			case v.key == w.key && a > mine:
				mine, mineShare = a, part
			case v.key != w.key && a > other:
				other, otherShare, said = a, part, v.text
			}
		}
	}
	if kind == KindParty && other > mine+margin && partyHeld(c, i, source) {
		mine += plainly
	}
	switch {
	case mine < 0 && w.text == shown("massagist") && keyHeld("massage", source): // whoever gives massage
	case mine < 0 && !keyHeld(w.key, source) && (kind == KindParty || said != ""):
		return fail(kind, w.text, "the passages it cites do not speak of %q", w.text)
	case kind == KindRival && units[w.key] != "": // figuresHeld binds it
	case mine >= 0 && other > mine+margin && otherShare >= mineShare:
		return fail(kind, w.text, "the passages say it of %q, not of %q", said, w.text)
	}
	return nil
}

// peerHas reports whether one of the parties joined under number peer has
// the key.
func (s *sentence) peerHas(peer int, key string) bool {
	return peer > 0 && slices.ContainsFunc(s.words, func(w word) bool { return w.peer == peer && w.key == key })
}

func keyHeld(key string, source []*sentence) bool {
	return slices.ContainsFunc(source, func(s *sentence) bool { return s.keys[key] })
}

// partyHeld reports whether those of the passages that share most words with
// c plainly have its party i where c has it: as the subject of the same verb,
// beside the same word, or first in a clause of the same words.
func partyHeld(c *sentence, i int, source []*sentence) bool {
	w := c.words[i]
	var most float32
	for _, s := range source {
		most = max(most, share(c, s))
	}
	for _, s := range source {
		for j, v := range s.words {
			if v.key != w.key || !v.party {
				continue
			}
			if w.owns && v.owns && c.beside(i, 1) == s.beside(j, 1) { // "the carrier's standards"
				return true
			}
			if share(c, s) < nearly*most {
				continue
			}
			if slices.ContainsFunc(w.verbs, func(verb string) bool { return slices.Contains(v.verbs, verb) }) ||
				c.sideBySide(i, s, j, 1) || c.sideBySide(i, s, j, -1) ||
				c.firstParty(i) && s.firstParty(j) && common(c, w.clause, s, v.clause) > 2 {
				return true
			}
		}
	}
	return false
}

// sideBySide reports whether the word beside word i of c, on side d, stands
// on that side of word j of s too, with at most one between.
func (c *sentence) sideBySide(i int, s *sentence, j, d int) bool {
	next := c.beside(i, d)
	return next != "" && (next == s.beside(j, d) || next == s.beside(j, 2*d))
}

// beside is the word d words from word i, if it is in the same clause and no
// party.
func (s *sentence) beside(i, d int) string {
	if j := i + d; j >= 0 && j < len(s.words) && s.words[j].clause == s.words[i].clause && !s.words[j].party {
		return s.words[j].key
	}
	return ""
}

// firstParty reports whether no party stands before word i in its clause.
func (s *sentence) firstParty(i int) bool {
	for j := i - 1; j >= 0 && s.words[j].clause == s.words[i].clause; j-- {
		if s.words[j].party {
			return false
		}
	}
	return true
}

// common is how many words clause k of c shares with clause l of s.
func common(c *sentence, k int, s *sentence, l int) int {
	n := 0
	for _, v := range c.words {
		if v.clause == k && slices.ContainsFunc(s.words, func(w word) bool { return w.clause == l && w.key == v.key }) {
			n++
		}
	}
	return n
}
