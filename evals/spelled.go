package evals

import (
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// spellings are ways to write one citation, by system: {n} is the number as
// the code prints it, {d} with spaces for dots and hyphens, {t} and {s} the
// title and section of federal law.
var spellings = map[citation.System][]string{
	citation.RCW: {"RCW {n}", "rcw {n}", "RCW{n}", "R.C.W. {n}", "RCW § {n}", "RCW §{n}", "Wash. Rev. Code § {n}", "Wash. Rev. Code {n}",
		"Revised Code of Washington {n}", "rcw {d}", "{n}", "what does RCW {n} say?", "RCW sec. {n}", "section {n} RCW"},
	citation.WAC: {"WAC {n}", "wac {n}", "W.A.C. {n}", "WAC § {n}", "Wash. Admin. Code § {n}", "Washington Administrative Code {n}",
		"wac {d}", "{n}", "WAC{n}", "what does WAC {n} say?"},
	citation.USC: {"{t} U.S.C. {s}", "{t} USC {s}", "{t} U.S.C. § {s}", "{t} usc {s}", "{t} USC sec. {s}", "{t} U.S.C.A. § {s}",
		"section {s} of title {t}", "{t} U. S. C. § {s}", "what does {t} USC {s} say?"},
	citation.US:  {"{t} U.S. {s}", "{t} US {s}", "{t} U. S. {s}", "{t} U.S. {s} (2003)"},
	citation.CPT: {"CPT {n}", "cpt code {n}", "{n}", "CPT® {n}", "procedure code {n}"},
}

// Spellings is how many ways there are.
func Spellings() int {
	n := 0
	for _, list := range spellings {
		n += len(list)
	}
	return n
}

// Spelled is a citation in every spelling of its system; none for a chapter,
// and for systems that have but one.
func Spelled(c citation.Citation) []string {
	if c.System == citation.RCW && strings.Count(c.Number, ".") < 2 {
		return nil
	}
	title, section, _ := strings.Cut(c.Number, " ")
	fill := strings.NewReplacer("{n}", c.Number, "{d}", strings.NewReplacer(".", " ", "-", " ").Replace(c.Number), "{t}", title, "{s}", section)
	var out []string
	for _, form := range spellings[c.System] {
		out = append(out, fill.Replace(form))
	}
	return out
}
