package files

import (
	"regexp"
	"strings"

	uax "github.com/clipperhouse/uax29/v2/sentences"
)

// abbreviated ends in a full stop that ends no sentence: titles, "e.g.",
// "No. 4", initials.
var abbreviated = regexp.MustCompile(`(?:^|[\s(\[])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs?|cf|e\.g|i\.e|etc|al|approx|No|Nos|pp?|Fig|Figs|Sec|Secs|Ch|Vol|Ed|Inc|Co|Corp|Ltd|Dept|Pub|Art|Rev|Stat|Admin|Code|Wash|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]\.[A-Z])\.$`)

// sentences cuts a text at the ends of sentences (UAX 29), but not after an
// abbreviation.
func sentences(text string) []string {
	var out []string
	it := uax.FromString(text)
	for it.Next() {
		s := strings.Join(strings.Fields(it.Value()), " ")
		if s == "" {
			continue
		}
		if n := len(out); n > 0 && abbreviated.MatchString(out[n-1]) {
			out[n-1] += " " + s
			continue
		}
		out = append(out, s)
	}
	return out
}
