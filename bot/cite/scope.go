package cite

// Of a clause, the part of its words that a sentence has to have to be what
// the clause is about, and the part of those that have to stand otherwise
// there for the clause to be its opposite.
const (
	sameMatter = 0.6
	turned     = 0.9
	minMatter  = 4 // fewer words are mostly no clause: "at long-term follow-up, …"
)

// scopesKept catches a clause that says plainly what the passages say is not
// so, in other words ("reaches" for "is kept away from"): most of what it
// speaks of stands under a negation in every sentence that speaks of as much
// of it, and none of it does here.
func scopesKept(c *sentence, source []*sentence) error {
	for k, negs := range c.negs {
		var words []*word
		for i := range c.words {
			if w := &c.words[i]; negs == 0 && w.clause == k && !w.given {
				words = append(words, w)
			}
		}
		if len(words) < minMatter {
			continue
		}
		var most, opposed int
		for _, s := range source {
			shared, other := s.opposes(words)
			if float32(shared) < sameMatter*float32(len(words)) || shared < most {
				continue
			}
			if float32(other) < turned*float32(shared) {
				other = 0
			}
			if shared > most {
				most, opposed = shared, other
			} else if other == 0 {
				opposed = 0
			}
		}
		if most > 0 && opposed > 0 {
			return fail(KindNegation, words[0].text, "it says plainly what the passages negate")
		}
	}
	return nil
}

// opposes counts the words that s has, and those of them that words have
// plainly and s has only under a negation.
func (s *sentence) opposes(words []*word) (shared, other int) {
	for _, v := range words {
		found, opposite := false, true
		if !s.keys[v.key] {
			continue
		}
		for i := range s.words {
			if w := &s.words[i]; w.key == v.key {
				found = true
				opposite = opposite && v.modes&negative == 0 && w.modes&negative != 0
			}
		}
		if found {
			shared++
			if opposite {
				other++
			}
		}
	}
	return shared, other
}
