package cite

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kljensen/snowball/english"
)

// A figure is a number with what it counts, or a date.
type figure struct {
	value  string // "180", "2.9", "3th" for an ordinal, "2015-07-31"
	unit   string // "day", "$", "%", "date", "th", or the stem of the next word of content
	known  bool   // unit is one of units, so that it can be swapped for another
	bound  string // "@min", "@max" or ""
	at     int    // its word's place in the sentence
	clause int
	part   int
	back   bool // "the two codes": it refers back
}

// units are what figures of this law count. A figure's unit has to be the
// same; any other noun is compared by value only.
var units = map[string]string{
	"day": "day", "month": "month", "year": "year", "hour": "hour", "minut": "minute", "week": "week",
	"visit": "visit", "session": "visit", "percent": "%", "dollar": "$", "unit": "unit", "cent": "cent",
}

// numberLen is the length of the number at the start of s: digits, with
// commas and points between them.
func numberLen(s string) int {
	i := 0
	for i < len(s) && (isDigit(s[i]) || i+1 < len(s) && (s[i] == ',' || s[i] == '.') && isDigit(s[i+1])) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// number is the one spelling of a number in digits.
func number(s string) string {
	s = strings.ReplaceAll(s, ",", "")
	if strings.Count(s, ".") == 1 {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	if t := strings.TrimLeft(s, "0"); t != "" && isDigit(t[0]) {
		return t
	}
	return s
}

var (
	small = table("two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 " +
		"fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 " +
		"sixty=60 seventy=70 eighty=80 ninety=90 one=1")
	scale    = table("hundred=100 thousand=1000 million=1000000")
	ordinals = table("second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 twelfth=12")
	months   = table("january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10 november=11 december=12")
)

func table(s string) map[string]int {
	out := map[string]int{}
	for f := range strings.FieldsSeq(s) {
		word, n, _ := strings.Cut(f, "=")
		out[word], _ = strconv.Atoi(n)
	}
	return out
}

// spelled turns numbers in words into number tokens: "ninety" is 90, "one
// hundred eighty" 180, "third" 3th. "One" alone is mostly no number ("one
// therapist") and stays a word unless it counts a unit.
func spelled(in []token) []token {
	out := in[:0] // never longer than what was read
	for i := 0; i < len(in); i++ {
		t := in[i]
		if t.kind != wordToken {
			out = append(out, t)
			continue
		}
		if n, ok := ordinals[t.text]; ok && !(t.text == "second" && i+1 < len(in) && in[i+1].kind == markToken) {
			out = append(out, token{kind: numberToken, text: strconv.Itoa(n) + "th"})
			continue
		}
		n, used := count(in[i:])
		if used == 0 || used == 1 && t.text == "one" && !countsUnit(in[i+1:]) {
			out = append(out, t)
			continue
		}
		out = append(out, token{kind: numberToken, text: strconv.Itoa(n), glued: t.glued})
		i += used - 1
	}
	return out
}

// count reads the number in words at the start of in, and how many tokens
// it takes.
func count(in []token) (n, used int) {
	part := 0
	for i, t := range in {
		v, ok := small[t.text]
		s, scaled := scale[t.text]
		switch {
		case t.kind != wordToken:
			return n + part, used
		case ok && (used == 0 || part%10 == 0 && (v < 10 || part%100 == 0)):
			part += v
		case scaled && used > 0:
			if part *= s; s > 100 {
				n, part = n+part, 0
			}
		case t.text == "and" && used > 0 && part%100 == 0 && i+1 < len(in) && small[in[i+1].text] > 0 && part > 0:
			continue
		default:
			return n + part, used
		}
		used = i + 1
	}
	return n + part, used
}

func countsUnit(in []token) bool {
	if len(in) == 0 || in[0].kind != wordToken {
		return false
	}
	u := units[english.Stem(in[0].text, false)]
	return u != "" && u != "visit" // "one visit" is any
}

// dates turns "July 31, 2015", "July 2015" and a year alone into date
// tokens, whose text is the date with a "@" before it.
func dates(in []token) []token {
	out := in[:0] // never longer than what was read
	for i := 0; i < len(in); i++ {
		month := months[in[i].text]
		if in[i].kind == wordToken && month > 0 {
			if date, used := dateAt(in[i+1:], month); used > 0 {
				out = append(out, token{kind: numberToken, text: date})
				i += used
				continue
			}
		}
		if y := in[i]; y.kind == numberToken && isYear(y.text) && (i == 0 || in[i-1].text != "$") && !countsUnit(in[i+1:]) {
			out = append(out, token{kind: numberToken, text: "@" + y.text})
			continue
		}
		out = append(out, in[i])
	}
	return out
}

// dateAt reads what follows a month's name.
func dateAt(in []token, month int) (date string, used int) {
	pad := func(n string) string { return strings.Repeat("0", max(0, 2-len(n))) + n }
	m := pad(strconv.Itoa(month))
	at := func(i int) token {
		if i < len(in) {
			return in[i]
		}
		return token{kind: markToken}
	}
	day, rest := at(0), 1
	if at(1).text == "," {
		rest = 2
	}
	switch {
	case day.kind == numberToken && isYear(day.text):
		return "@" + day.text + "-" + m, 1
	case day.kind == numberToken && len(day.text) <= 2 && at(rest).kind == numberToken && isYear(at(rest).text):
		return "@" + at(rest).text + "-" + m + "-" + pad(day.text), rest + 1
	case day.kind == numberToken && len(day.text) <= 2 && month != 5: // "may 20"
		return "@--" + m + "-" + pad(day.text), 1
	}
	return "", 0
}

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && !strings.Contains(s, ".")
}

// figureOf reads the number token i of ts: its unit and its bound. said are
// the sentence's figures before it.
func figureOf(ts []token, i int, said []figure) figure {
	f := figure{value: ts[i].text, bound: boundOf(ts, i)}
	switch {
	case strings.HasPrefix(f.value, "@"):
		f.value, f.unit, f.known = f.value[1:], "date", true
		return f
	case strings.HasSuffix(f.value, "th"):
		f.unit, f.known = "th", true
		return f
	case i > 0 && ts[i-1].text == "$":
		f.unit, f.known = "$", true
		return f
	}
	if n := len(said); n > 0 && said[n-1].known && said[n-1].unit != "date" && said[n-1].unit != "th" && alone(ts, i) {
		f.unit, f.known = said[n-1].unit, true // "24 months, or 30 for …"
		return f
	}
	for j := i + 1; j < len(ts) && j <= i+6; j++ {
		t := ts[j]
		if t.kind == markToken && t.text == "%" {
			f.unit, f.known = "%", true
			return f
		}
		if t.kind == markToken && !slices.Contains([]string{",", "(", ")"}, t.text) || t.text == "of" && f.unit != "" {
			break
		}
		if t.kind != wordToken || empty(t.text) {
			continue
		}
		stem := english.Stem(t.text, false)
		if u := units[stem]; u != "" {
			f.unit, f.known = u, true
			return f
		}
		if f.unit == "" {
			f.unit = stem
		}
	}
	return f
}

// alone reports whether the number token i counts no word of its own: "or 30
// for coordination".
func alone(ts []token, i int) bool {
	return i > 0 && i+1 < len(ts) && ts[i-1].text == "or" && ts[i+1].text == "for"
}

// bounds are the words that bound a number, and negatedBounds those that do
// so the other way under a negation.
var (
	bounds        = map[string]string{"@min": "@min", "@over": "@min", "@max": "@max", "@most": "@max", "@under": "@max", "within": "@max"}
	negatedBounds = map[string]string{"@over": "@max", "@under": "@min"}
)

// boundOf is the word that stands around the number token i and bounds it.
func boundOf(ts []token, i int) string {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if bounds[ts[j].text] != "" {
			return ts[j].text
		}
	}
	for j := i + 1; j < len(ts) && j <= i+2; j++ {
		if t := ts[j].text; t == "@min" || t == "@max" {
			return t
		}
	}
	return ""
}
