package cite

import (
	"regexp"
	"sort"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// minQuoted is the fewest words in quotation marks that count as a
// quotation in a draft; one word alone is mostly a term.
const minQuoted = 2

// pair gives each quotation of text, of two words or more, to the citation
// it belongs to:
//
//   - the nearest one in its own sentence, in bytes between the two; of two
//     equally near, the later;
//   - else the first one of the next sentence, if that begins with it
//     ("…" RCW 48.43.045(1).);
//   - else the last one of the sentence before.
//
// A quotation without any is left alone. Neither a quotation nor a citation
// is broken by a full stop inside it.
func pair(text string, found []citation.Found) [][]quoted {
	out := make([][]quoted, len(found))
	if len(found) == 0 {
		return out
	}
	quotes := quotations(text)
	ends := sentenceEnds(text, quotes, found)
	at := func(offset int) int { return sort.SearchInts(ends, offset+1) } // the sentence of an offset
	first := map[int]int{}                                                // citation with which a sentence starts its citations
	last := map[int]int{}
	for i, f := range found {
		n := at(f.Start)
		if _, ok := first[n]; !ok {
			first[n] = i
		}
		last[n] = i
	}
	for _, q := range quotes {
		if len(strings.Fields(q.text(text))) < minQuoted {
			continue
		}
		n := at(q.start)
		if i, ok := first[n]; ok {
			i = nearest(found[i:last[n]+1], q) + i
			out[i] = append(out[i], q)
		} else if i, ok := first[n+1]; ok && opens.MatchString(text[ends[n]:found[i].Start]) {
			out[i] = append(out[i], q)
		} else if i, ok := last[n-1]; ok {
			out[i] = append(out[i], q)
		}
	}
	return out
}

// opens matches what may stand before a citation that is a sentence.
var opens = regexp.MustCompile(`^[\s("'\[–—-]*(?i:see |accord |under |from |source: |cf\. )?[\s"'(\[]*$`)

// nearest is the place in found, which is in order, of the citation nearest
// to q.
func nearest(found []citation.Found, q quoted) int {
	after := sort.Search(len(found), func(i int) bool { return found[i].Start >= q.end })
	switch {
	case after == 0:
		return 0
	case after == len(found) || q.start-found[after-1].End < found[after].Start-q.end:
		return after - 1
	}
	return after
}

// stop matches the end of a sentence: a stop, closing marks, white space and
// a capital, digit, section sign or opening mark; or an empty line.
var stop = regexp.MustCompile(`[.?!]["'”’)\]]*\s+[\p{Lu}\d§"'“‘(\[]|\n[ \t]*\n`)

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
