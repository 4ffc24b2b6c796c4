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

// labels reads a chain of labels at i, with a space between them or none, and
// a last one glued on without parentheses: "(1)(a)", "(1) (a)", "(1)(a)5". It
// does not look on the next line, where a provision's own text may begin.
func (t *folded) labels(i int) (Pinpoint, int) {
	var pin strings.Builder
	end := i
	for range mostLabels {
		j := end
		if t.low(j) == ' ' && t.cased[j] != '\n' {
			j++
		}
		l, next, ok := t.label(j)
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

var bareForm = regexp.MustCompile(`^(?:\d{1,2}|[a-z]{1,5}|[A-Z]{1,5})$`)

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
	return s, j, bareForm.MatchString(s) && (len(s) == 1 || isDigit(s[0]) || isRoman(s))
}

// bareLabels reads labels with spaces for parentheses: "1 a iii", and for
// the federal codes, whose labels begin with a letter, "a 1 B". Where the
// number before them was spaced too they are likely; after any other number
// only a chain that ends the phrase is one.
func (t *folded) bareLabels(i int, system System, spaced bool) (Pinpoint, int) {
	federal := system == USC || system == CFR
	var chain []string
	end := i
	for len(chain) < mostLabels {
		j := t.skip(end)
		l, next, ok := t.bareLabel(j)
		if !ok || j == end {
			break
		}
		if number := isDigit(l[0]); len(chain) == 0 && number == federal || len(chain) > 0 && number && isDigit(chain[len(chain)-1][0]) {
			break
		}
		goesOn := isAlpha(t.low(t.skip(next))) && !t.labelNext(next)
		if goesOn && (!spaced || len(chain) == 0 || strings.EqualFold(l, "i")) {
			break // "48 43 045 2 visits", "48 43 045 1 I think"
		}
		chain = append(chain, l)
		end = next
	}
	if len(chain) == 0 || !spaced && (len(chain) < 2 || t.labelNext(end)) {
		return "", i
	}
	return Pinpoint(join(chain)), end
}

// labelNext reports whether another bare label follows at i.
func (t *folded) labelNext(i int) bool {
	_, _, ok := t.bareLabel(t.skip(i))
	return ok
}
