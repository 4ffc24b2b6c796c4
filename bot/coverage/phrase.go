package coverage

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A phrase is a pattern of words: "self|employer funded", "visit <n>".
type phrase []slot

// A slot of a phrase matches one word, or with optional none, or as a gap up
// to three.
type slot struct {
	words    []string // alternatives; those in capitals want capitals
	optional bool
	gap      bool
	number   string // "<n>" is any number, "<nth>" an ordinal
}

// maxGap is the most words that ~ stands for.
const maxGap = 3

// parsePhrase reads a pattern.
func parsePhrase(s string) (phrase, error) {
	var out phrase
	for _, f := range strings.Fields(s) {
		var sl slot
		if f != "?" {
			f, sl.optional = strings.CutSuffix(f, "?")
		}
		switch f {
		case "~":
			sl.gap = true
		case "<n>", "<nth>":
			sl.number = f
		default:
			for _, w := range strings.Split(f, "|") {
				if w == "" || strings.ContainsAny(w, "?<>~") {
					return nil, fmt.Errorf("phrase %q: %q is no word", s, f)
				}
				sl.words = append(sl.words, w)
			}
		}
		out = append(out, sl)
	}
	if len(out) == 0 || out[0].gap || out[len(out)-1].gap {
		return nil, fmt.Errorf("phrase %q: want words at both ends", s)
	}
	if !slices.ContainsFunc(out, func(s slot) bool { return !s.optional && !s.gap }) {
		return nil, errors.New("phrase " + strconv.Quote(s) + ": every word may be missing")
	}
	return out, nil
}

// A lexicon is the set of words that phrases are made of; none of them is a
// slip of another.
type lexicon map[string]bool

// match matches p at words[i] and returns the index after the match, the
// number read, or -1 for none. It stays inside one sentence and takes the
// longest reading.
func (p phrase) match(words []word, i int, lex lexicon) (end, number int) {
	start := i
	var try func(k, i, n int) (int, int)
	try = func(k, i, n int) (int, int) {
		if k == len(p) {
			return i, n
		}
		s := p[k]
		bestEnd, bestN := -1, 0
		consider := func(end, n int) {
			if end > bestEnd {
				bestEnd, bestN = end, n
			}
		}
		if s.gap {
			for j := 0; j <= maxGap && bestEnd < 0; j++ {
				consider(try(k+1, i+j, n))
			}
			return bestEnd, bestN
		}
		if i < len(words) && words[i].sentence == words[start].sentence {
			if m, ok := s.matches(words[i], lex); ok {
				if s.number == "" {
					m = n
				}
				consider(try(k+1, i+1, m))
			}
		}
		if s.optional {
			consider(try(k+1, i, n))
		}
		return bestEnd, bestN
	}
	return try(0, i, 0)
}

// matches reports whether one word fits the slot, and the number it is.
func (s slot) matches(w word, lex lexicon) (int, bool) {
	if s.number != "" {
		n, ordinal := number(w.text)
		return n, n > 0 && (ordinal || s.number == "<n>")
	}
	for _, want := range s.words {
		lower := strings.ToLower(want)
		switch {
		case want != lower:
			if w.upper && w.text == lower {
				return 0, true
			}
		case w.text == want || slip(w.text, want, lex):
			return 0, true
		}
	}
	return 0, false
}

// minSlip is the least letters of a word that may have a slip.
const minSlip = 7

// slip reports whether got is want with one letter too many, too few,
// another, or two swapped. A word of the lexicon is never a slip.
func slip(got, want string, lex lexicon) bool {
	if len(want) < minSlip || len(got) < minSlip-1 || got[0] != want[0] || lex[got] {
		return false
	}
	if d := len(got) - len(want); d < -1 || d > 1 {
		return false
	}
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	g, w := got[i:], want[i:]
	switch {
	case len(g) > len(w):
		return g[1:] == w
	case len(g) < len(w):
		return g == w[1:]
	case len(g) < 2:
		return true
	}
	return g[1:] == w[1:] || g[0] == w[1] && g[1] == w[0] && g[2:] == w[2:]
}

// maxNumber is the largest number that is read.
const maxNumber = 999

// number reads 7, 7th, seven and seventh up to maxNumber, and reports whether it
// is an ordinal; no number is 0.
func number(s string) (n int, ordinal bool) {
	if i := slices.Index(cardinals, s); i >= 0 {
		return i + 1, false
	}
	if i := slices.Index(ordinals, s); i >= 0 {
		return i + 1, true
	}
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz")
	suffix := s[len(digits):]
	if n, err := strconv.Atoi(digits); err == nil && n > 0 && n <= maxNumber && digits[0] != '0' {
		if suffix == "" {
			return n, false
		}
		if slices.Contains([]string{"st", "nd", "rd", "th"}, suffix) {
			return n, true
		}
	}
	return 0, false
}

var (
	cardinals = strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
	ordinals  = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
)
