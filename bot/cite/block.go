package cite

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// blockLines matches a paragraph whose lines are all indented, or all marked
// with ">".
var blockLines = regexp.MustCompile(`(?m)(?:^(?: {3,}|\t| {0,3}>[ \t>]*)\S.*(?:\n|\z))+`)

// withBlocks adds to quotes the blocks of text that are quotations: set off by
// indentation or by ">", led up to by a sentence that is not at its end, and
// without marks or citations of their own.
func withBlocks(text string, quotes []quoted, found []citation.Found) []quoted {
	out := slices.Clone(quotes)
	for _, m := range blockLines.FindAllStringIndex(text, -1) {
		block := text[m[0]:m[1]]
		lead := strings.TrimRight(text[:m[0]], " \t\n>")
		if lead == "" || strings.ContainsAny(block, `"“”„«`) || !strings.ContainsRune(":,—–-", lastRune(lead)) && !isWordEnd(lead) {
			continue
		}
		if n := sort.Search(len(found), func(i int) bool { return found[i].End > m[0] }); n < len(found) && found[n].Start < m[1] {
			continue
		}
		start := m[0] + len(block) - len(strings.TrimLeft(block, " \t>"))
		end := m[0] + len(strings.TrimRight(block, " \t\n"))
		out = append(out, quoted{start: start, end: end, block: true})
	}
	slices.SortFunc(out, func(a, b quoted) int { return a.start - b.start })
	return out
}

func lastRune(s string) rune {
	r := []rune(s[max(0, len(s)-4):])
	return r[len(r)-1]
}

// isWordEnd reports whether a text breaks off inside a sentence.
func isWordEnd(s string) bool { return inWord(lastRune(s)) }

// replyMarks are the ">" of an e-mail at the beginning of a line.
var replyMarks = regexp.MustCompile(`\n[ \t]*>[> \t]*`)

// words is a quotation without the marks of an e-mail's reply, and without the
// single marks of a quotation in a quotation that is all of it.
func (q quoted) words(text string) string {
	s := strings.TrimSpace(replyMarks.ReplaceAllString(q.text(text), "\n"))
	for _, m := range [][2]string{{"‘", "’"}, {"'", "'"}} {
		inner, ok := strings.CutPrefix(s, m[0])
		if inner, both := strings.CutSuffix(inner, m[1]); ok && both && !strings.Contains(inner, m[0]) {
			return inner
		}
	}
	return s
}
