package citation

import (
	"regexp"
	"strings"
)

// articleForm is the end of an article's reference: "2017;166(7):514-530".
var articleForm = regexp.MustCompile(`^((?:19|20)\d\d)(?: [a-z]{3,9}\.?(?: \d{1,2})?)?; ?(\d{1,4})?(?: ?\(([^() ]{1,12})\))?: ?([a-z]{0,2}\d{1,7})(?:-[a-z]?\d{1,7})?`)

// article reads a journal article at its year; the journal's name stands
// before it. Issue and last page are dropped.
func (t *folded) article(i int) []hit {
	w := t.window(i)
	m := articleForm.FindSubmatch(w)
	if m == nil || isWord(t.low(i+len(m[0]))) {
		return nil
	}
	volume := string(m[2])
	if volume == "" {
		volume = string(m[3])
	}
	start, title := t.journal(i)
	if title == "" || volume == "" || namesLaw(title) {
		return nil
	}
	h := hit{start: start, end: i + len(m[0])}
	h.cite = Citation{System: Journal, Number: title + " " + string(m[1]) + ";" + volume + ":" + strings.ToUpper(string(m[4]))}
	h.cite.Pin, h.end = t.page(h.end)
	return []hit{h}
}

// namesLaw reports whether a title ends in the name of a system, whose
// number the year then is.
func namesLaw(title string) bool {
	t := fold(title)
	for i := range t.lower {
		if _, end, ok := t.name(i, names); ok && end == len(t.lower) && t.wordStart(i) {
			return true
		}
	}
	return false
}

// mostTitleWords bounds a journal's name.
const mostTitleWords = 8

// notTitle has the words that come before a journal's name, not in it.
var notTitle = map[string]bool{"in": true, "see": true, "the": true, "and": true, "from": true, "of": true, "per": true, "cf": true, "also": true}

// journal reads the name that ends before i: capitalised words and the small
// ones between them.
func (t *folded) journal(i int) (int, string) {
	var words []string
	start, j := i, i
	for len(words) < mostTitleWords {
		k := j
		for k > j-4 && (t.low(k-1) == ' ' || t.low(k-1) == '.') {
			k--
		}
		if k == j {
			break
		}
		from := k
		for from > k-24 && isAlpha(t.low(from-1)) {
			from--
		}
		if from == k || isWord(t.low(from-1)) || t.low(from-1) == '-' {
			break
		}
		w := string(t.cased[from:k])
		if small := w[0] >= 'a'; small && !notTitle[w] && w != "for" || len(words) > 0 && t.low(k) == '.' && len(w) > 6 {
			break
		}
		words = append([]string{w}, words...)
		start, j = from, from
	}
	for len(words) > 0 && notTitle[strings.ToLower(words[0])] {
		start = t.nextWord(start)
		words = words[1:]
	}
	return start, strings.Join(words, " ")
}

// nextWord is the start of the word after the one at i.
func (t *folded) nextWord(i int) int {
	for i++; i < len(t.lower) && !t.wordStart(i); i++ {
	}
	return i
}
