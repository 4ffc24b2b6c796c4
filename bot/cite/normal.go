package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Normal is a text in the one form in which quotations are compared, and
// the way back to the text it was made from. It is not modified after it is
// made, and so safe for concurrent use.
type Normal struct {
	Text string // the normal form
	src  string
	// at holds, for each byte of Text, where in src the piece began that it
	// was made from; nil where Text is src.
	at []int32
}

// Normalise is the one normalisation of this program: what it makes equal
// counts as equal in a quotation, and nothing else does.
//
//   - Unicode normal form C;
//   - typographic quotation marks and apostrophes become straight ones;
//   - every dash and hyphen becomes "-";
//   - every run of white space becomes one space;
//   - soft hyphens, zero-width and other format characters (category Cf)
//     are removed.
//
// Case is kept, and so is all other punctuation. It is idempotent. Texts
// are at most 2 GB.
func Normalise(s string) *Normal {
	n := &Normal{src: s}
	if isNormal(s) {
		n.Text = s
		return n
	}
	from, kept := stripFormat(s)
	var b strings.Builder
	b.Grow(len(s))
	n.at = make([]int32, 0, len(s))
	for i := 0; i < len(kept); {
		j := pieceEnd(kept, i)
		piece := kept[i:j]
		if len(piece) > 1 {
			piece = norm.NFC.String(piece)
		}
		for _, r := range piece {
			if r = fold(r); r == ' ' && b.Len() > 0 && b.String()[b.Len()-1] == ' ' {
				continue
			}
			b.WriteRune(r)
			for len(n.at) < b.Len() {
				n.at = append(n.at, int32(from(i)))
			}
		}
		i = j
	}
	n.Text = b.String()
	return n
}

// Source returns the part of the original that Text[start:end] came from.
func (n *Normal) Source(start, end int) string {
	i, j := n.offsets(start, end)
	return n.src[i:j]
}

// offsets gives the byte offsets in the original of Text[start:end], white
// space and format characters after it left out.
func (n *Normal) offsets(start, end int) (int, int) {
	switch {
	case n.at == nil:
		return start, end
	case start >= end:
		return 0, 0
	}
	i, j, next := int(n.at[start]), len(n.src), end
	for next < len(n.at) && n.at[next] == n.at[end-1] {
		next++
	}
	if next < len(n.at) {
		j = int(n.at[next])
	}
	return i, i + len(strings.TrimRightFunc(n.src[i:j], func(r rune) bool {
		return isFormat(r) || n.Text[end-1] != ' ' && unicode.IsSpace(r)
	}))
}

// pieceEnd is the end of the piece of s at i that composes on its own.
func pieceEnd(s string, i int) int {
	if s[i] < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
		return i + 1
	}
	return i + norm.NFC.NextBoundaryInString(s[i:], true)
}

// isNormal reports whether s is plain ASCII with single spaces, and so its
// own normal form.
func isNormal(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c != ' ' && unicode.IsSpace(rune(c)) || c == ' ' && i > 0 && s[i-1] == ' ' {
			return false
		}
	}
	return true
}

// stripFormat removes format characters, makes bytes that are no UTF-8 into
// U+FFFD, and maps offsets back.
func stripFormat(s string) (func(int) int, string) {
	if strings.IndexFunc(s, isFormat) < 0 && utf8.ValidString(s) {
		return func(i int) int { return i }, s
	}
	var b strings.Builder
	var at []int32
	for i, r := range s {
		if isFormat(r) {
			continue
		}
		b.WriteRune(r)
		for len(at) < b.Len() {
			at = append(at, int32(i))
		}
	}
	return func(i int) int { return int(at[i]) }, b.String()
}

func isFormat(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Cf, r) }

// fold maps one character to the one it is compared as.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '«', '»':
		return '"'
	case '−':
		return '-'
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Pd, r):
		return '-'
	}
	return r
}
