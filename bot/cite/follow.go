package cite

import (
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// follows matches a citation that names no law: "id.", with or without a
// place; "subsection (2)(b)"; ".530(5)", a section of the same chapter.
var follows = regexp.MustCompile(`\b(?:[Ii]d|[Ii]bid)\.(?:,? (?:at|§+|sec\.|section) ?)?( ?(?:\([0-9A-Za-z]{1,5}\) ?)*\([0-9A-Za-z]{1,5}\))?` +
	`|\b[Ss]ubsec(?:tion|\.)\s+((?:\([0-9A-Za-z]{1,5}\) ?)*\([0-9A-Za-z]{1,5}\))` +
	`|(?:\b(?:[Uu]nder|[Ss]ee|[Ss]ection|[Ii]n|[Bb]y|[Aa]lso|chapter,|RCW)\s|[§(])(\.\d{3}[A-Z]?)\b((?:\([0-9A-Za-z]{1,5}\))*)`)

// elsewhereNamed matches what makes a subsection one of another paper.
var elsewhereNamed = regexp.MustCompile(`^,? (?:of|in|to) (?:your|the|my|our|their|his|her|its|a|an|that|this)? ?\w`)

// withFollowing adds to found what follows on a citation, in the same
// paragraph but for "id."; a citation inside words quoted is none to follow on.
// What names another paper, or cannot be a place of that law, is
// left alone.
func withFollowing(text string, found []citation.Found) []citation.Found {
	if len(found) == 0 {
		return found
	}
	out := slices.Clone(found)
	quotes := quotations(text)
	q, c := 0, 0
	var last citation.Found // the citation before, in the order of the text
	for _, m := range follows.FindAllStringSubmatchIndex(text, -1) {
		start, end := m[0], m[1]
		if m[6] >= 0 {
			start = m[6]
		}
		for c < len(found) && found[c].Start < end {
			for q < len(quotes) && quotes[q].end <= found[c].Start {
				q++
			}
			if inQuote := q < len(quotes) && quotes[q].start <= found[c].Start; found[c].Err == nil && (!inQuote || citesOnly(text, quotes[q], found[c:c+1])) {
				last = found[c]
			}
			c++
		}
		if c > 0 && found[c-1].End > start || last.Citation.IsZero() || start-last.End > farthest {
			continue
		}
		if id := text[start] == 'I' || text[start] == 'i'; !id && paragraph.MatchString(text[last.End:start]) {
			continue
		}
		if m[4] >= 0 && elsewhereNamed.MatchString(text[end:min(len(text), end+24)]) {
			continue
		}
		cite, ok := following(last.Citation, group(text, m, 1), group(text, m, 2), group(text, m, 3), group(text, m, 4))
		if !ok {
			continue
		}
		last = citation.Found{Citation: cite, Start: start, End: end, Text: text[start:end]}
		out = append(out, last)
	}
	slices.SortStableFunc(out, func(a, b citation.Found) int { return a.Start - b.Start })
	return out
}

func group(text string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return strings.ReplaceAll(text[m[2*n]:m[2*n+1]], " ", "")
}

// codes are the systems whose places are labels.
var codes = []citation.System{citation.RCW, citation.WAC, citation.USC, citation.CFR, citation.ORS, citation.CRS, citation.FlaStat, citation.KRS}

// following is what "id." with a place, a subsection, or a section of the
// same chapter means after a citation.
func following(last citation.Citation, id, sub, section, pin string) (citation.Citation, bool) {
	labelled := slices.Contains(codes, last.System)
	switch {
	case section != "":
		chapter := strings.LastIndexByte(last.Number, '.')
		if last.System != citation.RCW || strings.Count(last.Number, ".") != 2 {
			return last, false
		}
		last.Number, last.Pin = last.Number[:chapter]+section, citation.Pinpoint(pin)
		return last, true
	case id == "" && sub == "":
		return last, true // "id." alone is the same place
	case !labelled:
		return last, false
	case sub == "":
		return last.At(citation.Pinpoint(id)), true
	}
	return underSubsection(last, sub)
}

// underSubsection places the labels of a subsection: from the root of the
// law, where they can begin there, else in the list of last's pinpoint that
// has such labels.
func underSubsection(last citation.Citation, sub string) (citation.Citation, bool) {
	numbered := last.System == citation.RCW || last.System == citation.WAC || last.System == citation.ORS || last.System == citation.FlaStat || last.System == citation.CRS || last.System == citation.KRS
	digit := sub[1] >= '0' && sub[1] <= '9'
	if digit == numbered {
		return last.At(citation.Pinpoint(sub)), true
	}
	if !last.Pin.Enumerated() || !numbered {
		return last, false
	}
	root, _, _ := strings.Cut(string(last.Pin), ")")
	return last.At(citation.Pinpoint(root + ")" + sub)), true
}
