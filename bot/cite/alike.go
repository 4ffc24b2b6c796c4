package cite

// A place is a word of a sentence, or the gap before it, where a figure
// stands.
type place struct {
	s      *sentence
	i      int
	figure *figure // of a gap
}

// reachOfWindow is how many words on either side tell what a place is about.
const reachOfWindow = 4

// around says how like the surroundings of two places are: each word that
// stands within reachOfWindow of both counts up to 1, less where it stands
// on the other side or in another clause. The places' own words do not count.
func around(a, b place) float32 {
	swap := a.passive() != b.passive()
	var sum float32
	for i := max(0, a.i-reachOfWindow); i < len(a.s.words) && i <= a.i+reachOfWindow; i++ {
		da := a.to(i)
		if da == 0 {
			continue
		}
		var best float32
		for j := max(0, b.i-reachOfWindow); j < len(b.s.words) && j <= b.i+reachOfWindow; j++ {
			db := b.to(j)
			if db == 0 || a.s.words[i].key != b.s.words[j].key {
				continue
			}
			score := 1.1 - 0.15*float32(max(abs(da), abs(db)))
			if (da < 0) != (db < 0) != swap {
				score *= 0.3
			}
			if a.s.words[i].clause != a.clause() || b.s.words[j].clause != b.clause() {
				score /= 2
			}
			best = max(best, score)
		}
		sum += best
	}
	return sum
}

// to is how far word i stands from the place: 0 is the place itself.
func (p place) to(i int) int {
	if p.figure != nil && i >= p.i {
		return i - p.i + 1
	}
	return i - p.i
}

func (p place) clause() int {
	if p.figure != nil {
		return p.figure.clause
	}
	return p.s.words[p.i].clause
}

// passive reports whether the place's clause has a passive verb.
func (p place) passive() bool {
	clause := p.clause()
	for i := range p.s.words {
		if w := &p.s.words[i]; w.passive && w.clause == clause {
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
	for i := range a.words {
		if b.keys[a.words[i].key] {
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
		part := share(p.s, s)
		for i := range s.words {
			if s.words[i].key == key {
				q := place{s: s, i: i}
				a := around(p, q) + part
				all, likeness, best = append(all, q), append(likeness, a), max(best, a)
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
