package clinical

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// A token is one word, number or mark of a note.
type token struct {
	fold       string // lower case; a number in digits
	start, end int    // bytes
	kind       kind
	concept    concept
	clause     int
	negated    bool
	certainty  string
	times      bool // "once", "twice"
	spent      bool // a unit or period that a number has taken
}

type kind int

const (
	word kind = iota
	number
	score // 6/10, 4-5/10, 42%
	date
	code
	level // C5-C6
	placeholder
	arrow
	mark
	marker // [not documented: …], which is no part of the chart
)

// forms are what a token may be, tried in this order at each place.
var forms = []struct {
	kind kind
	re   *regexp.Regexp
}{
	{marker, regexp.MustCompile(`^\[not documented:[^\]\n]{0,200}\]`)},
	{placeholder, regexp.MustCompile(`^\[[A-Za-z][A-Za-z_]*_\d+(?:\.\d+)?(?: = [^\]\n]{1,60})?\]`)},
	{date, regexp.MustCompile(`^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2}))\b`)},
	{date, regexp.MustCompile(`(?i)^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?\b`)},
	{score, regexp.MustCompile(`^\d{1,2}(?:\.\d)? ?(?:[-–] ?\d{1,2}(?:\.\d)? ?)?/ ?(?:10|5)\b`)},
	{date, regexp.MustCompile(`^(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])\b`)},
	{code, regexp.MustCompile(`(?i)^(?:[a-tv-z]\d[0-9ab]\.[0-9a-z]{1,4}|[a-tv-z]\d[0-9ab]\d[0-9a-z]{0,3})\b`)},
	{code, regexp.MustCompile(`^9[0-9]{4}(?:-(?:[0-9]{2}|[A-Z]{2}))?\b`)}, // with its modifier
	{code, regexp.MustCompile(`(?i)^[agvs]\d{4}\b`)},
	{level, regexp.MustCompile(`(?i)^[ctls]\d{1,2}(?: ?[-/] ?[ctls]?\d{1,2})?\b`)},
	{score, regexp.MustCompile(`^\d{1,3}(?:\.\d+)? ?(?:%|percent\b)`)},
	{arrow, regexp.MustCompile(`^(?:->|=>|→|-->)`)},
	{number, regexp.MustCompile(`^\$?\d+(?:,\d{3})*(?:\.\d+)?(?: ?[-–] ?\d+(?:\.\d+)?)?`)},
	{word, regexp.MustCompile(`(?i)^(?:c/o|s/p|w/o|w/|b/l|r/o|h/o|f/u|d/c|l/r|r/l|y/o|n/a)`)},
	{word, regexp.MustCompile(`^[\p{L}\p{M}]+(?:['’][\p{L}]+)*\.?(?:[\p{L}]\.)*`)},
	{mark, regexp.MustCompile(`^[^\s]`)},
}

// scan cuts a text into tokens. It is linear in the text's length.
func scan(text string) []token {
	var out []token
	for at := 0; at < len(text); {
		r := rune(text[at])
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			at++
			continue
		}
		rest := text[at:min(len(text), at+maxToken)]
		n, k := 1, mark
		for _, f := range forms {
			if m := f.re.FindString(rest); m != "" {
				n, k = len(m), f.kind
				break
			}
		}
		t := token{start: at, end: at + n, kind: k}
		if k == word {
			t = trimmed(t, text)
		}
		t.fold = foldToken(text[t.start:t.end], k)
		if t.fold == "am" && (len(out) == 0 || out[len(out)-1].fold != "i") {
			t.fold = "a.m." // no "I am"
		}
		out = append(out, t)
		at = t.end
	}
	return spelled(meant(text, out))
}

// meant tells two spellings by what stands beside them: "lb" behind a number
// is pounds, and "PT" in a text of small letters is physical therapy, unless
// it speaks.
func meant(text string, tokens []token) []token {
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.fold == "lb" && i > 0 && (tokens[i-1].kind == number || numerals[tokens[i-1].fold] > 0):
			t.fold = "lbs"
		case t.fold == "pt" && text[t.start:t.end] == "PT" && strings.ContainsFunc(text, unicode.IsLower) && !(i+1 < len(tokens) && speaks[tokens[i+1].fold]):
			t.fold = "p.t."
		}
	}
	return tokens
}

var speaks = setOf("reports report reported states stated says said denies denied c/o complains presents presented tolerated rates rated describes described notes noted arrived came")

// maxToken is the longest token in bytes; a longer one is cut.
const maxToken = 256

// trimmed leaves a dot to a word only where it is part of it: "a.m.".
func trimmed(t token, text string) token {
	w := text[t.start:t.end]
	if strings.HasSuffix(w, ".") && strings.Count(w, ".") == 1 {
		t.end--
	}
	return t
}

func foldToken(s string, k kind) string {
	was := s
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	switch k {
	case score:
		s = strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "–", "-"), "percent", "%")
	case number:
		s = strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "–", "-"), ",", "")
		if strings.Contains(s, ".") && !strings.Contains(s, "-") {
			s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
		}
	case code:
		s = strings.ReplaceAll(s, ".", "")
	case level:
		s = strings.NewReplacer(" ", "", "/", "-").Replace(s)
	case arrow:
		s = "→"
	case word:
		if s == "has" && was == "HAs" {
			return "headaches"
		}
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, s)
	}
	return s
}

// numerals are the numbers that are said in words.
var numerals = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

var counts = map[string]int{"once": 1, "twice": 2}

// spelled puts digits for numbers in words ("forty five", "six out of ten"),
// and joins "6 of 10" to a score.
func spelled(tokens []token) []token {
	var out []token
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if n, ok := numerals[t.fold]; ok && t.kind == word {
			t.kind = number
			if n >= 20 && i+1 < len(tokens) {
				next := tokens[i+1]
				if next.fold == "-" && i+2 < len(tokens) && numerals[tokens[i+2].fold] > 0 && numerals[tokens[i+2].fold] < 10 {
					i++
					next = tokens[i+1]
				}
				if u := numerals[next.fold]; u > 0 && u < 10 {
					n, t.end = n+u, next.end
					i++
				}
			}
			t.fold = strconv.Itoa(n)
		}
		if n := counts[t.fold]; n > 0 {
			t.kind, t.fold, t.times = number, strconv.Itoa(n), true
		}
		if t.kind == number {
			for _, by := range []string{"out", "of"} {
				k := i + 1
				if by == "out" && k < len(tokens) && tokens[k].fold == "out" {
					k++
				}
				if k+1 < len(tokens) && tokens[k].fold == "of" && (tokens[k+1].fold == "10" || tokens[k+1].fold == "ten") {
					t.kind, t.fold, t.end = score, t.fold+"/10", tokens[k+1].end
					i = k + 1
					break
				}
			}
		}
		out = append(out, t)
	}
	return out
}
