package clinical

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence is the longest sentence in bytes; a longer one is cut at a
// space. longDictation is the length from which a sentence without marks is
// cut where a new one seems to begin.
const (
	maxSentence   = 600
	longDictation = 60
)

// bullets is how many bytes of a line are a bullet, or the number of an item,
// and no part of its sentence.
func bullets(line string) int {
	if m := bullet.FindString(line); m != "" {
		return len(m)
	}
	if m := numbered.FindString(line); m != "" {
		_, n := utf8.DecodeLastRuneInString(m)
		return len(m) - n
	}
	return 0
}

var (
	bullet   = regexp.MustCompile(`^[ \t\r\n]*(?:[-*•·▪◦–][ \t]+)+`)
	numbered = regexp.MustCompile(`^[ \t\r\n]*\d{1,2}[.)][ \t]+\pL`)
)

// wrapped is how long a line is at least that was broken to fit a width.
const wrapped = 40

// paragraphEnd is where the line at at ends; a line that was broken within a
// sentence goes on in the next.
func paragraphEnd(text string, at int, r *reader) int {
	for end := at; ; {
		n := strings.IndexByte(text[end:], '\n') + 1
		if n == 0 {
			return len(text)
		}
		line := strings.TrimRight(text[end:end+n], " \t\r\n")
		end += n
		next, _, _ := strings.Cut(text[end:], "\n")
		if !goesOn(line, next) && !(r.said.MatchString(strings.TrimSpace(line)) && strings.HasSuffix(line, ":")) || r.heading.MatchString(next) || r.alone.MatchString(strings.TrimSpace(next)) {
			return end
		}
	}
}

// goesOn reports whether a sentence of line goes on in the line behind it.
func goesOn(line, next string) bool {
	if len(line) < wrapped || strings.ContainsAny(line[len(line)-1:], ".!?:;") || strings.TrimSpace(next) == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(r) || unicode.IsDigit(r) && bullets(next) == 0
}

// sentenceEnd is where the first sentence of a paragraph ends, the mark and
// the space behind it included. Decimals, dates and usual abbreviations end
// none.
func (c *cursor) sentenceEnd(line string) int {
	end := c.markEnd(line)
	if m := inline.FindStringIndex(line[:end]); m != nil && m[0] > 0 {
		end = m[0]
	}
	if end <= longDictation {
		return end
	}
	for _, m := range c.begin.FindAllStringIndex(line[:end], -1) {
		before := line[:m[0]]
		last := strings.ToLower(before[strings.LastIndexByte(before, ' ')+1:])
		if m[0] >= longDictation/3 && !strings.HasSuffix(before, ",") && !functionWords[last] {
			return m[0]
		}
	}
	return end
}

// inline is a heading of one capital within a line: "neck pain O: tender".
var inline = regexp.MustCompile(`[^\s,(] +[SOAP]: `)

// markEnd is where a mark ends the first sentence of a paragraph.
func (c *cursor) markEnd(line string) int {
	for i := 0; i < len(line); i++ {
		if i >= maxSentence && line[i] == ' ' || i >= 2*maxSentence && utf8.RuneStart(line[i]) {
			return i
		}
		switch line[i] {
		case '.', '!', '?', ';':
		default:
			continue
		}
		if i+1 < len(line) && !strings.ContainsRune(" \n\r\t\"”)", rune(line[i+1])) {
			continue
		}
		if i+1 < len(line) && strings.ContainsRune("\")", rune(line[i+1])) {
			i++ // the mark of what was said
		}
		if line[i] == '.' && c.shortened(line[:i], strings.TrimSpace(line[i+1:])) || line[i] == '?' && strings.TrimSpace(line[i+1:]) != "" && !asks(line[:i]) {
			continue
		}
		return i + 1
	}
	return len(line)
}

// shortened reports whether the dot behind text is an abbreviation's, and
// the sentence goes on with rest: behind a unit it does unless a capital
// follows, or what begins a statement of its own.
func (c *cursor) shortened(text, rest string) bool {
	w := strings.ToLower(text[strings.LastIndexAny(text, " \t\n(")+1:])
	next, _ := utf8.DecodeRuneInString(rest)
	if lasting[w] && c.opens(rest, w) {
		return false
	}
	return titles[w] || (len(w) == 1 && w != "i" && !isDigit(w[0]) || strings.Contains(w, ".") && !isDigit(w[len(w)-1]) || abbreviations[w]) && !unicode.IsUpper(next)
}

// opens reports whether what follows a unit and a dot begins a statement of
// its own: who reports, what was found, how often. Behind minutes a technique
// does not: "20 min. massage".
func (c *cursor) opens(rest, unit string) bool {
	if often.MatchString(rest) {
		return true
	}
	tokens := scan(rest[:min(len(rest), maxToken)])
	if len(tokens) == 0 {
		return false
	}
	concept, _ := c.lexicon.at(tokens, 0)
	switch concept.group {
	case "speaker", "finding":
		return true
	case "negation":
		return tokens[0].fold == "no" || strings.HasPrefix(tokens[0].fold, "den")
	case "technique":
		return unit == "tx" || strings.HasPrefix(unit, "wk") || unit == "mo"
	}
	return false
}

// often is how often something is to be done: "1x/wk", "2-3x per week".
var often = regexp.MustCompile(`(?i)^\d+(?: ?[-–] ?\d+)? ?x ?(?:/|per\b|a\b|every\b)`)

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

var (
	titles        = setOf("dr mr mrs ms vs approx")
	lasting       = setOf("min mins hr hrs wk wks mo tx rx")
	abbreviations = setOf("pt lbs wk wks mo min mins hr hrs etc dx hx tx rx no fig ext flex rot bilat poss dept est cont incl jan feb mar apr jun jul aug sept oct nov dec")
)

// asks reports whether text is long enough to be a question; "? strain" is a
// doubt.
func asks(text string) bool { return len(strings.Fields(text)) > 2 }
