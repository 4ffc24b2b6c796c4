package cite

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

var (
	// marked matches the mark of a footnote right behind a quotation.
	marked = regexp.MustCompile(`^["”’'.,;:)*_]*[ \t]?(?:\^?\[\^?(\d{1,3})\]|\^(\d{1,3})\b|([¹²³⁰-⁹]+))`)
	// noteLine matches the beginning of a footnote.
	noteLine = regexp.MustCompile(`(?m)^[ \t>*_]*(?:\^?\[\^?(\d{1,3})\]:?|\^(\d{1,3})|([¹²³⁰-⁹]+)|(\d{1,3})[.):])[ \t]+`)
)

// noteMark is the number of the footnote whose mark text begins with, or 0.
func noteMark(text string) int {
	return noteNumber(marked.FindStringSubmatch(text[:min(len(text), 16)]))
}

// footnotes are the citations of each footnote of text, by its number; of two
// with one number the later, for notes stand at the end.
func footnotes(text string, found []citation.Found) map[int][]int {
	out := map[int][]int{}
	lines := noteLine.FindAllStringSubmatchIndex(text, -1)
	c := 0
	for i, m := range lines {
		end := len(text)
		if i+1 < len(lines) {
			end = lines[i+1][0]
		}
		if at := strings.Index(text[m[1]:end], "\n\n"); at >= 0 {
			end = m[1] + at
		}
		var sub []string
		for k := 0; k < len(m); k += 2 {
			if sub = append(sub, ""); m[k] >= 0 {
				sub[len(sub)-1] = text[m[k]:m[k+1]]
			}
		}
		var list []int
		for c < len(found) && found[c].Start < end {
			if found[c].Start >= m[1] {
				list = append(list, c)
			}
			c++
		}
		if n := noteNumber(sub); n > 0 && len(list) > 0 {
			out[n] = list
		}
	}
	return out
}

// noteNumber reads the one group of a match that is not empty.
func noteNumber(groups []string) int {
	for i, g := range groups {
		if i > 0 && g != "" {
			n, _ := strconv.Atoi(raised.Replace(g))
			return n
		}
	}
	return 0
}

var raised = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
