package files

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A vocabulary counts a document's words, in small letters, where no line
// ends in them.
type vocabulary map[string]int

func (v vocabulary) add(words []word) {
	for i, w := range words {
		if i == len(words)-1 && w.Soft {
			continue
		}
		v[bare(w.Text)]++
		for part := range strings.SplitSeq(bare(w.Text), "-") {
			v[part]++
		}
	}
}

func bare(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

// join makes one text of lines. A hyphen at a line's end is taken out where
// it is there for the line's sake, which the document's other words tell.
func (m measure) join(lines []line) string {
	var b strings.Builder
	glue := true // nothing stands before the first word
	for i := range lines {
		words := lines[i].words
		for k, w := range words {
			if !glue {
				b.WriteByte(' ')
			}
			glue = false
			text := w.Text
			if k == len(words)-1 && w.Soft && i+1 < len(lines) && len(lines[i+1].words) > 0 {
				if next := lines[i+1].words[0].Text; m.words.joins(text, next) {
					glue = true
					text = m.words.half(text, next)
				}
			}
			b.WriteString(text)
		}
	}
	return b.String()
}

// joins reports whether first, which ends with a hyphen, and next are one
// word, with the hyphen or without.
func (v vocabulary) joins(first, next string) bool {
	head := strings.TrimRight(first, "-\u2010")
	a, _ := utf8.DecodeLastRuneInString(head)
	b, _ := utf8.DecodeRuneInString(next)
	return (unicode.IsLetter(a) || unicode.IsDigit(a)) && (unicode.IsLower(b) || unicode.IsDigit(b) || unicode.IsUpper(b) && unicode.IsUpper(a))
}

// half is the first half of a broken word as it stands in the whole: without
// its hyphen, unless the document writes the word with one elsewhere, or
// both halves are words of it and their union is not.
func (v vocabulary) half(first, next string) string {
	head := strings.TrimRight(first, "-\u2010")
	r, _ := utf8.DecodeRuneInString(next)
	last, _ := utf8.DecodeLastRuneInString(head)
	a, b := bare(head), bare(next)
	switch {
	case !unicode.IsLower(r) || !unicode.IsLetter(last), strings.Contains(a, "-"), v[a+"-"+b] > 0:
		return head + "-"
	case v[a+b] > 0:
		return head
	case v[a] > 0 && v[b] > 0:
		return head + "-"
	}
	return head
}
