package coverage

import "slices"

// A grammar is the little that keeps a denial, a doubt or a question from
// being read as a statement.
type grammar struct {
	Deny     []string `yaml:"deny"`
	Doubt    []string `yaml:"doubt"`
	Light    []string `yaml:"light"`
	Wonder   []string `yaml:"wonder"`
	IfBefore []string `yaml:"if_before"`
	IfAfter  []string `yaml:"if_after"`
	Cancel   []string `yaml:"cancel"`
	Verbs    []string `yaml:"verbs"`
	Subjects []string `yaml:"subjects"`
	Opening  []string `yaml:"opening"`
	What     []string `yaml:"what"`
	Define   []string `yaml:"define"`
	Turn     []string `yaml:"turn"`

	deny, doubt, light, wonder, ifBefore, ifAfter, cancel, verbs, subjects, opening, what, define, turn map[string]bool
}

// index makes the lists into sets.
func (g *grammar) index() {
	for _, p := range []struct {
		set  *map[string]bool
		list []string
	}{{&g.deny, g.Deny}, {&g.doubt, g.Doubt}, {&g.light, g.Light}, {&g.wonder, g.Wonder}, {&g.ifBefore, g.IfBefore},
		{&g.ifAfter, g.IfAfter}, {&g.cancel, g.Cancel}, {&g.verbs, g.Verbs}, {&g.subjects, g.Subjects}, {&g.opening, g.Opening}, {&g.what, g.What}, {&g.define, g.Define}, {&g.turn, g.Turn}} {
		*p.set = map[string]bool{}
		for _, w := range p.list {
			(*p.set)[w] = true
		}
	}
}

// A stance says how a match stands in its sentence.
type stance int

const (
	said stance = iota
	denied
	doubted
)

// maxReach is the most words, all light, between a denial or doubt and what
// it is about.
const maxReach = 7

// maxClause is the most words before a match that are read as its clause.
const maxClause = 40

// stance reads what stands before words[at] in its clause.
func (g *grammar) stance(words []word, at int) stance {
	clause := words[at].clause
	begin := at
	for begin > max(0, at-maxClause) && words[begin-1].clause == clause {
		begin--
	}
	before := words[begin:at]
	result := said
	for i := len(before) - 1; i >= max(0, len(before)-maxReach); i-- {
		w, pair := before[i].text, ""
		if i+1 < len(before) {
			pair = w + " " + before[i+1].text
		}
		if g.doubt[w] {
			return doubted
		}
		if g.deny[w] || g.deny[pair] {
			result = denied
		} else if !g.light[w] {
			break
		}
	}
	if g.asks(before) || g.interrogates(before) || g.defines(words[begin:], at-begin) {
		return doubted
	}
	return result
}

// asks reports whether the clause asks for, or supposes, what follows it.
func (g *grammar) asks(before []word) bool {
	wondering := false
	for i, w := range before {
		switch {
		case g.cancel[w.text]:
			return true
		case g.wonder[w.text]:
			wondering = true
		case w.text == "if":
			if wondering || i > 0 && g.ifBefore[before[i-1].text] || i+1 < len(before) && g.ifAfter[before[i+1].text] {
				return true
			}
		}
	}
	return false
}

// interrogates reports whether the clause is a question about its subject:
// "is my plan …", but not "is my … plan".
func (g *grammar) interrogates(before []word) bool {
	i := 0
	for i < len(before) && g.opening[before[i].text] {
		i++
	}
	if i == len(before) || !g.verbs[before[i].text] {
		return false
	}
	subject := false
	for _, w := range before[i+1:] {
		if !g.light[w.text] && !g.subjects[w.text] {
			return false
		}
		subject = subject || g.subjects[w.text]
	}
	return subject
}

// defines reports whether the clause asks what a term means: "what is a …",
// "what does … mean". The term stands at clause[at]; words of later clauses
// may follow.
func (g *grammar) defines(clause []word, at int) bool {
	i := slices.IndexFunc(clause[:at], func(w word) bool { return g.what[w.text] })
	if i < 0 {
		return false
	}
	plain := true // nothing of weight between "what is" and the term
	for _, w := range clause[i+1 : at] {
		plain = plain && g.light[w.text]
	}
	if plain && (clause[i].text != "what" || i+1 < at && g.light[clause[i+1].text] && g.verbs[clause[i+1].text]) {
		return true
	}
	for j := at + 1; j < len(clause) && clause[j].clause == clause[at].clause; j++ {
		if g.define[clause[j].text] {
			return true
		}
	}
	return false
}

// spread lets a denial govern a list: "not Medicare, Medicaid or auto". The
// matches are in order; a list is joined by commas, "or" and "nor" and has
// one of these two words.
func (g *grammar) spread(words []word, matches []match) {
	for i := 0; i < len(matches); i++ {
		last, or := i, false
		for last+1 < len(matches) {
			joined, hasOr := joint(words, matches[last], matches[last+1])
			if !joined {
				break
			}
			or = or || hasOr
			last++
		}
		next := matches[last].end // the list may go on with what is no match
		or = or || next < len(words) && last > i && (words[next].text == "or" || words[next].text == "nor")
		if or && matches[i].stance != said {
			for j := i + 1; j <= last; j++ {
				if matches[j].stance == said {
					matches[j].stance = matches[i].stance
				}
			}
		}
		i = last
	}
}

// joint reports whether two matches are neighbours in a list, and whether
// "or" or "nor" stands between them.
func joint(words []word, a, b match) (joined, or bool) {
	between := words[a.end:b.start]
	for _, w := range between {
		switch {
		case w.text == "or" || w.text == "nor":
			or = true
		case !slices.Contains([]string{"a", "an", "the", "and", "on", "in", "by"}, w.text):
			return false, false
		}
	}
	return len(between) > 0 || words[b.start].comma, or
}
