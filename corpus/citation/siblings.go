package citation

import "strings"

// sibling is the pinpoint of pin's list that begins at a further label:
// after "(2)(a)", "(b)" is "(2)(b)" and "(3)(c)" is "(3)(c)". It is empty
// where the label continues no level of pin.
func sibling(pin, further Pinpoint) Pinpoint {
	labels := split(pin)
	first := split(further)[0]
	var above string
	kinds := make([]string, len(labels))
	for i, l := range labels {
		kinds[i] = labelKinds(l, above)
		above += kinds[i]
	}
	want := labelKinds(first, "")
	for i := len(labels) - 1; i >= 0; i-- {
		if strings.ContainsAny(kinds[i], want) {
			return Pinpoint(join(labels[:i])) + further
		}
	}
	return ""
}

func split(p Pinpoint) []string {
	return strings.Split(strings.Trim(string(p), "()"), ")(")
}

func join(labels []string) string {
	if len(labels) == 0 {
		return ""
	}
	return "(" + strings.Join(labels, ")(") + ")"
}

// labelKinds says what a label can be, one letter for each: number (1),
// small or capital letter (a, A), small or capital roman numeral (i, I).
// Below a letter of its case, a numeral is no letter again.
func labelKinds(l, above string) string {
	letter, roman := "a", "i"
	if l == strings.ToUpper(l) {
		letter, roman = "A", "I"
	}
	switch {
	case isDigit(l[0]):
		return "1"
	case !isRoman(l):
		return letter
	case len(l) > 1, strings.Contains(above, letter):
		return roman
	}
	return letter + roman
}
