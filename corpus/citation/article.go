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
	if title == "" || volume == "" {
		return nil
	}
	h := hit{start: start, end: i + len(m[0])}
	h.cite = Citation{System: Journal, Number: title + " " + string(m[1]) + ";" + volume + ":" + articlePage(string(m[4]))}
	h.cite.Pin, h.end = t.page(h.end)
	return []hit{h}
}

// articlePage spells a first page: "e89304" and "j3221", but "CD001929" and
// "S12" (of a supplement).
func articlePage(s string) string {
	if s[0] != 's' && len(s) > 1 && isDigit(s[1]) {
		return s
	}
	return strings.ToUpper(s)
}

// mostTitleWords bounds a journal's name.
const mostTitleWords = 8

var (
	smallWords = set("of and the in for on")
	// notTitle has the words that come before a journal's name, not in it.
	notTitle = set("of and the in for on see from per cf also by")
)

// journal reads the name that ends before i: capitalised words and the small
// ones between them.
func (t *folded) journal(i int) (int, string) {
	var words []string
	start := i
	for len(words) < mostTitleWords {
		end := t.back(start)
		dotted := t.low(end-1) == '.'
		if dotted {
			end--
		}
		w := t.wordBefore(end)
		from := end - len(w)
		sentence := dotted && len(words) > 0 && len(w) > 6 // "… therapy. Ann Intern Med"
		if w == "" || end == start || from < t.taken || isWord(t.low(from-1)) || t.low(from-1) == '-' || sentence {
			break
		}
		if small := w[0] >= 'a'; small && (len(words) == 0 || !smallWords[w]) {
			break
		}
		words = append([]string{w}, words...)
		start = from
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
