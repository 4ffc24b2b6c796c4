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
			part := share(c, s)
			holds := slices.ContainsFunc(s.figures, f.sameValue)
			for _, g := range s.figures {
				if f.known && g.known && f.unit != g.unit || f.known && !g.known {
					continue
				}
				a := around(place{c, f.at, &f}, place{s, g.at, &g}) + part
				if !f.sameValue(g) {
					if f.unit == g.unit && !holds && a > other {
						other, otherShare = a, part
					}
					continue
				}
				bounded = bounded || f.bound == "" || g.bound == "" || f.bound == g.bound
				if a > mine {
					mine, mineShare = a, part
				}
			}
		}
		switch {
		case mine < 0 && (codeHeld(f.value, source) || f.value == "2" && both(source)):
		case mine < 0:
			return fail(kind, f.value, "%s does not stand in the passages it cites", f)
		case !bounded:
			return fail(kind, f.value, "the passages bound %s the other way", f)
		case other > mine+margin && otherShare >= mineShare, misplaced(c, f, source):
			return fail(kind, f.value, "the passages say %s of something else", f)
		}
	}
	return nil
}

// margin is by how much another value must fit better for the claim's to be
// the wrong one.
const margin = 0.6

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

// misplaced reports whether every sentence with f's value has another value
// of its unit in a part that is nearer to f's: "30 days for the one, 60 for
// the other".
func misplaced(c *sentence, f figure, source []*sentence) bool {
	for _, g := range c.figures {
		if g.part == f.part && g.unit == f.unit && g.value != f.value {
			return false // "7 minutes each make 14 minutes"
		}
	}
	mine := c.partWords(f.part)
	found := false
	for _, s := range source {
		for _, g := range s.figures {
			if f.unit != g.unit || !f.sameValue(g) {
				continue
			}
			found = true
			if !slices.ContainsFunc(s.figures, func(h figure) bool {
				return h.unit == f.unit && !f.sameValue(h) && h.part != g.part && nearer(mine, s.partWords(h.part), s.partWords(g.part))
			}) {
				return false
			}
		}
	}
	return found
}

// nearer reports whether some of words are in a and not in b, and none in b
// alone. A b of one word, the unit, tells nothing.
func nearer(words, a, b map[string]bool) bool {
	some := false
	if len(b) < 2 {
		return false
	}
	for w := range words {
		if b[w] && !a[w] {
			return false
		}
		some = some || a[w] && !b[w]
	}
	return some
}

// partWords are the words of a part of s.
func (s *sentence) partWords(part int) map[string]bool {
	out := map[string]bool{}
	for _, w := range s.words {
		if w.part == part {
			out[w.key] = true
		}
	}
	return out
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
