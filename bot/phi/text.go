package phi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is one run of letters, of digits or of both, or one other mark.
type word struct {
	start, end int    // bytes
	fold       string // lower case, without accents and possessive; of a mark the mark
	shape      shape
	spaced     bool // white space, or the start of the text, stands before it
	broken     bool // a line begins with it
	first      bool // a sentence begins with it
	owns       bool // a possessive ending follows: "'s", which is not in the word
	accented   bool // it has letters beyond a to z
	caseless   bool // its line has no mixed case, so that capitals say nothing
}

type shape uint8

const (
	mark  shape = iota
	digit       // digits only
	mixed       // letters and digits
	lower       // "word", "wOrd"
	title       // "Word", "McWord"
	upper       // "WORD"
)

func (w word) letters() bool { return w.shape >= lower }
func (w word) capital() bool { return w.shape >= title }

// split reads the words of a text.
func split(text string) []word {
	words := make([]word, 0, len(text)/5+1)
	spaced, broken := true, true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			spaced = true
			broken = broken || r == '\n' || r == '\r'
			i += size
			continue
		}
		w := word{start: i, end: i + size, spaced: spaced, broken: broken}
		if inWord(r) {
			w.end = i + runLen(text[i:])
			finish(text, &w)
		} else {
			w.fold = text[i : i+size]
		}
		w.first = begins(words, w)
		words = append(words, w)
		i, spaced, broken = w.end, false, false
		if w.owns {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			for i < len(text) && (text[i] == 's' || text[i] == 'S') {
				i++
			}
		}
	}
	markCaseless(words)
	return words
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

// runLen is the length of the word at the start of s. An apostrophe between
// letters belongs to it.
func runLen(s string) int {
	letter := false
	for i, r := range s {
		if inWord(r) {
			letter = unicode.IsLetter(r) || unicode.IsMark(r)
			continue
		}
		if isApostrophe(r) && letter {
			if next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):]); unicode.IsLetter(next) {
				continue
			}
		}
		return i
	}
	return len(s)
}

// finish sets the fold and the shape of a word, and takes its possessive off.
func finish(text string, w *word) {
	s := text[w.start:w.end]
	for i, r := range s {
		if i > 0 && isApostrophe(r) {
			if end := s[i+utf8.RuneLen(r):]; end == "s" || end == "S" {
				w.end, w.owns = w.start+i, true
				s = s[:i]
				break
			}
		}
	}
	letters, digits, ups := 0, 0, 0
	headUp := false
	for i, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
			w.accented = w.accented || r >= utf8.RuneSelf
			if unicode.IsUpper(r) || unicode.IsTitle(r) {
				ups++
				headUp = headUp || i == 0
			}
		}
	}
	switch {
	case letters == 0:
		w.shape = digit
	case digits > 0:
		w.shape = mixed
	case ups == letters && (letters > 1 || headUp):
		w.shape = upper
	case headUp || ups > 0:
		w.shape = title
	default:
		w.shape = lower
	}
	w.fold = fold(s)
}

// fold is a word in lower case, without accents, with straight apostrophes.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < utf8.RuneSelf && s[i] != '`'
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.IsMark(r):
		case isApostrophe(r):
			b.WriteByte('\'')
		default:
			if plain, ok := plainLetter[r]; ok {
				b.WriteString(plain)
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
		}
	}
	return b.String()
}

// plainLetter spells the letters that do not decompose.
var plainLetter = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'þ': "th", 'ħ': "h",
}

// begins reports whether a sentence begins with w.
func begins(before []word, w word) bool {
	if w.broken || len(before) == 0 {
		return true
	}
	last := before[len(before)-1]
	switch last.fold {
	case ".", "!", "?", ":", ";", "•", "\"", "“", "‘", "(", "[":
	default:
		return false
	}
	if last.fold == "." && len(before) > 1 { // no sentence ends with "Dr." or "J."
		p := before[len(before)-2]
		return w.spaced && !(p.capital() && len(p.fold) == 1) && !titles[p.fold]
	}
	return last.fold != ":" && last.fold != ";" || w.spaced
}

// markCaseless marks the words of lines without mixed case. A line of one or
// two words goes with the line before it.
func markCaseless(words []word) {
	was := false
	for i := 0; i < len(words); {
		j := i + 1
		for j < len(words) && !words[j].broken {
			j++
		}
		lows, caps := 0, 0
		for _, w := range words[i:j] {
			switch {
			case w.shape == lower:
				lows++
			case w.shape == title || w.shape == upper && len(w.fold) > 3:
				caps++
				if w.shape == title {
					lows += 1000 // mixed case within a word
				}
			}
		}
		caseless := caps == 0 && lows > 0 || lows == 0 && caps > 1
		if lows < 1000 && lows+caps < 3 {
			caseless = caseless && (was || i == 0)
		}
		for k := i; k < j; k++ {
			words[k].caseless = caseless
		}
		was = caseless
		i = j
	}
}
