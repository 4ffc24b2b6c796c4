package coverage

import (
	"strings"
	"unicode"
)

// A word is one word of a text as the reader sees it.
type word struct {
	text     string // folded to lower case, without a possessive 's
	upper    bool   // two letters or more, all capitals, in a text that is not
	owns     bool   // had a possessive 's
	comma    bool   // a comma stands before it
	clause   int    // numbers of the clause and sentence it stands in
	sentence int
}

// maxWords is the most words of a text that are read; a person's question
// has tens, a letter hundreds.
const maxWords = 20000

// split cuts text into words. Hyphens and slashes separate words; the & of
// "L&I", the dots of "D.C." and of numbers, and apostrophes do not.
func split(text string, turn map[string]bool) []word {
	var out []word
	runes := []rune(text)
	shout := shouts(runes)
	clause, sentence, comma := 0, 0, false
	for i := 0; i < len(runes) && len(out) < maxWords; {
		r := plain(runes[i])
		switch {
		case r == '%':
			out = append(out, word{text: "%", comma: comma, clause: clause, sentence: sentence})
			comma = false
			i++
		case inWord(r):
			end := wordEnd(runes, i)
			w := newWord(string(runes[i:end]), shout)
			if turn[w.text] {
				clause, sentence = clause+1, sentence+1
			}
			w.comma, w.clause, w.sentence = comma, clause, sentence
			out = append(out, w)
			comma = false
			i = end
			if end < len(runes) && runes[end] == '.' && end > 1 && runes[end-2] == '.' && unicode.IsLetter(runes[end-1]) {
				i++ // the last dot of "D.C."
			}
		default:
			switch r {
			case '.', '?', '!', ';':
				clause, sentence = clause+1, sentence+1
			case '\n':
				if i > 0 && runes[i-1] == '\n' {
					clause, sentence = clause+1, sentence+1
				}
			case ',', ':', '(', ')', '—', '–':
				clause++
				comma = comma || r == ','
			}
			i++
		}
	}
	return out
}

func newWord(s string, shout bool) word {
	w := word{text: strings.ToLower(strings.Map(plain, s))}
	if parts := strings.Split(w.text, "."); len(parts) > 1 && single(parts) {
		w.text, s = strings.Join(parts, ""), strings.ReplaceAll(s, ".", "")
	}
	if t, ok := strings.CutSuffix(w.text, "'s"); ok && !contracted[t] {
		w.text, w.owns = t, true
	}
	w.upper = !shout && len(w.text) > 1 && !strings.ContainsFunc(strings.TrimSuffix(s, "s"), func(r rune) bool { return !unicode.IsUpper(r) && r != '&' && plain(r) != '\'' })
	return w
}

// contracted has the words after which 's is "is" and not a possessive.
var contracted = map[string]bool{"it": true, "he": true, "she": true, "that": true, "there": true, "what": true, "who": true, "where": true, "how": true, "here": true, "let": true}

func single(parts []string) bool {
	for _, p := range parts {
		if len(p) != 1 || p[0] >= '0' && p[0] <= '9' {
			return false
		}
	}
	return true
}

// wordEnd is the index after the word that begins at i.
func wordEnd(runes []rune, i int) int {
	for i++; i < len(runes); i++ {
		r := plain(runes[i])
		if inWord(r) {
			continue
		}
		joins := r == '.' || r == '\'' || r == '&'
		if !joins || i+1 >= len(runes) || !inWord(plain(runes[i+1])) {
			break
		}
		if r == '.' && unicode.IsUpper(runes[i+1]) && i > 1 && inWord(runes[i-2]) {
			break // "insured.The": a full stop without its space
		}
	}
	return i
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// plain folds typographic apostrophes; hyphens of all kinds stay separators.
func plain(r rune) rune {
	switch r {
	case '’', '‘', 'ʼ', '`', '´':
		return '\''
	}
	return r
}

// shouts reports whether a text is written in capitals, which then say
// nothing.
func shouts(runes []rune) bool {
	upper, lower := 0, 0
	for _, r := range runes {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > 12 && upper > 2*lower
}
