package cite

import "slices"

// whole is the part of a claim's, and of a passage's, words that the other
// has in order, for the one to be the other with an edit.
const whole = 0.8

// clausesKept wants each clause of a claim that is a clause of the passages
// with an edit to negate as often as that one, or as another it may be an
// edit of. edits are the words that c shares with each sentence in order.
func clausesKept(c *sentence, source []*sentence, edits [][][2]int) error {
	for k := range c.negs {
		var first error
		held := false
		for i, s := range source {
			shared := make([]int, len(s.negs))
			for _, p := range edits[i] {
				if c.words[p[0]].clause == k {
					shared[s.words[p[1]].clause]++
				}
			}
			negs := c.negs[k] - c.apart(edits[i], k)
			for l, n := range shared {
				if !sameClause(n, c.size(k), s.size(l)) {
					continue
				}
				if (negs-s.negs[l])%2 == 0 {
					held = true
				} else if first == nil {
					first = unequal(s)
				}
			}
		}
		if first != nil && !held {
			return first
		}
	}
	return nil
}

// sameClause reports whether n shared words make one of two clauses, of so
// many words each, the other with an edit.
func sameClause(n, claim, passage int) bool {
	return n >= 2 && n == claim && n == passage || n >= 3 && float32(n) >= sameWords*float32(max(claim, passage))
}

// sameWords is the part of two clauses' words that make them one.
const sameWords = 0.8

func unequal(s *sentence) error {
	return fail(KindNegation, "not", "it negates what the passage does not, or the reverse; the passage says: %s", s.text)
}

// sharedNegs is how often c negates what s speaks of, less how often s does
// in the clauses at least half of whose words c has.
func sharedNegs(c, s *sentence, pairs [][2]int) int {
	found := make([]int, len(s.negs))
	for _, p := range pairs {
		found[s.words[p[1]].clause]++
	}
	n := total(c.negs)
	for k := range c.negs {
		n -= c.apart(pairs, k)
	}
	for l, k := range s.negs {
		if 2*found[l] >= s.size(l) {
			n -= k
		}
	}
	return n
}

// apart is how many negations of clause k of c reach none of the words of
// pairs: "…, and none at high certainty".
func (c *sentence) apart(pairs [][2]int, k int) int {
	n := 0
	for _, a := range c.acts {
		if a.mode == neg && len(a.reach) > 0 && c.words[a.reach[0]].clause == k && !slices.ContainsFunc(a.reach, func(i int) bool {
			return slices.ContainsFunc(pairs, func(p [2]int) bool { return p[0] == i })
		}) {
			n++
		}
	}
	return n
}

func isWhole(c, s *sentence, pairs [][2]int) bool {
	return float32(len(pairs)) >= whole*float32(max(len(c.words), len(s.words)))
}

// size is how many words clause k has.
func (s *sentence) size(k int) int {
	n := 0
	for _, w := range s.words {
		if w.clause == k {
			n++
		}
	}
	return n
}

func total(ns []int) int {
	n := 0
	for _, k := range ns {
		n += k
	}
	return n
}

// reworded reports whether the two words of p, before which the operators
// differ, still stand in like modes: because c and s negate equally often
// ("gives no right" for "does not give a right") or, where neither negates,
// because the operator stands further off.
func reworded(c, s *sentence, pairs [][2]int, p [2]int) bool {
	v, w := c.words[p[0]], s.words[p[1]]
	if (v.before|w.before)&negative == 0 {
		there := place{s: s, i: p[1]}.modes()
		return (w.advised || !isWhole(c, s, pairs)) && agree(v.modes&^negative, there&^negative) || !isWhole(c, s, pairs) && c.actAt(p[0], s)
	}
	if sharedNegs(c, s, pairs)%2 == 0 || distributed(c, s, pairs) || isWhole(c, s, pairs) && (total(c.negs)-total(s.negs))%2 == 0 {
		return true
	}
	for _, u := range s.words { // the same word in a clause of s that has more of this one
		if u.key == v.key && u.clause != w.clause && agree(v.before, u.before) && common(c, v.clause, s, u.clause) > common(c, v.clause, s, w.clause) {
			return true
		}
	}
	for _, q := range pairs { // each clause of s that this one of c draws on
		if c.words[q[0]].clause == v.clause && (c.negs[v.clause]-s.negs[s.words[q[1]].clause])%2 != 0 {
			return false
		}
	}
	return !isWhole(c, s, pairs)
}

// distributed reports whether one of c and s says "neither … nor" where the
// other negates each: then every word they share is negated in both or in
// neither.
func distributed(c, s *sentence, pairs [][2]int) bool {
	if c.nor == s.nor {
		return false
	}
	for _, p := range pairs {
		if v, w := c.words[p[0]], s.words[p[1]]; !v.party && (v.modes&negative != 0) != (w.modes&negative != 0) {
			return false
		}
	}
	return true
}

// actAt reports whether the operator that governs word i of c governs in s,
// in the same mode, what it governs in c.
func (c *sentence) actAt(i int, s *sentence) bool {
	return slices.ContainsFunc(c.acts, func(a act) bool {
		return slices.Contains(a.heads, i) && a.overlaps(c, []*sentence{s})
	})
}
