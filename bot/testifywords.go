package bot

import (
	"regexp"
	"strings"
	"unicode"
)

// A speaker's own words, made safe to show and to say: without control and
// invisible characters, addresses and mentions, and with parentheses in place
// of square and curly brackets, which here always mean a blank, and of angle
// ones. Nothing else of them changes.
type ownText struct {
	sentences []string
	begins    []bool // the sentence begins a paragraph
	words     int    // said aloud
	linked    bool   // an address was left out
}

// MaxOwn is the most bytes of what a speaker gives on the bill or as a story.
const MaxOwn = 128 << 10

var (
	address   = regexp.MustCompile(`(?i)(?:\bhttps?://|\bwww\.|\bmailto:)[^\s]*[^\s.,;:!?)\]"”’']|[^\s@,;()]+@[^\s@,;()]+\.[a-z]{2,}|\b[a-z0-9][a-z0-9.-]*\.(?:com|org|net|edu|gov|info|io|biz|app|link|xyz|ru|cn|ai)\b(?:/[^\s]*)?`)
	mention   = regexp.MustCompile(`(^|[\s("'“])@(\w)`)
	paragraph = regexp.MustCompile(`\n[\s]*\n`)
	brackets  = strings.NewReplacer("[", "(", "]", ")", "{", "(", "}", ")", "<", "(", ">", ")", "`", "'")
)

// leftOut stands where an address was.
const leftOut = "(address left out)"

// own reads a speaker's own words.
func own(text string) ownText {
	var o ownText
	for _, para := range paragraph.Split(strings.ReplaceAll(text, "\r\n", "\n"), -1) {
		clean, linked := harmless(para)
		o.linked = o.linked || linked
		for i, s := range sentencesOf(clean) {
			o.sentences = append(o.sentences, s)
			o.begins = append(o.begins, i == 0)
			o.words += SpokenWords(s)
		}
	}
	return o
}

// harmless is one paragraph on one line, without what could be more than
// text.
func harmless(text string) (clean string, linked bool) {
	marks := 0
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			marks = 0
			return ' '
		case unicode.In(r, unicode.C) || r == unicode.ReplacementChar || !unicode.IsPrint(r):
			return -1
		case unicode.In(r, unicode.M):
			if marks++; marks > 3 {
				return -1
			}
			return r
		}
		marks = 0
		return r
	}, text)
	bare := address.ReplaceAllString(text, leftOut)
	clean = mention.ReplaceAllString(brackets.Replace(bare), "${1}at ${2}")
	return strings.Join(strings.Fields(clean), " "), bare != text
}

// paragraphs are the sentences, paragraph by paragraph.
func (o ownText) paragraphs() [][]string {
	var out [][]string
	for i, s := range o.sentences {
		if o.begins[i] {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s)
	}
	return out
}

// within are the first sentences that take no more than most words, said
// aloud.
func (o ownText) within(most int) []string {
	n := 0
	for i, s := range o.sentences {
		if n += SpokenWords(s); n > most {
			return o.sentences[:i]
		}
	}
	return o.sentences
}

// abbreviations do not end a sentence with their full stop.
var abbreviations = setOf("dr mr mrs ms mx prof rev hon sen rep gov gen st jr sr vs no nos approx dept est inc co corp ltd " +
	"jan feb mar apr jun jul aug sep sept oct nov dec ave blvd rd mt ft sec ch cf etc al")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// sentencesOf cuts one line of text behind each full stop, question mark or
// exclamation mark that ends a sentence: what follows begins with no small
// letter, and it is no abbreviation or initial. It takes linear time.
func sentencesOf(line string) []string {
	words := strings.Fields(line)
	var out []string
	first := 0
	for i, w := range words {
		if i+1 < len(words) && !(endsSentence(w) && opensSentence(words[i+1])) {
			continue
		}
		out = append(out, strings.Join(words[first:i+1], " "))
		first = i + 1
	}
	return out
}

func endsSentence(word string) bool {
	body := strings.TrimRight(word, `"'”’)»`)
	switch {
	case strings.HasSuffix(body, "?"), strings.HasSuffix(body, "!"), strings.HasSuffix(body, "…"), strings.HasSuffix(body, "..."):
		return true
	case !strings.HasSuffix(body, "."):
		return strings.HasSuffix(body, "。") || strings.HasSuffix(body, "！") || strings.HasSuffix(body, "？")
	}
	core := strings.ToLower(strings.TrimLeft(strings.TrimSuffix(body, "."), `"'“‘(«`))
	return len([]rune(core)) > 1 && !strings.Contains(core, ".") && !abbreviations[core] || isNumber(core)
}

// isNumber reports whether a word is digits, with dots and commas.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.,$%") == ""
}

func opensSentence(word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return !unicode.IsLower(r)
		}
	}
	return true
}
