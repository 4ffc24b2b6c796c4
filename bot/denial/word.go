package denial

import (
	"strings"
	"unicode"
)

// A word is a run of letters and digits of the text, with the apostrophes and
// the & inside it.
type word struct {
	start, end int    // runes
	text       string // in small letters, ligatures spelled out
	id         int32  // of the lexicon, or 0
	line       int
	capital    bool // its first letter is one
	digits     bool // has digits only
	held       bool // a placeholder: "[DATE_2]"
}

// maxWord is the most letters of a word that is looked up.
const maxWord = 40

// maxPlaceholder is more than the runes of a placeholder.
const maxPlaceholder = 40

// split cuts a text into words. A word broken by a hyphen at the end of a line
// is one word where the lexicon has it.
func (x *lexicon) split(runes []rune) []word {
	out := make([]word, 0, len(runes)/6)
	line := 0
	for i := 0; i < len(runes); {
		switch r := runes[i]; {
		case r == '\n':
			line++
			i++
		case r == '[' && placeholder(runes, i) > 0:
			end := placeholder(runes, i)
			out = append(out, word{start: i, end: end, line: line, held: true})
			i = end
		case inWord(r):
			end := wordEnd(runes, i)
			w := x.newWord(runes, i, end)
			w.line = line
			if joined, ok := x.joined(out, runes, w); ok {
				out[len(out)-1] = joined
			} else {
				out = append(out, w)
			}
			i = end
		default:
			i++
		}
	}
	return out
}

func (x *lexicon) newWord(runes []rune, start, end int) word {
	w := word{start: start, end: end, capital: unicode.IsUpper(runes[start]), digits: true}
	var b strings.Builder
	for _, r := range runes[start:end] {
		if r < '0' || r > '9' {
			w.digits = false
		}
		b.WriteString(spelled(r))
	}
	w.text = b.String()
	if !w.digits && len(w.text) <= maxWord {
		w.id = x.id(key(w.text))
	}
	return w
}

// joined is the last word of out and w as one, where a hyphen and the end of a
// line stand between them and the lexicon has the whole.
func (x *lexicon) joined(out []word, runes []rune, w word) (word, bool) {
	if len(out) == 0 || w.capital && !out[len(out)-1].capital {
		return w, false
	}
	last := out[len(out)-1]
	if last.held || w.line != last.line+1 || !hyphenated(runes[last.end:w.start]) || len(last.text)+len(w.text) > maxWord {
		return w, false
	}
	id := x.ids[key(last.text+w.text)]
	if id == 0 {
		return w, false
	}
	last.end, last.text, last.id, last.line = w.end, last.text+w.text, id, w.line
	return last, true
}

// hyphenated reports whether between is a hyphen and one end of a line.
func hyphenated(between []rune) bool {
	hyphens := 0
	for _, r := range between {
		switch {
		case r == '-' || r == '‐' || r == '\u00ad' || r == '¬':
			hyphens++
		case !unicode.IsSpace(r):
			return false
		}
	}
	return hyphens == 1
}

// wordEnd is the end of the word that begins at i.
func wordEnd(runes []rune, i int) int {
	for i++; i < len(runes); i++ {
		r := runes[i]
		if inWord(r) || hidden(r) {
			continue
		}
		if !apostrophe(r) && r != '&' || i+1 == len(runes) || !inWord(runes[i+1]) {
			break
		}
	}
	return i
}

func inWord(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' }

// hidden reports whether r is a soft hyphen or a character without width.
func hidden(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff'
}

// spelled is a rune of a word in small letters.
func spelled(r rune) string {
	switch {
	case r < 0x80:
		return string(unicode.ToLower(r))
	case apostrophe(r):
		return "'"
	case hidden(r):
		return ""
	}
	switch r {
	case 'ﬀ':
		return "ff"
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	}
	return string(unicode.ToLower(r))
}

// key is the form in which words are compared: what OCR takes for one another
// is one letter of it.
func key(word string) string {
	if !strings.ContainsAny(word, "0159irvcl8") {
		return word
	}
	return looks.Replace(word)
}

var looks = strings.NewReplacer("rn", "m", "vv", "w", "cl", "d", "c1", "d", "i", "l", "1", "l", "0", "o", "5", "s", "8", "b", "9", "g")

// placeholder is the end of the placeholder of bot/phi at i, or 0.
func placeholder(runes []rune, i int) int {
	digits, letters := 0, 0
	for j := i + 1; j < len(runes) && j < i+maxPlaceholder; j++ {
		switch r := runes[j]; {
		case r == ']' && digits > 0 && letters > 0:
			return j + 1
		case r >= 'A' && r <= 'Z':
			letters++
		case r >= '0' && r <= '9':
			digits++
		case r != '_' && r != '.':
			return 0
		}
	}
	return 0
}
