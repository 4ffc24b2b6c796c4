package cite

import (
	"slices"
)

// plainly is added to the likeness of a party that partyHeld finds.
const plainly = 2

// sideBySide is taken off the likeness of a party or figure that stands in
// one sentence with the claim's, and so shares its surroundings.
const sideBySide = 0.3

// partiesHeld wants every party of the claim in the passages, in the place
// it has in the claim.
func partiesHeld(c *sentence, source []*sentence) error {
	return rivalry(c, source, KindParty, func(w word) string {
		if w.party {
			return "@"
		}
		return ""
	})
}

// rivalsHeld does the same for words that rule one another out.
func rivalsHeld(c *sentence, source []*sentence) error {
	for n := range rivals {
		if err := rivalry(c, source, KindRival, func(w word) string {
			if i, ok := rivalOf[w.key]; ok && i == n {
				return "rival"
			}
			return ""
		}); err != nil {
			return err
		}
	}
	return nil
}

// rivalry wants every word of a group in the claim to be the word of that
// group which the passages have in that place.
func rivalry(c *sentence, source []*sentence, kind Kind, group func(word) string) error {
	for i, w := range c.words {
		g := group(w)
		if g == "" {
			continue
		}
		var mine, other, mineShare, otherShare float32 = -1, -1, 0, 0
		var said string
		isUnit := kind == KindRival && units[w.key] != "" // figuresHeld binds it
		for _, s := range source {
			for j, v := range s.words {
				if group(v) != g || kind == KindRival && v.key != w.key && s.keys[w.key] || v.key != w.key && s.peerHas(v.peer, w.key) {
					continue
				}
				a := alike(place{c, i}, place{s, j})
				if v.key != w.key && s.keys[w.key] {
					a -= sideBySide
				}
				switch {
				case v.key == w.key && a > mine:
					mine, mineShare = a, share(c, s)
				case v.key != w.key && a > other:
					other, otherShare, said = a, share(c, s), v.text
				}
			}
		}
		if kind == KindParty && other > mine+margin && partyHeld(c, i, source) {
			mine += plainly
		}
		switch {
		case mine < 0 && !keyHeld(w.key, source) && (kind == KindParty || said != ""):
			return fail(kind, w.text, "the passages it cites do not speak of %q", w.text)
		case !isUnit && mine >= 0 && other > mine+margin && otherShare >= mineShare:
			return fail(kind, w.text, "the passages say it of %q, not of %q", said, w.text)
		}
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
