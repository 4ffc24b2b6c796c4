package bot

import (
	"strings"
	"unicode"
)

// SpokenWords counts the words of a text as they are said aloud. It is meant
// to count rather one too many than one too few:
//
//   - a word is one, and each part of a hyphenated word; one of more than 20
//     letters is one for each ten begun
//   - an abbreviation in capitals is one for each letter ("CDC" three), but
//     for a few that are said as words, and where the text shouts
//   - a number is said in full ("63%" is "sixty-three percent", three), one of
//     four digits in pairs ("1996", three), a decimal digit by digit
//   - a section is said group by group, with an "oh" for a leading zero and
//     each letter by itself: "48.43.045" is "forty-eight forty-three oh
//     forty-five", seven; the dots and hyphens in it are not said
//   - of the signs, those are said that have a name: $ % & § + = @ # / °
//
// It takes time linear in the text.
func SpokenWords(text string) int {
	loud := shouts(text)
	n := 0
	for _, field := range strings.Fields(text) {
		n += fieldWords([]rune(field), loud)
	}
	return n
}

// saidAsWords are abbreviations that nobody spells.
var saidAsWords = map[string]bool{"ERISA": true, "JAMA": true, "ASCO": true, "PIP": true, "PEBB": true}

const (
	longWord     = 20 // letters; longer ones count one for each ten begun
	longAcronym  = 6
	longestGroup = 12 // digits; longer groups are said digit by digit
)

// shouting is from how many capitals a text may be one that shouts.
const shouting = 12

// shouts reports whether most letters of a text are capitals.
func shouts(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > lower && upper >= shouting
}

// fieldWords counts what stands between two spaces.
func fieldWords(f []rune, loud bool) int {
	n := 0
	afterDigit, inPlace := false, false
	for i := 0; i < len(f); {
		switch r := f[i]; {
		case isDigit(r):
			j := numberEnd(f, i)
			n += numberWords(string(f[i:j]))
			i, afterDigit, inPlace = j, true, true
			continue
		case unicode.IsLetter(r) || unicode.IsMark(r):
			j := letterEnd(f, i)
			word := f[i:j]
			switch {
			case afterDigit && isOrdinal(string(word)):
			case inPlace && (afterDigit || f[i-1] == '(' && len(word) <= 4): // "300gg", "(iii)"
				n += len(word)
			default:
				n += letterWords(word, loud)
			}
			i = j
		default:
			n += signWords(f, i)
			i++
		}
		afterDigit = false
	}
	return n
}

func isDigit(r rune) bool { return unicode.IsDigit(r) }

// letterEnd is where the word at i ends; an apostrophe is inside one.
func letterEnd(f []rune, i int) int {
	for i < len(f) && (unicode.IsLetter(f[i]) || unicode.IsMark(f[i]) ||
		(f[i] == '\'' || f[i] == '’') && i+1 < len(f) && unicode.IsLetter(f[i+1])) {
		i++
	}
	return i
}

// letterWords counts a run of letters.
func letterWords(word []rune, loud bool) int {
	own := 0 // signs that are words themselves
	capitals := true
	for _, r := range word {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			own++
		}
		capitals = capitals && unicode.IsUpper(r)
	}
	switch {
	case own > 0:
		return len(word)
	case capitals && !loud && len(word) > 1 && len(word) <= longAcronym && !saidAsWords[string(word)]:
		return len(word)
	case len(word) > longWord:
		return (len(word) + 9) / 10
	}
	return 1
}

func isOrdinal(s string) bool {
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th", "s":
		return true
	}
	return false
}

// numberEnd is where the number at i ends: a dot or comma between digits is
// inside one.
func numberEnd(f []rune, i int) int {
	for i < len(f) && (isDigit(f[i]) || (f[i] == '.' || f[i] == ',') && i+1 < len(f) && isDigit(f[i+1])) {
		i++
	}
	return i
}

// numberWords counts a number as it is written in digits, dots and commas.
func numberWords(s string) int {
	if strings.Contains(s, ",") {
		whole, part, _ := strings.Cut(s, ".")
		if strings.Contains(part, ",") || len(s) > 2*longestGroup {
			return groupsWords(strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '.' }))
		}
		n := cardinalWords(strings.ReplaceAll(whole, ",", ""))
		if part != "" {
			n += 1 + len([]rune(part)) // "point", digit by digit
		}
		return n
	}
	groups := strings.Split(s, ".")
	if len(groups) == 2 { // a decimal, or a section of two groups
		return max(groupsWords(groups), groupsWords(groups[:1])+1+len([]rune(groups[1])))
	}
	return groupsWords(groups)
}

func groupsWords(groups []string) int {
	n := 0
	for _, g := range groups {
		n += groupWords(g)
	}
	return n
}

// groupWords counts one group of digits: an "oh" for each leading zero, four
// digits in pairs.
func groupWords(g string) int {
	rest := strings.TrimLeft(g, "0")
	ohs := len(g) - len(rest)
	switch {
	case rest == "":
		return max(ohs, 1)
	case len(rest) == 4 && ohs == 0:
		return pairWords(rest)
	}
	return ohs + cardinalWords(rest)
}

// pairWords counts four digits as a year or a bill is said: "nineteen
// ninety-six", "two thousand six".
func pairWords(g string) int {
	first, last := g[:2], g[2:]
	if last == "00" || g[1] == '0' && last[0] == '0' { // "nineteen hundred", "two thousand six"
		return cardinalWords(first) + 1 + cardinalWords(strings.TrimLeft(last, "0"))
	}
	return cardinalWords(first) + groupWords(last)
}

// cardinalWords counts the words of a whole number in digits.
func cardinalWords(digits string) int {
	runes := []rune(digits)
	if len(runes) > longestGroup || strings.Trim(digits, "0123456789") != "" {
		return len(runes)
	}
	n := 0
	for len(runes) > 0 {
		k := (len(runes)-1)%3 + 1
		three := runes[:k]
		runes = runes[k:]
		m := threeWords(three)
		if n += m; m > 0 && len(runes) > 0 {
			n++ // "thousand", "million"
		}
	}
	return n
}

// threeWords counts a number of up to three digits: "two hundred eighty-four"
// is four.
func threeWords(d []rune) int {
	v := 0
	for _, r := range d {
		v = 10*v + int(r-'0')
	}
	n := 0
	if v >= 100 {
		n += 2
		v %= 100
	}
	switch {
	case v == 0:
	case v <= 20 || v%10 == 0:
		n++
	default:
		n += 2
	}
	return n
}

// signWords counts a sign that has a name.
func signWords(f []rune, i int) int {
	switch r := f[i]; r {
	case '$', '%', '&', '+', '=', '@', '#', '/', '°', '§', '€', '£':
		return 1
	case '–', '—':
		if i > 0 && i+1 < len(f) && isDigit(f[i-1]) && isDigit(f[i+1]) {
			return 1 // "to"
		}
	default:
		if unicode.Is(unicode.Sc, r) || unicode.Is(unicode.Sm, r) || unicode.Is(unicode.No, r) {
			return 1
		}
	}
	return 0
}
