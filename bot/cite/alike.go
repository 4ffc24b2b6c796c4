package cite

// A place is a word of a sentence.
type place struct {
	s *sentence
	i int
}

// reachOfWindow is how many words on either side tell what a place is about.
const reachOfWindow = 4

// alike says how like the surroundings of two places are: each word that
// stands within reachOfWindow of both counts up to 1, less where it stands
// on the other side, and what the sentences share besides counts a little.
// The places' own words do not count.
func alike(a, b place) float32 {
	swap := a.passive() != b.passive()
	var sum float32
	for i := max(0, a.i-reachOfWindow); i < len(a.s.words) && i <= a.i+reachOfWindow; i++ {
		if i == a.i {
			continue
		}
		var best float32
		for j := max(0, b.i-reachOfWindow); j < len(b.s.words) && j <= b.i+reachOfWindow; j++ {
			if j == b.i || a.s.words[i].key != b.s.words[j].key {
				continue
			}
			da, db := i-a.i, j-b.i
			score := 1.1 - 0.15*float32(max(abs(da), abs(db)))
			if (da < 0) != (db < 0) != swap {
				score *= 0.3
			}
			if a.s.words[i].clause != a.s.words[a.i].clause || b.s.words[j].clause != b.s.words[b.i].clause {
				score /= 2
			}
			best = max(best, score)
		}
		sum += best
	}
	return sum + share(a.s, b.s)
}

// passive reports whether the place's clause has a passive verb.
func (p place) passive() bool {
	if len(p.s.words) == 0 {
		return false
	}
	clause := p.s.words[min(p.i, len(p.s.words)-1)].clause
	for _, w := range p.s.words {
		if w.clause == clause && w.passive {
			return true
		}
	}
	return false
}

// share is the part of a's words that b has.
func share(a, b *sentence) float32 {
	if len(a.words) == 0 {
		return 0
	}
	n := 0
	for _, w := range a.words {
		if b.keys[w.key] {
			n++
		}
	}
	return float32(n) / float32(len(a.words))
}

func abs(n int) int { return max(n, -n) }

// counterparts are the places in passages whose word has the key of p's,
// and whose surroundings are nearly as like p's as any's; the likest first.
func counterparts(p place, passages []*sentence) []place {
	var all []place
	var likeness []float32
	var best float32
	key := p.s.words[p.i].key
	for _, s := range passages {
		if !s.keys[key] {
			continue
		}
		for i, w := range s.words {
			if w.key == key {
				a := alike(p, place{s, i})
				all, likeness, best = append(all, place{s, i}), append(likeness, a), max(best, a)
			}
		}
	}
	var out []place
	for i, a := range likeness {
		switch {
		case a == best:
			out = append([]place{all[i]}, out...)
		case a >= nearly*best:
			out = append(out, all[i])
		}
	}
	return out
}

// nearly is the part of the best likeness that counts as good as it.
const nearly = 0.6
