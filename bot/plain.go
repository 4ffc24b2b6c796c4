package bot

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// glossaryID names the source whose parts are terms explained in plain
// words; maxTerms is how many an answer explains.
const (
	glossaryID = "glossary"
	maxTerms   = 4
)

// explain adds to d what its terms mean, in the glossary's words, which are
// checked and cited like any other: the first ones that the answer uses.
func (a *Assistant) explain(d *draft) {
	s := a.Catalog.Source(glossaryID)
	if s == nil {
		return
	}
	var said strings.Builder
	for _, p := range d.points {
		said.WriteString(" " + termForm(p.say))
	}
	text := said.String() + " "
	at := map[citation.Pinpoint]int{}
	for _, p := range s.Passages {
		if i := strings.Index(text, " "+termForm(p.Heading)+" "); p.Pin != "" && i >= 0 {
			at[p.Pin] = i
		}
	}
	terms := slices.SortedFunc(maps.Keys(at), func(x, y citation.Pinpoint) int {
		return cmp.Or(cmp.Compare(at[x], at[y]), cmp.Compare(x, y))
	})
	for _, pin := range terms[:min(maxTerms, len(terms))] {
		d.take(s, pin, Terms, 1, nil)
	}
}

// termForm folds text for finding terms as whole words: lower case, hyphens
// and marks as spaces.
func termForm(text string) string {
	fold := func(r rune) rune {
		if strings.ContainsRune(`-–,.;:()"'?!`, r) {
			return ' '
		}
		return r
	}
	return strings.Join(strings.Fields(strings.Map(fold, strings.ToLower(text))), " ")
}
