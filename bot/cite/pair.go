package cite

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// minQuoted is the fewest words in quotation marks that count as a
// quotation in a draft; one word alone is mostly a term.
const minQuoted = 2

// A paired is a quotation with the citation that it belongs to.
type paired struct {
	quoted
	// loose: nothing but nearness ties the two, and the words may be others'.
	// far: they do not even stand in one sentence.
	loose, far bool
}

// A pairing gives the quotations of a text to its citations.
type pairing struct {
	text   string
	found  []citation.Found
	quotes []quoted
	ends   []int         // of the sentences
	first  map[int]int   // the first citation of a sentence
	last   map[int]int   // the last one
	notes  map[int][]int // the citations of a footnote, by its number
	inside map[int]bool  // citations that stand in a quotation
	// stands reports whether a quotation stands in the place of a citation.
	stands func(i int, q quoted) bool
}

// pair gives each quotation of text, of two words or more, to the citation
// it belongs to: the footnote's, where it has one; else the one that it is
// tied to by words or marks (see tied); else the nearest of its sentence, the
// citation that is the next sentence, or the last one of the sentence before
// in the same paragraph. Where no tie decides, or citations stand in a list,
// it goes to the first of them where it stands. A citation inside a quotation
// has none, and a quotation that says itself that it does not stand there, or
// is somebody else's speech and no law, is left alone. Neither a quotation nor
// a citation is broken by a full stop inside it.
func pair(text string, found []citation.Found, stands func(i int, q quoted) bool) [][]paired {
	out := make([][]paired, len(found))
	if len(found) == 0 {
		return out
	}
	p := newPairing(text, found, stands)
	for _, q := range p.quotes {
		if len(strings.Fields(q.text(text))) < minQuoted {
			continue
		}
		if i, loose := p.owner(q); i >= 0 {
			far := loose && p.found[i].End <= q.start && p.sentence(p.found[i].Start) < p.sentence(q.start) && !q.block
			out[i] = append(out[i], paired{q, loose, far})
		}
	}
	return out
}

func newPairing(text string, found []citation.Found, stands func(i int, q quoted) bool) *pairing {
	p := &pairing{text: text, found: found, stands: stands, first: map[int]int{}, last: map[int]int{}, inside: map[int]bool{}}
	c := 0
	for _, q := range withBlocks(text, quotations(text), found) {
		for c < len(found) && found[c].End <= q.start {
			c++
		}
		n := c
		for n < len(found) && found[n].End <= q.end {
			n++
		}
		if citesOnly(text, q, found[c:n]) { // the citation itself stands in the marks
			continue
		}
		for i := c; i < n; i++ {
			p.inside[i] = true
		}
		p.quotes = append(p.quotes, q)
	}
	p.ends = sentenceEnds(text, p.quotes, found)
	for i, f := range found {
		if n := p.sentence(f.Start); !p.inside[i] {
			if _, ok := p.first[n]; !ok {
				p.first[n] = i
			}
			p.last[n] = i
		}
	}
	p.notes = footnotes(text, found)
	return p
}

// citesOnly reports whether a quotation holds nothing but citations.
func citesOnly(text string, q quoted, inside []citation.Found) bool {
	at := q.start
	for _, f := range inside {
		if hasWord(text[at:f.Start]) {
			return false
		}
		at = f.End
	}
	return len(inside) > 0 && !hasWord(text[at:q.end])
}

// sentence is the number of the sentence at an offset.
func (p *pairing) sentence(offset int) int { return sort.SearchInts(p.ends, offset+1) }

// owner is the citation that q belongs to, or -1, and whether they are tied
// loosely.
func (p *pairing) owner(q quoted) (int, bool) {
	if list := p.notes[noteMark(p.text[q.end:])]; list != nil {
		return p.choose(q, list), false
	}
	before, after := p.around(q)
	if after >= 0 && denied.MatchString(p.between(q.end, p.found[after].Start)) {
		return -1, false
	}
	if i := p.tied(q, before, after); i >= 0 {
		return p.choose(q, p.listed(i, i == before)), false
	}
	list := p.near(q, before, after)
	if len(list) == 0 {
		return -1, false
	}
	i := p.choose(q, list)
	return i, true
}

