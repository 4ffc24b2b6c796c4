package citation

import (
	"unicode"
	"unicode/utf8"
)

// Bytes a folded text uses for what ASCII has not.
const (
	sectionSign byte = 0x01
	otherLetter byte = 0x02
	otherSymbol byte = 0x03
	paragraph   byte = '\n' // a blank line; a single line break folds to a space
)

// A folded text has one byte for each rune that shows: typographic dashes,
// quotation marks and spaces are their plain ASCII, and runes that do not
// show (zero-width spaces, soft hyphens) are gone. The grammar reads lower;
// only labels, which keep their case, read cased. Indexes into both are
// positions; start and end turn them into byte offsets of src.
type folded struct {
	src   string
	cased []byte
	lower []byte
	at    []int
	taken int // where the last citation found ends: nothing before it is read again
}

func fold(src string) *folded {
	t := &folded{src: src, cased: make([]byte, 0, len(src)), at: make([]int, 0, len(src))}
	for i, r := range src {
		b, shows := foldRune(r)
		if !shows {
			continue
		}
		t.cased = append(t.cased, b)
		t.at = append(t.at, i)
	}
	t.lower = make([]byte, len(t.cased))
	breakAt := -1 // the last line break with only spaces after it
	for i, b := range t.cased {
		switch {
		case 'A' <= b && b <= 'Z':
			b += 'a' - 'A'
		case b == '\n' && breakAt >= 0:
			t.lower[breakAt] = paragraph
			b = paragraph
		case b == '\n':
			breakAt, b = i, ' '
		}
		if b != ' ' && b != paragraph {
			breakAt = -1
		}
		t.lower[i] = b
	}
	return t
}

func foldRune(r rune) (b byte, shows bool) {
	if r >= 0xFF01 && r <= 0xFF5E { // full-width forms of ASCII
		r -= 0xFEE0
	}
	switch {
	case r == '\n', r >= '!' && r <= '~':
		return byte(r), true
	case r == '\u2028', r == '\u2029':
		return '\n', true
	case unicode.IsSpace(r):
		return ' ', true
	case r < 0x80:
		return otherSymbol, true
	}
	switch r {
	case '§':
		return sectionSign, true
	case '‘', '’', '‛', '′', 'ʼ':
		return '\'', true
	case '“', '”', '„', '″':
		return '"', true
	case '−':
		return '-', true
	case '\u00AD', '®', '™':
		return 0, false
	}
	switch {
	case unicode.Is(unicode.Pd, r):
		return '-', true
	case unicode.Is(unicode.Cf, r):
		return 0, false
	case unicode.IsLetter(r), unicode.IsMark(r):
		return otherLetter, true
	}
	return otherSymbol, true
}

// start is the byte offset in src of position i.
func (t *folded) start(i int) int {
	if i >= len(t.at) {
		return len(t.src)
	}
	return t.at[i]
}

// end is the byte offset in src just after position i-1.
func (t *folded) end(i int) int {
	if i <= 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(t.src[t.at[i-1]:])
	return t.at[i-1] + n
}

// low is the byte at position i in lower case, or 0 outside the text.
func (t *folded) low(i int) byte {
	if i < 0 || i >= len(t.lower) {
		return 0
	}
	return t.lower[i]
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
func isAlpha(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }
func isWord(b byte) bool  { return isDigit(b) || isAlpha(b) || b == otherLetter }

// wordStart reports whether a word, number or section sign begins at i.
func (t *folded) wordStart(i int) bool {
	b, before := t.low(i), t.low(i-1)
	return isWord(b) && !isWord(before) || b == sectionSign && before != sectionSign
}

// longestGap is how many spaces a citation may hold in one place. Every
// look ahead and behind is bounded, so reading is linear in the text.
const longestGap = 8

// skip is the position after the spaces at i, or i itself where they are
// more than a citation may hold.
func (t *folded) skip(i int) int {
	for j := i; j <= i+longestGap; j++ {
		if t.low(j) != ' ' {
			return j
		}
	}
	return i
}

// letters is the position after the ASCII letters at i.
func (t *folded) letters(i int) int {
	const longest = 32
	j := i
	for j < i+longest && isAlpha(t.low(j)) {
		j++
	}
	return j
}

// word reads the word of ASCII letters at i, in lower case. It is empty where
// there is none or it goes on in letters of another alphabet.
func (t *folded) word(i int) (string, int) {
	j := t.letters(i)
	if b := t.low(j); isAlpha(b) || b == otherLetter {
		return "", i
	}
	return string(t.lower[i:j]), j
}

// window is the lower-case text from i, no longer than any number is.
func (t *folded) window(i int) []byte {
	const longest = 80
	i = min(i, len(t.lower))
	return t.lower[i:min(i+longest, len(t.lower))]
}
