package coverage

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A reader finds facts in a person's words.
type reader struct {
	readings []*reading
	grammar  grammar
	lexicon  lexicon
	first    map[string][]entry // by a word that a phrase may begin with
	long     []entry            // those whose first word may have a slip
	any      []entry            // those that begin with a number
}

// A reading is a set of phrases and what they say.
type reading struct {
	Set       map[string]string `yaml:"set"`
	Not       map[string]string `yaml:"not"`  // what a denial of it says
	Hint      map[string]string `yaml:"hint"` // used where nothing else is said
	Elsewhere bool              `yaml:"elsewhere"`
	Phrases   []string          `yaml:"phrases"`
}

// An entry is one phrase of a reading.
type entry struct {
	phrase  phrase
	reading *reading
}

// A match is a phrase, or a state, at its place in a text.
type match struct {
	start, end int
	reading    *reading // nil: a state
	number     int
	state      string
	tier       tier
	stance     stance
}

// Read returns the facts that text says, and what follows from them. It
// reads statements only: what is denied, doubted or asked sets nothing, and
// neither does a fact for which two values are said.
func (r *Rules) Read(text string) Facts {
	words := split(text, r.reader.grammar.turn)
	matches := r.matches(words)
	for i := range matches {
		matches[i].stance = r.reader.grammar.stance(words, matches[i].start)
	}
	r.reader.grammar.spread(words, matches)

	claims := r.claims(matches)
	facts, open := settle(claims)
	read := r.Complete(facts)
	if r.contradiction(read) != "" {
		read = r.Merge(facts, nil)
	}
	return r.hint(read, matches, open)
}

// matches finds, from the left, the longest phrase or state at each word.
func (r *Rules) matches(words []word) []match {
	var out []match
	for i := 0; i < len(words); {
		best := match{start: i}
		if end, code, t := r.states.read(words, i, r.reader.lexicon); end > 0 {
			best = match{start: i, end: end, state: code, tier: t}
		}
		for _, e := range r.reader.at(words[i]) {
			if end, n := e.phrase.match(words, i, r.reader.lexicon); end > best.end {
				best = match{start: i, end: end, reading: e.reading, number: n}
			}
		}
		if best.end == 0 {
			i++
			continue
		}
		out = append(out, best)
		i = best.end
	}
	return out
}

// at lists the phrases that may begin with w.
func (rd *reader) at(w word) []entry {
	out := rd.first[w.text]
	if n, _ := number(w.text); n > 0 {
		out = slices.Concat(out, rd.any)
	}
	if len(w.text) >= minSlip-1 && !rd.lexicon[w.text] {
		out = slices.Concat(out, rd.long)
	}
	return out
}

// index sorts the phrases by their first word.
func (rd *reader) index() error {
	rd.first = map[string][]entry{}
	for _, r := range rd.readings {
		for _, s := range r.Phrases {
			p, err := parsePhrase(s)
			if err != nil {
				return err
			}
			e := entry{p, r}
			for i, sl := range p {
				if sl.number != "" {
					rd.any = append(rd.any, e)
				}
				for _, w := range sl.words {
					rd.first[strings.ToLower(w)] = append(rd.first[strings.ToLower(w)], e)
					if len(w) >= minSlip {
						rd.long = append(rd.long, e)
					}
				}
				if !p[i].optional {
					break
				}
			}
			for _, sl := range p {
				for _, w := range sl.words {
					rd.lexicon[strings.ToLower(w)] = true
				}
			}
		}
	}
	return nil
}

// A claim is a fact's value that a match says.
type claim struct {
	fact, value string
	match       int
}

// claims lists what the statements say, and the opposite of what some
// denials say.
func (r *Rules) claims(matches []match) []claim {
	var out []claim
	top, elsewhere := tier(0), false
	for i, m := range matches {
		if m.reading == nil {
			continue
		}
		elsewhere = elsewhere || m.reading.Elsewhere && m.stance == said
		set := m.reading.Set
		switch m.stance {
		case denied:
			set = m.reading.Not
		case doubted:
			set = nil
		}
		for _, name := range slices.Sorted(maps.Keys(set)) {
			if name == factState {
				top = max(top, placeOf)
			}
			out = append(out, claim{name, m.value(set[name]), i})
		}
	}
	for _, m := range matches {
		if m.state != "" && m.stance == said {
			top = max(top, m.tier)
		}
	}
	for i, m := range matches {
		if m.state != "" && m.stance == said && m.tier == top && top > example {
			out = append(out, claim{factState, m.state, i})
		}
	}
	if top == issuedIn || elsewhere {
		out = slices.DeleteFunc(out, func(c claim) bool {
			return c.fact == factState && (matches[c.match].tier != issuedIn)
		})
	}
	return out
}

// value puts the number read into a value.
func (m match) value(s string) string {
	switch s {
	case "<n>":
		return strconv.Itoa(m.number)
	case "<n>+1":
		return strconv.Itoa(min(m.number+1, maxNumber))
	}
	return s
}

// settle drops every fact for which two values are claimed, with all else
// that those matches said, and names it.
func settle(claims []claim) (f Facts, open map[string]bool) {
	values := map[string]string{}
	open = map[string]bool{}
	for _, c := range claims {
		if have, ok := values[c.fact]; ok && have != c.value {
			open[c.fact] = true
		}
		values[c.fact] = c.value
	}
	dropped := map[int]bool{}
	for _, c := range claims {
		if open[c.fact] && c.fact != factState {
			dropped[c.match] = true
		}
	}
	f = Facts{}
	for _, c := range claims {
		if !open[c.fact] && !dropped[c.match] {
			f[c.fact] = c.value
		}
	}
	return f, open
}

// hint adds what matches suggest of facts that nothing else is said of.
func (r *Rules) hint(f Facts, matches []match, open map[string]bool) Facts {
	var hints []claim
	for i, m := range matches {
		if m.reading == nil || m.stance != said {
			continue
		}
		for name, value := range m.reading.Hint {
			if _, known := f[name]; !known && !open[name] {
				hints = append(hints, claim{name, value, i})
			}
		}
	}
	suggested, _ := settle(hints)
	for _, name := range slices.Sorted(maps.Keys(suggested)) {
		if next := r.possible(f, name, suggested[name]); next != nil {
			f = next
		}
	}
	return f
}