// around are the citations of q's own sentence right before and after it, or
// -1.
func (p *pairing) around(q quoted) (before, after int) {
	before, after = -1, -1
	n := p.sentence(q.start)
	if _, ok := p.first[n]; !ok {
		return before, after
	}
	at := sort.Search(len(p.found), func(i int) bool { return p.found[i].Start >= q.start })
	for i := at - 1; i >= p.first[n] && before < 0; i-- {
		if !p.inside[i] {
			before = i
		}
	}
	for i := at; i <= p.last[n] && after < 0; i++ {
		if !p.inside[i] && p.found[i].Start >= q.end {
			after = i
		}
	}
	return before, after
}

// tied is the citation that words or marks tie q to: the one whose brackets it
// stands in (RCW 1.2.345 (a plan "may not …")); the one in brackets or
// behind a comma after it, unless that introduces a quotation of its own; else
// the one before it that "says" it; or -1.
func (p *pairing) tied(q quoted, before, after int) int {
	if before >= 0 && inBrackets(p.between(p.found[before].End, q.start)) {
		return before
	}
	if after >= 0 {
		f := p.found[after]
		if attached.MatchString(p.between(q.end, f.Start)) && (before < 0 || !p.introduces(after)) {
			return after
		}
	}
	if before >= 0 && says.MatchString(p.lead(p.found[before].End, q.start)) {
		return before
	}
	return -1
}

// inBrackets reports whether brackets opened right behind a citation are
// still open where text ends.
func inBrackets(text string) bool {
	text = strings.TrimLeft(text, " ,\n")
	return strings.HasPrefix(text, "(") && strings.Count(text, "(") > strings.Count(text, ")")
}

// farthest is how many bytes may stand between a quotation and its citation.
const farthest = 2000

// between is what stands between two offsets, or an empty line where that is
// too much to belong together.
func (p *pairing) between(from, to int) string {
	if to-from > farthest {
		return "\n\n"
	}
	return p.text[from:to]
}

// lead is what leads from a citation to a quotation, without its mark.
func (p *pairing) lead(from, to int) string {
	return strings.TrimRight(p.between(from, to), `"“„«`)
}

// introduces reports whether a citation is followed by words of saying and a
// quotation.
func (p *pairing) introduces(i int) bool {
	from := p.found[i].End
	n := sort.Search(len(p.quotes), func(n int) bool { return p.quotes[n].start >= from })
	return n < len(p.quotes) && says.MatchString(p.lead(from, p.quotes[n].start))
}

// mostNear is how many citations a quotation is tried at.
const mostNear = 6

// near are the citations that may have q where none is tied to it, the
// likeliest first.
func (p *pairing) near(q quoted, before, after int) []int {
	n := p.sentence(q.start)
	var out []int
	next, hasNext := p.first[n+1]
	if hasNext {
		between := p.between(q.end, p.found[next].Start)
		switch {
		case paragraph.MatchString(between) && !q.block && !sentenceAlone.MatchString(p.text[p.stopOf(next):]), !opens.MatchString(p.text[min(p.ends[n], p.found[next].Start):p.found[next].Start]):
			hasNext = false
		case citationAlone.MatchString(p.text[p.stopOf(next):]):
			if after < 0 {
				out = p.listed(next, false)
			}
		case before >= 0 || after >= 0 || p.previous(q, n) >= 0:
			hasNext = false
		}
	}
	if before >= 0 || after >= 0 {
		if own := p.own(n, q); hasWord(p.text[q.end:min(p.ends[n], len(p.text))]) {
			out = append(own, out...)
		} else {
			out = append(out, own...)
		}
		return atMost(out, mostNear)
	}
	switch i := p.previous(q, n); {
	case len(out) > 0:
	case hasNext:
		out = p.listed(next, false)
	case i >= 0:
		out = p.listed(i, true)
	}
	return atMost(out, mostNear)
}

// stopOf is where a citation ends, without its own full stop ("id.").
func (p *pairing) stopOf(i int) int {
	end := p.found[i].End
	if p.text[end-1] == '.' {
		end--
	}
	return end
}

