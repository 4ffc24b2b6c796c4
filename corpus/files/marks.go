package files

import "strings"

// superscripts are the raised digits that marks of footnotes are read as, so
// that "30¹ days" is never 301.
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

var raiseDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// dropMarks takes the raised number off the words of running text whose
// footnote stands on the same page. A raised number without one, such as an
// exponent, stays.
func dropMarks(lines []line, notes []bool) {
	marks := map[string]bool{}
	for i := range lines {
		if notes[i] && startsNote(&lines[i]) {
			first := lines[i].words[0].Text
			if m := noteMark.FindStringSubmatch(first); m != nil && m[1] != "" {
				marks[raiseDigits.Replace(m[1])] = true
			}
			marks[first] = true
		}
	}
	if len(marks) == 0 {
		return
	}
	for i := range lines {
		if notes[i] || lines[i].cells != nil {
			continue
		}
		for k, w := range lines[i].words {
			start := strings.IndexAny(w.Text, superscripts)
			if start <= 0 {
				continue
			}
			rest := strings.TrimLeft(w.Text[start:], superscripts)
			if mark := w.Text[start : len(w.Text)-len(rest)]; marks[mark] && strings.Trim(rest, `.,;:)"”'’`) == "" {
				lines[i].words[k].Text = w.Text[:start] + rest
			}
		}
	}
}
