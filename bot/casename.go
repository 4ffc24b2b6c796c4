package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
)

// versus matches two parties, "Regence v Washington"; calledCase a decision
// known by one name, "the Hoffman case".
var (
	versus     = regexp.MustCompile(`((?:[A-Z][\w'’&-]+ ){0,3}[A-Za-z][\w'’&-]+) vs?\.? (?:the )?([A-Za-z][\w'’&-]+(?: [A-Z][\w'’&-]+| [Cc]ommissioner){0,3})`)
	calledCase = regexp.MustCompile(`\b([A-Z][a-z]+) (?:case|decision|ruling|lawsuit|opinion)\b`)
)

// otherCases says which decisions the question names that the library does
// not hold under that name, or "".
func (a *Assistant) otherCases(question string) string {
	var missing []string
	for _, m := range versus.FindAllStringSubmatch(question, -1) {
		first := strings.TrimPrefix(strings.TrimPrefix(m[1], "In "), "The ")
		if !a.holdsCase(lastWord(first), opening(m[2])) {
			missing = append(missing, first+" v. "+m[2])
		}
	}
	for _, m := range calledCase.FindAllStringSubmatch(question, -1) {
		if !ordinary[strings.ToLower(m[1])] && !a.holdsCase(m[1]) {
			missing = append(missing, m[1])
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf("Not in this library under that name: the decision in %s.", strings.Join(missing, " or "))
}

func lastWord(s string) string {
	words := strings.Fields(s)
	return words[len(words)-1]
}

// ordinary words stand before "case" and name none.
var ordinary = map[string]bool{"the": true, "this": true, "that": true, "my": true, "our": true, "court": true, "in": true, "any": true, "which": true,
	"what": true, "category": true, "circuit": true, "test": true, "medical": true, "massage": true, "denial": true, "washington": true}

// holdsCase reports whether a decision that the library holds has all of names
// in its title or its names.
func (a *Assistant) holdsCase(names ...string) bool {
	return slices.ContainsFunc(a.Catalog.Sources, func(s *corpus.Source) bool {
		if s.Kind != corpus.Case {
			return false
		}
		known := termForm(s.Title + " " + strings.Join(s.Names, " "))
		return !slices.ContainsFunc(names, func(n string) bool { return !strings.Contains(known, termForm(n)) })
	})
}
