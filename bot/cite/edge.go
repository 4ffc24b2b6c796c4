package cite

import (
	"unicode"
	"unicode/utf8"
)

// atEdge reports whether i lies at the edge of a word of text.
func atEdge(text string, i int) bool {
	if i == 0 || i == len(text) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	if unicode.IsMark(after) {
		return false
	}
	if unicode.IsSpace(before) || unicode.IsSpace(after) {
		return true
	}
	inBefore, inAfter := inWord(before), inWord(after)
	switch {
	case inBefore && inAfter:
		return false
	case inBefore: // "self|-funded", "2|.9", "carrier|'s", "45|%"
		return !glues(after, text[i:], unicode.IsDigit(before))
	case inAfter: // "self-|funded", "2.|9", "$|45"
		return !gluesBack(before, text[:i], unicode.IsDigit(after))
	}
	return true
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// glues reports whether r, which begins rest, joins the word before it to
// what follows.
func glues(r rune, rest string, digit bool) bool {
	_, size := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[size:])
	switch r {
	case '-', '/':
		return inWord(next)
	case '\'':
		return unicode.IsLetter(next)
	case '.', ',':
		return digit && unicode.IsDigit(next)
	case '%', '°', '¢':
		return true
	}
	return false
}

// gluesBack is glues the other way around: r ends rest.
func gluesBack(r rune, rest string, digit bool) bool {
	_, size := utf8.DecodeLastRuneInString(rest)
	prev, _ := utf8.DecodeLastRuneInString(rest[:len(rest)-size])
	switch r {
	case '-', '/':
		return inWord(prev)
	case '\'':
		return unicode.IsLetter(prev)
	case '.', ',':
		return digit && unicode.IsDigit(prev)
	case '$', '£', '€', '§':
		return true
	}
	return false
}
