package cite

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Likeness of a quotation that is near official words. It serves to name the
// words that were meant and never to accept any.
const (
	minMeant  = 4   // words the two share in order
	partMeant = 0.6 // of the words from the first shared to the last, in each
	mostWords = 120 // of a quotation compared
)

// meant is the official words at cite that quote, or a part of it between
// ellipses, is a near form of, or "".
func (d *draft) meant(cite citation.Citation, quote string) string {
	words := d.meantWhole(cite, quote)
	if parts := readQuotation(quote).parts; words == "" && len(parts) > 1 {
		for _, part := range parts {
			if _, _, err := d.quoteOrDigest(cite, part); err == nil {
				continue
			}
			if words = d.meantWhole(cite, part); words != "" {
				break
			}
		}
	}
	return words
}

func (d *draft) meantWhole(cite citation.Citation, quote string) string {
	q := strings.Fields(strings.ToLower(Normalise(quote).Text))
	q = q[:min(len(q), mostWords)]
	for i := range q {
		q[i] = strings.Trim(q[i], `.,;:"'()[]…`)
	}
	if len(q) < minMeant {
		return ""
	}
	best, words := 0, ""
	for _, s := range d.deciding(cite) {
		for _, o := range WordsAt(s, cite.Pin) {
			if n, w := d.near(q, d.read.normal(o).Text, s.Form); n > best {
				best, words = n, w
			}
		}
	}
	return words
}

// near compares q with an official text: how many words they share in order,
// and those of the text, if that is near.
func (d *draft) near(q []string, text string, form corpus.Form) (int, string) {
	fields := strings.Fields(text)
	o := make([]string, len(fields))
	for i, f := range fields {
		o[i] = strings.Trim(strings.ToLower(f), `.,;:"'()[]`)
	}
	from := 0
	if len(o) > 3*len(q) {
		from = densest(q, o)
		o = o[from:min(len(o), from+2*len(q)+8)]
	}
	if d.budget -= len(q) * len(o); d.budget < 0 {
		return 0, ""
	}
	i0, i1, j0, j1, n := closest(q, o)
	if n < minMeant || float64(n) < partMeant*float64(max(i1-i0, j1-j0)+1) {
		return 0, ""
	}
	most := float64(n) >= partMeant*float64(len(q))
	if !most && (form != corpus.Digest || float64(n) < 0.75*float64(len(o))) {
		return 0, ""
	}
	if i1-i0+1 == n && j1-j0+1 == n { // the same words; do the two part ways before or after them?
		before, after := i0 > 0 && from+j0 > 0, i1+1 < len(q) && from+j1+1 < len(fields)
		if !before && !after {
			return 0, ""
		}
	}
	if form == corpus.Digest && slices.Contains(o, "…") && besideGaps(q, o) >= n {
		return 0, ""
	}
	if form == corpus.Digest && len(fields) <= corpus.MaxQuote {
		return n, text
	}
	start := max(0, from+j0-i0)
	return n, clip(strings.Join(fields[start:min(len(fields), from+j1+len(q)-i1)], " "))
}

// besideGaps is the most words of q that stand in o where q differs from o
// only by words that are not held: in the place of an ellipsis of o, or before
// and after it all. It is -1 where q differs otherwise.
func besideGaps(q, o []string) int {
	const never = -1 << 20
	w := len(o) + 1
	best := make([]int, (len(q)+1)*w) // of q[i:] against o[j:]
	most := never
	for i := len(q) - 1; i >= 0; i-- {
		for j := len(o) - 1; j >= 0; j-- {
			switch here := &best[i*w+j]; {
			case o[j] == "…":
				*here = max(best[i*w+j+1], best[(i+1)*w+j])
			case q[i] == o[j]:
				*here = 1 + best[(i+1)*w+j+1]
			default:
				*here = never
			}
			if i == 0 || j == 0 {
				most = max(most, best[i*w+j])
			}
		}
	}
	return max(most, -1)
}

// densest is where in o the stretch begins that holds most of q's words, each
// counted as often as q has it.
func densest(q, o []string) int {
	width := 2*len(q) + 8
	want, have := map[string]int{}, map[string]int{}
	for _, w := range q {
		want[w]++
	}
	in, best, at := 0, -1, 0
	for i, w := range o {
		if have[w]++; have[w] <= want[w] {
			in++
		}
		if i >= width {
			gone := o[i-width]
			if have[gone] <= want[gone] {
				in--
			}
			have[gone]--
		}
		if in > best {
			best, at = in, max(0, i-width+1)
		}
	}
	return at
}

// closest is aligned with the places as close together as they can be: the
// first alignment ends as early as any, and of those that end there the one
// that begins last is taken.
func closest(q, o []string) (i0, i1, j0, j1, n int) {
	i0, i1, j0, j1, n = aligned(q, o)
	if n < minMeant || j1-j0+1 == n {
		return i0, i1, j0, j1, n
	}
	x, y := slices.Clone(q[:i1+1]), slices.Clone(o[:j1+1])
	slices.Reverse(x)
	slices.Reverse(y)
	a0, a1, b0, b1, m := aligned(x, y)
	if m != n {
		return i0, i1, j0, j1, n
	}
	return i1 - a1, i1 - a0, j1 - b1, j1 - b0, n
}

// aligned finds a longest common subsequence of q and o: its first and last
// places in each, and its length.
func aligned(q, o []string) (i0, i1, j0, j1, n int) {
	w := len(o) + 1
	long := make([]int16, (len(q)+1)*w)
	for i := len(q) - 1; i >= 0; i-- {
		for j := len(o) - 1; j >= 0; j-- {
			if q[i] == o[j] && q[i] != "" {
				long[i*w+j] = long[(i+1)*w+j+1] + 1
			} else {
				long[i*w+j] = max(long[(i+1)*w+j], long[i*w+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(q) && j < len(o); {
		switch {
		case q[i] == o[j] && q[i] != "":
			if n == 0 {
				i0, j0 = i, j
			}
			i1, j1 = i, j
			n++
			i, j = i+1, j+1
		case long[(i+1)*w+j] >= long[i*w+j+1]:
			i++
		default:
			j++
		}
	}
	return i0, i1, j0, j1, n
}