// own are the citations of q's sentence, the nearest first; of two equally
// near, the later.
func (p *pairing) own(n int, q quoted) []int {
	var out []int
	at := sort.Search(len(p.found), func(i int) bool { return p.found[i].Start >= q.start })
	for i := max(at-mostNear, p.first[n]); i <= min(at+2*mostNear, p.last[n]); i++ {
		if !p.inside[i] {
			out = append(out, i)
		}
	}
	far := func(i int) int {
		if p.found[i].End <= q.start {
			return q.start - p.found[i].End
		}
		return p.found[i].Start - q.end
	}
	slices.SortStableFunc(out, func(a, b int) int {
		if d := far(a) - far(b); d != 0 {
			return d
		}
		return b - a
	})
	return out
}

// previous is the last citation of the sentence before q's, in the same
// paragraph, or -1. A block stands in the paragraph that leads up to it.
func (p *pairing) previous(q quoted, n int) int {
	i, ok := p.last[n-1]
	if !ok {
		return -1
	}
	between := p.between(p.found[i].End, q.start)
	if q.block {
		between = strings.TrimRight(between, " \t\n>")
		if stop.MatchString(between) {
			return -1
		}
	}
	if paragraph.MatchString(between) {
		return -1
	}
	return i
}

// choose is the first citation of a list where q stands, else the first.
func (p *pairing) choose(q quoted, list []int) int {
	if len(list) > 1 && p.stands != nil {
		for _, i := range list {
			if p.stands(i, q) {
				return i
			}
		}
	}
	return list[0]
}

// listed is a citation with those that stand in a list with it, on the side
// away from the quotation.
func (p *pairing) listed(i int, back bool) []int {
	out := []int{i}
	for len(out) < mostNear {
		a, b := i, i+1
		if back {
			a, b = i-1, i
		}
		if a < 0 || b >= len(p.found) || p.inside[a] || p.inside[b] || !joint.MatchString(p.text[p.found[a].End:p.found[b].Start]) {
			break
		}
		if i = b; back {
			i = a
		}
		out = append(out, i)
	}
	return out
}

func atMost(list []int, n int) []int { return list[:min(len(list), n)] }

// stop matches the end of a sentence: a stop, closing marks, a footnote's
// mark, white space and a capital, digit, section sign or opening mark; or an
// empty line, an item of a list or a row.
var stop = regexp.MustCompile(`[.?!]["'”’)\]*_]*(?:\^?\[\^?\d{1,3}\]|\^\d{1,3}|[¹²³⁰-⁹]+)?\s+[\p{Lu}\d§"'“„«‘(\[*_]|\n[ \t>]*\n|\n[ \t]*(?:[-*•+#|{]|\d{1,3}[.)]|\^?\[\^?\d{1,3}\]|[¹²³⁰-⁹]+)[ \t*"]|\n> ?\n`)

// paragraph matches the empty line between two.
var paragraph = regexp.MustCompile(`\n[ \t>]*\n`)

// shortened matches a text that ends with an abbreviation's point.
var shortened = regexp.MustCompile(`(?:\b[A-Z]|\b(?:v|vs|No|Nos|Sec|Secs|Art|Ch|ch|Dr|Mr|Ms|Mrs|Inc|Co|Corp|Ass'n|Dep't|Rev|Stat|Code|Wash|Cal|Fla|U\.S|e\.g|i\.e|cf|Cf|al|seq|Supp|Fed|Reg|Pub|L))\.$`)

// sentenceEnds are the offsets at which text's sentences end, the last of
// them its length, none inside a quotation or citation.
func sentenceEnds(text string, quotes []quoted, found []citation.Found) []int {
	var out []int
	q, c := 0, 0
	for _, m := range stop.FindAllStringIndex(text, -1) {
		end := m[0] + 1
		for q < len(quotes) && quotes[q].end < end {
			q++
		}
		for c < len(found) && found[c].End < end {
			c++
		}
		inQuote := q < len(quotes) && quotes[q].start < end && end < quotes[q].end
		inCite := c < len(found) && found[c].Start < end && end < found[c].End
		if text[m[0]] == '.' && shortened.MatchString(text[max(0, end-8):end]) {
			continue
		}
		if !inQuote && !inCite {
			out = append(out, end)
		}
	}
	return append(out, len(text)+1)
}
