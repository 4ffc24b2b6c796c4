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

// meant is the official words at cite that quote is a near form of, or "".
func (d *draft) meant(cite citation.Citation, quote string) string {
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
	i0, i1, j0, j1, n := aligned(q, o)
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
	if form == corpus.Digest && len(fields) <= corpus.MaxQuote {
		return n, text
	}
	start := max(0, from+j0-i0)
	return n, clip(strings.Join(fields[start:min(len(fields), from+j1+len(q)-i1)], " "))
}

// densest is where in o the stretch begins that holds most of q's words.
func densest(q, o []string) int {
	width := 2*len(q) + 8
	in, best, at := 0, -1, 0
	for i, w := range o {
		if slices.Contains(q, w) {
			in++
		}
		if i >= width && slices.Contains(q, o[i-width]) {
			in--
		}
		if in > best {
			best, at = in, max(0, i-width+1)
		}
	}
	return at
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
