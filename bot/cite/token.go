package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus/citation"
)

// A token is one word, number, citation or mark of a sentence.
type token struct {
	kind  tokenKind
	text  string // lower case; of a number its value
	cite  citation.Citation
	glued bool // a hyphen, and no space, stands before it
	owns  bool // it is a possessive
}

type tokenKind uint8

const (
	wordToken tokenKind = iota
	numberToken
	citeToken
	labelToken // "(2)(a)"
	markToken  // , ; : ( ) - . $ %
)

// tokens reads a sentence in normal form. Citations are found first, so that
// their numbers are none.
func tokens(sentence string) []token {
	out := make([]token, 0, len(sentence)/4)
	at := 0
	for _, f := range citation.Find(sentence) {
		out = scan(out, sentence[at:f.Start])
		out = append(out, token{kind: citeToken, text: f.Text, cite: f.Citation})
		at = f.End
	}
	return merge(scan(out, sentence[at:]))
}

// scan appends the tokens of text, which holds no citation.
func scan(out []token, text string) []token {
	glued := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r < utf8.RuneSelf && isDigit(byte(r)):
			j := i + numberLen(text[i:])
			value, suffix := number(text[i:j]), wordLen(text[j:])
			i = j
			switch end := text[j : j+suffix]; end {
			case "st", "nd", "rd", "th":
				out = append(out, token{kind: numberToken, text: value + "th", glued: glued})
				i += suffix
			default:
				out = append(out, token{kind: numberToken, text: value, glued: glued})
			}
			glued = false
			continue
		case unicode.IsLetter(r):
			j := i + wordLen(text[i:])
			owns := strings.HasSuffix(text[i:j], "'s") || strings.HasPrefix(text[j:], "'")
			out = append(out, token{text: bare(strings.ToLower(text[i:j])), glued: glued, owns: owns})
			if strings.HasSuffix(strings.ToLower(text[i:j]), "n't") {
				out = append(out, token{text: "not"})
			}
			i, glued = j, false
			continue
		case r == '(':
			if n := labelLen(text[i:]); n > 0 {
				out = append(out, token{kind: labelToken, text: text[i : i+n]})
				i += n
				continue
			}
		}
		glued = r == '-' && i > 0 && text[i-1] != ' '
		if !glued && !unicode.IsSpace(r) && r != '"' && r != '\'' {
			out = append(out, token{kind: markToken, text: string(r)})
		}
		i += size
	}
	return out
}

// wordLen is the length of the word at the start of s: letters and digits,
// and apostrophes between letters.
func wordLen(s string) int {
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[i+1:]); r == '\'' && i > 0 && unicode.IsLetter(next) {
			continue
		}
		return i
	}
	return len(s)
}

// bare is a word without its possessive or its contracted "not".
func bare(word string) string {
	if word == "can't" {
		return "can"
	}
	return strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "n't")
}

// labelLen is the length of the chain of labels at the start of s: "(2)(a)".
func labelLen(s string) int {
	n := 0
	for n < len(s) && s[n] == '(' {
		end := strings.IndexByte(s[n:], ')')
		if end < 2 || end > 5 || !isLabel(s[n+1:n+end]) {
			break
		}
		n += end + 1
	}
	return n
}

// isLabel reports whether s is a number, a letter, two equal letters or a
// small roman numeral.
func isLabel(s string) bool {
	switch {
	case strings.Trim(s, "0123456789") == "":
		return len(s) < 4
	case len(s) == 1:
		return unicode.IsLetter(rune(s[0]))
	case len(s) == 2 && s[0] == s[1]:
		return unicode.IsLetter(rune(s[0]))
	}
	return strings.Trim(s, "ivx") == ""
}

// merge reads the phrases of words.go as one word each.
func merge(in []token) []token {
	out := in[:0] // never longer than what was read
next:
	for i := 0; i < len(in); {
		if in[i].kind == wordToken {
			for _, p := range phraseAt[in[i].text] {
				if !begins(in[i:], p.from) {
					continue
				}
				owns := in[i+len(p.from)-1].owns
				for _, w := range p.to {
					out = append(out, token{text: w, owns: owns})
				}
				i += len(p.from)
				continue next
			}
		}
		out = append(out, in[i])
		i++
	}
	return out
}

func begins(in []token, words []string) bool {
	if len(in) < len(words) {
		return false
	}
	for i, w := range words {
		if in[i].kind != wordToken || in[i].text != w {
			return false
		}
	}
	return true
}
