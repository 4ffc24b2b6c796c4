package clinical

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// loud reports whether a note is all capitals, as machines and some people
// write.
func loud(n Note) bool {
	upper, lower := 0, 0
	for _, s := range n.Sentences {
		for _, t := range scan(s.Text) {
			if t.kind != word {
				continue
			}
			for _, r := range s.Text[t.start:t.end] {
				if unicode.IsUpper(r) {
					upper++
				} else if unicode.IsLower(r) {
					lower++
				}
			}
		}
	}
	return upper > 20 && upper > 9*lower
}

// quiet tells of capitals that were put in small letters.
var quiet = Change{From: "ALL CAPITALS", To: "Sentence case", Why: "a note in capitals throughout is hard to read"}

// lowered is a text of capitals in small letters, but for what keeps its
// capitals: codes, levels, placeholders, names of days, and who is called
// doctor. No byte changes its place.
func (c *composer) lowered(text string) string {
	out := []byte(text)
	title := false
	for _, t := range scan(text) {
		w := text[t.start:t.end]
		switch {
		case t.kind != word && t.kind != date && t.kind != number && t.kind != score:
		case c.capitals[strings.ToLower(w)] != "":
			copy(out[t.start:t.end], c.capitals[strings.ToLower(w)])
		case title || t.kind == date || t.fold == "dr" || t.fold == "mr" || t.fold == "mrs" || t.fold == "ms":
			_, n := utf8.DecodeRuneInString(w)
			copy(out[t.start+n:t.end], small(w[n:]))
		default:
			copy(out[t.start:t.end], small(w))
		}
		title = t.fold == "dr" || t.fold == "mr" || t.fold == "mrs" || t.fold == "ms" || title && t.fold == "."
	}
	return string(out)
}

// small is a word in small letters of the same length.
func small(w string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, w)
}
