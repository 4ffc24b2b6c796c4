package cite

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// figuresHeld wants every number, date and amount of the claim in the
// passages, with its unit, and bound to the same words.
func figuresHeld(c *sentence, source []*sentence) error {
	for _, f := range c.figures {
		if f.back {
			continue
		}
		kind := f.kind()
		var mine, other, mineShare, otherShare float32 = -1, -1, 0, 0
		bounded := false
		for _, s := range source {
			holds := slices.ContainsFunc(s.figures, f.sameValue)
			for _, g := range s.figures {
				if f.known && g.known && f.unit != g.unit || f.known && !g.known {
					continue
				}
				a := alikeFigures(c, f, s, g)
				if !f.sameValue(g) {
					if f.unit == g.unit && !holds && a > other {
						other, otherShare = a, share(c, s)
					}
					continue
				}
				bounded = bounded || f.bound == "" || g.bound == "" || f.bound == g.bound
				if a > mine {
					mine, mineShare = a, share(c, s)
				}
			}
		}
		switch {
		case mine < 0 && (codeHeld(f.value, source) || f.value == "2" && both(source)):
		case mine < 0:
			return fail(kind, f.value, "%s does not stand in the passages it cites", f)
		case !bounded:
			return fail(kind, f.value, "the passages bound %s the other way", f)
		case other > mine+margin && otherShare >= mineShare:
			return fail(kind, f.value, "the passages say %s of something else", f)
		}
	}
	return nil
}

// margin is by how much another value must fit better for the claim's to be
// the wrong one.
const margin = 0.6

// sideBySide is taken off the likeness of a party that stands in one sentence
// with the claim's, and so shares its surroundings.
const sideBySide = 0.3

func (f figure) kind() Kind {
	switch f.unit {
	case "$", "cent":
		return KindMoney
	case "date":
		return KindDate
	}
	return KindNumber
}

func (f figure) String() string {
	switch {
	case f.unit == "$":
		return "$" + f.value
	case f.unit == "%":
		return f.value + "%"
	case f.unit == "date", f.unit == "":
		return f.value
	case f.unit == "th":
		return strings.TrimSuffix(f.value, "th") + "th"
	case f.known:
		return f.value + " " + f.unit + "s"
	}
	return f.value
}

// sameValue reports whether g says at least as much as f: a year is held by
// a day in it.
func (f figure) sameValue(g figure) bool {
	return f.value == g.value || f.unit == "date" && g.unit == "date" && strings.HasPrefix(g.value, f.value+"-")
}

// alikeFigures is alike for figures, which stand between words: the word
// after a figure counts as its own place.
func alikeFigures(c *sentence, f figure, s *sentence, g figure) float32 {
	return alike(between(c, f), between(s, g))
}

// between is the gap before figure f, as a place that is no word: a copy of
// the sentence's words with an empty one there.
func between(s *sentence, f figure) place {
	t := *s
	t.words = slices.Insert(slices.Clone(s.words), f.at, word{clause: f.clause})
	return place{&t, f.at}
}

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
		if g == "" || kind == KindParty && partyHeld(c, i, source) {
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
					other, otherShare, said = a, share(c, s), v.key
				}
			}
		}
		name, said := strings.TrimPrefix(w.key, "@"), strings.TrimPrefix(said, "@")
		switch {
		case mine < 0 && !keyHeld(w.key, source) && (kind == KindParty || said != ""):
			return fail(kind, name, "the passages it cites do not speak of the %s", name)
		case !isUnit && mine >= 0 && other > mine+margin && otherShare >= mineShare:
			return fail(kind, name, "the passages say it of the %s, not of the %s", said, name)
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

// partyHeld reports whether the passages plainly have the party i of c where
// the claim has it: as the subject of the same verb, beside the same word, or
// first in a clause of the same words.
func partyHeld(c *sentence, i int, source []*sentence) bool {
	w := c.words[i]
	for _, s := range source {
		for j, v := range s.words {
			if v.key != w.key || !v.party {
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

// both reports whether the passages say "both", which is two.
func both(source []*sentence) bool {
	return slices.ContainsFunc(source, func(s *sentence) bool { return strings.Contains(strings.ToLower(s.text), "both ") })
}

// codeHeld reports whether the passages cite a place by that number alone:
// "97112" for CPT 97112.
func codeHeld(value string, source []*sentence) bool {
	return slices.ContainsFunc(source, func(s *sentence) bool {
		return slices.ContainsFunc(s.cites, func(c citation.Citation) bool { return c.Number == value })
	})
}
