package citation

// A part is what a word before a number says the number is of.
type part int

const (
	noPart    part = iota
	aNumber        // "no. 30.3.3"
	aSection       // "section", "§"
	aChapter       // "chapter", "part"
	wholeWord      // "title"
)

// A leadWord is a word that stands before a number.
type leadWord struct {
	part   part
	plural bool
}

var leadWords = map[string]leadWord{
	"no": {part: aNumber}, "nos": {aNumber, true}, "number": {part: aNumber}, "numbers": {aNumber, true},
	"s": {part: aSection}, "ss": {aSection, true}, "sec": {part: aSection}, "secs": {aSection, true}, "sect": {part: aSection},
	"sects": {aSection, true}, "section": {part: aSection}, "sections": {aSection, true},
	"ch": {part: aChapter}, "chs": {aChapter, true}, "chap": {part: aChapter}, "chaps": {aChapter, true},
	"chapter": {part: aChapter}, "chapters": {aChapter, true},
	"pt": {part: aChapter}, "pts": {aChapter, true}, "part": {part: aChapter}, "parts": {aChapter, true},
	"title": {part: wholeWord}, "titles": {wholeWord, true},
}

// A lead is all that stands before a number: "§§", ", section", "No.".
type lead struct {
	leadWord
	end int // where the number should be
}

// marked reports whether a section sign or a word for a section was read.
func (l lead) marked() bool { return l.part >= aSection }

// lead reads what may stand between a name and a number, at i.
func (t *folded) lead(i int) lead {
	l := lead{end: t.skip(i)}
	if b := t.low(i); b == ':' || b == '.' || b == '-' {
		l.end = t.skip(i + 1)
	}
	for range 3 {
		j := l.end
		if t.low(j) == ',' {
			j = t.skip(j + 1)
			if _, _, ok := t.leadWord(j); !ok {
				return l
			}
		}
		w, end, ok := t.leadWord(j)
		if !ok {
			return l
		}
		l.part, l.plural, l.end = max(l.part, w.part), l.plural || w.plural, end
	}
	return l
}

// leadWord reads a word of leadWords, section signs or a number sign at i,
// and the period and spaces after.
func (t *folded) leadWord(i int) (leadWord, int, bool) {
	switch t.low(i) {
	case sectionSign:
		w := leadWord{part: aSection}
		if i++; t.low(i) == sectionSign {
			w.plural = true
			i++
		}
		return w, t.skip(i), true
	case '#':
		return leadWord{part: aNumber}, t.skip(i + 1), true
	}
	s, j := t.word(i)
	w, ok := leadWords[s]
	if !ok {
		return w, i, false
	}
	if t.low(j) == '.' {
		j++
	}
	return w, t.skip(j), true
}

// comma is the position after a comma at i, if there is one, and the spaces
// around it.
func (t *folded) comma(i int) int {
	i = t.skip(i)
	if t.low(i) == ',' {
		i = t.skip(i + 1)
	}
	return i
}

// ofThe is the position after "of" or "of the" at i.
func (t *folded) ofThe(i int) (int, bool) {
	w, j := t.word(i)
	if w != "of" && w != "under" && w != "in" {
		return i, false
	}
	j = t.skip(j)
	if w, k := t.word(j); w == "the" {
		j = t.skip(k)
	}
	return j, true
}

// digits is the run of digits at i, short of one that is no number of ours.
func (t *folded) digits(i int) string {
	const longest = 8
	j := i
	for j < i+longest && isDigit(t.low(j)) {
		j++
	}
	if j == i {
		return ""
	}
	return string(t.lower[i:j])
}
