package coverage

import (
	"slices"
	"strings"
)

// A stateSpec is one state as the data describes it.
type stateSpec struct {
	Code   string   `yaml:"code"`
	Name   string   `yaml:"name"`
	Names  []string `yaml:"names"`  // other spellings
	Cities []string `yaml:"cities"` // not shared with another state
	// Alone lets its two letters stand by themselves, in capitals.
	Alone bool `yaml:"alone"`
	// Payer marks letters that mean a payer unless somebody lives there.
	Payer bool `yaml:"payer"`
}

// stateWords are the words around a state's name that say what it is to the
// plan.
type stateWords struct {
	Issued  []string `yaml:"issued"`
	Plan    []string `yaml:"plan"`
	Law     []string `yaml:"law"`
	Example []string `yaml:"example"`
	Like    []string `yaml:"like"`
	Name    []string `yaml:"name"`
	In      []string `yaml:"in"`
	Lives   []string `yaml:"lives"`
	Cities  []string `yaml:"cities"` // shared between states
	Person  []string `yaml:"person"`
	Insurer []string `yaml:"insurer"`
	Of      []string `yaml:"of"`
}

// states knows their names and reads them in a text.
type states struct {
	list  []stateSpec
	words stateWords
	first map[string][]stateName // names by their first word
	long  []stateName            // those whose first word may have a slip
}

// A stateName is one way to write a state, or a city in it; code is "" for
// a city that states share.
type stateName struct {
	phrase phrase
	code   string
	city   bool
}

// other is the value of a state whose law is not in the library.
const other = "other"

// code reads a state's name or its two letters, in lower case.
func (s *states) code(in string) (string, bool) {
	for _, st := range s.list {
		if in == strings.ToLower(st.Code) || in == strings.ToLower(st.Name) {
			return st.Code, true
		}
	}
	return other, in == other
}

// name is a state's name.
func (s *states) name(code string) string {
	i := slices.IndexFunc(s.list, func(st stateSpec) bool { return st.Code == code })
	if i < 0 {
		return code
	}
	return s.list[i].Name
}

// A tier says how closely a state belongs to the plan.
type tier int

const (
	example  tier = iota // "a law like Washington's", "Kentucky v. Miller"
	lawOf                // "Washington's law"
	placeOf              // "in Washington"
	issuedIn             // "issued in Washington", "a Washington plan"
)

// read reads a state at words[i].
func (s *states) read(words []word, i int, lex lexicon) (end int, code string, t tier) {
	for _, n := range s.at(words[i], lex) {
		if e, _ := n.phrase.match(words, i, lex); e > end {
			end, code = e, n.code
		}
	}
	if end > 0 && code == "" { // a city that states share
		return 0, "", 0
	}
	if end == 0 {
		if code = s.letters(words, i, lex); code == "" {
			return 0, "", 0
		}
		end = i + 1
	}
	if has(s.words.Name, words, end) {
		return 0, "", 0
	}
	return end, code, s.tier(words, i, end)
}

// at lists the names that may begin with w.
func (s *states) at(w word, lex lexicon) []stateName {
	if names := s.first[w.text]; names != nil || len(w.text) < minSlip-1 || lex[w.text] {
		return names
	}
	return s.long
}

// letters reads two letters at words[i]: by themselves where that is safe,
// else after "in" or a city.
func (s *states) letters(words []word, i int, lex lexicon) string {
	w := words[i]
	at := slices.IndexFunc(s.list, func(st stateSpec) bool { return len(w.text) == 2 && strings.ToLower(st.Code) == w.text })
	if at < 0 || w.owns && !s.list[at].Alone {
		return ""
	}
	st := s.list[at]
	city := s.cityBefore(words, i, lex)
	in := has(s.words.In, words, i-1) && words[i-1].clause == w.clause && !has(s.words.Person, words, i+1)
	switch {
	case city && (w.upper || st.Alone || i+1 == len(words) || words[i+1].clause != w.clause || zip(words[i+1].text)):
	case w.upper && i+1 < len(words) && zip(words[i+1].text):
	case st.Payer:
		if !in || !w.upper || !s.lived(words, i) {
			return ""
		}
	case st.Alone && w.upper:
	case in && (st.Alone || w.upper):
	case st.Alone && (has(s.words.Law, words, i+1) || has(s.words.Plan, words, i+1) || has(s.words.Lives, words, i+1) || has([]string{"state", "from"}, words, i+1)):
	case st.Alone && has([]string{"from"}, words, i-1):
	default:
		return ""
	}
	return st.Code
}

// cityBefore reports whether a city ends just before words[i].
func (s *states) cityBefore(words []word, i int, lex lexicon) bool {
	for start := max(0, i-3); start < i; start++ {
		for _, n := range s.at(words[start], lex) {
			if end, _ := n.phrase.match(words, start, lex); n.city && end == i {
				return true
			}
		}
	}
	return false
}

// lived reports whether somebody lives or practices in the place at i.
func (s *states) lived(words []word, i int) bool {
	for j := i - 2; j >= max(0, i-5) && words[j].clause == words[i].clause; j-- {
		if has(s.words.Lives, words, j) {
			return true
		}
	}
	return false
}

// tier reads the words around a state's name.
func (s *states) tier(words []word, start, end int) tier {
	if has(s.words.Like, words, start-1) || has(s.words.Example, words, end) {
		return example
	}
	if has(s.words.Of, words, start-1) && (has(s.words.Insurer, words, start-2) || has(s.words.Insurer, words, start-3)) {
		return issuedIn
	}
	for j := end; j < min(end+2, len(words)) && words[j].clause == words[start].clause; j++ {
		if has(s.words.Plan, words, j) {
			return issuedIn
		}
	}
	if words[end-1].owns || has(s.words.Law, words, end) && words[end].clause == words[start].clause {
		return lawOf
	}
	for j := start - 1; j >= max(0, start-4) && words[j].clause == words[start].clause; j-- {
		if has(s.words.Issued, words, j) || j >= start-3 && has(s.words.Plan, words, j) {
			return issuedIn
		}
	}
	return placeOf
}

// has reports whether words[i] exists and is in list.
func has(list []string, words []word, i int) bool {
	return i >= 0 && i < len(words) && slices.Contains(list, words[i].text)
}

func zip(s string) bool {
	return len(s) == 5 && strings.Trim(s, "0123456789") == ""
}

// A State is a state by its two letters and its name.
type State struct{ Code, Name string }

// States lists the states that a plan may be of, by name.
func (r *Rules) States() []State {
	var out []State
	for _, s := range r.states.list {
		out = append(out, State{s.Code, strings.TrimPrefix(s.Name, "the ")})
	}
	slices.SortFunc(out, func(a, b State) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Label names a value of a fact in plain words: "the employer pays the
// claims"; the value itself where the data has none.
func (r *Rules) Label(fact, value string) string { return r.label(fact, value) }
