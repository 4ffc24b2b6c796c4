package cite

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// quoted is a quotation in a text: the bytes between its marks, or a block
// that is set off.
type quoted struct {
	start, end int
	block      bool
}

func (q quoted) text(s string) string { return s[q.start:q.end] }

// quotations finds what stands between double quotation marks in text,
// straight or curly. A quotation ends at the first mark that can close it,
// and does not run across an empty line; a mark without its partner is left
// alone. The time is linear in the text.
func quotations(text string) []quoted {
	var out []quoted
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		closers, ok := closing[r]
		if !ok {
			i += size
			continue
		}
		start := i + size
		rest := text[start:]
		if blank := emptyLine.FindStringIndex(rest[:min(len(rest), longestQuotation)]); blank != nil {
			rest = rest[:blank[0]]
		}
		end := strings.IndexAny(rest[:min(len(rest), longestQuotation)], closers)
		if end < 0 {
			i = start
			continue
		}
		out = append(out, quoted{start: start, end: start + end})
		_, size = utf8.DecodeRuneInString(rest[end:])
		i = start + end + size
	}
	return out
}

var emptyLine = regexp.MustCompile(`\n[ \t\r]*\n`)

// longestQuotation is the most bytes between two marks that belong together.
const longestQuotation = 4000

// closing has, for each mark that opens a quotation, those that close it.
var closing = map[rune]string{'"': "\"”", '“': "”\"", '„': "“”\"", '«': "»", '‟': "”\""}
