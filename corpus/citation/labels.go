package citation

import (
	"regexp"
	"strings"
)

// mostLabels is how deep an enumerated pinpoint may go.
const mostLabels = 12

// enumerates has the systems whose places have parenthesised labels.
var enumerates = map[System]bool{
	RCW: true, WAC: true, USC: true, CFR: true, PubL: true, Laws: true, NCD: true,
	ORS: true, CRS: true, FlaStat: true, DCCode: true, KRS: true,
}

// labelForm is what may stand in parentheses as a label: a number, one with
// letters ("6C") or a decimal ("1.5"), a letter, or letters to look at again.
var labelForm = regexp.MustCompile(`^(?:\d{1,3}(?:\.\d{1,2})?[A-Za-z]{0,2}|[A-Za-z]|([A-Za-z]{2,8}))$`)

// isLabel tells labels from words in parentheses: several letters are a label
// where they are a roman numeral or one letter repeated.
func isLabel(s string) bool {
	m := labelForm.FindStringSubmatch(s)
	return m != nil && (m[1] == "" || isRoman(s) || isRepeated(s))
}

var romanForm = regexp.MustCompile(`^(?:(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})|(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))$`)

func isRoman(s string) bool { return s != "" && romanForm.MatchString(s) }

func isRepeated(s string) bool {
	return len(s) <= 4 && strings.Trim(s, s[:1]) == ""
}

// label reads one label in parentheses at i.
func (t *folded) label(i int) (string, int, bool) {
	if t.low(i) != '(' {
		return "", i, false
	}
	j := t.skip(i + 1)
	k := j
	for k < j+8 && (isDigit(t.low(k)) || isAlpha(t.low(k)) || t.low(k) == '.') {
		k++
	}
	end := t.skip(k)
	if k == j || t.low(end) != ')' || !isLabel(string(t.cased[j:k])) {
		return "", i, false
	}
	return string(t.cased[j:k]), end + 1, true
}

// labels reads a chain of labels at i, with spaces between them or none, and
// a last one glued on without parentheses: "(1)(a)", "(1) (a)", "(1)(a)5". It
// does not look on the next line, where a provision's own text may begin.
func (t *folded) labels(i int) (Pinpoint, int) {
	var pin strings.Builder
	end := i
	for range mostLabels {
		l, next, ok := t.label(t.onLine(end))
		if !ok {
			break
		}
		pin.WriteString("(" + l + ")")
		end = next
	}
	if end > i {
		if l, next, ok := t.bareLabel(end); ok {
			pin.WriteString("(" + l + ")")
			end = next
		}
	}
	return Pinpoint(pin.String()), end
}

// onLine is the position after a few spaces at i, if they do not break the
// line.
func (t *folded) onLine(i int) int {
	j := i
	for j < i+3 && t.low(j) == ' ' && t.cased[j] != '\n' {
		j++
	}
	return j
}

// bareLabel reads a label without parentheses at i: a number of one or two
// digits, a letter, or a roman numeral.
func (t *folded) bareLabel(i int) (string, int, bool) {
	j := i
	for j < i+6 && isWord(t.low(j)) {
		j++
	}
	if j == i || isWord(t.low(j)) || t.low(j) == '.' && isDigit(t.low(j+1)) {
		return "", i, false
	}
	s := string(t.cased[i:j])
	if digits := t.digits(i); digits != "" {
		return s, j, digits == s && len(s) <= 2
	}
	return s, j, len(s) == 1 && isAlpha(s[0]) || len(s) > 1 && isRoman(s)
}

// bareLabels reads labels with spaces for parentheses: "1 a iii", and for
// the federal codes, whose labels begin with a letter, "a 1 B". Where the
// number before them was spaced too they are likely; after any other number
// only a chain that ends the phrase is one, and a lone label only at the end
// of the text.
func (t *folded) bareLabels(i int, system System, spaced bool) (Pinpoint, int) {
	federal := system == USC || system == CFR
	var chain []string
	end := i
	for len(chain) < mostLabels {
		j := t.skip(end)
		l, next, ok := t.bareLabel(j)
		if !ok || j == end || !mayFollow(chain, l, federal) {
			break
		}
		goesOn := isAlpha(t.low(t.skip(next))) && !t.labelNext(next)
		if goesOn && (!spaced || len(chain) == 0 || strings.EqualFold(l, "i")) {
			break // "48 43 045 2 visits", "48 43 045 1 I think"
		}
		chain = append(chain, l)
		end = next
	}
	last := t.low(t.skip(end)) == 0
	if len(chain) == 0 || !spaced && (len(chain) == 1 && !last || t.labelNext(end)) {
		return "", i
	}
	return Pinpoint(join(chain)), end
}

// mayFollow reports whether bare label l may go on a chain: no number goes
// after a number, and a letter begins only a federal one.
func mayFollow(chain []string, l string, federal bool) bool {
	number := isDigit(l[0])
	if len(chain) == 0 {
		return number != federal
	}
	return !number || !isDigit(chain[len(chain)-1][0])
}

// labelNext reports whether another bare label follows at i.
func (t *folded) labelNext(i int) bool {
	_, _, ok := t.bareLabel(t.skip(i))
	return ok
}
