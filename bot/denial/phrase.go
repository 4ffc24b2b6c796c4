package denial

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// A phrase is a pattern of words, as reading.yaml writes them.
type phrase []slot

// A slot matches one word of several, or with optional none; a slot with a gap
// matches up to so many words of any kind.
type slot struct {
	words    []int32  // of the lexicon
	set      []uint64 // the same: bit n%64 of element n/64
	optional bool
	gap      int
}

const (
	defaultGap = 3
	maxGap     = 9
	// maxSpan is the most words that one phrase can match; it is less than the
	// bits of the sets of places below.
	maxSpan = 60
)

// A lexicon numbers the words that phrases are made of, from 1.
type lexicon struct {
	ids   map[string]int32 // by the key of the word
	slips map[slipKey][]string
}

// A slipKey groups long words of which one may be the slip of another.
type slipKey struct {
	first  byte
	length int
}

func newLexicon() *lexicon {
	return &lexicon{ids: map[string]int32{}, slips: map[slipKey][]string{}}
}

// add numbers a word.
func (x *lexicon) add(word string) int32 {
	k := key(word)
	id, ok := x.ids[k]
	if !ok {
		id = int32(len(x.ids) + 1)
		x.ids[k] = id
		if len(k) >= minSlip {
			s := slipKey{k[0], len(k)}
			x.slips[s] = append(x.slips[s], k)
		}
	}
	return id
}

// minSlip is the least letters of a word that may have a slip.
const minSlip = 8

// id is the number of the word with this key, or of the long word that it is
// one slip away from, or 0.
func (x *lexicon) id(k string) int32 {
	if id, ok := x.ids[k]; ok || len(k) < minSlip-1 || len(k) > maxWord {
		return id
	}
	for d := -1; d <= 1; d++ {
		for _, want := range x.slips[slipKey{k[0], len(k) + d}] {
			if slip(k, want) {
				return x.ids[want]
			}
		}
	}
	return 0
}

// slip reports whether got is want with one letter too many, too few, another,
// or two swapped; both begin with the same letter.
func slip(got, want string) bool {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	g, w := got[i:], want[i:]
	switch {
	case len(g) == len(w)+1:
		return g[1:] == w
	case len(g)+1 == len(w):
		return g == w[1:]
	case len(g) != len(w) || len(g) == 0:
		return false
	}
	return g[1:] == w[1:] || len(g) > 1 && g[0] == w[1] && g[1] == w[0] && g[2:] == w[2:]
}

// parse reads a pattern; sets are those of reading.yaml.
func (x *lexicon) parse(s string, sets map[string][]string) (phrase, error) {
	var out phrase
	span := 0
	for _, f := range strings.Fields(s) {
		var sl slot
		if gap, ok := strings.CutPrefix(f, "~"); ok {
			sl.gap = defaultGap
			if gap != "" {
				n, err := strconv.Atoi(gap)
				if err != nil || n < 1 || n > maxGap {
					return nil, fmt.Errorf("phrase %q: %q is no gap of 1 to %d words", s, f, maxGap)
				}
				sl.gap = n
			}
			span += sl.gap
			out = append(out, sl)
			continue
		}
		f, sl.optional = strings.CutSuffix(f, "?")
		for _, w := range strings.Split(f, "|") {
			words := []string{w}
			if name, ok := strings.CutPrefix(w, "{"); ok {
				if words = sets[strings.TrimSuffix(name, "}")]; words == nil {
					return nil, fmt.Errorf("phrase %q: there is no set %s", s, w)
				}
			}
			for _, w := range words {
				if w == "" || w != strings.ToLower(w) || strings.ContainsAny(w, "?{}~-/") {
					return nil, fmt.Errorf("phrase %q: %q is no word", s, w)
				}
				sl.add(x.add(w))
			}
		}
		span++
		out = append(out, sl)
	}
	switch {
	case len(out) == 0 || out[0].gap > 0 || out[0].optional || out[len(out)-1].gap > 0:
		return nil, fmt.Errorf("phrase %q: want a word that must be there first, and a word last", s)
	case span > maxSpan:
		return nil, fmt.Errorf("phrase %q: longer than %d words", s, maxSpan)
	}
	return out, nil
}

// match matches p at words[i] within words and returns the ends of its
// shortest and its longest match, or -1. It looks at no more than maxSpan words.
func (p phrase) match(words []word, i int) (short, long int) {
	reach := uint64(1) // bit k: the slots so far can end before words[i+k]
	for n := range p {
		s := &p[n]
		next := uint64(0)
		if s.gap > 0 {
			for k := 0; k <= s.gap; k++ {
				next |= reach << k
			}
		} else {
			if s.optional {
				next = reach
			}
			for left := reach; left != 0; left &= left - 1 {
				k := bits.TrailingZeros64(left)
				if i+k < len(words) && s.has(words[i+k].id) {
					next |= 1 << (k + 1)
				}
			}
		}
		if reach = next; reach == 0 {
			return -1, -1
		}
	}
	return i + bits.TrailingZeros64(reach), i + bits.Len64(reach) - 1
}

func (s *slot) add(id int32) {
	s.words = append(s.words, id)
	for int(id/64) >= len(s.set) {
		s.set = append(s.set, 0)
	}
	s.set[id/64] |= 1 << (id % 64)
}

func (s *slot) has(id int32) bool {
	return id > 0 && int(id/64) < len(s.set) && s.set[id/64]&(1<<(id%64)) != 0
}
