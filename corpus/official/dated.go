package official

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
)

// datePages dates the pages that name no day. What cannot be dated is
// returned as skipped.
func datePages(pages []savedPage) (dated []savedPage, skipped []Outcome) {
	for _, p := range pages {
		if p.byAct {
			day, byOther := dayOf(p, pages)
			if day == "" {
				skipped = append(skipped, Outcome{Cite: p.parsed[0].Source.Cite, From: p.name, Result: Skipped,
					Note: "it names no day it was captured, and no enactment that dates it: give --captured"})
				continue
			}
			p.byAct = !byOther
			p.page.Captured = day
			parsed, err := Parse(p.page)
			if err != nil {
				skipped = append(skipped, Outcome{From: p.name, Result: Skipped, Note: err.Error()})
				continue
			}
			p.parsed = parsed
		}
		dated = append(dated, p)
	}
	return dated, skipped
}

// dayOf is the day p's text was shown for certain: that of another page of
// the same words, or else the day its newest enactment took effect.
func dayOf(p savedPage, pages []savedPage) (day corpus.Date, byOther bool) {
	for _, other := range pages {
		if !other.byAct && len(p.parsed) == 1 && len(other.parsed) == 1 && sameWords(p.parsed[0].Source, other.parsed[0].Source) {
			day = max(day, other.page.Captured)
		}
	}
	if day != "" {
		return day, true
	}
	for _, x := range p.parsed {
		d := x.Source.Capture.Effective.Last()
		if d == "" || d > p.page.Captured {
			return "", false
		}
		day = max(day, d)
	}
	return day, false
}

// sameWords reports whether two texts of one provision have the same words,
// in the same order, however they are cut and marked.
func sameWords(a, b *corpus.Source) bool {
	return a.Cite == b.Cite && slices.Equal(bagOf(a), bagOf(b))
}

// bagOf is the words of a text, sorted: what follows an inner level stands
// in another place in a text that is cut otherwise.
func bagOf(s *corpus.Source) []string {
	var out []string
	for _, p := range s.Passages {
		if p.Heading != s.Title {
			out = append(out, strings.Fields(dashes.Replace(p.Heading))...)
		}
		for _, w := range strings.Fields(dashes.Replace(p.Text)) {
			if w != "…" {
				out = append(out, w)
			}
		}
	}
	slices.Sort(out)
	return out
}
